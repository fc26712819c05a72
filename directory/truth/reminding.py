"""One run of the reminders: who gets which letter today. All in one transaction, so that a run that stops did nothing.

Run twice, or in two processes at once, it asks once: runs wait for each other, and what was asked is remembered with
the mail that asked it.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from directory.accounts import Accounts, Who
from directory.content import ContentStore
from directory.mail import put
from directory.mail.letters import reminders
from directory.mail.letters.facts import key_facts
from directory.model.calendar import LONDON
from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from directory.settings import Settings
from directory.tables import Database, ReviewRequest
from directory.truth import links
from directory.truth.asking import HUB_DIGEST_DAYS, Ask, HandOver, Kept, Plan, Why, plan
from directory.truth.links import LinkAct
from directory.truth.reasons import in_words
from directory.truth.remembered import (
    DIGEST,
    TAKEN_OVER,
    mail_key,
    recall,
    remember_ask,
    remember_handover,
    take_turn,
)


@dataclass(frozen=True)
class Told:
    """One person's letter: to whom, and about which listings."""

    person: str
    slugs: tuple[str, ...]


@dataclass(frozen=True)
class Reminded:
    """What a run did, or would do: letters to owners, listings handed over, letters to hubs."""

    owners: tuple[Told, ...]
    handed_over: tuple[HandOver, ...]
    hubs: tuple[Told, ...]


@dataclass(frozen=True)
class People:
    """Whom to write to: partners by provider, and whoever decides by hub; all by their number too."""

    speaking: Mapping[str, frozenset[int]]
    deciding: Mapping[str, frozenset[int]]
    by_number: Mapping[int, Who]


def _people(accounts: Accounts, snapshot: Snapshot) -> People:
    everybody = [who for who in accounts.people() if who.is_active]
    speaking: dict[str, set[int]] = defaultdict(set)
    for who in everybody:
        for provider in who.providers:
            speaking[provider].add(who.id)
    hubs = {_hub(snapshot, one) for one in snapshot.listings.values()}
    deciding = {hub: frozenset(who.id for who in accounts.deciding_at(hub)) for hub in hubs}
    owned = {provider: frozenset(numbers) for provider, numbers in speaking.items()}
    return People(owned, deciding, {who.id: who for who in everybody})


def _hub(snapshot: Snapshot, listing: Listing) -> str:
    hub = snapshot.hub_for(listing)
    return hub.slug if hub else ""


def waiting_for_hubs(
    snapshot: Snapshot, requests: Iterable[ReviewRequest], today: datetime.date
) -> tuple[tuple[Listing, ReviewRequest], ...]:
    """Every listing that a hub is to look at, the longest due first; those that were looked at since are not there."""
    found = []
    for row in requests:
        listing = snapshot.listings.get(row.slug)
        if listing is None or not listing.is_live_on(today) or row.handed_over_at is None:
            continue
        if snapshot.site.review.due(listing) in (row.due, None):
            found.append((listing, row))
    return tuple(sorted(found, key=lambda pair: (pair[1].due, pair[0].title.casefold())))


