"""A lone parent on a cheap phone, one hand free, poor signal: from the front door to a number to call."""

import re

from playwright.sync_api import Page, expect

from tests.browser import PHONE

CHILD_ON_ONE_ARM = 12
"""Presses of the Tab key that somebody may need before the thing that they came for."""


def _bottom(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_without_a_script_a_search_leads_to_a_number_to_call(no_script: Page, testbridge: str) -> None:
    page = no_script
    page.goto(testbridge)
    page.get_by_label("What do you need?").fill("stay and play")
    page.get_by_label("Where?").fill("TB5 3DY")
    page.get_by_role("button", name="Search").click()
    first = page.locator(".card a").first
    expect(page.get_by_role("heading", level=1)).to_contain_text("stay and play near TB5 3DY")
    expect(first).to_contain_text(re.compile("stay and play", re.IGNORECASE))
    assert _bottom(page, ".card a") < PHONE["height"]
    first.click()
    expect(page).to_have_url(re.compile(r"/listings/[a-z-]+$"))
    call = page.locator('main a[href^="tel:"]').first
    expect(call).to_be_visible()
    expect(call).to_contain_text(re.compile("Call 01632 960"))
    assert _bottom(page, 'main a[href^="tel:"]') < PHONE["height"]


def test_what_was_asked_can_be_asked_again_in_urdu(no_script: Page, testbridge: str) -> None:
    page = no_script
    page.goto(f"{testbridge}/search?q=stay+and+play&near=TB5+3DY")
    page.get_by_role("link", name="اردو").click()
    expect(page).to_have_url(f"{testbridge}/ur/search?q=stay+and+play&near=TB5+3DY")
    assert page.locator("#q").input_value() == "stay and play"
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.locator(".card a").first.click()
    expect(page).to_have_url(re.compile("/ur/listings/"))


def test_nobody_is_left_without_a_next_step(no_script: Page, testbridge: str) -> None:
    page = no_script
    page.goto(f"{testbridge}/search?q=zzxxqqyyzz&near=TB5+3DY")
    expect(page.locator('main a[href^="tel:"]').first).to_be_visible()
    page.goto(f"{testbridge}/no-such-page")
    page.get_by_role("link", name="Find your hub and ask a person").click()
    expect(page.locator('main a[href^="tel:"]').first).to_be_visible()


def test_words_of_despair_bring_a_number_at_once(no_script: Page, testbridge: str) -> None:
    no_script.goto(f"{testbridge}/search?q=suicide")
    call = no_script.locator('.urgent a[href^="tel:"], .urgent a[href^="sms:"]')
    expect(call.first).to_be_visible()
    assert _bottom(no_script, '.urgent a[href^="tel:"], .urgent a[href^="sms:"]') < PHONE["height"]
    assert _bottom(no_script, "#exit") < PHONE["height"]


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(CHILD_ON_ONE_ARM):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{CHILD_ON_ONE_ARM} presses of Tab do not reach {selector}")


def test_the_keyboard_alone_finds_a_listing(page: Page, testbridge: str) -> None:
    page.goto(testbridge)
    _tab_to(page, "#q")
    page.keyboard.type("stay and play")
    _tab_to(page, "#near")
    page.keyboard.type("TB5 3DY")
    page.keyboard.press("Enter")
    expect(page.locator(".card").first).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"
    page.keyboard.press("Enter")
    _tab_to(page, ".card a")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/listings/"))


def test_what_the_keyboard_is_on_can_be_seen(page: Page, testbridge: str) -> None:
    page.goto(f"{testbridge}/search?q=stay+and+play")
    looks = (
        "const s = getComputedStyle(document.activeElement); [s.outlineStyle, s.boxShadow, s.backgroundColor].join()"
    )
    for _ in range(CHILD_ON_ONE_ARM):
        page.keyboard.press("Tab")
        focused = page.evaluate(looks)
        page.evaluate("window.was = document.activeElement; was.blur()")
        assert page.evaluate(looks.replace("document.activeElement", "was")) != focused
        page.evaluate("was.focus()")
