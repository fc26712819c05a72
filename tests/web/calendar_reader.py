"""Calendar files as another program reads them: ical.js, the parser of Thunderbird, which shares nothing with ours."""

import datetime
import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from tests import programs

SCRIPT = Path(__file__).parent / "read_calendars.mjs"


@dataclass(frozen=True)
class ReadEvent:
    """One event with its moments in UTC and its properties by their small names."""

    begins: datetime.datetime
    ends: datetime.datetime
    zone: str
    recurs: bool
    says: Mapping[str, str]

    @property
    def span(self) -> str:
        """When it is, in UTC, as 2026-11-24 10:00 to 11:30."""
        return f"{self.begins:%Y-%m-%d %H:%M} to {self.ends:%H:%M}"


@dataclass(frozen=True)
class ReadCalendar:
    """One file: what it says of itself, the zones that it tells, and its events in order."""

    says: Mapping[str, str]
    zones: Sequence[str]
    events: Sequence[ReadEvent]

    @property
    def spans(self) -> list[str]:
        """When each event is, in UTC."""
        return [one.span for one in self.events]

    def titles(self) -> set[str]:
        """What its events are called."""
        return {one.says["summary"] for one in self.events}


def read_calendars(*files: str) -> list[ReadCalendar]:
    """The files as the parser understood them; one that is not valid fails the test with the parser's words."""
    command = [str(programs.node()), str(SCRIPT)]
    done = subprocess.run(command, input=json.dumps(files), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [_calendar(one) for one in json.loads(done.stdout)]


def get_calendar(client: FlaskClient, path: str) -> ReadCalendar:
    """The calendar at an address of the site, after a good answer."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return read_calendars(answer.text)[0]


def _calendar(read: Mapping[str, Any]) -> ReadCalendar:
    assert read["name"] == "vcalendar"
    return ReadCalendar(dict(read["properties"]), read["zones"], [_event(one) for one in read["events"]])


def _event(read: Mapping[str, Any]) -> ReadEvent:
    begins, ends = (datetime.datetime.fromisoformat(read[key]) for key in ("begins", "ends"))
    return ReadEvent(begins, ends, read["zone"], read["recurs"], dict(read["properties"]))
