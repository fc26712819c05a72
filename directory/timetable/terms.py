"""From one term to the next: when sessions end, what their next dates are, and the sessions of the term after.

A term here is a whole one: two halves with a half-term between them are one run.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from directory.model.calendar import Calendar, Period, SchoolCalendar
from directory.model.session import Session, Term
from directory.timetable.occurrences import LONGEST_LOOK, usual_days

LONGEST_HALF_TERM = 9
"""Days between two halves of a term: a week and its two weekends. A longer one has a holiday that says what it is."""
_A_DAY = datetime.timedelta(1)
_FEW_LETTERS = 5


@dataclass(frozen=True)
class Ending:
    """A session of a listing that ends: ``number`` is its place there.

    ``on`` is its last day; None where it goes by school terms and the calendar knows none. ``next`` is the term (or
    the holidays) after it, None where the calendar knows none.
    """

    number: int
    session: Session
    on: datetime.date | None
    next: Period | None


def terms(calendar: Calendar, school: str | None = None) -> tuple[Period, ...]:
    """Every term, in order, by the borough's dates or by those of a school that has its own."""
    own = _school(calendar, school)
    halves = sorted(own.terms if own and own.terms else calendar.terms, key=lambda one: one.starts)
    holidays = [*(own.holidays if own else ()), *calendar.holidays]
    runs: list[list[Period]] = []
    for half in halves:
        if runs and _is_half_term_between(runs[-1][-1], half, holidays):
            runs[-1].append(half)
        else:
            runs.append([half])
    return tuple(Period(name=_name(run), starts=run[0].starts, ends=run[-1].ends) for run in runs)


def _school(calendar: Calendar, slug: str | None) -> SchoolCalendar | None:
    return next((one for one in calendar.schools if one.slug == slug), None)


def _is_half_term_between(first: Period, second: Period, holidays: Sequence[Period]) -> bool:
    if (second.starts - first.ends).days - 1 <= LONGEST_HALF_TERM:
        return True
    between = (one for one in holidays if first.ends < one.starts and one.ends < second.starts)
    return any("half" in one.name.casefold() for one in between)


def _name(run: Sequence[Period]) -> str:
    """What the halves' names have in common: "Spring term" of its first and its second half."""
    words = zip(*(one.name.split() for one in run), strict=False)
    shared = " ".join(same[0] for same in takewhile(lambda same: len(set(same)) == 1, words)).rstrip(",;:")
    return shared if len(shared) >= _FEW_LETTERS else f"{run[0].name}, {run[-1].name}"


def endings(sessions: Sequence[Session], today: datetime.date, calendar: Calendar) -> tuple[Ending, ...]:
    """The sessions that end, or ended in the last year, and that nothing follows yet.

    One in term time without a last date goes on by itself while the calendar knows a term to come.
    """
    found = (_ending(number, one, today, calendar) for number, one in enumerate(sessions))
    return tuple(one for one in found if one and not _is_followed(one, sessions) and not _is_long_ago(one, today))


def _ending(number: int, session: Session, today: datetime.date, calendar: Calendar) -> Ending | None:
    if session.frequency == "once":
        return None
    after = next_period(session, today, calendar)
    if session.valid_to:
        return Ending(number, session, session.valid_to, after)
    if session.term != "term_time" or after:
        return None
    return Ending(number, session, _last_known(session, calendar), None)


def _last_known(session: Session, calendar: Calendar) -> datetime.date | None:
    return max((one.ends for one in _periods(session, calendar)), default=None)


def _periods(session: Session, calendar: Calendar) -> tuple[Period, ...]:
    """The terms that a session goes by; of one that runs in holidays, the holidays."""
    if session.term != "holidays":
        return terms(calendar, session.school)
    own = _school(calendar, session.school)
    return tuple(sorted(own.holidays if own and own.holidays else calendar.holidays, key=lambda one: one.starts))


def next_period(session: Session, today: datetime.date, calendar: Calendar) -> Period | None:
    """The term after a session's last day that is not over; None where the calendar knows none."""
    last = session.valid_to or today
    return next((one for one in _periods(session, calendar) if one.starts > last and one.ends >= today), None)


def _is_followed(ending: Ending, sessions: Sequence[Session]) -> bool:
    """Whether the listing has its next dates already: under the same name, on the same day or at the same hours."""
    one, last = ending.session, ending.on
    return last is not None and any(
        other.name == one.name
        and other.valid_from is not None
        and other.valid_from > last
        and (other.day == one.day or (other.opens_at, other.closes_at) == (one.opens_at, one.closes_at))
        for other in sessions
    )


def _is_long_ago(ending: Ending, today: datetime.date) -> bool:
    return ending.on is not None and (today - ending.on).days > LONGEST_LOOK


def first_date(session: Session, period: Period, today: datetime.date, calendar: Calendar) -> datetime.date | None:
    """From which date it runs in a term: its first day to come; of one each fortnight, the first in its rhythm.

    None for one each fortnight of which nobody has said which weeks.
    """
    first = max(period.starts, today)
    if session.frequency != "fortnightly":
        return first
    if session.dtstart is None:
        return None
    goes_on = session.model_copy(update={"valid_from": None, "valid_to": None})
    days = usual_days(goes_on, first.toordinal(), period.ends.toordinal(), calendar)
    return datetime.date.fromordinal(days[0]) if days else None


def usual_term(session: Session, period: Period | None, calendar: Calendar) -> Term:
    """Whether it should go by school terms in the one to come.

    What has a last date and kept out of holidays did so because it ran in one half of a term. Where the calendar does
    not know the term there would be no dates at all, so it runs each week between its first and its last.
    """
    if period is None:
        return "always"
    if session.term != "always" or session.valid_to is None:
        return session.term
    parts = calendar.parts_of_year.get(session.school, {})
    last = session.valid_to.toordinal()
    first = session.valid_from.toordinal() if session.valid_from else last - LONGEST_LOOK
    days = usual_days(session, first, last, calendar)
    return "always" if any(parts.get(day) == "holidays" for day in days) else "term_time"


def continued(
    sessions: Sequence[Session], renewed: Mapping[int, Session], today: datetime.date, calendar: Calendar
) -> tuple[Session, ...]:
    """The sessions of a listing with those of the next term, each by the number of the one that it follows.

    What is over goes, and so do dates that were not as usual. What still runs ends before what follows it begins.
    """
    found: list[Session] = []
    for number, session in enumerate(sessions):
        after = renewed.get(number)
        found += _still_running(session, after, today, calendar)
        if after:
            found.append(after)
    return tuple(found)


def _still_running(
    session: Session, after: Session | None, today: datetime.date, calendar: Calendar
) -> Iterator[Session]:
    last = session.date or session.valid_to
    if after and last is None:
        last = _last_known(session, calendar) or today - _A_DAY
    if after and last and after.valid_from:
        last = min(last, after.valid_from - _A_DAY)
    exceptions = tuple(
        one
        for one in session.exceptions
        if (one.to_date or one.date) >= today and (one.change == "extra" or last is None or one.date <= last)
    )
    is_over = last is not None and (last < today or (session.valid_from is not None and last < session.valid_from))
    if is_over and not (exceptions and not after):
        return
    ends = {} if session.frequency == "once" else {"valid_to": last}
    yield session.model_copy(update={"exceptions": exceptions, **ends})
