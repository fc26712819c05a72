"""Accounts over a database of the test's own."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyotp
import pytest

from directory.accounts import Accounts, AuditLog, Held, Role, SigningIn, Who
from directory.model.calendar import LONDON
from directory.tables import Database
from tests.postgres import NewDatabase

NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=LONDON)
MINUTE = datetime.timedelta(minutes=1)
PARTNER = Held(Role.PARTNER, "little-stars")
MODERATOR = Held(Role.MODERATOR)
ADMINISTRATOR = Held(Role.ADMINISTRATOR)


@dataclass
class House:
    """The rooms that let people in."""

    database: Database

    def __post_init__(self) -> None:
        self.accounts = Accounts(self.database)
        self.signing_in = SigningIn(self.database, self.accounts, "https://directory.example.org")
        self.log = AuditLog(self.database)

    def invite(self, email: str, held: Held, *, now: datetime.datetime = NOW) -> tuple[Who, str]:
        """Makes a person; who they are, and the token of their invitation."""
        invited = self.accounts.invite(email=email, name="", held=held, by=None, site="", now=now)
        who = self.accounts.person(invited.person)
        assert who is not None
        return who, invited.link.removeprefix("/sign-in/")

    def enter(self, email: str, held: Held, *, now: datetime.datetime = NOW) -> str:
        """Makes a person and confirms their invitation: the token of their session."""
        _, link = self.invite(email, held, now=now)
        return self.signing_in.confirm(link, browser="", device="Test", now=now).token

    def enrol(self, half: str, *, now: datetime.datetime = NOW) -> tuple[str, tuple[str, ...]]:
        """Gives the first code of a phone: the token of the whole session, and the recovery codes."""
        secret = self.signing_in.enrolment(half, issuer="Testbridge", now=now).secret
        return self.signing_in.enrol(half, code=pyotp.TOTP(secret).at(now), device="Test", now=now)


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """Nobody has been invited yet; on both databases, since both must lock, count and refuse alike."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'directory.sqlite'}"
    else:
        new_postgres: NewDatabase = request.getfixturevalue("new_postgres")
        url = new_postgres()
    house = House(Database(url))
    yield house
    house.database.close()
