"""A site over a small content of two providers, for tests of what partners do, on Monday 23 November 2026."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from html5lib import parse
from werkzeug.test import TestResponse

from directory.accounts import Who
from directory.app import create_app
from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings
from tests import staff
from tests.small_content import LISTING, SITE, write_small_content
from tests.web.compiled_templates import share_compiled_templates

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=LONDON)
COUNCIL, CLUB = "testbridge-council", "corner-club"
_BODY = "{http://www.w3.org/1999/xhtml}body"
_CALENDAR = """\
terms:
- name: Autumn term
  starts: 2026-09-02
  ends: 2026-12-18
bank_holidays:
- date: 2026-12-25
  name: Christmas Day
"""
_CHESS = """\
kind: activity
title: Chess corner
summary: Chess for beginners.
provider: corner-club
categories:
- stay-and-play
access:
  ways:
  - drop_in
locations:
- at: brackenhill-family-hub
sessions:
- day: monday
  opens_at: "17:00"
  closes_at: "18:00"
phones:
- number: 01632 960124
checked:
  on: {checked}
  by: provider
"""


def _files() -> dict[str, str]:
    return {
        "site.yaml": SITE + "languages: [en, ur]\nunchecked_languages: [ur]\n",
        "calendar.yaml": _CALENDAR,
        "providers/corner-club.yaml": "name: Corner Club\n",
        "listings/little-stars.yaml": LISTING,
        "listings/chess-corner.yaml": _CHESS.format(checked="2026-06-01"),
        "listings/drum-corner.yaml": _CHESS.format(checked="2026-11-03").replace("Chess", "Drum"),
        "listings/film-corner.yaml": _CHESS.format(checked="2026-01-05").replace("Chess", "Film"),
    }


@dataclass
class PartnerSite:
    """The site, and whoever signs in to it. ``now`` is its time, which tests may move."""

    services: Services
    app: Flask
    content: Path
    now: datetime.datetime = NOW

    def partner(self, provider: str = CLUB, name: str = "") -> Who:
        """A partner of a provider."""
        return staff.partner(self.services, provider, name)

    def as_partner(self, provider: str = CLUB) -> FlaskClient:
        """A partner's browser."""
        return self.browser(self.partner(provider))

    def browser(self, who: Who) -> FlaskClient:
        """The browser of somebody who is signed in."""
        return staff.sign_in(self.app, self.services, who)

    def as_moderator(self) -> FlaskClient:
        """The browser of a moderator of the whole directory."""
        return self.browser(staff.moderator(self.services))


def open_partner_site(folder: Path, database_url: str | None = None) -> PartnerSite:
    """Writes the content below a folder and opens the site over it, with a database there where none is named."""
    content, index = write_small_content(folder / "content"), folder / "index"
    for path, text in _files().items():
        (content / path).write_text(text, encoding="utf-8")
    index.mkdir()
    services = Services.open(Settings(content, index, database_url or f"sqlite:///{folder / 'directory.sqlite'}"))
    app = share_compiled_templates(create_app(services, clock=lambda: site.now))
    site = PartnerSite(services, app, content)
    return site


def words(answer: TestResponse) -> str:
    """What a page says, as one line of text, after a good answer."""
    assert answer.status_code == 200, (answer.request.path, answer.status_code)
    body = parse(answer.text).find(_BODY)
    assert body is not None
    return " ".join(" ".join(body.itertext()).split())
