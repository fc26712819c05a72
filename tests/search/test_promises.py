"""The promises that the content makes: a person who types these words sees one of these listings."""

from pathlib import Path

from directory.content import load
from directory.search import SearchIndex
from tests.search.invented import found

CONTENT = Path(__file__).parents[2] / "content"


def test_every_promise_of_the_content_is_kept(tmp_path: Path) -> None:
    loaded = load(CONTENT, tmp_path)
    assert loaded.snapshot is not None, loaded.faults
    index = SearchIndex(tmp_path)
    index.sync(loaded.snapshot)
    broken = [
        f"{promise.words!r} does not show {promise.shows} in the first {promise.within}"
        for promise in loaded.snapshot.search_checks
        if not set(promise.shows) & set(found(index, promise.words)[: promise.within])
    ]
    assert broken == []
    assert loaded.snapshot.search_checks
