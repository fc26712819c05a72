"""A small invented town whose listings are looked after by people, with a clock that can be put forward."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import col, select

from directory.app import create_app
from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings
from directory.tables import Mail
from directory.truth import Reminded
from tests.small_content import LISTING, write_small_content

DUE = datetime.date(2026, 6, 15)
"""When the listing that the council looks after is to be looked at again: four months after ``CHECKED``."""
CHECKED = "checked:\n  on: 2026-02-15\n  by: provider\n"
PLAY_GROUP = "name: Testbridge Play Group\n"
ADDRESS = "https://directory.example.org"


@dataclass
class Town:
    """The town's directory, on a day that can be changed."""

    folder: Path
    services: Services
    now: datetime.datetime

    def on(self, day: str) -> "Town":
        """The same town at nine on a day."""
        self.now = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(9), LONDON)
        return self

    def remind(self) -> Reminded:
        """What ``directory remind`` does that day."""
        return self.services.truth.remind(now=self.now)

    def write(self, slug: str, text: str) -> None:
        """Somebody changes a listing's file."""
        (self.folder / "content" / "listings" / f"{slug}.yaml").write_text(text, encoding="utf-8")
        self.services.look_again()

    def read(self, slug: str) -> str:
        """A listing's file."""
        return (self.folder / "content" / "listings" / f"{slug}.yaml").read_text(encoding="utf-8")

    @property
    def mails(self) -> list[Mail]:
        """Every mail that was written, in order."""
        with self.services.database.reading() as session:
            return list(session.exec(select(Mail).order_by(col(Mail.id))))

    def link(self, act: str, mail: Mail | None = None) -> str:
        """The path of the first such link in a mail, or in the newest."""
        found = re.search(rf"{ADDRESS}(/{act}/\S+)", (mail or self.mails[-1]).text)
        assert found, f"there is no link to {act}"
        return found[1]

    @property
    def app(self) -> Flask:
        """Its site."""
        return create_app(self.services, lambda: self.now)


def play_group(title: str, more: str = CHECKED) -> str:
    """The file of a listing of the play group's."""
    text = LISTING.replace("Little Stars stay and play", title).replace("testbridge-council", "testbridge-play-group")
    return text + more


ON_BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
"""For tests of what the two databases do each in their own way."""


@pytest.fixture
def town(tmp_path: Path, database_url: str) -> Iterator[Town]:
    """Little Stars is the council's and due on 15 June; the hub's own page was checked just now."""
    content = write_small_content(tmp_path / "content")
    (content / "providers" / "testbridge-play-group.yaml").write_text(PLAY_GROUP)
    (content / "listings" / "little-stars.yaml").write_text(LISTING + CHECKED)
    hub = content / "listings" / "brackenhill-family-hub.yaml"
    hub.write_text(hub.read_text() + "checked:\n  on: 2026-05-20\n  by: hub\n")
    settings = Settings(
        content,
        tmp_path / "index",
        database_url,
        site_url=ADDRESS,
        mail_folder=tmp_path / "mail",
    )
    services = Services.open(settings)
    yield Town(tmp_path, services, datetime.datetime(2026, 6, 1, 9, tzinfo=LONDON))
    services.database.close()
