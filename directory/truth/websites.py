"""Whether the websites that listings lead to are still there: which are asked, what they answered, what is wrong."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlmodel import col, select

from directory.content import ContentStore
from directory.model.calendar import LONDON
from directory.model.listing import Listing
from directory.tables import Database, LinkCheck, inserting
from directory.truth.visits import Answer, Outcome, Visitor

ASKED_EVERY = datetime.timedelta(days=1)
"""A website is asked once in this time, whoever runs the command how often."""
SILENT_FOR = datetime.timedelta(days=3)
"""How long a website must be silent before anybody is told: many are back the next day."""
AT_ONCE = 8
"""Hosts that are asked at the same time; each has one request at a time."""
_ASKING = "asking"


@dataclass(frozen=True)
class LinkFault:
    """A website that is not what a listing says, and the listings that lead to it."""

    url: str
    outcome: Outcome
    detail: str
    since: datetime.datetime | None
    slugs: tuple[str, ...]


@dataclass(frozen=True)
class LinksChecked:
    """What a run did: the websites that it asked, and everything that is wrong by now."""

    asked: tuple[str, ...]
    faults: tuple[LinkFault, ...]


class Websites:
    """The websites of live listings."""

    def __init__(self, database: Database, content: ContentStore) -> None:
        self._database, self._content = database, content

    def due(self, *, now: datetime.datetime, limit: int | None = None) -> tuple[str, ...]:
        """The websites to ask now: those never asked first, then those asked the longest ago."""
        last = {url: row.asked_at for url, row in self._rows().items()}
        never = datetime.datetime.min.replace(tzinfo=datetime.UTC)
        found = [url for url in self._urls(now) if last.get(url, never) <= now - ASKED_EVERY or url not in last]
        return tuple(sorted(found, key=lambda url: (last.get(url, never), url))[:limit])

    def check(
        self,
        visitor: Visitor,
        *,
        now: datetime.datetime,
        limit: int | None = None,
        seen: Callable[[str], None] = lambda _url: None,
    ) -> LinksChecked:
        """Asks what is due, each host by one thread; ``seen`` is called after each. Safe to run twice and at once."""
        by_host: dict[str, list[str]] = defaultdict(list)
        for url in self.due(now=now, limit=limit):
            by_host[urlsplit(url).hostname or ""].append(url)

        def ask(urls: Sequence[str]) -> list[str]:
            return [url for url in urls if self._ask(url, visitor, now, seen)]

        with ThreadPoolExecutor(AT_ONCE) as threads:
            asked = [url for urls in threads.map(ask, by_host.values()) for url in urls]
        return LinksChecked(tuple(asked), self.faults(now=now))

    def faults(self, *, now: datetime.datetime) -> tuple[LinkFault, ...]:
        """Everything that is known to be wrong with the websites of live listings, by address."""
        rows, urls = self._rows(), self._urls(now)
        return tuple(
            LinkFault(url, Outcome(row.outcome), row.detail, row.failing_since, slugs)
            for url, slugs in sorted(urls.items())
            if (row := rows.get(url)) and _is_fault(row, now)
        )

    def _urls(self, now: datetime.datetime) -> Mapping[str, tuple[str, ...]]:
        """Every website with the listings that lead to it."""
        snapshot, today = self._content.snapshot, now.astimezone(LONDON).date()
        found: dict[str, list[str]] = defaultdict(list)
        for listing in snapshot.listings.values():
            for url in _websites(listing) if snapshot.is_live(listing, today) else ():
                found[url].append(listing.slug)
        return {url: tuple(slugs) for url, slugs in found.items()}

    def _rows(self) -> Mapping[str, LinkCheck]:
        with self._database.reading() as session:
            return {row.url: row for row in session.exec(select(LinkCheck))}

    def _ask(self, url: str, visitor: Visitor, now: datetime.datetime, seen: Callable[[str], None]) -> bool:
        is_ours = self._claim(url, now)
        if is_ours:
            self._remember(url, visitor.visit(url), now)
        seen(url)
        return is_ours

    def _claim(self, url: str, now: datetime.datetime) -> bool:
        """Whether this run is to ask it: another one that came first has, or will."""
        with self._database.writing() as session:
            adding = inserting(session, LinkCheck).values(url=url, asked_at=now, outcome=_ASKING, detail="")
            claiming = adding.on_conflict_do_update(
                index_elements=["url"], set_={"asked_at": now}, where=col(LinkCheck.asked_at) <= now - ASKED_EVERY
            )
            return session.execute(claiming.returning(col(LinkCheck.url))).scalar_one_or_none() is not None

    def _remember(self, url: str, answer: Answer, now: datetime.datetime) -> None:
        with self._database.writing() as session:
            row = session.get_one(LinkCheck, url)
            is_failing = answer.outcome in (Outcome.GONE, Outcome.SILENT)
            row.outcome, row.detail = answer.outcome, answer.detail[:500]
            row.failing_since = (row.failing_since or now) if is_failing else None
            session.add(row)


def _websites(listing: Listing) -> frozenset[str]:
    start = listing.access.url if listing.access else None
    return frozenset(url for url in (listing.url, listing.booking_url, start) if url)


def _is_fault(row: LinkCheck, now: datetime.datetime) -> bool:
    if row.outcome == Outcome.SILENT:
        return row.failing_since is not None and row.failing_since <= now - SILENT_FOR
    return row.outcome in (Outcome.GONE, Outcome.MOVED)
