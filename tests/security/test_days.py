"""Days, calendars and news, where somebody means harm: their addresses, their words, and what they must never tell."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.routing import Rule

from tests.security.house import House, token
from tests.security.test_hostile_input import answered
from tests.web.calendar_reader import read_calendars
from tests.web.calendar_site import HUB, CalendarSite, listing, open_calendar_site, session
from tests.web.deciding_site import CHESS

DAYS = frozenset({"calendars", "holidays", "hub_days", "whats_on"})
DAY = "2026-11-24"
MONDAY = "2026-11-23"
"""A Tuesday to come, and the Monday by which its week is known."""
NO_DATES = (
    "2026-02-30",
    "2027-02-29",
    "9999-12-31",
    "0000-01-01",
    "10000-01-01",
    "-2026-11-24",
    "2026-W48-2",
    "20261124",
    "2026-11-24T10:00",
    "2026-11-24%00",
    "2026-11-24%0d%0aX-Bad:%20a=b",
    "%D9%A2%D9%A0%D9%A2%D9%A6-%D9%A1%D9%A1-%D9%A2%D9%A4",  # the same day in Arabic digits
    "9" * 400,
)
NO_TIMES = (
    "2460",
    "2400",
    "9999",
    "-100",
    "100",
    "10:00",
    "10000",
    "1000%00",
    "1000%0d%0aX-Bad:%20a=b",
    "%D9%A1%D9%A0%D9%A0%D9%A0",
)
NO_NAMES = (
    "..%2f..%2fsite",
    "..%5c..%5csite",
    "%2e%2e",
    f"{HUB}%2f..%2f{HUB}",
    f"{HUB}.yaml",
    f"{HUB}%00",
    f"{HUB}%0d%0aX-Bad:%20a=b",
    HUB.upper(),
    "%ff%fe",
    "%e2%80%ae",
    "x" * 3000,
)
SHAPES = {
    "/whats-on/{}": NO_DATES,
    "/hubs/brackenhill-family-hub/week/{}": NO_DATES,
    "/listings/little-stars/{}/1000.ics": NO_DATES,
    "/listings/little-stars/2026-11-24/{}.ics": NO_TIMES,
    "/listings/{}/2026-11-24/1000.ics": NO_NAMES,
    "/listings/{}/calendar.ics": NO_NAMES,
    "/hubs/{}/today": NO_NAMES,
    "/hubs/{}/week": NO_NAMES,
    "/hubs/{}/board": NO_NAMES,
    "/calendars/{}/brackenhill-family-hub.ics": NO_NAMES,
    "/calendars/hub/{}.ics": NO_NAMES,
    "/calendars/category/{}.ics": NO_NAMES,
    "/calendars/age/{}.ics": NO_NAMES,
}
"""Addresses by what stands in them that names nothing."""
NASTY = '=HYPERLINK(1);,\\n "& ]]> END:VEVENT %0d%0aX-Bad: 1'
"""As much as may stand in content, which is on one line and without HTML."""
SECRET = "Wren"
"""A word that stands in what nobody should see, and nowhere else."""
WALKED = (
    "/",
    "/search?q=club",
    "/search?q=wren",
    "/sitemap.xml",
    "/news.atom",
    "/suggest?q=wren",
    "/whats-on",
    f"/whats-on/{DAY}",
    "/whats-on/tomorrow",
    "/whats-on/this-weekend",
    "/whats-on/next-7-days",
    "/whats-on/next-7-days?q=wren",
    "/whats-on/next-30-days",
    "/whats-on/school-holidays",
    "/holidays",
    "/calendars",
    "/calendars/search.ics?q=club",
    "/calendars/search.ics?q=wren",
    f"/calendars/hub/{HUB}.ics",
    "/calendars/category/under-5s.ics",
    "/calendars/category/talking.ics",
    "/calendars/age/3y-4y.ics",
    f"/listings/{HUB}",
    f"/hubs/{HUB}/today",
    f"/hubs/{HUB}/week",
    f"/hubs/{HUB}/week/{MONDAY}",
    f"/hubs/{HUB}/board",
)
"""Wherever sessions are told of."""
SHARED = re.compile(r"/calendars/|/news|/hubs/.*/(week|board)")
"""What others see too, on a wall or over a shoulder."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> CalendarSite:
    """A site with a club for all and nothing to hide."""
    return open_calendar_site(tmp_path_factory.mktemp("days"), {"club": listing("Club", session())})


