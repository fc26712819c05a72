"""Calendars to subscribe to: for a hub, a category, an age and a search; and the page that tells how."""

import datetime
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from flask.testing import FlaskClient

from tests.web.calendar_reader import ReadCalendar, read_calendars
from tests.web.calendar_site import HUB, NOW, CalendarSite, listing, open_calendar_site, session

HUB_FEED = f"/calendars/hub/{HUB}.ics"
ELSEWHERE = [{"address_1": "9 Green Lane", "city": "Brackenhill", "postal_code": "TB5 3CD", "place": "brackenhill"}]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> CalendarSite:
    """A site with a chess club and drums at the hub, football elsewhere, and what is nobody else's business."""
    grown = {"minimum_age": "11 years", "maximum_age": "15 years"}
    hidden = [{"at": HUB, "hide_exact_address": True}]
    return open_calendar_site(
        tmp_path_factory.mktemp("feeds"),
        {
            "chess": listing("Chess", session("monday", "17:00", "18:00"), session("friday", "09:30", "10:30")),
            "drums": listing("Drums", session("monday", "10:00", "11:00", exceptions=[_off("2026-11-23")])),
            "football": listing("Football", session("sunday"), eligibility=grown, locations=ELSEWHERE),
            "refuge": listing("Refuge talks", session("monday"), categories=["domestic-abuse"]),
            "shy": listing("Shy group", session("monday"), locations=hidden),
            "panel": listing("Panel", session("monday"), eligibility={"audience": "practitioners"}),
            "over": listing("Over", session("monday"), status="defunct"),
        },
    )


def _off(day: str) -> dict[str, str]:
    return {"date": day, "change": "cancelled"}


AT_HUB = {"Chess", "Drums", "Cancelled: Drums"}
FEEDS = {
    "hub": (HUB_FEED, {*AT_HUB, "Little Stars stay and play"}),
    "category": ("/calendars/category/talking.ics", {*AT_HUB, "Football", "Shy group", "Panel"}),
    "door": (
        "/calendars/category/under-5s.ics",
        {*AT_HUB, "Little Stars stay and play", "Football", "Shy group", "Panel"},
    ),
    "age": ("/calendars/age/11y-15y.ics", {*AT_HUB, "Football", "Shy group", "Panel"}),
    "younger age": ("/calendars/age/3y-4y.ics", {*AT_HUB, "Little Stars stay and play", "Shy group", "Panel"}),
    "words": ("/calendars/search.ics?q=football", {"Football"}),
    "category and day": ("/calendars/search.ics?category=talking&day=sunday", {"Football"}),
    "time of day": ("/calendars/search.ics?category=talking&time=evening", {"Chess"}),
}


@pytest.mark.parametrize(("path", "titles"), FEEDS.values(), ids=FEEDS)
def test_a_feed_holds_what_it_is_about_and_nothing_sensitive(site: CalendarSite, path: str, titles: set[str]) -> None:
    assert site.calendar(path).titles() == titles


NARROWED = {
    "weekday": ("day=friday", {4}, None),
    "two weekdays": ("day=friday&day=monday", {0, 4}, None),
    "dates": ("day=2026-11-27..2026-11-30", {0, 4}, 3),
    "morning": ("time=morning", {0, 4}, None),
    "evening on a friday": ("time=evening&day=friday", set(), 0),
}


@pytest.mark.parametrize(("query", "weekdays", "count"), NARROWED.values(), ids=NARROWED)
def test_a_search_for_days_and_times_holds_no_others(
    site: CalendarSite, query: str, weekdays: set[int], count: int | None
) -> None:
    read = site.calendar(f"/calendars/search.ics?q=&category=talking&{query}")
    events = [one for one in read.events if "Chess" in one.says["summary"] or "Drums" in one.says["summary"]]
    assert {one.begins.weekday() for one in events} == weekdays
    assert count is None or len(events) == count
    assert "morning" not in query or all(one.begins.hour < 12 for one in events)


def test_a_day_in_the_words_narrows_a_feed_as_it_does_results(site: CalendarSite) -> None:
    read = site.calendar("/calendars/search.ics?q=chess+friday")
    assert {one.begins.weekday() for one in read.events if one.says["summary"] == "Chess"} == {4}


def test_a_feed_goes_ninety_days_ahead(site: CalendarSite) -> None:
    days = [one.begins.date() for one in site.calendar("/calendars/age/11y-15y.ics").events]
    assert days[0] == datetime.date(2026, 11, 22)
    assert days[-1] == datetime.date(2027, 2, 19)


def test_a_feed_has_the_soonest_five_hundred(tmp_path: Path) -> None:
    every_day = [
        session(day, f"{hour:02}:00", f"{hour:02}:30") for hour in range(8, 18) for day in ("monday", "friday")
    ]
    said = {f"club-{number}": listing(f"Club {number}", *every_day) for number in range(3)}
    read = open_calendar_site(tmp_path, said).calendar(HUB_FEED)
    assert len(read.events) == 500
    assert read.events[-1].begins.date() == datetime.date(2027, 1, 25)


