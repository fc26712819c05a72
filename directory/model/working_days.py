"""Working days: Monday to Friday without bank holidays. Promises of an answer are counted in them."""

import datetime

from directory.model.calendar import Calendar

ONE_DAY = datetime.timedelta(1)
SATURDAY = 5


def is_working_day(day: datetime.date, calendar: Calendar) -> bool:
    """Whether offices are open: not at weekends, and not on a bank holiday that the calendar knows."""
    return day.weekday() < SATURDAY and not calendar.is_bank_holiday(day)


def answer_by(asked: datetime.date, days: int, calendar: Calendar) -> datetime.date:
    """The last day of a promise made in working days. The day of asking does not count, however early it was."""
    day = asked
    for _ in range(days):
        day = _next_working_day(day, calendar)
    return day


def _next_working_day(day: datetime.date, calendar: Calendar) -> datetime.date:
    day += ONE_DAY
    while not is_working_day(day, calendar):
        day += ONE_DAY
    return day
