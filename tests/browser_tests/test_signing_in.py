"""Signing in on a phone, from the page that asks for an address to a signed-in page, with mails as files."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from directory.accounts import Accounts, Held, Role
from directory.model.calendar import LONDON
from directory.tables import Database
from tests.served import served
from tests.small_content import write_small_content

MAIL_SECONDS = 15


@dataclass(frozen=True)
class Site:
    """A served site, and the folder that its mails go to."""

    address: str
    folder: Path

    def link_for(self, page: Page, email: str) -> str:
        """Asks for a link on the page, and waits for the mail."""
        mails = self.folder / "mail"
        before = set(mails.glob("*.eml"))
        page.goto(f"{self.address}/sign-in")
        page.get_by_label("Your e-mail address").fill(email)
        page.get_by_role("button", name="Send me a link").click()
        assert page.locator("h1").inner_text() == "Look at your e-mail"
        for _ in range(MAIL_SECONDS * 10):
            for file in set(mails.glob("*.eml")) - before:
                message = message_from_bytes(file.read_bytes(), policy=policy.default)
                body = message.get_body()
                link = re.search(r"http://\S+/sign-in/\S+", body.get_content()) if body else None
                if link and message["To"] == email:
                    return link[0]
            page.wait_for_timeout(100)
        raise AssertionError("no mail came")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with a partner and a moderator who has never signed in."""
    folder = tmp_path_factory.mktemp("signing-in-served")
    with served(write_small_content(folder / "content"), folder) as address:
        accounts, now = Accounts(Database(f"sqlite:///{folder / 'directory.sqlite'}")), datetime.datetime.now(LONDON)
        partner = Held(Role.PARTNER, "testbridge-council")
        for email, held in (("pat@example.org", partner), ("mo@example.org", Held(Role.MODERATOR))):
            accounts.invite(email=email, name="", held=held, by=None, site=address, now=now)
        yield Site(address, folder)


def faults(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than the phone."""
    found = [one["id"] for one in Axe().run(page).response["violations"]]
    is_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found + (["wider than the phone"] if is_wide else [])


def test_a_partner_signs_in_with_two_taps_and_an_address(site: Site, page: Page) -> None:
    page.goto(site.link_for(page, "pat@example.org"))
    assert faults(page) == []
    page.get_by_role("button", name="Sign in").click()
    assert page.url == f"{site.address}/desk"
    page.goto(f"{site.address}/account")
    assert faults(page) == []
    assert page.get_by_text("this browser").is_visible()
    page.get_by_role("button", name="Sign out").first.click()
    page.goto(f"{site.address}/account")
    assert page.url.startswith(f"{site.address}/sign-in?next=")


def test_a_moderator_sets_up_a_phone_and_keeps_the_codes(site: Site, page: Page) -> None:
    page.goto(site.link_for(page, "mo@example.org"))
    page.get_by_role("button", name="Sign in").click()
    assert page.url == f"{site.address}/sign-in/enrol"
    assert faults(page) == []
    page.get_by_label("The code that the app shows now").fill("nothing")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name=re.compile("That is not the code")).click()
    assert page.evaluate("document.activeElement.id") == "code"
    key = page.locator("code.key").inner_text().replace(" ", "")
    page.keyboard.type(pyotp.TOTP(key).now())
    page.get_by_role("button", name="Go on").click()
    assert page.locator(".keys code").count() == 10
    assert faults(page) == []
    page.get_by_role("link", name="I have kept them").click()
    assert page.url == f"{site.address}/queue"


def test_the_console_says_where_mails_go(site: Site) -> None:
    assert f"mails go to {site.folder / 'mail'}" in (site.folder / "log.txt").read_text()


def test_signing_in_needs_no_script(site: Site, no_script: Page) -> None:
    no_script.goto(site.link_for(no_script, "pat@example.org"))
    no_script.get_by_role("button", name="Sign in").click()
    assert no_script.url == f"{site.address}/desk"
