"""Searching: the home page with its search box, and the results."""

from html import unescape

from flask import Blueprint
from markupsafe import Markup, escape

from directory.model.nearby import Nearby
from directory.search import Query, Results
from directory.web import asked
from directory.web.access import open_to_everyone
from directory.web.cards import cards
from directory.web.drawn import drawn
from directory.web.forms import search_again_form, search_form
from directory.web.own_words import plain
from directory.web.page import page, quick_page
from directory.web.pagination import paginate
from directory.web.showing import Showing, showing, shown
from directory.web.translate import gettext, ngettext

finding = Blueprint("finding", __name__)
RESULTS_A_PAGE = 10


@finding.get("/")
@open_to_everyone
def home() -> str:
    """The front door: one search, ten doors, help now, and the hub nearby."""
    now = showing()
    return page(
        "public/home.html",
        title=gettext("Find help and things to do in %(area)s", area=now.snapshot.site.area),
        description=plain(now.snapshot.site, "strapline"),
        site=now.snapshot.site,
        form=search_form(),
        tops=now.doors,
    )


@finding.get("/search")
@open_to_everyone
def results() -> bytes:
    """What was found for the words, nearest places first where one is given; help that cannot wait stands above."""
    words, place = asked.words("q"), asked.words("near")
    services, now, clock = shown().services, showing(), shown().clock()
    near = services.nearby(place) if place else None
    if not words:
        return _answer(gettext("What do you need?"), "", place, near, body=_nothing(near, now, was_asked=False))
    number = asked.page_number()
    point = near.point if near else None
    found = services.search.search(Query(words, clock, near=near, page=number or 1, per_page=RESULTS_A_PAGE))
    pagination = paginate(number, found.total, RESULTS_A_PAGE, q=words, near=place)
    if found.total:
        listings = cards(now.snapshot.in_order(found.slugs), now, clock, point)
        body = Markup('<ul class="cards">') + listings + Markup("</ul>") + pagination.links
    else:
        body = _nothing(near, now, was_asked=True)
    return _answer(
        _heading(words, near, found),
        words,
        place,
        near,
        urgent=_urgent(found.urgent, now),
        body=body,
        can_exit=bool(found.urgent) or not now.sensitive.isdisjoint(found.slugs),
    )


def _answer(
    heading: str, words: str, place: str, near: Nearby | None, *, body: Markup, urgent: str = "", can_exit: bool = False
) -> bytes:
    gaps = {
        "heading": heading,
        "urgent": urgent,
        "form": search_again_form(words, place) if words else search_form("", place),
        "unknown": drawn("parts/unknown_place.html", ("place",)).filled(place=place) if place and near is None else "",
        "body": body,
    }
    title = unescape(heading.replace("<bdi>", "").replace("</bdi>", ""))
    return quick_page("public/results.html", gaps, title=title, can_exit=can_exit)


def _nothing(near: Nearby | None, now: Showing, *, was_asked: bool) -> Markup:
    """Instead of results: an honest word, somebody to ask, and the ten doors."""
    hub = near.hub if near else None
    kind = (was_asked, hub.slug if hub else None)
    words = {"was_asked": was_asked, "hub": hub, "tops": now.doors}
    return drawn("parts/nothing_found.html", (), *kind, words=lambda: words).filled()


def _urgent(slugs: tuple[str, ...], now: Showing) -> Markup | str:
    """The urgent cards that the words brought up, in that order."""
    if not slugs:
        return ""
    found = {one.slug: one for one in now.snapshot.urgent}
    urgent = [found[slug] for slug in slugs if slug in found]
    return drawn("parts/urgent_cards.html", (), slugs, words=lambda: {"urgent": urgent}).filled()


def _heading(words: str, near: Nearby | None, found: Results) -> Markup:
    """How many were found for what, near where. What was typed keeps its own direction."""
    typed = f"<bdi>{escape(words)}</bdi>"
    if found.total == 0 and found.urgent:
        text = gettext("You can get help now")
    elif found.total == 0:
        text = gettext("Nothing found for %(words)s", words=typed)
    elif near is None:
        text = ngettext("%(num)s result for %(words)s", "%(num)s results for %(words)s", found.total, words=typed)
    else:
        text = ngettext(
            "%(num)s result for %(words)s near %(place)s",
            "%(num)s results for %(words)s near %(place)s",
            found.total,
            words=typed,
            place=f"<bdi>{escape(near.label)}</bdi>",
        )
    return Markup(text)  # noqa: S704  # what was typed, and the place's name, are escaped