@pytest.mark.parametrize("prefix", ["", "/ur"])
@pytest.mark.parametrize("shape", SHAPES)
def test_what_names_nothing_is_not_there_and_the_page_says_so(site: CalendarSite, shape: str, prefix: str) -> None:
    for value in SHAPES[shape]:
        answer = site.client.get(prefix + shape.format(value))
        told = f"{answer.status} for {shape} {value[:60]}"
        answered(answer, told)
        assert answer.status_code == 404, told
        assert "<h1" in answer.text, told
        assert "X-Bad" not in answer.headers, told


def test_no_language_but_ours_has_feeds(site: CalendarSite) -> None:
    for path in (f"/calendars/hub/{HUB}.ics", "/news.atom", f"/listings/club/{DAY}/1000.ics", f"/hubs/{HUB}/board"):
        assert site.client.get(f"/ur{path}").status_code == 200, path
        for language in ("en", "fr", "UR", "ur/ur", "..%2fur"):
            assert site.client.get(f"/{language}{path}").status_code == 404, (language, path)


@pytest.mark.parametrize(
    "value",
    ["club " * 4_000, "x" * 20_000, NASTY, "\x00", "%s{0}", "\ud800".encode("utf-8", "surrogatepass")],
    ids=["long", "one word", "nasty", "nothing", "form", "half"],
)
def test_a_calendar_of_any_search_is_sound_or_refused(site: CalendarSite, value: str | bytes) -> None:
    files = []
    for query in (
        {"q": value},
        {"q": "club", "near": value},
        {"q": "club", "category": value},
        {"q": "club", "page": value},
    ):
        answer = site.client.get("/calendars/search.ics", query_string=query)
        answered(answer, f"{answer.status} for {list(query)}")
        assert answer.status_code in (200, 400, 404), list(query)
        if answer.status_code == 200:
            assert answer.headers["Content-Disposition"] == 'inline; filename="search.ics"'
            assert "no-cache" in answer.headers["Cache-Control"]
            files.append(answer.text)
    assert files == [] or read_calendars(*files)


def test_whatever_a_provider_writes_stays_words(tmp_path: Path) -> None:
    changed = {"date": DAY, "change": "moved", "opens_at": "10:15", "note": NASTY, "room": NASTY}
    nasty = listing(NASTY, session(name=NASTY, room=NASTY, exceptions=[changed]), summary=NASTY)
    site = open_calendar_site(tmp_path, {"club": nasty})
    paths = [f"/listings/club/{DAY}/1015.ics", "/listings/club/calendar.ics", f"/calendars/hub/{HUB}.ics"]
    answers = {path: site.client.get(path) for path in paths}
    for path, answer in answers.items():
        answered(answer, path)
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert re.fullmatch(r'inline; filename="[a-z0-9.-]+"', answer.headers["Content-Disposition"]), path
    one = read_calendars(*(answer.text for answer in answers.values()))[0].events
    assert len(one) == 1
    assert one[0].says["summary"].count(NASTY.partition(" ")[0]) == 2
    for path in ("/news.atom", f"/whats-on/{DAY}", f"/hubs/{HUB}/week/{MONDAY}", f"/hubs/{HUB}/board"):
        text = site.client.get(path).text
        assert "]]>" not in text, path
        assert '"& ' not in text, path
        assert "=HYPERLINK(1)" in text or path == "/news.atom", path


HIDDEN = {
    "address_1": "77 Wren Road",
    "city": "Brackenhill",
    "postal_code": "TB5 3ZZ",
    "place": "brackenhill",
    "latitude": 53.58765,
    "longitude": 1.97654,
    "hide_exact_address": True,
}


def test_a_hidden_address_is_told_nowhere(tmp_path: Path) -> None:
    said = listing("Open club", session(room="Attic"), locations=[HIDDEN], eligibility={"minimum_age": "3 years"})
    site = open_calendar_site(tmp_path, {"club": said})
    told = 0
    for path in (*WALKED, "/listings/club", "/listings/club/calendar.ics", f"/listings/club/{DAY}/1000.ics"):
        text = site.client.get(path).text
        told += "Open club" in text
        found = re.search(r"wren road|TB5 ?3ZZ|attic|53\.58765|1\.97654|53\.5876|1\.9765", text, re.IGNORECASE)
        assert not found, (path, found)
    assert told > 8


