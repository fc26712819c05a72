"""A day as people write it who look for one: tomorrow, Tuesday, 3 December, 24/11, or a whole date."""

import datetime
import re

from babel import Locale

from directory.model.session import WEEKDAYS
from directory.web import spoken
from directory.web.language import ENGLISH, current_language
from directory.web.translate import gettext

_WITHOUT_YEAR = re.compile(r"(?:[a-z]+,? )?(\d{1,2}(?:st|nd|rd|th)? ?[a-z]{3,9}|\d{1,2}[/.-]\d{1,2})")
_LEAD_IN = re.compile(r"^(?:on|this|next|the) ")
_MONTHS = Locale(ENGLISH).months["format"]["wide"]


def said_day(text: str, today: datetime.date) -> datetime.date:
    """The day that is meant: of weekdays the next one, and without a year the next such date.

    Raises ``Unclear``.
    """
    said = _LEAD_IN.sub("", _in_english(" ".join(text.casefold().split())))
    if said in ("today", "tomorrow"):
        return today + datetime.timedelta(said == "tomorrow")
    ahead = [(WEEKDAYS.index(name) - today.weekday()) % 7 for name in WEEKDAYS if said in (name, name[:3])]
    if ahead:
        return today + datetime.timedelta(ahead[0])
    return _next(said, today) if _WITHOUT_YEAR.fullmatch(said) else spoken.date(said)


def _next(said: str, today: datetime.date) -> datetime.date:
    """The next date of a day and a month: this year's, or next year's where that has passed."""
    separator = next((one for one in "/.-" if one in said), " ")
    this_year = spoken.date(f"{said}{separator}{today.year}")
    return this_year if this_year >= today else spoken.date(f"{said}{separator}{today.year + 1}")


def _in_english(said: str) -> str:
    """The names of days and months in the language of the page as English ones, and its digits as 0 to 9."""
    locale = Locale.parse(current_language(), sep="-")
    names = {gettext("Today"): "today", gettext("Tomorrow"): "tomorrow"}
    for use in ("format", "stand-alone"):
        names |= {name: WEEKDAYS[number] for number, name in locale.days[use]["wide"].items()}
        names |= {name: _MONTHS[number] for number, name in locale.months[use]["wide"].items()}
    english = {name.casefold(): meant.casefold() for name, meant in names.items()}
    digits = "".join(str(int(one)) if one.isdecimal() else one for one in said)
    return " ".join(english.get(word, word) for word in digits.replace("،", "").split())
