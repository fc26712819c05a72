"""How true the directory is, in figures: counted from the content of now, and from what waited for an answer."""

import datetime
import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlmodel import Session, and_, col, func, or_, select

from directory.accounts import Accounts, Role, Who, note
from directory.content import ContentStore
from directory.model.calendar import LONDON
from directory.model.freshness import Standing
from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from directory.model.working_days import answer_by
from directory.moderation import State
from directory.tables import Database, Decision, Proposal, Report

SPAN = datetime.timedelta(days=90)
"""How far back answers are looked at: a term."""
_LATE = frozenset({Standing.OVERDUE, Standing.SUNK})


@dataclass(frozen=True)
class Share:
    """Of the live listings of a hub, a category or a provider, how many stand how. An empty slug: of none."""

    slug: str
    live: int
    checked: int
    unconfirmed: int
    late: int

    @property
    def percent(self) -> int:
        """How many in a hundred are within their review date, rounded down: 100 means all."""
        return 100 * self.checked // self.live if self.live else 0


@dataclass(frozen=True)
class Late:
    """A listing that is past its review date. ``standing``: whether it has sunk or left results for it."""

    slug: str
    due: datetime.date
    days: int
    standing: Standing
    hub: str


@dataclass(frozen=True)
class Unowned:
    """Somebody who runs listings, and for whom nobody can sign in."""

    provider: str
    listings: int


@dataclass(frozen=True)
class Waited:
    """One thing that was sent to be answered, and when it was."""

    hub: str
    asked_at: datetime.datetime
    answered_at: datetime.datetime | None


@dataclass(frozen=True)
class Open:
    """What waits for an answer at a hub. ``late``: how much of it is past its promise."""

    hub: str
    number: int
    late: int
    oldest: datetime.datetime


@dataclass(frozen=True)
class Answers:
    """How long answers took over ``SPAN``; times are None where there were none. ``in_time``: within the promise."""

    answered: int
    median: datetime.timedelta | None
    nine_in_ten: datetime.timedelta | None
    in_time: int


@dataclass(frozen=True)
class HowTrue:
    """Every figure on one day. ``left``: how many listings are in no results because nobody checked them."""

    whole: Share
    left: int
    by_hub: tuple[Share, ...]
    by_category: tuple[Share, ...]
    by_provider: tuple[Share, ...]
    late: tuple[Late, ...]
    unowned: tuple[Unowned, ...]
    proposals: Answers
    reports: Answers
    open_proposals: tuple[Open, ...]
    open_reports: tuple[Open, ...]


@dataclass(frozen=True)
class Remembered:
    """What the database says: which providers somebody speaks for, and what was asked of moderators."""

    spoken_for: frozenset[str]
    proposals: Sequence[Waited]
    reports: Sequence[Waited]


Promise = Callable[[datetime.date], datetime.date]
"""The last day on which what was sent on a day is answered in time."""


def how_true(snapshot: Snapshot, remembered: Remembered, today: datetime.date) -> HowTrue:
    """Every figure. Hubs stand by title, categories as in the content, providers with the most to do first."""
    published = [one for one in snapshot.listings.values() if one.is_live_on(today)]
    standing = {one.slug: snapshot.standing(one, today) for one in published}
    live = [one for one in published if standing[one.slug] is not Standing.GONE]
    hub_of = {one.slug: hub_of_listing(snapshot, one) for one in published}
    hubs = [*(one.slug for one in snapshot.buildings if one.kind == "hub"), ""]
    tops = ((top, standing[one.slug]) for one in live for top in _tops(snapshot, one))
    by_provider = _shares((one.provider, standing[one.slug]) for one in live)
    promise = partial(answer_by, days=snapshot.site.review.answer_working_days, calendar=snapshot.calendar)
    return HowTrue(
        whole=_share("", [standing[one.slug] for one in live]),
        left=len(published) - len(live),
        by_hub=_in_order(_shares((hub_of[one.slug], standing[one.slug]) for one in live), hubs),
        by_category=_in_order(_shares(tops), [one.slug for one in snapshot.categories]),
        by_provider=tuple(sorted(by_provider.values(), key=lambda one: (one.checked - one.live, one.slug))),
        late=tuple(_late(snapshot, today, standing, hub_of)),
        unowned=tuple(_unowned(live, remembered.spoken_for)),
        proposals=_answers(remembered.proposals, promise),
        reports=_answers(remembered.reports, promise),
        open_proposals=tuple(_open(remembered.proposals, hubs, promise, today)),
        open_reports=tuple(_open(remembered.reports, hubs, promise, today)),
    )


def hub_of_listing(snapshot: Snapshot, listing: Listing | None) -> str:
    """The slug of the hub that looks after a listing; empty for none."""
    hub = snapshot.hub_for(listing) if listing else None
    return hub.slug if hub else ""


def _tops(snapshot: Snapshot, listing: Listing) -> set[str]:
    """The top categories that a listing stands behind."""
    return {top.slug if (top := snapshot.parent_of.get(slug)) else slug for slug in listing.categories}


