"""Sessions and opening hours travel as Open Referral's schedules without loss, and mislead nobody on the way."""

import datetime
import json
from collections.abc import Iterable
from typing import Any, Literal

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.model.session import WEEKDAYS, OpeningHours, Session
from directory.timetable import (
    Schedule,
    UnreadableSchedule,
    occurrences,
    opening_hours,
    schedule_of_hours,
    schedules,
    sessions,
)
from tests.timetable.rules import CALENDAR, DAYS, SPANS, WINDOW, Moments
from tests.timetable.rules import sessions as drawn_sessions

UK_FIELDS = {
    "valid_from", "valid_to", "dtstart", "freq", "interval", "byday", "bymonthday", "opens_at", "closes_at",
    "description", "schedule_link", "attending_type", "notes",
}  # fmt: skip
"""Those of the UK's profile of the schedule, without identifiers."""
OURS = {"session", "opening_hours"}
MANY = settings(deadline=None, max_examples=200)
WORDS = st.sampled_from([None, "Ring the bell", "Łódź: ask for “Zoë”"])


@st.composite
def any_session(draw: st.DrawFn) -> Session:
    """Every kind of session, those whose dates nobody knows among them, with names, rooms and notes."""
    session = draw(drawn_sessions())
    more = {
        "name": draw(WORDS),
        "room": draw(WORDS),
        "note": draw(WORDS),
        "at": draw(st.sampled_from([None, "library"])),
    }
    keys = session.model_dump() | more
    if session.frequency == "once" and draw(st.booleans()):
        keys |= {"valid_from": session.date, "valid_to": session.date}
    if session.frequency != "once" and draw(st.integers(0, 5)) == 0:
        keys |= {"day": session.day or "monday", "week": None, "day_of_month": None, "dtstart": None}
        keys["frequency"] = draw(st.sampled_from(["irregular", "fortnightly", "monthly"]))
    return Session.model_validate(keys)


def sent(some: Iterable[Schedule]) -> list[Schedule]:
    """The schedules as they arrive somewhere else."""
    return [Schedule.read(json.loads(json.dumps(one.written()))) for one in some]


@given(st.lists(any_session(), max_size=3), st.booleans())
@MANY
def test_every_session_comes_back_as_it_was(some: list[Session], by_calendar: bool) -> None:
    calendar = CALENDAR if by_calendar else None
    written = [schedule for one in some for schedule in schedules(one, calendar)]
    assert sessions(sent(written)) == tuple(some)
    assert all(one.written().keys() <= UK_FIELDS | OURS for one in written)


@given(any_session(), DAYS)
@MANY
def test_those_who_know_only_the_standard_have_every_date_right(session: Session, first: datetime.date) -> None:
    if session.dtstart and not session.valid_from:
        first = max(first, session.dtstart)  # nothing in the standard is older than the date that it counts from
    last = first + datetime.timedelta(WINDOW)
    expected = {(one.date, one.opens_at) for one in occurrences(session, first, last, CALENDAR) if one.is_on}
    found: Moments = set()
    for schedule in sent(schedules(session, CALENDAR)):
        found |= plainly(schedule, first, last)
        assert not (schedule.freq and schedule.dtstart) or session.falls_on(schedule.dtstart)
    assert found == expected


def plainly(schedule: Schedule, first: datetime.date, last: datetime.date) -> Moments:
    """When a schedule says that something runs, by the fields of the standard and dateutil."""
    opens = datetime.time.fromisoformat(schedule.opens_at or "")
    if schedule.freq is None:
        return {(schedule.dtstart, opens)} if schedule.dtstart and first <= schedule.dtstart <= last else set()
    freq: Literal[1, 2] = rrule.WEEKLY if schedule.freq == "WEEKLY" else rrule.MONTHLY
    keys: dict[str, Any] = {"interval": schedule.interval or 1}
    if schedule.byday:
        nth, code = schedule.byday[:-2], schedule.byday[-2:]
        weekday = getattr(rrule, code)
        keys["byweekday"] = weekday(int(nth)) if nth else weekday
    if schedule.bymonthday:
        keys["bymonthday"] = int(schedule.bymonthday)
    start = schedule.dtstart or schedule.valid_from or first
    until = min(schedule.valid_to or last, last)
    rule = rrule.rrule(
        freq,
        dtstart=datetime.datetime.combine(start, opens),
        until=datetime.datetime.combine(until, datetime.time.max),
        **keys,
    )
    return {(one.date(), one.time()) for one in rule if one.date() >= max(first, schedule.valid_from or first)}


