"""A world for each test: on SQLite, or on both databases where what is tested is said in SQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.moderation.world import World, open_world, settings_for, write_content
from tests.postgres import NewDatabase

OpenWorld = Callable[[str], World]


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database; every test that asks for one runs on both."""
    if request.param == "sqlite":
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
