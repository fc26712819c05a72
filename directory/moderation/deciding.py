"""What whoever decides does: approves, declines, sends back, brings back; and the act of saying that all is right."""

import datetime
from collections.abc import Sequence
from typing import Literal

from pydantic import ValidationError
from sqlmodel import Session

from directory.accounts import Accounts, Held, Role, Who, note
from directory.content import ContentStore, ListingFile, left_without, listing_in, text_of, would_be
from directory.model.calendar import LONDON
from directory.model.listing import Checked, Listing
from directory.model.slugs import free_slug
from directory.moderation import history
from directory.moderation.comparing import applied, changed_keys, changes
from directory.moderation.keys import is_staff, refuse_amending
from directory.moderation.proposals import as_text, claimed, found, moved, taken_slugs
from directory.moderation.publishing import Publisher
from directory.moderation.states import Move, Side, after
from directory.moderation.telling import Telling
from directory.moderation.values import (
    Act,
    Fields,
    ListingMoved,
    NotAllowed,
    NotSound,
    ProposalMoved,
    State,
    Version,
    What,
    fields_of,
)
from directory.tables import Database, Decision, Proposal, Publication

By = Literal["provider", "hub", "moderator"]
"""As whom somebody looked."""


class Deciding:
    """Decisions, and what they make of listings."""

    _database: Database
    _accounts: Accounts
    _content: ContentStore
    _publisher: Publisher
    _telling: Telling

    def approve(
        self,
        *,
        who: Who,
        number: int,
        version: int,
        accepted: Sequence[str] | None = None,
        amended: Fields | None = None,
        reason: str = "",
        seen: str = "",
        now: datetime.datetime,
    ) -> Version:
        """Makes changes live: all of them, or those ``accepted``, with ``amended`` values in place of proposed ones.

        A contested key must be in ``accepted`` (the proposal's value), in ``amended``, or left out of ``accepted``;
        raises ``BothChanged`` where ``accepted`` is None and there is one. ``seen`` is the ``Comparison``'s. Also
        ``ProposalMoved``, ``ListingMoved``, ``NotSound``, ``NotWritten``.
        """
        refuse_amending(amended or {})
        slug = self._for_decision(who, number).slug
        with self._publisher.alone(slug, now) as finished:
            if finished and (finished.proposal_id, finished.decided_by) == (number, who.id):
                return finished
            row = self._for_decision(who, number, version)
            file = self._file_for(row, seen)
            wanted = Publication(slug=row.slug, text="", started_at=now, act=Act.APPROVED, proposal_id=number)
            wanted.proposed_by, wanted.decided_by, wanted.reason = row.by, who.id, as_text(reason)
            wanted.why = wanted.reason or row.note
            self._fill(wanted, row, file, accepted, amended or {})
            return self._publisher.publish(wanted, file, lambda session: _claim(session, who, wanted, version))

    def decline(self, *, who: Who, number: int, version: int, reason: str, now: datetime.datetime) -> None:
        """Says no, with a reason that reaches the proposer. Raises ``ProposalMoved``."""
        self._answer(who, number, version, Move.DECLINE, reason, now)

    def send_back(self, *, who: Who, number: int, version: int, reason: str, now: datetime.datetime) -> None:
        """Asks the proposer to mend it, with a reason. Raises ``ProposalMoved``."""
        self._answer(who, number, version, Move.SEND_BACK, reason, now)

    def confirm(self, *, who: Who, slug: str, how: str, now: datetime.datetime) -> None:
        """The person looked, and all of it is right: the listing says so from now on.

        A partner's confirmation counts as the provider's, a moderator's as the hub's or the team's.
        """
        if who.only or not who.is_active:
            raise NotAllowed("this link is for changing one listing alone")
        with self._publisher.alone(slug, now):
            file, live = self._existing(slug)
            listing = live.model_copy(update={"checked": _checked(self._by(who, live), how, now)})
            if listing == live:
                return
            wanted = Publication(slug=slug, text=text_of(listing, file.text), started_at=now, act=Act.CHECKED)
            wanted.proposed_by, wanted.changed = who.id, ["checked"]
            self._publisher.publish(wanted, file, lambda _session: None)

    def bring_back(self, *, who: Who, slug: str, number: int, why: str, now: datetime.datetime) -> Version:
        """Makes an earlier version the newest, word by word.

        Raises ``ListingMoved``, ``NotSound`` (content has changed round it).
        """
        if not is_staff(who):
            raise NotAllowed("only moderators bring an earlier version back")
        with self._publisher.alone(slug, now):
            file = self._publisher.read(slug)
            with self._database.reading() as session:
                earlier = history.version(session, slug, number)
            if earlier is None:
                raise ListingMoved(f"{slug} has no version {number}")
            listing = self._brought_back(who, file, earlier)
            wanted = Publication(slug=slug, text=earlier.text, started_at=now, act=Act.BROUGHT_BACK)
            wanted.decided_by, wanted.why = who.id, as_text(why)
            wanted.changed = list(changed_keys(_fields(file.listing), _fields(listing)))
            return self._publisher.publish(wanted, file, lambda _session: None)

    def _brought_back(self, who: Who, file: ListingFile, earlier: Version) -> Listing | None:
        """The listing of an earlier version; None for a version in which it was gone."""
        snapshot, slug = self._content.snapshot, earlier.slug
        listing = listing_in(slug, earlier.text) if earlier.text else None
        either = file.listing or listing
        if either is None:
            raise NotSound((("", "cannot be read any more; the rules for listings have changed since"),))
        self._refuse_elsewhere(who, either)
        if earlier.text and listing is None:
            raise NotSound((("", "cannot be read any more; the rules for listings have changed since"),))
        gone = left_without(snapshot, slug, None)
        faults = would_be(snapshot, slug, fields_of(listing))[1] if listing else tuple(gone)
        if faults:
            raise NotSound.because_of(faults)
        return listing

    def _answer(self, who: Who, number: int, version: int, move: Move, reason: str, now: datetime.datetime) -> None:
        why = as_text(reason)
        if not why:
            raise NotSound((("reason", "is missing; say why"),))
        with self._database.writing() as session:
            row = moved(session, who, number, move, version)
            is_end = move is Move.DECLINE
            row.decided_at = now if is_end else None
            decision = Decision(proposal_id=number, person_id=who.id, at=now, outcome=row.state, reason=why)
            decision.final = 1 if is_end else None
            session.add(decision)
            note(session, person=who.id, what=row.state, about=f"proposal {number}", now=now, listing=row.slug)
            self._telling.of_decision(session, row, decision, now)

    def _for_decision(self, who: Who, number: int, version: int | None = None) -> Proposal:
        """A proposal that the person may decide on; with ``version``, one that waits and is as they saw it."""
        with self._database.reading() as session:
            row, side = found(session, who, number)
        if side is not Side.DECIDER:
            raise NotAllowed("nobody decides on their own proposal")
        if version is not None:
            if row.version != version:
                raise ProposalMoved(f"proposal {number} has changed since you looked at it; look again")
            after(State(row.state), Move.APPROVE, side)
        return row

    def _file_for(self, row: Proposal, seen: str) -> ListingFile:
        """The file as it is now. What is new gets another slug where somebody else took its own meanwhile."""
        file = self._publisher.read(row.slug)
        if row.kind == What.NEW and file.text:
            with self._database.reading() as session:
                row.slug = free_slug(row.title, {*self._content.snapshot.listings, *taken_slugs(session, row)})
            return self._publisher.read(row.slug)
        if row.kind != What.NEW and file.listing is None:
            raise ListingMoved(f"{row.slug} is gone, or its file has a fault")
        if seen and seen != file.digest:
            raise ListingMoved(f"{row.slug} has changed since you looked at it; look again")
        return file

    def _fill(
        self, wanted: Publication, row: Proposal, file: ListingFile, accepted: Sequence[str] | None, amended: Fields
    ) -> None:
        """Works out what the listing will be, and writes it and how it came to be into the publication."""
        live = _fields(file.listing)
        open_changes = tuple(changes(row.base, live, row.wanted))
        fields = applied(live, open_changes, accepted, amended)
        taken = [one.key for one in open_changes if accepted is None or one.key in accepted]
        if open_changes and not taken and not amended:
            raise NotSound((("accepted", "takes nothing of it; decline it or send it back"),))
        if row.kind == What.CONFIRMATION and file.listing:
            wanted.act = Act.CHECKED
            fields = {**fields, "checked": self._confirmed(row, file.listing)}
        listing, faults = would_be(self._content.snapshot, row.slug, fields)
        if listing is None:
            raise NotSound.because_of(faults)
        wanted.slug, wanted.text = row.slug, text_of(listing, file.text)
        wanted.accepted, wanted.amended = taken, dict(amended)
        wanted.is_in_part = bool({one.key for one in open_changes} - {*taken, *amended})
        wanted.changed = list(changed_keys(live, fields_of(listing)))

    def _confirmed(self, row: Proposal, live: Listing) -> Fields:
        proposer = self._accounts.person(row.by)
        if proposer is None or row.sent_at is None:
            raise NotAllowed("whoever confirmed it is not known")
        return _checked(self._by(proposer, live), "", row.sent_at).model_dump(mode="json", exclude_defaults=True)

    def _existing(self, slug: str) -> tuple[ListingFile, Listing]:
        file = self._publisher.read(slug)
        if file.listing is None:
            raise ListingMoved(f"{slug} is gone, or its file has a fault")
        return file, file.listing

    def _by(self, who: Who, listing: Listing) -> By:
        """As whom somebody looked at a listing. Raises ``NotAllowed``."""
        if who.providers & {listing.provider, listing.owner}:
            return "provider"
        self._refuse_elsewhere(who, listing)
        is_for_all = {Held(Role.MODERATOR), Held(Role.ADMINISTRATOR)} & who.held
        return "moderator" if is_for_all else "hub"

    def _refuse_elsewhere(self, who: Who, listing: Listing) -> None:
        hub = self._content.snapshot.hub_for(listing)
        if not (who.is_active and is_staff(who) and who.may_decide_at(hub.slug if hub else "")):
            raise NotAllowed("this listing is another hub's")


def _claim(session: Session, who: Who, wanted: Publication, version: int) -> None:
    row = claimed(session, who, wanted.proposal_id or 0, version)
    row.slug = wanted.slug


def _fields(listing: Listing | None) -> Fields:
    return fields_of(listing) if listing else {}


def _checked(by: By, how: str, now: datetime.datetime) -> Checked:
    try:
        return Checked(on=now.astimezone(LONDON).date(), by=by, how=how.strip() or None)
    except ValidationError as error:
        raise NotSound((("how", "is too long, or cannot be shown; write one line"),)) from error
