"""People with roles for tests, made and signed in through the rows that the accounts room keeps."""

import datetime
import hashlib
import re
import secrets
from collections.abc import Mapping

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select
from werkzeug.test import TestResponse

from directory.accounts import Held, Role, Who
from directory.services import Services
from directory.tables import Grant, Person, StaffSession
from directory.web.showing import EXTENSION, Shown

MADE = datetime.datetime(2026, 9, 1, 9, 0, tzinfo=datetime.UTC)
"""When everybody got their roles: before the time of any test."""


def person(services: Services, name: str, *held: Held) -> Who:
    """Somebody with these roles; the same person for the same name in one database."""
    email = f"{re.sub(r'[^a-z0-9]+', '.', name.lower()).strip('.')}@example.org"
    with services.database.writing() as session:
        row = session.exec(select(Person).where(Person.email == email)).one_or_none()
        if row is None:
            row = Person(
                email=email, name=name, created_at=MADE, totp_secret="JBSWY3DPEHPK3PXP" * 2, totp_confirmed_at=MADE
            )
            session.add(row)
            session.flush()
        there = {(one.role, one.scope) for one in session.exec(select(Grant).where(Grant.person_id == row.id))}
        for one in held:
            if (one.role.value, one.scope) not in there:
                session.add(Grant(person_id=row.id or 0, role=one.role.value, scope=one.scope, granted_at=MADE))
    return told(services, row.id or 0)


def told(services: Services, number: int) -> Who:
    """The person of that number, as they are now."""
    who = services.accounts.person(number)
    assert who is not None
    return who


def partner(services: Services, provider: str, name: str = "") -> Who:
    """A partner of a provider."""
    return person(services, name or f"Partner of {provider}", Held(Role.PARTNER, provider))


def moderator(services: Services, hub: str = "", name: str = "") -> Who:
    """A moderator of a hub, or of the whole directory."""
    return person(services, name or f"Moderator {hub}", Held(Role.MODERATOR, hub))


def administrator(services: Services, name: str = "Ada Ministrator") -> Who:
    """An administrator."""
    return person(services, name, Held(Role.ADMINISTRATOR))


def start_session(services: Services, who: Who, now: datetime.datetime) -> str:
    """A session of somebody who has done all that signing in takes; its token."""
    token = secrets.token_urlsafe(32)
    with services.database.writing() as session:
        session.add(
            StaffSession(
                token_hash=hashlib.sha256(token.encode()).hexdigest(),
                person_id=who.id,
                created_at=now,
                last_seen_at=now,
                expires_at=now + datetime.timedelta(hours=12),
                has_code=True,
                device="Test browser",
            )
        )
    return token


def sign_in(app: Flask, services: Services, who: Who) -> FlaskClient:
    """The browser of somebody who is signed in, at the application's own time."""
    shown: Shown = app.extensions[EXTENSION]
    name, value = browser_session(services, who, shown.clock()).values()
    client = app.test_client()
    client.set_cookie(name, value)
    return client


def browser_session(services: Services, who: Who, now: datetime.datetime) -> dict[str, str]:
    """The cookie of somebody who is signed in, as ``name`` and ``value``: add the ``url`` for a real browser."""
    is_safe = (services.settings.site_url or "").startswith("https://")
    return {"name": "__Host-signed-in" if is_safe else "signed-in", "value": start_session(services, who, now)}


def token_in(answer: TestResponse) -> str:
    """The proof, in a page with a form, that what is sent comes from it."""
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', answer.text)
    assert found, f"there is no form on {answer.request.path}"
    return found[1]


def send(
    client: FlaskClient, path: str, data: Mapping[str, object] | None = None, *, opened: str | None = None
) -> TestResponse:
    """Opens a page with a form and sends it, as a person does. ``opened``: the page, where the form goes elsewhere."""
    token = token_in(client.get(opened or path))
    return client.post(path, data={**(data or {}), "csrf_token": token})
