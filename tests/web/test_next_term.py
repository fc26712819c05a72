"""Last term's sessions go on in the next: filled in from the calendar, played back, and sent as one change."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from html5lib import parse
from werkzeug.test import TestResponse

from directory.content import ContentStore
from directory.moderation import Fields, Risk, State, What
from tests import staff
from tests.web.filled_forms import form_in
from tests.web.partner_site import CLUB, NOW, PartnerSite, open_partner_site, words

PAGE = "/desk/listings/chess-corner/next-term"
TERMS = """\
terms:
- name: Autumn term, second half
  starts: 2026-11-02
  ends: 2026-12-18
- name: Spring term, first half
  starts: 2027-01-04
  ends: 2027-02-12
- name: Spring term, second half
  starts: 2027-02-22
  ends: 2027-03-25
holidays:
- name: Christmas holidays
  starts: 2026-12-19
  ends: 2027-01-03
- name: February half-term
  starts: 2027-02-13
  ends: 2027-02-21
"""
MONDAY = {
    "day": "monday",
    "opens_at": "17:00",
    "closes_at": "18:00",
    "room": "Room 2",
    "valid_from": "2026-11-02",
    "valid_to": "2026-12-18",
    "exceptions": [
        {"date": "2026-11-16", "change": "cancelled"},
        {"date": "2026-12-07", "change": "cancelled", "note": "The hall is shut."},
    ],
}
THURSDAY = {
    "name": "Beginners",
    "frequency": "fortnightly",
    "day": "thursday",
    "dtstart": "2026-11-05",
    "opens_at": "16:00",
    "closes_at": "17:00",
    "term": "term_time",
    "valid_to": "2026-12-18",
}
Sessions = list[dict[str, Any]]
Opened = Callable[..., "NextTerm"]


class NextTerm:
    """The page over a listing with some sessions, and the browser that is on it."""

    def __init__(self, site: PartnerSite, sessions: Sessions, calendar: str) -> None:
        self.site = site
        (site.content / "calendar.yaml").write_text(calendar)
        self.write(sessions)
        self.browser = site.as_partner()

    def write(self, sessions: Sessions) -> None:
        """Has the listing's file say these sessions."""
        path = self.site.content / "listings" / "chess-corner.yaml"
        before, _, rest = path.read_text().partition("sessions:")
        path.write_text(f"{before}sessions: {sessions}\nphones:{rest.partition('phones:')[2]}".replace("'", '"'))
        self.site.services.look_again()

    def press(self, button: str, **typed: str | None) -> TestResponse:
        """Opens the page, types, and presses a button; what is None is not ticked."""
        data = form_in(self.browser.get(PAGE))
        for name, value in typed.items():
            data.pop(name.replace("__", "-"), None)
            if value is not None:
                data[name.replace("__", "-")] = value
        return self.browser.post(PAGE, data={**data, "button": button})

    def sent(self) -> Fields:
        """The sessions of what was sent in."""
        (only,) = self.site.services.moderation.of_person(who=self.site.partner())
        assert (only.kind, only.state) == (What.EDIT, State.WAITING)
        found: Fields = only.wanted
        return found


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    site = open_partner_site(tmp_path)

    def made(*sessions: dict[str, Any], calendar: str = TERMS) -> NextTerm:
        return NextTerm(site, list(sessions), calendar)

    return made


def dates(answer: TestResponse) -> list[str]:
    """The dates that are played back."""
    page = parse(answer.text, namespaceHTMLElements=False)
    return ["".join(one.itertext()).strip() for one in page.iterfind(".//div[@id='dates']/ul/li")]


def test_the_page_is_ready_to_be_sent_as_it_opens(opened: Opened) -> None:
    one = opened(MONDAY, THURSDAY)
    page = one.browser.get(PAGE)
    said = words(page)
    assert "It ends on Friday 18 December 2026." in said
    assert "Next: Spring term, 4 January 2027 to 25 March 2027." in said
    assert dates(page) == [
        "Monday 4 January 2027, 5pm to 6pm",
        "Monday 11 January 2027, 5pm to 6pm",
        "Thursday 14 January 2027, 4pm to 5pm",
        "Monday 18 January 2027, 5pm to 6pm",
        "Monday 25 January 2027, 5pm to 6pm",
        "Thursday 28 January 2027, 4pm to 5pm",
    ]
    assert one.press("send").status_code == 303


def test_what_is_sent_is_the_next_term_beside_what_still_runs(opened: Opened) -> None:
    one = opened(MONDAY, THURSDAY)
    assert one.press("send").status_code == 303
    old, new, fortnight, next_fortnight = one.sent()["sessions"]
    assert old == {**MONDAY, "exceptions": MONDAY["exceptions"][1:]}
    assert {key: new.get(key) for key in ("valid_from", "valid_to", "term", "room", "exceptions")} == {
        "valid_from": "2027-01-04",
        "valid_to": "2027-03-25",
        "term": "term_time",
        "room": "Room 2",
        "exceptions": None,
    }
    assert fortnight == THURSDAY
    assert (next_fortnight["dtstart"], next_fortnight["name"]) == ("2027-01-14", "Beginners")