def test_a_feed_with_nothing_in_it_is_a_sound_calendar(tmp_path: Path) -> None:
    site = open_calendar_site(tmp_path, {"club": listing("Club", categories=["talking"])})
    read = site.calendar("/calendars/category/talking.ics")
    assert (read.events, read.zones) == ([], ["Europe/London"])


def _says(name: str, wanted: str) -> Callable[[str, ReadCalendar], bool]:
    return lambda _, read: read.says.get(name) == wanted


def _uids(read: ReadCalendar) -> set[str]:
    return {one.says["uid"] for one in read.events}


CLIENTS: dict[str, Callable[[str, ReadCalendar], bool]] = {
    "all: version": _says("version", "2.0"),
    "all: who wrote it": lambda _, read: bool(read.says["prodid"]),
    "all: no two events with one uid": lambda _, read: (
        len({one.says["uid"] for one in read.events}) == len(read.events)
    ),
    "all: each says when it was made": lambda _, read: all("dtstamp" in one.says for one in read.events),
    "all: lines end as the standard has it": lambda text, _: text.count("\r\n") == text.count("\n"),
    "google: the name of the calendar": _says("x-wr-calname", "What’s on: Brackenhill Family Hub"),
    "google: its zone": _says("x-wr-timezone", "Europe/London"),
    "google: less than a megabyte": lambda text, _: len(text.encode()) < 1_000_000,
    "apple: how often to look": _says("refresh-interval", "PT1H"),
    "apple: how often to look, typed": lambda text, _: "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text,
    "outlook: published, not an invitation": _says("method", "PUBLISH"),
    "outlook: nobody is asked to answer": lambda text, _: "ATTENDEE" not in text and "ORGANIZER" not in text,
    "outlook: how often to look": _says("x-published-ttl", "PT1H"),
    "outlook: no time without a zone": lambda _, read: all(one.zone == "UTC" for one in read.events),
    "outlook: nobody is busy": lambda _, read: all(one.says["transp"] == "TRANSPARENT" for one in read.events),
    "outlook: no alarm": lambda text, _: "VALARM" not in text,
}


@pytest.mark.parametrize("holds", CLIENTS.values(), ids=CLIENTS)
def test_a_feed_is_as_each_client_needs_it(site: CalendarSite, holds: Callable[[str, ReadCalendar], bool]) -> None:
    text = site.client.get(HUB_FEED).data.decode()
    assert holds(text, read_calendars(text)[0])


