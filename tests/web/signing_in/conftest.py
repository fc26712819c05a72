"""A small site with a clock that can be put forward, and people who sign in to it."""

import datetime
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import col, select
from werkzeug.test import TestResponse

from directory.accounts import Accounts, Held, Role, SigningIn
from directory.app import create_app
from directory.services import Services
from directory.settings import Settings
from directory.tables import Database, Mail
from directory.web.showing import EXTENSION, Shown
from tests.small_content import write_small_content
from tests.staff import send
from tests.web.conftest import NOW

MINUTE = datetime.timedelta(minutes=1)
PROVIDER = "testbridge-council"


@dataclass
class Site:
    """A site of the test's own with a clock that can be put forward, and people who come to it."""

    app: Flask
    services: Services
    now: datetime.datetime = NOW

    def __post_init__(self) -> None:
        shown: Shown = self.app.extensions[EXTENSION]
        shown.services, shown.clock = self.services, lambda: self.now

    def browser(self) -> FlaskClient:
        """Somebody's browser, which remembers nothing yet."""
        return self.app.test_client()

    def invite(self, email: str, held: Held) -> str:
        """Makes a person; the path of their invitation."""
        invited = self.services.accounts.invite(email=email, name="", held=held, by=None, site="", now=self.now)
        return invited.link

    def ask(self, browser: FlaskClient, email: str, next_: str = "") -> TestResponse:
        """Asks for a link on the page."""
        return send(browser, f"/sign-in?next={next_}" if next_ else "/sign-in", {"email": email})

    def mailed(self) -> list[str]:
        """The paths of the links in mails that wait, the newest first."""
        with self.services.database.reading() as session:
            found = session.exec(select(Mail).where(Mail.state == "waiting").order_by(col(Mail.id).desc()))
            texts = [one.text for one in found]
        return [link.partition(":5000")[2] for text in texts for link in re.findall(r"http://\S+/sign-in/\S+", text)]

    def link(self, browser: FlaskClient, email: str, next_: str = "") -> str:
        """Asks for a link and takes it out of the mail."""
        assert self.ask(browser, email, next_).status_code == 303
        return self.mailed()[0]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """The content of a small site, opened once: no test changes it."""
    folder = tmp_path_factory.mktemp("signing-in")
    content = write_small_content(folder / "content")
    (folder / "index").mkdir()
    return Services.open(Settings(content, folder / "index", f"sqlite:///{folder / 'directory.sqlite'}"))


@pytest.fixture(scope="module")
def app(opened: Services) -> Flask:
    """The site, made once: its templates are compiled once."""
    return create_app(opened)


def with_own_people(opened: Services, folder: Path, site_url: str | None = None) -> Services:
    """The same content with a database of the test's own for who signs in."""
    url = f"sqlite:///{folder / 'directory.sqlite'}"
    changed = replace(opened.settings, database_url=url, site_url=site_url)
    database = Database(changed.database_url)
    accounts = Accounts(database)
    signing_in = SigningIn(database, accounts, changed.address)
    return replace(opened, settings=changed, database=database, accounts=accounts, signing_in=signing_in)


@pytest.fixture
def site(app: Flask, opened: Services, tmp_path: Path) -> Site:
    """A partner, a moderator who has never signed in, and nobody else."""
    site = Site(app, with_own_people(opened, tmp_path))
    site.invite("pat@example.org", Held(Role.PARTNER, PROVIDER))
    site.invite("mo@example.org", Held(Role.MODERATOR))
    return site


def is_in(browser: FlaskClient) -> bool:
    """Whether the browser is signed in."""
    return browser.get("/account").status_code == 200


def enrolled(site: Site, browser: FlaskClient) -> tuple[pyotp.TOTP, list[str]]:
    """Signs the moderator in for the first time: what their phone now knows, and their recovery codes."""
    send(browser, site.link(browser, "mo@example.org"))
    page = browser.get("/sign-in/enrol").text
    key = re.search(r'<code class="key" dir="ltr">([A-Z2-7 ]+)</code>', page)
    assert key
    phone = pyotp.TOTP(key[1].replace(" ", ""))
    kept = send(browser, "/sign-in/enrol", {"code": phone.at(site.now)})
    return phone, re.findall(r"<code>([a-z2-7-]{19})</code>", kept.text)
