"""An administrator on a phone: nothing to trip over, and nothing done that was not asked about."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from directory.model.calendar import LONDON
from tests import staff
from tests.browser_tests.test_every_kind_of_page import AXE, NARROW, SIDEWAYS
from tests.served import served
from tests.web.deciding_site import HUB, DecidingSite, open_deciding_site

PAGES = {
    "people": "/people",
    "an invitation": "/people/invite",
    "a person": "/people/3",
    "the settings": "/settings",
    "the log": "/log",
    "a day that is none": "/log?from=soon",
}
IN_LANGUAGES = [(prefix, kind) for prefix in ("", "/ur") for kind in PAGES]


@dataclass
class Served:
    """The site in a process of its own, and its administrator."""

    site: DecidingSite
    address: str

    def sign_in(self, visitor: BrowserContext) -> None:
        """Lets a phone be the administrator's."""
        who, now = staff.administrator(self.site.services), datetime.datetime.now(LONDON)
        cookie = staff.browser_session(self.site.services, who, now)
        visitor.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": self.address}])


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("administered")
    site = open_deciding_site(folder)
    staff.moderator(site.services, HUB, name="Somebody With A Long Name At The Hub")
    site.approved(site.propose(summary="Chess for all."))
    with served(folder / "content", folder) as address:
        yield Served(site, address)


@pytest.mark.parametrize(("prefix", "kind"), IN_LANGUAGES, ids=[f"{kind} {prefix}" for prefix, kind in IN_LANGUAGES])
def test_nothing_bars_the_way_on_an_administrators_page(page: Page, busy: Served, prefix: str, kind: str) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    busy.sign_in(page.context)
    answer = page.goto(busy.address + prefix + PAGES[kind])
    assert answer is not None
    assert answer.status == 200
    barriers = Axe().run(page, options=AXE).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html']}" for one in barriers] == []
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    assert page.evaluate(SIDEWAYS) == []
    assert told == []


def test_somebody_leaves_once_it_was_asked_about_and_without_a_script(no_script: Page, busy: Served) -> None:
    busy.sign_in(no_script.context)
    number = busy.site.second_partner.id
    no_script.goto(f"{busy.address}/people/{number}")
    no_script.get_by_role("button", name="They have left").click()
    assert no_script.get_by_role("heading", level=1).inner_text() == "Has Quinn Partner left?"
    no_script.get_by_role("button", name="Yes, they have left").click()
    assert "Quinn Partner has left." in no_script.get_by_role("alert").inner_text()