@given(st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True), SPANS, st.booleans(), WORDS)
@settings(deadline=None, max_examples=60)
def test_opening_hours_come_back_as_they_were(
    days: list[str], span: list[datetime.time], bank_holidays: bool, note: str | None
) -> None:
    said = {"days": days, "opens_at": span[0], "closes_at": span[1], "bank_holidays": bank_holidays, "note": note}
    plain = OpeningHours.model_validate(said)
    school = OpeningHours.model_validate({**said, "term": "term_time", "school": "testbridge-school"})
    written = sent(map(schedule_of_hours, (plain, school)))
    assert opening_hours(written) == (plain, school)
    assert sessions(written) == ()
    assert (
        opening_hours(
            sent(schedules(Session.model_validate({"day": "monday", "opens_at": span[0], "closes_at": span[1]})))
        )
        == ()
    )


def test_a_cancelled_date_ends_one_schedule_and_begins_another() -> None:
    exceptions = [
        {"date": "2026-12-01", "change": "cancelled", "note": "The hall is flooded"},
        {
            "date": "2026-12-08",
            "change": "moved",
            "to_date": "2026-12-09",
            "opens_at": "09:00",
            "note": "Only this week",
        },
    ]
    keys = {
        "day": "tuesday",
        "opens_at": "10:00",
        "closes_at": "11:30",
        "valid_from": "2026-11-20",
        "note": "Bring socks",
    }
    session = Session.model_validate(keys | {"room": "Hall", "exceptions": exceptions})
    usual = {"freq": "WEEKLY", "byday": "TU", "interval": 1, "opens_at": "10:00", "closes_at": "11:30"}
    told = usual | {"description": "Not on bank holidays.", "notes": "Bring socks"}
    assert [one.written() for one in schedules(session)] == [
        {
            **told,
            "valid_from": "2026-11-20",
            "valid_to": "2026-11-30",
            "dtstart": "2026-11-24",
            "session": {
                "exceptions": exceptions,
                "room": "Hall",
                "valid_from": "2026-11-20",
                "valid_to": None,
            },
        },
        {**told, "valid_from": "2026-12-09", "dtstart": "2026-12-15", "session": {"is_part": True}},
        {
            "valid_from": "2026-12-09",
            "valid_to": "2026-12-09",
            "dtstart": "2026-12-09",
            "opens_at": "09:00",
            "closes_at": "11:30",
            "notes": "Only this week",
            "session": {"is_part": True},
        },
    ]


TIMES = {"opens_at": "10:00:00", "closes_at": "11:30"}
OTHERS: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {
    "several days a week": (
        {"freq": "WEEKLY", "byday": "MO, th"},
        [{"day": "monday"}, {"day": "thursday"}],
    ),
    "the day of the first date": (
        {"freq": "WEEKLY", "dtstart": "2026-11-24"},
        [{"day": "tuesday", "valid_from": "2026-11-24"}],
    ),
    "every other week on two days, counted from the Monday of the first": (
        {"freq": "WEEKLY", "interval": 2, "byday": "MO,TH", "dtstart": "2026-11-24"},
        [
            {"frequency": "fortnightly", "day": "monday", "dtstart": "2026-11-23", "valid_from": "2026-11-24"},
            {"frequency": "fortnightly", "day": "thursday", "dtstart": "2026-11-26", "valid_from": "2026-11-24"},
        ],
    ),
    "every other week, nobody knows which": (
        {"freq": "WEEKLY", "interval": "2", "byday": "MO"},
        [{"frequency": "fortnightly", "day": "monday"}],
    ),
    "the second and the last of a month": (
        {"freq": "MONTHLY", "byday": "2TU,-1FR", "interval": 1},
        [
            {"frequency": "monthly", "day": "tuesday", "week": 2},
            {"frequency": "monthly", "day": "friday", "week": "last"},
        ],
    ),
    "two days of the month": (
        {"freq": "MONTHLY", "bymonthday": "1,31"},
        [{"frequency": "monthly", "day_of_month": 1}, {"frequency": "monthly", "day_of_month": 31}],
    ),
    "a number for the day of the month": (
        {"freq": "MONTHLY", "bymonthday": 15},
        [{"frequency": "monthly", "day_of_month": 15}],
    ),
    "one date": ({"dtstart": "2026-11-24"}, [{"frequency": "once", "date": "2026-11-24"}]),
    "one day on which it is valid": (
        {"valid_from": "2026-11-24", "valid_to": "2026-11-24", "freq": ""},
        [{"frequency": "once", "date": "2026-11-24"}],
    ),
    "until as well as valid_to, which is later": (
        {"freq": "WEEKLY", "byday": "MO", "until": "2026-12-01", "valid_to": "2026-12-31", "timezone": "Europe/London"},
        [{"day": "monday", "valid_to": "2026-12-01"}],
    ),
    "identifiers and what else others send": (
        {"freq": "WEEKLY", "byday": "MO", "id": "1", "service_id": "2", "notes": "Ring the bell"},
        [{"day": "monday", "note": "Ring the bell"}],
    ),
}


