"""A search is right from start to end while the index is rebuilt and swapped under it."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from directory.model.snapshot import Snapshot
from directory.search import Results, SearchIndex
from tests.search.invented import ask, many, snapshot

READERS, SWAPS = 8, 25
BETWEEN_SWAPS = 2
"""How many searches each reader makes, at least, before the next swap."""
SMALL, LARGE = snapshot(*many(40)), snapshot(*many(60, "Large group"))
ASKED = ("group", "group 7", "unique011", "large", "nothing like it", "")

Answers = dict[str, Results]
Swap = Callable[[SearchIndex, Path, Snapshot], object]


def answers_of(index: SearchIndex) -> Answers:
    return {words: ask(index, words) for words in ASKED}


def by_another_process(index: SearchIndex, folder: Path, content: Snapshot) -> None:
    SearchIndex(folder).rebuild(content)
    index.refresh()


def by_the_same_index(index: SearchIndex, _folder: Path, content: Snapshot) -> None:
    assert index.sync(content).is_rebuilt


@pytest.mark.parametrize("swap", [by_another_process, by_the_same_index])
def test_eight_readers_see_whole_answers_through_twenty_five_swaps(folder: Path, tmp_path: Path, swap: Swap) -> None:
    index = SearchIndex(folder)
    right = [answers_alone(tmp_path / name, content) for name, content in (("small", SMALL), ("large", LARGE))]
    assert all(right[0][words] != right[1][words] for words in ("group", "large", ""))
    index.rebuild(SMALL)
    stop, done = threading.Event(), [0] * READERS

    def read_on(reader: int) -> None:
        while not stop.is_set():
            for words in ASKED:
                index.refresh()
                found = ask(index, words)
                assert any(found == answers[words] for answers in right), words
            done[reader] += 1
            stop.wait(0.01)  # lets the writer have a turn

    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(read_on, number) for number in range(READERS)]
        try:
            for number in range(SWAPS):
                swap(index, folder, (LARGE, SMALL)[number % 2])
                let_read(readers, done, [count + BETWEEN_SWAPS for count in done])
        finally:
            stop.set()
        for reader in readers:
            reader.result()
    assert answers_of(index) == right[SWAPS % 2]


def answers_alone(folder: Path, content: Snapshot) -> Answers:
    """What an index answers that nobody else touches."""
    index = SearchIndex(folder)
    index.rebuild(content)
    return answers_of(index)


def let_read(readers: list[Future[None]], done: list[int], until: list[int]) -> None:
    """Waits until every reader has read as often as that, or one has failed."""
    pause = threading.Event()
    while any(count < least for count, least in zip(done, until, strict=True)):
        if any(reader.done() for reader in readers):
            return
        pause.wait(0.001)