NOT_TO_BE_SEEN = {
    "not yet published": {"publish_from": "2027-06-01"},
    "published no longer": {"publish_until": "2026-11-01"},
    "over for good": {"status": "defunct"},
    "not active": {"status": "inactive"},
}


@pytest.mark.parametrize("why", NOT_TO_BE_SEEN)
def test_what_is_not_live_is_told_nowhere(tmp_path: Path, why: str) -> None:
    said = listing(f"{SECRET} club", session(), **NOT_TO_BE_SEEN[why])
    site = open_calendar_site(tmp_path, {"aviary": said, "club": listing("Open club", session())})
    told = 0
    for path in WALKED:
        answer = site.client.get(path)
        told += "Open club" in answer.text
        assert answer.status_code < 500, path
        assert SECRET not in answer.text, path
        assert "aviary" not in answer.text, path
    assert told > 8
    for path in ("calendar.ics", f"{DAY}/1000.ics"):
        assert site.client.get(f"/listings/aviary/{path}").status_code == 404


@pytest.mark.parametrize("how", ["by itself", "by its category"])
def test_what_is_sensitive_is_on_no_wall_in_no_calendar_and_no_news(tmp_path: Path, how: str) -> None:
    quiet = {"sensitive": True} if how == "by itself" else {"categories": ["domestic-abuse"]}
    checked = {"checked": {"on": "2026-11-20", "by": "provider"}}
    said = {
        "aviary": listing(f"{SECRET} club", session(), **quiet, **checked),
        "club": listing("Open club", session(), **checked),
    }
    site = open_calendar_site(tmp_path, said)
    assert SECRET in site.client.get("/search?q=wren").text
    seen = 0
    for path in filter(SHARED.match, WALKED):
        text = site.client.get(path).text
        seen += "Open club" in text
        assert SECRET not in text, path
        assert "aviary" not in text, path
    assert seen > 4
    for path in (
        "/calendars/category/domestic-abuse.ics",
        "/calendars/category/staying-safe.ics",
        "/listings/aviary/calendar.ics",
    ):
        assert site.client.get(path).status_code == 404


def _looked_at(house: House) -> Iterator[tuple[Rule, str]]:
    for rule, path in house.takes("GET"):
        if rule.endpoint.partition(".")[0] in DAYS:
            yield rule, path


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_days_and_calendars_are_only_looked_at(house: House, prefix: str) -> None:
    browser, before = house.browser("administrator"), house.state()
    for _rule, path in _looked_at(house):
        for method in ("POST", "PUT", "DELETE"):
            assert browser.open(prefix + path, method=method).status_code == 405, (method, path)
    assert house.state() == before


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_what_has_not_changed_is_not_sent_again(house: House, prefix: str) -> None:
    browser, kept = house.browser("nobody"), 0
    for _rule, path in _looked_at(house):
        query = "?q=chess" if path.endswith("search.ics") else ""
        whole = browser.get(prefix + path + query)
        head = browser.head(prefix + path + query)
        assert (head.status_code, head.data) == (whole.status_code, b""), path
        assert head.headers.get("ETag") == whole.headers.get("ETag"), path
        assert head.headers["Content-Type"] == whole.headers["Content-Type"], path
        if whole.status_code != 200:
            continue
        kept += 1
        again = browser.get(prefix + path + query, headers={"If-None-Match": whole.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), path
        other = browser.get(prefix + path + query, headers={"If-None-Match": '"another", W/"x"'})
        assert (other.status_code, other.data) == (200, whole.data), path
    assert kept > 12


@pytest.mark.parametrize("date", [*NO_DATES, "2026-12-01"])
def test_a_date_on_which_nothing_is_cannot_be_changed(house: House, date: str) -> None:
    browser, before = house.browser("partner"), house.state()
    proof = {"csrf_token": token(browser)}
    for number in ("0", "1", "9" * 30):
        path = f"/desk/listings/{CHESS}/dates/{number}/{date}"
        for answer in (browser.get(path), browser.post(path, data=proof)):
            answered(answer, path[:200])
            assert answer.status_code == 404, path[:200]
    assert house.state() == before
