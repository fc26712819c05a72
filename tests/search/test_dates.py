"""Which listings are found for a day and a part of it, and which of them runs soonest."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.model.calendar import BankHoliday, Calendar, Period, SchoolCalendar
from directory.model.filters import Filter, filter_of
from directory.model.listing import Listing
from directory.model.session import WEEKDAYS, OpeningHours, Session, SessionException
from directory.search import SearchIndex
from directory.timetable import occurrences
from tests.search.invented import NOW, ask, found, listing, snapshot

TUESDAY, WEDNESDAY, NEXT_TUESDAY = "2026-11-24", "2026-11-25", "2026-12-01"
CHRISTMAS, IN_HOLIDAYS, UNKNOWN = "2026-12-25", "2026-12-22", "2027-05-04"
INSET_DAY = "2026-12-01"


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _period(name: str, starts: str, ends: str) -> Period:
    return Period(name=name, starts=_day(starts), ends=_day(ends))


CALENDAR = Calendar(
    terms=(_period("Autumn term", "2026-09-01", "2026-12-18"),),
    holidays=(_period("Christmas holidays", "2026-12-19", "2027-01-03"),),
    schools=(SchoolCalendar(slug="brook", name="Brook", holidays=(_period("Inset", INSET_DAY, INSET_DAY),)),),
    bank_holidays=(BankHoliday(date=_day(CHRISTMAS), name="Christmas Day"),),
)


def weekly(day: str = "tuesday", opens: str = "10:00", closes: str = "11:00", **said: Any) -> Session:
    return Session.model_validate({"day": day, "opens_at": opens, "closes_at": closes, **said})


def once(date: str, opens: str = "10:00", closes: str = "11:00") -> Session:
    return Session.model_validate({"frequency": "once", "date": date, "opens_at": opens, "closes_at": closes})


def opening(*days: str, opens: str = "09:00", closes: str = "17:00", **said: Any) -> OpeningHours:
    return OpeningHours.model_validate({"days": days, "opens_at": opens, "closes_at": closes, **said})


def other_date(date: str, change: str, **said: Any) -> dict[str, Any]:
    return {"exceptions": (SessionException.model_validate({"date": date, "change": change, **said}),)}


def opened(folder: Path, *listings: Listing) -> SearchIndex:
    index = SearchIndex(folder)
    index.sync(snapshot(*listings, calendar=CALENDAR))
    return index


def chosen(*texts: str) -> tuple[Filter, ...]:
    filters = [filter_of(*text.split(":")) for text in texts]
    return tuple(one for one in filters if one)


WHEN: dict[str, tuple[dict[str, Any], str, str]] = {
    "each week": ({"sessions": (weekly(),)}, f"{TUESDAY} {NEXT_TUESDAY} {CHRISTMAS}", f"{TUESDAY} {NEXT_TUESDAY}"),
    "once": ({"sessions": (once(WEDNESDAY),)}, f"{TUESDAY} {WEDNESDAY}", WEDNESDAY),
    "each fortnight": (
        {"sessions": (weekly(frequency="fortnightly", dtstart=TUESDAY),)},
        f"{TUESDAY} {NEXT_TUESDAY} 2026-12-08",
        f"{TUESDAY} 2026-12-08",
    ),
    "each fortnight, nobody said which": (
        {"sessions": (weekly(frequency="fortnightly"),)},
        f"{TUESDAY} {WEDNESDAY} {NEXT_TUESDAY}",
        f"{TUESDAY} {NEXT_TUESDAY}",
    ),
    "some weeks, from and until": (
        {"sessions": (weekly(frequency="irregular", note="Ask", valid_from=NEXT_TUESDAY, valid_to=NEXT_TUESDAY),)},
        f"{TUESDAY} {NEXT_TUESDAY} 2026-12-08",
        NEXT_TUESDAY,
    ),
    "some weeks, and one of them off": (
        {"sessions": (weekly(frequency="irregular", note="Ask", **other_date(TUESDAY, "cancelled")),)},
        f"{TUESDAY} {NEXT_TUESDAY}",
        NEXT_TUESDAY,
    ),
    "in term time, also where nobody knows": (
        {"sessions": (weekly(term="term_time"),)},
        f"{TUESDAY} {IN_HOLIDAYS} {UNKNOWN}",
        f"{TUESDAY} {UNKNOWN}",
    ),
    "in holidays, also where nobody knows": (
        {"sessions": (weekly(term="holidays"),)},
        f"{TUESDAY} {IN_HOLIDAYS} {UNKNOWN}",
        f"{IN_HOLIDAYS} {UNKNOWN}",
    ),
    "in the terms of a school": (
        {"sessions": (weekly(term="term_time", school="brook"),)},
        f"{TUESDAY} {INSET_DAY}",
        TUESDAY,
    ),
    "cancelled": (
        {"sessions": (weekly(**other_date(TUESDAY, "cancelled")),)},
        f"{TUESDAY} {NEXT_TUESDAY}",
        NEXT_TUESDAY,
    ),
    "moved to another day": (
        {"sessions": (weekly(**other_date(TUESDAY, "moved", to_date=WEDNESDAY)),)},
        f"{TUESDAY} {WEDNESDAY} {NEXT_TUESDAY}",
        f"{WEDNESDAY} {NEXT_TUESDAY}",
    ),
    "an extra day": (
        {"sessions": (weekly(**other_date(WEDNESDAY, "extra")),)},
        f"{TUESDAY} {WEDNESDAY}",
        f"{TUESDAY} {WEDNESDAY}",
    ),
    "not on bank holidays": ({"sessions": (weekly("friday"),)}, f"2026-11-27 {CHRISTMAS}", "2026-11-27"),
    "on bank holidays too": (
        {"sessions": (weekly("friday", bank_holidays=True),)},
        f"2026-11-27 {CHRISTMAS}",
        f"2026-11-27 {CHRISTMAS}",
    ),
    "a door": ({"opening_hours": (opening("tuesday", "friday"),)}, f"{TUESDAY} {WEDNESDAY} {CHRISTMAS}", TUESDAY),
    "a door on bank holidays too": (
        {"opening_hours": (opening("friday", bank_holidays=True),)},
        f"{TUESDAY} {CHRISTMAS}",
        CHRISTMAS,
    ),
    "a door in term time": (
        {"opening_hours": (opening("tuesday", term="term_time"),)},
        f"{TUESDAY} {IN_HOLIDAYS} {UNKNOWN}",
        f"{TUESDAY} {UNKNOWN}",
    ),
    "a door in the terms of a school": (
        {"opening_hours": (opening("tuesday", term="term_time", school="brook"),)},
        f"{TUESDAY} {INSET_DAY}",
        TUESDAY,
    ),
    "closed for a time": (
        {
            "status": "temporarily closed",
            "closed_until": _day("2026-12-05"),
            "sessions": (weekly(),),
            "opening_hours": (opening("wednesday"),),
        },
        f"{TUESDAY} {WEDNESDAY} 2026-12-08 2026-12-09",
        "2026-12-08 2026-12-09",
    ),
}
"""What a listing says, the days that are asked for, and those of them for which it is found."""


@pytest.mark.parametrize(("said", "days", "expected"), WHEN.values(), ids=WHEN)
def test_a_listing_is_found_for_the_days_on_which_it_may_run(
    tmp_path: Path, said: dict[str, Any], days: str, expected: str
) -> None:
    index = opened(tmp_path, listing("it", "Group", **said), listing("other", "Group"))
    on = [day for day in days.split() if found(index, "group", filters=chosen(f"day:{day}")) == ("it",)]
    assert on == expected.split()


def test_a_run_of_days_finds_what_is_on_any_of_them(tmp_path: Path) -> None:
    index = opened(
        tmp_path,
        listing("tuesdays", "Group", sessions=(weekly(),)),
        listing("door", "Group", opening_hours=(opening("thursday"),)),
        listing("later", "Group", sessions=(once("2026-12-24"),)),
    )
    assert set(found(index, "group", filters=chosen("day:2026-11-25..2026-12-01"))) == {"tuesdays", "door"}
    assert set(found(index, "group", filters=chosen("day:2026-11-25..2026-11-26"))) == {"door"}


TWO_SESSIONS = listing("two", "Group", sessions=(weekly("tuesday", "19:00", "20:00"), weekly("friday")))
MORNING = listing("morning", "Group", sessions=(weekly("tuesday", "11:59", "13:00"),))
DOOR = listing("door", "Group", opening_hours=(opening("tuesday", opens="11:00", closes="13:00"),))
ASK = listing("ask", "Group", sessions=(weekly(frequency="irregular", note="Ask"),))
LATER = listing(
    "later", "Group", sessions=(weekly(**other_date(TUESDAY, "moved", opens_at="18:00", closes_at="19:00")),)
)


@pytest.mark.parametrize("day", [TUESDAY, f"{TUESDAY}..{WEDNESDAY}", "tuesday"])
@pytest.mark.parametrize(
    ("times", "expected"),
    [
        pytest.param(("morning",), {"morning", "door", "ask"}, id="a session that starts, or a door open, by noon"),
        pytest.param(("afternoon",), {"door"}, id="a door that is open in part of it"),
        pytest.param(("evening",), {"two"}, id="the evening session of two"),
        pytest.param(("morning", "evening"), {"morning", "door", "ask", "two"}, id="either"),
    ],
)
def test_the_day_and_the_part_of_it_are_those_of_one_session(
    tmp_path: Path, day: str, times: tuple[str, ...], expected: set[str]
) -> None:
    index = opened(tmp_path, TWO_SESSIONS, MORNING, DOOR, ASK)
    assert set(found(index, "group", filters=chosen(f"day:{day}", *(f"time:{one}" for one in times)))) == expected


def test_a_session_at_another_time_that_day_is_not_found_at_its_usual_one(tmp_path: Path) -> None:
    index = opened(tmp_path, LATER)
    on = [found(index, "group", filters=chosen(f"day:{day}", "time:morning")) for day in (TUESDAY, NEXT_TUESDAY)]
    assert on == [(), ("later",)]


def test_every_count_of_a_part_of_the_day_is_what_choosing_it_leaves(tmp_path: Path) -> None:
    index, day = opened(tmp_path, TWO_SESSIONS, MORNING, DOOR, ASK), chosen(f"day:{TUESDAY}")
    counts = {one.filter: one.count for one in dict(ask(index, "group", filters=day).choices)["time"]}
    assert counts == {one: ask(index, "group", filters=(*day, one)).total for one in counts}
    assert counts[Filter("time", "evening")] == 1


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "0001-01-01..9999-12-31", "9999-12-30..9999-12-31"])
def test_the_first_and_the_last_days_there_are_can_be_asked_for(tmp_path: Path, day: str) -> None:
    index = opened(tmp_path, listing("it", "Group", sessions=(weekly("friday"),)), ASK, DOOR)
    assert ask(index, "group", filters=chosen(f"day:{day}")).total <= 3


def at(hour: int, minute: int = 0, days: int = 0) -> datetime.datetime:
    return NOW.replace(hour=hour, minute=minute) + datetime.timedelta(days)


def test_the_soonest_come_first_and_then_what_nobody_knows_the_time_of(tmp_path: Path) -> None:
    index = opened(
        tmp_path,
        listing("a-door", "A group", opening_hours=(opening("tuesday"),)),
        listing("evening", "A group", sessions=(weekly("tuesday", "19:00", "20:00"),)),
        listing("morning", "B group", sessions=(weekly("wednesday"), weekly("tuesday"))),
        listing("off", "A group", sessions=(weekly(**other_date(TUESDAY, "cancelled")),)),
        listing("tomorrow", "A group", sessions=(weekly("wednesday"),)),
        listing("z-same", "Z group", sessions=(weekly("wednesday"),)),
    )
    assert found(index, "group", order="soonest") == ("morning", "evening", "tomorrow", "z-same", "off", "a-door")
    assert found(index, "group", order="soonest", near=None, per_page=2, page=2) == ("tomorrow", "z-same")


def test_what_has_ended_is_not_the_soonest_from_that_minute_on(tmp_path: Path) -> None:
    index = opened(
        tmp_path,
        listing("first", "Group", sessions=(weekly("tuesday", "10:00", "10:30"),)),
        listing("second", "Group", sessions=(weekly("tuesday", "11:00", "12:00"),)),
    )
    moments = (at(10, 15), at(10, 29), at(10, 30), at(10, 45), at(12, days=7))
    assert [found(index, "group", order="soonest", at=one)[0] for one in moments] == ["first"] * 2 + ["second"] * 2 + [
        "first"
    ]


_SESSIONS = st.builds(
    weekly,
    st.sampled_from(WEEKDAYS),
    st.sampled_from(["09:30", "16:00", "18:45"]),
    st.just("20:00"),
    frequency=st.sampled_from(["weekly", "irregular"]),
    term=st.sampled_from(["always", "term_time", "holidays"]),
    bank_holidays=st.booleans(),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(_SESSIONS, max_size=3), st.dates(_day("2026-11-01"), _day("2027-01-10")), st.integers(0, 9))
def test_a_day_finds_whatever_the_timetable_has_on_it(
    tmp_path_factory: pytest.TempPathFactory, sessions: list[Session], first: datetime.date, days: int
) -> None:
    last = first + datetime.timedelta(days)
    index = opened(tmp_path_factory.mktemp("index"), listing("it", "Group", sessions=tuple(sessions)))
    runs = any(one.is_on for session in sessions for one in occurrences(session, first, last, CALENDAR))
    may = [one.model_copy(update={"frequency": "weekly"}) for one in sessions if not one.has_known_dates]
    may_run = runs or any(True for session in may for _ in occurrences(session, first, last, CALENDAR))
    is_unknown = any(CALENDAR.part_of_year(first + datetime.timedelta(n)) is None for n in range(days + 1))
    is_found = ask(index, "group", filters=chosen(f"day:{first}..{last}")).total == 1
    assert is_found >= may_run
    assert is_found == may_run or is_unknown
