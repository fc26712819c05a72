"""What a proposer does: begins, keeps, sends, takes back."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from directory.accounts import Who, note
from directory.content import ContentStore, ListingFile, text_of, would_be
from directory.model.calendar import LONDON
from directory.model.listing import Listing
from directory.model.slugs import free_slug
from directory.model.snapshot import Snapshot
from directory.moderation.by_rule import is_of_dates_to_come, may_publish
from directory.moderation.comparing import applied, changed_keys, changes, without_nothing
from directory.moderation.keys import PARTNER_KINDS, is_staff, refuse_keys, risk_of
from directory.moderation.proposals import as_proposed, as_text, found, moved, taken_slugs, unfinished
from directory.moderation.publishing import Publisher
from directory.moderation.states import Move
from directory.moderation.telling import Telling
from directory.moderation.values import (
    Act,
    Fields,
    ListingMoved,
    NotAllowed,
    NotSound,
    Proposed,
    Risk,
    State,
    What,
    fields_of,
)
from directory.tables import Database, Proposal, ProposalMessage, Publication


@dataclass(frozen=True)
class _Sending:
    """A draft as somebody hands it in."""

    who: Who
    row: Proposal
    wanted: Fields
    note: str
    now: datetime.datetime


class Proposing:
    """Proposals until they wait for an answer."""

    _database: Database
    _content: ContentStore
    _publisher: Publisher
    _telling: Telling

    def begin(self, *, who: Who, kind: What, slug: str, provider: str, now: datetime.datetime) -> Proposed:
        """A draft of that kind for a listing: the person's own that is unfinished or was sent back, else a new one.

        For a new listing ``slug`` is empty until it is sent. For one that there is, its own provider counts.
        """
        listing = None if kind is What.NEW else _listing(self._content.snapshot, slug)
        provider = _speaks_as(who, listing) if listing else self._known_provider(who, provider)
        if who.only not in (None, f"change:{slug}") or (who.only and kind is What.NEW):
            raise NotAllowed("this link is for one listing alone")
        base = fields_of(listing) if listing else {}
        with self._database.writing() as session:
            row = unfinished(session, who, kind, slug, provider)
            if row is None:
                row = Proposal(kind=kind, state=State.DRAFT, slug=slug, provider=provider, by=who.id, created_at=now)
                session.add(row)
            if not row.typed and not row.wanted:
                row.base, row.title = dict(base), listing.title if listing else ""
            session.flush()
            return as_proposed(row)

    def keep(self, *, who: Who, number: int, typed: Mapping[str, Any], now: datetime.datetime) -> Proposed:  # noqa: ARG002  # every write takes its moment
        """Keeps what a form holds, sound or not, in a draft or in one that was sent back."""
        with self._database.writing() as session:
            row = moved(session, who, number, Move.KEEP)
            row.typed = dict(typed)
            return as_proposed(row)

    def send(self, *, who: Who, number: int, wanted: Fields, note: str = "", now: datetime.datetime) -> Proposed:
        """Hands a draft in. ``wanted`` is the whole listing. Raises ``NotSound`` with every fault.

        It waits for an answer, unless the rule of ``by_rule`` publishes it at once; that raises ``ListingMoved`` where
        somebody else was quicker with the same dates, and ``NotWritten``.
        """
        with self._database.reading() as session:
            row, _ = found(session, who, number)
        if may_publish(who, What(row.kind), row.provider, self._content.snapshot):
            with self._publisher.alone(row.slug, now):
                return self._sent_by_rule(_Sending(who, row, wanted, note, now))
        return self._sent(_Sending(who, row, wanted, note, now))

    def publishes_dates(self, *, who: Who, slug: str) -> bool:
        """Whether single dates of a listing that this person changes are published at once."""
        listing = _listing(self._content.snapshot, slug)
        provider = _speaks_as(who, listing)
        is_open = listing.status == "active"
        return is_open and may_publish(who, What.CANCELLATION, provider, self._content.snapshot)

    def _sent(self, sending: _Sending) -> Proposed:
        """The proposal, which waits for an answer from now on."""
        listing = _sound(sending.who, sending.row, sending.wanted, self._content.snapshot)
        with self._database.writing() as session:
            row = self._hand_in(session, sending, listing)
            self._telling.that_it_waits(session, row, self._hub_name(row), sending.now)
            return as_proposed(row)

    def _sent_by_rule(self, sending: _Sending) -> Proposed:
        """The proposal, published; one that waits where the rule does not hold for content as it is just now."""
        file = self._publisher.read(sending.row.slug)
        listing = _sound(sending.who, sending.row, sending.wanted, self._content.snapshot)
        publication = self._by_rule(sending, fields_of(listing), file)
        if publication is None:
            return self._sent(sending)
        self._publisher.publish(publication, file, lambda session: self._hand_in(session, sending, listing))
        with self._database.reading() as session:
            return as_proposed(found(session, sending.who, sending.row.id or 0)[0])

    def _by_rule(self, sending: _Sending, wanted: Fields, file: ListingFile) -> Publication | None:
        """What is to be published of a proposal; None where it has to wait."""
        row, snapshot, today = sending.row, self._content.snapshot, sending.now.astimezone(LONDON).date()
        is_ruled = may_publish(sending.who, What(row.kind), row.provider, snapshot)
        if file.listing is None or not is_ruled or not is_of_dates_to_come(row.base, wanted, today):
            return None
        live = fields_of(file.listing)
        open_changes = tuple(changes(row.base, live, wanted))
        if not open_changes or any(one.is_contested for one in open_changes):
            raise ListingMoved(f"somebody else changed the same dates of {row.slug}; look again")
        fields = applied(live, open_changes, None)
        if not is_of_dates_to_come(live, fields, today):
            return None
        listing, faults = would_be(snapshot, row.slug, fields)
        if listing is None:
            raise NotSound.because_of(faults)
        publication = Publication(
            slug=row.slug, text=text_of(listing, file.text), started_at=sending.now, act=Act.BY_RULE
        )
        publication.proposal_id, publication.proposed_by, publication.why = row.id, row.by, as_text(sending.note)
        publication.changed = list(changed_keys(live, fields))
        return publication

    def _hand_in(self, session: Session, sending: _Sending, listing: Listing) -> Proposal:
        """Makes the draft a proposal that waits, in somebody's transaction."""
        snapshot, who, now = self._content.snapshot, sending.who, sending.now
        row = moved(session, who, sending.row.id or 0, Move.SEND)
        kind = What(row.kind)
        live = None if kind is What.NEW else _listing(snapshot, row.slug)
        if kind is What.NEW:
            row.slug = free_slug(listing.title, {*snapshot.listings, *taken_slugs(session, row)})
        row.wanted, row.title, row.note = dict(fields_of(listing)), listing.title, as_text(sending.note)
        row.sent_at = now
        row.risk = _risk(kind, row, listing, live, snapshot)
        hub = snapshot.hub_for(live or listing)
        row.hub = hub.slug if hub else ""
        _log(session, who, "proposed", row, now)
        return row

    def _hub_name(self, row: Proposal) -> str:
        hub = self._content.snapshot.listings.get(row.hub)
        return hub.title if hub else ""

    def withdraw(self, *, who: Who, number: int, now: datetime.datetime) -> None:
        """The proposer takes it back, before it is decided."""
        with self._database.writing() as session:
            row = moved(session, who, number, Move.WITHDRAW)
            row.decided_at = now
            _log(session, who, "withdrew", row, now)

    def say(self, *, who: Who, number: int, text: str, now: datetime.datetime) -> None:
        """Adds a message; the other side is told by mail. Raises ``NotSound`` where it says nothing."""
        said = as_text(text)
        if not said:
            raise NotSound((("text", "is empty; write something"),))
        with self._database.writing() as session:
            row = moved(session, who, number, Move.SAY, is_change=False)
            message = ProposalMessage(proposal_id=number, person_id=who.id, at=now, text=said)
            session.add(message)
            _log(session, who, "wrote a message", row, now)
            self._telling.of_message(session, row, message, who)

    def _known_provider(self, who: Who, provider: str) -> str:
        if provider not in self._content.snapshot.providers or not who.may_propose_for(provider):
            raise NotAllowed("you do not speak for this provider")
        return provider


