"""Pages of results, days, and what a search from a place changes."""

import datetime
from pathlib import Path

import pytest

from directory.search import IndexNotReady, Query, SearchIndex
from tests.search.invented import (
    BRACKENHILL,
    NEAR_BRACKENHILL,
    NEAR_STOURFORD,
    NOW,
    STOURFORD,
    ask,
    at,
    found,
    listing,
    many,
    snapshot,
)


@pytest.fixture(scope="module")
def groups(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    made = SearchIndex(tmp_path_factory.mktemp("search_index"))
    made.sync(snapshot(*many(25)))
    return made


def test_pages_follow_each_other_without_gap_or_repeat(groups: SearchIndex) -> None:
    pages = [found(groups, "group", page=page) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert pages[0] + pages[1] + pages[2] == tuple(f"group-{n:03}" for n in range(25))


@pytest.mark.parametrize("page", [4, 5, 1000, 10**18])
def test_a_page_past_the_last_is_empty_and_not_the_last_again(groups: SearchIndex, page: int) -> None:
    asked = ask(groups, "group", page=page)
    assert (asked.slugs, asked.total) == ((), 25)


@pytest.mark.parametrize("page", [0, -1, -(10**18)])
def test_a_page_before_the_first_is_the_first(groups: SearchIndex, page: int) -> None:
    assert found(groups, "group", page=page) == found(groups, "group")


def test_the_total_is_the_same_on_every_page_and_counts_each_listing_once(groups: SearchIndex) -> None:
    assert {ask(groups, "group", page=page).total for page in (1, 2, 3, 9)} == {25}


def test_a_word_that_hundreds_have_finds_them_all(folder: Path) -> None:
    """More than fit into one block of Whoosh's postings."""
    made = SearchIndex(folder)
    made.sync(snapshot(*many(700)))
    assert set(found(made, "group", per_page=1000)) == {f"group-{n:03}" for n in range(700)}


def test_nothing_can_be_searched_before_there_is_an_index(folder: Path) -> None:
    with pytest.raises(IndexNotReady):
        SearchIndex(folder).search(Query("food", NOW))
    assert not SearchIndex(folder).is_ready


def test_an_index_of_no_listings_answers_that_there_are_none(folder: Path) -> None:
    made = SearchIndex(folder)
    made.sync(snapshot())
    assert [ask(made, words).total for words in ("", "food", "the")] == [0, 0, 0]
    assert made.status.is_ready


def test_a_listing_is_found_on_the_days_of_its_publication_alone(folder: Path) -> None:
    start, end = datetime.date(2026, 11, 24), datetime.date(2026, 11, 25)
    made = SearchIndex(folder)
    made.sync(snapshot(listing("window", "Pop-up clinic", publish_from=start, publish_until=end), listing("b", "B")))
    seen = [found(made, "clinic", at=NOW + datetime.timedelta(days)) for days in (-1, 0, 1, 2)]
    assert seen == [(), ("window",), ("window",), ()]
    assert [ask(made, "", at=NOW + datetime.timedelta(days)).total for days in (-1, 0, 2)] == [1, 2, 1]


@pytest.mark.parametrize("status", ["inactive", "defunct"])
def test_a_withdrawn_listing_is_not_found(folder: Path, status: str) -> None:
    made = SearchIndex(folder)
    made.sync(snapshot(listing("gone", "Old clinic", status=status), listing("b", "New clinic")))
    assert found(made, "clinic") == found(made, "") == ("b",)


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    made = SearchIndex(tmp_path_factory.mktemp("search_index"))
    made.sync(
        snapshot(
            listing("here", "Toddler group B", locations=at("brackenhill")),
            listing("there", "Toddler group A", locations=at("stourford")),
            listing("online", "Toddler group online", delivery=("online",)),
            listing("national", "Toddler group line", service_areas=("national",)),
            listing("baby", "Baby group", locations=at("brackenhill")),
        )
    )
    return made


def test_of_equal_answers_the_nearer_comes_first(placed: SearchIndex) -> None:
    from_here, from_there = (found(placed, "toddler group", near=near) for near in (NEAR_BRACKENHILL, NEAR_STOURFORD))
    assert from_here.index("here") < from_here.index("there")
    assert from_there.index("there") < from_there.index("here")


def test_what_has_no_place_is_not_lost_when_a_place_is_given(placed: SearchIndex) -> None:
    assert set(found(placed, "toddler group", near=NEAR_BRACKENHILL)) == set(found(placed, "toddler group"))


def test_a_better_answer_further_off_stays_ahead(placed: SearchIndex) -> None:
    nearest, *others = found(placed, "toddler group", near=NEAR_BRACKENHILL)
    assert nearest == "here"
    assert "baby" not in others[:3]


def test_results_say_how_many_miles_off_they_are(placed: SearchIndex) -> None:
    asked = ask(placed, "toddler group", near=NEAR_BRACKENHILL)
    miles = dict(zip(asked.slugs, asked.miles, strict=True))
    assert miles["here"] == pytest.approx(0, abs=0.01)
    assert miles["there"] == pytest.approx(BRACKENHILL.miles_to(STOURFORD), abs=0.01)
    assert miles["online"] is None
    assert set(ask(placed, "toddler group").miles) == {None}


def test_no_words_and_a_place_give_the_nearest_first_and_lose_nothing(placed: SearchIndex) -> None:
    assert found(placed, "", near=NEAR_BRACKENHILL) == ("baby", "here", "there", "national", "online")


def test_a_hidden_address_can_be_found_by_its_town_and_by_nothing_closer(folder: Path) -> None:
    hidden = at("stourford", hide_exact_address=True, postal_code="TB8 1XF", latitude=53.5, longitude=1.9)
    made = SearchIndex(folder)
    made.sync(snapshot(listing("refuge", "Safe house", locations=hidden), listing("b", "Baby yoga")))
    assert [ask(made, words).total for words in ("foundry", "1xf")] == [0, 0]
    assert found(made, "stourford")[0] == "refuge"
    miles, *_ = ask(made, "stourford", near=NEAR_STOURFORD).miles
    assert miles == pytest.approx(0, abs=0.01)
