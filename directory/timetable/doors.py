"""Whether a door is open, or a line answered: opening hours of the week turned into moments, by the calendar.

Never says open or closed where the calendar does not know: hours that hold in term time alone, on a day that the
calendar puts in no term and no holiday, make the answer None.
"""

import datetime
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from directory.model.calendar import LONDON, Calendar
from directory.model.session import WEEKDAYS, OpeningHours

DAYS_AHEAD = 14
"""How far ahead the next opening is looked for."""
TOUCHING = datetime.timedelta(minutes=1)
"""Hours this close count as one: midnight at the end of a day can only be written as 23:59."""


@dataclass(frozen=True)
class Door:
    """A door at one moment. All moments are aware, in Europe/London.

    ``is_open`` is None where nobody can say: there are no hours, or the calendar does not know the day. ``closes_at``
    is when an open one closes, and ``minutes_left`` how many minutes that is away, a begun one counting; both are None
    where it closes at no time that is known within ``DAYS_AHEAD`` days. ``opens_at`` is when it opens next, later than
    now; None where it does not within those days, or might do so sooner than anybody knows. ``bank_holiday`` is the
    name of the one for which hours of today do not hold.
    """

    is_open: bool | None
    closes_at: datetime.datetime | None = None
    minutes_left: int | None = None
    opens_at: datetime.datetime | None = None
    bank_holiday: str | None = None


class Opening(NamedTuple):
    """From when to when a door is open on some day; not ``is_sure`` where the calendar does not know the day."""

    opens_at: datetime.time
    closes_at: datetime.time
    is_sure: bool
    note: str | None


class _Span(NamedTuple):
    """A run of time in UTC, where no hour is missing and none comes twice."""

    begins: datetime.datetime
    ends: datetime.datetime


def door(hours: Sequence[OpeningHours], now: datetime.datetime, calendar: Calendar) -> Door:
    """What to tell of a door with these hours at ``now``, an aware moment in any zone."""
    now = now.astimezone(LONDON)
    today = now.date()
    open_spans, unsure = _spans(hours, today, calendar)
    moment = now.astimezone(datetime.UTC)
    around = next((span for span in open_spans if span.begins <= moment < span.ends), None)
    maybe = any(span.begins <= moment < span.ends for span in unsure)
    closes = _closing(around, unsure, today) if around else None
    return Door(
        is_open=True if around else None if maybe or not hours else False,
        closes_at=closes.astimezone(LONDON) if closes else None,
        minutes_left=math.ceil((closes - moment) / datetime.timedelta(minutes=1)) if closes else None,
        opens_at=_next_opening(open_spans, unsure, moment),
        bank_holiday=_bank_holiday(hours, today, calendar),
    )


def hours_on(hours: Iterable[OpeningHours], day: datetime.date, calendar: Calendar) -> tuple[Opening, ...]:
    """The hours of one day as they are written, in order of time; none where it is closed."""
    found = {
        Opening(one.opens_at, one.closes_at, one.term in ("always", calendar.part_of_year(day, one.school)), one.note)
        for one in hours
        if _may_hold(one, day, calendar)
    }
    return tuple(sorted(found, key=lambda one: (one.opens_at, one.closes_at, not one.is_sure, one.note or "")))


def _may_hold(one: OpeningHours, day: datetime.date, calendar: Calendar) -> bool:
    """Whether hours hold on a day, for all that is known."""
    if WEEKDAYS[day.weekday()] not in one.days or (calendar.is_bank_holiday(day) and not one.bank_holidays):
        return False
    return one.term == "always" or calendar.part_of_year(day, one.school) in (one.term, None)


def _spans(hours: Sequence[OpeningHours], today: datetime.date, calendar: Calendar) -> tuple[list[_Span], list[_Span]]:
    """The times at which it is open from today on, then those at which it may be; each joined and in order."""
    open_spans: list[_Span] = []
    unsure: list[_Span] = []
    for number in range(DAYS_AHEAD + 1):
        day = today + datetime.timedelta(number)
        for one in hours_on(hours, day, calendar):
            span = _Span(_moment(day, one.opens_at), _moment(day, one.closes_at))
            (open_spans if one.is_sure else unsure).append(span)
    joined = list(_joined(open_spans))
    return joined, [span for span in _joined(unsure) if not _is_within(span, joined)]


def _joined(spans: Iterable[_Span]) -> Iterator[_Span]:
    """The same times with those that touch or overlap made one, in order."""
    whole: _Span | None = None
    for span in sorted(spans):
        if whole and span.begins <= whole.ends + TOUCHING:
            whole = _Span(whole.begins, max(whole.ends, span.ends))
        else:
            if whole:
                yield whole
            whole = span
    if whole:
        yield whole


def _is_within(span: _Span, others: Iterable[_Span]) -> bool:
    return any(one.begins <= span.begins and span.ends <= one.ends for one in others)


def _closing(around: _Span, unsure: Iterable[_Span], today: datetime.date) -> datetime.datetime | None:
    """When an open door closes; None where it may stay open longer, or is open beyond the days looked at."""
    if around.ends + TOUCHING >= _moment(today + datetime.timedelta(DAYS_AHEAD + 1), datetime.time()):
        return None
    lengthens = any(span.begins <= around.ends + TOUCHING and span.ends > around.ends for span in unsure)
    return None if lengthens else around.ends


def _next_opening(
    open_spans: Iterable[_Span], unsure: Iterable[_Span], moment: datetime.datetime
) -> datetime.datetime | None:
    opens = min((span.begins for span in open_spans if span.begins > moment), default=None)
    if opens is None or any(span.begins < opens and span.ends > moment for span in unsure):
        return None
    return opens.astimezone(LONDON)


def _bank_holiday(hours: Iterable[OpeningHours], day: datetime.date, calendar: Calendar) -> str | None:
    weekday = WEEKDAYS[day.weekday()]
    is_kept = any(weekday in one.days and not one.bank_holidays for one in hours)
    return calendar.bank_holiday_names.get(day.toordinal()) if is_kept else None


@lru_cache(maxsize=4096)  # doors open at the same few times for two weeks, and pages ask all day
def _moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """That time of that day in UTC: the first of two where clocks go back, the change itself where they skip it."""
    moment = datetime.datetime.combine(day, time, LONDON).astimezone(datetime.UTC)
    if moment.astimezone(LONDON).time() == time:
        return moment
    return moment.replace(minute=0)  # Summer Time Order 2002: clocks change on the hour, at 1am Greenwich mean time
