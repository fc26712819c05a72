"""Sessions fall on the days that people would say they do."""

import datetime
from typing import Any

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from directory.model.calendar import Calendar
from directory.model.session import WEEKDAYS, Session
from directory.timetable import Occurrence, occurrences, upcoming

FIRST = datetime.date(2026, 11, 1)
LAST = datetime.date(2027, 1, 31)
CALENDAR = Calendar.model_validate(
    {
        "terms": [{"name": "Autumn term", "starts": "2026-09-01", "ends": "2026-12-18"}],
        "holidays": [{"name": "Christmas holidays", "starts": "2026-12-19", "ends": "2027-01-03"}],
        "bank_holidays": [
            {"date": "2026-12-25", "name": "Christmas Day"},
            {"date": "2026-12-28", "name": "Boxing Day"},
        ],
    }
)
TIMES = {"opens_at": "10:00", "closes_at": "11:30"}


def session(**pattern: Any) -> Session:
    return Session.model_validate(TIMES | pattern)


def dates(one: Session, first: datetime.date = FIRST, last: datetime.date = LAST) -> list[str]:
    return [f"{found.date:%d %b}" for found in occurrences(one, first, last, CALENDAR) if not found.cancelled]


PATTERNS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "every Tuesday in November": (
        {"day": "tuesday", "valid_to": "2026-11-30"},
        ["03 Nov", "10 Nov", "17 Nov", "24 Nov"],
    ),
    "every other Tuesday": (
        {"day": "tuesday", "frequency": "fortnightly", "dtstart": "2026-11-10", "valid_to": "2026-12-31"},
        ["10 Nov", "24 Nov", "08 Dec", "22 Dec"],
    ),
    "every other Tuesday, known from long ago": (
        {"day": "tuesday", "frequency": "fortnightly", "dtstart": "2025-12-23", "valid_to": "2026-11-30"},
        ["10 Nov", "24 Nov"],
    ),
    "the second Monday": ({"day": "monday", "frequency": "monthly", "week": 2}, ["09 Nov", "14 Dec", "11 Jan"]),
    "the last Friday": (
        {"day": "friday", "frequency": "monthly", "week": "last", "bank_holidays": True},
        ["27 Nov", "25 Dec", "29 Jan"],
    ),
    "the 31st": ({"frequency": "monthly", "day_of_month": 31}, ["31 Dec", "31 Jan"]),
    "one day": ({"frequency": "once", "date": "2026-12-05"}, ["05 Dec"]),
    "one day that is a bank holiday": ({"frequency": "once", "date": "2026-12-25"}, ["25 Dec"]),
    "Mondays in the holidays": ({"day": "monday", "term": "holidays"}, ["21 Dec"]),
    "Fridays in term, which the calendar knows only to December": (
        {"day": "friday", "term": "term_time", "valid_from": "2026-12-01"},
        ["04 Dec", "11 Dec", "18 Dec"],
    ),
    "every other week, nobody knows which": ({"day": "tuesday", "frequency": "fortnightly"}, []),
    "once a month, nobody knows when": ({"day": "tuesday", "frequency": "monthly"}, []),
    "now and then": ({"day": "tuesday", "frequency": "irregular", "note": "Twice a month"}, []),
}


@pytest.mark.parametrize(("pattern", "expected"), PATTERNS.values(), ids=PATTERNS)
def test_a_pattern_falls_on_its_dates(pattern: dict[str, Any], expected: list[str]) -> None:
    assert dates(session(**pattern)) == expected


def test_bank_holidays_are_off_unless_said_otherwise() -> None:
    assert "25 Dec" not in dates(session(day="friday"))
    assert "25 Dec" in dates(session(day="friday", bank_holidays=True))


def test_exceptions_cancel_move_and_add() -> None:
    one = session(
        day="tuesday",
        valid_from="2026-11-10",
        valid_to="2026-11-30",
        exceptions=[
            {"date": "2026-11-10", "change": "cancelled", "note": "The hall is flooded"},
            {"date": "2026-11-17", "change": "moved", "to_date": "2026-11-18", "opens_at": "09:00"},
            {"date": "2026-11-26", "change": "extra", "note": "A party"},
        ],
    )
    found = list(occurrences(one, FIRST, LAST, CALENDAR))
    assert [(f"{x.date:%d} {x.opens_at:%H:%M}", x.cancelled, x.note) for x in found] == [
        ("10 10:00", True, "The hall is flooded"),
        ("17 10:00", False, None),
        ("18 09:00", False, None),
        ("24 10:00", False, None),
        ("26 10:00", False, "A party"),
    ]
    assert [(x.moved_to, x.moved_from) for x in found[1:3]] == [
        (datetime.date(2026, 11, 18), None),
        (None, datetime.date(2026, 11, 17)),
    ]


