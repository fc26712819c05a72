"""Every session of every kind has the dates that an independent calendar gives it, however its dates are asked for."""

import datetime

from hypothesis import given, settings

from directory.model.calendar import Calendar
from directory.model.session import Session
from directory.timetable import Timetable, occurrences
from tests.timetable.listings import snapshot_of
from tests.timetable.rules import CALENDAR, DAYS, WINDOW, Moments, by_rule, sessions

MANY = settings(deadline=None, max_examples=200)


def window(first: datetime.date) -> datetime.date:
    return first + datetime.timedelta(WINDOW)


@given(sessions(), DAYS)
@MANY
def test_the_bare_pattern_agrees(session: Session, first: datetime.date) -> None:
    bare = session.model_copy(update={"exceptions": (), "term": "always", "bank_holidays": True})
    found = bare.days(first.toordinal(), window(first).toordinal())
    expected = {day.toordinal() for day, _ in by_rule(bare, first, window(first), Calendar())}
    assert list(found) == sorted(expected)
    assert [bare.falls_on(datetime.date.fromordinal(day)) for day in found] == [True] * len(found)


@given(sessions(), DAYS)
@MANY
def test_the_dates_agree_with_terms_bank_holidays_and_exceptions(session: Session, first: datetime.date) -> None:
    assert can_go(session, first, window(first)) == by_rule(session, first, window(first), CALENDAR)


def can_go(session: Session, first: datetime.date, last: datetime.date) -> Moments:
    return {(one.date, one.opens_at) for one in occurrences(session, first, last, CALENDAR) if one.is_on}


@given(sessions(), DAYS)
@MANY
def test_what_is_cancelled_or_moved_away_is_told_on_its_day(session: Session, first: datetime.date) -> None:
    found = list(occurrences(session, first, window(first), CALENDAR))
    assert found == sorted(found)
    assert all(first <= one.date <= window(first) for one in found)
    told = {one.date: one for one in found if not one.is_on}
    gone = {one.date: one for one in session.exceptions if one.change == "cancelled" or one.to_date}
    assert told.keys() == {day for day in gone if first <= day <= window(first)}
    assert all(told[day].moved_to == gone[day].to_date and told[day].note == gone[day].note for day in told)


@given(sessions(), DAYS)
@settings(deadline=None, max_examples=100)
def test_a_whole_timetable_tells_the_same(session: Session, first: datetime.date) -> None:
    rows = Timetable.of(snapshot_of({"songs": [session]})).on(first, window(first))
    assert [one.occurrence for one in rows[:]] == list(occurrences(session, first, window(first), CALENDAR))
    assert rows.can_go == len([one for one in rows[:] if one.occurrence.is_on])
    assert {(one.occurrence.date, one.occurrence.opens_at) for one in rows[:] if one.occurrence.is_on} == by_rule(
        session, first, window(first), CALENDAR
    )


@given(sessions(), DAYS)
@settings(deadline=None, max_examples=100)
def test_one_day_at_a_time_tells_the_same_as_all_at_once(session: Session, first: datetime.date) -> None:
    last = first + datetime.timedelta(30)
    days = (first + datetime.timedelta(number) for number in range(31))
    assert [one for day in days for one in occurrences(session, day, day, CALENDAR)] == list(
        occurrences(session, first, last, CALENDAR)
    )