@pytest.mark.parametrize("path", [HUB_FEED, "/listings/chess/calendar.ics", "/listings/chess/2026-11-27/0930.ics"])
def test_a_calendar_is_sent_as_one(site: CalendarSite, path: str) -> None:
    answer = site.client.get(path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert answer.headers["Content-Disposition"].startswith("inline; filename=")
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("packed", [{}, {"Accept-Encoding": "gzip"}], ids=["plain", "packed"])
def test_a_calendar_that_did_not_change_is_not_sent_again(site: CalendarSite, packed: dict[str, str]) -> None:
    mark = site.client.get(HUB_FEED, headers=packed).headers["ETag"]
    again = site.client.get(HUB_FEED, headers={**packed, "If-None-Match": mark})
    assert (again.status_code, again.data) == (304, b"")


def test_an_hour_later_it_says_when_it_was_made_and_is_still_the_same(tmp_path: Path) -> None:
    site = open_calendar_site(tmp_path, {"club": listing("Club", session())})
    mark = site.client.get(HUB_FEED).headers["ETag"]
    later = site.at(NOW + datetime.timedelta(hours=1, minutes=20))
    assert {one.says["dtstamp"] for one in later.calendar(HUB_FEED).events} == {"2026-11-21T10:00:00Z"}
    assert later.client.get(HUB_FEED, headers={"If-None-Match": mark}).status_code == 304


def test_a_calendar_that_changed_is_sent_at_once(tmp_path: Path) -> None:
    site = open_calendar_site(tmp_path, {"club": listing("Club", session())})
    mark = site.client.get(HUB_FEED).headers["ETag"]
    site.say("club", listing("Club", session(exceptions=[_off("2026-11-24")])))
    answer = site.client.get(HUB_FEED, headers={"If-None-Match": mark})
    assert answer.status_code == 200
    assert "Cancelled: Club" in read_calendars(answer.data.decode())[0].titles()


def test_a_search_stays_with_whoever_made_it(site: CalendarSite) -> None:
    answer = site.client.get("/calendars/search.ics?q=chess")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "ETag" in answer.headers


NAMES = {
    "words": ("q=chess", "What’s on: chess"),
    "words and a place": ("q=chess&near=Brackenhill", "What’s on: chess, Brackenhill"),
    "choices": ("age=11y-15y&cost=free", "What’s on: Age 11 to 15, Free"),
    "a sensitive search": ("q=refuge+talks", "Testbridge Family Directory"),
}


@pytest.mark.parametrize(("query", "name"), NAMES.values(), ids=NAMES)
def test_a_search_is_called_by_its_words_unless_they_tell_on_somebody(
    site: CalendarSite, query: str, name: str
) -> None:
    assert site.calendar(f"/calendars/search.ics?{query}").says["x-wr-calname"] == name


WRONG = {
    "no such kind": ("/calendars/moon/full.ics", 404),
    "no such hub": ("/calendars/hub/none.ics", 404),
    "a listing that is no hub": ("/calendars/hub/chess.ics", 404),
    "no such category": ("/calendars/category/none.ics", 404),
    "a sensitive category": ("/calendars/category/domestic-abuse.ics", 404),
    "a sensitive door": ("/calendars/category/staying-safe.ics", 404),
    "no age": ("/calendars/age/zz.ics", 404),
    "an impossible age": ("/calendars/age/9y-3y.ics", 404),
    "a name with a nought": ("/calendars/hub/%00.ics", 404),
    "a search for nothing": ("/calendars/search.ics", 400),
    "a search for nothing, near": ("/calendars/search.ics?near=Brackenhill", 400),
    "a place that nobody knows": ("/calendars/search.ics?q=chess&near=Atlantis", 400),
    "a search for no age": ("/calendars/search.ics?age=zz", 400),
    "a day that there is not": ("/calendars/search.ics?day=2026-02-30", 400),
    "days that end before they begin": ("/calendars/search.ics?day=2026-12-02..2026-12-01", 400),
    "a search in a sensitive category": ("/calendars/search.ics?category=talking&category=domestic-abuse", 400),
    "how to, for a sensitive category": ("/calendars?category=domestic-abuse", 404),
    "a guess that there is not": ("/calendars/search.ics?q=chess&literal=mind", 400),
    "an order that there is not": ("/calendars/search.ics?q=chess&sort=worst", 400),
    "another planet's time": ("/calendars/search.ics?q=chess&zone=Mars", 400),
    "how to, for no age": ("/calendars?age=zz", 400),
    "how to, for no hub": ("/calendars?hub=none", 404),
}


@pytest.mark.parametrize(("path", "status"), WRONG.values(), ids=WRONG)
def test_a_feed_that_there_is_not_is_told_on_a_page(site: CalendarSite, path: str, status: int) -> None:
    answer = site.client.get(path)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")


def test_the_page_offers_hubs_categories_and_ages_and_each_leads_to_its_feed(site: CalendarSite) -> None:
    links = _links(site, "/calendars")
    wanted = {f"/calendars?hub={HUB}", "/calendars?category=under-5s", "/calendars?age=3y-4y"}
    assert wanted <= links
    assert "/calendars?category=staying-safe" not in links
    for link in (one for one in links if one.startswith("/calendars?")):
        [feed] = {unquote(one) for one in _links(site, link) if one.startswith("http://localhost/calendars/")}
        assert site.calendar(feed).says["source"] == feed


def _links(site: CalendarSite, path: str) -> set[str]:
    answer = site.client.get(path)
    assert answer.status_code == 200, path
    return {part.partition('"')[0].replace("&amp;", "&") for part in answer.text.split('href="')[1:]}


CHOSEN = {
    "hub": (f"hub={HUB}", HUB_FEED),
    "category": ("category=talking", "/calendars/category/talking.ics"),
    "search": ("q=chess+%26+more&age=3y-4y&sort=soonest", "/calendars/search.ics?q=chess+%26+more&age=3y-4y"),
}


@pytest.mark.parametrize(("query", "feed"), CHOSEN.values(), ids=CHOSEN)
def test_a_phone_subscribes_by_a_link_and_a_computer_by_an_address(site: CalendarSite, query: str, feed: str) -> None:
    links = _links(site, f"/ur/calendars?{query}")
    assert {f"webcal://localhost/ur{feed}", f"http://localhost/ur{feed}"} <= links


def test_a_place_that_nobody_knows_is_left_out_and_the_page_says_so(site: CalendarSite) -> None:
    path = "/calendars?q=chess&near=Atlantis"
    assert "http://localhost/calendars/search.ics?q=chess" in _links(site, path)
    assert "Atlantis" in site.client.get(path).text


def test_the_page_of_a_search_is_kept_nowhere(site: CalendarSite) -> None:
    answer = site.client.get(f"/calendars?q={quote('chess')}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in answer.text


def test_the_page_of_todays_hub_leads_to_its_calendar(site: CalendarSite) -> None:
    assert f"/calendars?hub={HUB}" in _links(site, f"/hubs/{HUB}/today")


def test_the_front_door_tells_news_readers_where_news_is(client: FlaskClient) -> None:
    assert 'type="application/atom+xml"' in client.get("/").text
