"""A whole content's timetable tells what each session tells, in order, and keeps up with changes."""

import datetime
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.model.calendar import LONDON, Calendar
from directory.model.listing import Listing, Location
from directory.model.session import Session
from directory.timetable import On, Rows, Timetable, Timetables, occurrences
from directory.timetable.timetable import DAYS_A_BLOCK, MOST_BLOCKS
from tests.timetable.listings import listing, snapshot, snapshot_of
from tests.timetable.rules import CALENDAR, DAYS, sessions

TODAY = datetime.date(2026, 11, 24)
MONTH = (TODAY, TODAY + datetime.timedelta(29))
SLUGS = ("apples", "bells", "cats", "drums", "eggs")


def session(opens: str = "10:00", closes: str = "11:00", **pattern: Any) -> Session:
    return Session.model_validate({"day": "tuesday", "opens_at": opens, "closes_at": closes, **pattern})


def told(rows: Rows) -> list[str]:
    return [f"{one.slug} {one.occurrence.date:%d %b} {one.occurrence.opens_at:%H:%M}" for one in rows[:]]


def at(hour: int, minute: int = 0, day: datetime.date = TODAY) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(hour, minute), LONDON)


CONTENTS = st.dictionaries(st.sampled_from(SLUGS), st.lists(sessions(), min_size=0, max_size=3), max_size=5)


def one_by_one(listings: Sequence[Listing], first: datetime.date, last: datetime.date) -> list[On]:
    """What is on, without a timetable: each session asked, then put in order."""
    found = [
        (one.date, one.opens_at, one.closes_at, own.title, number, one.is_on, On(own.slug, number, one))
        for own in listings
        for number, some in enumerate(own.sessions)
        for one in occurrences(some, first, last, CALENDAR)
    ]
    return [row[-1] for row in sorted(found, key=lambda row: row[:-1])]


@given(CONTENTS, CONTENTS, st.sets(st.sampled_from(SLUGS)), DAYS)
@settings(deadline=None, max_examples=100)
def test_an_amended_timetable_is_the_one_made_anew(
    before: dict[str, list[Session]], after: dict[str, list[Session]], changing: set[str], first: datetime.date
) -> None:
    mixed = {slug: (after if slug in changing else before).get(slug) for slug in SLUGS}
    old, new = snapshot_of(before), snapshot_of({slug: some for slug, some in mixed.items() if some is not None})
    kept = {slug: old.listings[slug] for slug in new.listings if slug in old.listings and slug not in changing}
    new = replace(new, listings={**new.listings, **kept})
    last, timetables = first + datetime.timedelta(45), Timetables()
    timetables.of(old).on(first, last)
    amended, anew = timetables.of(new), Timetable.of(new)
    assert amended.on(first, last)[:] == anew.on(first, last)[:] == one_by_one([*new.listings.values()], first, last)
    assert amended.next_on(at(0, day=first), 45) == anew.next_on(at(0, day=first), 45)


def test_an_old_timetable_stays_as_it_was() -> None:
    timetables = Timetables()
    before = timetables.of(snapshot_of({"apples": [session()]}))
    assert told(before.on(TODAY, TODAY)) == ["apples 24 Nov 10:00"]
    after = timetables.of(snapshot_of({"apples": [session("12:00", "13:00")], "bells": [session()]}))
    assert told(after.on(TODAY, TODAY)) == ["bells 24 Nov 10:00", "apples 24 Nov 12:00"]
    assert told(before.on(TODAY, TODAY)) == ["apples 24 Nov 10:00"]


def test_other_terms_make_other_dates() -> None:
    timetables, some = Timetables(), [session(term="term_time")]
    assert len(timetables.of(snapshot_of({"apples": some})).on(TODAY, TODAY)) == 1
    later = snapshot_of({"apples": some}, Calendar())
    assert len(timetables.of(later).on(TODAY, TODAY)) == 0


def test_a_change_of_words_changes_no_dates() -> None:
    timetables, some = Timetables(), {"apples": [session()], "bells": [session("09:00")]}
    before = timetables.of(snapshot_of(some)).on(*MONTH)
    reworded = [listing(slug, sessions, summary="Songs for all.") for slug, sessions in some.items()]
    assert timetables.of(snapshot(reworded)).on(*MONTH)[:] == before[:]


def test_a_change_of_title_changes_the_order() -> None:
    timetables, some = Timetables(), {"apples": [session()], "bells": [session()]}
    timetables.of(snapshot_of(some)).on(TODAY, TODAY)
    renamed = [
        listing(slug, sessions, title="Zebras" if slug == "apples" else "Bells") for slug, sessions in some.items()
    ]
    assert timetables.of(snapshot(renamed)).on(TODAY, TODAY).slugs() == ("bells", "apples")


def test_the_same_content_has_the_same_timetable() -> None:
    timetables, content = Timetables(), snapshot_of({"apples": [session()]})
    assert timetables.of(content) is timetables.of(content)


