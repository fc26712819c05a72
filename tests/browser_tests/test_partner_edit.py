"""A partner changes a listing on a phone: five taps from the letter, and nothing that was typed is lost."""

import datetime
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Dialog, Page, expect
from sqlmodel import select

from directory.accounts import Who
from directory.model.calendar import LONDON
from directory.moderation import State
from directory.services import Services
from directory.settings import Settings
from directory.tables import StaffSession
from directory.truth import LinkAct
from directory.truth.links import make
from tests.browser_tests.test_every_kind_of_page import AXE, NARROW, SIDEWAYS
from tests.served import served
from tests.staff import browser_session, partner
from tests.web.rich_content import write_rich_content

SLUG = "toddler-tuesday"
EDIT = f"/desk/listings/{SLUG}/edit"
MOST_TAPS, MOST_SECONDS = 5, 60
A_LETTER = 200
"""Milliseconds that a thumb takes for a letter: some 25 words a minute."""
SAVED = "Saved at"


@dataclass
class Partners:
    """A site in a process of its own, and the same database from outside."""

    services: Services
    address: str

    def sign_in(self, visitor: BrowserContext, name: str) -> Who:
        """Lets a phone be a partner's who has proposed nothing yet."""
        who = partner(self.services, "testbridge-council", name)
        cookie = browser_session(self.services, who, datetime.datetime.now(LONDON))
        visitor.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": self.address}])
        return who

    def open(self, page: Page, name: str, part: str = "contact") -> Who:
        """Opens the form, and one part of it, on a phone."""
        who = self.sign_in(page.context, name)
        page.goto(self.address + EDIT)
        page.locator(f"#part-{part} > summary").click()
        return who

    def letter(self, who: Who) -> str:
        """The address in a letter to somebody by which they change the listing."""
        listing, now = self.services.snapshot.listings[SLUG], datetime.datetime.now(LONDON)
        with self.services.database.writing() as session:
            return f"{self.address}/change/{make(session, act=LinkAct.CHANGE, listing=listing, person=who.id, now=now)}"


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Whatever the page tells may come after it has tried again."""
    expect.set_options(timeout=15_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def partners(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partners]:
    """The site, served."""
    folder = tmp_path_factory.mktemp("partners-served")
    content = write_rich_content(folder / "content")
    index = folder / "index-of-the-test"
    index.mkdir()
    services = Services.open(Settings(content, index, f"sqlite:///{folder / 'directory.sqlite'}"))
    with served(content, folder) as address:
        yield Partners(services, address)


def test_from_the_letter_to_sent_takes_five_taps_and_a_minute(page: Page, partners: Partners) -> None:
    who = partner(partners.services, "testbridge-council", "Lee Letter")
    letter = partners.letter(who)
    began = time.monotonic()
    page.set_content(f'<p>Is it still right?</p><a href="{letter}">Change it</a>')
    taps = [
        page.get_by_role("link", name="Change it"),
        page.get_by_role("button", name="Change this listing"),
        page.get_by_role("heading", name="How to get in touch"),
        page.get_by_label("When is it answered?").first,
    ]
    for one in taps:
        one.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Mondays, 9am to noon", delay=A_LETTER)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Waiting for an answer", exact=True)).to_be_visible()
    assert time.monotonic() - began < MOST_SECONDS
    assert len(taps) + 1 <= MOST_TAPS
    [sent] = partners.services.moderation.of_person(who=who)
    assert sent.state is State.WAITING
    assert sent.wanted["phones"][0]["hours"] == "Mondays, 9am to noon"


def test_what_is_typed_is_saved_by_itself(page: Page, partners: Partners) -> None:
    partners.open(page, "Ada Autosave")
    page.fill("#phones-0-number", "01632 960")
    expect(page.locator("[data-status]")).to_contain_text(SAVED)
    page.reload()
    expect(page.locator("#phones-0-number")).to_have_value("01632 960")
    expect(page.locator("#part-contact")).to_have_attribute("open", "")


def test_a_lost_connection_loses_nothing(page: Page, partners: Partners) -> None:
    who = partners.open(page, "Noor Notrain")
    page.context.set_offline(True)
    page.fill("#phones-0-number", "01632 960777")
    expect(page.locator("[data-status]")).to_contain_text("No connection")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#phones-0-number")).to_have_value("01632 960777")
    page.context.set_offline(False)
    expect(page.locator("[data-status]")).to_contain_text(SAVED)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Waiting for an answer", exact=True)).to_be_visible()
    assert [one.state for one in partners.services.moderation.of_person(who=who)] == [State.WAITING]


def test_two_taps_send_once(page: Page, partners: Partners) -> None:
    who = partners.open(page, "Dot Doubletap")
    page.fill("#phones-0-number", "01632 960222")
    page.get_by_role("button", name="Send", exact=True).dblclick()
    expect(page.get_by_text("Waiting for an answer", exact=True)).to_be_visible()
    assert [one.state for one in partners.services.moderation.of_person(who=who)] == [State.WAITING]


def test_what_was_never_saved_is_offered_back(page: Page, partners: Partners) -> None:
    partners.open(page, "Bea Battery")
    page.get_by_role("button", name="Add another number").click()
    _lose_connection_for_good(page)
    page.fill("#phones-2-number", "01632 960888")
    expect(page.locator("[data-status]")).to_contain_text("No connection")
    again = _another_page_after(page)
    again.goto(partners.address + EDIT)
    expect(again.get_by_text("that was not saved")).to_be_visible()
    again.get_by_role("button", name="Put it back").click()
    expect(again.locator("#phones-2-number")).to_have_value("01632 960888")
    expect(again.get_by_text("that was not saved")).to_be_hidden()


def test_what_is_thrown_away_is_not_offered_again(page: Page, partners: Partners) -> None:
    partners.open(page, "Theo Thrower")
    _lose_connection_for_good(page)
    page.fill("#phones-0-number", "01632 960999")
    expect(page.locator("[data-status]")).to_contain_text("No connection")
    again = _another_page_after(page)
    again.goto(partners.address + EDIT)
    again.get_by_role("button", name="Throw it away").click()
    again.reload()
    expect(again.get_by_text("that was not saved")).to_be_hidden()


def test_leaving_is_asked_about_only_where_something_is_unsaved(page: Page, partners: Partners) -> None:
    asked: list[str] = []

    def stay_asked(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", stay_asked)
    partners.open(page, "Uli Unload")
    page.reload()
    assert asked == []
    page.locator("#part-contact > summary").click()
    page.context.set_offline(True)
    page.locator("#phones-0-number").click()
    page.keyboard.type("9")
    expect(page.locator("[data-status]")).to_contain_text("No connection")
    page.context.set_offline(False)
    page.locator("#phones-0-number").press_sequentially("8")
    page.goto(f"{partners.address}/hubs")
    assert asked == ["beforeunload"]


def test_a_session_that_ends_while_one_types_is_told(page: Page, partners: Partners) -> None:
    who = partners.open(page, "Tom Timeout")
    ended = datetime.datetime.now(LONDON) - datetime.timedelta(minutes=5)
    with partners.services.database.writing() as session:
        for row in session.exec(select(StaffSession).where(StaffSession.person_id == who.id)):
            row.expires_at = ended
            session.add(row)
    page.fill("#phones-0-number", "01632 960111")
    expect(page.locator("[data-status]")).to_contain_text("You were signed out")
    page.get_by_role("button", name="Save for later").last.click()
    expect(page).to_have_url(f"{partners.address}/sign-in?next={EDIT.replace('/', '%2F')}")
    partners.sign_in(page.context, "Tom Timeout")
    page.goto(partners.address + EDIT)
    expect(page.locator("#phones-0-number")).to_have_value("01632 960111")


def test_names_that_are_taken_are_shown_as_one_types(page: Page, partners: Partners) -> None:
    partners.open(page, "Dee Double", "about")
    page.fill("#title", "Little Stars")
    hint = page.get_by_role("status").filter(has_text="Is it one of these already?")
    expect(hint.get_by_role("link", name="Little Stars stay and play")).to_be_visible()
    page.fill("#title", "Toddler Tuesday")
    expect(hint).to_have_count(0)


def test_the_form_works_without_script(no_script: Page, partners: Partners) -> None:
    who = partners.open(no_script, "Nia Noscript", "when")
    no_script.get_by_role("button", name="Add another time").click()
    no_script.select_option("#sessions-3-day", "monday")
    no_script.fill("#sessions-3-opens_at", "half past 1")
    no_script.fill("#sessions-3-closes_at", "3")
    no_script.get_by_role("button", name="Show the next dates").click()
    expect(no_script.get_by_text("1:30pm to 3pm").first).to_be_visible()
    no_script.get_by_role("button", name="Send", exact=True).click()
    expect(no_script.get_by_text("Waiting for an answer", exact=True)).to_be_visible()
    [sent] = partners.services.moderation.of_person(who=who)
    assert sent.wanted["sessions"][3] == {"day": "monday", "opens_at": "13:30", "closes_at": "15:00"}


@pytest.mark.parametrize("prefix", ["", "/ur"], ids=["English", "Urdu"])
def test_nothing_bars_the_way_on_the_form(page: Page, partners: Partners, prefix: str) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: told.append(str(error)))
    partners.sign_in(page.context, f"Axe{prefix}")
    page.goto(partners.address + prefix + EDIT)
    _check(page)
    for part in page.locator("details").all():
        part.evaluate("one => one.open = true")
    _check(page)
    page.fill("#phones-0-number", "07700 900999")
    page.locator("button[value=send]").last.click()
    expect(page.locator("#before")).to_be_focused()
    _check(page)
    page.locator("#part-when > summary").click()
    page.fill("#sessions-0-opens_at", "late")
    page.locator("button[value=send]").last.click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    _check(page)
    assert told == []


def _lose_connection_for_good(page: Page) -> None:
    """Nothing more leaves the page. A browser that is told to be offline comes back online as its page closes."""
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no connection')); }")


def _another_page_after(page: Page) -> Page:
    page.close()
    return page.context.new_page()


def _check(page: Page) -> None:
    found = Axe().run(page, options=AXE).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html']}" for one in found] == []
    phone = page.viewport_size
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    assert page.evaluate(SIDEWAYS) == []
    if phone:
        page.set_viewport_size(phone)
