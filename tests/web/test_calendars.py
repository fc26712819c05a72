"""Sessions in people's own calendars: what a calendar program reads out of our files."""

import datetime
import random
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from directory.model.calendar import LONDON
from directory.web.public.calendars.ics import Contents, Entry, moment, written
from tests.web.calendar_reader import ReadCalendar, get_calendar, read_calendars
from tests.web.calendar_site import HUB, NOW, CalendarSite, listing, open_calendar_site, session

TODDLERS = "/listings/toddler-tuesday"
CLUB = "/listings/club/calendar.ics"


def _with(tmp_path: Path, said: dict[str, Any], now: datetime.datetime = NOW) -> CalendarSite:
    return open_calendar_site(tmp_path, {"club": said}, now)


def test_one_date_is_one_event_with_all_that_one_must_know(client: FlaskClient) -> None:
    [event] = get_calendar(client, f"{TODDLERS}/2026-11-24/1000.ics").events
    assert event.span == "2026-11-24 10:00 to 11:30"
    assert event.says["summary"] == "Toddler Tuesday: Small ones"
    assert event.says["url"] == "http://localhost/listings/toddler-tuesday"
    assert event.says["status"] == "CONFIRMED"
    for told in ("Bring a coat.", "Play and songs for toddlers.", "Cost: From £1", "Just turn up", "01632 960123"):
        assert told in event.says["description"], told
    assert "1 High Street, Brackenhill, TB5 3AB" in event.says["location"]


def test_a_series_has_every_date_that_is_known_and_no_rule_of_its_own(client: FlaskClient) -> None:
    read = get_calendar(client, f"{TODDLERS}/calendar.ics")
    small_ones = [one.span for one in read.events if one.says["summary"].endswith("Small ones")]
    assert small_ones == [
        "2026-11-24 10:00 to 11:30",
        "2026-12-01 10:00 to 11:30",
        "2026-12-09 10:00 to 11:30",
        "2026-12-15 10:00 to 11:30",
    ]
    assert not any(one.recurs for one in read.events)
    assert len({one.says["uid"] for one in read.events}) == len(read.events)


SUMMER_TIME = {
    "before summer time ends": ("2026-10-24", ["2026-10-24 09:00 to 10:30", "2026-10-25 10:00 to 11:30"]),
    "before summer time begins": ("2027-03-27", ["2027-03-27 10:00 to 11:30", "2027-03-28 09:00 to 10:30"]),
    "through a night without 1am": ("2027-03-28", ["2027-03-28 09:00 to 10:30", "2027-04-03 09:00 to 10:30"]),
}


@pytest.mark.parametrize(("today", "spans"), SUMMER_TIME.values(), ids=SUMMER_TIME)
def test_ten_in_the_morning_stays_ten_through_summer_time(tmp_path: Path, today: str, spans: list[str]) -> None:
    said = listing("Club", session("saturday"), session("sunday"))
    now = datetime.datetime.combine(datetime.date.fromisoformat(today), datetime.time(9), LONDON)
    read = _with(tmp_path, said, now).calendar(CLUB)
    assert read.spans[:2] == spans
    assert {one.zone for one in read.events} == {"UTC"}


NIGHTS = {
    "the hour that is not there": ("2027-03-28", "01:15", "01:45", "2027-03-28 01:15 to 01:45"),
    "up to the hour that is not there": ("2027-03-28", "01:30", "02:30", "2027-03-28 01:30 to 01:31"),
    "the hour that comes twice": ("2026-10-25", "00:30", "02:30", "2026-10-24 23:30 to 02:30"),
    "up to midnight": ("2026-10-25", "22:00", "23:59", "2026-10-25 22:00 to 23:59"),
}


@pytest.mark.parametrize(("day", "opens_at", "closes_at", "span"), NIGHTS.values(), ids=NIGHTS)
def test_what_is_on_in_the_night_of_the_change_ends_after_it_begins(
    tmp_path: Path, day: str, opens_at: str, closes_at: str, span: str
) -> None:
    once = {"frequency": "once", "date": day, "opens_at": opens_at, "closes_at": closes_at}
    now = datetime.datetime(2026, 10, 20, 9, 0, tzinfo=LONDON)
    assert _with(tmp_path, listing("Club", once), now).calendar(CLUB).spans == [span]


