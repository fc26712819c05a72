"""Which filters are read out of a person's words, and which words only look like one."""

import dataclasses
import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.model.calendar import LONDON, BankHoliday, Calendar, Period
from directory.model.filters import filter_of
from directory.search import SearchIndex
from directory.search.understanding.wishes import Wish, Wishes, with_signs_said
from directory.search.words import split
from tests.search.invented import ask, listing, snapshot

TABLES = Path(__file__).parents[1] / "data" / "wishes"
WEDNESDAY = datetime.datetime(2026, 11, 25, 9, 0, tzinfo=LONDON)
SATURDAY = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=LONDON)
SUNDAY = datetime.datetime(2026, 11, 22, 18, 0, tzinfo=LONDON)
IN_HALF_TERM = datetime.datetime(2027, 2, 17, 10, 0, tzinfo=LONDON)


def _period(name: str, starts: str, ends: str) -> Period:
    return Period(name=name, starts=datetime.date.fromisoformat(starts), ends=datetime.date.fromisoformat(ends))


CALENDAR = Calendar(
    holidays=(
        _period("Christmas holidays", "2026-12-19", "2027-01-03"),
        _period("February half-term", "2027-02-13", "2027-02-21"),
        _period("Easter holidays", "2027-03-26", "2027-04-11"),
        _period("May half-term", "2027-05-29", "2027-06-06"),
        _period("Summer holidays", "2027-07-22", "2027-09-01"),
    ),
    bank_holidays=(
        BankHoliday(date=datetime.date(2026, 12, 25), name="Christmas Day"),
        BankHoliday(date=datetime.date(2027, 3, 26), name="Good Friday"),
        BankHoliday(date=datetime.date(2027, 3, 29), name="Easter Monday"),
    ),
)
WISHES = Wishes(dataclasses.replace(snapshot(), calendar=CALENDAR))
WITHOUT_DATES = Wishes(snapshot())


def _table(name: str) -> list[list[str]]:
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    return [[part.strip() for part in line.split("|")] for line in lines if line and not line.startswith("#")]


def _words(text: str) -> list[str]:
    return [word for _, word in split(with_signs_said(text))]


def _read(text: str, at: datetime.datetime = WEDNESDAY, *, by: Wishes = WISHES) -> list[Wish]:
    return by.read(_words(text), at)


def _said(text: str, at: datetime.datetime = WEDNESDAY, *, by: Wishes = WISHES) -> list[str]:
    return sorted(f"{wish.filter.group} {wish.filter.value}" for wish in _read(text, at, by=by))


@pytest.mark.parametrize(("text", "filters"), [pytest.param(*case, id=case[0]) for case in _table("asked_for.txt")])
def test_words_ask_for_filters(text: str, filters: str) -> None:
    assert _said(text) == sorted(filters.split(", "))


@pytest.mark.parametrize("text", [pytest.param(*case, id=case[0]) for case in _table("not_asked_for.txt")])
def test_words_that_only_look_like_a_filter_ask_for_none(text: str) -> None:
    assert _said(text) == []


@pytest.mark.parametrize(
    ("text", "at", "filters"),
    [
        pytest.param("this weekend", SATURDAY, ["day 2026-11-21..2026-11-22"], id="this weekend on its Saturday"),
        pytest.param("this weekend", SUNDAY, ["day 2026-11-22"], id="this weekend on its Sunday"),
        pytest.param("next weekend", SUNDAY, ["day 2026-11-28..2026-11-29"], id="next weekend on a Sunday"),
        pytest.param("next tuesday", SATURDAY, ["day 2026-11-24"], id="next tuesday on the Saturday before"),
        pytest.param("this saturday", SATURDAY, ["day 2026-11-21"], id="this saturday on a Saturday"),
        pytest.param("clubs this week", SUNDAY, ["day 2026-11-22"], id="this week on its last day"),
        pytest.param("half term", IN_HALF_TERM, ["day 2027-02-17..2027-02-21"], id="what is left of half term"),
        pytest.param(
            "school holidays", IN_HALF_TERM, ["day 2027-02-17..2027-02-21"], id="half term is a school holiday"
        ),
        pytest.param("25 november", WEDNESDAY, ["day 2026-11-25"], id="a date that is today"),
    ],
)
def test_days_count_from_the_day_of_the_search(text: str, at: datetime.datetime, filters: list[str]) -> None:
    assert _said(text, at) == filters


