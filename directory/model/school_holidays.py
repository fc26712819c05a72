"""The school holidays that are still to come, with what parents or carers ask of each: bank holidays, and HAF."""

import datetime
from dataclasses import dataclass

from directory.model.calendar import BankHoliday, Calendar, Period

A_YEAR = datetime.timedelta(365)
"""How far ahead holidays are told: further on, hardly any listing says what it will do."""


@dataclass(frozen=True)
class SchoolHoliday:
    """One school holiday. ``haf`` are the periods in it, still to come, in which Holiday Activities and Food runs.

    ``runs_haf`` says whether the programme runs in such a holiday, whether or not its dates are known; None where
    nobody has told us.
    """

    period: Period
    bank_holidays: tuple[BankHoliday, ...]
    haf: tuple[Period, ...]
    runs_haf: bool | None


def holidays_to_come(calendar: Calendar, today: datetime.date) -> tuple[SchoolHoliday, ...]:
    """The borough's holidays of a year that are not over, the one of now or the next one first."""
    coming = (one for one in calendar.holidays if one.ends >= today and one.starts <= today + A_YEAR)
    return tuple(_holiday(one, calendar, today) for one in sorted(coming, key=lambda one: one.starts))


def half_term_to_come(calendar: Calendar, today: datetime.date) -> Period | None:
    """The half-term of now, or the next one that the calendar knows."""
    found = (one.period for one in holidays_to_come(calendar, today) if one.period.kind == "half-term")
    return next(found, None)


def haf_to_come(calendar: Calendar, today: datetime.date) -> tuple[Period, ...]:
    """The periods of Holiday Activities and Food that are not over, soonest first."""
    return tuple(sorted((one for one in calendar.haf_periods if one.ends >= today), key=lambda one: one.starts))


def _holiday(period: Period, calendar: Calendar, today: datetime.date) -> SchoolHoliday:
    haf = tuple(one for one in haf_to_come(calendar, today) if one.meets(period))
    bank_holidays = sorted((one for one in calendar.bank_holidays if one.date in period), key=lambda one: one.date)
    runs_haf = period.kind in calendar.haf.runs_in if calendar.haf else None
    return SchoolHoliday(period, tuple(bank_holidays), haf, runs_haf)
