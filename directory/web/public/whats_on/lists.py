"""What is on, as a list: looked up, narrowed, a page of it drawn, and kept for as long as it stays so."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from markupsafe import Markup

from directory.model.filters import Filter, dates_of, days_named, hours_named
from directory.model.listing import Listing
from directory.model.nearby import Nearby
from directory.search import Fitting, Query, SearchIndex
from directory.timetable import On, Rows, Timetable
from directory.web.day_items import day_items
from directory.web.drawn import drawn
from directory.web.pagination import paginate
from directory.web.public.whats_on.days import A_DAY, Days, path_of
from directory.web.public.whats_on.state import DaysState
from directory.web.showing import Showing
from directory.web.translate import gettext, written_date
from directory.web.words import day as full_day

ITEMS_A_PAGE = 20
LOOK_AHEAD = 60
"""Days after those that were asked for in which the next one with something on is looked for."""
MOST_DAYS_SHOWN = 8
"""How many links to single days stand open; more are folded away."""


def query_of(state: DaysState, days: Days, clock: datetime.datetime, place: Nearby | None) -> Query:
    """The search for what may be on the list. Which days were chosen is for the timetable to hold against it."""
    kept = tuple(one for one in state.filters if one.group != "day")
    chosen = kept if len(kept) == len(state.filters) else (*kept, _around(days))
    return Query(state.words, clock, place, chosen, frozenset(state.literal))


def _around(days: Days) -> Filter:
    """Two months of days: what runs in them is found, though it may be cancelled on the day that is asked for."""
    return Filter("day", f"{days.first.isoformat()}..{(days.first + A_DAY * LOOK_AHEAD).isoformat()}")


def slugs_of(query: Query, fitting: Fitting, days: Days, search: SearchIndex) -> frozenset[str]:
    """The listings that fit, with those that are cancelled on dates that the words name, which a search leaves out."""
    if not any(one.group == "day" and dates_of(one.value) for one in fitting.understood.sure):
        return fitting.slugs
    return search.fitting(replace(query, filters=(*query.filters, _around(days)))).slugs


@dataclass(frozen=True)
class Asked:
    """A list of days to be shown: which days, narrowed how, at what time it is asked, and what the words find."""

    days: Days
    state: DaysState
    fitting: Fitting
    slugs: frozenset[str]
    timetable: Timetable
    now: Showing
    clock: datetime.datetime

    @property
    def near(self) -> Nearby | None:
        """The place that counts."""
        return self.fitting.understood.near

    @cached_property
    def _filters(self) -> tuple[Filter, ...]:
        """What was chosen, and what was surely read out of the words."""
        return (*self.state.filters, *self.fitting.understood.sure)

    def rows(self, first: datetime.date, last: datetime.date) -> Rows:
        """What is on in a run of days; of today, what has not ended."""
        return self.timetable.on(
            first,
            last,
            only=self.slugs,
            days=days_named(self._filters, first, last),
            hours=hours_named(self._filters),
            ends_after=self.clock if last >= self.clock.date() else None,
        )

    def next_day(self) -> datetime.date | None:
        """The first day after these on which people can go to something."""
        first = max(self.days.last + A_DAY, self.clock.date())
        ahead = self.rows(first, first + A_DAY * LOOK_AHEAD)
        return next((day for day in ahead.by_day if self.rows(day, day).can_go), None)


@dataclass(frozen=True)
class DayList:
    """A page of the list as HTML, with whose sessions are on it, and until when it is good."""

    html: Markup
    slugs: frozenset[str]
    good_until: datetime.datetime


def day_list(asked: Asked, number: int) -> DayList:
    """A page of the list. Ends the request with 404 where the list has no such page."""
    rows = asked.rows(asked.days.first, asked.days.last)
    pagination = paginate(number, len(rows), ITEMS_A_PAGE, asked.state.pairs())
    start = (pagination.current - 1) * ITEMS_A_PAGE
    shown = rows[start : start + ITEMS_A_PAGE]
    before = rows[start - 1 : start][0].occurrence.date if start else None
    parts = [_other_days(asked, rows), _by_day(shown, before, asked), pagination.links]
    if not rows.can_go:
        parts.append(_nothing(asked, is_empty=not shown))
    return DayList(Markup("").join(parts), frozenset(one.slug for one in shown), _good_until(rows, asked.clock))


def _good_until(rows: Rows, clock: datetime.datetime) -> datetime.datetime:
    """Until something begins or ends, or the day is over."""
    midnight = datetime.datetime.combine(clock.date() + A_DAY, datetime.time(), clock.tzinfo)
    return min(rows.next_change(clock) or midnight, midnight)


def _by_day(shown: list[On], before: datetime.date | None, asked: Asked) -> Markup:
    """The sessions of a page below their days; ``before`` is the day with which the page before ended."""
    near = asked.near.point if asked.near else None
    section = drawn("parts/day.html", ("day", "items"))
    return Markup("").join(
        section.filled(
            day=_heading(date, asked.now.today, is_continued=date == before),
            items=day_items(rows, asked.now, asked.clock, near),
        )
        for date, rows in groupby(shown, key=lambda one: one.occurrence.date)
    )


def _heading(date: datetime.date, today: datetime.date, *, is_continued: bool) -> str:
    told = full_day(date) if date.year != today.year else written_date(date, "EEEE d MMMM")
    if is_continued:
        return gettext("%(date)s (continued)", date=told)
    if date == today:
        return gettext("Today, %(date)s", date=told)
    return gettext("Tomorrow, %(date)s", date=told) if date == today + A_DAY else told


def _other_days(asked: Asked, rows: Rows) -> Markup:
    """The days of a run that have something, each with how much; the day before and after a single one."""
    if asked.days.is_one:
        return Markup("")
    links = [(asked.state.link_to(path_of(day.isoformat())), day, count) for day, count in rows.by_day.items()]
    if len(links) < 2:
        return Markup("")
    items = Markup("").join(_day_link(*one) for one in links)
    is_folded = len(links) > MOST_DAYS_SHOWN
    return drawn("parts/days.html", ("items",), is_folded, words=lambda: {"is_folded": is_folded}).filled(items=items)


def _day_link(link: str, day: datetime.date, count: int) -> Markup:
    return Markup('<li><a href="{}">{} <span>({})</span></a></li>').format(link, written_date(day, "EEE d MMM"), count)


def _nothing(asked: Asked, *, is_empty: bool) -> Markup:
    """Instead of a list, or below one of which nothing is left: the next day with something, and whom to call."""
    return drawn(
        "parts/nothing_on.html",
        ("next_link", "next_day", "results"),
        is_empty,
        found := asked.next_day(),
        asked.near.hub.slug if asked.near and asked.near.hub else None,
        bool(asked.state.words),
        asked.state.is_narrowed,
        words=lambda: _words_of_nothing(asked, found, is_empty=is_empty),
    ).filled(
        results=asked.state.link_to("/search"),
        next_link=asked.state.link_to(path_of(found.isoformat())) if found else "",
        next_day=_heading(found, asked.now.today, is_continued=False) if found else "",
    )


def _words_of_nothing(asked: Asked, found: datetime.date | None, *, is_empty: bool) -> Mapping[str, Any]:
    called = tuple(hubs(asked.near, asked.now))
    return {
        "is_empty": is_empty,
        "is_narrowed": asked.state.is_narrowed,
        "has_next": found is not None,
        "has_words": bool(asked.state.words),
        "hubs": called,
    }


def hubs(near: Nearby | None, now: Showing) -> Iterator[Listing]:
    """Whom to call: the hub that serves the place, or else all of them."""
    if near and near.hub:
        return iter((near.hub,))
    return (one for one in now.snapshot.buildings if one.kind == "hub" and now.snapshot.is_live(one, now.today))