@pytest.mark.parametrize(
    "text", ["half term activities", "school holidays", "easter", "summer holidays", "bank holiday"]
)
def test_holidays_whose_dates_nobody_has_told_us_ask_for_no_day(text: str) -> None:
    assert _said(text, by=WITHOUT_DATES) == []


def test_a_holiday_is_known_by_its_days_where_its_name_does_not_say() -> None:
    calendar = Calendar(holidays=(_period("Winter break", "2026-12-19", "2027-01-03"),))
    wishes = Wishes(dataclasses.replace(snapshot(), calendar=calendar))
    assert _said("christmas holidays", by=wishes) == ["day 2026-12-19..2027-01-03"]


def test_the_day_is_that_of_london_by_summer_time() -> None:
    late = datetime.datetime(2026, 7, 1, 23, 30, tzinfo=datetime.UTC)
    assert _said("swimming today", late) == ["day 2026-07-02"]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        pytest.param("stay and play every tuesday morning", ["every tuesday", "morning"], id="a day and its part"),
        pytest.param("groups for under 5s near me", ["under 5s"], id="an age"),
        pytest.param("self refer to counselling", ["self refer"], id="a way in"),
        pytest.param("mon to fri", ["mon to fri"] * 5, id="one span for several days"),
        pytest.param("swimming £2 a go", ["2 pounds"], id="a sign that became a word"),
    ],
)
def test_a_wish_says_which_words_asked_for_it(text: str, spans: list[str]) -> None:
    assert [" ".join(_words(text)[wish.first : wish.last]) for wish in _read(text)] == spans


def test_a_group_that_is_turned_off_is_not_read() -> None:
    words = _words("free club tuesday evening for my 8 year old")
    found = {wish.filter.group for wish in WISHES.read(words, WEDNESDAY, {"day", "age"})}
    assert found == {"cost", "time"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("under £5", "under 5 pounds"),
        ("£1.50 each", "1 pounds 50 each"),
        ("5+ club", "5 plus club"),
        ("ages 3-5", "ages 3 to 5"),
        ("on 24/12", "on 24 december"),
        ("24/12/26", "24 december 2026"),
        ("mon-fri", "mon to fri"),
        ("2½", "2 and a half"),
        ("24/7", "24/7"),
        ("year 5/6", "year 5/6"),
        ("1-2-1", "1-2-1"),
        ("9-5", "9-5"),
        ("DY5 1AB", "DY5 1AB"),
        ("drop-in", "drop-in"),
        ("01632 960-123", "01632 960-123"),
    ],
)
def test_signs_that_change_a_number_become_words(typed: str, said: str) -> None:
    assert with_signs_said(typed).split() == said.split()


_PIECES = sorted(
    {word for name in ("asked_for.txt", "not_asked_for.txt") for case in _table(name) for word in _words(case[0])}
)
_ANY_WORDS = st.lists(st.sampled_from(_PIECES) | st.from_regex(r"\w{1,9}", fullmatch=True), max_size=120)


def test_what_says_the_age_of_mothers_is_found_by_somebody_who_is_pregnant(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path)
    midwife = listing("midwife", "Clinic A", eligibility={"minimum_age": "14 years", "maximum_age": "50 years"})
    pupils = listing("pupils", "Clinic B", eligibility={"minimum_age": "5 years", "maximum_age": "11 years"})
    index.sync(snapshot(midwife, pupils))
    assert ask(index, "clinic pregnant").slugs == ("midwife", "pupils")
    assert ask(index, "clinic 7 year old").slugs == ("pupils",)


@given(_ANY_WORDS)
def test_any_words_give_filters_that_make_sense_for_words_that_are_there(words: list[str]) -> None:
    for wish in WISHES.read(words, WEDNESDAY):
        assert 0 <= wish.first < wish.last <= len(words)
        assert filter_of(*wish.filter) == wish.filter


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert all(wish.last <= len(_words(text)) for wish in _read(text))
