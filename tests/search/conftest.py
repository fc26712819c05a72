"""The invented directory, indexed."""

from pathlib import Path

import pytest

from directory.content import load
from directory.search import SearchIndex
from tests.search.invented import EVERYTHING

TESTBRIDGE = Path(__file__).parents[1] / "data" / "testbridge" / "content"


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """The invented directory in an index that no test changes."""
    made = SearchIndex(tmp_path_factory.mktemp("search_index"))
    made.sync(EVERYTHING)
    return made


@pytest.fixture(scope="session")
def testbridge(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """The invented borough in an index that no test changes."""
    folder = tmp_path_factory.mktemp("testbridge")
    snapshot = load(TESTBRIDGE, folder).snapshot
    assert snapshot
    made = SearchIndex(folder / "search_index")
    made.sync(snapshot)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a test may make an index of its own."""
    return tmp_path / "search_index"
