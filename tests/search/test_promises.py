"""The promises that the content makes: a person who types these words sees one of these listings."""

from pathlib import Path

from directory.content import load
from directory.model.site import SearchCheck
from directory.search import SearchIndex, broken_promises
from tests.search.invented import LISTINGS, NOW, snapshot

CONTENT = Path(__file__).parents[2] / "content"


def test_every_promise_of_the_content_is_kept(tmp_path: Path) -> None:
    loaded = load(CONTENT, tmp_path)
    assert loaded.snapshot is not None, loaded.faults
    index = SearchIndex(tmp_path)
    index.sync(loaded.snapshot)
    assert [str(one) for one in broken_promises(index, loaded.snapshot, NOW)] == []
    assert len(loaded.snapshot.search_checks) >= 150


def test_a_broken_promise_says_what_is_shown_instead(tmp_path: Path) -> None:
    kept = SearchCheck(words="food bank", shows=("food-bank",), within=1)
    broken = SearchCheck(words="uniform", shows=("pantry", "stay"), within=1)
    empty = SearchCheck(words="zzxxqqyyzz", shows=("pantry",))
    content = snapshot(*LISTINGS, search_checks=(kept, broken, empty))
    index = SearchIndex(tmp_path)
    index.sync(content)
    told = [str(one) for one in broken_promises(index, content, NOW)]
    assert [one.split(".")[0] for one in told] == [
        "“uniform” does not show pantry or stay first; what comes is uniform",
        "“zzxxqqyyzz” does not show pantry among the first 3; nothing comes",
    ]
