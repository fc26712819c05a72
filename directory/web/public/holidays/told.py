"""School holidays and HAF in words, and the first day in each on which something is on."""

import datetime
from dataclasses import dataclass

from directory.model.calendar import Calendar, Period
from directory.model.haf import Haf, HolidayKind
from directory.model.school_holidays import SchoolHoliday, haf_to_come
from directory.search import Query
from directory.web.language import ENGLISH, current_language
from directory.web.showing import Showing, shown
from directory.web.translate import gettext, lazy_gettext, ngettext, written_date
from directory.web.words import day

KINDS = {
    "christmas": lazy_gettext("Christmas holidays"),
    "easter": lazy_gettext("Easter holidays"),
    "summer": lazy_gettext("Summer holidays"),
    "half-term": lazy_gettext("Half-term"),
    "other": lazy_gettext("Other school holidays"),
}
"""The holidays in which HAF may run, as parents or carers call them."""
NOT_IN = {
    "christmas": lazy_gettext("HAF does not run in the Christmas holidays."),
    "easter": lazy_gettext("HAF does not run in the Easter holidays."),
    "summer": lazy_gettext("HAF does not run in the summer holidays."),
    "half-term": lazy_gettext("HAF does not run in half-term."),
}


@dataclass(frozen=True)
class Told:
    """A holiday with what to say of it: its days, how long until it starts or ends, and how much is on in it.

    ``name`` is what people call it in the language of the page, None where only the calendar has a name for it.
    ``times`` counts the sessions that people can go to from now on, ``first_day`` is the first day that has any.
    """

    holiday: SchoolHoliday
    name: str | None
    days: str
    wait: str
    haf: tuple[str, ...]
    times: int
    first_day: datetime.date | None


@dataclass(frozen=True)
class Run:
    """A holiday in which HAF runs, and its days, each with how long that is to wait; none where nobody knows them."""

    name: str
    days: tuple[tuple[str, str], ...]


def told(holiday: SchoolHoliday, now: Showing) -> Told:
    """A holiday in words, and what is on in it."""
    period = holiday.period
    times, first_day = what_is_on(period, now)
    haf = tuple(span(one) for one in holiday.haf)
    name = None if current_language() == ENGLISH or period.kind == "other" else str(KINDS[period.kind])
    return Told(holiday, name, span(period), wait(period, now.today), haf, times, first_day)


def what_is_on(period: Period, now: Showing) -> tuple[int, datetime.date | None]:
    """How many sessions people can still go to in a run of days, and the first day that has one."""
    services, clock = shown().services, shown().clock()
    live = services.search.fitting(Query("", clock)).slugs
    timetable = services.timetables.of(now.snapshot)
    rows = timetable.on(period.starts, period.ends, only=live, ends_after=clock)
    return rows.can_go, next(iter(rows.by_day), None) if rows.can_go else None


def span(period: Period) -> str:
    """The days of a period, as in Monday 21 December to Thursday 24 December 2026."""
    if period.starts == period.ends:
        return day(period.starts)
    is_of_one_year = period.starts.year == period.ends.year
    start = written_date(period.starts, "EEEE d MMMM") if is_of_one_year else day(period.starts)
    return gettext("%(start)s to %(end)s", start=start, end=day(period.ends))


def wait(period: Period, today: datetime.date) -> str:
    """How long until a period starts, or, once it has, how many days are left with this one."""
    if today in period:
        return ngettext("Now: this is the last day", "Now: %(num)s days left", (period.ends - today).days + 1)
    return ngettext("It starts tomorrow", "It starts in %(num)s days", (period.starts - today).days)


def runs(haf: Haf, calendar: Calendar, today: datetime.date) -> tuple[Run, ...]:
    """Each holiday in which HAF runs, the soonest first, those whose dates nobody knows last."""
    coming = [(kind_of(one, calendar), one) for one in haf_to_come(calendar, today)]
    kinds = dict.fromkeys([kind for kind, _ in coming if kind in haf.runs_in] + list(haf.runs_in))
    return tuple(
        Run(str(KINDS[kind]), tuple((span(one), wait(one, today)) for its, one in coming if its == kind))
        for kind in kinds
    )


def kind_of(haf_period: Period, calendar: Calendar) -> HolidayKind:
    """The kind of holiday that a period of HAF is in; by its own name where the calendar does not know the holiday."""
    return next((one for one in calendar.holidays if one.meets(haf_period)), haf_period).kind


def not_in(haf: Haf) -> tuple[str, ...]:
    """A sentence for each usual holiday in which HAF does not run."""
    return tuple(str(sentence) for kind, sentence in NOT_IN.items() if kind not in haf.runs_in)
