"""What may run for all that is known: open doors, and sessions whose very dates nobody can say. People can ask.

The timetable tells what surely runs. Here are those of which nobody said in which weeks, and those that go by school
terms on days of which the calendar does not say whether schools are in term.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple, TypeVar

from directory.model.calendar import Calendar
from directory.model.listing import Listing
from directory.model.session import OpeningHours, Session
from directory.model.snapshot import Snapshot
from directory.search.keys import is_open_in
from directory.timetable import hours_on
from directory.timetable.occurrences import usual_days

MOST_KEPT = 60
"""How many runs of days and parts of a day what may run is remembered for."""
T = TypeVar("T")

Hours = tuple[tuple[int, int], ...]
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
class MayRun:
    """What may run of one content, by slug: what has opening hours, or sessions that are not sure.

    Never changes but for what it remembers.
    """

    _calendar: Calendar
    doors: Mapping[str, _Open]
    without_dates: Mapping[str, _Sessions]
    by_terms: Mapping[str, _Sessions]
    _known: dict[tuple[int, int, Hours], frozenset[str]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, listings: Iterable[Listing], calendar: Calendar) -> "MayRun":
        """What may run of these listings."""
        found = tuple(listings)
        return cls(
            calendar,
            {one.slug: _Open(one.opening_hours, *one.open_between) for one in found if one.opening_hours},
            _with_some(found, lambda one: not one.has_known_dates),
            _with_some(found, _goes_by_terms),
        )

    def amended(self, snapshot: Snapshot, changed: Collection[str]) -> "MayRun":
        """The same for a content that differs in these listings alone: only they are looked at again."""
        own = MayRun.of(snapshot.in_order(tuple(changed)), self._calendar)
        known = tuple(self._known.items())
        return MayRun(
            self._calendar,
            {**_without(self.doors, changed), **own.doors},
            {**_without(self.without_dates, changed), **own.without_dates},
            {**_without(self.by_terms, changed), **own.by_terms},
            {asked: found.difference(changed) | own.on(*asked) for asked, found in known},
        )

    def on(self, first: int, last: int, hours: Hours) -> frozenset[str]:
        """The slugs of what may run on any of the days, both ends included, at some of the hours."""
        asked = (first, last, hours)
        found = self._known.get(asked)
        if found is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            found = self._known[asked] = frozenset((*self._opened(*asked), *self._unsure(*asked)))
        return found

    def _opened(self, first: int, last: int, hours: Hours) -> Iterator[str]:
        opens = cache(lambda pattern: _opens(pattern, first, last, hours, self._calendar))
        return (slug for slug, pattern in self.doors.items() if opens(pattern))

    def _unsure(self, first: int, last: int, hours: Hours) -> Iterator[str]:
        unsure = [self.without_dates, *([self.by_terms] if self._is_any_unknown(first, last) else [])]
        for slug, some in (pair for slugs in unsure for pair in slugs.items()):
            days = max(first, some.first), min(last, some.last)
            if any(_starts_in(one, hours) and _may_have(one, *days, self._calendar) for one in some.sessions):
                yield slug

    def _is_any_unknown(self, first: int, last: int) -> bool:
        """Whether the calendar does not say of one of the days whether schools are in term; no school knows less."""
        return not self._calendar.parts_of_year[None].keys() >= set(range(first, last + 1))


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
    return {one.slug: _Sessions(some, *one.open_between) for one, some in found if some}


def _without(kept: Mapping[str, T], changed: Collection[str]) -> dict[str, T]:
    return {slug: one for slug, one in kept.items() if slug not in changed}


def _opens(pattern: _Open, first: int, last: int, hours: Hours, calendar: Calendar) -> bool:
    days = range(max(first, pattern.first), min(last, pattern.last) + 1)
    openings = (one for day in days for one in hours_on(pattern.hours, datetime.date.fromordinal(day), calendar))
    return any(not hours or any(is_open_in(one.opens_at, one.closes_at, *span) for span in hours) for one in openings)


def _starts_in(session: Session, hours: Hours) -> bool:
    return not hours or any(first <= session.opens_at.hour < before for first, before in hours)
