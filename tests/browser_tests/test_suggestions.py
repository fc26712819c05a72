"""Typing in a search box with a finger, a mouse or keys; and telling where one is, only if one wants to."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser import PHONE
from tests.browser_tests.test_every_kind_of_page import AXE, NARROW, SIDEWAYS

PREFIXES = ["", "/ur"]
HERE = {"latitude": 53.583456, "longitude": 1.978901}
TYPED = "stay and"


@pytest.fixture
def at_home(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody in Testbridge whose phone may tell where it is, and can be touched."""
    context = browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        geolocation={"latitude": HERE["latitude"], "longitude": HERE["longitude"]},
        permissions=["geolocation"],
        has_touch=True,
    )
    context.set_default_timeout(30_000)
    yield context
    context.close()


def _type(page: Page, address: str, text: str = TYPED) -> Locator:
    """Types into the search box of a page and waits for suggestions."""
    page.goto(address)
    box = page.locator("#q")
    box.press_sequentially(text)
    expect(page.get_by_role("option").first).to_be_visible()
    return box


def _active(page: Page) -> str | None:
    """The words of the option that a screen reader is told of."""
    told: str | None = page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent"
    )
    return told


@pytest.mark.parametrize("prefix", PREFIXES)
def test_keys_walk_through_the_suggestions_and_back_to_the_words(page: Page, testbridge: str, prefix: str) -> None:
    box = _type(page, testbridge + prefix + "/")
    options = page.get_by_role("option")
    words = options.all_text_contents()
    assert 2 <= len(words) <= 8
    expect(box).to_have_attribute("aria-expanded", "true")
    assert _active(page) is None
    for key, expected in [
        ("ArrowDown", words[0]),
        ("ArrowDown", words[1]),
        ("ArrowUp", words[0]),
        ("ArrowUp", words[-1]),
        ("ArrowDown", words[0]),
        ("Home", None),
        ("ArrowUp", words[-1]),
        ("End", None),
    ]:
        page.keyboard.press(key)
        assert _active(page) == expected, key
    expect(box).to_be_focused()
    expect(box).to_have_value(TYPED)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_enter_goes_where_the_suggestion_leads(page: Page, testbridge: str, prefix: str) -> None:
    _type(page, testbridge + prefix + "/", "stay and play brack")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(testbridge + prefix) + "/listings/[a-z-]+$"))


def test_enter_without_a_choice_searches_for_the_words(page: Page, testbridge: str) -> None:
    _type(page, testbridge)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{testbridge}/search?q=stay+and&near=")


def test_escape_and_tab_close_the_suggestions_and_keep_the_words(page: Page, testbridge: str) -> None:
    box = _type(page, testbridge)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value(TYPED)
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#near")).to_be_focused()


def test_a_need_is_searched_for_near_the_place_that_was_given(page: Page, testbridge: str) -> None:
    page.goto(testbridge)
    page.locator("#near").fill("Brackenhill")
    page.locator("#q").press_sequentially("baby massage and")
    page.get_by_role("option").filter(has_text="Search").first.click()
    expect(page).to_have_url(re.compile(r"/search\?q=Baby\+massage[^&]*&near=Brackenhill$"))


def test_a_touch_opens_a_suggestion(at_home: BrowserContext, testbridge: str) -> None:
    page = at_home.new_page()
    _type(page, testbridge)
    page.get_by_role("option").last.tap()
    expect(page).to_have_url(re.compile("/(listings|categories)/"))


def test_how_many_there_are_is_said_to_those_who_cannot_see(page: Page, testbridge: str) -> None:
    _type(page, testbridge)
    expect(page.locator(".suggests [role=status]")).to_have_text(re.compile(r"^\d suggestions$"))


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("path", ["/", "/search?q=walk"])
def test_open_suggestions_bar_nobodys_way(page: Page, testbridge: str, prefix: str, path: str) -> None:
    page.goto(testbridge + prefix + path)
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially(TYPED)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    told = Axe().run(page, options=AXE).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html']}" for one in told] == []
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    expect(page.get_by_role("listbox")).to_be_visible()
    assert page.evaluate(SIDEWAYS) == []


@pytest.mark.parametrize("fault", ["no network", "a fault of the site", "no sense"])
def test_without_an_answer_the_words_are_searched_for_as_ever(page: Page, testbridge: str, fault: str) -> None:
    asked: list[str] = []

    def fail(route: Route) -> None:
        asked.append(route.request.url)
        if fault == "no network":
            route.abort()
        else:
            route.fulfill(status=500 if fault == "a fault of the site" else 200, body="<h1>Sorry</h1>")

    page.route("**/suggest?*", fail)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(testbridge)
    with page.expect_request("**/suggest?*"):
        page.locator("#q").press_sequentially("walk")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{testbridge}/search?q=walk&near=")
    assert (len(asked), faults) == (1, [])


def test_what_was_asked_for_older_words_is_given_up(page: Page, testbridge: str) -> None:
    page.route("**/suggest?q=stay", lambda _never_answered: None)
    page.goto(testbridge)
    with page.expect_request("**/suggest?q=stay"):
        page.locator("#q").press_sequentially("stay")
    with page.expect_event("requestfailed") as given_up:
        page.locator("#q").fill("baby")
    assert given_up.value.url == f"{testbridge}/suggest?q=stay"
    expect(page.get_by_role("option").first).to_contain_text(re.compile("baby", re.IGNORECASE))


def test_typing_asks_once_and_only_this_site(page: Page, testbridge: str) -> None:
    asked: list[str] = []
    page.goto(testbridge)
    page.context.on("request", lambda request: asked.append(request.url))
    page.locator("#q").press_sequentially("s")
    page.locator("#q").press_sequentially("tay")
    expect(page.get_by_role("option").first).to_be_visible()
    assert asked == [f"{testbridge}/suggest?q=stay"]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_where_one_is_comes_rounded_into_the_place_box(at_home: BrowserContext, testbridge: str, prefix: str) -> None:
    page, asked = at_home.new_page(), list[str]()
    at_home.on("request", lambda request: asked.append(request.url))
    page.goto(testbridge + prefix + "/")
    page.locator("#q").fill("stay and play")
    page.locator(".here button").click()
    expect(page).to_have_url(f"{testbridge}{prefix}/search?q=stay+and+play&near=53.58%2C+1.98")
    expect(page.locator("#near")).to_have_value("53.58, 1.98")
    assert not any("53.583" in one for one in asked)


def test_where_one_is_leads_to_the_hub(at_home: BrowserContext, testbridge: str) -> None:
    page = at_home.new_page()
    page.goto(f"{testbridge}/hubs")
    page.get_by_role("button", name="Use where I am").tap()
    expect(page.get_by_role("heading", name="The hub near where you are")).to_be_visible()


def test_who_does_not_want_to_tell_is_kindly_told_what_to_do(page: Page, testbridge: str) -> None:
    page.goto(testbridge)
    button = page.get_by_role("button", name="Use where I am")
    button.click()
    expect(page.locator(".here [role=status]")).to_have_text(
        "We could not find where you are. Type your town or postcode instead."
    )
    expect(page).to_have_url(f"{testbridge}/")


def test_without_a_script_there_is_neither(no_script: Page, testbridge: str) -> None:
    no_script.goto(testbridge)
    no_script.locator("#q").press_sequentially("stay")
    expect(no_script.locator(".here button, [role=listbox], [role=combobox]")).to_have_count(0)
    expect(no_script.locator(".here")).to_be_hidden()
    no_script.keyboard.press("Enter")
    expect(no_script).to_have_url(f"{testbridge}/search?q=stay&near=")
