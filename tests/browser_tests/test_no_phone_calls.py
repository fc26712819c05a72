"""A lone parent once made three phone calls for a stay and play session. Here they make none.

From the home page to a session near them this week, with its time, its place and one number to call: on a small phone
with a poor signal (Chromium's own figures for slow 3G), without a script. All that is sent is counted.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from babel.dates import format_date
from playwright.sync_api import Browser, Page, expect

from tests.browser import PHONE
from tests.served import TESTBRIDGE, served

MOMENT = "2026-11-23T09:00"
MONDAY = datetime.date(2026, 11, 23)
POSTCODE = "TB5 3DY"
MOST_TAPS, MOST_BYTES = 3, 60 * 1024
PATIENCE = 60_000
"""Milliseconds for a page over such a network on a busy machine."""
SLOW_3G = {"offline": False, "latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PLAY = {"stay-and-play-brackenhill", "stay-and-play-stourford"}
YOUTH, MASSAGE, FOOTBALL = {"flipside-youth-cafe"}, {"baby-massage-course"}, {"brackenhill-juniors-fc"}
NEEDS = {
    "stay and play": ("", "stay and play", PLAY),
    "stay and play, misspelt": ("", "stay n pley", PLAY),
    "stay and play, in Urdu": ("/ur", "کھیل گروپ", PLAY),
    "stay and play, misspelt, pages in Urdu": ("/ur", "stay and pley", PLAY),
    "a youth club": ("", "youth club", YOUTH),
    "a youth club, misspelt": ("", "yuth club", YOUTH),
    "a youth club, in Urdu": ("/ur", "یوتھ کلب", YOUTH),
    "baby massage, misspelt": ("", "baby masage", MASSAGE),
    "baby massage, in Urdu": ("/ur", "بچے کی مالش", MASSAGE),
    "football": ("", "footbal for my 9 year old", FOOTBALL),
    "football, in Urdu": ("/ur", "فٹ بال", FOOTBALL),
}
"""What somebody types, on pages in which language, and the listings any of which is right."""


@dataclass
class Phone:
    """A page, with what it took so far."""

    page: Page
    taps: int = 0
    sent: list[int] = field(default_factory=list)

    def tap(self, selector: str) -> None:
        self.taps += 1
        self.page.locator(selector).first.click()


@pytest.fixture(scope="module")
def testbridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The invented borough on a Monday morning in term."""
    with served(TESTBRIDGE, tmp_path_factory.mktemp("monday"), MOMENT) as address:
        yield address


@pytest.fixture
def phone(browser: Browser) -> Iterator[Phone]:
    """A small phone far from the mast, whose browser runs no script."""
    size = {"width": PHONE["width"], "height": PHONE["height"]}
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]}, java_script_enabled=False
    )
    context.set_default_timeout(60_000)
    held = Phone(context.new_page())
    network = context.new_cdp_session(held.page)

    def count(event: dict[str, Any]) -> None:
        held.sent.append(event["encodedDataLength"])

    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW_3G)
    network.on("Network.loadingFinished", count)
    yield held
    context.close()


def _days_of_this_week(language: str) -> list[str]:
    days = (MONDAY + datetime.timedelta(number) for number in range(7))
    return [format_date(day, "EEEE d MMMM", locale=language) for day in days]


@pytest.mark.parametrize(("prefix", "words", "right"), NEEDS.values(), ids=NEEDS)
def test_a_session_this_week_takes_no_phone_call(
    phone: Phone, testbridge: str, prefix: str, words: str, right: set[str]
) -> None:
    page, days = phone.page, _days_of_this_week(prefix.strip("/") or "en")
    page.goto(testbridge + prefix)
    page.fill("#q", words)
    page.fill("#near", POSTCODE)
    phone.tap("main form button")
    page.wait_for_url("**/search?*", timeout=PATIENCE)  # until the whole page is there, and not only its first lines
    cards = page.locator(".card")
    expect(cards.first).to_be_visible(timeout=PATIENCE)
    this_week = next(one for one in cards.all() if any(day in one.inner_text() for day in days))
    phone.taps += 1
    this_week.locator("h2 a").click()
    page.wait_for_url("**/listings/*", timeout=PATIENCE)
    call = page.locator('main a[href^="tel:"]').first
    expect(call).to_contain_text("01632 960", timeout=PATIENCE)
    said = page.locator("main").inner_text()
    assert any(day in said for day in days)
    assert POSTCODE[:2] in said
    assert page.url.rpartition("/")[2] in right
    assert phone.taps <= MOST_TAPS
    assert sum(phone.sent) <= MOST_BYTES
