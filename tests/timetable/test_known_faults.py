"""Dates and times that other calendars of family services have got wrong, each as a case of its own."""

import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from directory.model.calendar import LONDON, Calendar
from directory.model.session import Session
from directory.timetable import Timetable, occurrences, upcoming
from tests.timetable.listings import snapshot_of
from tests.timetable.rules import CALENDAR

TIMES = {"opens_at": "10:00", "closes_at": "11:30"}
DAY_NIGHTS = {"opens_at": "00:00", "closes_at": "23:59"}
NOBODY_KNOWS = Calendar()


def session(**pattern: Any) -> Session:
    return Session.model_validate(TIMES | pattern)


def dates(one: Session, first: str, last: str, calendar: Calendar = CALENDAR) -> list[str]:
    days = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    return [f"{found.date:%a %d %b %Y}" for found in occurrences(one, *days, calendar) if found.is_on]


CASES: dict[str, tuple[dict[str, Any], tuple[str, str], list[str]]] = {
    "every other week does not drift over a year of 53 weeks": (
        {"day": "wednesday", "frequency": "fortnightly", "dtstart": "2026-12-09"},
        ("2026-12-20", "2027-01-31"),
        ["Wed 23 Dec 2026", "Wed 06 Jan 2027", "Wed 20 Jan 2027"],
    ),
    "every other week, before the day on which it is known to have run": (
        {"day": "wednesday", "frequency": "fortnightly", "dtstart": "2027-01-06"},
        ("2026-11-20", "2026-12-31"),
        ["Wed 25 Nov 2026", "Wed 09 Dec 2026", "Wed 23 Dec 2026"],
    ),
    "the last Friday of a month with five": (
        {"day": "friday", "frequency": "monthly", "week": "last"},
        ("2027-01-01", "2027-02-28"),
        ["Fri 29 Jan 2027", "Fri 26 Feb 2027"],
    ),
    "the fourth Friday of a month with five": (
        {"day": "friday", "frequency": "monthly", "week": 4},
        ("2027-01-01", "2027-02-28"),
        ["Fri 22 Jan 2027", "Fri 26 Feb 2027"],
    ),
    "every 31st misses short months": (
        {"frequency": "monthly", "day_of_month": 31},
        ("2027-01-01", "2027-07-30"),
        ["Sun 31 Jan 2027", "Wed 31 Mar 2027", "Mon 31 May 2027"],
    ),
    "every 29th in a leap year": (
        {"frequency": "monthly", "day_of_month": 29},
        ("2028-02-01", "2028-03-31"),
        ["Tue 29 Feb 2028", "Wed 29 Mar 2028"],
    ),
    "every 29th in another year": (
        {"frequency": "monthly", "day_of_month": 29},
        ("2027-02-01", "2027-03-28"),
        [],
    ),
    "the 29th of February": (
        {"frequency": "once", "date": "2028-02-29"},
        ("2028-02-01", "2028-03-31"),
        ["Tue 29 Feb 2028"],
    ),
    "both days instead of Christmas in 2027": (
        {"day": "monday"},
        ("2027-12-20", "2028-01-04"),
        ["Mon 20 Dec 2027", "Mon 03 Jan 2028"],
    ),
    "both days instead of Christmas in 2027, on a Tuesday": (
        {"day": "tuesday"},
        ("2027-12-20", "2028-01-04"),
        ["Tue 21 Dec 2027", "Tue 04 Jan 2028"],
    ),
    "moved to a bank holiday on purpose": (
        {"day": "tuesday", "exceptions": [{"date": "2026-12-29", "change": "moved", "to_date": "2026-12-28"}]},
        ("2026-12-24", "2027-01-04"),
        ["Mon 28 Dec 2026"],
    ),
    "an extra date that is a bank holiday of its usual day": (
        {"day": "monday", "exceptions": [{"date": "2026-12-28", "change": "extra"}]},
        ("2026-12-22", "2027-01-03"),
        ["Mon 28 Dec 2026"],
    ),
    "an extra date in half-term on its usual day": (
        {"day": "tuesday", "term": "term_time", "exceptions": [{"date": "2026-10-27", "change": "extra"}]},
        ("2026-10-20", "2026-11-03"),
        ["Tue 20 Oct 2026", "Tue 27 Oct 2026", "Tue 03 Nov 2026"],
    ),
    "moved into the past": (
        {"day": "tuesday", "exceptions": [{"date": "2026-11-24", "change": "moved", "to_date": "2026-11-11"}]},
        ("2026-11-08", "2026-11-30"),
        ["Tue 10 Nov 2026", "Wed 11 Nov 2026", "Tue 17 Nov 2026"],
    ),
    "moved from outside the days that are asked for": (
        {"day": "tuesday", "exceptions": [{"date": "2026-11-24", "change": "moved", "to_date": "2026-12-05"}]},
        ("2026-12-02", "2026-12-07"),
        ["Sat 05 Dec 2026"],
    ),
    "half-term inside a term": (
        {"day": "tuesday", "term": "term_time"},
        ("2026-10-19", "2026-11-08"),
        ["Tue 20 Oct 2026", "Tue 03 Nov 2026"],
    ),
    "a school that has half-term at other times": (
        {"day": "tuesday", "term": "term_time", "school": "testbridge-school"},
        ("2026-10-05", "2026-11-08"),
        ["Tue 06 Oct 2026", "Tue 27 Oct 2026", "Tue 03 Nov 2026"],
    ),
    "a school that breaks up sooner": (
        {"day": "monday", "term": "holidays", "school": "testbridge-school"},
        ("2026-12-07", "2027-01-17"),
        ["Mon 14 Dec 2026", "Mon 21 Dec 2026", "Mon 04 Jan 2027"],
    ),
    "days that the calendar does not know": ({"day": "tuesday", "term": "term_time"}, ("2029-01-01", "2029-02-28"), []),
    "Sundays": ({"day": "sunday"}, ("2026-11-22", "2026-11-29"), ["Sun 22 Nov 2026", "Sun 29 Nov 2026"]),
    "Sundays on which clocks change": (
        {"day": "sunday", "frequency": "monthly", "week": "last", "opens_at": "01:15", "closes_at": "01:45"},
        ("2026-10-20", "2027-03-31"),
        [
            "Sun 25 Oct 2026",
            "Sun 29 Nov 2026",
            "Sun 27 Dec 2026",
            "Sun 31 Jan 2027",
            "Sun 28 Feb 2027",
            "Sun 28 Mar 2027",
        ],
    ),
    "from and until the very day": (
        {"day": "tuesday", "valid_from": "2026-11-10", "valid_to": "2026-11-17"},
        ("2026-11-01", "2026-11-30"),
        ["Tue 10 Nov 2026", "Tue 17 Nov 2026"],
    ),
}


