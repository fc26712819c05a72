"""What runs on given dates and when each listing runs next: the timetable, with what may run for all that is known."""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np

from directory.model.calendar import Calendar
from directory.model.filters import TIMES
from directory.model.listing import Listing
from directory.model.session import OpeningHours, Session
from directory.model.snapshot import Snapshot
from directory.search.arrays import Ids, Mask, Minutes
from directory.search.bounded import Bounded
from directory.search.keys import is_open_in
from directory.timetable import Timetable, hours_on
from directory.timetable.occurrences import usual_days
from directory.timetable.timetable import BEGINS, IS_ON, LISTING

LONGEST_RANGE = 60
"""Days of a range that are looked at: longer than the summer holidays."""
DAYS_AHEAD = 60
"""How far ahead the next time of a listing is looked for."""
NEVER = np.iinfo(np.int64).max
CACHE_BYTES = 4_000_000
MOMENTS_KEPT = 4
_FIRST_DAY, _LAST_DAY = datetime.date.min.toordinal(), datetime.date.max.toordinal()
T = TypeVar("T")

Hours = Sequence[tuple[int, int]]
"""Parts of a day by the hours in which something has to start, from and before; none for any time."""


class _Open(NamedTuple):
    """Opening hours, and the days between which a listing that has them is open at all."""

    hours: tuple[OpeningHours, ...]
    first: int
    last: int


class _Sessions(NamedTuple):
    """Some sessions of a listing, and the days between which it has any."""

    sessions: tuple[Session, ...]
    first: int
    last: int


@dataclass(frozen=True)
class Dates:
    """The dates of one content. Never changes."""

    timetable: Timetable
    _calendar: Calendar
    _without_dates: Mapping[str, _Sessions]
    _by_terms: Mapping[str, _Sessions]
    _open: Mapping[str, _Open]
    _slugs_by_hours: Mapping[_Open, frozenset[str]]

    @classmethod
    def of(cls, snapshot: Snapshot, timetable: Timetable) -> "Dates":
        """Those of a content whose timetable this is."""
        return cls(timetable, snapshot.calendar, {}, {}, {}, {}).amended(snapshot, timetable, snapshot.listings.keys())

    def amended(self, snapshot: Snapshot, timetable: Timetable, changed: Collection[str]) -> "Dates":
        """The same for a content that differs in these listings alone."""
        listings = tuple(snapshot.in_order(tuple(changed)))
        opened = _without(self._open, changed)
        opened |= {one.slug: _Open(one.opening_hours, *_between(one)) for one in listings if one.opening_hours}
        return Dates(
            timetable,
            self._calendar,
            _without(self._without_dates, changed) | _with_some(listings, lambda one: not one.has_known_dates),
            _without(self._by_terms, changed) | _with_some(listings, _goes_by_terms),
            opened,
            _regrouped(self._slugs_by_hours, self._open, opened, changed),
        )

    def may_run(self, first: int, last: int, hours: Hours) -> Iterator[str]:
        """The slugs, some twice, of what is open on any of the days, and of what may run though no date is sure.

        Where the pattern or the calendar leaves open whether something runs, it may: people can ask.
        """
        for pattern, slugs in self._slugs_by_hours.items():
            if _opens(pattern, first, last, hours, self._calendar):
                yield from slugs
        unsure = [self._without_dates, *([self._by_terms] if self._is_any_unknown(first, last) else [])]
        for slug, some in (pair for slugs in unsure for pair in slugs.items()):
            days = max(first, some.first), min(last, some.last)
            if any(_starts_in(one, hours) and _may_have(one, *days, self._calendar) for one in some.sessions):
                yield slug

    def _is_any_unknown(self, first: int, last: int) -> bool:
        """Whether the calendar does not say of one of the days whether schools are in term; no school knows less."""
        return not self._calendar.parts_of_year[None].keys() >= set(range(first, last + 1))


