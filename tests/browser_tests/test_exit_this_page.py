"""Leaving a page that nobody else should see: at once, without a trace on the next page, and not back again."""

import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser_tests.conftest import catch

SECRET = "/listings/national-domestic-abuse-helpline"
ELSEWHERE = re.compile(r"^https://(?!127)")


def _walk_in(page: Page, testbridge: str) -> None:
    page.goto(testbridge)
    page.goto(f"{testbridge}/search?q=domestic+abuse")
    page.locator(f'a[href$="{SECRET}"]').first.click()
    expect(page.locator("#exit")).to_be_visible()


def _go_back(page: Page, where: re.Pattern[str]) -> None:
    """Presses Back and waits until the browser has come to rest at such an address."""
    with page.expect_navigation(url=where):
        page.evaluate("setTimeout(() => history.back())")


@pytest.mark.parametrize("way", ["click", "Shift three times", "Tab and Enter"])
def test_one_press_leaves_and_going_back_never_stops_at_anything_private(
    page: Page, left: list[Request], testbridge: str, way: str
) -> None:
    _walk_in(page, testbridge)
    if way == "click":
        page.locator("#exit").click()
    elif way == "Tab and Enter":
        page.locator("#exit").focus()
        page.keyboard.press("Enter")
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    expect(page).to_have_title("Elsewhere")
    assert "referer" not in left[0].headers
    _go_back(page, ELSEWHERE)  # not the results, which lie between
    expect(page).to_have_title("Elsewhere")
    _go_back(page, re.compile(re.escape(testbridge) + "/$"))
    expect(page.get_by_label("What do you need?")).to_be_empty()


def test_a_page_can_be_visited_again_on_purpose(page: Page, left: list[Request], testbridge: str) -> None:
    _walk_in(page, testbridge)
    page.locator("#exit").click()
    expect(page).to_have_title("Elsewhere")
    page.goto(testbridge + SECRET)
    expect(page.locator("#exit")).to_be_visible()
    assert len(left) == 1


def test_without_a_script_the_link_leaves_and_back_asks_the_server_again(no_script: Page, testbridge: str) -> None:
    page, left, asked = no_script, catch(no_script.context), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(testbridge + SECRET)
    page.locator("#exit").click()
    expect(page).to_have_title("Elsewhere")
    assert "referer" not in left[0].headers
    page.go_back()
    assert asked.count(testbridge + SECRET) == 2


def test_the_way_off_stays_in_sight_while_reading_on(page: Page, testbridge: str) -> None:
    page.goto(testbridge + SECRET)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.locator("#exit")).to_be_in_viewport()


@pytest.mark.parametrize("path", [SECRET, "/need-help-now", "/search?q=suicide", "/categories/domestic-abuse"])
@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_the_way_off_is_in_the_first_view(page: Page, testbridge: str, path: str, prefix: str) -> None:
    page.goto(testbridge + prefix + path)
    expect(page.locator("#exit")).to_be_in_viewport()


@pytest.mark.parametrize("path", ["/", "/listings/stay-and-play-brackenhill", "/search?q=stay+and+play"])
def test_nothing_is_kept_in_the_browser(page: Page, testbridge: str, path: str) -> None:
    page.goto(testbridge + path)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
