"""Sessions of every kind, drawn at random, and their dates by an independent calendar: dateutil's recurrence rules."""

import datetime
from collections.abc import Collection
from typing import Any, Literal

from dateutil import rrule
from hypothesis import strategies as st

from directory.model.calendar import Calendar
from directory.model.session import WEEKDAYS, Session

FIRST, LAST = datetime.date(2026, 9, 1), datetime.date(2028, 3, 31)
"""What is drawn lies around these days: a leap day, both Christmas substitutes of 2027 and a year of 53 weeks."""
WINDOW = 120
Moments = set[tuple[datetime.date, datetime.time]]
"""The days and times at which something begins."""

CALENDAR = Calendar.model_validate(
    {
        "terms": [
            {"name": "Autumn term", "starts": "2026-09-02", "ends": "2026-12-18"},
            {"name": "Spring term", "starts": "2027-01-04", "ends": "2027-03-25"},
            {"name": "Summer term", "starts": "2027-04-12", "ends": "2027-07-21"},
        ],
        "holidays": [
            {"name": "Autumn half-term", "starts": "2026-10-24", "ends": "2026-11-01"},
            {"name": "Christmas holidays", "starts": "2026-12-19", "ends": "2027-01-03"},
            {"name": "Summer holidays", "starts": "2027-07-22", "ends": "2027-09-01"},
        ],
        "schools": [
            {
                "slug": "testbridge-school",
                "name": "Testbridge School",
                "terms": [{"name": "Autumn term", "starts": "2026-09-07", "ends": "2026-12-11"}],
                "holidays": [
                    {"name": "Autumn half-term", "starts": "2026-10-12", "ends": "2026-10-23"},
                    {"name": "Christmas holidays", "starts": "2026-12-12", "ends": "2027-01-10"},
                ],
            }
        ],
        "bank_holidays": [
            {"date": "2026-12-25", "name": "Christmas Day"},
            {"date": "2026-12-28", "name": "Boxing Day (substitute day)"},
            {"date": "2027-01-01", "name": "New Year's Day"},
            {"date": "2027-03-26", "name": "Good Friday"},
            {"date": "2027-03-29", "name": "Easter Monday"},
            {"date": "2027-05-03", "name": "Early May bank holiday"},
            {"date": "2027-08-30", "name": "Summer bank holiday"},
            {"date": "2027-12-27", "name": "Christmas Day (substitute day)"},
            {"date": "2027-12-28", "name": "Boxing Day (substitute day)"},
        ],
    }
)

DAYS = st.dates(FIRST, LAST)
CLOCKS = st.builds(datetime.time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59]))
SPANS = st.lists(CLOCKS, min_size=2, max_size=2, unique=True).map(sorted)


def on_weekday(day: datetime.date, weekday: int) -> datetime.date:
    """The first such day of the week from a day on."""
    return day + datetime.timedelta((weekday - day.weekday()) % 7)


@st.composite
def patterns(draw: st.DrawFn) -> dict[str, Any]:
    """The keys that say on which days a session whose dates are known runs."""
    day = draw(DAYS)
    weekday = WEEKDAYS[day.weekday()]
    far = draw(st.one_of(st.integers(-3, 3), st.integers(-1300, 1500)))
    return draw(
        st.sampled_from(
            [
                {"frequency": "weekly", "day": weekday},
                {"frequency": "fortnightly", "day": weekday, "dtstart": day + datetime.timedelta(7 * far)},
                {"frequency": "monthly", "day_of_month": draw(st.sampled_from([1, 15, 28, 29, 30, 31]))},
                {"frequency": "monthly", "day": weekday, "week": draw(st.sampled_from([1, 2, 3, 4, "last"]))},
                {"frequency": "once", "date": day},
            ]
        )
    )


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """A session whose dates are known, with whatever else may change them."""
    opens, closes = draw(SPANS)
    term = draw(st.sampled_from(["always", "always", "term_time", "holidays"]))
    keys = draw(patterns()) | {"opens_at": opens, "closes_at": closes, "term": term}
    keys["bank_holidays"] = draw(st.booleans())
    if term != "always" and draw(st.booleans()):
        keys["school"] = "testbridge-school"
    if keys["frequency"] != "once":
        keys |= draw(_limits())
    if draw(st.booleans()):
        keys["exceptions"] = draw(_exceptions(Session.model_validate(keys)))
    return Session.model_validate(keys)


