"""What is carried over from one state of the content to the next never shows in an answer."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.content import load
from directory.model.filters import Filter
from directory.model.listing import Listing
from directory.model.nearby import Nearby
from directory.model.session import Session, SessionException
from directory.model.snapshot import Snapshot
from directory.search import ORDERS, Fitting, Query, Results, SearchIndex
from tests.search.conftest import TESTBRIDGE
from tests.search.invented import BRACKENHILL, NOW

CHANGES = 12
"""More than make the index join its smallest segments."""
EACH = 7
SEED = 2
PEOPLES = tuple(
    str(told.get("q_test") or told["q"])
    for line in (TESTBRIDGE.parent / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    for told in [json.loads(line)]
)
"""What people typed, as the invented borough's searches have it."""
NARROWED = tuple(
    Query(words, NOW, near, filters, order=order)
    for words in ("", "baby group", "help")
    for order in ORDERS
    for near in (None, Nearby("Brackenhill", BRACKENHILL))
    for filters in (
        (),
        (Filter("day", "2026-11-24"),),
        (Filter("day", "2026-11-25..2026-12-24"), Filter("time", "evening"), Filter("within", "5")),
        (Filter("day", "2027-12-28"), Filter("age", "1y-2y")),
        (Filter("day", "tuesday"), Filter("time", "morning"), Filter("cost", "free")),
    )
)


@pytest.fixture(scope="module")
def borough(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The invented borough."""
    snapshot = load(TESTBRIDGE, tmp_path_factory.mktemp("memory")).snapshot
    assert snapshot
    return snapshot


def changed(chance: random.Random, before: Snapshot) -> Snapshot:
    """The content after a change of one to three listings: of words, of dates, of status, or taken from another."""
    listings = list(before.listings.values())
    come: dict[str, Listing | None] = {}
    for one in chance.sample([one for one in listings if not one.is_building], chance.randint(1, 3)):
        other = chance.choice(listings)
        come[one.slug] = chance.choice(
            (
                one.model_copy(update={"summary": other.summary, "categories": other.categories}),
                one.model_copy(update={"sessions": other.sessions, "opening_hours": other.opening_hours}),
                one.model_copy(update={"sessions": tuple(map(cancelled, one.sessions))}),
                one.model_copy(update={"locations": other.locations, "status": chance.choice(("active", "inactive"))}),
                None,
            )
        )
    extra = chance.choice(listings).model_copy(update={"slug": f"extra-{chance.random()}"[:12]})
    come |= {extra.slug: extra} if chance.random() < 0.5 else {}
    return before.with_listings(f"revision {chance.random()}", come)


def cancelled(session: Session) -> Session:
    """The session without its date of this week."""
    off = SessionException(date=NOW.date(), change="cancelled")
    return session.model_copy(update={"exceptions": (off,)})


def searches() -> Iterator[Query]:
    yield from (Query(words, NOW) for words in PEOPLES)
    yield from NARROWED


def everything_asked_of(index: SearchIndex) -> list[tuple[Query, Results, Fitting]]:
    return [(query, index.search(query), index.fitting(query)) for query in searches()]


def test_after_any_changes_all_searches_answer_as_in_a_new_index(borough: Snapshot, tmp_path: Path) -> None:
    chance, content, index = random.Random(SEED), borough, SearchIndex(tmp_path / "old")
    index.sync(content)
    for number in range(CHANGES):
        if number % EACH == 0:
            everything_asked_of(index)
        content = changed(chance, content)
        assert not index.sync(content).is_rebuilt
    anew = SearchIndex(tmp_path / "new")
    anew.sync(content)
    assert everything_asked_of(index) == everything_asked_of(anew)


@pytest.mark.parametrize("query", NARROWED[::4] + tuple(Query(words, NOW) for words in PEOPLES[::12]))
def test_all_that_fits_is_what_the_pages_show_together(testbridge: SearchIndex, query: Query) -> None:
    fitting, first = testbridge.fitting(query), testbridge.search(query)
    pages = [
        testbridge.search(Query(query.words, NOW, query.near, query.filters, order=query.order, page=number))
        for number in range(1, first.total // 10 + 2)
    ]
    shown = [slug for page in pages for slug in page.slugs]
    assert len(shown) == first.total
    assert fitting == Fitting(frozenset(shown), first.understood, first.urgent)


def test_what_fits_hangs_on_the_day_alone_and_on_neither_page_nor_order(testbridge: SearchIndex) -> None:
    asked = Query("baby group", NOW)
    others = [Query("baby group", NOW.replace(hour=18)), Query("baby group", NOW, order="soonest", page=3, per_page=5)]
    assert all(testbridge.fitting(one) is testbridge.fitting(asked) for one in others)
