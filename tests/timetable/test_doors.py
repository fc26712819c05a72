"""A door is open when people would find it open, and nobody is told so who would not."""

import datetime
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from directory.model.calendar import LONDON, Calendar
from directory.model.session import WEEKDAYS, OpeningHours
from directory.timetable import Door, door, hours_on

CALENDAR = Calendar.model_validate(
    {
        "terms": [{"name": "Autumn term", "starts": "2026-09-01", "ends": "2026-12-18"}],
        "holidays": [
            {"name": "Half-term", "starts": "2026-10-26", "ends": "2026-10-30"},
            {"name": "Christmas holidays", "starts": "2026-12-19", "ends": "2027-01-03"},
        ],
        "schools": [
            {
                "slug": "testbridge-school",
                "name": "Testbridge School",
                "holidays": [{"name": "Half-term", "starts": "2026-10-19", "ends": "2026-10-23"}],
            }
        ],
        "bank_holidays": [
            {"date": "2026-12-25", "name": "Christmas Day"},
            {"date": "2026-12-28", "name": "Boxing Day"},
        ],
    }
)
WORKING_DAYS = WEEKDAYS[:5]


def hours(days: Sequence[str], opens: str, closes: str, **more: Any) -> OpeningHours:
    return OpeningHours.model_validate({"days": list(days), "opens_at": opens, "closes_at": closes, **more})


def london(written: str, fold: int = 0) -> datetime.datetime:
    return datetime.datetime.fromisoformat(written).replace(tzinfo=LONDON, fold=fold)


def told(found: Door) -> tuple[bool | None, str | None, int | None, str | None]:
    return found.is_open, _told(found.closes_at), found.minutes_left, _told(found.opens_at)


def _told(moment: datetime.datetime | None) -> str | None:
    return f"{moment:%a %d %b %H:%M}" if moment else None


OFFICE = (hours(WORKING_DAYS, "09:00", "17:00"),)
SUNDAYS = (hours(["sunday"], "10:00", "12:00"),)
IN_TWO = (hours(WORKING_DAYS, "12:00", "17:00"), hours(WORKING_DAYS, "09:00", "12:00"))
WITH_LUNCH = (hours(WORKING_DAYS, "09:00", "12:00"), hours(WORKING_DAYS, "13:00", "17:00"))
IN_TERM = (hours(WORKING_DAYS, "09:00", "17:00", term="term_time"),)
IN_HOLIDAYS = (hours(WORKING_DAYS, "09:00", "17:00", term="holidays"),)
SCHOOL = (hours(WORKING_DAYS, "09:00", "17:00", term="term_time", school="testbridge-school"),)
ALL_THE_TIME = (hours(WEEKDAYS, "00:00", "23:59", bank_holidays=True),)
ALL_FRIDAY = (hours(["friday"], "00:00", "23:59"),)
LONGER_IN_TERM = (hours(WORKING_DAYS, "09:00", "12:00"), hours(WORKING_DAYS, "12:00", "17:00", term="term_time"))
NIGHT = (hours(["sunday"], "00:30", "03:00"),)
IN_THE_GAP = (hours(["sunday"], "01:30", "02:15"),)
TWICE = (hours(["sunday"], "00:30", "01:30"),)

