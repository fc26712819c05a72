"""A world for each test: on SQLite, or on the databases that the test names."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.moderation.world import World, open_world, settings_for, write_content
from tests.postgres import NewDatabase

OpenWorld = Callable[[str], World]


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: SQLite's, but for tests that are to run on ``BOTH``."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{tmp_path / 'directory.sqlite'}"
    new_postgres: NewDatabase = request.getfixturevalue("new_postgres")
    return new_postgres()


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    """A small directory with people in it."""
    write_content(tmp_path)
    world = open_world(settings_for(tmp_path, database_url))
    yield world
    world.services.database.close()
