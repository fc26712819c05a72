"""Dates that people write: "24 november", "nov 24th", "saturday 5th december", "2 dec 2026"."""

import datetime
import re
from typing import NamedTuple

from directory.search.understanding.wishes.asked import Asked, word_set
from directory.search.understanding.wishes.numbers import MONTHS

_SHORT = {
    "sept": 9,
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
MONTH_OF = {name: month for month, name in enumerate(MONTHS, 1)} | _SHORT
_VERBS = frozenset(("may", "march", "mar"))
"""Months that are other words too, so that a bare number beside them is not enough."""
_DAY = re.compile(r"(\d{1,2})(st|nd|rd|th)?")
_NOT_A_DAY_BEFORE = word_set("year years yr yrs month months week weeks day days yo old to and or plus")


class Date(NamedTuple):
    """A day that comes, and the place after its words; no day where it is past, or there is no such day."""

    day: datetime.date | None
    last: int


class _Number(NamedTuple):
    day: int
    is_ordinal: bool


def date(asked: Asked, place: int, weekday: int | None = None) -> Date | None:
    """The date whose words start at the place; after a weekday, "24th" alone is one too."""
    start = (
        place + (asked.word(place) in ("the", "on")) + (asked.word(place) == "on" and asked.word(place + 1) == "the")
    )
    month = MONTH_OF.get(asked.word(start))
    if month:
        return _month_first(asked, start, month)
    number = _number(asked.word(start))
    if number is None:
        return None
    at = start + 1 + (asked.word(start + 1) == "of")
    month = MONTH_OF.get(asked.word(at))
    if month and (asked.word(at) not in _VERBS or number.is_ordinal or _ends(asked, at + 1) or weekday is not None):
        return _dated(asked, number.day, month, at + 1)
    if number.is_ordinal and (weekday is not None or asked.word(start - 1) == "the"):
        return Date(_next_day(asked.today, number.day), start + 1)
    return None


def _month_first(asked: Asked, place: int, month: int) -> Date | None:
    after = place + 1 + (asked.word(place + 1) == "the")
    number = _number(asked.word(after))
    if number is None or asked.word(after + 1) in _NOT_A_DAY_BEFORE:
        return None
    if not number.is_ordinal and asked.word(place) in _VERBS and not _ends(asked, after + 1):
        return None
    return _dated(asked, number.day, month, after + 1)


def _ends(asked: Asked, place: int) -> bool:
    """Whether the search ends there, or a year follows."""
    return not asked.word(place) or _year(asked.word(place)) is not None


def _dated(asked: Asked, day: int, month: int, last: int) -> Date:
    year = _year(asked.word(last))
    if year is not None:
        found = _made(year, month, day)
        return Date(found if found and found >= asked.today else None, last + 1)
    made = (_made(asked.today.year + ahead, month, day) for ahead in range(9))
    return Date(next((one for one in made if one and one >= asked.today), None), last)


def _next_day(today: datetime.date, day: int) -> datetime.date | None:
    """The next date on that day of a month."""
    ahead = (divmod(today.month - 1 + more, 12) for more in range(3))
    made = (_made(today.year + years, month + 1, day) for years, month in ahead)
    return next((one for one in made if one and one >= today), None)


def _made(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _year(word: str) -> int | None:
    return int(word) if len(word) == 4 and word.isdecimal() and 1900 <= int(word) <= 2100 else None


def _number(word: str) -> _Number | None:
    found = _DAY.fullmatch(word) if word[:1].isdecimal() else None
    return _Number(int(found[1]), bool(found[2])) if found and 1 <= int(found[1]) <= 31 else None
