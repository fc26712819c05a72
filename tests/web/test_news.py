"""News of what is new and what changed, and how calendars tell when a session changed: both by the history."""

import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from directory.moderation import What
from directory.tables import DatabaseUnusable
from tests.web.calendar_reader import ReadEvent, get_calendar
from tests.web.calendar_site import listing, open_calendar_site
from tests.web.deciding_site import CHESS, SUNG, DecidingSite, open_deciding_site

ATOM = "{http://www.w3.org/2005/Atom}"
MONDAYS: dict[str, Any] = {"day": "monday", "opens_at": "17:00", "closes_at": "18:00"}
CANCELLED = {**MONDAYS, "exceptions": [{"date": "2026-11-30", "change": "cancelled", "note": "No hall."}]}


@pytest.fixture
def site(tmp_path: Path) -> DecidingSite:
    """A site on which partners propose and moderators decide, on Monday 23 November 2026 at nine."""
    return open_deciding_site(tmp_path)


def _feed(client: FlaskClient, path: str = "/news.atom") -> ElementTree.Element:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.data)


def _titles(client: FlaskClient, path: str = "/news.atom") -> list[str]:
    return [one.findtext(f"{ATOM}title", "") for one in _feed(client, path).iter(f"{ATOM}entry")]


def test_what_changed_is_told_before_what_was_only_checked(site: DecidingSite) -> None:
    client = site.app.test_client()
    assert _titles(client) == ["Checked: Drum corner"]
    site.approved(site.propose(CHESS, title="Chess club"))
    assert _titles(client) == ["Changed: Chess club", "Checked: Drum corner"]


def test_a_new_listing_is_told_as_new_and_a_check_of_it_is_no_change(site: DecidingSite) -> None:
    site.approved(site.propose(slug="", what=What.NEW, **SUNG))
    client = site.app.test_client()
    assert _titles(client)[0] == "New: Singing corner"
    slug = next(one.slug for one in site.services.snapshot.listings.values() if one.title == "Singing corner")
    site.services.moderation.confirm(who=site.moderator, slug=slug, how="by phone", now=site.site.now)
    assert _titles(client)[0] == "New: Singing corner"


def test_nobody_is_named_in_the_news(site: DecidingSite) -> None:
    site.approved(site.propose(CHESS, title="Chess club", note="Asked by Pat."))
    text = site.app.test_client().get("/news.atom").text
    assert not any(name in text for name in ("Pat", "Derator", "Asked by"))


def test_every_piece_of_news_has_what_the_standard_asks_for(site: DecidingSite) -> None:
    site.approved(site.propose(CHESS, title="Chess & draughts"))
    feed = _feed(site.app.test_client(), "/ur/news.atom")
    assert feed.tag == f"{ATOM}feed"
    for part in (feed, *feed.iter(f"{ATOM}entry")):
        assert [len(part.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
        told = datetime.datetime.fromisoformat(part.findtext(f"{ATOM}updated", ""))
        assert told.utcoffset() == datetime.timedelta()
        assert part.findtext(f"{ATOM}id", "").startswith("http://localhost/ur/")
    ids = [one.text for one in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Testbridge Family Directory"
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    assert links == {"self": "http://localhost/ur/news.atom", "alternate": "http://localhost/ur/"}
    assert "Chess & draughts" in ElementTree.tostring(feed, encoding="unicode", method="text")


def test_a_second_change_is_another_piece_of_news_about_the_same_page(site: DecidingSite) -> None:
    site.approved(site.propose(CHESS, title="Chess club"))
    before = _feed(site.app.test_client()).findtext(f"{ATOM}entry/{ATOM}id")
    site.site.now += datetime.timedelta(hours=1)
    site.approved(site.propose(CHESS, title="Chess hour"))
    after = _feed(site.app.test_client())
    assert after.findtext(f"{ATOM}entry/{ATOM}id") != before
    assert len([one for one in after.iter(f"{ATOM}entry") if "Chess" in one.findtext(f"{ATOM}title", "")]) == 1


def test_what_is_sensitive_is_no_news(tmp_path: Path) -> None:
    checked = {"on": "2026-11-20", "by": "provider"}
    said = {
        "quiet": listing("Quiet", categories=["domestic-abuse"], checked=checked),
        "gone": listing("Gone", status="defunct", checked=checked),
        "old": listing("Old", checked={"on": "2026-07-20", "by": "provider"}),
        "club": listing("Club", checked=checked),
    }
    assert _titles(open_calendar_site(tmp_path, said).client) == ["Checked: Club"]


def test_no_news_is_a_sound_feed(tmp_path: Path) -> None:
    feed = _feed(open_calendar_site(tmp_path, {}).client)
    assert feed.findtext(f"{ATOM}updated") == "2026-11-21T00:00:00Z"
    assert feed.find(f"{ATOM}entry") is None


def _event(site: DecidingSite) -> ReadEvent:
    return get_calendar(site.app.test_client(), f"/listings/{CHESS}/2026-11-30/1700.ics").events[0]


def test_each_change_of_a_session_has_a_higher_number_also_when_it_is_taken_back(site: DecidingSite) -> None:
    states, numbers = list[str](), list[int]()
    for sessions in ([MONDAYS], [CANCELLED], [MONDAYS]):
        if numbers:
            site.approved(site.propose(CHESS, sessions=sessions))
        states.append(_event(site).says["status"])
        numbers.append(int(_event(site).says["sequence"]))
    assert states == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert numbers[0] < numbers[1] < numbers[2]


def test_a_session_says_when_it_changed_only_where_that_is_known(site: DecidingSite) -> None:
    assert "last-modified" not in _event(site).says
    site.approved(site.propose(CHESS, sessions=[CANCELLED]))
    assert _event(site).says["last-modified"] == "2026-11-23T09:00:00Z"
    site.services.moderation.confirm(
        who=site.moderator, slug=CHESS, how="", now=site.site.now + datetime.timedelta(hours=2)
    )
    assert _event(site).says["last-modified"] == "2026-11-23T09:00:00Z"


def test_calendars_and_news_go_on_without_the_database(site: DecidingSite, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise DatabaseUnusable("The database is away")

    monkeypatch.setattr(site.services.moderation, "last_changes", fails)
    assert _event(site).says["sequence"] == "0"
    assert _titles(site.app.test_client()) == ["Checked: Drum corner"]
