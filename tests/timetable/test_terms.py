"""Whole terms out of their halves, which sessions end, and what becomes of them in the next term."""

import datetime
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.model.calendar import Calendar
from directory.model.session import WEEKDAYS, Session
from directory.timetable import continued, endings, first_date, usual_term
from directory.timetable.terms import terms

TODAY = datetime.date(2026, 11, 23)
HALVES = [
    ("Autumn term, first half", "2026-09-02", "2026-10-23"),
    ("Autumn term, second half", "2026-11-02", "2026-12-18"),
    ("Spring term, first half", "2027-01-04", "2027-02-12"),
    ("Spring term, second half", "2027-02-22", "2027-03-25"),
]
HOLIDAYS = [
    ("Autumn half-term", "2026-10-24", "2026-11-01"),
    ("Christmas holidays", "2026-12-19", "2027-01-03"),
    ("February half-term", "2027-02-13", "2027-02-21"),
]


def periods(*told: tuple[str, str, str]) -> list[dict[str, str]]:
    return [{"name": name, "starts": starts, "ends": ends} for name, starts, ends in told]


def calendar(halves: Sequence[tuple[str, str, str]] = HALVES, **more: Any) -> Calendar:
    return Calendar.model_validate({"terms": periods(*halves), "holidays": periods(*HOLIDAYS), **more})


def session(**keys: Any) -> Session:
    return Session.model_validate({"day": "monday", "opens_at": "10:00", "closes_at": "11:30", **keys})


RUNS = {
    "two halves are one": (HALVES, ["Autumn term: 2 Sep to 18 Dec", "Spring term: 4 Jan to 25 Mar"]),
    "whole terms stay": (
        [("Autumn term", "2026-09-02", "2026-12-18"), ("Spring term", "2027-01-04", "2027-03-25")],
        ["Autumn term: 2 Sep to 18 Dec", "Spring term: 4 Jan to 25 Mar"],
    ),
    "halves without a name in common": (
        [("Term 1", "2026-09-02", "2026-10-23"), ("Term 2", "2026-11-02", "2026-12-18")],
        ["Term 1, Term 2: 2 Sep to 18 Dec"],
    ),
    "none": ([], []),
}


@pytest.mark.parametrize(("halves", "runs"), RUNS.values(), ids=RUNS)
def test_terms_are_told_whole(halves: list[tuple[str, str, str]], runs: list[str]) -> None:
    found = terms(calendar(halves))
    assert [f"{one.name}: {one.starts:%-d %b} to {one.ends:%-d %b}" for one in found] == runs


def test_a_half_term_of_two_weeks_is_known_by_its_name() -> None:
    two_weeks = [("Autumn one", "2026-09-02", "2026-10-16"), ("Autumn two", "2026-11-02", "2026-12-18")]
    assert len(terms(Calendar.model_validate({"terms": periods(*two_weeks)}))) == 2
    holiday = periods(("October half term", "2026-10-17", "2026-11-01"))
    [whole] = terms(Calendar.model_validate({"terms": periods(*two_weeks), "holidays": holiday}))
    assert whole.ends == datetime.date(2026, 12, 18)


SCHOOL = [{"slug": "st-lukes", "name": "St Luke's", "terms": periods(("Spring term", "2027-01-11", "2027-03-19"))}]
ENDS: dict[str, tuple[dict[str, Any], str | None, str | None]] = {
    "a last date": ({"valid_to": "2026-12-14"}, "2026-12-14", "2027-01-04"),
    "a last date that is over": ({"valid_to": "2026-07-20"}, "2026-07-20", "2026-09-02"),
    "the last day of the last term": ({"valid_to": "2027-03-25"}, "2027-03-25", None),
    "a school's own terms": (
        {"valid_to": "2026-12-14", "term": "term_time", "school": "st-lukes"}, "2026-12-14", "2027-01-11"),
    "holidays": ({"valid_to": "2026-12-14", "term": "holidays"}, "2026-12-14", "2026-12-19"),
}  # fmt: skip


@pytest.mark.parametrize(("keys", "on", "starts"), ENDS.values(), ids=ENDS)
def test_a_session_that_ends_is_offered_the_next_term(keys: dict[str, Any], on: str, starts: str | None) -> None:
    [one] = endings([session(**keys)], TODAY, calendar(schools=SCHOOL))
    assert one.on == datetime.date.fromisoformat(on)
    assert (one.next.starts.isoformat() if one.next else None) == starts


GOES_ON = {
    "all year": {},
    "in terms that the calendar knows": {"term": "term_time"},
    "on one date": {"day": None, "frequency": "once", "date": "2026-12-01"},
    "years ago": {"valid_to": "2024-07-20"},
}