def test_letters_of_every_kind_come_through_whole(tmp_path: Path) -> None:
    title = "Play, songs; and “tea” 🎈 کھیل\\nهنا"
    note = "Bring: socks, a hat; no nuts 🥜 اور پانی " * 4
    [event, *_] = _with(tmp_path, listing(title, session(note=note.strip()))).calendar(CLUB).events
    assert event.says["summary"] == title
    assert event.says["description"].split("\n")[0] == note.strip()


NASTY = (
    "\\",
    ",",
    ";",
    ":",
    "\n",
    '"',
    "^",
    "n",
    " ",
    "é",
    "سلام",
    "\u200d",
    "👩‍👧",
    "🎈",
    "x" * 70,
    "BEGIN:VEVENT",
    "\\n",
    "=",
)
"""What the format gives a meaning to, and letters of one to four bytes that a fold must not break.

No capital N: icalendar takes one behind a backslash for the end of a line, and nobody writes that.
"""


def test_whatever_people_write_survives_a_calendar_program() -> None:
    choose = random.Random(20261121)
    texts = ["a" + "".join(choose.choices(NASTY, k=choose.randint(1, 12))) + "z" for _ in range(300)]
    begins = moment(datetime.date(2026, 11, 24), datetime.time(10))
    entries = tuple(
        Entry(
            f"{number}@example.org",
            begins,
            begins + datetime.timedelta(hours=1),
            text,
            text,
            text,
            "https://x.example.org/",
        )
        for number, text in enumerate(texts)
    )
    [read] = read_calendars(written(Contents("Nasty", entries), NOW).decode())
    for name in ("summary", "description", "location"):
        assert [one.says[name] for one in read.events] == texts


def test_a_file_is_written_as_every_client_needs_it(tmp_path: Path) -> None:
    site = _with(tmp_path, listing("Club", session(note="ایک لمبا نوٹ جو کئی سطروں میں جائے گا 🎈 " * 5)))
    answer = site.client.get(CLUB)
    lines = answer.data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert lines[-1] == b""
    for line in lines:
        line.decode()  # folded between letters, never within one


def test_a_cancelled_date_says_so_in_its_title_and_its_state(client: FlaskClient) -> None:
    [event] = get_calendar(client, f"{TODDLERS}/2026-12-01/1000.ics").events
    assert event.says["summary"] == "Cancelled: Toddler Tuesday: Small ones"
    assert event.says["status"] == "CANCELLED"
    assert event.says["description"].startswith("The hall is being painted.\n")


CHANGES: dict[str, tuple[dict[str, str], str]] = {
    "cancelled": ({"change": "cancelled"}, "2026-11-24 10:00 to 11:30"),
    "moved to another day": ({"change": "moved", "to_date": "2026-11-26"}, "2026-11-26 10:00 to 11:30"),
    "moved to another time": (
        {"change": "moved", "opens_at": "14:00", "closes_at": "15:00"},
        "2026-11-24 14:00 to 15:00",
    ),
    "moved to an earlier day": ({"change": "moved", "to_date": "2026-11-22"}, "2026-11-22 10:00 to 11:30"),
    "in another room": ({"change": "moved", "room": "Blue room"}, "2026-11-24 10:00 to 11:30"),
}


@pytest.mark.parametrize(("change", "span"), CHANGES.values(), ids=CHANGES)
def test_what_changes_is_the_same_event_with_a_higher_number_and_leaves_no_ghost(
    tmp_path: Path, change: dict[str, str], span: str
) -> None:
    site = _with(tmp_path, listing("Club", session(valid_to="2026-12-02")))
    before = site.calendar(CLUB).events
    site.say("club", listing("Club", session(valid_to="2026-12-02", exceptions=[{"date": "2026-11-24", **change}])))
    after = site.calendar(CLUB).events
    was, became = before[0], next(one for one in after if one.says["uid"] == before[0].says["uid"])
    assert became.span == span
    assert int(became.says["sequence"]) > int(was.says["sequence"])
    assert len(after) == len(before) == 2


