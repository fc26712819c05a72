"""A folder of sound content and an index folder, new for each test."""

from pathlib import Path

import pytest

from tests.small_content import write_small_content


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder of sound content."""
    return write_small_content(tmp_path / "content")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index folder that is not there yet."""
    return tmp_path / "index"
