"""What narrows a search: one choice in one group, as it stands in an address and on a tag."""

import datetime
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args

from directory.model.age import OLDEST_MONTHS, PREGNANCY
from directory.model.listing import Facility, SendNeed
from directory.model.session import WEEKDAYS

Group = Literal["category", "within", "day", "time", "age", "cost", "how", "send", "language", "access"]
GROUPS: tuple[Group, ...] = get_args(Group)

MILES = ("1", "2", "5", "10")
TIMES = {"morning": (0, 12), "afternoon": (12, 17), "after-school": (15, 18), "evening": (17, 24)}
"""Parts of a day by the hours in which something has to start: from, and before."""
COSTS = ("free", "low", "help")
"""``free`` for all; ``low``: free, a donation, or at most ``LOW_PENCE``; ``help``: free or cheaper for some people."""
LOW_PENCE = 500
HOWS = ("drop_in", "book", "no_referral", "online", "phone", "at_home")
SOME_SEND = "some"
"""The choice of what says that it is for any special educational need or disability: for one, for some or for all."""
EVERY_SEND = "any"
"""What says so is for all of them, and so for each."""
ANY_LANGUAGE = "any"
"""The choice of what is there in another language than English, whichever."""
AGES = ("pregnancy", "0m-11m", "1y-2y", "3y-4y", "5y-10y", "11y-15y", "16y-17y", "18y-25y")
"""The ages to choose from. Any other range may be asked for too: ``30m``, ``3y``, ``6m-11m``, ``13y-19y``."""

_AGE = re.compile(r"(\d{1,4})([my])(?:-(\d{1,4})([my]))?")
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?")
_LANGUAGE = re.compile("[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?")
_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_CHOICES: dict[str, frozenset[str]] = {
    "within": frozenset(MILES),
    "time": frozenset(TIMES),
    "cost": frozenset(COSTS),
    "how": frozenset(HOWS),
    "send": frozenset((SOME_SEND, *get_args(SendNeed))),
    "access": frozenset(get_args(Facility)),
}


class Filter(NamedTuple):
    """One choice. Several in one group are alternatives; choices of different groups must all hold.

    ``day`` is a weekday, a date (``2026-11-24``) or a run of dates (``2026-11-28..2026-11-29``); ``age`` is
    ``pregnancy`` or a range that takes in both its ends; ``category`` is the slug of a category of either level.
    """

    group: Group
    value: str


def filter_of(group: str, value: str) -> Filter | None:
    """The filter that a group's name and a value stand for; None where they make no sense. Never raises."""
    known = next((one for one in GROUPS if one == group), None)
    return Filter(known, value) if known and _makes_sense(known, value) else None


def months_of(value: str) -> tuple[int, int]:
    """The first and the last month of an age filter's value, both included. Raises ValueError for anything else."""
    if value == "pregnancy":
        return PREGNANCY, PREGNANCY
    found = _AGE.fullmatch(value)
    if not found:
        raise ValueError(f"{value!r} is not an age")
    first = _months(found[1], found[2])
    last_number, last_unit = (found[3], found[4]) if found[3] else (found[1], found[2])
    last = _months(last_number, last_unit) + (11 if last_unit == "y" else 0)
    if not first <= last <= OLDEST_MONTHS + 11:
        raise ValueError(f"{value!r} is not a range of ages")
    return first, last


def dates_of(value: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last date of a day filter's value; None for a weekday. Raises ValueError for anything else."""
    if value in WEEKDAYS:
        return None
    found = _DAYS.fullmatch(value)
    if not found:
        raise ValueError(f"{value!r} is not a day")
    first = datetime.date.fromisoformat(found[1])
    last = datetime.date.fromisoformat(found[2]) if found[2] else first
    if last < first:
        raise ValueError(f"{value!r} ends before it starts")
    return first, last


def falls_on(day: datetime.date, value: str) -> bool:
    """Whether a date is one that a day filter's value names. Raises ValueError for a value that is none."""
    dates = dates_of(value)
    return dates[0] <= day <= dates[1] if dates else WEEKDAYS[day.weekday()] == value


def days_named(filters: Iterable[Filter], first: datetime.date, last: datetime.date) -> frozenset[datetime.date] | None:
    """The days from ``first`` to ``last`` that filters ask for by name or by date; None where none says which."""
    wanted = [one.value for one in filters if one.group == "day"]
    if not wanted:
        return None
    run = (first + datetime.timedelta(number) for number in range((last - first).days + 1))
    return frozenset(day for day in run if any(falls_on(day, value) for value in wanted))


def hours_named(filters: Iterable[Filter]) -> list[tuple[int, int]]:
    """The parts of the day that filters ask for, each by the hours that ``TIMES`` gives it."""
    return [TIMES[one.value] for one in filters if one.group == "time"]


def _months(number: str, unit: str) -> int:
    return int(number) * (12 if unit == "y" else 1)


def _makes_sense(group: Group, value: str) -> bool:
    if group in _CHOICES:
        return value in _CHOICES[group]
    if group == "category":
        return bool(_SLUG.fullmatch(value))
    if group == "language":
        return value == ANY_LANGUAGE or bool(_LANGUAGE.fullmatch(value))
    try:
        months_of(value) if group == "age" else dates_of(value)
    except ValueError:
        return False
    return True
