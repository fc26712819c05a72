"""A partner on a phone without script: one session is cancelled in two taps, and every page says so."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from directory.accounts import Who
from directory.moderation import What
from tests import staff
from tests.browser_tests.test_every_kind_of_page import AXE, NARROW, SIDEWAYS
from tests.served import served
from tests.web.deciding_site import CHESS, DRUM, DecidingSite, open_deciding_site
from tests.web.partner_site import NOW

FILM = "film-corner"
LARGEST_PAGE = 60_000
HUB = "brackenhill-family-hub"
CHESS_TODAY = f"/desk/listings/{CHESS}/dates/0/2026-11-23"
FILM_TODAY = f"/desk/listings/{FILM}/dates/0/2026-11-23"


class Served:
    """The site in a process of its own, whose clock stands still, and the same database from outside."""

    def __init__(self, site: DecidingSite, address: str) -> None:
        self.site, self.address = site, address

    def sign_in(self, visitor: BrowserContext, who: Who) -> None:
        """Lets a phone be somebody's."""
        cookie = staff.browser_session(self.site.services, who, NOW)
        visitor.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": self.address}])


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site of a trusted club."""
    folder = tmp_path_factory.mktemp("club-served")
    site = open_deciding_site(folder)
    with served(folder / "content", folder, f"{NOW:%Y-%m-%dT%H:%M}") as address:
        yield Served(site, address)


def _tap(page: Page, role: str, name: str | re.Pattern[str]) -> int:
    """One tap on what a person sees by that name; it counts as one."""
    target = page.get_by_role(role, name=name).first  # type: ignore[arg-type]  # one of the roles of a page
    target.scroll_into_view_if_needed()
    target.click()
    return 1


def test_one_session_is_cancelled_in_two_taps(no_script: Page, club: Served) -> None:
    club.sign_in(no_script.context, club.site.partner)
    no_script.goto(f"{club.address}/desk")
    taps = _tap(no_script, "link", re.compile(r"Cancel or move\s?, Drum corner"))
    taps += _tap(no_script, "button", "Cancel this session")
    assert "Cancelled. People can see it now." in no_script.get_by_role("alert").inner_text()
    assert taps == 2
    for path in ("/whats-on", f"/listings/{DRUM}", f"/hubs/{HUB}/today"):
        no_script.goto(club.address + path)
        assert no_script.get_by_text("Cancelled").first.is_visible(), path


def test_a_session_moves_on_a_phone_and_back(no_script: Page, club: Served) -> None:
    club.sign_in(no_script.context, club.site.partner)
    no_script.goto(f"{club.address}/desk")
    _tap(no_script, "link", re.compile(r"Cancel or move\s?, Film corner"))
    no_script.get_by_text("Move it to another day, time or room").click()
    no_script.get_by_label("On which day is it instead?").fill("25/11/2026")
    _tap(no_script, "button", "Show the next dates")
    assert no_script.get_by_text("Moved to Wednesday 25 November").is_visible()
    _tap(no_script, "button", "Move this session")
    assert "Moved. People can see it now." in no_script.get_by_role("alert").inner_text()
    _tap(no_script, "button", "It is as usual after all")
    assert "It is as usual again." in no_script.get_by_role("alert").inner_text()


PAGES = {
    "the desk": "/desk",
    "all that is coming up": "/desk?coming=all",
    "a date": FILM_TODAY,
    "a date that is cancelled": CHESS_TODAY,
    "several dates": f"/desk/listings/{FILM}/cancel",
    "the queue": "/queue",
}
RIGHT_TO_LEFT = ("the desk", "a date", "the queue")
IN_LANGUAGES = [*(("", kind) for kind in PAGES), *(("/ur", kind) for kind in RIGHT_TO_LEFT)]


@pytest.fixture(scope="module")
def told(club: Served) -> Served:
    """The same, with a date that is cancelled and one that waits."""
    partner, moderator = club.site.partner, club.site.moderator
    for who, slug, date in ((partner, CHESS, "2026-11-23"), (moderator, "little-stars", "2026-11-24")):
        session = club.site.live(slug)["sessions"][0]
        exceptions = [{"date": date, "change": "cancelled", "note": "The boiler is broken. Back next week."}]
        club.site.propose(slug, who=who, what=What.CANCELLATION, sessions=[{**session, "exceptions": exceptions}])
    return club


@pytest.mark.parametrize(("prefix", "kind"), IN_LANGUAGES, ids=[f"{kind} {prefix}" for prefix, kind in IN_LANGUAGES])
def test_nothing_bars_the_way(page: Page, told: Served, prefix: str, kind: str) -> None:
    console: list[str] = []
    page.on("console", lambda message: console.append(message.text))
    page.on("pageerror", lambda error: console.append(str(error)))
    told.sign_in(page.context, told.site.other_moderator if kind == "the queue" else told.site.partner)
    answer = page.goto(told.address + prefix + PAGES[kind])
    assert answer is not None
    assert answer.status == 200
    assert int(answer.headers["content-length"]) < LARGEST_PAGE
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    barriers = Axe().run(page, options=AXE).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html']}" for one in barriers] == []
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    assert page.evaluate(SIDEWAYS) == []
    assert console == []


def test_a_mistake_is_led_to(page: Page, told: Served) -> None:
    told.sign_in(page.context, told.site.partner)
    page.goto(told.address + FILM_TODAY)
    page.get_by_text("Add an extra date").click()
    _tap(page, "button", "Add this date")
    assert [one["id"] for one in Axe().run(page, options=AXE).response["violations"]] == []
    _tap(page, "link", "Write the day")
    assert page.evaluate("document.activeElement.id") == "add-day"
