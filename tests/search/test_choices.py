"""What results can be narrowed by, and what each choice leaves: how to get in, and what children need."""

from pathlib import Path
from typing import Any

import pytest

from directory.model.filters import Filter, filter_of
from directory.model.listing import Access
from directory.search import SearchIndex
from tests.search.invented import ask, found, listing, snapshot

BOOKED = listing("booked", "Group booked", access=Access(ways=("book",)))
BOTH = listing("both", "Group both", access=Access(ways=("drop_in", "book")))
REFERRED = listing("referred", "Group referred", access=Access(ways=("professional_referral",)))
AUTISM = listing("autism", "Group autism", eligibility={"send_needs": ("autism",)})
VISION = listing("vision", "Group sight", eligibility={"send_needs": ("vision", "hearing")})
EVERY = listing("every", "Group every", eligibility={"send_needs": ("any",)})
NOTHING_SAID = listing("unsaid", "Group unsaid")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """What says how to get in, and what children it is for."""
    made = SearchIndex(tmp_path_factory.mktemp("search_index"))
    made.sync(snapshot(BOOKED, BOTH, REFERRED, AUTISM, VISION, EVERY, NOTHING_SAID))
    return made


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        pytest.param("how:book", {"booked", "both"}, id="what is booked"),
        pytest.param("how:drop_in", {"both", "autism", "vision", "every", "unsaid"}, id="where people just turn up"),
        pytest.param("send:some", {"autism", "vision", "every"}, id="any need at all"),
        pytest.param("send:any", {"every"}, id="what is for every need"),
        pytest.param("send:autism", {"autism", "every"}, id="one need, and what is for every need"),
        pytest.param("send:learning", {"every"}, id="a need that nobody names"),
    ],
)
def test_a_choice_leaves_what_says_so(index: SearchIndex, chosen: str, expected: set[str]) -> None:
    one = filter_of(*chosen.split(":"))
    assert one
    assert set(found(index, "group", filters=(one,))) == set(found(index, "", filters=(one,))) == expected


def test_needs_are_offered_from_any_of_them_to_each_that_is_named_with_what_each_leaves(index: SearchIndex) -> None:
    offered = {one.filter.value: one.count for one in dict(ask(index, "group").choices)["send"]}
    assert list(offered) == ["some", "autism", "hearing", "vision"]
    assert offered == {"some": 3, "autism": 2, "hearing": 2, "vision": 2}


def test_every_count_of_a_way_in_is_what_choosing_it_leaves(index: SearchIndex) -> None:
    for one in dict(ask(index, "group").choices)["how"]:
        assert ask(index, "group", filters=(one.filter,)).total == one.count


@pytest.mark.parametrize("needs", [(), ("any",)], ids=["none", "for every need"])
def test_where_nobody_names_a_need_only_any_of_them_is_offered(tmp_path: Path, needs: tuple[Any, ...]) -> None:
    made = SearchIndex(tmp_path)
    made.sync(snapshot(listing("a", "Group a", eligibility={"send_needs": needs}), NOTHING_SAID))
    offered = [one.filter for one in dict(ask(made, "group").choices).get("send", ())]
    assert offered == ([Filter("send", "some")] if needs else [])
