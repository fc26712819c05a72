"""The first view on a slow phone: one request, small, and it does not jump."""

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import PHONE

LARGEST = 30 * 1024
"""Bytes over the wire, headers and all."""
PATHS = [
    "/",
    "/ur/",
    "/search?q=stay+and+play",
    "/search?q=family&near=TB5+3DY",
    "/ur/search?q=stay+and+play",
    "/search?q=suicide",
    "/whats-on/next-30-days",
    "/ur/whats-on/next-30-days?near=TB5+3DY",
    "/listings/stay-and-play-brackenhill",
    "/ur/listings/brackenhill-family-hub",
]


@dataclass
class Wire:
    """What a page costs: how many answers, and how many bytes they weighed as they were sent."""

    answers: int = 0
    bytes: float = 0.0

    def watch(self, page: Page) -> None:
        """Begins to count."""
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._finished)

    def _asked(self, event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("data:"):
            self.answers += 1

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_one_small_answer(page: Page, testbridge: str, path: str) -> None:
    wire = Wire()
    wire.watch(page)
    page.goto(testbridge + path, wait_until="networkidle")
    assert wire.answers == 1
    assert 1_000 < wire.bytes <= LARGEST


@pytest.mark.parametrize("path", ["/", "/search?q=stay+and+play", "/ur/search?q=stay+and+play"])
def test_nothing_jumps_while_a_page_arrives(browser: Browser, testbridge: str, path: str) -> None:
    context = browser.new_context(viewport={"width": PHONE["width"], "height": PHONE["height"]})
    page = context.new_page()
    page.add_init_script(
        "window.jumps = []; new PerformanceObserver(list => jumps.push(...list.getEntries().map(one => one.value)))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(testbridge + path, wait_until="networkidle")
    assert page.evaluate("window.jumps") == []
    context.close()
