"""Times, dates, ages and prices as people write them, read and written back. Pure.

Every reader raises ``Unclear`` for what it cannot read.
"""

import datetime
import re

from directory.model.age import OLDEST_MONTHS, PREGNANCY

_NOON = {"noon": 12, "midday": 12}
_HALVES = {"half past": 30, "quarter past": 15, "quarter to": -15}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?(am|pm)?")
_IN_WORDS = re.compile(r"(half past|quarter past|quarter to) (\d{1,2})(am|pm)?")
FIRST_MORNING_HOUR = 7
"""A bare hour before this is meant for the afternoon: nothing here starts at three in the morning."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})")
_WITH_MONTH = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)? ?([a-z]{3,9}),? ?(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_AGE = re.compile(r"(\d{1,4}) ?(months?|mths?|m|years?|yrs?|y)?(?: olds?)?")
_BIRTH = ("birth", "from birth", "newborn", "born")
_BEFORE_BIRTH = ("pregnancy", "pregnant", "before birth", "bump")
_COMMA_BEFORE_PENCE = re.compile(r",(?=\d{1,2}$)")
_PRICE = re.compile(r"£? ?(\d{1,5})(?:\.(\d{2}))?")
_PENCE = re.compile(r"(\d{1,4}) ?p(?:ence)?")
DEAREST_PENCE = 1_000_000


class Unclear(ValueError):
    """What somebody wrote cannot be read as what it should be."""


def time_of_day(text: str, after: datetime.time | None = None) -> datetime.time:
    """A time: 10, 10am, 10:30, 10.30, 1030, 2pm, half past 2, noon.

    A bare hour from 1 to 6 is in the afternoon. ``after``: when it starts, for a bare hour at which it ends: 7 is in
    the evening after 6pm. A nought in front, as in 06:30, means the morning.
    """
    said = " ".join(text.casefold().replace("o'clock", "").split())
    if said in _NOON:
        return datetime.time(_NOON[said])
    hour, minute, half, is_exact = _parts(re.sub(r"\s*([ap])\.?m\.?$", r"\1m", said))
    if half:
        if not 1 <= hour <= 12:
            raise Unclear(text)
        return _time(hour % 12 + (12 if half == "pm" else 0), minute, text)
    time = _time(hour, minute, text)
    is_early = time.hour < FIRST_MORNING_HOUR or (after is not None and time <= after)
    return time.replace(hour=time.hour + 12) if is_early and 1 <= time.hour < 12 and not is_exact else time


def _parts(said: str) -> tuple[int, int, str | None, bool]:
    """The hour, the minute, am or pm where that is said, and whether the 24-hour clock is plainly meant."""
    worded = _IN_WORDS.fullmatch(said)
    if worded:
        hour, minute = int(worded[2]), _HALVES[worded[1]]
        return (hour, minute, worded[3], False) if minute > 0 else ((hour - 1) or 12, 60 + minute, worded[3], False)
    found = _CLOCK.fullmatch(said.replace(" ", ""))
    if not found:
        raise Unclear(said)
    return int(found[1]), int(found[2] or 0), found[3], len(found[1]) == 2 and found[1].startswith("0")


def _time(hour: int, minute: int, text: str) -> datetime.time:
    try:
        return datetime.time(hour, minute)
    except ValueError as error:
        raise Unclear(text) from error


def written_time(time: datetime.time) -> str:
    """A time as people write it: 10am, 2:30pm, 12pm."""
    minutes = f":{time:%M}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes}{'am' if time.hour < 12 else 'pm'}"


def date(text: str) -> datetime.date:
    """A date: 3/11/2026, 3.11.26, 3 Nov 2026, Tuesday 3rd November 2026, 2026-11-03. The day comes first."""
    said = " ".join(text.casefold().split())
    if found := _ISO.fullmatch(said):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _NUMBERS.fullmatch(said):
        day, month, year = int(found[1]), int(found[2]), int(found[3])
    elif (found := _WITH_MONTH.fullmatch(said)) and found[2][:3] in _MONTHS:
        day, month, year = int(found[1]), _MONTHS.index(found[2][:3]) + 1, int(found[3])
    else:
        raise Unclear(text)
    try:
        return datetime.date(year + 2000 if year < 100 else year, month, day)
    except ValueError as error:
        raise Unclear(text) from error


def written_date(day: datetime.date) -> str:
    """A date as people write it: 3 November 2026."""
    return f"{day.day} {day:%B %Y}"


def day_of_month(text: str) -> int:
    """A day of the month, 1 to 31: 15, 15th, the 15th."""
    found = re.fullmatch(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?", text.casefold().strip())
    if not found or not 1 <= int(found[1]) <= 31:
        raise Unclear(text)
    return int(found[1])


def age(text: str) -> int:
    """An age in months: 18 months, 4 years, 4, birth, pregnancy. A bare number is years."""
    said = " ".join(text.casefold().split())
    if said in _BEFORE_BIRTH:
        return PREGNANCY
    if said in _BIRTH:
        return 0
    found = _AGE.fullmatch(said)
    if not found:
        raise Unclear(text)
    months = int(found[1]) * (1 if (found[2] or "").startswith("m") else 12)
    if months > OLDEST_MONTHS:
        raise Unclear(text)
    return months


def pence(text: str) -> int:
    """A price in pence: £3, 3.50, 50p, 1,200, and 3,50 as most of Europe writes it."""
    said = _COMMA_BEFORE_PENCE.sub(".", text.casefold().strip()).replace(",", "")
    if found := _PENCE.fullmatch(said):
        return int(found[1])
    found = _PRICE.fullmatch(said)
    if not found or int(found[1]) * 100 > DEAREST_PENCE:
        raise Unclear(text)
    return int(found[1]) * 100 + int(found[2] or 0)


def written_price(amount: int) -> str:
    """A price as people write it: 3, 3.50; the pound sign stands before the box."""
    return str(amount // 100) if amount % 100 == 0 else f"{amount // 100}.{amount % 100:02}"
