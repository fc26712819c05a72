"""The invented directory, indexed."""

from pathlib import Path

import pytest

from directory.search import SearchIndex
from tests.search.invented import EVERYTHING


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """The invented directory in an index that no test changes."""
    made = SearchIndex(tmp_path_factory.mktemp("search_index"))
    made.sync(EVERYTHING)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a test may make an index of its own."""
    return tmp_path / "search_index"
