"""What to say above the results of a search about HAF or about half-term, which are often taken for one another."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from directory.model.calendar import Period
from directory.model.filters import Filter, dates_of
from directory.model.haf import Haf
from directory.model.school_holidays import haf_to_come, half_term_to_come
from directory.search import Understood, asks_about_haf, asks_about_half_term
from directory.web.drawn import drawn
from directory.web.public.holidays.told import KINDS, span, what_is_on
from directory.web.showing import Showing

TEMPLATE = "parts/holiday_note.html"


def holiday_note(words: str, understood: Understood, now: Showing) -> Markup | str:
    """That HAF does not run in half-term, and what does; or when HAF runs next. Empty for any other search."""
    calendar = now.snapshot.calendar
    haf = calendar.haf
    if haf is None:
        return ""
    if "half-term" not in haf.runs_in and asks_about_half_term(words, understood, haf.needs):
        half_term = half_term_to_come(calendar, now.today)
        return drawn(TEMPLATE, (), "half-term", half_term, words=lambda: _of_half_term(haf, half_term, now)).filled()
    if asks_about_haf(understood, haf.needs):
        period = _asked_for(understood, haf_to_come(calendar, now.today))
        return drawn(TEMPLATE, (), "haf", period, words=lambda: _of_haf(haf, period)).filled()
    return ""


def _of_half_term(haf: Haf, half_term: Period | None, now: Showing) -> Mapping[str, Any]:
    known = {"half_term": span(half_term), "from_day": what_is_on(half_term, now)[1]} if half_term else {}
    coming = haf_to_come(now.snapshot.calendar, now.today)
    return {"is_half_term": True, **known, **_of_haf(haf, next(iter(coming), None))}


def _of_haf(haf: Haf, period: Period | None) -> Mapping[str, Any]:
    return {"days": span(period) if period else None, "holidays": [KINDS[kind] for kind in haf.runs_in]}


def _asked_for(understood: Understood, periods: tuple[Period, ...]) -> Period | None:
    """The period that the days in the words fall in, as in "HAF at Easter"; else the next one."""
    asked = [one for tag in understood.tags if tag.filter and (one := _days_of(tag.filter))]
    return next((one for one in periods if any(one.meets(days) for days in asked)), next(iter(periods), None))


def _days_of(one: Filter) -> Period | None:
    dates = dates_of(one.value) if one.group == "day" else None
    return Period(name="asked for", starts=dates[0], ends=dates[1]) if dates else None
