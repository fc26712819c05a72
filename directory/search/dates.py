"""Which listings run on given dates, and when each runs next. Worked out when it is asked for, and kept."""

import datetime

from directory.model.calendar import Calendar
from directory.model.listing import Listing
from directory.model.session import WEEKDAYS, Session, Weekday, upcoming
from directory.model.snapshot import Snapshot
from directory.search.bounded import Bounded

RANGES_KEPT = 200
NEVER = datetime.datetime.combine(datetime.date.max, datetime.time())
MOST_TRIED = 8
"""How many times of a listing are looked at for one that is not cancelled."""
LONGEST_RANGE = 60
"""Days of a range that are looked at: longer than the summer holidays."""


class Dates:
    """The sessions and opening hours of the content, by day of the week."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._calendar = snapshot.calendar
        self._sessions: dict[Weekday, list[tuple[str, Session]]] = {day: [] for day in WEEKDAYS}
        self._open: dict[Weekday, list[str]] = {day: [] for day in WEEKDAYS}
        for slug, listing in snapshot.listings.items():
            for session in listing.sessions:
                for day in _weekdays(session):
                    self._sessions[day].append((slug, session))
            for hours in listing.opening_hours:
                for day in hours.days:
                    self._open[day].append(slug)
        self._known = Bounded(RANGES_KEPT, self._work_out, lambda _: 1)

    def on(self, first: datetime.date, last: datetime.date) -> frozenset[str]:
        """The slugs of what runs, or for all that is known may run, on any of the days, both ends included."""
        return self._known((first, last))

    def next_of(self, listing: Listing, at: datetime.datetime) -> datetime.datetime:
        """When a listing's sessions run next; the end of time where that is not known."""
        found = (one for one in upcoming(listing.sessions, at, self._calendar, MOST_TRIED) if not one.cancelled)
        return min((datetime.datetime.combine(one.date, one.opens_at) for one in found), default=NEVER)

    def _work_out(self, days: tuple[datetime.date, datetime.date]) -> frozenset[str]:
        first, last = days
        count = min((last - first).days + 1, LONGEST_RANGE)
        return frozenset().union(*(self._running(first + datetime.timedelta(number)) for number in range(count)))

    def _running(self, day: datetime.date) -> set[str]:
        weekday = WEEKDAYS[day.weekday()]
        found = {slug for slug, session in self._sessions[weekday] if _may_run(session, day, self._calendar)}
        return found if self._calendar.is_bank_holiday(day) else found.union(self._open[weekday])


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
