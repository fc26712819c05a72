"""On a phone without script, the next term's dates of a group are two taps away: the link on the desk, and Send."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings
from tests.browser_tests.test_every_kind_of_page import AXE, NARROW, SIDEWAYS
from tests.served import served
from tests.staff import browser_session, partner
from tests.web.rich_content import write_rich_content

PATH = "/desk/listings/toddler-tuesday/next-term"
NOW = datetime.datetime(2026, 11, 30, 9, 0, tzinfo=LONDON)
_SPRING = """\
- name: Spring term, first half
  starts: 2027-01-04
  ends: 2027-02-12
- name: Spring term, second half
  starts: 2027-02-22
  ends: 2027-03-25
holidays:
- name: February half-term
  starts: 2027-02-13
  ends: 2027-02-21
"""


def write_ending_sessions(folder: Path) -> Path:
    """The rich content with a term to come, and a group whose sessions end with this one."""
    content = write_rich_content(folder)
    calendar, listing = content / "calendar.yaml", content / "listings" / "toddler-tuesday.yaml"
    calendar.write_text(calendar.read_text().replace("holidays:\n", _SPRING, 1))
    listing.write_text(
        listing.read_text().replace("  term: term_time\n", "  term: term_time\n  valid_to: 2026-12-18\n", 1)
    )
    return content


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Services]]:
    """The site on the last day of November, and the same database from outside."""
    folder = tmp_path_factory.mktemp("next-term-served")
    content = write_ending_sessions(folder / "content")
    index = folder / "index-of-the-test"
    index.mkdir()
    services = Services.open(Settings(content, index, f"sqlite:///{folder / 'directory.sqlite'}"))
    with served(content, folder, f"{NOW:%Y-%m-%dT%H:%M}") as address:
        yield address, services


def sign_in(page: Page, site: str, services: Services) -> None:
    """Lets a phone be that of somebody who speaks for the group."""
    cookie = browser_session(services, partner(services, "testbridge-council", "Tess Term"), NOW)
    page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": site}])


@pytest.fixture
def desk(no_script: Page, address: tuple[str, Services]) -> Page:
    """The desk of whoever runs the group."""
    site, services = address
    sign_in(no_script, site, services)
    no_script.goto(f"{site}/desk")
    return no_script


def test_the_next_term_is_two_taps_from_the_desk(desk: Page) -> None:
    expect(desk.get_by_text("Your sessions end on 18 December 2026.")).to_be_visible()
    desk.get_by_role("link", name="Set the next term's dates").click()
    expect(desk.locator("#dates li").first).to_have_text("Tuesday 5 January 2027, 10am to 11:30am")
    desk.get_by_role("button", name="Send", exact=True).click()
    expect(desk.get_by_text("Sent. Thank you for keeping it right.")).to_be_visible()
    expect(desk.get_by_text("Until Thursday 25 March 2027").first).to_be_visible()


@pytest.mark.parametrize("language", ["", "/ur"], ids=["English", "Urdu"])
def test_the_page_fits_a_narrow_phone_and_is_free_of_known_faults(
    page: Page, address: tuple[str, Services], language: str
) -> None:
    site, services = address
    sign_in(page, site, services)
    page.goto(f"{site}{language}{PATH}")
    assert Axe().run(page, options=AXE).response["violations"] == []
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    assert page.evaluate(SIDEWAYS) == []