CASES: dict[str, tuple[tuple[OpeningHours, ...], str, tuple[bool | None, str | None, int | None, str | None]]] = {
    "in the middle of a day": (
        OFFICE,
        "2026-11-24T16:40",
        (True, "Tue 24 Nov 17:00", 20, "Wed 25 Nov 09:00"),
    ),
    "half a minute into a minute": (
        OFFICE,
        "2026-11-24T16:40:30",
        (True, "Tue 24 Nov 17:00", 20, "Wed 25 Nov 09:00"),
    ),
    "to the second at which it opens": (
        OFFICE,
        "2026-11-24T09:00",
        (True, "Tue 24 Nov 17:00", 480, "Wed 25 Nov 09:00"),
    ),
    "a second before": (OFFICE, "2026-11-24T08:59:59", (False, None, None, "Tue 24 Nov 09:00")),
    "to the second at which it closes": (OFFICE, "2026-11-24T17:00", (False, None, None, "Wed 25 Nov 09:00")),
    "over a weekend": (OFFICE, "2026-11-27T18:00", (False, None, None, "Mon 30 Nov 09:00")),
    "a Sunday": (SUNDAYS, "2026-11-22T11:00", (True, "Sun 22 Nov 12:00", 60, "Sun 29 Nov 10:00")),
    "Saturday to Sunday": (SUNDAYS, "2026-11-21T23:59", (False, None, None, "Sun 22 Nov 10:00")),
    "hours that touch": (IN_TWO, "2026-11-24T10:00", (True, "Tue 24 Nov 17:00", 420, "Wed 25 Nov 09:00")),
    "before lunch": (WITH_LUNCH, "2026-11-24T11:45", (True, "Tue 24 Nov 12:00", 15, "Tue 24 Nov 13:00")),
    "at lunch": (WITH_LUNCH, "2026-11-24T12:30", (False, None, None, "Tue 24 Nov 13:00")),
    "in term": (IN_TERM, "2026-11-24T10:00", (True, "Tue 24 Nov 17:00", 420, "Wed 25 Nov 09:00")),
    "half-term inside a term": (IN_TERM, "2026-10-27T10:00", (False, None, None, "Mon 02 Nov 09:00")),
    "holiday hours at half-term": (IN_HOLIDAYS, "2026-10-30T10:00", (True, "Fri 30 Oct 17:00", 420, None)),
    "a school that has half-term sooner": (SCHOOL, "2026-10-22T10:00", (False, None, None, "Mon 02 Nov 09:00")),
    "a day that the calendar does not know": (IN_TERM, "2027-01-12T10:00", (None, None, None, None)),
    "the evening before such a day": (IN_TERM, "2027-01-03T20:00", (False, None, None, None)),
    "open, with more hours that nobody knows": (LONGER_IN_TERM, "2027-01-12T10:00", (True, None, None, None)),
    "sure hours within hours that nobody knows": (
        (*IN_TERM, hours(["tuesday"], "10:00", "12:00")),
        "2027-01-12T09:30",
        (None, None, None, None),
    ),
    "before sure hours, after hours that nobody knows": (
        (*IN_TERM, hours(["tuesday"], "18:00", "20:00")),
        "2027-01-12T17:00",
        (False, None, None, "Tue 12 Jan 18:00"),
    ),
    "closed on Christmas Day": (OFFICE, "2026-12-25T10:00", (False, None, None, "Tue 29 Dec 09:00")),
    "open all the time": (ALL_THE_TIME, "2026-12-25T10:00", (True, None, None, None)),
    "open all the time, at midnight": (ALL_THE_TIME, "2026-12-25T23:59:30", (True, None, None, None)),
    "a minute before midnight": (ALL_FRIDAY, "2026-11-27T23:58", (True, "Fri 27 Nov 23:59", 1, "Fri 04 Dec 00:00")),
    "midnight": (ALL_FRIDAY, "2026-11-27T00:00", (True, "Fri 27 Nov 23:59", 1439, "Fri 04 Dec 00:00")),
    "in an hour that is short": (NIGHT, "2027-03-28T00:30", (True, "Sun 28 Mar 03:00", 90, "Sun 04 Apr 00:30")),
    "in an hour that comes twice": (NIGHT, "2026-10-25T00:30", (True, "Sun 25 Oct 03:00", 210, "Sun 01 Nov 00:30")),
    "in an hour that comes twice, a year on": (
        NIGHT,
        "2027-10-31T02:30",
        (True, "Sun 31 Oct 03:00", 30, "Sun 07 Nov 00:30"),
    ),
    "opens at a time that does not exist": (IN_THE_GAP, "2027-03-28T00:00", (False, None, None, "Sun 28 Mar 02:00")),
    "opened at a time that does not exist": (
        IN_THE_GAP,
        "2027-03-28T02:10",
        (True, "Sun 28 Mar 02:15", 5, "Sun 04 Apr 01:30"),
    ),
    "closes at a time that comes twice": (
        TWICE,
        "2026-10-25T01:00",
        (True, "Sun 25 Oct 01:30", 30, "Sun 01 Nov 00:30"),
    ),
    "no hours at all": ((), "2026-11-24T10:00", (None, None, None, None)),
}


