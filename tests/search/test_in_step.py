"""The index keeps in step with the content, writing no more than it must."""

import datetime
import fcntl
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from directory.model.listing import Listing
from directory.model.place import Places
from directory.model.site import WordGroup
from directory.search import IndexNotWritten, SearchIndex, SyncReport
from tests.search.invented import (
    CATEGORIES,
    PLACES,
    PROVIDERS,
    ask,
    at,
    found,
    listing,
    many,
    snapshot,
)

UNCHANGED = SyncReport()


def opened(folder: Path, *listings: Listing) -> SearchIndex:
    index = SearchIndex(folder)
    index.sync(snapshot(*listings))
    return index


def build(folder: Path) -> Path:
    return (folder / "current").resolve()


def test_the_first_sync_builds_the_index_and_the_second_does_nothing(folder: Path) -> None:
    listings = many(30)
    index = SearchIndex(folder)
    assert index.sync(snapshot(*listings)) == SyncReport(written=30, is_rebuilt=True)
    before = build(folder)
    assert index.sync(snapshot(*listings)) == UNCHANGED
    assert SearchIndex(folder).sync(snapshot(*listings)) == UNCHANGED
    assert build(folder) == before


def test_a_changed_listing_alone_is_written(folder: Path) -> None:
    listings = many(60)
    index = opened(folder, *listings)
    listings[7] = listing("group-007", "Circle of drummers")
    assert index.sync(snapshot(*listings)) == SyncReport(written=1)
    assert found(index, "drummers") == ("group-007",)
    assert ask(index, "unique007").total == 0
    assert ask(index, "").total == 60


def test_removed_and_added_listings_are_noticed(folder: Path) -> None:
    listings = many(60)
    index = opened(folder, *listings)
    assert index.sync(snapshot(*listings[1:], listing("new", "Newcomer"))) == SyncReport(written=1, removed=1)
    assert ask(index, "unique000").total == 0
    assert found(index, "newcomer") == ("new",)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"publish_from": datetime.date(2026, 12, 1)}, id="a day of publication"),
        pytest.param({"status": "inactive"}, id="a status"),
        pytest.param({"locations": at("brackenhill")}, id="a place"),
        pytest.param({"delivery": ("online",)}, id="being reached from anywhere"),
        pytest.param({"alternate_names": ("Other",)}, id="another name"),
    ],
)
def test_whatever_ranking_needs_to_know_is_kept_in_step(folder: Path, said: dict[str, object]) -> None:
    listings = many(60)
    index = opened(folder, *listings)
    listings[3] = listings[3].model_copy(update=said)
    assert index.sync(snapshot(*listings)).written == 1


def test_what_nobody_searches_for_changes_nothing(folder: Path) -> None:
    listings = many(60)
    index = opened(folder, *listings)
    listings[3] = listings[3].model_copy(update={"internal_note": "Ring them.", "review_every_months": 3})
    assert index.sync(snapshot(*listings)) == UNCHANGED


def test_a_renamed_category_provider_or_place_reaches_its_listings(folder: Path) -> None:
    index = opened(folder, listing("a", "Group A", locations=at("brackenhill")))
    top = CATEGORIES[0]
    renamed = (top.model_copy(update={"categories": (top.categories[0], _named(top.categories[1], "Drummers"))}),)
    council = {"testbridge-council": PROVIDERS["testbridge-council"].model_copy(update={"name": "Trumpeters"})}
    places = Places(places=(_named(PLACES.places[0], "Fiddlers"),))
    where = listing("a", "Group A", locations=at("brackenhill"))
    index.sync(snapshot(where, categories=renamed, providers=council, places=places))
    assert [found(index, word) for word in ("drummers", "trumpeters", "fiddlers")] == [("a",)] * 3


def _named(value: Any, name: str) -> Any:
    return value.model_copy(update={"name": name})


def test_new_synonyms_count_at_once_though_no_listing_changed(folder: Path) -> None:
    index = opened(folder, *many(3))
    words = (WordGroup(words=("group", "gathering")),)
    assert index.sync(snapshot(*many(3), words=words)) == UNCHANGED
    assert ask(index, "gathering").total == 3


