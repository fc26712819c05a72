"""What moderation tells other rooms: proposals and their states, what differs, what was decided, what there was."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from directory.content import Fault
from directory.model.errors import DirectoryError
from directory.model.listing import Listing

Fields = Mapping[str, Any]
"""A listing as the keys of its content file, without its slug: what is at its default is left out."""


def fields_of(listing: Listing) -> Fields:
    """A listing as the keys of its file."""
    return listing.model_dump(mode="json", exclude_defaults=True, exclude={"slug"})


class State(StrEnum):
    """Where a proposal is in its life."""

    DRAFT = "draft"
    WAITING = "waiting"
    SENT_BACK = "sent back"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class What(StrEnum):
    """What a proposal asks for."""

    EDIT = "edit"
    NEW = "new"
    CLOSURE = "closure"
    """Closed for a time or for good."""
    CANCELLATION = "cancellation"
    """Single dates of sessions change: cancelled, moved, extra, or on after all."""
    CONFIRMATION = "confirmation"
    """Nothing changes: somebody looked, and it is right."""


class Risk(StrEnum):
    """How much harm a wrong approval could do, told by what changes and of which listing."""

    LOW = "low"
    """Nothing but times, phones or a confirmation, of a provider that is trusted."""
    ORDINARY = "ordinary"
    HIGH = "high"
    """A sensitive or urgent listing, who it is for, what it costs, or a new listing."""


class Act(StrEnum):
    """Why a version of a listing came to be."""

    FOUND = "found"
    """It was in the file when the history began, or was changed there by hand."""
    APPROVED = "approved"
    BY_RULE = "published by rule"
    """A trusted provider changed single dates: nobody had to approve that."""
    CHECKED = "checked"
    """Nothing but that somebody looked."""
    BROUGHT_BACK = "brought back"
    """An earlier version was made the newest."""


class NotAllowed(DirectoryError):
    """The person may not do this, or the proposal's state does not let anybody."""


class ProposalMoved(DirectoryError):
    """Somebody else changed or decided the proposal meanwhile; look at it again."""


class NoSuchProposal(DirectoryError):
    """There is no such proposal, or not for this person."""


class ListingMoved(DirectoryError):
    """The listing's file changed while it was about to be written; look at what it says now."""


class NotWritten(DirectoryError):
    """The system does not let the listing's file be written now. What was decided is kept, and done once it does."""


class NotSound(DirectoryError):
    """What is proposed is no sound listing. ``faults`` are pairs of a key, as ``cost.type``, and what to write."""

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        super().__init__("; ".join(f"{key}: {message}" for key, message in faults))
        self.faults = faults

    @classmethod
    def because_of(cls, faults: Iterable[Fault]) -> "NotSound":
        """The error for what the content room found wrong."""
        return cls(tuple((fault.key, fault.message) for fault in faults))


class BothChanged(DirectoryError):
    """Fields that both the proposal and the live listing changed, and that nobody has decided between."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__("changed on both sides: " + ", ".join(keys))
        self.keys = keys


@dataclass(frozen=True)
class Proposed:
    """A proposal as it is now."""

    id: int
    kind: What
    state: State
    version: int
    slug: str
    title: str
    provider: str
    hub: str
    risk: Risk
    by: int
    created_at: datetime.datetime
    sent_at: datetime.datetime | None
    decided_at: datetime.datetime | None
    base: Fields
    wanted: Fields
    typed: Mapping[str, Any]
    note: str


@dataclass(frozen=True)
class FieldChange:
    """One key of the listing that the proposal changes, in a three-way comparison.

    ``base``: when the change was begun; ``live``: now; ``wanted``: as it will be if it is accepted. None where the key
    is not there. ``is_contested``: the live listing changed it too, to something else. ``others``: waiting proposals
    that change it.
    """

    key: str
    base: Any
    live: Any
    wanted: Any
    is_contested: bool = False
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """A proposal held against what is live now. ``live`` is None for a new listing, or one that is gone."""

    proposal: Proposed
    live: Listing | None
    changes: tuple[FieldChange, ...]
    merged: Fields
    """The listing as it would be with every change accepted and live values kept where both changed."""
    seen: str
    """By what the live listing is known: an approval that says it is refused where the listing has changed since."""


@dataclass(frozen=True)
class Message:
    """One message on a proposal."""

    by: int
    at: datetime.datetime
    text: str


@dataclass(frozen=True)
class Decided:
    """One decision on a proposal."""

    by: int
    at: datetime.datetime
    outcome: State
    reason: str
    accepted: tuple[str, ...]
    amended: Fields


@dataclass(frozen=True)
class Version:
    """A listing as it was from a moment on. ``text`` is its file, empty where it was gone."""

    slug: str
    number: int
    at: datetime.datetime
    act: Act
    text: str
    proposed_by: int | None
    decided_by: int | None
    proposal_id: int | None
    why: str


@dataclass(frozen=True)
class ByRule:
    """A version that no moderator approved, and the proposal that it came of."""

    version: Version
    proposal: Proposed