@pytest.mark.parametrize("address", ["2026-11-24/1000", "2026-11-26/1000"], ids=["usual day", "new day"])
def test_an_address_that_was_kept_gives_the_day_to_which_it_moved(tmp_path: Path, address: str) -> None:
    moved = {"date": "2026-11-24", "change": "moved", "to_date": "2026-11-26", "room": "Blue room"}
    site = _with(tmp_path, listing("Club", session(exceptions=[moved])))
    [event] = site.calendar(f"/listings/club/{address}.ics").events
    assert event.span == "2026-11-26 10:00 to 11:30"
    assert event.says["description"].startswith("Moved from Tuesday 24 November 2026\n")
    assert event.says["location"] == "Blue room, Brackenhill Family Hub, 18 Foundry Street, Brackenhill, TB5 3DY"


def test_what_moved_to_a_day_on_which_it_is_not_published_is_not_there(tmp_path: Path) -> None:
    moved = {"date": "2026-11-24", "change": "moved", "to_date": "2026-12-10"}
    said = listing("Club", session(valid_to="2026-11-30", exceptions=[moved]), publish_until="2026-12-01")
    site = _with(tmp_path, said)
    for path in (CLUB, "/listings/club/2026-11-24/1000.ics"):
        assert site.client.get(path).status_code == 404


def test_two_sessions_that_begin_together_are_two_events(tmp_path: Path) -> None:
    said = listing("Club", session(name="Babies"), session(name="Toddlers"), session("wednesday"))
    read = _with(tmp_path, said).calendar(CLUB)
    assert [one.says["uid"] for one in read.events[:3]] == [
        "club-20261124T1000@localhost",
        "club-20261124T1000-2@localhost",
        "club-20261125T1000@localhost",
    ]


def test_an_event_is_the_same_whoever_asked_under_which_name(tmp_path: Path) -> None:
    site = open_calendar_site(tmp_path, {"club": listing("Club", session())}, site_url="https://directory.example.org")
    for host in ("http://localhost", "http://www.directory.example.org"):
        [read] = read_calendars(site.client.get(CLUB, base_url=host).data.decode())
        assert read.events[0].says["uid"] == "club-20261124T1000@directory.example.org"
        assert read.events[0].says["url"] == "https://directory.example.org/listings/club"


def test_a_session_put_before_another_leaves_its_events_as_they_are(tmp_path: Path) -> None:
    site = _with(tmp_path, listing("Club", session()))
    before = {one.says["uid"] for one in site.calendar(CLUB).events}
    site.say("club", listing("Club", session("monday"), session()))
    assert before < {one.says["uid"] for one in site.calendar(CLUB).events}


def test_a_bank_holiday_and_a_day_out_of_term_have_no_event(tmp_path: Path) -> None:
    friday = session("friday", valid_from="2026-12-14")
    read = _with(tmp_path, listing("Club", friday, session("monday", term="term_time"))).calendar(CLUB)
    days = [one.span[:10] for one in read.events]
    assert "2026-12-18" in days
    assert "2026-12-25" not in days  # Christmas Day
    assert "2026-12-14" in days
    assert "2026-12-21" not in days  # a Monday in the holidays


def test_dates_end_with_what_is_published_and_begin_when_it_opens_again(tmp_path: Path) -> None:
    closed = {"status": "temporarily closed", "closed_until": "2026-12-02", "publish_until": "2026-12-16"}
    read = _with(tmp_path, listing("Club", session(), **closed)).calendar(CLUB)
    assert read.spans == ["2026-12-08 10:00 to 11:30", "2026-12-15 10:00 to 11:30"]


def test_dates_go_a_year_ahead_and_no_further(tmp_path: Path) -> None:
    read = _with(tmp_path, listing("Club", session())).calendar(CLUB)
    assert (read.spans[0][:10], read.spans[-1][:10]) == ("2026-11-24", "2027-11-16")


def test_a_place_that_safety_hides_is_no_more_exact_in_a_calendar(tmp_path: Path) -> None:
    hidden = {"address_1": "77 Hidden Road", "city": "Brackenhill", "postal_code": "TB5 3ZZ", "place": "brackenhill"}
    said = listing("Club", session(room="Attic"), locations=[{**hidden, "hide_exact_address": True}])
    answer = _with(tmp_path, said).client.get(CLUB)
    [event, *_] = read_calendars(answer.text)[0].events
    assert event.says["location"] == "Brackenhill"
    assert "You will be told it when you get in touch." in event.says["description"]
    assert not any(word in answer.text for word in ("Hidden Road", "3ZZ", "Attic", "GEO"))