class Days:
    """Dates held against one state of the index: what runs is told by number of document."""

    def __init__(self, dates: Dates, number_of: Mapping[str, int], size: int) -> None:
        self._dates, self._number_of, self._size = dates, number_of, size
        self._numbers = np.array([number_of.get(slug, -1) for slug in dates.timetable.slugs], np.intp)
        self._on = Bounded(CACHE_BYTES, self._work_out, lambda mask: mask.nbytes)
        self._next = Bounded(MOMENTS_KEPT, self._next_from, lambda _: 1)

    def on(self, first: datetime.date, last: datetime.date, times: Iterable[str] = ()) -> Mask:
        """What runs, or for all that is known may run, on any of the days, both ends included.

        ``times`` are parts of the day, in any of which the same session has to start, or the door be open.
        """
        return self._on((first, last, tuple(sorted(set(times)))))

    def next(self, at: datetime.datetime) -> Minutes:
        """The minute at which each listing's sessions run next, of those that have not ended; ``NEVER`` if unknown."""
        return self._next(at)

    def _work_out(self, asked: tuple[datetime.date, datetime.date, tuple[str, ...]]) -> Mask:
        first, last, times = asked
        last = min(last, datetime.date.fromordinal(min(first.toordinal() + LONGEST_RANGE - 1, _LAST_DAY)))
        hours = [TIMES[name] for name in times]
        mask = np.zeros(self._size, np.bool_)
        table = self._dates.timetable.on(first, last, hours=hours).table
        mask[self._known(table[LISTING, table[IS_ON] == 1])] = True
        may_run = self._dates.may_run(first.toordinal(), last.toordinal(), hours)
        mask[[number for slug in may_run if (number := self._number_of.get(slug)) is not None]] = True
        return mask

    def _known(self, listings: Ids) -> Ids:
        numbers = self._numbers[listings]
        return numbers[numbers >= 0]

    def _next_from(self, at: datetime.datetime) -> Minutes:
        last = datetime.date.fromordinal(min(at.toordinal() + DAYS_AHEAD, _LAST_DAY))
        table = self._dates.timetable.on(at.date(), last, ends_after=at).table
        running = table[:, table[IS_ON] == 1][:, ::-1]
        numbers, found = self._numbers[running[LISTING]], np.full(self._size + 1, NEVER, np.int64)
        found[numbers] = running[BEGINS]  # of several times of a listing the last one written stays: its first
        return found[: self._size]


def _may_have(session: Session, first: int, last: int, calendar: Calendar) -> bool:
    """Whether a session may run on one of the days: each week where nobody said in which, and in no known term too."""
    parts, term = calendar.parts_of_year.get(session.school, {}), session.term
    changed = {one.date.toordinal() for one in session.exceptions}
    frequency = session.frequency if session.has_known_dates else "weekly"
    at_its_most = session.model_copy(update={"frequency": frequency, "term": "always"})
    days = usual_days(at_its_most, first, last, calendar)
    return any(day not in changed and term in ("always", parts.get(day, term)) for day in days)


def _goes_by_terms(session: Session) -> bool:
    return session.has_known_dates and session.term != "always" and session.date is None


def _with_some(listings: Iterable[Listing], is_one: Callable[[Session], bool]) -> dict[str, _Sessions]:
    """The listings that have such sessions, by slug."""
    found = ((one, tuple(filter(is_one, one.sessions))) for one in listings)
    return {one.slug: _Sessions(some, *_between(one)) for one, some in found if some}


def _without(kept: Mapping[str, T], changed: Collection[str]) -> dict[str, T]:
    return {slug: one for slug, one in kept.items() if slug not in changed}


def _between(listing: Listing) -> tuple[int, int]:
    """The first and the last day on which a listing is published and not closed for a time."""
    first = listing.closed_until.toordinal() if listing.closed_until else _FIRST_DAY
    return first, listing.publish_until.toordinal() if listing.publish_until else _LAST_DAY


def _regrouped(
    groups: Mapping[_Open, frozenset[str]], before: Mapping[str, _Open], now: Mapping[str, _Open], slugs: Iterable[str]
) -> Mapping[_Open, frozenset[str]]:
    """The slugs by their hours, after those of some changed."""
    come: dict[_Open, set[str]] = {}
    for slug in slugs:
        if slug in before:
            come.setdefault(before[slug], set(groups[before[slug]])).discard(slug)
    for slug in slugs:
        if slug in now:
            come.setdefault(now[slug], set(groups.get(now[slug], ()))).add(slug)
    whole = {**groups, **{pattern: frozenset(found) for pattern, found in come.items()}}
    return {pattern: found for pattern, found in whole.items() if found}


def _opens(pattern: _Open, first: int, last: int, hours: Hours, calendar: Calendar) -> bool:
    days = range(max(first, pattern.first), min(last, pattern.last) + 1)
    openings = (one for day in days for one in hours_on(pattern.hours, datetime.date.fromordinal(day), calendar))
    return any(not hours or any(is_open_in(one.opens_at, one.closes_at, *span) for span in hours) for one in openings)


def _starts_in(session: Session, hours: Hours) -> bool:
    return not hours or any(first <= session.opens_at.hour < before for first, before in hours)
