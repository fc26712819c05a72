"""Sites in a process of their own, and browsers that must not leave this machine."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

from tests.browser import PHONE
from tests.served import ROOT, TESTBRIDGE, served
from tests.web.rich_content import write_rich_content


@pytest.fixture(scope="session")
def testbridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the invented borough."""
    with served(TESTBRIDGE, tmp_path_factory.mktemp("testbridge-served")) as address:
        yield address


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with one listing that fills in every field."""
    folder = tmp_path_factory.mktemp("everything-served")
    with served(write_rich_content(folder / "content"), folder) as address:
        yield address


@pytest.fixture(scope="session")
def dudley(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of Dudley's own directory."""
    with served(ROOT / "content", tmp_path_factory.mktemp("dudley-served")) as address:
        yield address


@pytest.fixture
def left(visitor: BrowserContext) -> list[Request]:
    """Requests of the visitor for another host; they are answered here, so that nothing leaves the machine."""
    return catch(visitor)


def catch(visitor: BrowserContext) -> list[Request]:
    """Answers every request for another host with a page that says "Elsewhere", and keeps it."""
    caught: list[Request] = []

    def answer(route: Route) -> None:
        caught.append(route.request)
        route.fulfill(content_type="text/html", body="<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>")

    visitor.route(lambda address: not address.startswith(("http://127.0.0.1:", "data:")), answer)
    return caught


@pytest.fixture
def no_script(browser: Browser) -> Iterator[Page]:
    """A phone whose browser runs no script."""
    context = browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]}, java_script_enabled=False
    )
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()
