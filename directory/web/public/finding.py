"""Searching: the home page with its search box, and the results."""

from html import unescape

from flask import Blueprint
from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from directory.model.nearby import Nearby
from directory.search import Query, Results
from directory.web import asked
from directory.web.access import open_to_everyone
from directory.web.cards import cards
from directory.web.forms import search_again_form, search_form
from directory.web.own_words import plain
from directory.web.page import page
from directory.web.pagination import paginate
from directory.web.showing import Showing, shown, showing

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
        form=search_form(),
        tops=now.doors,
    )


@finding.get("/search")
@open_to_everyone
def results() -> str:
    """What was found for the words, nearest places first where one is given; help that cannot wait stands above."""
    words, place = asked.words("q"), asked.words("near")
    services, now, clock = shown().services, showing(), shown().clock()
    near = services.nearby(place) if place else None
    number = asked.page_number()
    if not words:
        return _question(place, near, now)
    query = Query(words, clock, near=near.point if near else None, page=number or 1, per_page=RESULTS_A_PAGE)
    found = services.search.search(query)
    pagination = paginate(number, found.total, RESULTS_A_PAGE, q=words, near=place)
    listings = list(now.snapshot.in_order(found.slugs))
    urgent = [one for one in now.snapshot.urgent if one.slug in found.urgent]
    heading = _heading(words, near, found) if found.total or not urgent else Markup(gettext("You can get help now"))
    return page(
        "public/results.html",
        title=unescape(heading.replace("<bdi>", "").replace("</bdi>", "")),
        heading=heading,
        form=search_again_form(words, place),
        cards=cards(listings, now, clock, near.point if near else None),
        urgent=sorted(urgent, key=lambda one: found.urgent.index(one.slug)),
        understood=found.understood,
        total=found.total,
        tops=() if found.total else now.doors,
        hub=near.hub if near else None,
        unknown_place=place if place and near is None else None,
        pagination=pagination,
        is_private=True,
        can_exit=bool(urgent) or any(now.is_sensitive(one) for one in listings),
        is_hidden_from_robots=True,
    )


def _question(place: str, near: Nearby | None, now: Showing) -> str:
    """The results page before anything was typed: it asks again, kindly, and offers the doors."""
    return page(
        "public/results.html",
        title=gettext("What do you need?"),
        heading=gettext("What do you need?"),
        form=search_form("", place),
        tops=now.doors,
        hub=near.hub if near else None,
        unknown_place=place if place and near is None else None,
        is_private=True,
        is_hidden_from_robots=True,
    )


def _heading(words: str, near: Nearby | None, found: Results) -> Markup:
    """How many were found for what, near where. What was typed keeps its own direction."""
    typed = f"<bdi>{escape(words)}</bdi>"
    if found.total == 0:
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