def test_after_many_changes_every_answer_is_that_of_an_index_built_anew(folder: Path, tmp_path: Path) -> None:
    chance = random.Random(5)
    kinds = ["baby group", "toddler stay and play", "food bank", "foodbank", "youth club", "café for dads"]
    listings = {n: listing(f"group-{n:03}", f"{chance.choice(kinds)} {n}") for n in range(120)}
    index, reports = opened(folder, *listings.values()), []
    for _ in range(25):
        for n in chance.sample(range(150), 3):
            listings[n] = listing(f"group-{n:03}", f"{chance.choice(kinds)} {n}", summary=chance.choice(kinds))
        listings.pop(chance.choice(list(listings)))
        reports.append(index.sync(snapshot(*listings.values())))
    assert sum(not report.is_rebuilt for report in reports) > 15
    anew = opened(tmp_path / "anew", *listings.values())
    for words in ["baby", "food bank", "foodbank", "stay play", "dads cafe club", "group 7", ""]:
        for page in (1, 2, 9):
            assert ask(index, words, page=page) == ask(anew, words, page=page)


def test_changes_do_not_pile_up_in_the_folder(folder: Path) -> None:
    listings = many(200)
    index = opened(folder, *listings)
    for n in range(20):
        listings[n] = listing(f"group-{n:03}", f"Changed {n}")
        assert index.sync(snapshot(*listings)) == SyncReport(written=1)
    assert len(list(build(folder).glob("*.trm"))) <= 8
    assert len(list(folder.glob("build-*"))) == 1


def test_where_much_has_changed_the_index_is_built_anew(folder: Path) -> None:
    index = opened(folder, *many(100))
    assert index.sync(snapshot(*many(100, "Circle"))).is_rebuilt
    assert ask(index, "circle").total == 100


def test_another_process_sees_the_change_when_it_refreshes(folder: Path) -> None:
    writer, reader = opened(folder, *many(3)), opened(folder, *many(3))
    writer.sync(snapshot(*many(3), listing("new", "Newcomer")))
    assert ask(reader, "newcomer").total == 0
    reader.refresh()
    assert found(reader, "newcomer") == ("new",)


def test_a_writer_that_waits_too_long_goes_on_with_what_there_is(folder: Path) -> None:
    index = opened(folder, *many(3))
    with (folder / ".lock").open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        began = time.monotonic()
        assert index.sync(snapshot(*many(4)), timeout=0.2) == SyncReport(is_waiting=True)
        assert time.monotonic() - began < 2
        assert ask(index, "").total == 3
    assert index.sync(snapshot(*many(4))).written == 1


def test_many_writers_at_once_take_turns_and_none_fails(folder: Path) -> None:
    """Whoosh's own writer raises LockError where another is at work."""
    listings = many(40)
    opened(folder, *listings)
    wanted = [snapshot(*listings, listing("extra", f"Extra {n}")) for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(lambda content: SearchIndex(folder).sync(content, timeout=60), wanted))
    assert [report.written for report in reports] == [1] * 8
    assert ask(opened(folder, *listings, listing("extra", "Extra 3")), "extra 3").slugs == ("extra",)


def test_a_folder_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("here")
    with pytest.raises(IndexNotWritten, match="a-file"):
        SearchIndex(tmp_path / "a-file").sync(snapshot(*many(3)))


def test_asking_whether_anything_changed_costs_next_to_nothing(folder: Path) -> None:
    index, content = SearchIndex(folder), snapshot(*many(300))
    index.sync(content)
    began = time.perf_counter()
    for _ in range(200):
        index.refresh()
        index.sync(content)
    assert (time.perf_counter() - began) / 200 < 0.001


def test_searches_never_fail_while_the_index_is_replaced_again_and_again(folder: Path) -> None:
    index, other = opened(folder, *many(40)), SearchIndex(folder)
    stop = threading.Event()

    def search_on(_reader: int) -> int:
        done = 0
        while not stop.is_set() or done < 50:
            index.refresh()
            asked = ask(index, "group")
            assert (asked.slugs[0], asked.total) == ("group-000", 40)
            done += 1
            stop.wait(0.001)  # lets the writer have a turn
        return done

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(search_on, n) for n in range(2)]
        for _ in range(12):
            other.rebuild(snapshot(*many(40)))
        stop.set()
        assert all(reader.result() >= 50 for reader in readers)
