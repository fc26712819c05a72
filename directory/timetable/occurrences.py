"""The dates of one session: its pattern, by the calendar of terms and bank holidays, with its exceptions."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from directory.model.calendar import Calendar
from directory.model.session import Session, SessionException

LONGEST_LOOK = 400
"""Days that any one question about dates may look at: a year, with room for a leap day and a moved session."""


@dataclass(frozen=True)
class Occurrence:
    """One time at which a session runs, or would have run.

    ``cancelled`` ones are kept so that people are told, and so are those that moved away, to the day ``moved_to``.
    ``moved_from`` is the usual day of one that moved here; ``is_changed``: it is not as the pattern says, in its time,
    its room or its day, or it is an extra one.
    """

    date: datetime.date
    opens_at: datetime.time
    closes_at: datetime.time
    cancelled: bool = False
    note: str | None = None
    room: str | None = None
    moved_to: datetime.date | None = None
    moved_from: datetime.date | None = None
    is_changed: bool = False

    @property
    def when(self) -> tuple[datetime.date, datetime.time, datetime.time, bool]:
        """When it is, and whether people can go: what tells it from all others of its session."""
        return self.date, self.opens_at, self.closes_at, self.is_on

    def __lt__(self, other: "Occurrence") -> bool:
        return self.when < other.when

    @property
    def is_on(self) -> bool:
        """Whether people can go: neither cancelled nor moved to another day."""
        return not self.cancelled and self.moved_to is None


def occurrences(
    session: Session, first: datetime.date, last: datetime.date, calendar: Calendar
) -> Iterator[Occurrence]:
    """Every time from ``first`` to ``last``, both included, in order; what was cancelled or moved away is marked.

    One that moves to a time at which it runs anyway is told once. At most ``LONGEST_LOOK`` days are looked at. Where
    the calendar does not say whether schools are in term, a term-time or holiday session has no dates: better none than
    a wrong one.
    """
    start = first.toordinal()
    end = min(last.toordinal(), start + LONGEST_LOOK - 1)
    changed = {exception.date.toordinal() for exception in session.exceptions}
    found = [_usual(session, day) for day in usual_days(session, start, end, calendar) if day not in changed]
    found += [one for exception in session.exceptions for one in _unusual(session, exception)]
    each = {one.when: one for one in found if start <= one.date.toordinal() <= end}
    return iter(sorted(each.values()))


def usual_days(session: Session, first: int, last: int, calendar: Calendar) -> list[int]:
    """The ordinals of the days on which it runs by its pattern and the calendar, before its exceptions."""
    days = session.days(first, last)
    if session.frequency == "once":
        return list(days)
    if not session.bank_holidays:
        bank_holidays = calendar.bank_holiday_names
        days = [day for day in days if day not in bank_holidays]
    if session.term != "always":
        parts, term = calendar.parts_of_year.get(session.school, {}), session.term
        days = [day for day in days if parts.get(day) == term]
    return list(days)


def _usual(session: Session, day: int) -> Occurrence:
    date = datetime.date.fromordinal(day)
    return Occurrence(date, session.opens_at, session.closes_at, note=session.note, room=session.room)


def _unusual(session: Session, exception: SessionException) -> Iterator[Occurrence]:
    """What an exception makes of its date: itself cancelled, moved away and to, changed, or extra."""
    note = exception.note
    if exception.change == "cancelled":
        yield Occurrence(exception.date, session.opens_at, session.closes_at, cancelled=True, note=note)
        return
    moved = exception.to_date if exception.to_date != exception.date else None
    if moved:
        yield Occurrence(exception.date, session.opens_at, session.closes_at, note=note, moved_to=moved)
    yield Occurrence(
        moved or exception.date,
        exception.opens_at or session.opens_at,
        exception.closes_at or session.closes_at,
        note=note or session.note,
        room=exception.room or session.room,
        moved_from=exception.date if moved else None,
        is_changed=True,
    )


def upcoming(
    sessions: Iterable[Session], now: datetime.datetime, calendar: Calendar, count: int, days: int = 60
) -> list[Occurrence]:
    """The next times, soonest first, that have not ended by ``now`` (Europe/London), at most ``count``."""
    today = now.date()
    last = datetime.date.fromordinal(min(today.toordinal() + days, datetime.date.max.toordinal()))
    found = (one for session in sessions for one in occurrences(session, today, last, calendar))
    return sorted(one for one in found if one.date > today or one.closes_at > now.time())[:count]