@pytest.mark.parametrize(("every", "now", "expected"), CASES.values(), ids=CASES)
def test_a_door_is_told_as_people_would_find_it(
    every: tuple[OpeningHours, ...], now: str, expected: tuple[bool | None, str | None, int | None, str | None]
) -> None:
    assert told(door(every, london(now), CALENDAR)) == expected


def test_a_time_that_comes_twice_closes_a_door_the_first_time() -> None:
    assert told(door(TWICE, london("2026-10-25T01:15", fold=1), CALENDAR)) == (False, None, None, "Sun 01 Nov 00:30")


def test_the_bank_holiday_that_keeps_a_door_shut_is_named() -> None:
    assert door(OFFICE, london("2026-12-25T10:00"), CALENDAR).bank_holiday == "Christmas Day"
    assert door(OFFICE, london("2026-12-28T10:00"), CALENDAR).bank_holiday == "Boxing Day"
    assert door(ALL_THE_TIME, london("2026-12-25T10:00"), CALENDAR).bank_holiday is None
    assert door(SUNDAYS, london("2026-12-25T10:00"), CALENDAR).bank_holiday is None


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    summer = datetime.datetime(2026, 7, 7, 8, 30, tzinfo=datetime.UTC)
    assert told(door(OFFICE, summer, CALENDAR)) == (True, "Tue 07 Jul 17:00", 450, "Wed 08 Jul 09:00")


def test_the_hours_of_a_day_are_told_in_order() -> None:
    found = hours_on((*IN_TWO, *IN_TERM, *IN_TERM), datetime.date(2027, 1, 12), CALENDAR)
    assert [(f"{one.opens_at:%H:%M}", f"{one.closes_at:%H:%M}", one.is_sure) for one in found] == [
        ("09:00", "12:00", True),
        ("09:00", "17:00", False),
        ("12:00", "17:00", True),
    ]
    assert hours_on(OFFICE, datetime.date(2026, 12, 25), CALENDAR) == ()
    assert hours_on(IN_TERM, datetime.date(2026, 12, 21), CALENDAR) == ()


CLOCKS = st.times().map(lambda time: time.replace(second=0, microsecond=0))
HOURS = st.builds(
    lambda days, ends, bank: hours(days, f"{min(ends):%H:%M}", f"{max(ends):%H:%M}", bank_holidays=bank),
    st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True),
    st.lists(CLOCKS, min_size=2, max_size=2, unique=True),
    st.booleans(),
)
MOMENTS = st.datetimes(datetime.datetime(2026, 10, 20), datetime.datetime(2027, 4, 10))  # noqa: DTZ001


@given(st.lists(HOURS, min_size=1, max_size=4), MOMENTS)
@settings(deadline=None, max_examples=150)
def test_a_door_is_open_when_the_clock_is_within_its_hours(
    every: list[OpeningHours], moment: datetime.datetime
) -> None:
    now = moment.replace(tzinfo=LONDON)
    assume(now.astimezone(datetime.UTC).astimezone(LONDON).time() == now.time())  # else no clock ever reads it
    found = door(every, now, CALENDAR)
    minute = now.time().replace(second=0, microsecond=0)
    within = any(one.opens_at <= minute < one.closes_at for one in hours_on(every, now.date(), CALENDAR))
    assert found.is_open in ({True} if within else {False, True})
    if found.is_open and not within:
        assert any(_within_a_minute(one.closes_at, minute) for one in hours_on(every, now.date(), CALENDAR))
    if found.closes_at:
        assert now.timestamp() < found.closes_at.timestamp()
        assert door(every, found.closes_at, CALENDAR).is_open is False
    if found.opens_at:
        assert door(every, found.opens_at, CALENDAR).is_open is True


def _within_a_minute(closes: datetime.time, minute: datetime.time) -> bool:
    return 0 <= (minute.hour - closes.hour) * 60 + minute.minute - closes.minute <= 1
