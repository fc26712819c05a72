"""A site over a small content with listings of a test's own, at a time of its own."""

import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from directory.app import create_app
from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings
from directory.web.showing import EXTENSION
from tests.small_content import CATEGORIES, SITE, write_small_content
from tests.web.calendar_reader import ReadCalendar, get_calendar

NOW = datetime.datetime(2026, 11, 21, 9, 0, tzinfo=LONDON)
"""A Saturday."""
HUB = "brackenhill-family-hub"
CALENDAR = """\
terms:
- {name: Autumn term, starts: 2026-09-02, ends: 2026-12-18}
holidays:
- {name: Christmas holidays, starts: 2026-12-19, ends: 2027-01-03}
bank_holidays:
- {date: 2026-12-25, name: Christmas Day}
- {date: 2026-12-28, name: Boxing Day (substitute day)}
"""
MORE_CATEGORIES = """\
- slug: staying-safe
  name: Staying safe
  summary: Help when somebody hurts you
  sensitive: true
  categories:
  - slug: domestic-abuse
    name: Domestic abuse
"""


def session(day: str = "tuesday", opens_at: str = "10:00", closes_at: str = "11:30", **more: Any) -> dict[str, Any]:
    """A weekly session as the keys of a content file."""
    return {"day": day, "opens_at": opens_at, "closes_at": closes_at, **more}


def listing(title: str, *sessions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A listing at the hub as the keys of a content file."""
    return {
        "kind": "activity",
        "title": title,
        "summary": "Something to do.",
        "provider": "testbridge-council",
        "categories": ["talking"],
        "access": {"ways": ["drop_in"]},
        "locations": [{"at": HUB}],
        "sessions": list(sessions),
        **more,
    }


@dataclass(frozen=True)
class CalendarSite:
    """The site, its stores, and the folder of its content."""

    client: FlaskClient
    services: Services
    content: Path

    def at(self, now: datetime.datetime) -> "CalendarSite":
        """The same site, at another time."""
        self.client.application.extensions[EXTENSION].clock = lambda: now
        return self

    def calendar(self, path: str) -> ReadCalendar:
        """The calendar at an address, as another program reads it."""
        return get_calendar(self.client, path)

    def say(self, slug: str, said: dict[str, Any]) -> None:
        """Writes a listing's file by hand, and lets the site see it."""
        _write(self.content, slug, said)
        self.services.look_again()


def open_calendar_site(
    folder: Path, listings: dict[str, dict[str, Any]], now: datetime.datetime = NOW, site_url: str = ""
) -> CalendarSite:
    """A site over the hub, Little Stars and these listings, in English and Urdu."""
    content = write_small_content(folder / "content")
    (content / "site.yaml").write_text(SITE + "languages: [en, ur]\nunchecked_languages: [ur]\n", encoding="utf-8")
    (content / "categories.yaml").write_text(CATEGORIES + MORE_CATEGORIES, encoding="utf-8")
    (content / "calendar.yaml").write_text(CALENDAR, encoding="utf-8")
    for slug, said in listings.items():
        _write(content, slug, said)
    (folder / "index").mkdir()
    settings = Settings(content, folder / "index", f"sqlite:///{folder / 'directory.sqlite'}", site_url=site_url)
    services = Services.open(settings)
    return CalendarSite(create_app(services, clock=lambda: now).test_client(), services, content)


def _write(content: Path, slug: str, said: dict[str, Any]) -> None:
    (content / "listings" / f"{slug}.yaml").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
