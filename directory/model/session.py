"""When something runs: a repeating or single session, its exceptions, and the days it really falls on.

Times are Europe/London wall-clock times. A session never runs past midnight.
"""

import calendar as month_table
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from directory.model.calendar import Calendar
from directory.model.fields import Day, Line, Name, Problem, Value, refuse, wrong

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LAST = "last"
LONGEST_LOOK = 400
"""Days ahead that any question about dates may look: a year, with room for a leap day and a moved session."""

ENDS_BEFORE_START = "ends before it starts; write a later time (24-hour clock, the same day)"
_OFF_PATTERN = {
    True: "is an extra date, {}, on which it runs anyway; leave it out",
    False: "is {}, a day with no session; write a date on which it runs",
}
_PATTERN_KEYS = ("day", "week", "day_of_month", "date", "dtstart")
_PATTERNS: dict[str, tuple[set[str], set[str]]] = {
    "weekly": ({"day"}, set()),
    "fortnightly": ({"day"}, {"dtstart"}),
    "monthly": ({"day"}, {"week"}),
    "monthly by date": ({"day_of_month"}, set()),
    "once": ({"date"}, set()),
    "irregular": ({"day"}, set()),
}
"""For each frequency, the keys that it needs and those that it may have."""
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


def _clock(value: object) -> datetime.time:
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if isinstance(value, datetime.time):
        return value
    if not found:
        raise wrong("clock", 'is not a time of day; write it in quotes on the 24-hour clock, as in "10:30"')
    return datetime.time(int(found[1]), int(found[2]))


Clock = Annotated[
    datetime.time, BeforeValidator(_clock), PlainSerializer(lambda time: f"{time:%H:%M}", return_type=str)
]


class SessionException(Value):
    """One date on which a session is not as usual. ``extra`` is a date that the pattern does not have."""

    date: Day
    change: Literal["cancelled", "moved", "extra"]
    to_date: Day | None = None
    opens_at: Clock | None = None
    closes_at: Clock | None = None
    note: Line | None = None

    @model_validator(mode="after")
    def _says_where_it_moved(self) -> Self:
        if self.change == "moved" and not (self.to_date or self.opens_at or self.closes_at):
            refuse([Problem("change", "is moved but does not say where to; add to_date, opens_at or closes_at")])
        if self.change != "moved" and self.to_date:
            refuse([Problem("to_date", "means nothing unless change is moved; leave it out")])
        return self


@dataclass(frozen=True, order=True)
class Occurrence:
    """One time at which a session runs, or would have run: ``cancelled`` ones are kept so that people are told."""

    date: datetime.date
    opens_at: datetime.time
    closes_at: datetime.time
    cancelled: bool = field(default=False, compare=False)
    note: str | None = field(default=None, compare=False)


