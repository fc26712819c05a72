"""A cancelled session on a running site: every worker's pages say so, though another process published it."""

import datetime
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.model.calendar import LONDON
from directory.moderation import State, What
from tests.moderation.world import COUNCIL, STARS, World, open_world, settings_for, write_content
from tests.test_command_line import served

GIVE_UP_SECONDS = 60
IN_A_ROW = 12
"""How many answers in a row must be new before both workers are taken to show it."""
NOTE = "The boiler is broken."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of a world whose council is trusted, and whose stay and play runs all year."""
    content = write_content(tmp_path)
    council, stars = content / "providers" / f"{COUNCIL}.yaml", content / "listings" / f"{STARS}.yaml"
    council.write_text(council.read_text() + "trusted: true\n")
    stars.write_text(stars.read_text().replace("  term: term_time\n", ""))
    return tmp_path


@pytest.fixture
def world(folder: Path) -> Iterator[World]:
    """The world of a process that is no worker."""
    world = open_world(settings_for(folder))
    yield world
    world.services.database.close()


def _next_tuesday() -> datetime.date:
    tomorrow = datetime.datetime.now(LONDON).date() + datetime.timedelta(1)
    return tomorrow + datetime.timedelta((1 - tomorrow.weekday()) % 7)


def _says(address: str) -> bool:
    with urllib.request.urlopen(address) as response:
        return NOTE in response.read().decode()


def test_a_cancelled_session_is_shown_so_on_every_page_of_every_worker(folder: Path, world: World) -> None:
    settings, day = world.services.settings, _next_tuesday().isoformat()
    environ = {
        "DIRECTORY_CONTENT": str(settings.content),
        "DIRECTORY_INDEX": str(folder / "index-of-the-site"),
        "DIRECTORY_DATABASE_URL": settings.database_url,
    }
    paths = (f"/listings/{STARS}", f"/whats-on/{day}", f"/hubs/brackenhill-family-hub/week/{day}")
    with served(environ, "--workers", "2") as (address, _):
        assert not any(_says(address + path) for path in paths)
        session = world.live()["sessions"][0]
        exceptions = [{"date": day, "change": "cancelled", "note": NOTE}]
        sent = world.propose(kind=What.CANCELLATION, sessions=[{**session, "exceptions": exceptions}])
        assert sent.state is State.APPROVED
        deadline = time.monotonic() + GIVE_UP_SECONDS
        for path in paths:
            in_a_row = 0
            while in_a_row < IN_A_ROW:
                in_a_row = in_a_row + 1 if _says(address + path) else 0
                assert time.monotonic() < deadline, path
