"""Amounts of time as people write ages: "8 months", "3yr", "2 and a half years", "14 y/o", or a bare number."""

import re
from typing import NamedTuple

from directory.search.understanding.wishes.asked import Asked, word_set
from directory.search.understanding.wishes.numbers import PLURAL_WORDS, number

_YEARS = word_set(
    """
    y yr yrs year years yo yro yers yera yeras yaers yeaar yearold yearolds yrold lat lata latek latka letni
    letnia letnie rok roku roczna roczny ani an saal sal saala baras سال سنة سنوات سنين عام اعوام أعوام ਸਾਲ
    """
)
_MONTHS = word_set(
    """
    mo mos m mth mths month months mnth mnths mnts moth moths mounth mounths mon miesiac miesiace miesiecy luni
    luna mahina mahine mahinay maheene شهر أشهر شهور اشهر ماہ مہینے مہینہ ਮਹੀਨੇ ਮਹੀਨਾ
    """
)
_WEEKS = word_set("w wk wks week weeks")
_DAYS = word_set("day days")
SAYS_HOW_OLD = word_set(
    """
    im am hes shes theyre whos is are be turned turning nearly almost just about only now now aged son daughter
    boy girl child kid kids children lad lass sons daughters boys girls twins twin grandson granddaughter nephew
    niece brother sister grandkids grandchildren grandchild foster dziecko syn corka copil beta beti bacha
    """
)
"""Words after which a bare number is an age: "my son is 7", "im 15", "daughter 12"."""
_ALWAYS_OLD = word_set("yo yro yearold yearolds yrold")
OLD = word_set("old olds olde ols ka ke ki")
_NEED_OLD = word_set("m mon moth moths mounth mounths mo mos w an day days")
"""Units that are other words too, so that only "old" after them makes an age of them."""
_TOGETHER = re.compile(r"(\d{1,2})([^\W\d_]+)")
_WITH_S = re.compile(r"(\d{1,2})s")
SHORT_UNITS = word_set("yr yrs yo mth mths mo mos wk wks")
"""Short forms that are right as they are: no slips of longer words."""
_HALVES = (("and", "a", "half"), ("and", "half"), ("half",))


TO = frozenset(("to", "til", "till", "until", "through", "thru", "do", "se"))
AND = frozenset(("and", "or", "n", "amp", "i", "sau", "aur"))
"""Words that join two amounts, in the languages that people here mix."""


class Amount(NamedTuple):
    """So many months or years, ``last`` being the place after its words. ``unit`` is y, m, or empty for a bare number.

    ``is_old`` where "old" was said; ``is_short`` for weeks and days, which are an age only with that; ``is_several``
    for "5s", ``is_one`` for "2 year" as against "2 years".
    """

    many: int
    unit: str
    last: int
    is_old: bool = False
    is_short: bool = False
    is_several: bool = False
    is_one: bool = False

    @property
    def value(self) -> str:
        """As an age is written in a filter."""
        return f"{self.many}{self.unit or 'y'}"


def amount(asked: Asked, place: int) -> Amount | None:
    """The amount whose words start at the place; None for anything else."""
    word = asked.word(place)
    together = _TOGETHER.fullmatch(word) if word[:1].isdecimal() else None
    if together and _is_unit(together[2]):
        return _with_unit(asked, int(together[1]), together[2], place + 1)
    several = _several(word)
    if several is not None:
        return Amount(several, "", place + 1, is_several=True)
    count = number(word)
    if count is None and word in ("a", "an") and asked.word(place + 1) in _YEARS and asked.word(place + 2) in OLD:
        count = 1
    return None if count is None else _counted(asked, count, place + 1)


def _several(word: str) -> int | None:
    found = _WITH_S.fullmatch(word)
    return int(found[1]) if found else PLURAL_WORDS.get(word)


def _counted(asked: Asked, count: int, place: int) -> Amount:
    half = next((len(one) for one in _HALVES if tuple(asked.words[place : place + len(one)]) == one), 0)
    unit = asked.word(place + half)
    if half and count < 6:
        after = place + half + (unit in _YEARS)
        is_old = asked.word(after) in OLD or unit in _ALWAYS_OLD
        if unit in _YEARS or is_old or asked.word(place - 2) in SAYS_HOW_OLD:
            return Amount(count * 12 + 6, "m", after + (asked.word(after) in OLD), is_old=is_old)
    if unit == "y" and asked.word(place + 1) == "o":
        return Amount(count, "y", place + 2, is_old=True)
    return _with_unit(asked, count, unit, place + 1) if not half and _is_unit(unit) else Amount(count, "", place)


def _with_unit(asked: Asked, count: int, unit: str, place: int) -> Amount:
    is_old = asked.word(place) in OLD or unit in _ALWAYS_OLD
    last = place + (asked.word(place) in OLD)
    is_one = unit in ("year", "yr", "month", "mth", "mnth", "week", "wk", "day")
    if unit in _YEARS:
        months = _odd_months(asked, place) if not is_old else None
        if months:
            return Amount(count * 12 + months.many, "m", months.last, is_old=months.is_old)
        return Amount(count, "y", last, is_old=is_old, is_one=is_one, is_short=unit in _NEED_OLD and not is_old)
    if unit in _MONTHS:
        is_short = (
            unit in _NEED_OLD and not is_old and not (unit == "m" and 11 < count < 37) and unit not in ("mo", "mos")
        )
        return Amount(count, "m", last, is_old=is_old, is_one=is_one, is_short=is_short)
    months_old = count * 7 // 30 if unit in _WEEKS else count // 30
    return Amount(months_old, "m", last, is_old=is_old, is_short=True, is_one=is_one)


def _odd_months(asked: Asked, place: int) -> Amount | None:
    """The months of "2 years 3 months" and "1 year and 6 months"."""
    start = place + (asked.word(place) == "and")
    count = number(asked.word(start))
    if count is None or count > 11 or asked.word(start + 1) not in _MONTHS - _NEED_OLD:
        return None
    is_old = asked.word(start + 2) in OLD
    return Amount(count, "m", start + 2 + is_old, is_old=is_old)


def _is_unit(word: str) -> bool:
    return word in _YEARS or word in _MONTHS or word in _WEEKS or word in _DAYS