@pytest.mark.parametrize("shift", [-1, 0, 1])
@pytest.mark.parametrize("days", [1, DAYS_A_BLOCK - 1, DAYS_A_BLOCK, DAYS_A_BLOCK + 1, 3 * DAYS_A_BLOCK])
def test_no_day_is_lost_between_two_blocks(shift: int, days: int) -> None:
    first = datetime.date.fromordinal(TODAY.toordinal() // DAYS_A_BLOCK * DAYS_A_BLOCK + shift)
    last = first + datetime.timedelta(days - 1)
    every = snapshot_of({"apples": [session(day=day, bank_holidays=True) for day in ("monday", "thursday", "sunday")]})
    rows = Timetable.of(every).on(first, last)
    assert rows[:] == one_by_one([*every.listings.values()], first, last)
    assert sum(rows.by_day.values()) == len(rows)


@pytest.mark.parametrize("days_away", [-60, -28, 28, 60])
def test_a_session_that_moved_far_is_told_on_both_days(days_away: int) -> None:
    new_day = TODAY + datetime.timedelta(days_away)
    moved = session(exceptions=[{"date": TODAY, "change": "moved", "to_date": new_day, "opens_at": "10:30"}])
    for day, is_on in ((new_day, True), (TODAY, False)):
        found = [one.occurrence for one in Timetable.of(snapshot_of({"apples": [moved]})).on(day, day)[:]]
        assert [one.is_on for one in found if one.moved_from or one.moved_to] == [is_on]


NEARLY_THE_SAME: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "the other weeks": (
        {"frequency": "fortnightly", "dtstart": "2026-11-24"},
        {"frequency": "fortnightly", "dtstart": "2026-12-01"},
    ),
    "in term": ({}, {"term": "term_time"}),
    "in holidays": ({"term": "term_time"}, {"term": "holidays"}),
    "one school's term": ({"term": "term_time"}, {"term": "term_time", "school": "testbridge-school"}),
    "on bank holidays": ({"day": "monday"}, {"day": "monday", "bank_holidays": True}),
    "the week of the month": ({"frequency": "monthly", "week": 4}, {"frequency": "monthly", "week": "last"}),
    "from a day on": ({}, {"valid_from": "2026-12-01"}),
    "until a day": ({}, {"valid_to": "2026-12-01"}),
    "at another time": ({}, {"opens": "09:00"}),
    "with another end": ({}, {"closes": "12:00"}),
    "with a day off": ({}, {"exceptions": [{"date": "2026-12-01", "change": "cancelled"}]}),
}


@pytest.mark.parametrize(("one", "other"), NEARLY_THE_SAME.values(), ids=NEARLY_THE_SAME)
def test_sessions_that_differ_in_one_thing_keep_their_own_dates(one: dict[str, Any], other: dict[str, Any]) -> None:
    first, last = TODAY - datetime.timedelta(60), TODAY + datetime.timedelta(60)
    both = snapshot_of({"apples": [session(**one), session(**other)], "bells": [session(**other), session(**one)]})
    rows = Timetable.of(both).on(first, last)[:]
    assert rows == one_by_one([*both.listings.values()], first, last)
    assert len({tuple(row.occurrence for row in rows if row[:2] == ("apples", number)) for number in (0, 1)}) == 2


def test_the_last_day_before_the_first_has_nothing() -> None:
    table = Timetable.of(snapshot_of({"apples": [session()]}))
    for days in (1, DAYS_A_BLOCK, 400):
        assert len(table.on(TODAY, TODAY - datetime.timedelta(days))) == 0


def test_a_content_without_sessions_has_nothing_on() -> None:
    rows = Timetable.of(snapshot_of({"apples": []})).on(
        *MONTH, at="brackenhill", only=frozenset(SLUGS), hours=[(9, 12)]
    )
    assert (len(rows), rows[:], dict(rows.by_day), rows.can_go, rows.slugs()) == (0, [], {}, 0, ())


def test_a_question_about_a_whole_life_looks_only_a_year_ahead() -> None:
    rows = Timetable.of(snapshot_of({"apples": [session()]})).on(TODAY, datetime.date(2126, 1, 1))
    assert max(rows.by_day) < datetime.date(2028, 1, 1)


def test_a_listing_that_is_closed_for_a_time_begins_again_on_its_day() -> None:
    closed = listing("apples", [session()], status="temporarily closed", closed_until="2026-12-08")
    assert told(Timetable.of(snapshot([closed])).on(*MONTH)) == [
        "apples 08 Dec 10:00",
        "apples 15 Dec 10:00",
        "apples 22 Dec 10:00",
    ]


def test_a_listing_ends_with_the_last_day_on_which_it_is_published() -> None:
    cancelled = {"date": "2026-12-08", "change": "cancelled"}
    for exceptions in ([], [cancelled]):
        ending = listing("apples", [session(exceptions=exceptions)], publish_until="2026-12-01")
        assert told(Timetable.of(snapshot([ending])).on(*MONTH)) == ["apples 24 Nov 10:00", "apples 01 Dec 10:00"]


