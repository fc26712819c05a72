"""Every kind of page, on a phone, in English and in Urdu: nothing to trip over."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from tests.browser_tests.kinds import KINDS, PREFIXES

NARROW = {"width": 320, "height": 640}
SIDEWAYS = """() => {
  const wide = [...document.querySelectorAll('body *')].filter(one => {
    const box = one.getBoundingClientRect();
    const hidden = one.closest('.govuk-visually-hidden, .govuk-skip-link, svg, .paper');
    return box.width > 0 && !hidden && (box.right > innerWidth + 1 || box.left < -1);
  });
  const scrolls = document.documentElement.scrollWidth > innerWidth;
  return [...wide.map(one => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`),
    ...(scrolls ? [`the page is ${document.documentElement.scrollWidth} wide`] : [])];
}"""
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}


def _barriers(page: Page) -> list[str]:
    """What axe-core finds wrong: the rule, and the first element that breaks it."""
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in Axe().run(page, options=AXE).response["violations"]]


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_bars_the_way_and_nothing_is_asked_of_others(
    visitor: BrowserContext, page: Page, testbridge: str, kind: str, prefix: str
) -> None:
    told: list[str] = []
    asked: list[Request] = []
    page.on("console", lambda message: told.append(_told(message)))
    page.on("pageerror", lambda error: told.append(str(error)))
    visitor.on("request", lambda request: asked.append(request))  # noqa: PLW0108  # Playwright cannot take a built-in
    page.goto(testbridge + prefix + KINDS[kind])
    faults = _barriers(page)
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    assert faults == []
    assert page.evaluate(SIDEWAYS) == []
    assert [one for one in told if "404 (NOT FOUND)" not in one] == []
    assert [urlsplit(one.url).netloc for one in asked] == [urlsplit(testbridge).netloc]


def _told(message: ConsoleMessage) -> str:
    return f"{message.type}: {message.text}"


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
@pytest.mark.parametrize("slug", ["toddler-tuesday", "safe-start", "winter-club", "old-club", "family-panel"])
def test_a_listing_with_everything_in_it_bars_no_way(page: Page, everything: str, slug: str, prefix: str) -> None:
    page.goto(f"{everything}{prefix}/listings/{slug}")
    faults = _barriers(page)
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    assert faults == []
    assert page.evaluate(SIDEWAYS) == []
