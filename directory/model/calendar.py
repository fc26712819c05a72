"""The days that change when things run: school terms and holidays, bank holidays, holiday activity periods."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations
from types import MappingProxyType
from typing import Literal, Self
from zoneinfo import ZoneInfo

from pydantic import model_validator

from directory.model.fields import Day, Line, Name, Problem, Slug, Url, Value, refuse
from directory.model.haf import Haf, HolidayKind

LONDON = ZoneInfo("Europe/London")
"""Where all times of content are told, and what day it is decided."""
PartOfYear = Literal["term_time", "holidays"]


_KIND_OF: Mapping[str, HolidayKind] = {
    "half": "half-term",
    "christmas": "christmas",
    "easter": "easter",
    "summer": "summer",
}


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

    @property
    def kind(self) -> HolidayKind:
        """Which school holiday it is, by its name as each area writes it, else by the days that it takes in."""
        name = self.name.casefold()
        named = next((kind for word, kind in _KIND_OF.items() if word in name), None)
        if named:
            return named
        if datetime.date(self.starts.year, 12, 25) in self:
            return "christmas"
        return "summer" if datetime.date(self.starts.year, 8, 10) in self else "other"

    def meets(self, other: "Period") -> bool:
        """Whether they have a day in common."""
        return self.starts <= other.ends and other.starts <= self.ends


class SchoolCalendar(Value):
    """The terms and holidays of one school, where they are not the borough's: days that it names go before those."""

    slug: Slug
    name: Name
    terms: tuple[Period, ...] = ()
    holidays: tuple[Period, ...] = ()

    @model_validator(mode="after")
    def _says_each_day_once(self) -> Self:
        refuse([*_overlaps("terms", self.terms), *_overlaps("holidays", self.holidays)])
        return self


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
    schools: tuple[SchoolCalendar, ...] = ()
    bank_holidays: tuple[BankHoliday, ...] = ()
    haf_periods: tuple[Period, ...] = ()
    haf: Haf | None = None
    sources: tuple[CalendarSource, ...] = ()

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        lists = {"terms": self.terms, "holidays": self.holidays, "haf_periods": self.haf_periods}
        overlaps = (problem for key, periods in lists.items() for problem in _overlaps(key, periods))
        refuse([*overlaps, *self._problems_with_haf(), *self._problems_with_schools()])
        return self

    def _problems_with_haf(self) -> Iterator[Problem]:
        """Only a calendar that knows the school holidays can say that a period lies outside them."""
        for number, period in enumerate(self.haf_periods if self.holidays else ()):
            holiday = next((one for one in self.holidays if period.starts in one and period.ends in one), None)
            if holiday is None:
                yield Problem(f"haf_periods.{number}", "is not within a school holiday; change it, or add the holiday")
            elif self.haf and holiday.kind not in self.haf.runs_in:
                message = f"is in {holiday.name}, and haf.runs_in has no {holiday.kind}; change one of the two"
                yield Problem(f"haf_periods.{number}", message)

    def _problems_with_schools(self) -> Iterator[Problem]:
        for (_, first), (number, one) in combinations(enumerate(self.schools), 2):
            if one.name.casefold() == first.name.casefold():
                yield Problem(f"schools.{number}.name", "is the name of a school above; put the two together")

    @cached_property
    def bank_holiday_names(self) -> Mapping[int, str]:
        """The bank holidays in England, by the ordinals of their days."""
        return MappingProxyType({holiday.date.toordinal(): holiday.name for holiday in self.bank_holidays})

    @cached_property
    def parts_of_year(self) -> Mapping[str | None, Mapping[int, PartOfYear]]:
        """Whether schools are in term or on holiday, by the ordinals of the days that the calendar knows.

        Under None for the borough, under its slug for each school that has a calendar of its own.
        """
        whole = _parts(self.terms, self.holidays)
        return {None: whole} | {one.slug: {**whole, **_parts(one.terms, one.holidays)} for one in self.schools}

    def is_bank_holiday(self, day: datetime.date) -> bool:
        """Whether the day is a bank holiday in England."""
        return day.toordinal() in self.bank_holiday_names

    def part_of_year(self, day: datetime.date, school: str | None = None) -> PartOfYear | None:
        """Whether schools, or one school, are in term or on holiday; None where the calendar does not say."""
        return self.parts_of_year.get(school, {}).get(day.toordinal())


def _overlaps(key: str, periods: Iterable[Period]) -> Iterator[Problem]:
    for (_, first), (number, one) in combinations(enumerate(periods), 2):
        if one.meets(first):
            yield Problem(f"{key}.{number}", f"overlaps {first.name} ({first.starts} to {first.ends}); change one")


def _parts(terms: Iterable[Period], holidays: Iterable[Period]) -> dict[int, PartOfYear]:
    """Holidays go before terms: a half-term lies within one."""
    found: dict[int, PartOfYear] = {}
    by_part: tuple[tuple[PartOfYear, Iterable[Period]], ...] = (("term_time", terms), ("holidays", holidays))
    for part, periods in by_part:
        for one in periods:
            found.update(dict.fromkeys(range(one.starts.toordinal(), one.ends.toordinal() + 1), part))
    return found