@pytest.mark.parametrize(("pattern", "days", "expected"), CASES.values(), ids=CASES)
def test_dates_that_others_get_wrong_are_right(
    pattern: dict[str, Any], days: tuple[str, str], expected: list[str]
) -> None:
    one = session(**pattern)
    assert dates(one, *days) == expected
    rows = Timetable.of(snapshot_of({"songs": [one]})).on(*map(datetime.date.fromisoformat, days))
    assert [f"{row.occurrence.date:%a %d %b %Y}" for row in rows[:] if row.occurrence.is_on] == expected


@pytest.mark.parametrize("day", ["2026-10-25", "2027-03-28", "2027-10-31"])
@pytest.mark.parametrize("opens", ["00:00", "01:30", "10:00"])
def test_the_clock_time_is_the_same_on_days_on_which_clocks_change(day: str, opens: str) -> None:
    one = session(frequency="once", date=day, opens_at=opens, closes_at="12:00")
    date = datetime.date.fromisoformat(day)
    found = next(occurrences(one, date, date, CALENDAR))
    assert (f"{found.opens_at:%H:%M}", f"{found.closes_at:%H:%M}") == (opens, "12:00")
    morning, noon = (datetime.datetime.combine(date, datetime.time(hour), LONDON) for hour in (9, 12))
    table = Timetable.of(snapshot_of({"songs": [one]}))
    assert upcoming([one], morning, CALENDAR, 1) == [found]
    assert upcoming([one], noon, CALENDAR, 1) == []
    assert (len(table.on(date, date, ends_after=morning)), len(table.on(date, date, ends_after=noon))) == (1, 0)


def test_a_session_in_summer_is_not_an_hour_out() -> None:
    one = session(day="tuesday")
    ends = datetime.datetime(2026, 7, 7, 10, 30, tzinfo=datetime.UTC).astimezone(LONDON)  # half past eleven on a clock
    a_moment_before = ends - datetime.timedelta(seconds=1)
    assert upcoming([one], a_moment_before, CALENDAR, 1)[0].date == datetime.date(2026, 7, 7)
    assert upcoming([one], ends, CALENDAR, 1)[0].date == datetime.date(2026, 7, 14)


def test_a_day_may_begin_and_end_at_midnight() -> None:
    one = Session.model_validate({"day": "sunday", **DAY_NIGHTS})
    before = datetime.datetime(2026, 11, 21, 23, 59, 59, tzinfo=LONDON)
    assert [found.date.day for found in upcoming([one], before, CALENDAR, 2)] == [22, 29]
    rows = Timetable.of(snapshot_of({"songs": [one]})).on(datetime.date(2026, 11, 21), datetime.date(2026, 11, 21))
    assert len(rows) == 0


def test_several_sessions_on_a_day_are_all_told_in_order_of_time() -> None:
    hours = [("13:00", "14:00"), ("09:00", "10:00"), ("09:00", "09:30"), ("10:00", "11:00")]
    some = [session(day="tuesday", opens_at=opens, closes_at=closes) for opens, closes in hours]
    rows = Timetable.of(snapshot_of({"songs": some})).on(datetime.date(2026, 11, 24), datetime.date(2026, 11, 24))
    assert [(one.number, f"{one.occurrence.opens_at:%H:%M}") for one in rows[:]] == [
        (2, "09:00"),
        (1, "09:00"),
        (3, "10:00"),
        (0, "13:00"),
    ]