@pytest.mark.parametrize(("said", "expected"), OTHERS.values(), ids=OTHERS)
def test_schedules_of_others_are_read(said: dict[str, Any], expected: list[dict[str, Any]]) -> None:
    clocks = {"opens_at": "10:00", "closes_at": "11:30"}
    assert sessions([Schedule.read(TIMES | said)]) == tuple(Session.model_validate(clocks | one) for one in expected)


WEEKLY = {"freq": "WEEKLY", "byday": "MO"}
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a zone elsewhere": (WEEKLY | {"timezone": "Europe/Paris"}, "timezone is not Europe/London; leave it out"),
    "a number of hours for a zone": (WEEKLY | {"timezone": 0}, "timezone is not Europe/London; leave it out"),
    "a time in UTC": (WEEKLY | {"opens_at": "10:00Z"}, "without an offset"),
    "a time with an offset": (WEEKLY | {"closes_at": "11:30+01:00"}, "without an offset"),
    "no time": (WEEKLY | {"opens_at": ""}, "opens_at is not a time of day"),
    "an hour that is none": (WEEKLY | {"opens_at": "24:00"}, "opens_at is not a time of day"),
    "past midnight": (WEEKLY | {"opens_at": "22:00", "closes_at": "01:00"}, "write a later time"),
    "every day": ({"freq": "DAILY"}, "freq is neither WEEKLY nor MONTHLY"),
    "no frequency": ({"byday": "MO"}, "freq is missing"),
    "nothing but times": ({}, "No day is named"),
    "every third week": (WEEKLY | {"interval": 3}, "interval is neither 1 nor 2 weeks"),
    "every nought weeks": (WEEKLY | {"interval": 0}, "interval is neither 1 nor 2 weeks"),
    "every other month": ({"freq": "MONTHLY", "byday": "1MO", "interval": 2}, "interval is not 1 month"),
    "a day that is none": ({"freq": "WEEKLY", "byday": "XX"}, "byday names no days of the week"),
    "a week of the month every week": ({"freq": "WEEKLY", "byday": "2MO"}, "byday names no days of the week"),
    "no day a week": ({"freq": "WEEKLY"}, "byday names no days of the week"),
    "a month's Mondays": ({"freq": "MONTHLY", "byday": "MO"}, "send 1 to 4 or -1"),
    "a fifth Monday": ({"freq": "MONTHLY", "byday": "5MO"}, "send 1 to 4 or -1"),
    "the last but one": ({"freq": "MONTHLY", "byday": "-2MO"}, "send 1 to 4 or -1"),
    "a day of the month that is none": ({"freq": "MONTHLY", "bymonthday": "32"}, "bymonthday names no days"),
    "a month without a day": ({"freq": "MONTHLY"}, "bymonthday names no days"),
    "Friday the 13th": ({"freq": "MONTHLY", "byday": "1FR", "bymonthday": "13"}, "both there"),
    "so many times": (WEEKLY | {"count": 6}, "send valid_to"),
    "weeks of the year": (WEEKLY | {"byweekno": "41,42"}, "one schedule for each date"),
    "weeks that begin on Sundays": (
        {"freq": "WEEKLY", "interval": 2, "byday": "MO,SU", "wkst": "SU", "dtstart": "2026-11-24"},
        "wkst is not MO",
    ),
    "a date that does not exist": (WEEKLY | {"valid_from": "2027-02-29"}, "valid_from cannot be read"),
    "words for a number": (WEEKLY | {"interval": "weekly"}, "interval cannot be read"),
    "ends before it begins": (WEEKLY | {"valid_from": "2027-02-02", "valid_to": "2027-02-01"}, "swap the two dates"),
    "a key of ours that means nothing": (WEEKLY | {"session": {"colour": "red"}}, "colour"),
}


@pytest.mark.parametrize(("said", "says"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_kept_is_refused_with_what_to_send(said: dict[str, Any], says: str) -> None:
    with pytest.raises(UnreadableSchedule) as refusal:
        sessions([Schedule.read(TIMES | said)])
    assert says in str(refusal.value)
