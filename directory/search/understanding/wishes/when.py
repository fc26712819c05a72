"""Weekdays, dates and hours that people ask for: "every tuesday", "friday the 27th", "after 6pm"."""

import datetime
import re

from directory.model.filters import Filter
from directory.model.session import WEEKDAYS
from directory.search.understanding.wishes.asked import OUTINGS, Asked, Taken, taken, word_set
from directory.search.understanding.wishes.dates import MONTH_OF, Date, date
from directory.search.understanding.wishes.day_phrases import DATES_OF_A_LIFE
from directory.search.words import split

_NAMES = (
    "monday mondays mon monady munday poniedzialek poniedzialki somvar somwar الاثنين الإثنين پیر ਸੋਮਵਾਰ",
    """
        tuesday tuesdays tue tues tuesdy tuseday teusday tuedsay wtorek wtorki marti mangalvar الثلاثاء منگل
        ਮੰਗਲਵਾਰ
        """,
    """
        wednesday wednesdays wed weds wensday wendsday wednsday wednesdy wednesay sroda srode srody miercuri
        budhvar الاربعاء الأربعاء بدھ ਬੁੱਧਵਾਰ
        """,
    """
        thursday thursdays thu thur thurs thurday thrusday thurdsay thursdy czwartek czwartki joi jumerat
        veervar الخميس جمعرات ਵੀਰਵਾਰ
        """,
    "friday fridays fri firday fridy piatek piatki vineri jumma shukarvar الجمعة جمعہ ਸ਼ੁੱਕਰਵਾਰ",
    """
        saturday saturdays saterday saturady satuday satday sobota sobote soboty sambata shanivar السبت ہفتہ
        ਸ਼ਨੀਵਾਰ
        """,
    "sunday sundays sunady sundy niedziela niedziele duminica itwar aitvar الاحد الأحد اتوار ਐਤਵਾਰ",
)
_DAY_OF = {word: day for day, names in enumerate(_NAMES) for _, word in split(names)}
_UNSURE_DAY_OF = {"sat": 5, "sun": 6}
"""Short names that are words too: days only beside another word of time."""
_PARTS = {
    "morning": "morning", "mornings": "morning", "am": "morning",
    "afternoon": "afternoon", "afternoons": "afternoon", "pm": "afternoon", "lunchtime": "afternoon",
    "lunchtimes": "afternoon", "evening": "evening", "evenings": "evening", "eve": "evening", "night": "evening",
    "nights": "evening", "rano": "morning", "wieczorem": "evening", "seara": "evening",
}  # fmt: skip
"""What stands after a day for a part of it."""
_TO = frozenset(("to", "til", "till", "until", "through", "thru"))
_NO_WISH_AFTER = word_set(
    """
    until till til since by before after last past yesterday payday moved starts started start starting due not
    """
)
"""Words after which a day says up to when, or since when, something is so."""
_CLOCK = re.compile(r"(\d{1,2})(am|pm)")
_SAT_BEFORE = word_set("on every each this next and or coming to til till") | frozenset(_DAY_OF)
_LEADS = frozenset(("on", "every", "each", "this", "next", "coming", "for"))


def read_day(asked: Asked, place: int) -> Taken | None:
    """The weekdays or the date whose words start at the place, with the part of the day right after."""
    found = date(asked, place)
    if found:
        return _dated(asked, found, place)
    word = asked.words[place]
    if _CLOCK.fullmatch(word) or (word.isdecimal() and asked.word(place + 1) in ("am", "pm")):
        return _by_the_clock(asked, place)
    at = place
    while at < place + 3 and (asked.word(at) in _LEADS or (at > place and asked.word(at) == "a")):
        at += 1
    first = _weekday(asked, at)
    return None if first is None else _weekdays(asked, place, at, first)


def may_start(word: str) -> bool:
    """Whether a day can start with the word: so little is asked of most words of a search."""
    return word[0].isdecimal() or word in _STARTS


def _weekdays(asked: Asked, place: int, at: int, first: int) -> Taken | None:
    dated = date(asked, at + 1, weekday=first)
    if dated:
        return _dated(asked, dated, place)
    lead, last = asked.word(at - 1) if at > place else "", at + 1
    until = _weekday(asked, last + 1) if asked.word(last) in _TO else None
    if until is not None and until > first:
        days = [Filter("day", WEEKDAYS[day]) for day in range(first, until + 1)]
        last += 2
    elif lead in ("this", "next", "coming"):
        days = [Filter("day", _that_day(asked.today, first, is_next=lead == "next").isoformat())]
    else:
        days = [Filter("day", WEEKDAYS[first])]
    return _unless_trouble(asked, days, place, last)


def part_of_day(asked: Asked, place: int) -> Taken | None:
    """The part of a day that is said at a place, right after the day: there, "night" alone is plain enough."""
    clock = _CLOCK.fullmatch(asked.word(place))
    part = _part_by_hour(int(clock[1]), clock[2]) if clock else _PARTS.get(asked.word(place))
    return taken([Filter("time", part)], place, place + 1) if part else None


def _dated(asked: Asked, found: Date, place: int) -> Taken:
    days = [Filter("day", found.day.isoformat())] if found.day else []
    return _unless_trouble(asked, days, place, found.last)


def _may_go(asked: Asked) -> bool:
    return asked.said.isdisjoint(DATES_OF_A_LIFE) and not asked.is_of_trouble


def _unless_trouble(asked: Asked, days: list[Filter], place: int, last: int) -> Taken:
    is_wish = asked.word(place - 1) not in _NO_WISH_AFTER and _may_go(asked)
    return taken(days if is_wish else [], place, last)


def _by_the_clock(asked: Asked, place: int) -> Taken | None:
    found = _CLOCK.fullmatch(asked.words[place])
    hour, half, last = (
        (int(found[1]), found[2], place + 1)
        if found
        else (int(asked.words[place][:4]), asked.word(place + 1), place + 2)
    )
    before = asked.word(place - 1)
    if hour > 12 and before.isdecimal() and int(before[:4]) <= 12:
        hour = int(before[:4])
    part = _part_by_hour(hour, half)
    is_wish = part and _may_go(asked) and not asked.said.isdisjoint(OUTINGS)
    if not is_wish or before in _NO_WISH_AFTER - {"after"}:
        return Taken((), last)
    return taken([Filter("time", part)] if part else [], place, last)


def _part_by_hour(hour: int, half: str) -> str | None:
    if not 1 <= hour <= 12:
        return None
    if half == "am":
        return "morning" if 5 <= hour <= 11 else None
    return "afternoon" if hour == 12 or hour < 5 else "evening"


def _weekday(asked: Asked, place: int) -> int | None:
    word = asked.word(place)
    if word not in _UNSURE_DAY_OF:
        return _DAY_OF.get(word)
    day = _UNSURE_DAY_OF[word]
    is_sure = asked.word(place - 1) in _SAT_BEFORE or asked.word(place + 1) in _SURE_AFTER
    return day if is_sure or date(asked, place + 1, weekday=day) else None


def _that_day(today: datetime.date, weekday: int, *, is_next: bool) -> datetime.date:
    """The first such day from today on; for "next friday" the one of the week that starts next Monday."""
    ahead = 7 - today.weekday() + weekday if is_next else (weekday - today.weekday()) % 7
    return today + datetime.timedelta(days=ahead)


_SURE_AFTER = (frozenset(_PARTS) | frozenset(_DAY_OF)) - {"eve"}
_STARTS = frozenset(_DAY_OF) | frozenset(_UNSURE_DAY_OF) | frozenset(MONTH_OF) | _LEADS | {"the"}