def test_what_has_ended_today_is_not_to_come() -> None:
    tuesdays = (session(day="tuesday"),)
    before = datetime.datetime(2026, 11, 24, 11, 29)  # noqa: DTZ001  # Europe/London wall-clock time
    after = datetime.datetime(2026, 11, 24, 11, 30)  # noqa: DTZ001
    assert upcoming(tuesdays, before, CALENDAR, 1)[0].date == datetime.date(2026, 11, 24)
    assert upcoming(tuesdays, after, CALENDAR, 1)[0].date == datetime.date(2026, 12, 1)


def test_the_next_times_of_several_sessions_come_in_order() -> None:
    both = (session(day="friday"), session(day="tuesday"))
    now = datetime.datetime(2026, 11, 23, 9)  # noqa: DTZ001
    assert [f"{one.date:%a %d}" for one in upcoming(both, now, CALENDAR, 3)] == ["Tue 24", "Fri 27", "Tue 01"]


REFUSED: dict[str, dict[str, Any]] = {
    "no day": {},
    "past midnight": {"day": "monday", "opens_at": "22:00", "closes_at": "01:00"},
    "a fifth week": {"day": "monday", "frequency": "monthly", "week": 5},
    "a week without a month": {"day": "monday", "week": 2},
    "a start on another day": {"day": "monday", "frequency": "fortnightly", "dtstart": "2026-11-24"},
    "two exceptions on a day": {
        "day": "tuesday",
        "exceptions": [{"date": "2026-11-24", "change": "cancelled"}, {"date": "2026-11-24", "change": "cancelled"}],
    },
    "cancelled, yet moved": {
        "day": "tuesday",
        "exceptions": [{"date": "2026-11-24", "change": "cancelled", "to_date": "2026-11-25"}],
    },
}


@pytest.mark.parametrize("pattern", REFUSED.values(), ids=REFUSED)
def test_a_pattern_that_cannot_be_is_refused(pattern: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        session(**pattern)


DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2035, 12, 31))


@given(first=DAYS, weekday=st.integers(0, 6), weeks=st.sampled_from([1, 2]), offset=st.integers(-60, 60))
def test_weeks_agree_with_an_independent_calendar(first: datetime.date, weekday: int, weeks: int, offset: int) -> None:
    anchor = first + datetime.timedelta((weekday - first.weekday()) % 7 + 7 * offset)
    pattern = {"frequency": "fortnightly", "dtstart": anchor.isoformat()} if weeks == 2 else {}
    one = session(day=WEEKDAYS[weekday], **pattern)
    last = first + datetime.timedelta(120)
    start = anchor - datetime.timedelta(7 * 200)
    rule = rrule.rrule(rrule.WEEKLY, interval=weeks, dtstart=datetime.datetime.combine(start, datetime.time()))
    expected = [moment.date() for moment in rule.between(_midnight(first), _midnight(last), inc=True)]
    assert [found.date for found in occurrences(one, first, last, Calendar())] == expected


@given(first=DAYS, weekday=st.integers(0, 6), week=st.sampled_from([1, 2, 3, 4, "last"]))
def test_months_agree_with_an_independent_calendar(first: datetime.date, weekday: int, week: int | str) -> None:
    one = session(day=WEEKDAYS[weekday], frequency="monthly", week=week)
    last = first + datetime.timedelta(200)
    nth = -1 if week == "last" else int(week)
    rule = rrule.rrule(
        rrule.MONTHLY,
        byweekday=rrule.weekday(weekday)(nth),
        dtstart=_midnight(first.replace(day=1)),
        until=_midnight(last),
    )
    expected = [moment.date() for moment in rule if moment.date() >= first]
    assert [found.date for found in occurrences(one, first, last, Calendar())] == expected


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time())


def test_a_question_about_a_whole_life_looks_only_a_year_ahead() -> None:
    found = list(occurrences(session(day="tuesday"), FIRST, datetime.date(2126, 1, 1), Calendar()))
    assert found[-1].date < datetime.date(2028, 1, 1)
    assert isinstance(found[0], Occurrence)


def test_the_end_of_all_days_is_no_fault() -> None:
    last_morning = datetime.datetime(9999, 12, 31, 9, 0)  # noqa: DTZ001  # no zone knows hours after it
    found = upcoming([session(day="friday")], last_morning, CALENDAR, 6)
    assert [one.date for one in found] == [datetime.date(9999, 12, 31)]