class _Run:
    """What is done in one transaction."""

    def __init__(
        self, session: Session, snapshot: Snapshot, people: People, settings: Settings, now: datetime.datetime
    ) -> None:
        self._session, self._snapshot, self._people, self._now = session, snapshot, people, now
        self._settings = settings
        self._today = now.astimezone(LONDON).date()
        self._remembered = recall(session)
        self._plan = self._planned()

    def _planned(self) -> Plan:
        resting = self._remembered.had_within(DIGEST, self._snapshot.site.review.letters_every_days, self._today)
        kept = [self._kept(one) for one in self._snapshot.listings.values()]
        return plan(kept, self._snapshot.site.review, self._snapshot.calendar, self._today, resting)

    def _kept(self, listing: Listing) -> Kept:
        owners = self._people.speaking.get(listing.owner or listing.provider, frozenset())
        known = self._remembered
        told = known.told.get(listing.slug, frozenset())
        hub = _hub(self._snapshot, listing)
        return Kept(listing, owners - known.bounced, hub, known.asked(listing.slug), told)

    def dry(self) -> Reminded:
        """What it would do; nothing is written."""
        owners = tuple(self._told(person, asks) for person, asks in self._plan.digests.items())
        return Reminded(owners, self._plan.handovers, ())

    def write(self) -> Reminded:
        """Does it: letters to owners, then what hubs take over, then letters to hubs."""
        written = {person: asks for person, asks in self._plan.digests.items() if self._write_digest(person, asks)}
        for ask in {ask.slug: ask for asks in written.values() for ask in asks}.values():
            remember_ask(self._session, ask, now=self._now)
        for one in self._plan.handovers:
            remember_handover(self._session, one, now=self._now)
        owners = tuple(self._told(person, asks) for person, asks in written.items())
        return Reminded(owners, self._plan.handovers, tuple(self._write_to_hubs()))

    def _told(self, person: int, asks: Sequence[Ask]) -> Told:
        return Told(self._people.by_number[person].name, tuple(ask.slug for ask in asks))

    def _write_digest(self, person: int, asks: Sequence[Ask]) -> bool:
        site, who = self._snapshot.site, self._people.by_number[person]
        letter = reminders.digest(
            name=who.name,
            site=site.title,
            contact=", ".join(filter(None, (site.contact.name, site.contact.email, site.contact.phone))),
            listings=[self._asked(person, ask) for ask in asks],
            good_until=self._today + datetime.timedelta(links.LINK_DAYS),
            is_due=any(ask.due for ask in asks),
        )
        key = mail_key(DIGEST, person, self._today)
        return put(self._session, letter, key=key, to=who.email, person=person, now=self._now)

    def _asked(self, person: int, ask: Ask) -> reminders.Asked:
        listing, address = self._snapshot.listings[ask.slug], self._settings.address
        still_right, change = (
            links.make(self._session, act=act, listing=listing, person=person, now=self._now)
            for act in (LinkAct.STILL_RIGHT, LinkAct.CHANGE)
        )
        return reminders.Asked(
            listing.title,
            tuple(in_words(reason, listing, self._today) for reason in ask.reasons),
            key_facts(listing, self._snapshot),
            f"{address}/still-right/{still_right}",
            f"{address}/change/{change}",
            f"{address}/change/{change}?to=next-term" if _has_ending_sessions(listing, ask) else "",
        )

    def _write_to_hubs(self) -> Iterator[Told]:
        """One letter to each person who decides at a hub that has taken something over since their last one."""
        self._session.flush()
        requests = self._session.exec(select(ReviewRequest).where(col(ReviewRequest.handed_over_at).is_not(None)))
        waiting: dict[int, list[tuple[Listing, ReviewRequest]]] = defaultdict(list)
        for listing, row in waiting_for_hubs(self._snapshot, requests, self._today):
            for person in self._people.deciding[_hub(self._snapshot, listing)]:
                waiting[person].append((listing, row))
        rested = self._remembered.had_within(TAKEN_OVER, HUB_DIGEST_DAYS, self._today)
        for person in sorted(waiting.keys() - rested - self._remembered.bounced):
            new = [pair for pair in waiting[person] if self._is_new_to(person, pair[1])]
            if new and self._write_to_hub(person, new, len(waiting[person])):
                yield Told(self._people.by_number[person].name, tuple(listing.slug for listing, _ in new))

    def _is_new_to(self, person: int, row: ReviewRequest) -> bool:
        last = self._remembered.last_mail.get((TAKEN_OVER, person))
        return last is None or bool(row.handed_over_at and row.handed_over_at > last)

    def _write_to_hub(self, person: int, new: Sequence[tuple[Listing, ReviewRequest]], waiting: int) -> bool:
        who = self._people.by_number[person]
        letter = reminders.taken_over(
            name=who.name,
            listings=[
                reminders.HandedOver(listing.title, row.due, tuple(phone.number for phone in listing.phones))
                for listing, row in new
            ],
            waiting=waiting,
            link=f"{self._settings.address}/overdue",
        )
        key = mail_key(TAKEN_OVER, person, self._today)
        return put(self._session, letter, key=key, to=who.email, person=person, now=self._now)


def _has_ending_sessions(listing: Listing, ask: Ask) -> bool:
    """Whether its owner is reminded of the last day of sessions."""
    ends = {reason.on for reason in ask.reasons if reason.why is Why.ENDING}
    return any(one.valid_to in ends for one in listing.sessions)


def run(
    *,
    database: Database,
    accounts: Accounts,
    content: ContentStore,
    settings: Settings,
    now: datetime.datetime,
    dry: bool,
) -> Reminded:
    """Writes every letter that is due; ``dry`` writes nothing and tells what there would be."""
    snapshot = content.snapshot
    people = _people(accounts, snapshot)
    with database.reading() if dry else database.writing() as session:
        if not dry:
            take_turn(session, now=now)
        one = _Run(session, snapshot, people, settings, now)
        return one.dry() if dry else one.write()