@st.composite
def _limits(draw: st.DrawFn) -> dict[str, Any]:
    """From when and until when: one, both or neither."""
    first, last = sorted([draw(DAYS), draw(DAYS)])
    keys = draw(st.sampled_from([(), (), ("valid_from",), ("valid_to",), ("valid_from", "valid_to")]))
    return {key: value for key, value in (("valid_from", first), ("valid_to", last)) if key in keys}


@st.composite
def _exceptions(draw: st.DrawFn, session: Session) -> list[dict[str, Any]]:
    """Some days of the pattern cancelled or moved, some others added."""
    usual = session.days(FIRST.toordinal(), LAST.toordinal())
    chosen = draw(st.lists(st.sampled_from(usual), max_size=3, unique=True)) if usual else []
    found = [draw(_change(datetime.date.fromordinal(day))) for day in chosen]
    extra = draw(st.lists(DAYS, max_size=2, unique=True))
    return found + [{"date": day, "change": "extra"} for day in extra if not session.falls_on(day)]


@st.composite
def _change(draw: st.DrawFn, day: datetime.date) -> dict[str, Any]:
    note = draw(st.sampled_from([None, "The hall is closed"]))
    if draw(st.booleans()):
        return {"date": day, "change": "cancelled", "note": note}
    to = {"to_date": day + datetime.timedelta(draw(st.integers(-20, 20).filter(bool)))}
    opens, closes = draw(SPANS)
    ways = [
        to,
        {"opens_at": opens, "closes_at": closes},
        {"room": "Hall"},
        {**to, "opens_at": opens, "closes_at": closes},
    ]
    return {"date": day, "change": "moved", "note": note, **draw(st.sampled_from(ways))}


def by_rule(session: Session, first: datetime.date, last: datetime.date, calendar: Calendar) -> Moments:
    """When people can go, by dateutil: the bare rule, less what calendar and exceptions take, plus what they add."""
    found = rrule.rruleset()
    found.rrule(bare_rule(session, first))
    days = {first + datetime.timedelta(number) for number in range((last - first).days + 1)}
    off = _taken(session, days, calendar) | {one.date for one in session.exceptions}
    for day in off:
        found.exdate(datetime.datetime.combine(day, session.opens_at))
    moments = {(one.date(), one.time()) for one in found.between(_start(first), _end(last), inc=True)}
    come = {
        (one.to_date or one.date, one.opens_at or session.opens_at)
        for one in session.exceptions
        if one.change != "cancelled"
    }
    return moments | {one for one in come if first <= one[0] <= last}


def _taken(session: Session, days: Collection[datetime.date], calendar: Calendar) -> set[datetime.date]:
    """The days on which the calendar stops it, asked day by day."""
    if session.frequency == "once":
        return set()
    out_of_term = {day for day in days if session.term not in ("always", calendar.part_of_year(day, session.school))}
    return out_of_term | {day for day in days if calendar.is_bank_holiday(day) and not session.bank_holidays}


def bare_rule(session: Session, first: datetime.date) -> rrule.rrule:
    """Its pattern as a rule that begins no later than ``first``, or when the session does."""
    start = max(first, session.valid_from or first)
    until = datetime.datetime.combine(session.valid_to, datetime.time.max) if session.valid_to else None
    if session.date:
        return rrule.rrule(rrule.DAILY, dtstart=datetime.datetime.combine(session.date, session.opens_at), count=1)
    weekday = rrule.weekday(WEEKDAYS.index(session.day)) if session.day else None
    keys: dict[str, Any] = {"byweekday": weekday}
    if session.dtstart:
        weeks = (start - session.dtstart).days // 14
        start, keys = session.dtstart + datetime.timedelta(14 * weeks), keys | {"interval": 2}
        if start < (session.valid_from or start):
            start += datetime.timedelta(14)
    if session.frequency == "monthly":
        nth = -1 if session.week == "last" else session.week
        keys = {"byweekday": weekday(nth)} if weekday and nth else {"bymonthday": session.day_of_month}
    freq: Literal[1, 2] = rrule.MONTHLY if session.frequency == "monthly" else rrule.WEEKLY
    return rrule.rrule(freq, dtstart=datetime.datetime.combine(start, session.opens_at), until=until, **keys)


def _start(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.min)


def _end(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.max)