def _speaks_as(who: Who, listing: Listing) -> str:
    """For whom somebody proposes changes of a listing: its provider, or its owner. Raises ``NotAllowed``."""
    for provider in (listing.provider, listing.owner):
        if provider and who.may_propose_for(provider):
            return provider
    raise NotAllowed("you do not speak for whoever runs this listing")


def _listing(snapshot: Snapshot, slug: str) -> Listing:
    try:
        return snapshot.listings[slug]
    except KeyError as error:
        raise ListingMoved(f"there is no listing {slug} any more") from error


def _sound(who: Who, row: Proposal, wanted: Fields, snapshot: Snapshot) -> Listing:
    """The listing that is wanted. Raises ``NotSound``, and ``NotAllowed`` where a change is not this person's."""
    kind = What(row.kind)
    is_new = kind is What.NEW
    slug = free_slug(str(wanted.get("title") or ""), snapshot.listings) if is_new else row.slug
    listing, faults = would_be(snapshot, slug, without_nothing(wanted))
    if listing is None:
        raise NotSound.because_of(faults)
    changed = changed_keys(row.base, fields_of(listing))
    if bool(changed) == (kind is What.CONFIRMATION):
        raise NotSound((("", "changes nothing; say instead that all of it is right"),))
    refuse_keys(who, changed, kind)
    if is_new:
        _refuse_new(who, row, listing)
    return listing


def _refuse_new(who: Who, row: Proposal, listing: Listing) -> None:
    if listing.provider != row.provider:
        raise NotAllowed("the listing is begun for another provider")
    if listing.kind not in PARTNER_KINDS and not is_staff(who):
        raise NotAllowed(f"a new {listing.kind} is the team's to add")


def _risk(kind: What, row: Proposal, listing: Listing, live: Listing | None, snapshot: Snapshot) -> Risk:
    changed = changed_keys(row.base, row.wanted)
    return max((risk_of(kind, one, changed, snapshot) for one in (listing, live) if one), key=list(Risk).index)


def _log(session: Session, who: Who, what: str, row: Proposal, now: datetime.datetime) -> None:
    note(session, person=who.id, what=what, about=f"proposal {row.id}", now=now, listing=row.slug, kind=row.kind)
