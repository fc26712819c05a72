"""Every kind of page, on a phone, in English and in Urdu: nothing to trip over."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser_tests.kinds import DUDLEY, KINDS, PREFIXES

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


def _check_nothing_bars_the_way(page: Page, address: str) -> None:
    told: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: told.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.context.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    page.goto(address)
    barriers = [
        f"{one['id']}: {one['nodes'][0]['html']}" for one in Axe().run(page, options=AXE).response["violations"]
    ]
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    assert barriers == []
    assert page.evaluate(SIDEWAYS) == []
    assert [one for one in told if "404 (NOT FOUND)" not in one] == []
    assert asked == [urlsplit(address).netloc]


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_bars_the_way_on_any_kind_of_page(page: Page, testbridge: str, kind: str, prefix: str) -> None:
    _check_nothing_bars_the_way(page, testbridge + prefix + KINDS[kind])


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
@pytest.mark.parametrize("kind", DUDLEY)
def test_nothing_bars_the_way_in_dudley(page: Page, dudley: str, kind: str, prefix: str) -> None:
    _check_nothing_bars_the_way(page, dudley + prefix + DUDLEY[kind])


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
@pytest.mark.parametrize("slug", ["toddler-tuesday", "safe-start", "winter-club", "old-club", "family-panel"])
def test_nothing_bars_the_way_on_a_listing_with_everything(page: Page, everything: str, slug: str, prefix: str) -> None:
    _check_nothing_bars_the_way(page, f"{everything}{prefix}/listings/{slug}")
