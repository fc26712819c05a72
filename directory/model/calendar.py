"""The days that change when things run: school terms and holidays, bank holidays, holiday activity periods."""

import datetime
from functools import cached_property
from typing import Literal, Self
from zoneinfo import ZoneInfo

from pydantic import model_validator

from directory.model.fields import Day, Line, Name, Problem, Url, Value, refuse

LONDON = ZoneInfo("Europe/London")
"""Where all times of content are told, and what day it is decided."""


class Period(Value):
    """A run of days, both ends included."""

    name: Name
    starts: Day
    ends: Day

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends < self.starts:
            refuse([Problem("ends", "is before it starts; swap the two dates")])
        return self

    def __contains__(self, day: datetime.date) -> bool:
        return self.starts <= day <= self.ends


class BankHoliday(Value):
    """A day on which services are closed unless they say otherwise."""

    date: Day
    name: Name


class CalendarSource(Value):
    """Where dates were read, and when."""

    name: Name
    url: Url | None = None
    seen: Day
    note: Line | None = None


class Calendar(Value):
    """Every dated fact of the area. A day outside every term and holiday is a day that nobody has told us about."""

    terms: tuple[Period, ...] = ()
    holidays: tuple[Period, ...] = ()
    bank_holidays: tuple[BankHoliday, ...] = ()
    haf_periods: tuple[Period, ...] = ()
    sources: tuple[CalendarSource, ...] = ()

    @cached_property
    def _bank_holiday_dates(self) -> frozenset[datetime.date]:
        return frozenset(holiday.date for holiday in self.bank_holidays)

    def is_bank_holiday(self, day: datetime.date) -> bool:
        """Whether the day is a bank holiday in England."""
        return day in self._bank_holiday_dates

    def part_of_year(self, day: datetime.date) -> Literal["term_time", "holidays"] | None:
        """Whether schools are in term or on holiday; None where the calendar does not say."""
        if any(day in holiday for holiday in self.holidays):
            return "holidays"
        if any(day in term for term in self.terms):
            return "term_time"
        return None
