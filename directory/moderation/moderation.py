"""Moderation as one object: what partners and moderators do, each in one transaction."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from directory.accounts import Accounts, Who
from directory.content import ContentStore
from directory.moderation.values import Comparison, Decided, Fields, Message, Proposed, Version, What
from directory.search import SearchIndex
from directory.tables import Database


class Moderation:
    """Proposals and decisions. Every method that writes takes the person and the moment, and says what it raises.

    All raise ``NotAllowed`` where the person may not, ``NoSuchProposal``, and ``DatabaseUnusable``.
    """

    def __init__(self, database: Database, accounts: Accounts, content: ContentStore, search: SearchIndex) -> None:
        self._database, self._accounts = database, accounts
        self._content, self._search = content, search

    def begin(self, *, who: Who, kind: What, slug: str, provider: str, now: datetime.datetime) -> Proposed:
        """A draft of that kind for a listing: the person's own that is unfinished or was sent back, else a new one.

        For a new listing ``slug`` is empty until it is sent.
        """
        raise NotImplementedError

    def keep(self, *, who: Who, number: int, typed: Mapping[str, Any], now: datetime.datetime) -> Proposed:
        """Keeps what a form holds, sound or not, in a draft or in one that was sent back."""
        raise NotImplementedError

    def send(self, *, who: Who, number: int, wanted: Fields, note: str = "", now: datetime.datetime) -> Proposed:
        """Hands a draft in. ``wanted`` is the whole listing. Raises ``NotSound`` with every fault."""
        raise NotImplementedError

    def withdraw(self, *, who: Who, number: int, now: datetime.datetime) -> None:
        """The proposer takes it back, before it is decided."""
        raise NotImplementedError

    def say(self, *, who: Who, number: int, text: str, now: datetime.datetime) -> None:
        """Adds a message; the other side is told by mail."""
        raise NotImplementedError

    def confirm(self, *, who: Who, slug: str, how: str, now: datetime.datetime) -> None:
        """The person looked, and all of it is right: the listing says so from now on.

        A partner's confirmation counts as the provider's, a moderator's as the hub's or the team's.
        """
        raise NotImplementedError

    def proposal(self, *, who: Who, number: int) -> Proposed:
        """One proposal, for its proposer or for whoever may decide on it."""
        raise NotImplementedError

    def of_person(self, *, who: Who) -> Sequence[Proposed]:
        """A person's own proposals, newest first."""
        raise NotImplementedError

    def waiting(
        self, *, who: Who, hub: str | None = None, risk: str | None = None, kind: str | None = None
    ) -> Sequence[Proposed]:
        """What waits for an answer where the person may decide, oldest first."""
        raise NotImplementedError

    def compare(self, *, who: Who, number: int) -> Comparison:
        """What a proposal changes, against what is live now."""
        raise NotImplementedError

    def messages(self, *, who: Who, number: int) -> Sequence[Message]:
        """What was said about it, oldest first."""
        raise NotImplementedError

    def decisions(self, *, who: Who, number: int) -> Sequence[Decided]:
        """What was decided on it, oldest first."""
        raise NotImplementedError

    def approve(
        self,
        *,
        who: Who,
        number: int,
        version: int,
        accepted: Sequence[str] | None = None,
        amended: Fields | None = None,
        reason: str = "",
        now: datetime.datetime,
    ) -> Version:
        """Makes changes live: all of them, or those ``accepted``, with ``amended`` values in place of proposed ones.

        A contested key must be in ``accepted`` (the proposal's value), in ``amended``, or left out of ``accepted``;
        raises ``BothChanged`` where ``accepted`` is None and there is one. Also ``ProposalMoved``, ``ListingMoved``,
        ``NotSound``.
        """
        raise NotImplementedError

    def decline(self, *, who: Who, number: int, version: int, reason: str, now: datetime.datetime) -> None:
        """Says no, with a reason that reaches the proposer. Raises ``ProposalMoved``."""
        raise NotImplementedError

    def send_back(self, *, who: Who, number: int, version: int, reason: str, now: datetime.datetime) -> None:
        """Asks the proposer to mend it, with a reason. Raises ``ProposalMoved``."""
        raise NotImplementedError

    def versions(self, *, slug: str) -> Sequence[Version]:
        """Every version of a listing, newest first."""
        raise NotImplementedError

    def bring_back(self, *, who: Who, slug: str, number: int, why: str, now: datetime.datetime) -> Version:
        """Makes an earlier version the newest. Raises ``ListingMoved``, ``NotSound`` (content has changed round it)."""
        raise NotImplementedError

    def recover(self, *, now: datetime.datetime) -> int:
        """Finishes every publication that a process left half done; how many. Safe in any number of processes."""
        raise NotImplementedError