@pytest.mark.parametrize("keys", GOES_ON.values(), ids=GOES_ON)
def test_what_goes_on_by_itself_or_is_long_over_is_left_alone(keys: dict[str, Any]) -> None:
    assert endings([session(**keys)], TODAY, calendar()) == ()


FOLLOWERS = {
    "the same day": ({"valid_from": "2027-01-04"}, True),
    "the same hours on another day": ({"day": "friday", "valid_from": "2027-01-04"}, True),
    "another group": ({"name": "Babies", "valid_from": "2027-01-04"}, False),
    "another day and hour": ({"day": "friday", "opens_at": "09:00", "valid_from": "2027-01-04"}, False),
    "at the same time": ({"valid_from": "2026-11-02"}, False),
}


@pytest.mark.parametrize(("keys", "follows"), FOLLOWERS.values(), ids=FOLLOWERS)
def test_what_the_next_term_follows_already_is_not_offered(keys: dict[str, Any], follows: bool) -> None:
    both = [session(valid_to="2026-12-14"), session(**keys)]
    assert (endings(both, TODAY, calendar()) == ()) is follows


TERMS_OF = {
    "by terms": ({"term": "term_time", "valid_to": "2026-12-14"}, "term_time"),
    "a half without a holiday": ({"valid_from": "2026-11-02", "valid_to": "2026-12-14"}, "term_time"),
    "through a half-term": ({"valid_from": "2026-09-07", "valid_to": "2026-12-14"}, "always"),
    "in holidays": ({"term": "holidays", "valid_to": "2026-12-14"}, "holidays"),
}


@pytest.mark.parametrize(("keys", "term"), TERMS_OF.values(), ids=TERMS_OF)
def test_what_kept_out_of_holidays_does_so_again(keys: dict[str, Any], term: str) -> None:
    one, known = session(**keys), calendar()
    assert usual_term(one, terms(known)[-1], known) == term
    assert usual_term(one, None, known) == "always"


@given(
    day=st.sampled_from(WEEKDAYS),
    weeks=st.integers(0, 8),
    frequency=st.sampled_from(["weekly", "fortnightly"]),
)
def test_the_rhythm_goes_on_over_the_holidays(day: str, weeks: int, frequency: str) -> None:
    began = datetime.date(2026, 9, 7) + datetime.timedelta(WEEKDAYS.index(day) + 7 * weeks)
    dtstart = {"dtstart": began} if frequency == "fortnightly" else {}
    known = calendar()
    spring = terms(known)[-1]
    one = session(day=day, frequency=frequency, term="term_time", valid_to="2026-12-18", **dtstart)
    first = first_date(one, spring, TODAY, known)
    assert first is not None
    assert spring.starts <= first <= spring.starts + datetime.timedelta(13)
    if dtstart:
        assert (first - began).days % 14 == 0


def test_a_term_that_has_begun_is_offered_from_today() -> None:
    known = calendar()
    late = session(valid_to="2026-07-20")
    assert first_date(late, terms(known)[0], TODAY, known) == TODAY


def test_what_follows_begins_when_the_old_one_has_ended() -> None:
    known, new = calendar(), session(valid_from="2026-11-30", valid_to="2027-03-25")
    exceptions = [
        {"date": "2026-11-09", "change": "cancelled"},
        {"date": "2026-11-16", "change": "moved", "to_date": "2026-11-25"},
        {"date": "2026-12-07", "change": "cancelled"},
    ]
    old = session(valid_to="2026-12-14", exceptions=exceptions)
    kept, follows = continued([old], {0: new}, TODAY, known)
    assert (kept.valid_to, follows) == (datetime.date(2026, 11, 29), new)
    assert [one.date.day for one in kept.exceptions] == [16]
    Session.model_validate(kept.model_dump())


OVER = {
    "a last date": session(valid_to="2026-11-16"),
    "one date": session(day=None, frequency="once", date="2026-11-16"),
    "one date that was moved": session(
        day=None,
        frequency="once",
        date="2026-11-16",
        exceptions=[{"date": "2026-11-16", "change": "moved", "to_date": "2026-11-18"}],
    ),
}


@pytest.mark.parametrize("one", OVER.values(), ids=OVER)
def test_what_is_over_goes(one: Session) -> None:
    still = session(day="friday")
    assert continued([one, still], {}, TODAY, calendar()) == (still,)


def test_one_date_that_moved_to_a_day_to_come_stays() -> None:
    moved = {"date": "2026-11-16", "change": "moved", "to_date": "2026-11-30"}
    one = session(day=None, frequency="once", date="2026-11-16", exceptions=[moved])
    assert continued([one], {}, TODAY, calendar()) == (one,)
