"""Searching: the home page with its search box, and the results."""

from html import unescape

from flask import Blueprint
from markupsafe import Markup, escape

from directory.model.nearby import Nearby
from directory.search import Query, Results
from directory.web import asked, counting
from directory.web.drawn import drawn
from directory.web.forms import search_again_form, search_form
from directory.web.narrowing import Around, around
from directory.web.own_words import plain
from directory.web.page import page, quick_page
from directory.web.pagination import Pagination, paginate
from directory.web.public.holidays.note import holiday_note
from directory.web.search_state import SearchState
from directory.web.showing import Showing, showing, shown
from directory.web.translate import gettext, ngettext

finding = Blueprint("finding", __name__)
RESULTS_A_PAGE = 10


@finding.get("/")
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
def results() -> bytes:
    """What was found, how the words were understood, and what to narrow by; help that cannot wait stands above all."""
    state, services, now, clock = SearchState.of_request(), shown().services, showing(), shown().clock()
    place = services.nearby(state.place) if state.place else None
    if not state.asks_for_something:
        return _answer(gettext("What do you need?"), state, place, body=_nothing(place, now, was_asked=False))
    number = asked.page_number()
    query = Query(
        state.words, clock, place, state.filters, frozenset(state.literal), state.order, number or 1, RESULTS_A_PAGE
    )
    found = services.search.search(query)
    pagination = paginate(number, found.total, RESULTS_A_PAGE, state.pairs())
    counting.note_search(query, found, now)
    page = around(state, found, now, clock)
    return _answer(
        _heading(state, found, place),
        state,
        place,
        urgent=urgent_cards(found.urgent, now),
        understood=page.understood,
        note="" if found.urgent else holiday_note(state.words, found.understood, now),
        body=_found(page, pagination) if found.total else _none_found(found, now),
        can_exit=bool(found.urgent) or not now.snapshot.sensitive_listings.isdisjoint(found.slugs),
    )


def _found(page: Around, pagination: Pagination) -> Markup:
    return page.narrow + Markup('<ul class="cards">') + page.cards + Markup("</ul>") + pagination.links


def _answer(
    heading: str,
    state: SearchState,
    place: Nearby | None,
    *,
    body: Markup,
    urgent: str = "",
    understood: str = "",
    note: str = "",
    can_exit: bool = False,
) -> bytes:
    is_unknown = state.place and place is None
    gaps = {
        "heading": heading,
        "urgent": urgent,
        "form": search_again_form(state.words, state.place) if state.words else search_form("", state.place),
        "unknown": drawn("parts/unknown_place.html", ("place",)).filled(place=state.place) if is_unknown else "",
        "understood": understood,
        "note": note,
        "body": body,
    }
    title = unescape(heading.replace("<bdi>", "").replace("</bdi>", ""))
    return quick_page("public/results.html", gaps, title=title, can_exit=can_exit)


def _none_found(found: Results, now: Showing) -> Markup:
    """Instead of results: the nearest categories that have something, whom to ask, and the ten doors."""
    near = found.understood.near
    return _nothing(near, now, was_asked=True, closest=found.closest)


def _nothing(near: Nearby | None, now: Showing, *, was_asked: bool, closest: tuple[str, ...] = ()) -> Markup:
    hub = near.hub if near else None
    offered = [one for slug in closest if (one := now.snapshot.category_by_slug.get(slug)) and now.offers(one)]
    kind = (was_asked, hub.slug if hub else None, closest)
    words = {"was_asked": was_asked, "hub": hub, "tops": now.doors, "closest": offered}
    return drawn("parts/nothing_found.html", (), *kind, words=lambda: words).filled()


def urgent_cards(slugs: tuple[str, ...], now: Showing) -> Markup | str:
    """The urgent cards that the words brought up, in that order."""
    if not slugs:
        return ""
    found = {one.slug: one for one in now.snapshot.urgent}
    urgent = [found[slug] for slug in slugs if slug in found]
    return drawn("parts/urgent_cards.html", (), slugs, words=lambda: {"urgent": urgent}).filled()


def _heading(state: SearchState, found: Results, place: Nearby | None) -> Markup:
    """How many were found for what, near where. What was typed keeps its own direction."""
    typed = f"<bdi>{escape(state.words)}</bdi>"
    if found.total == 0 and found.urgent:
        text = gettext("You can get help now")
    elif not state.words:
        text = ngettext("%(num)s result", "%(num)s results", found.total)
    elif found.total == 0:
        text = gettext("Nothing found for %(words)s", words=typed)
    elif place is None:
        text = ngettext("%(num)s result for %(words)s", "%(num)s results for %(words)s", found.total, words=typed)
    elif place.is_here:
        text = ngettext(
            "%(num)s result for %(words)s near where you are",
            "%(num)s results for %(words)s near where you are",
            found.total,
            words=typed,
        )
    else:
        text = ngettext(
            "%(num)s result for %(words)s near %(place)s",
            "%(num)s results for %(words)s near %(place)s",
            found.total,
            words=typed,
            place=f"<bdi>{escape(place.label)}</bdi>",
        )
    return Markup(text)  # noqa: S704  # nosec B704  # what was typed is escaped
