"""Rows for the people who may sign in, how they did, and what they did."""

import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from directory.tables.guards import guard_log
from directory.tables.moments import moment


class Person(SQLModel, table=True):
    """Somebody who may sign in. ``email`` is in small letters. Whoever has left keeps the row, for what they did."""

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True, max_length=254)
    name: str = Field(max_length=120)
    is_active: bool = True
    created_at: datetime.datetime = moment()
    left_at: datetime.datetime | None = moment(default=None, nullable=True)
    totp_secret: str | None = None
    totp_confirmed_at: datetime.datetime | None = moment(default=None, nullable=True)
    totp_last_step: int | None = None
    """The newest 30 seconds whose code was used: a code that somebody looked over a shoulder for is worth nothing."""
    mail_failed_at: datetime.datetime | None = moment(default=None, nullable=True)


class Grant(SQLModel, table=True):
    """A role that a person has. ``scope``: a partner's provider, a moderator's hub, or empty for all of it."""

    __table_args__ = (UniqueConstraint("person_id", "role", "scope"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str = Field(max_length=20)
    scope: str = Field(default="", max_length=80)
    granted_at: datetime.datetime = moment()
    granted_by: int | None = Field(default=None, foreign_key="person.id")


class SignInLink(SQLModel, table=True):
    """A link that was sent; known by a hash. One for an address that nobody has leads to no person."""

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    kind: str = Field(max_length=20)
    browser_hash: str | None = Field(default=None, max_length=64)
    created_at: datetime.datetime = moment()
    expires_at: datetime.datetime = moment()
    used_at: datetime.datetime | None = moment(default=None, nullable=True)


class StaffSession(SQLModel, table=True):
    """A browser that is signed in; known by a hash of its cookie. ``only``: the one thing it may do, if not all."""

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    created_at: datetime.datetime = moment()
    last_seen_at: datetime.datetime = moment()
    expires_at: datetime.datetime = moment()
    revoked_at: datetime.datetime | None = moment(default=None, nullable=True)
    has_code: bool = False
    only: str | None = Field(default=None, max_length=120)
    device: str = Field(default="", max_length=120)


class RecoveryCode(SQLModel, table=True):
    """One of the ten codes for whoever has lost their phone; known by a hash."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    code_hash: str = Field(max_length=64)
    used_at: datetime.datetime | None = moment(default=None, nullable=True)


class Attempt(SQLModel, table=True):
    """How often something was tried in a span of time. ``key`` is a keyed hash of an account, a form or an address.

    ``span`` is when the span of time began, in seconds since 1970.
    """

    key: str = Field(primary_key=True, max_length=64)
    span: int = Field(primary_key=True, sa_type=BigInteger)
    count: int


class AuditEntry(SQLModel, table=True):
    """One thing that somebody did. Never changed, and deleted by the retention command alone, after ``keep_until``."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime.datetime = moment(index=True)
    person_id: int | None = Field(default=None, index=True)
    what: str = Field(max_length=40, index=True)
    about: str = Field(default="", max_length=200, index=True)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    keep_until: datetime.date


guard_log(SQLModel.metadata.tables["auditentry"])


class Secret(SQLModel, table=True):
    """What the processes of a site must know and nobody else: made once, by whichever comes first."""

    name: str = Field(primary_key=True, max_length=40)
    value: str
