"""Which listings run on given dates, and when each runs next. Worked out when it is asked for, and kept."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from directory.model.calendar import Calendar
from directory.model.listing import Listing
from directory.model.session import WEEKDAYS, Session, Weekday
from directory.model.snapshot import Snapshot
from directory.search.bounded import Bounded
from directory.timetable import upcoming

RANGES_KEPT = 200
NEVER = datetime.datetime.combine(datetime.date.max, datetime.time())
MOST_TRIED = 8
"""How many times of a listing are looked at for one that is not cancelled."""
LONGEST_RANGE = 60
"""Days of a range that are looked at: longer than the summer holidays."""
T = TypeVar("T")
ByDay = dict[Weekday, list[T]]


@dataclass
class Dates:
    """The sessions and opening hours of the content, by day of the week."""

    _calendar: Calendar
    _sessions: ByDay[tuple[str, Session]]
    _open: ByDay[str]

    def __post_init__(self) -> None:
        self._known = Bounded(RANGES_KEPT, self._work_out, lambda _: 1)

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Dates":
        """Those of a content."""
        return cls(snapshot.calendar, _sessions(snapshot.listings.values()), _open(snapshot.listings.values()))

    def amended(self, snapshot: Snapshot, changed: Collection[str]) -> "Dates":
        """The same for a content that differs in these listings alone."""
        listings = tuple(snapshot.in_order(tuple(changed)))
        come, opened = _sessions(listings), _open(listings)
        kept = {day: [one for one in found if one[0] not in changed] for day, found in self._sessions.items()}
        left = {day: [slug for slug in found if slug not in changed] for day, found in self._open.items()}
        return Dates(
            self._calendar,
            {day: found + come[day] for day, found in kept.items()},
            {day: found + opened[day] for day, found in left.items()},
        )

    def on(self, first: datetime.date, last: datetime.date) -> frozenset[str]:
        """The slugs of what runs, or for all that is known may run, on any of the days, both ends included."""
        return self._known((first, last))

    def next_of(self, listing: Listing, at: datetime.datetime) -> datetime.datetime:
        """When a listing's sessions run next; the end of time where that is not known."""
        found = (one for one in upcoming(listing.sessions, at, self._calendar, MOST_TRIED) if one.is_on)
        return min((datetime.datetime.combine(one.date, one.opens_at) for one in found), default=NEVER)

    def _work_out(self, days: tuple[datetime.date, datetime.date]) -> frozenset[str]:
        first, last = days
        count = min((last - first).days + 1, LONGEST_RANGE)
        return frozenset().union(*(self._running(first + datetime.timedelta(number)) for number in range(count)))

    def _running(self, day: datetime.date) -> set[str]:
        weekday = WEEKDAYS[day.weekday()]
        found = {slug for slug, session in self._sessions[weekday] if _may_run(session, day, self._calendar)}
        return found if self._calendar.is_bank_holiday(day) else found.union(self._open[weekday])


def _sessions(listings: Iterable[Listing]) -> ByDay[tuple[str, Session]]:
    found: ByDay[tuple[str, Session]] = {day: [] for day in WEEKDAYS}
    for listing in listings:
        for session in listing.sessions:
            for day in _weekdays(session):
                found[day].append((listing.slug, session))
    return found


def _open(listings: Iterable[Listing]) -> ByDay[str]:
    found: ByDay[str] = {day: [] for day in WEEKDAYS}
    for listing in listings:
        for hours in listing.opening_hours:
            for day in hours.days:
                found[day].append(listing.slug)
    return found


def _weekdays(session: Session) -> set[Weekday]:
    """Every day of the week that a session may fall on."""
    dates = [one.to_date or one.date for one in session.exceptions if one.change != "cancelled"]
    found: set[Weekday] = {WEEKDAYS[date.weekday()] for date in (*dates, *([session.date] if session.date else []))}
    if session.day:
        found.add(session.day)
    return set(WEEKDAYS) if session.day_of_month else found


def _may_run(session: Session, day: datetime.date, calendar: Calendar) -> bool:
    """Whether it runs on the day; true also where the pattern or the calendar leaves that open: people can ask."""
    for exception in session.exceptions:
        if exception.change != "cancelled" and (exception.to_date or exception.date) == day:
            return True
        if exception.date == day:
            return False
    if session.has_known_dates and not session.falls_on(day):
        return False
    if session.frequency == "once":
        return True
    if calendar.is_bank_holiday(day) and not session.bank_holidays:
        return False
    return session.term in ("always", calendar.part_of_year(day) or session.term)