def test_rows_can_be_of_some_listings_hours_and_times_to_come() -> None:
    some = {"apples": [session("09:00", "10:00")], "bells": [session("11:59", "13:00"), session("12:00", "13:00")]}
    table = Timetable.of(snapshot_of(some))
    today = (TODAY, TODAY)
    assert told(table.on(*today, only=frozenset(["apples", "unknown"]))) == ["apples 24 Nov 09:00"]
    assert told(table.on(*today, only=["apples"])) == ["apples 24 Nov 09:00"]
    assert told(table.on(*today, only=frozenset())) == []
    assert told(table.on(*today, hours=[(9, 12)])) == ["apples 24 Nov 09:00", "bells 24 Nov 11:59"]
    assert told(table.on(*today, hours=[(0, 9), (12, 24)])) == ["bells 24 Nov 12:00"]
    assert told(table.on(*today, ends_after=at(9, 59)))[0] == "apples 24 Nov 09:00"
    assert told(table.on(*today, ends_after=at(10)))[0] == "bells 24 Nov 11:59"
    assert table.on(*today).slugs() == ("apples", "bells")


def test_rows_can_be_of_some_days_alone() -> None:
    table = Timetable.of(snapshot_of({"apples": [session()], "bells": [session(day="friday")]}))
    days = {TODAY + datetime.timedelta(7), TODAY + datetime.timedelta(10), TODAY + datetime.timedelta(70)}
    assert told(table.on(*MONTH, days=days)) == ["apples 01 Dec 10:00", "bells 04 Dec 10:00"]
    assert told(table.on(*MONTH, days=())) == []


def test_many_choices_of_listings_are_all_answered() -> None:
    table = Timetable.of(snapshot_of({slug: [session()] for slug in SLUGS}))
    for number in range(2 ** len(SLUGS) * 3):
        chosen = frozenset(slug for place, slug in enumerate(SLUGS) if number >> place & 1)
        unknown = frozenset([f"unknown-{number}"])
        assert set(table.on(TODAY, TODAY, only=chosen | unknown).slugs()) == chosen


def test_what_is_at_a_hub_is_what_is_offered_there_and_not_elsewhere() -> None:
    hub = listing(
        "brackenhill", [session()], kind="hub", locations=[{"address_1": "18 Foundry Street", "city": "Brackenhill"}]
    )
    both = (Location(at="brackenhill"), Location(at="library"))
    elsewhere, there = session("11:00", "12:00", at="library"), session("12:00", "13:00", at="brackenhill")
    visiting = listing("apples", [elsewhere, there], locations=both)
    unsaid = listing("bells", [session("14:00", "15:00")], locations=[Location(at="brackenhill")])
    away = listing("cats", [session()], locations=[Location(at="library")])
    table = Timetable.of(snapshot([hub, visiting, unsaid, away]))
    assert told(table.on(TODAY, TODAY, at="brackenhill")) == [
        "brackenhill 24 Nov 10:00",
        "apples 24 Nov 12:00",
        "bells 24 Nov 14:00",
    ]
    assert told(table.on(TODAY, TODAY, at="library")) == ["cats 24 Nov 10:00", "apples 24 Nov 11:00"]
    assert told(table.on(TODAY, TODAY, at="nowhere")) == []


def test_the_next_time_of_each_is_one_to_which_people_can_go() -> None:
    off = session(exceptions=[{"date": "2026-11-24", "change": "cancelled"}])
    some = {"apples": [off], "bells": [session()], "cats": [session(day="monday", valid_from="2027-01-01")]}
    found = Timetable.of(snapshot_of(some)).next_on(at(9), 28)
    naive = {slug: f"{when:%d %b %H:%M}" for slug, when in found.items()}
    assert naive == {"apples": "01 Dec 10:00", "bells": "24 Nov 10:00"}
    later = Timetable.of(snapshot_of(some)).next_on(at(11), 28)
    assert f"{later['bells']:%d %b %H:%M}" == "01 Dec 10:00"


def test_days_that_were_forgotten_are_worked_out_again() -> None:
    table = Timetable.of(snapshot_of({"apples": [session()]}))
    before = told(table.on(*MONTH))
    for number in range(2 * MOST_BLOCKS):
        day = TODAY + datetime.timedelta(DAYS_A_BLOCK * number)
        assert len(table.on(day, day + datetime.timedelta(6))) == (0 if CALENDAR.is_bank_holiday(day) else 1)
    assert told(table.on(*MONTH)) == before


def test_several_threads_are_told_the_same() -> None:
    timetables = Timetables()
    contents = [snapshot_of({slug: [session(f"{hour:02}:00", "20:00")] for slug in SLUGS}) for hour in range(9, 15)]
    contents = [replace(one, revision=str(number)) for number, one in enumerate(contents)]
    wrong: list[str] = []
    ready = threading.Barrier(4)

    def ask(turn: int) -> None:
        ready.wait()
        for number in range(60):
            place = (turn + number) % len(contents)
            day = TODAY + datetime.timedelta(7 * ((turn * 7 + number) % 120))
            rows = timetables.of(contents[place]).on(day, day, only=frozenset([*SLUGS[: turn + 1], str(number)]))
            if any(one.occurrence.opens_at.hour != 9 + place for one in rows[:]):
                wrong.append(f"{place} {day}")

    threads = [threading.Thread(target=ask, args=(turn,)) for turn in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []
