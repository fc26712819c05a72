"""What is on at a hub: today, in a week, and on its notice board."""

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import segno
from html5lib import parse

from tests.small_content import HUB
from tests.web.hub_content import HOURS, SLUG, HubSite, activity, busy, write_hub

TUESDAY = "2026-11-24"
HERE = f"/hubs/{SLUG}"


def session(begins: str, ends: str, more: str = "", day: str = "tuesday") -> str:
    return f'- day: {day}\n  opens_at: "{begins}"\n  closes_at: "{ends}"\n{more}'


def exception(change: str, more: str = "", date: str = TUESDAY) -> str:
    return f"  exceptions:\n  - date: {date}\n    change: {change}\n{more}"


ELSEWHERE = activity("Elsewhere club", session("10:00", "12:00")).replace(
    "- at: brackenhill-family-hub", "- address_1: 1 Far Lane\n  city: Brackenhill"
)
LISTINGS = {
    "early": activity("Early birds", session("08:00", "09:00")),
    "baby": activity("Baby massage", session("10:00", "11:00", "  room: Blue room\n")),
    "music": activity("Music time", session("11:30", "12:30")),
    "story": activity("Story time", session("11:30", "12:00")),
    "dads": activity("Dads and babies", session("14:00", "15:00")),
    "painted": activity(
        "Painting", session("11:00", "12:00", exception("cancelled", "    note: The hall is being painted.\n"))
    ),
    "moved": activity("Moving on", session("13:00", "14:00", exception("moved", "    to_date: 2026-11-26\n"))),
    "came": activity(
        "Come here",
        session("15:30", "16:00", exception("moved", f"    to_date: {TUESDAY}\n", "2026-11-25"), day="wednesday"),
    ),
    "roomy": activity("Roomy", session("15:00", "16:00", exception("moved", "    room: Green room\n"))),
    "late": activity("Late one", session("15:00", "16:00", exception("moved", '    closes_at: "17:00"\n'))),
    "extra": activity("Extra one", session("16:00", "17:00", exception("extra"), day="friday")),
    "elsewhere": ELSEWHERE,
    "over": activity("Over for good", session("10:00", "12:00")) + "status: defunct\n",
    "soon": activity("Not out yet", session("10:00", "12:00")) + "publish_from: 2026-12-01\n",
    "secret": activity("Hidden help", session("10:00", "12:00")).replace(
        "- at: brackenhill-family-hub", "- at: brackenhill-family-hub\n  hide_exact_address: true"
    ),
    "panel": activity("Panel of workers", session("10:00", "12:00")) + "eligibility: {audience: practitioners}\n",
    "quiet": activity("Quiet help", session("10:00", "12:00")) + "sensitive: true\n",
}


Open = Callable[..., HubSite]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Opens a site over a content of the test's own."""

    def site(listings: dict[str, str], **hub: str) -> HubSite:
        return HubSite(write_hub(tmp_path / "content", listings, **hub), tmp_path)

    return site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> HubSite:
    folder = tmp_path_factory.mktemp("hub")
    return HubSite(write_hub(folder / "content", LISTINGS), folder)


def main_of(page: str) -> Element:
    [main] = parse(page, namespaceHTMLElements=False).iter("main")
    return main


def words(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def under(page: str) -> dict[str, list[str]]:
    """The words of the lists of a page, item by item, under the heading or summary above each."""
    found: dict[str, list[str]] = {}
    heading = ""
    for one in main_of(page).iter("*"):
        if one.tag in ("h1", "h2", "summary"):
            heading = words(one)
        elif one.tag == "li" and "row" not in {link.get("class") for link in one.iter("a")}:
            found.setdefault(heading, []).append(words(one))
    return found


def titles(rows: list[str]) -> list[str]:
    """What stands between the hours and all else, for rows of the test's own listings."""
    known = [re.findall(r"title: (.+)", text)[0] for text in LISTINGS.values()]
    return [next(title for title in known if title in row) for row in rows]


def test_today_tells_what_is_on_now_next_later_and_was_earlier(site: HubSite) -> None:
    found = under(site.page(f"{HERE}/today", f"{TUESDAY}T10:30"))
    assert found["On now"][0] == "10am to 11am Baby massage Room: Blue room Just turn up"
    assert titles(found["On now"]) == ["Baby massage", "Panel of workers", "Quiet help"]
    assert titles(found["Starts next"]) == ["Story time", "Music time"]
    assert titles(found["Later today"]) == ["Dads and babies", "Roomy", "Late one", "Come here", "Extra one"]
    assert titles(found["Earlier today"]) == ["Early birds"]


def test_a_session_begins_and_ends_on_its_minute(site: HubSite) -> None:
    assert "On now" not in under(site.page(f"{HERE}/today", f"{TUESDAY}T09:59"))
    assert "Baby massage" in titles(under(site.page(f"{HERE}/today", f"{TUESDAY}T10:00"))["On now"])
    at_its_end = under(site.page(f"{HERE}/today", f"{TUESDAY}T11:00"))
    assert titles(at_its_end["Earlier today"]) == ["Early birds", "Baby massage"]
    assert titles(at_its_end["On now"]) == ["Panel of workers", "Quiet help"]


def test_what_is_cancelled_or_moved_away_is_struck_through_and_says_why(site: HubSite) -> None:
    page = site.page(f"{HERE}/today", f"{TUESDAY}T10:30")
    assert [words(one) for one in main_of(page).iter("s")] == ["11am to midday Painting", "1pm to 2pm Moving on"]
    assert under(page)["Cancelled or moved today"] == [
        "11am to midday Painting Cancelled · The hall is being painted.",
        "1pm to 2pm Moving on Moved to Thursday 26 November",
    ]


@pytest.mark.parametrize(
    ("title", "change"),
    [
        ("Come here", "Moved from Wednesday 25 November"),
        ("Roomy", "Not in the usual room · Room: Green room"),
        ("Late one", "Not at the usual time"),
        ("Extra one", "Extra date"),
    ],
    ids=["moved here", "another room", "another time", "extra"],
)
def test_what_is_not_as_usual_is_marked(site: HubSite, title: str, change: str) -> None:
    rows = under(site.page(f"{HERE}/today", f"{TUESDAY}T10:30"))["Later today"]
    [row] = [one for one in rows if title in one]
    assert f"{title} {change}" in row


@pytest.mark.parametrize("page", ["today", "week", "board"])
@pytest.mark.parametrize("title", ["Elsewhere club", "Over for good", "Not out yet", "Hidden help"])
def test_what_is_not_here_or_not_to_be_known_is_on_no_page(site: HubSite, page: str, title: str) -> None:
    assert title not in site.page(f"{HERE}/{page}", f"{TUESDAY}T10:30")
    assert title not in site.page(f"/listings/{SLUG}", f"{TUESDAY}T10:30")


@pytest.mark.parametrize("page", ["week", "board"])
@pytest.mark.parametrize("title", ["Panel of workers", "Quiet help"])
def test_doors_and_walls_leave_out_what_is_not_for_all_to_see(site: HubSite, page: str, title: str) -> None:
    assert title not in site.page(f"{HERE}/{page}", f"{TUESDAY}T10:30")
    assert title in site.page(f"{HERE}/today", f"{TUESDAY}T10:30")


def test_when_the_day_is_over_the_next_one_stands_there_with_a_number_to_call(site: HubSite) -> None:
    page = site.page(f"{HERE}/today", f"{TUESDAY}T17:30")
    assert "We know of nothing more here today." in words(main_of(page))
    assert titles(under(page)["Next here: Thursday 26 November"]) == ["Moving on"]
    assert 'href="tel:01632960100"' in page


def test_a_day_with_nothing_says_so(site: HubSite) -> None:
    page = site.page(f"{HERE}/today", "2026-11-26T18:00")
    assert "We know of nothing more here today." in page
    assert "We know of nothing on here today." in site.page(f"{HERE}/today", "2026-11-28T10:00")
    assert "Next here: Tuesday 1 December" in site.page(f"{HERE}/today", "2026-11-28T10:00")


def test_a_hub_of_which_nothing_is_known_says_to_call(opened: Open) -> None:
    site = opened({})
    page = site.at(f"{TUESDAY}T10:00").get(f"{HERE}/today").text
    assert "Call and ask: they may know more." in words(main_of(page))
    assert "We know of nothing on here today." in site.at(f"{TUESDAY}T10:00").get(f"/listings/{SLUG}").text


def is_struck(page: str) -> bool:
    return any("11:30am to 12:30pm" in words(one) for one in main_of(page).iter("s"))


def test_a_cancellation_is_seen_at_once(opened: Open, tmp_path: Path) -> None:
    site = opened({"music": LISTINGS["music"]})
    client = site.at(f"{TUESDAY}T10:00")
    for page in ("today", "week", "board"):
        assert not is_struck(client.get(f"{HERE}/{page}").text), page
    off = activity("Music time", session("11:30", "12:30", exception("cancelled")))
    (tmp_path / "content" / "listings" / "music.yaml").write_text(off, encoding="utf-8")
    site.services.look_again()
    for page in ("today", "week", "board"):
        answer = client.get(f"{HERE}/{page}")
        assert is_struck(answer.text), page
        assert answer.headers["Cache-Control"] == "public, max-age=0"


def test_a_page_that_did_not_change_is_not_sent_again(site: HubSite) -> None:
    client = site.at(f"{TUESDAY}T10:00")
    mark = client.get(f"{HERE}/today").headers["ETag"]
    assert client.get(f"{HERE}/today", headers={"If-None-Match": mark}).status_code == 304
    assert site.at(f"{TUESDAY}T10:01").get(f"{HERE}/today", headers={"If-None-Match": mark}).status_code == 200


@pytest.mark.parametrize("page", ["today", "week", "board"])
@pytest.mark.parametrize("prefix", ["", "/ur"])
@pytest.mark.parametrize("slug", ["nowhere", "music", "over", "%00", "-"])
def test_only_hubs_have_days(site: HubSite, prefix: str, page: str, slug: str) -> None:
    answer = site.at(f"{TUESDAY}T10:00").get(f"{prefix}/hubs/{slug}/{page}")
    assert answer.status_code == 404
    assert f'href="{prefix}/hubs"' in answer.text


@pytest.mark.parametrize("line", ["status: inactive\n", "status: defunct\n", "publish_from: 2027-01-01\n"])
def test_a_hub_that_people_may_not_see_has_no_days(opened: Open, line: str) -> None:
    client = opened({}, hub=HUB + HOURS + line).at(f"{TUESDAY}T10:00")
    assert [client.get(f"{HERE}/{page}").status_code for page in ("today", "week", "board")] == [404, 404, 404]


WRONG_DAYS = {
    "no such day": "2026-02-30",
    "no leap year": "2027-02-29",
    "month 13": "2026-13-01",
    "day nought": "2026-11-00",
    "a week by number": "2026-W48-2",
    "without dashes": "20261124",
    "not a date": "next",
    "other digits": "٢٠٢٦-١١-٢٤",
    "a time with it": "2026-11-24T10:00",
    "long ago": "1000-01-01",
    "before a year ago": "2025-11-23",
    "after a year": "2027-11-29",
    "the end of time": "9999-12-31",
    "too long": "2026-11-240",
    "the beginning of time": "0001-01-01",
    "a script": "%3Cscript%3E",
}


@pytest.mark.parametrize("day", WRONG_DAYS.values(), ids=WRONG_DAYS)
def test_a_week_that_cannot_be_shown_is_not_there(site: HubSite, day: str) -> None:
    answer = site.at(f"{TUESDAY}T10:00").get(f"/ur{HERE}/week/{day}")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'href="/ur{HERE}/week"' in answer.text
    assert 'href="tel:01632960100"' in answer.text


WEEKS = {
    "this week": ("2026-11-23", 2),
    "a year ahead": ("2027-11-22", 1),
    "a year back": ("2025-11-24", 1),
}


@pytest.mark.parametrize(("monday", "ways_on"), WEEKS.values(), ids=WEEKS)
def test_weeks_lead_to_those_beside_them_for_a_year(site: HubSite, monday: str, ways_on: int) -> None:
    client = site.at(f"{TUESDAY}T10:00")
    links = [one.get("href", "") for one in main_of(client.get(f"{HERE}/week/{monday}").text).iter("a")]
    others = [one for one in links if "/week/" in one]
    days = datetime.date.fromisoformat(monday)
    beside = {f"{HERE}/week/{days + datetime.timedelta(number)}" for number in (-7, 7)}
    assert len(others) == ways_on
    assert set(others) <= beside
    assert [client.get(one).status_code for one in others] == [200] * ways_on


def test_any_day_leads_to_its_week(site: HubSite) -> None:
    client = site.at(f"{TUESDAY}T10:00")
    answer = client.get(f"/ur{HERE}/week/2026-11-29")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/ur{HERE}/week/2026-11-23")
    assert client.get(f"{HERE}/week/2026-11-23").status_code == 200


def test_a_week_stands_day_by_day_with_the_hours_of_the_door(site: HubSite) -> None:
    main = main_of(site.page(f"{HERE}/week", f"{TUESDAY}T10:30"))
    days = [words(one) for one in main.iter("section")]
    assert [one.split(" Open")[0] for one in days] == [
        "Monday 23 November",
        "Tuesday 24 November (today)",
        "Wednesday 25 November",
        "Thursday 26 November",
        "Friday 27 November",
    ]
    assert "Open 9am to 5pm 8am to 9am Early birds" in days[1]
    assert "11am to midday Painting Cancelled · The hall is being painted." in days[1]
    assert "Moving on Moved from Tuesday 24 November" in days[3]
    assert days[0].endswith("Nothing that we know of")


def test_a_week_names_the_bank_holiday_for_which_the_door_is_shut(site: HubSite) -> None:
    text = words(main_of(site.page(f"{HERE}/week/2026-12-21", f"{TUESDAY}T10:30")))
    assert "Friday 25 December Closed: Christmas Day Nothing that we know of" in text


def test_a_weekend_stands_in_a_week_only_where_something_is_on(opened: Open) -> None:
    days = list(main_of(opened(busy(7, ["sunday"])).page(f"{HERE}/week")).iter("section"))
    assert len(days) == 6
    assert words(days[-1]).startswith("Sunday 29 November Closed 9am to 10am")


def test_the_sheet_for_the_door_says_where_it_is_whom_to_call_and_how_old_it_is(site: HubSite) -> None:
    page = site.page(f"{HERE}/week", f"{TUESDAY}T10:42")
    text = words(main_of(page))
    for told in ("18 Foundry Street", "TB5 3DY", "Call 01632 960100", "As of 10:42am on 24 November 2026"):
        assert told in text


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        (f"{HERE}/week", f"{HERE}/week"),
        (f"{HERE}/week/2026-11-30", f"{HERE}/week/2026-11-30"),
        (f"/ur{HERE}/week", f"/ur{HERE}/week"),
        (f"{HERE}/board", f"/listings/{SLUG}"),
    ],
    ids=["week", "another week", "week in Urdu", "board"],
)
def test_the_code_leads_from_paper_and_wall_to_the_page(site: HubSite, path: str, leads_to: str) -> None:
    [drawn] = re.findall(r'<path class="qrline"[^>]* d="([^"]+)"', site.page(path, f"{TUESDAY}T10:30"))
    assert drawn in segno.make(f"http://localhost{leads_to}", error="m", micro=False).svg_inline(border=2)


def rows_of(page: str) -> list[Element]:
    return [one for one in main_of(page).iter("li") if one.find("div") is not None]


def test_the_board_shows_now_next_and_rooms_and_what_is_off(site: HubSite) -> None:
    page = site.page(f"{HERE}/board", f"{TUESDAY}T10:30")
    rows = [words(one) for one in rows_of(page)]
    assert rows[:4] == [
        "10am to 11am Now Baby massage Blue room",
        "11am to midday Painting Cancelled",
        "11:30am to midday Starts next Story time",
        "11:30am to 12:30pm Starts next Music time",
    ]
    assert "Early birds" not in page
    assert "As of 10:30am" in page


def test_the_board_says_how_many_it_has_no_room_for(opened: Open) -> None:
    page = opened(busy(16, ["tuesday"])).page(f"{HERE}/board", f"{TUESDAY}T08:00")
    rows = rows_of(page)
    assert [one.get("class") for one in rows] == [None] * 7 + ["tall"] * 5
    more = {one.get("class"): words(one) for one in main_of(page).iter("p")}
    assert (more["wide"], more["tall"]) == ("and 9 more", "and 4 more")


def test_the_board_shows_the_next_day_when_this_one_is_over(site: HubSite) -> None:
    page = site.page(f"{HERE}/board", "2026-11-25T20:00")
    text = words(main_of(page))
    assert "Today We know of nothing more here today. Tomorrow, Thursday 26 November" in text
    assert [words(one) for one in rows_of(page)] == [
        "1pm to 2pm Moving on Moved from Tuesday 24 November",
    ]


