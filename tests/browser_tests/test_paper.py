"""A listing on paper: one side of A4 with everything that somebody needs to get there or to call."""

import re

import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.browser_tests.kinds import PREFIXES
from tests.served import TESTBRIDGE

SHEETS = re.compile(rb"/Type\s*/Page\b(?!s)")
HUBS = ["brackenhill-family-hub", "testbridge-north-family-hub", "hallowden-spoke"]


def _longest(count: int) -> list[str]:
    """The listings with the most to say."""
    files = sorted((TESTBRIDGE / "listings").glob("*.yaml"), key=lambda path: path.stat().st_size)
    return [path.stem for path in files[-count:]]


def _sheets(page: Page) -> int:
    return len(SHEETS.findall(page.pdf(format="A4", print_background=False)))


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
@pytest.mark.parametrize("slug", [*HUBS, *_longest(5)])
def test_a_listing_fits_on_one_sheet_with_what_matters(page: Page, testbridge: str, slug: str, prefix: str) -> None:
    page.goto(f"{testbridge}{prefix}/listings/{slug}")
    assert _sheets(page) == 1
    page.emulate_media(media="print")
    expect(page.locator(".code svg")).to_be_visible()
    text = page.locator("main").inner_text()
    assert f"/listings/{slug}" in text
    listing = yaml.safe_load((TESTBRIDGE / "listings" / f"{slug}.yaml").read_text(encoding="utf-8"))
    for phone in listing.get("phones", []):
        assert phone["number"] in text
    for place in listing.get("locations", []):
        assert place.get("postal_code", "") in text
        assert place.get("address_1", "") in text


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
@pytest.mark.parametrize("town", ["brierley-hill", "dudley-central", "dudley-north", "halesowen", "stourbridge"])
def test_a_hub_of_dudley_fits_on_one_sheet(page: Page, dudley: str, town: str, prefix: str) -> None:
    page.goto(f"{dudley}{prefix}/listings/{town}-family-hub")
    assert _sheets(page) == 1


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
def test_a_listing_with_every_field_fits_on_one_sheet(page: Page, everything: str, prefix: str) -> None:
    page.goto(f"{everything}{prefix}/listings/toddler-tuesday")
    assert _sheets(page) == 1
    page.emulate_media(media="print")
    text = page.locator("main").inner_text()
    for word in ("TB5 3AB", "1 High Street", "01632 960", "Small ones"):
        assert word in text
    expect(page.locator(".code svg")).to_be_visible()


def test_what_is_only_for_the_screen_is_not_printed(page: Page, testbridge: str) -> None:
    page.goto(f"{testbridge}/listings/national-domestic-abuse-helpline")
    page.emulate_media(media="print")
    for selector in ("#exit", ".top__nav", ".tongues", "footer"):
        assert page.locator(selector).count()
        assert not any(one.is_visible() for one in page.locator(selector).all()), selector


def test_the_code_leads_to_the_page_itself(page: Page, testbridge: str) -> None:
    page.goto(f"{testbridge}/listings/brackenhill-family-hub")
    before = page.locator(".code svg path").get_attribute("d")
    page.goto(f"{testbridge}/ur/listings/brackenhill-family-hub")
    assert page.locator(".code svg path").get_attribute("d") != before
