"""School years of England as ages: a child in year 6 is 10 or 11."""

import re

from directory.model.filters import Filter
from directory.search.understanding.wishes.amounts import AND, TO, amount
from directory.search.understanding.wishes.asked import Asked, Taken, taken, word_set

YEAR_WORDS = frozenset(("year", "years", "yr", "yrs", "yer"))
_TOGETHER = re.compile(r"(?:year|yr|y)(\d{1,2})s?")
_NOT_AFTER = word_set("last a per each every one first second third new once of")
"""Words after which "year" is a length of time."""


def school_years(asked: Asked, place: int) -> Taken | None:
    """The ages of the school years whose words start at the place; None where none do."""
    found = _TOGETHER.fullmatch(asked.words[place])
    if found:
        first, last = int(found[1]), place + 1
    else:
        one = _year_number(asked, place + 1)
        if one is None or asked.word(place - 1) in _NOT_AFTER:
            return None
        first, last = one, place + 2
    years = [(first, first)]
    following = asked.word(last)
    step = last + 1 + (asked.word(last + 1) in YEAR_WORDS)
    more = _year_number(asked, step) if following in TO | AND else None
    if following == str(first + 1):
        step, more = last, first + 1
    if more is not None:
        years = [(first, more)] if following in TO else [*years, (more, more)]
        last = step + 1
    if not all(1 <= low <= high <= 13 for low, high in years):
        return None
    return taken([Filter("age", f"{low + 4}y-{high + 5}y") for low, high in years], place, last)


def _year_number(asked: Asked, place: int) -> int | None:
    """The number of a school year; none where the number starts an age of its own."""
    word = asked.word(place)
    found = amount(asked, place)
    if found is None or found.unit or (word == "one" and place + 1 < len(asked.words)):
        return None
    return found.many
