"""Sessions and opening hours as Open Referral's schedules, and back, without loss.

What was decided, and why:

* The standard has rules that repeat and nothing else: no term times, bank holidays, cancelled or moved dates. So a
  session becomes as many schedules as it has runs of dates without a gap, and one for each date that was moved or
  added. Whoever knows the standard alone has every date right, and never finds a door locked that was cancelled. The
  standard's own guide ends a schedule and begins another one where hours change.
* Terms and bank holidays make gaps only where a calendar is given. Without one they are told in ``description``.
* What the fields cannot say travels in one further key, ``session`` (for opening hours ``opening_hours``), which other
  readers ignore: the keys of the content that differ from what the fields say. HSDS has ``attributes`` for that, which
  the UK's profile leaves out; ``notes`` and ``description`` are words for people. The first schedule of a session has
  what it needs to be made again; the others say ``is_part`` and are passed over on the way back.
* ``timezone`` is never sent: in HSDS it is a number of hours, which is wrong for half of the year. Times are those of
  clocks in Europe/London, without an offset.
* A session whose dates nobody knows has neither ``freq`` nor a date: its rule would make up dates.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from pydantic import ValidationError

from directory.model.calendar import Calendar
from directory.model.fields import Value
from directory.model.session import LAST, OpeningHours, Session, SessionException
from directory.timetable.occurrences import usual_days
from directory.timetable.schedule_fields import Keys, Schedule, UnreadableSchedule, code_of, patterns, weekdays

Run = tuple[datetime.date | None, datetime.date | None]
"""The first and the last day of a run of dates; None where it has no beginning or no end."""
IS_PART = "is_part"
_TERMS = {"term_time": "In school term time only.", "holidays": "In school holidays only."}
_OFF, _ON = "Not on bank holidays.", "On bank holidays too."
_UNKNOWN = "The dates vary. Ask for the next one."
_A_DAY = datetime.timedelta(1)
_A_YEAR_OF_FORTNIGHTS = datetime.timedelta(26 * 14)
_LONGEST_GAP = 62
"""Days from one 31st to the next, at most; every other pattern comes round sooner."""
V = TypeVar("V", bound=Value)


def schedules(session: Session, calendar: Calendar | None = None) -> tuple[Schedule, ...]:
    """A session as schedules; ``sessions`` makes it again of them."""
    runs = [_scheduled(session, run) for run in _runs(session, calendar)]
    first, *others = runs or [_unscheduled(session)]
    said = session.model_dump(mode="json", exclude_defaults=True)
    whole = first.model_copy(update={"session": _differing(said, patterns(first)[0])})
    dated = (_one_date(session, one) for one in session.exceptions if one.change != "cancelled")
    return (whole, *(one.model_copy(update={"session": {IS_PART: True}}) for one in (*others, *dated)))


def sessions(said: Iterable[Schedule]) -> tuple[Session, ...]:
    """The sessions that schedules tell, ours or others'; raises UnreadableSchedule, which says what to send."""
    return tuple(one for schedule in said for one in _sessions_of(schedule))


def schedule_of_hours(hours: OpeningHours) -> Schedule:
    """Opening hours as a schedule; ``opening_hours`` makes them again of it."""
    schedule = Schedule(
        freq="WEEKLY",
        byday=",".join(map(code_of, hours.days)),
        opens_at=f"{hours.opens_at:%H:%M}",
        closes_at=f"{hours.closes_at:%H:%M}",
        description=_described(hours),
        notes=hours.note,
    )
    said = hours.model_dump(mode="json", exclude_defaults=True)
    return schedule.model_copy(update={"opening_hours": _differing(said, _hours_keys(schedule))})


def opening_hours(said: Iterable[Schedule]) -> tuple[OpeningHours, ...]:
    """The opening hours among schedules of ours; raises UnreadableSchedule, which says what to send."""
    marked = ((one, one.opening_hours) for one in said if one.opening_hours is not None)
    return tuple(_made(OpeningHours, _hours_keys(one) | more) for one, more in marked)


def _sessions_of(schedule: Schedule) -> Iterator[Session]:
    more = schedule.session
    if schedule.opening_hours is not None or (more and more.get(IS_PART)):
        return
    for keys in patterns(schedule):
        if more is None and keys.get("frequency") == "irregular":
            raise UnreadableSchedule("No day is named; send freq and byday, or dtstart for one date.")
        yield _made(Session, keys | (more or {}))


