"""A moderator on a phone: an ordinary decision in two taps, and nothing to trip over on any page of theirs."""

import datetime
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from directory.model.calendar import LONDON
from directory.moderation import Proposed, What
from tests import staff
from tests.browser_tests.test_every_kind_of_page import AXE, NARROW, SIDEWAYS
from tests.served import served
from tests.web.deciding_site import CHESS, DRUM, SUNG, DecidingSite, open_deciding_site

LARGEST_PAGE = 60_000


class Served:
    """The site in a process of its own, and what waits on it by what it is for."""

    def __init__(self, site: DecidingSite, address: str) -> None:
        self.site, self.address = site, address
        self.waiting: dict[str, Proposed] = {}

    def sign_in(self, visitor: BrowserContext) -> None:
        """Lets a phone be the moderator's."""
        cookie = staff.browser_session(self.site.services, self.site.moderator, datetime.datetime.now(LONDON))
        visitor.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": self.address}])


@pytest.fixture(scope="module")
def deciding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site on which things of each kind wait."""
    folder = tmp_path_factory.mktemp("deciding")
    site = open_deciding_site(folder)
    with served(folder / "content", folder) as address:
        yield Served(site, address)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site with something on every page, which nobody changes."""
    folder = tmp_path_factory.mktemp("busy-served")
    site = open_deciding_site(folder)
    quinn = site.second_partner
    done = site.propose(CHESS, who=quinn, summary="Chess for the brave.", note="We have grown.")
    waiting = {
        "what both changed": site.propose(CHESS, summary="Chess for everybody.", title="Chess club"),
        "a change": site.propose(DRUM, title="Drums", description="Loud.\n\n* Bring ear plugs.", cost={"type": "free"}),
        "new times": site.propose("film-corner", phones=[{"number": "01632 960155"}]),
        "a new listing": site.propose("", what=What.NEW, **SUNG),
        "her own": site.propose(DRUM, who=site.moderator, summary="Drums for all."),
        "an answered one": done,
    }
    site.approved(done)
    asked = waiting["a change"]
    site.services.moderation.say(who=site.other_moderator, number=asked.id, text="For whom?", now=site.site.now)
    with served(folder / "content", folder) as address:
        told = Served(site, address)
        told.waiting = waiting
        yield told


def _tap(page: Page, role: str, name: str | re.Pattern[str]) -> int:
    """One tap on what a person sees by that name; it counts as one."""
    target = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]  # one of the roles of a page
    target.scroll_into_view_if_needed()
    target.click()
    return 1


def test_an_ordinary_decision_takes_two_taps(page: Page, deciding: Served) -> None:
    deciding.site.propose(CHESS, title="Chess club", url="https://chess.example.org/")
    deciding.sign_in(page.context)
    page.goto(f"{deciding.address}/queue")
    taps = _tap(page, "link", "Chess club")
    taps += _tap(page, "button", "Approve")
    assert page.get_by_role("alert").inner_text().split("\n")[-1] == "Approved: Chess club. People can see it now."
    assert page.get_by_role("heading", level=1).inner_text() == "Queue"
    assert taps <= 2
    page.goto(f"{deciding.address}/listings/{CHESS}")
    assert page.get_by_role("heading", level=1).inner_text() == "Chess club"


def test_new_times_of_a_trusted_provider_take_one_tap(page: Page, deciding: Served) -> None:
    deciding.site.propose(DRUM, phones=[{"number": "01632 960177"}])
    deciding.sign_in(page.context)
    page.goto(f"{deciding.address}/queue")
    assert page.locator("ins").inner_text().split()[-1] == "960177"
    _tap(page, "button", re.compile(r"Approve\s?: Drum corner"))
    assert "Approved: Drum corner." in page.get_by_role("alert").inner_text()


def test_everything_works_without_a_script(no_script: Page, deciding: Served) -> None:
    deciding.site.propose("film-corner", title="Film club", summary="Films for all.")
    deciding.sign_in(no_script.context)
    no_script.goto(f"{deciding.address}/queue")
    no_script.get_by_text("Show only some").click()
    no_script.get_by_label("What for").select_option(label="Change")
    _tap(no_script, "button", "Show these")
    _tap(no_script, "link", "Film club")
    no_script.get_by_label("Take this change: Summary").uncheck()
    no_script.get_by_text("Put the words right: Title").click()
    no_script.get_by_label("Title", exact=True).fill("Film hour")
    _tap(no_script, "button", "Approve")
    assert "Approved: Film club." in no_script.get_by_role("alert").inner_text()
    deciding.site.services.look_again()
    assert deciding.site.live("film-corner")["title"] == "Film hour"
    assert deciding.site.live("film-corner")["summary"] == "Film for beginners."


def test_a_version_is_brought_back_on_a_phone(page: Page, deciding: Served) -> None:
    deciding.site.approved(deciding.site.propose("little-stars", who=deciding.site.moderator, title="Small Stars"))
    deciding.sign_in(page.context)
    page.goto(f"{deciding.address}/history/little-stars")
    _tap(page, "link", re.compile(r"Bring it back\s?, version 1"))
    page.get_by_label("Why do you bring this version back?").fill("They rang.")
    _tap(page, "button", "Bring version 1 back")
    assert "Version 1 is back." in page.get_by_role("alert").inner_text()


PAGES = {
    "the queue": "/queue",
    "the queue narrowed to nothing": "/queue?kind=closure",
    "what both changed": "/queue/{what both changed}",
    "a change": "/queue/{a change}",
    "a new listing": "/queue/{a new listing}",
    "her own": "/queue/{her own}",
    "an answered one": "/queue/{an answered one}",
    "a preview": "/queue/{a change}/preview",
    "a history": f"/history/{CHESS}",
    "no history": "/history/little-stars",
    "two versions": f"/history/{CHESS}/1/2",
    "a version to bring back": f"/history/{CHESS}/2/1",
}


RIGHT_TO_LEFT = ("the queue", "what both changed", "a change", "a preview", "a version to bring back")
IN_LANGUAGES = [*(("", kind) for kind in PAGES), *(("/ur", kind) for kind in RIGHT_TO_LEFT)]


@pytest.mark.parametrize(("prefix", "kind"), IN_LANGUAGES, ids=[f"{kind} {prefix}" for prefix, kind in IN_LANGUAGES])
def test_nothing_bars_the_way_on_a_moderators_page(page: Page, busy: Served, prefix: str, kind: str) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    busy.sign_in(page.context)
    numbers = {name: one.id for name, one in busy.waiting.items()}
    answer = page.goto(busy.address + prefix + PAGES[kind].format_map(numbers))
    assert answer is not None
    assert answer.status == 200
    assert int(answer.headers["content-length"]) < LARGEST_PAGE
    barriers = Axe().run(page, options=AXE).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html']}" for one in barriers] == []
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    assert page.evaluate(SIDEWAYS) == []
    assert told == []


def test_a_page_of_mistakes_bars_no_way_and_leads_to_them(page: Page, busy: Served) -> None:
    busy.sign_in(page.context)
    page.goto(f"{busy.address}/queue/{busy.waiting['what both changed'].id}")
    _tap(page, "button", "Approve")
    assert [one["id"] for one in Axe().run(page, options=AXE).response["violations"]] == []
    _tap(page, "link", "Choose which one is right: Summary")
    assert page.evaluate("document.activeElement.value") == "keep"