def test_a_session_that_moves_to_a_day_on_which_it_was_cancelled_is_on() -> None:
    cancelled = {"date": "2026-11-24", "change": "cancelled"}
    moved = {"date": "2026-11-17", "change": "moved", "to_date": "2026-11-24"}
    one = session(day="tuesday", exceptions=[cancelled, moved])
    rows = Timetable.of(snapshot_of({"songs": [one]})).on(datetime.date(2026, 11, 24), datetime.date(2026, 11, 24))
    assert [(row.occurrence.cancelled, row.occurrence.moved_from) for row in rows[:]] == [
        (True, None),
        (False, datetime.date(2026, 11, 17)),
    ]


def test_a_session_that_moves_to_its_own_time_is_told_once() -> None:
    moved = {"date": "2026-11-17", "change": "moved", "to_date": "2026-11-24"}
    one = session(day="tuesday", exceptions=[moved])
    rows = Timetable.of(snapshot_of({"songs": [one]})).on(datetime.date(2026, 11, 24), datetime.date(2026, 11, 24))
    assert [row.occurrence.moved_from for row in rows[:]] == [datetime.date(2026, 11, 17)]


CANCELLED = {"date": "2026-11-24", "change": "cancelled"}
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "past midnight": (
        {"day": "friday", "opens_at": "22:00", "closes_at": "01:00"},
        "write a later time (24-hour clock, the same day, 23:59 at the latest)",
    ),
    "no time at all": ({"day": "friday", "closes_at": "10:00"}, "write a later time"),
    "midnight as 24:00": ({"day": "friday", "closes_at": "24:00"}, "write it in quotes on the 24-hour clock"),
    "two exceptions on a day": ({"day": "tuesday", "exceptions": [CANCELLED, CANCELLED]}, "keep one"),
    "cancelled on a day with no session": ({"day": "friday", "exceptions": [CANCELLED]}, "a day with no session"),
    "cancelled after it ended": (
        {"day": "tuesday", "valid_to": "2026-11-23", "exceptions": [CANCELLED]},
        "a day with no session",
    ),
    "extra on a day on which it always runs": (
        {"day": "tuesday", "bank_holidays": True, "exceptions": [{"date": "2026-11-24", "change": "extra"}]},
        "on which it runs anyway",
    ),
    "extra on its one day": (
        {"frequency": "once", "date": "2026-11-24", "exceptions": [{"date": "2026-11-24", "change": "extra"}]},
        "on which it runs anyway",
    ),
    "moved to where it was": (
        {"day": "tuesday", "exceptions": [{"date": "2026-11-24", "change": "moved", "to_date": "2026-11-24"}]},
        "does not say where to",
    ),
    "moved to a time past its end": (
        {"day": "tuesday", "exceptions": [{"date": "2026-11-24", "change": "moved", "opens_at": "11:30"}]},
        "write a later time",
    ),
    "the 30th of February": ({"frequency": "once", "date": "2027-02-30"}, "a date that does not exist"),
    "the 29th of February of another year": ({"frequency": "once", "date": "2027-02-29"}, "a date that does not exist"),
    "a day outside its own limits": (
        {"frequency": "once", "date": "2026-11-24", "valid_to": "2026-11-23"},
        "outside valid_from to valid_to",
    ),
    "until before from": (
        {"day": "tuesday", "valid_from": "2026-11-24", "valid_to": "2026-11-23"},
        "swap the two dates",
    ),
    "a year with a slip": ({"frequency": "once", "date": "0206-11-24"}, "is in the year 206; check the year"),
    "a year with a slip in an exception": (
        {"day": "tuesday", "exceptions": [{"date": "2026-11-24", "change": "moved", "to_date": "2206-11-25"}]},
        "is in the year 2206; check the year",
    ),
    "the 32nd": ({"frequency": "monthly", "day_of_month": 32}, "less than or equal to 31"),
    "a fifth Monday": ({"frequency": "monthly", "day": "monday", "week": 5}, "week"),
}


@pytest.mark.parametrize(("pattern", "says"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_with_what_to_write(pattern: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        session(**pattern)
    assert says in str(refusal.value)


def test_nobody_knows_the_terms_without_a_calendar() -> None:
    assert dates(session(day="tuesday", term="term_time"), "2026-11-01", "2026-11-30", NOBODY_KNOWS) == []
    assert dates(session(day="tuesday", term="holidays"), "2026-11-01", "2026-11-30", NOBODY_KNOWS) == []


@pytest.mark.parametrize(("first", "last"), [("0001-01-01", "0001-03-01"), ("9999-12-01", "9999-12-31")])
def test_the_edges_of_time_are_empty_or_right(first: str, last: str) -> None:
    days = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    some = [
        session(day="tuesday"),
        session(day="tuesday", exceptions=[CANCELLED]),
        session(frequency="monthly", day_of_month=1),
    ]
    rows = Timetable.of(snapshot_of({"songs": some})).on(*days)
    assert len(rows[:]) == len(rows) == sum(len(list(occurrences(one, *days, CALENDAR))) for one in some) > 0
