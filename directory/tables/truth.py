"""Rows for keeping listings true: reports, mails, one-tap links, what was asked of owners, and websites that answer."""

import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from directory.tables.moments import moment


class Report(SQLModel, table=True):
    """Somebody said that something is wrong with a listing. ``answer_to`` goes once it was answered and is old."""

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True, max_length=12)
    slug: str = Field(max_length=80, index=True)
    kind: str = Field(max_length=20)
    text: str = ""
    answer_to: str | None = Field(default=None, max_length=254)
    state: str = Field(max_length=20, index=True)
    at: datetime.datetime = moment()
    closed_at: datetime.datetime | None = moment(default=None, nullable=True)
    closed_by: int | None = Field(default=None, foreign_key="person.id")
    answer: str = ""
    proposal_id: int | None = Field(default=None, foreign_key="proposal.id")


class Mail(SQLModel, table=True):
    """A mail to send once. ``key`` says what it is for: the same thing is never written down, or sent, twice."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=120)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    to: str = Field(max_length=254)
    subject: str
    text: str
    at: datetime.datetime = moment()
    state: str = Field(max_length=20, index=True)
    """waiting, sending, sent, or failed."""
    tries: int = 0
    next_try_at: datetime.datetime | None = moment(default=None, nullable=True)
    sent_at: datetime.datetime | None = moment(default=None, nullable=True)
    fault: str = ""


class ListingLink(SQLModel, table=True):
    """A link in a mail that lets one person do one thing to one listing; known by a hash."""

    token_hash: str = Field(primary_key=True, max_length=64)
    act: str = Field(max_length=20)
    """still right, or change."""
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """What the listing said when the mail was written, as the keys of a content file; for "still right" alone."""
    slug: str = Field(max_length=80, index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    created_at: datetime.datetime = moment()
    expires_at: datetime.datetime = moment()
    used_at: datetime.datetime | None = moment(default=None, nullable=True)


class ReviewRequest(SQLModel, table=True):
    """That the owners of a listing were asked to check it: how often, and whether the hub has taken over."""

    slug: str = Field(primary_key=True, max_length=80)
    due: datetime.date
    """The review date that was asked about: a listing that is checked and falls due again is asked about anew."""
    asked_at: datetime.datetime = moment()
    last_asked_at: datetime.datetime = moment()
    times: int = 1
    hub: str = Field(default="", max_length=80, index=True)
    handed_over_at: datetime.datetime | None = moment(default=None, nullable=True)


class OwnerTold(SQLModel, table=True):
    """That the owners of a listing were told something about a date: a reminder, or what became of the listing."""

    slug: str = Field(primary_key=True, max_length=80)
    why: str = Field(primary_key=True, max_length=20)
    on: datetime.date = Field(primary_key=True)
    at: datetime.datetime = moment()


class LastRun(SQLModel, table=True):
    """When a command last began. Whoever writes the row holds it until its transaction ends: runs go one by one."""

    name: str = Field(primary_key=True, max_length=20)
    at: datetime.datetime = moment()


class LinkCheck(SQLModel, table=True):
    """What a website of a listing answered when it was last asked."""

    url: str = Field(primary_key=True, max_length=500)
    asked_at: datetime.datetime = moment()
    outcome: str = Field(max_length=20)
    """fine, moved, gone, or silent."""
    detail: str = Field(default="", max_length=500)
    failing_since: datetime.datetime | None = moment(default=None, nullable=True)