def _made(kind: type[V], keys: Keys) -> V:
    try:
        return kind.model_validate({key: value for key, value in keys.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise UnreadableSchedule(f"This cannot be a session: {key} {first['msg']}.".replace(":  ", ": ")) from error


def _differing(said: Keys, read: Keys) -> Keys:
    """The keys that the fields do not tell as they are; None for one that the fields have and we have not."""
    return {key: said.get(key) for key in sorted(said.keys() | read.keys()) if said.get(key) != read.get(key)}


def _hours_keys(schedule: Schedule) -> Keys:
    [pattern, *_] = patterns(schedule)
    kept = {key: pattern[key] for key in ("opens_at", "closes_at", "note") if key in pattern}
    return kept | {"days": weekdays(schedule)}


def _scheduled(session: Session, run: Run) -> Schedule:
    first, last = run
    return Schedule(
        valid_from=first,
        valid_to=last,
        dtstart=_begins(session, run),
        **_rule(session),
        opens_at=f"{session.opens_at:%H:%M}",
        closes_at=f"{session.closes_at:%H:%M}",
        description=_described(session),
        notes=session.note,
    )


def _unscheduled(session: Session) -> Schedule:
    """A session without any date that the standard could tell."""
    opens_at, closes_at = f"{session.opens_at:%H:%M}", f"{session.closes_at:%H:%M}"
    described = _described(session) if session.has_known_dates else _UNKNOWN
    return Schedule(opens_at=opens_at, closes_at=closes_at, description=described, notes=session.note)


def _one_date(session: Session, exception: SessionException) -> Schedule:
    """The date on which it runs instead, or besides."""
    date = exception.to_date or exception.date
    opens_at, closes_at = exception.opens_at or session.opens_at, exception.closes_at or session.closes_at
    return Schedule(
        valid_from=date,
        valid_to=date,
        dtstart=date,
        opens_at=f"{opens_at:%H:%M}",
        closes_at=f"{closes_at:%H:%M}",
        notes=exception.note or session.note,
    )


def _rule(session: Session) -> dict[str, Any]:
    if session.frequency == "once":
        return {}
    if session.day_of_month:
        return {"freq": "MONTHLY", "bymonthday": str(session.day_of_month)}
    code = code_of(session.day or "monday")
    if session.frequency == "monthly":
        return {"freq": "MONTHLY", "byday": f"{-1 if session.week == LAST else session.week}{code}"}
    return {"freq": "WEEKLY", "byday": code, "interval": 2 if session.frequency == "fortnightly" else 1}


def _described(one: Session | OpeningHours) -> str | None:
    if isinstance(one, Session) and one.frequency == "once":
        return None
    told = [_TERMS[one.term]] if one.term in _TERMS else []
    return " ".join([*told, _ON if one.bank_holidays else _OFF])


def _begins(session: Session, run: Run) -> datetime.date | None:
    """The first date of a run; of one without a beginning only where weeks are counted from it."""
    first, last = run
    if first:
        start = first.toordinal()
        return datetime.date.fromordinal(session.days(start, start + _LONGEST_GAP)[0])
    begins = session.dtstart
    while begins and last and begins > last:
        begins -= _A_YEAR_OF_FORTNIGHTS
    return begins


def _runs(session: Session, calendar: Calendar | None) -> list[Run]:
    """The runs of dates that the bare rule tells without a wrong one among them."""
    if not session.has_known_dates:
        return []
    changed = {one.date.toordinal() for one in session.exceptions}
    if session.date:
        return [] if session.date.toordinal() in changed else [(session.date, session.date)]
    if calendar and session.term != "always":
        return list(_in_term(session, changed, calendar))
    off = calendar.bank_holiday_names.keys() if calendar and not session.bank_holidays else ()
    gaps = (datetime.date.fromordinal(day) for day in sorted(changed.union(off)))
    return list(_between(session, [day for day in gaps if session.falls_on(day)]))


def _between(session: Session, gaps: list[datetime.date]) -> Iterator[Run]:
    starts = [session.valid_from, *(day + _A_DAY for day in gaps)]
    ends = [*(day - _A_DAY for day in gaps), session.valid_to]
    for first, last in zip(starts, ends, strict=True):
        if first is None or last is None or session.days(first.toordinal(), last.toordinal()):
            yield first, last


def _in_term(session: Session, changed: set[int], calendar: Calendar) -> Iterator[Run]:
    """Runs of dates by the calendar, which ends somewhere: so do they."""
    known = calendar.parts_of_year.get(session.school)
    if not known:
        return
    bounds = min(known), max(known)
    kept = set(usual_days(session, *bounds, calendar)) - changed
    run: list[int] = []
    for day in [*session.days(*bounds), None]:
        if day in kept and day is not None:
            run.append(day)
        elif run:
            yield datetime.date.fromordinal(run[0]), datetime.date.fromordinal(run[-1])
            run = []
