"""Rows for what partners propose, what moderators decide, and every version of every listing."""

import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from directory.tables.moments import moment


class Proposal(SQLModel, table=True):
    """A change that somebody proposes. The listing stays as it is until it is approved.

    ``base`` is the listing as it was when the change was begun, ``wanted`` as it should be, both as the keys of a
    content file; ``typed`` is what the form holds, sound or not. ``version`` goes up with every change of the row: who
    writes must name the version that they saw.
    """

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=20)
    state: str = Field(max_length=20, index=True)
    version: int = 1
    slug: str = Field(max_length=80, index=True)
    title: str = Field(default="", max_length=120)
    provider: str = Field(max_length=80, index=True)
    hub: str = Field(default="", max_length=80)
    risk: str = Field(default="", max_length=20)
    by: int = Field(foreign_key="person.id", index=True)
    created_at: datetime.datetime = moment()
    sent_at: datetime.datetime | None = moment(default=None, nullable=True)
    decided_at: datetime.datetime | None = moment(default=None, nullable=True)
    base: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    wanted: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    typed: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    note: str = ""


class ProposalMessage(SQLModel, table=True):
    """What the proposer and a moderator said to each other about a proposal."""

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    at: datetime.datetime = moment()
    text: str


class Decision(SQLModel, table=True):
    """What was decided on a proposal. ``final`` is 1 for what ends it and empty otherwise: it can end once."""

    __table_args__ = (UniqueConstraint("proposal_id", "final"),)

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    at: datetime.datetime = moment()
    outcome: str = Field(max_length=20)
    reason: str = ""
    accepted: list[str] = Field(default_factory=list, sa_type=JSON)
    """The keys of the listing that were taken; empty where nothing was approved."""
    amended: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    is_in_part: bool = False
    """Whether something that was proposed was not taken."""
    final: int | None = None


class ListingVersion(SQLModel, table=True):
    """A listing as it was from ``at`` on: the whole text of its file; empty where there was none any more."""

    __table_args__ = (UniqueConstraint("slug", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=80, index=True)
    number: int
    at: datetime.datetime = moment()
    act: str = Field(max_length=20)
    text: str
    digest: str = Field(max_length=64)
    proposed_by: int | None = Field(default=None, foreign_key="person.id")
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    proposal_id: int | None = Field(default=None, foreign_key="proposal.id")
    why: str = ""


class Publication(SQLModel, table=True):
    """A file that is about to be written, and all that is to be remembered once it is.

    Written before the file and deleted with the decision: whatever stops in between is finished from it.
    """

    slug: str = Field(primary_key=True, max_length=80)
    proposal_id: int | None = Field(default=None, unique=True, foreign_key="proposal.id")
    started_at: datetime.datetime = moment()
    before_digest: str = Field(default="", max_length=64)
    after_digest: str = Field(default="", max_length=64)
    text: str
    act: str = Field(max_length=20)
    proposed_by: int | None = None
    decided_by: int | None = None
    why: str = ""
    reason: str = ""
    """What the person who decided wrote; ``why`` may be the proposer's note."""
    accepted: list[str] = Field(default_factory=list, sa_type=JSON)
    amended: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    is_in_part: bool = False
    changed: list[str] = Field(default_factory=list, sa_type=JSON)
    """The keys of the listing that it changes: whoever waits with a change of one of them is to look again."""