def _shares(standings: Iterable[tuple[str, Standing]]) -> dict[str, Share]:
    """By group: how its listings stand."""
    groups: dict[str, list[Standing]] = defaultdict(list)
    for group, one in standings:
        groups[group].append(one)
    return {group: _share(group, found) for group, found in groups.items()}


def _share(slug: str, found: Sequence[Standing]) -> Share:
    count = Counter(found)
    late = sum(count[one] for one in _LATE)
    return Share(slug, len(found), count[Standing.CHECKED], count[Standing.UNCONFIRMED], late)


def _in_order(shares: Mapping[str, Share], order: Sequence[str]) -> tuple[Share, ...]:
    return tuple(shares[slug] for slug in order if slug in shares)


def _late(
    snapshot: Snapshot, today: datetime.date, standing: Mapping[str, Standing], hub_of: Mapping[str, str]
) -> Iterator[Late]:
    """Every listing past its date, the longest first."""
    past = (snapshot.listings[slug] for slug, one in standing.items() if one in _LATE or one is Standing.GONE)
    dated = ((due, one.slug) for one in past if (due := snapshot.site.review.due(one)))
    for due, slug in sorted(dated):
        yield Late(slug, due, (today - due).days, standing[slug], hub_of[slug])


def _unowned(live: Iterable[Listing], spoken_for: frozenset[str]) -> Iterator[Unowned]:
    """Whoever nobody speaks for, those with the most listings first."""
    count = Counter(one.owner or one.provider for one in live)
    for provider, number in sorted(count.items(), key=lambda one: (-one[1], one[0])):
        if provider not in spoken_for:
            yield Unowned(provider, number)


def _answers(waited: Iterable[Waited], promise: Promise) -> Answers:
    took, in_time = [], 0
    for one in waited:
        if one.answered_at:
            took.append(one.answered_at - one.asked_at)
            in_time += one.answered_at.astimezone(LONDON).date() <= promise(one.asked_at.astimezone(LONDON).date())
    if not took:
        return Answers(0, None, None, 0)
    took.sort()
    return Answers(len(took), statistics.median_low(took), took[math.ceil(0.9 * len(took)) - 1], in_time)


def _open(waited: Iterable[Waited], hubs: Sequence[str], promise: Promise, today: datetime.date) -> Iterator[Open]:
    """What waits, by hub; what no hub serves last."""
    groups: dict[str, list[datetime.datetime]] = defaultdict(list)
    for one in waited:
        if one.answered_at is None:
            groups[one.hub if one.hub in hubs else ""].append(one.asked_at)
    for hub in hubs:
        if asked := groups.get(hub):
            late = sum(promise(at.astimezone(LONDON).date()) < today for at in asked)
            yield Open(hub, len(asked), late, min(asked))


class Figures:
    """The figures of now. Raises ``DatabaseUnusable``."""

    def __init__(self, database: Database, accounts: Accounts, content: ContentStore) -> None:
        self._database, self._accounts, self._content = database, accounts, content

    def now(self, *, now: datetime.datetime) -> HowTrue:
        """Every figure at this moment."""
        snapshot = self._content.snapshot
        people = (one for one in self._accounts.people() if one.is_active)
        with self._database.reading() as session:
            remembered = Remembered(
                spoken_for=frozenset(held.scope for one in people for held in one.held if held.role is Role.PARTNER),
                proposals=_proposals(session, now - SPAN),
                reports=_reports(session, now - SPAN, snapshot),
            )
        return how_true(snapshot, remembered, now.date())

    def note_export(self, *, who: Who, name: str, now: datetime.datetime) -> None:
        """Remembers that somebody took a table home."""
        with self._database.writing() as session:
            note(session, person=who.id, what="exported", about=f"how true {name}", now=now)


def _proposals(session: Session, since: datetime.datetime) -> list[Waited]:
    """Every proposal that was sent since then or still waits, with its first answer after it was last sent."""
    answer = and_(col(Decision.proposal_id) == col(Proposal.id), col(Decision.at) >= col(Proposal.sent_at))
    found = session.exec(
        select(Proposal.hub, Proposal.sent_at, func.min(col(Decision.at)))
        .outerjoin(Decision, answer)
        .where(or_(col(Proposal.sent_at) >= since, col(Proposal.state) == State.WAITING))
        .group_by(col(Proposal.id), col(Proposal.hub), col(Proposal.sent_at), col(Proposal.state))
        .having(or_(col(Proposal.state) == State.WAITING, func.count(col(Decision.id)) > 0))
    )
    return [Waited(hub, sent_at, answered) for hub, sent_at, answered in found if sent_at]


def _reports(session: Session, since: datetime.datetime, snapshot: Snapshot) -> list[Waited]:
    """Every report that came since then or still waits."""
    wanted = or_(col(Report.at) >= since, col(Report.closed_at).is_(None))
    found = session.exec(select(Report.slug, Report.at, Report.closed_at).where(wanted))
    return [Waited(hub_of_listing(snapshot, snapshot.listings.get(slug)), at, closed) for slug, at, closed in found]
