"""The invented borough with a database of the test's own for its counts, and visitors who search in it."""

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from directory.app import create_app
from directory.cli import main
from directory.insight import Insight, SearchCounts, insight_into
from directory.services import Services
from directory.settings import Settings
from tests.site.opened import NOW, open_site

TODAY = NOW.date()


@dataclass
class Counted:
    """A site whose clock can be put forward, and what it counted."""

    services: Services
    day: datetime.date = TODAY

    @cached_property
    def client(self) -> FlaskClient:
        """Visitors of whatever day it is."""
        return create_app(self.services, self._noon).test_client()

    def _noon(self) -> datetime.datetime:
        return datetime.datetime.combine(self.day, datetime.time(12), NOW.tzinfo)

    @property
    def url(self) -> str:
        """The database's address."""
        return self.services.settings.database_url

    def search(self, words: str, times: int = 1) -> None:
        """Somebody searches for the words, so often; a few seconds pass."""
        client = self.client
        for _ in range(times):
            assert client.get("/search", query_string={"q": words}).status_code == 200
        self.write()

    def write(self) -> None:
        """What the watch does every few seconds."""
        self.services.write_counts(self.day)

    def insight(self) -> Insight:
        """What the month's searches say."""
        return insight_into(self.url, self.day, self.services.snapshot, self.services.search.search, NOW)

    @property
    def asked(self) -> dict[str, int]:
        """How often each search of the month was asked, of those that are told."""
        return {one.words: one.asked for one in self.insight().most_asked}

    @property
    def opened(self) -> dict[str, int]:
        """How often each of them had a listing opened."""
        return {one.words: one.opened for one in self.insight().most_asked}

    def command(self, *arguments: str) -> str:
        """What ``directory insight`` prints; it never fails."""
        settings = self.services.settings
        folders = ["--content", str(settings.content), "--index", str(settings.index), "--database-url", self.url]
        done = CliRunner().invoke(main, ["insight", "--month", f"{self.day:%Y-%m}", *folders, *arguments])
        assert done.exit_code == 0, done.output
        return done.stdout

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        told: dict[str, Any] = json.loads(self.command("--json"))
        return told


@pytest.fixture(scope="session")
def borough(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """The invented borough, read and indexed once."""
    return open_site("testbridge", tmp_path_factory.mktemp("counted")).services


Open = Callable[[Settings], Counted]


@pytest.fixture
def opened_with(borough: Services) -> Open:
    """Opens the borough with other settings."""

    def opened(settings: Settings) -> Counted:
        searches = SearchCounts(settings.database_url, is_on=settings.count_searches)
        return Counted(replace(borough, settings=settings, searches=searches))

    return opened


@pytest.fixture
def settings(borough: Services, tmp_path: Path) -> Settings:
    """Those of the borough, with a database of the test's own."""
    return replace(borough.settings, database_url=f"sqlite:///{tmp_path / 'counts' / 'directory.sqlite'}")


@pytest.fixture
def site(opened_with: Open, settings: Settings) -> Counted:
    """The borough, where nobody has searched yet."""
    return opened_with(settings)
