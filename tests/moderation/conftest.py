"""A world for each test: on SQLite, or on the databases that the test names."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.moderation.world import World, open_world, settings_for, write_content

OpenWorld = Callable[[str], World]


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    """A small directory with people in it."""
    write_content(tmp_path)
    world = open_world(settings_for(tmp_path, database_url))
    yield world
    world.services.database.close()