def test_a_session_is_at_its_own_place_and_one_without_a_place_says_how_to_join_in(tmp_path: Path) -> None:
    places = [{"at": HUB}, {"address_1": "9 Green Lane", "city": "Brackenhill", "postal_code": "TB5 3CD"}]
    site = _with(tmp_path, listing("Club", session(at=HUB), locations=places))
    assert "Green Lane" not in site.calendar(CLUB).events[0].says["location"]
    site.say("club", listing("Club", session(), locations=[], delivery=["online"]))
    assert site.calendar(CLUB).events[0].says["location"] == "Online"


def test_a_calendar_speaks_the_language_of_its_address(client: FlaskClient) -> None:
    english, urdu = (get_calendar(client, f"{at}{TODDLERS}/2026-11-24/1000.ics").events[0] for at in ("", "/ur"))
    assert english.says["uid"] == urdu.says["uid"]
    assert urdu.says["url"] == "http://localhost/ur/listings/toddler-tuesday"
    assert "Just turn up" not in urdu.says["description"]


def test_what_is_sensitive_or_not_live_is_in_no_calendar(client: FlaskClient, tmp_path: Path) -> None:
    said = listing("Quiet", session(), categories=["domestic-abuse"])
    site = open_calendar_site(tmp_path, {"quiet": said, "gone": listing("Gone", session(), status="defunct")})
    for slug in ("quiet", "gone"):
        assert site.client.get(f"/listings/{slug}/calendar.ics").status_code == 404
        assert site.client.get(f"/listings/{slug}/2026-11-24/1000.ics").status_code == 404
    assert "Add to your calendar" not in site.client.get("/listings/quiet").text
    assert client.get("/listings/safe-start/calendar.ics").status_code == 404


WRONG = {
    "no such listing": "/listings/none/calendar.ics",
    "no such listing, on a date": "/listings/none/2026-11-24/1000.ics",
    "a listing without dates": "/listings/winter-club/calendar.ics",
    "a day on which it is not on": f"{TODDLERS}/2026-11-25/1000.ics",
    "a time at which it is not on": f"{TODDLERS}/2026-11-24/1015.ics",
    "29 February in a common year": f"{TODDLERS}/2027-02-29/1000.ics",
    "30 February": f"{TODDLERS}/2026-02-30/1000.ics",
    "a month too many": f"{TODDLERS}/2026-13-01/1000.ics",
    "no date": f"{TODDLERS}/tomorrow/1000.ics",
    "a date in other figures": f"{TODDLERS}/٢٠٢٦-١١-٢٤/1000.ics",
    "a date of a week": f"{TODDLERS}/2026-W48-2/1000.ics",
    "the year nought": f"{TODDLERS}/0000-01-01/1000.ics",
    "the first of all days": f"{TODDLERS}/0001-01-01/1000.ics",
    "the last of all days": f"{TODDLERS}/9999-12-31/1000.ics",
    "midnight the other way": f"{TODDLERS}/2026-11-24/2400.ics",
    "61 minutes": f"{TODDLERS}/2026-11-24/1061.ics",
    "no time": f"{TODDLERS}/2026-11-24/ten.ics",
    "a long time": f"{TODDLERS}/2026-11-24/10000.ics",
    "another kind of file": f"{TODDLERS}/2026-11-24/1000.txt",
}


@pytest.mark.parametrize("path", WRONG.values(), ids=WRONG)
def test_what_is_not_there_is_told_on_a_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert "This page is not here" in answer.text


def test_a_page_offers_its_next_dates_and_each_of_them_is_there(client: FlaskClient) -> None:
    page = client.get("/ur/listings/toddler-tuesday").text
    links = [part.partition('"')[0] for part in page.split('href="')[1:] if ".ics" in part.partition('"')[0]]
    assert len(links) == 5
    assert links[0] == "/ur/listings/toddler-tuesday/2026-11-24/1000.ics"
    assert not any("2026-12-01" in link for link in links)  # it is cancelled
    assert all(isinstance(get_calendar(client, link), ReadCalendar) for link in links)


def test_a_listing_without_dates_offers_none(client: FlaskClient) -> None:
    assert ".ics" not in client.get("/listings/winter-club").text
