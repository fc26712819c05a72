"""Chromium for tests of pages: one browser a run, one fresh profile a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import programs

# A phone of the cheap kind that most visitors hold.
PHONE = {"width": 360, "height": 740}

# The sandbox cannot start as root in a container; the rest keeps the browser from talking to anybody but the test.
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """Where Chromium is; a machine without it fails the test with what to install."""
    return programs.chromium()


@pytest.fixture(scope="session")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """The one browser of a run."""
    with sync_playwright() as playwright:
        # Playwright's own --headless would be given beside ours.
        started = playwright.chromium.launch(
            executable_path=chromium_path,
            args=list(FLAGS),
            ignore_default_args=["--headless"],
        )
        yield started
        started.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody on a phone whose browser remembers nothing yet."""
    context = browser.new_context(viewport={"width": PHONE["width"], "height": PHONE["height"]})
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def page(visitor: BrowserContext) -> Page:
    """An empty page on the phone."""
    return visitor.new_page()
