"""Keeping listings true as one object: asking owners, taking their answers, and what hubs are to look at."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import select

from directory.accounts import Accounts, Who
from directory.content import ContentStore
from directory.model.calendar import LONDON
from directory.model.freshness import Standing
from directory.model.listing import Listing
from directory.moderation import Moderation
from directory.settings import Settings
from directory.tables import Database, ReviewRequest
from directory.truth import links, reminding
from directory.truth.links import LinkAct, LinkOver, ListingDiffers, Opened
from directory.truth.remembered import forget_old
from directory.truth.reminding import Reminded, waiting_for_hubs

HOW = "in answer to our reminder"
"""How a listing was checked by whoever pressed the link in a mail, as people read it on its page."""


@dataclass(frozen=True)
class Overdue:
    """A listing that waits for somebody to look at it. ``is_handed_over``: its hub is to; else its owners are asked."""

    listing: Listing
    due: datetime.date
    standing: Standing
    is_handed_over: bool
    times_asked: int


class Truth:
    """Whether listings are still right, and who is to tell. Raises ``DatabaseUnusable``."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        moderation: Moderation,
        content: ContentStore,
        settings: Settings,
    ) -> None:
        self._database, self._accounts, self._moderation = database, accounts, moderation
        self._content, self._settings = content, settings

    def remind(self, *, now: datetime.datetime, dry: bool = False) -> Reminded:
        """Writes the letters that are due, to be sent by the mailer; ``dry`` only tells what would be asked.

        Safe to run twice and at once: nobody is asked the same twice.
        """
        return reminding.run(
            database=self._database,
            accounts=self._accounts,
            content=self._content,
            settings=self._settings,
            now=now,
            dry=dry,
        )

    def opened(self, token: str, act: LinkAct, *, now: datetime.datetime) -> Opened:
        """What a link in a mail is for. Raises ``LinkOver``; nothing is used up."""
        with self._database.reading() as session:
            row = links.find(session, token=token, act=act, now=now)
        who, listing = self._accounts.person(row.person_id), self._content.snapshot.listings.get(row.slug)
        if who is None or listing is None or not _looks_after(who, listing):
            raise LinkOver("whoever had this link does not look after the listing any more")
        return Opened(act, who, listing, row.facts, links.facts(listing), row.used_at)

    def still_right(self, token: str, *, seen: str, now: datetime.datetime) -> None:
        """The person of the link looked and found it right. ``seen`` is the ``Opened.seen`` of the page they saw.

        A second time changes nothing. Raises ``LinkOver``, and ``ListingDiffers`` where it says something else by now.
        """
        opened = self.opened(token, LinkAct.STILL_RIGHT, now=now)
        if opened.used_at is not None:
            return
        if (seen or links.digest_of(opened.facts_then)) != opened.seen:
            raise ListingDiffers("the listing was changed since; look at what it says now")
        # Used up afterwards: a process that dies between the two leaves a link that works, and checks once more.
        self._moderation.confirm(who=opened.who, slug=opened.listing.slug, how=HOW, now=now)
        with self._database.writing() as session:
            links.use_up(session, token=token, now=now)

    def begin_change(self, token: str, *, now: datetime.datetime, device: str = "") -> str:
        """The token of a session of two hours in which the link's listing can be changed. Raises ``LinkOver``.

        The link works again until its time is over: somebody may be interrupted, and what they send is looked at.
        """
        opened = self.opened(token, LinkAct.CHANGE, now=now)
        only = f"change:{opened.listing.slug}"
        started = self._accounts.start_limited(person=opened.who.id, only=only, now=now, device=device)
        with self._database.writing() as session:
            links.use_up(session, token=token, now=now)
        return started

    def overdue(self, *, who: Who, now: datetime.datetime) -> tuple[Overdue, ...]:
        """What waits where the person decides: first what hubs are to look at, then what owners are asked about."""
        snapshot, today = self._content.snapshot, now.astimezone(LONDON).date()
        with self._database.reading() as session:
            asked: Mapping[str, ReviewRequest] = {row.slug: row for row in session.exec(select(ReviewRequest))}
        handed = waiting_for_hubs(snapshot, asked.values(), today)
        slugs = {listing.slug for listing, _ in handed}
        found = [
            Overdue(listing, row.due, snapshot.standing(listing, today), True, row.times) for listing, row in handed
        ]
        found += sorted(self._past(asked, today, slugs), key=lambda one: (one.due, one.listing.title.casefold()))
        return tuple(one for one in found if who.may_decide_at(self._hub(one.listing)))

    def _past(self, asked: Mapping[str, ReviewRequest], today: datetime.date, without: set[str]) -> list[Overdue]:
        snapshot = self._content.snapshot
        found = []
        for listing in snapshot.listings.values():
            due = snapshot.site.review.due(listing)
            if due and due < today and listing.is_live_on(today) and listing.slug not in without:
                row = asked.get(listing.slug)
                times = row.times if row and row.due == due else 0
                found.append(Overdue(listing, due, snapshot.standing(listing, today), False, times))
        return found

    def forget(self, *, now: datetime.datetime) -> int:
        """Forgets links whose time is over, and what owners were told or websites answered long ago; how much."""
        with self._database.writing() as session:
            return links.forget_old(session, now=now) + forget_old(session, now=now)

    def _hub(self, listing: Listing) -> str:
        hub = self._content.snapshot.hub_for(listing)
        return hub.slug if hub else ""


def _looks_after(who: Who, listing: Listing) -> bool:
    return who.is_active and (listing.owner or listing.provider) in who.providers
