"""The filters of a search as people's words, in the language of the page."""

import datetime

from babel import Locale

from directory.model.age import PREGNANCY
from directory.model.filters import ANY_LANGUAGE, SOME_SEND, Filter, Group, dates_of, months_of
from directory.model.session import WEEKDAYS
from directory.model.snapshot import Snapshot
from directory.web import words
from directory.web.language import current_language
from directory.web.own_words import plain
from directory.web.translate import gettext, lazy_gettext, ngettext, written_date

GROUPS = {
    "category": lazy_gettext("What it is about"),
    "within": lazy_gettext("How far away"),
    "day": lazy_gettext("Day"),
    "time": lazy_gettext("Time of day"),
    "age": lazy_gettext("Age"),
    "cost": lazy_gettext("Cost"),
    "how": lazy_gettext("How to join in"),
    "send": lazy_gettext("Special educational needs and disabilities"),
    "language": lazy_gettext("Language"),
    "access": lazy_gettext("Access"),
}
TIMES = {
    "morning": lazy_gettext("In the morning"),
    "afternoon": lazy_gettext("In the afternoon"),
    "after-school": lazy_gettext("After school"),
    "evening": lazy_gettext("In the evening"),
}
COSTS = {
    "free": lazy_gettext("Free"),
    "low": lazy_gettext("Free or low cost"),
    "help": lazy_gettext("Free or cheaper for some families"),
}
HOWS = {
    "drop_in": lazy_gettext("Just turn up"),
    "book": lazy_gettext("You book a place"),
    "no_referral": lazy_gettext("Nobody has to refer you"),
    "online": lazy_gettext("Online"),
    "phone": lazy_gettext("By phone"),
    "at_home": lazy_gettext("In your home"),
}
SEND = {SOME_SEND: lazy_gettext("For children with special needs or disabilities"), **words.SEND_NEEDS}
_TABLES = {"time": TIMES, "cost": COSTS, "how": HOWS, "send": SEND, "access": words.FACILITIES}
_A_MONDAY = datetime.date(2026, 11, 23)


def group_name(group: Group) -> str:
    """What the choices of a group are about."""
    return str(GROUPS[group])


def label(one: Filter, snapshot: Snapshot) -> str:
    """A choice as it stands on a tag or in a list of choices."""
    if one.group in _TABLES:
        return str(_TABLES[one.group][one.value])
    if one.group == "category":
        category = snapshot.category_by_slug.get(one.value)
        return plain(category, "name") if category else one.value
    if one.group == "within":
        return ngettext("Within %(num)s mile", "Within %(num)s miles", int(one.value))
    if one.group == "language":
        return _language(one.value)
    return _age(*months_of(one.value)) if one.group == "age" else _day(one.value)


def _language(code: str) -> str:
    if code == ANY_LANGUAGE:
        return gettext("In a language other than English")
    name = str(Locale.parse(current_language(), sep="-").languages.get(code.partition("-")[0], code))
    return name[:1].upper() + name[1:]


def _day(value: str) -> str:
    dates = dates_of(value)
    if dates is None:
        name = written_date(_A_MONDAY + datetime.timedelta(WEEKDAYS.index(value)), "EEEE")
    else:
        first, last = (written_date(date, "EEEE d MMMM") for date in dates)
        name = first if first == last else gettext("%(first)s to %(last)s", first=first, last=last)
    return name[:1].upper() + name[1:]


def _age(first: int, last: int) -> str:
    """A range of months in words: whole years where it is made of them."""
    if first == PREGNANCY:
        return gettext("Pregnancy")
    if first % 12 == 0 and last % 12 == 11:
        low, high = first // 12, last // 12
        if (low, high) == (0, 0):
            return gettext("Under 1 year")
        if low == high:
            return ngettext("Age %(num)s", "Age %(num)s", low)
        return gettext("Age %(low)s to %(high)s", low=low, high=high)
    if first == last:
        return ngettext("Age %(num)s month", "Age %(num)s months", first)
    return gettext("Age %(low)s to %(high)s months", low=first, high=last)