def test_the_board_renews_itself_until_somebody_stops_it(site: HubSite) -> None:
    page = site.page(f"{HERE}/board", f"{TUESDAY}T10:30")
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in page
    assert "setInterval" in page
    [stop] = [one for one in main_of(page).iter("a") if words(one) == "Stop this page changing by itself"]
    still = site.page(stop.get("href", ""), f"{TUESDAY}T10:30")
    assert "refresh" not in still
    assert "setInterval" not in still
    [again] = [one for one in main_of(still).iter("a") if words(one) == "Let this page change by itself again"]
    assert again.get("href") == f"{HERE}/board"


def test_a_hub_page_shows_the_first_of_today_and_leads_to_the_rest(site: HubSite) -> None:
    page = site.page(f"/listings/{SLUG}", f"{TUESDAY}T10:30")
    assert titles(under(page)["On here today"]) == ["Painting", "Moving on", "Baby massage", "Panel of workers"]
    links = {one.get("href") for one in main_of(page).iter("a")}
    assert {f"{HERE}/today", f"{HERE}/week"} <= links


def test_the_list_of_hubs_leads_to_what_is_on_at_each_today(site: HubSite) -> None:
    page = site.page("/hubs", f"{TUESDAY}T10:30")
    links = {one.get("href"): words(one) for one in main_of(page).iter("a")}
    assert links[f"{HERE}/today"] == "Today at Brackenhill Family Hub"
    assert "Open now, closes at 5pm" in page


def test_days_of_a_week_are_found_by_search_engines_only_as_this_week(site: HubSite) -> None:
    addresses = site.page("/sitemap.xml", f"{TUESDAY}T10:30")
    assert f"{HERE}/today</loc>" in addresses
    assert f"{HERE}/week</loc>" in addresses
    assert 'name="robots"' not in site.page(f"{HERE}/week", f"{TUESDAY}T10:30")
    assert 'name="robots"' in site.page(f"{HERE}/week/2026-11-23", f"{TUESDAY}T10:30")
