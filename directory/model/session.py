"""When something runs, as a listing says it: patterns of sessions with their exceptions, and opening hours.

Times are Europe/London wall-clock times. A session never runs past midnight. Which dates come of a pattern, with school
terms and bank holidays, is for the room ``timetable`` to say.
"""

import calendar as month_table
import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from directory.model.calendar import PartOfYear
from directory.model.fields import Day, Line, Name, Problem, Slug, Value, refuse, wrong

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LAST = "last"
Term = Literal["always"] | PartOfYear

ENDS_BEFORE_START = "ends before it starts; write a later time (24-hour clock, the same day, 23:59 at the latest)"
_OFF_PATTERN = {
    True: "is an extra date, {}, on which it runs anyway; leave it out",
    False: "is {}, a day with no session; write a date on which it runs",
}
YEARS = range(2000, 2100)
"""In which sessions may run."""
_DATE_KEYS = ("date", "dtstart", "valid_from", "valid_to")
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
    """One date on which a session is not as usual. ``extra`` is a date that the pattern does not have.

    ``moved`` is to another date, another time or another ``room``, or to several of these.
    """

    date: Day
    change: Literal["cancelled", "moved", "extra"]
    to_date: Day | None = None
    opens_at: Clock | None = None
    closes_at: Clock | None = None
    room: Name | None = None
    note: Line | None = None

    @model_validator(mode="after")
    def _says_where_it_moved(self) -> Self:
        elsewhere = self.to_date is not None and self.to_date != self.date
        if self.change == "moved" and not (elsewhere or self.opens_at or self.closes_at or self.room):
            refuse([Problem("change", "is moved but does not say where to; add to_date, opens_at, closes_at or room")])
        if self.change != "moved" and self.to_date:
            refuse([Problem("to_date", "means nothing unless change is moved; leave it out")])
        return self


class Session(Value):
    """A pattern of times. Names follow Open Referral's schedule where it has one.

    * weekly: ``day``
    * fortnightly: ``day``, and ``dtstart``, a date on which it ran
    * monthly: ``day`` with ``week`` (1 to 4, or last), or ``day_of_month``
    * once: ``date``
    * irregular: ``day``, and a ``note`` that says which weeks

    A fortnightly session without ``dtstart``, a monthly one without ``week`` and an irregular one are known to run,
    but not on which dates: none are worked out, and people are told to ask.

    ``term`` goes by the borough's calendar, or by that of a ``school`` that ``calendar.yaml`` names. ``at`` is the hub
    or venue, one of the listing's locations, where it is; ``room`` is the room there.
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
    term: Term = "always"
    school: Slug | None = None
    bank_holidays: bool = False
    at: Slug | None = None
    room: Name | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    note: Line | None = None
    exceptions: tuple[SessionException, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        dates = *self._problems_with_years(), *self._problems_with_exceptions()
        refuse([*self._problems_with_times(), *self._problems_with_pattern(), *dates])
        return self

    def _problems_with_times(self) -> Iterator[Problem]:
        if self.closes_at <= self.opens_at:
            yield Problem("closes_at", ENDS_BEFORE_START)
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            yield Problem("valid_to", "is before valid_from; swap the two dates")
        if self.date and not (self.valid_from or self.date) <= self.date <= (self.valid_to or self.date):
            yield Problem("date", "is outside valid_from to valid_to; leave these two out")

    def _problems_with_years(self) -> Iterator[Problem]:
        """A year with a digit too few or wrong would make a session that nobody ever sees."""
        dates = {key: getattr(self, key) for key in _DATE_KEYS}
        for number, exception in enumerate(self.exceptions):
            dates |= {f"exceptions.{number}.{key}": getattr(exception, key) for key in ("date", "to_date")}
        for key, day in dates.items():
            if day and day.year not in YEARS:
                yield Problem(key, f"is in the year {day.year}; check the year")

    def _problems_with_pattern(self) -> Iterator[Problem]:
        given = {key for key in _PATTERN_KEYS if getattr(self, key) is not None}
        needed, allowed = _PATTERNS[
            "monthly by date" if self.frequency == "monthly" and self.day_of_month else self.frequency
        ]
        for key in sorted(needed - given):
            yield Problem("frequency", f"is {self.frequency} but there is no {key}; add {key}")
        if self.school and self.term == "always":
            yield Problem("school", "means nothing for a session that runs always; say term: term_time or holidays")
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
            if self.has_known_dates and self._is_off_pattern(exception):
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

    def _is_off_pattern(self, exception: SessionException) -> bool:
        """Whether it is of a day with no session; an extra one: of a day on which it runs whatever that day is.

        A session that is off on bank holidays or out of term may say that it runs on one of these all the same.
        """
        falls = self.falls_on(exception.date)
        if exception.change != "extra":
            return not falls
        return falls and (self.frequency == "once" or (self.term == "always" and self.bank_holidays))

    def falls_on(self, day: datetime.date) -> bool:
        """Whether the bare pattern falls on the day, before terms, bank holidays and exceptions."""
        return bool(self.days(day.toordinal(), day.toordinal()))

    def days(self, first: int, last: int) -> Sequence[int]:
        """The days from ``first`` to ``last``, both included, on which the bare pattern falls, as rising ordinals."""
        if not self.has_known_dates:
            return ()
        first = max(first, self.valid_from.toordinal()) if self.valid_from else first
        last = min(last, self.valid_to.toordinal()) if self.valid_to else last
        if self.date:
            only = self.date.toordinal()
            return (only,) if first <= only <= last else ()
        if self.frequency == "monthly":
            return [day for day in self._monthly(first, last) if first <= day <= last]
        step, anchor = (14, self.dtstart.toordinal()) if self.dtstart else (7, WEEKDAYS.index(self.day or "monday") + 1)
        return range(first + (anchor - first) % step, last + 1, step)

    def _monthly(self, first: int, last: int) -> Iterator[int]:
        """Its day in each month that has one, from the month of ``first`` to the month of ``last``."""
        if last < first:
            return
        start, end = datetime.date.fromordinal(first), datetime.date.fromordinal(last)
        for month in range(start.year * 12 + start.month - 1, end.year * 12 + end.month):
            begins = datetime.date(month // 12, month % 12 + 1, 1)
            day = self._day_in(month_table.monthrange(begins.year, begins.month)[1], begins.weekday())
            if day:
                yield begins.toordinal() + day - 1

    def _day_in(self, length: int, begins_on: int) -> int | None:
        """The day of a month of that ``length`` whose first day is that weekday; None where the month has none."""
        if self.day is None or self.week is None:
            return self.day_of_month if self.day_of_month and self.day_of_month <= length else None
        first = (WEEKDAYS.index(self.day) - begins_on) % 7 + 1
        return first + (length - first) // 7 * 7 if self.week == "last" else first + (self.week - 1) * 7


class OpeningHours(Value):
    """When a door is open or a line is answered, on named days each week."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    opens_at: Clock
    closes_at: Clock
    term: Term = "always"
    school: Slug | None = None
    bank_holidays: bool = False
    note: Line | None = None

    @model_validator(mode="after")
    def _closes_after_it_opens(self) -> Self:
        if self.closes_at <= self.opens_at:
            refuse([Problem("closes_at", ENDS_BEFORE_START)])
        if len(set(self.days)) != len(self.days):
            refuse([Problem("days", "names a day twice; keep one")])
        return self
