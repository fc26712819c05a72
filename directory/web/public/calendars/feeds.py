"""Calendars to subscribe to: what each holds and is called, and at which address it lies."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlencode

from flask import request

from directory.model.filters import Filter, days_named, filter_of, hours_named
from directory.model.nearby import Nearby
from directory.search import Fitting, Query
from directory.timetable import On, Rows
from directory.web import choices
from directory.web.language import current_language, path_in
from directory.web.own_words import plain
from directory.web.page import site_root
from directory.web.public.calendars.entries import may_be_kept
from directory.web.search_state import SearchState
from directory.web.showing import Showing, showing, shown
from directory.web.translate import gettext

DAYS = 90
"""How far ahead a feed goes."""
MOST_EVENTS = 500
"""How many events a feed has at most: the soonest."""
_AT_ONCE = 100


@dataclass(frozen=True)
class Feed:
    """What a calendar holds: dates of these listings, ``at`` one hub, that fit the filters of ``day`` and ``time``.

    ``about`` is empty where it would tell on whoever follows it.
    """

    about: str
    slugs: frozenset[str]
    at: str | None = None
    narrowed: tuple[Filter, ...] = ()

    @property
    def name(self) -> str:
        """What the calendar is called in the list of somebody's calendars."""
        return (
            gettext("What’s on: %(what)s", what=self.about) if self.about else plain(showing().snapshot.site, "title")
        )

    def rows(self, today: datetime.date) -> list[On]:
        """The dates from today on, the soonest first, without those that moved to another day."""
        last = today + datetime.timedelta(DAYS)
        timetable = shown().services.timetables.of(showing().snapshot)
        days, hours = days_named(self.narrowed, today, last), hours_named(self.narrowed)
        rows = timetable.on(today, last, only=self.slugs, at=self.at, days=days, hours=hours)
        return list(islice((row for row in _each(rows) if row.occurrence.moved_to is None), MOST_EVENTS))


def _each(rows: Rows) -> Iterator[On]:
    for start in range(0, len(rows), _AT_ONCE):
        yield from rows[start : start + _AT_ONCE]


def feed_address(kind: str, name: str) -> str:
    """The whole address of the feed of a ``hub`` or ``category``, by its slug, or ``age``, as filters write it."""
    return site_root() + path_in(current_language(), f"/calendars/{kind}/{name}.ics")


def search_feed_address(state: SearchState) -> str:
    """The whole address of the feed of a search."""
    return site_root() + path_in(current_language(), f"/calendars/search.ics?{urlencode(_pairs(state))}")


def how_to_subscribe(state: SearchState) -> str:
    """The path of the page that tells how to subscribe to what a search finds."""
    return f"{request.script_root}/calendars?{urlencode(_pairs(state))}"


def _pairs(state: SearchState) -> tuple[tuple[str, str], ...]:
    """What an address says of the search; a calendar is in order of time anyway."""
    return tuple(pair for pair in replace(state, order="best").pairs() if pair[1])


def named(kind: str, name: str, now: Showing) -> Feed | None:
    """The feed of that kind and name; None where there is none, or where it would tell on whoever follows it."""
    maker = _KINDS.get(kind)
    return maker(name, now) if maker else None


def _of_hub(slug: str, now: Showing) -> Feed | None:
    hub = now.snapshot.listings.get(slug)
    if hub is None or not hub.is_building or not may_be_kept(hub, now):
        return None
    # As on the hub's own pages: what is for people who work there is not what a visitor looks for.
    practitioners = {one.slug for one in now.live if one.eligibility.audience == "practitioners"}
    return Feed(plain(hub, "title"), _public(now) - practitioners, at=slug)


def _of_category(slug: str, now: Showing) -> Feed | None:
    category = now.snapshot.category_by_slug.get(slug)
    if category is None or now.snapshot.hides(category) or not now.offers(category):
        return None
    slugs = frozenset(one.slug for one in now.in_category[slug])
    return Feed(plain(category, "name"), slugs & _public(now))


def _of_age(value: str, now: Showing) -> Feed | None:
    chosen = filter_of("age", value)
    if chosen is None:
        return None
    found = shown().services.search.fitting(Query("", shown().clock(), filters=(chosen,)))
    return Feed(choices.label(chosen, now.snapshot), found.slugs & _public(now))


_KINDS = {"hub": _of_hub, "category": _of_category, "age": _of_age}


def of_search(state: SearchState, now: Showing) -> Feed | None:
    """The feed of a search; None where it asks for nothing, for what is sensitive, or from a place that nobody knows.

    It is not called by the words where these are about what others should not see.
    """
    services = shown().services
    place = services.nearby(state.place) if state.place else None
    chosen = {one.value for one in state.filters if one.group == "category"}
    is_hidden = not now.snapshot.sensitive_categories.isdisjoint(chosen)
    if is_hidden or not state.asks_for_something or (state.place and place is None):
        return None
    query = Query(state.words, shown().clock(), place, state.filters, frozenset(state.literal))
    found = services.search.fitting(query)
    narrowed = tuple(one for one in (*state.filters, *found.understood.sure) if one.group in ("day", "time"))
    slugs = found.slugs & _public(now)
    about = "" if _is_private(found, slugs, now) else _said(state, place, now)
    return Feed(about, slugs, narrowed=narrowed)


def _is_private(found: Fitting, public: frozenset[str], now: Showing) -> bool:
    is_about_harm = not now.snapshot.sensitive_needs.isdisjoint(found.understood.needs)
    return bool(found.urgent) or is_about_harm or bool(found.slugs and not public)


def _said(state: SearchState, place: Nearby | None, now: Showing) -> str:
    """What the search asks for, in a few words; nobody has a name for where somebody stands."""
    labels = (choices.label(one, now.snapshot) for one in state.filters)
    where = place.label if place and not place.is_here else ""
    return gettext(", ").join(part for part in (state.words, *labels, where) if part)


def _public(now: Showing) -> frozenset[str]:
    """The listings whose dates may be in calendars."""
    key = ("may be kept",)
    kept: frozenset[str] | None = now.made.get(key)
    if kept is None:
        kept = now.made[key] = frozenset(one.slug for one in now.live if may_be_kept(one, now))
    return kept