class Session(Value):
    """A pattern of times. Names follow Open Referral's schedule where it has one.

    * weekly: ``day``
    * fortnightly: ``day``, and ``dtstart``, a date on which it ran
    * monthly: ``day`` with ``week`` (1 to 4, or last), or ``day_of_month``
    * once: ``date``
    * irregular: ``day``, and a ``note`` that says which weeks

    A fortnightly session without ``dtstart``, a monthly one without ``week`` and an irregular one are known to run,
    but not on which dates: none are worked out, and people are told to ask.
    """

    name: Name | None = None
    frequency: Literal["weekly", "fortnightly", "monthly", "once", "irregular"] = "weekly"
    day: Weekday | None = None
    week: Annotated[int, Field(ge=1, le=4)] | Literal["last"] | None = None
    day_of_month: Annotated[int, Field(ge=1, le=31)] | None = None
    date: Day | None = None
    dtstart: Day | None = None
    opens_at: Clock
    closes_at: Clock
    term: Literal["always", "term_time", "holidays"] = "always"
    bank_holidays: bool = False
    valid_from: Day | None = None
    valid_to: Day | None = None
    note: Line | None = None
    exceptions: tuple[SessionException, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        refuse([*self._problems_with_times(), *self._problems_with_pattern(), *self._problems_with_exceptions()])
        return self

    def _problems_with_times(self) -> Iterator[Problem]:
        if self.closes_at <= self.opens_at:
            yield Problem("closes_at", ENDS_BEFORE_START)
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            yield Problem("valid_to", "is before valid_from; swap the two dates")

    def _problems_with_pattern(self) -> Iterator[Problem]:
        given = {key for key in _PATTERN_KEYS if getattr(self, key) is not None}
        needed, allowed = _PATTERNS[
            "monthly by date" if self.frequency == "monthly" and self.day_of_month else self.frequency
        ]
        for key in sorted(needed - given):
            yield Problem("frequency", f"is {self.frequency} but there is no {key}; add {key}")
        for key in sorted(given - needed - allowed):
            yield Problem(key, f"means nothing for a session that is {self.frequency}; leave it out")
        if self.dtstart and self.day and WEEKDAYS[self.dtstart.weekday()] != self.day:
            yield Problem("dtstart", f"is a {WEEKDAYS[self.dtstart.weekday()]}; write a date that is a {self.day}")

    def _problems_with_exceptions(self) -> Iterator[Problem]:
        seen: set[datetime.date] = set()
        for number, exception in enumerate(self.exceptions):
            key = f"exceptions.{number}"
            if exception.date in seen:
                yield Problem(f"{key}.date", f"is a second exception on {exception.date}; keep one")
            seen.add(exception.date)
            if self.has_known_dates and (exception.change == "extra") == self.falls_on(exception.date):
                yield Problem(f"{key}.date", _OFF_PATTERN[exception.change == "extra"].format(exception.date))
            if (exception.closes_at or self.closes_at) <= (exception.opens_at or self.opens_at):
                yield Problem(f"{key}.closes_at", ENDS_BEFORE_START)

    @property
    def has_known_dates(self) -> bool:
        """Whether the pattern is enough to say which days: a fortnightly one needs a date on which it ran."""
        if self.frequency == "fortnightly":
            return self.dtstart is not None
        if self.frequency == "monthly":
            return bool(self.week or self.day_of_month)
        return self.frequency != "irregular"

    def falls_on(self, day: datetime.date) -> bool:
        """Whether the bare pattern falls on the day, before terms, bank holidays and exceptions."""
        if not self.has_known_dates or not (self.valid_from or day) <= day <= (self.valid_to or day):
            return False
        if self.frequency == "once":
            return day == self.date
        if self.day_of_month:
            return day.day == self.day_of_month
        return WEEKDAYS[day.weekday()] == self.day and self._is_its_week(day)

    def _is_its_week(self, day: datetime.date) -> bool:
        if self.frequency == "fortnightly" and self.dtstart:
            return (day - self.dtstart).days % 14 == 0
        if self.week == LAST:
            return day.day + 7 > month_table.monthrange(day.year, day.month)[1]
        return self.frequency == "weekly" or (day.day - 1) // 7 + 1 == self.week

    def occurrences(self, first: datetime.date, last: datetime.date, calendar: Calendar) -> Iterator[Occurrence]:
        """Every time from ``first`` to ``last``, both included, in order of date; cancelled ones are marked.

        At most ``LONGEST_LOOK`` days are looked at. Where the calendar does not say whether schools are in term,
        a term-time or holiday session has no dates: better none than a wrong one.
        """
        days = min((last - first).days + 1, LONGEST_LOOK)
        exceptions = {exception.date: exception for exception in self.exceptions}
        found = [self._usual(day, calendar, exceptions) for day in self._days_to_try(first, days)]
        found += [self._moved_or_extra(exception) for exception in self.exceptions]
        yield from sorted(one for one in found if one and first <= one.date <= last)

    def _days_to_try(self, first: datetime.date, days: int) -> Iterator[datetime.date]:
        """The days that the pattern may fall on: of a pattern with a weekday, a seventh of all."""
        start, step = ((WEEKDAYS.index(self.day) - first.weekday()) % 7, 7) if self.day else (0, 1)
        return (first + datetime.timedelta(n) for n in range(start, days, step))

    def _usual(
        self, day: datetime.date, calendar: Calendar, exceptions: dict[datetime.date, SessionException]
    ) -> Occurrence | None:
        if not self.falls_on(day):
            return None
        exception = exceptions.get(day)
        if exception and exception.change == "cancelled":
            return Occurrence(day, self.opens_at, self.closes_at, cancelled=True, note=exception.note)
        if exception or not self._is_open_on(day, calendar):
            return None
        return Occurrence(day, self.opens_at, self.closes_at, note=self.note)

    def _is_open_on(self, day: datetime.date, calendar: Calendar) -> bool:
        if self.frequency == "once":
            return True
        if not self.bank_holidays and calendar.is_bank_holiday(day):
            return False
        return self.term in ("always", calendar.part_of_year(day))

    def _moved_or_extra(self, exception: SessionException) -> Occurrence | None:
        if exception.change == "cancelled":
            return None
        return Occurrence(
            exception.to_date or exception.date,
            exception.opens_at or self.opens_at,
            exception.closes_at or self.closes_at,
            note=exception.note or self.note,
        )


class OpeningHours(Value):
    """When a door is open or a line is answered, on named days each week."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    opens_at: Clock
    closes_at: Clock
    term: Literal["always", "term_time", "holidays"] = "always"
    bank_holidays: bool = False
    note: Line | None = None

    @model_validator(mode="after")
    def _closes_after_it_opens(self) -> Self:
        if self.closes_at <= self.opens_at:
            refuse([Problem("closes_at", ENDS_BEFORE_START)])
        if len(set(self.days)) != len(self.days):
            refuse([Problem("days", "names a day twice; keep one")])
        return self


def upcoming(
    sessions: tuple[Session, ...], now: datetime.datetime, calendar: Calendar, count: int, days: int = 60
) -> list[Occurrence]:
    """The next times, soonest first, that have not ended by ``now`` (Europe/London), at most ``count``."""
    today = now.date()
    last = today + datetime.timedelta(days)
    found = (one for session in sessions for one in session.occurrences(today, last, calendar))
    still_to_come = (one for one in found if one.date > today or one.closes_at > now.time())
    return sorted(still_to_come, key=lambda one: (one.date, one.opens_at, one.closes_at))[:count]
