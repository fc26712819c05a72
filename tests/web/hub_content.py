"""An invented hub with a busy week, for tests of what is on there day by day."""

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path

from flask.testing import FlaskClient

from directory.app import create_app
from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings
from tests.small_content import HUB, SITE, write_small_content
from tests.web.rich_content import CALENDAR

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SLUG = "brackenhill-family-hub"
IN_THREE_LANGUAGES = SITE + "languages: [en, pl, ur]\nunchecked_languages: [pl, ur]\n"
HOURS = """\
opening_hours:
- days: [monday, tuesday, wednesday, thursday, friday]
  opens_at: "09:00"
  closes_at: "17:00"
"""
ACTIVITY = """\
kind: activity
title: {title}
summary: Something to do for people in Brackenhill.
provider: testbridge-council
categories: [stay-and-play]
access: {{ways: [drop_in]}}
locations:
- at: {at}
sessions:
{sessions}
"""
SESSION = """\
- day: {day}
  opens_at: "{begins:02}:{minute:02}"
  closes_at: "{ends:02}:{minute:02}"
  room: The community room on the ground floor
  name: Children and their grown-ups
"""


class HubSite:
    """A site over a content, asked at whatever moment in London a test names."""

    def __init__(self, content: Path, folder: Path) -> None:
        index = folder / "index"
        index.mkdir()
        self.services = Services.open(Settings(content, index, f"sqlite:///{folder / 'directory.sqlite'}"))
        self._now = datetime.datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
        self._app = create_app(self.services, clock=lambda: self._now)

    def at(self, moment: str) -> FlaskClient:
        """Somebody who asks at that moment, such as 2026-11-24T10:30."""
        self._now = datetime.datetime.fromisoformat(moment).replace(tzinfo=LONDON)
        return self._app.test_client()

    def page(self, path: str, moment: str = "2026-11-24T10:30") -> str:
        """A page at that moment, after a good answer."""
        answer = self.at(moment).get(path)
        assert answer.status_code == 200, path
        return answer.text


def write_hub(folder: Path, listings: Mapping[str, str], hub: str = HUB + HOURS) -> Path:
    """Writes a small content with these listings, whole files by slug, and returns its folder."""
    write_small_content(folder)
    (folder / "site.yaml").write_text(IN_THREE_LANGUAGES, encoding="utf-8")
    (folder / "calendar.yaml").write_text(CALENDAR, encoding="utf-8")
    (folder / "listings" / "little-stars.yaml").unlink()
    for slug, text in ({SLUG: hub} | dict(listings)).items():
        (folder / "listings" / f"{slug}.yaml").write_text(text, encoding="utf-8")
    return folder


def activity(title: str, sessions: str, at: str = SLUG) -> str:
    """An activity at a hub, with its sessions as they stand in a file."""
    return ACTIVITY.format(title=title, sessions=sessions.rstrip("\n"), at=at)


def busy(
    count: int, days: Iterable[str], note: str = "", at: str = SLUG, title: str = "Talk and play for toddlers"
) -> dict[str, str]:
    """So many activities at a hub, each once a week, on these days by turns."""
    days, found = tuple(days), dict[str, str]()
    for number in range(count):
        hour, minute = 9 + number // len(days) % 8, number % 4 * 15
        session = SESSION.format(day=days[number % len(days)], begins=hour, ends=hour + 1, minute=minute)
        said = f"  note: {note}\n" if note else ""
        found[f"{at}-group-{number:02}"] = activity(f"{title}, group number {number:02}", session + said, at)
    return found
