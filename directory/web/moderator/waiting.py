"""What waits for an answer, in a moderator's words: how risky, since when, by when promised, and what would change."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from directory.accounts import Who
from directory.model.calendar import LONDON
from directory.model.snapshot import Snapshot
from directory.model.working_days import answer_by
from directory.moderation import ByRule, Proposed, Risk, State, Version, What, changed_dates
from directory.web.differences import Difference, difference, differences
from directory.web.named import names_of
from directory.web.partner.state_words import KINDS
from directory.web.showing import Showing, shown
from directory.web.translate import gettext, lazy_gettext, ngettext

RISKS = {
    Risk.LOW: ("green", lazy_gettext("Low risk")),
    Risk.ORDINARY: ("blue", lazy_gettext("Ordinary")),
    Risk.HIGH: ("orange", lazy_gettext("Look closely")),
}
"""The colour of the tag of each risk, and its words."""


@dataclass(frozen=True)
class Waiting:
    """One proposal that waits. ``is_quick``: it can be approved from the queue, with ``differences`` in view.

    ``soonest``: the first day to come that a change of single dates is about, and ``how_soon`` that is.
    """

    proposal: Proposed
    title: str
    kind: str
    risk: str
    colour: str
    provider: str
    hub: str
    by: str
    since: datetime.date | None
    answer_by: datetime.date | None
    is_late: bool
    soonest: datetime.date | None
    how_soon: str
    is_own: bool
    is_quick: bool
    seen: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Published:
    """A version that nobody approved, and the number of the one before it; ``differences``: what it changed."""

    version: Version
    before: int
    at: datetime.datetime
    title: str
    provider: str
    by: str
    differences: tuple[Difference, ...]


def soonest_day(one: Proposed, today: datetime.date) -> datetime.date | None:
    """The first day to come that a change of single dates is about; None for a change of anything else."""
    return min((day for day in changed_dates(one.base, one.wanted) or () if day >= today), default=None)


def soonest_first(every: Iterable[Proposed], today: datetime.date) -> list[Proposed]:
    """Single dates before all else, the soonest first: while they wait, people come in vain. The rest as it was."""
    return sorted(every, key=lambda one: soonest_day(one, today) or datetime.date.max)


def published_by_rule(every: Iterable[ByRule], now: Showing) -> list[Published]:
    """What trusted providers published themselves, as a queue shows it."""
    found = list(every)
    names = names_of(one.proposal.by for one in found)
    return [
        Published(
            one.version,
            one.version.number - 1,
            one.version.at.astimezone(LONDON),
            one.proposal.title,
            provider_name(one.proposal.provider, now.snapshot),
            names[one.proposal.by],
            differences(one.proposal.base, one.proposal.wanted, now.snapshot),
        )
        for one in found
    ]


def waiting(every: Iterable[Proposed], who: Who, now: Showing) -> list[Waiting]:
    """The proposals as a queue shows them to a person, in their order."""
    proposals = list(every)
    names = names_of(one.by for one in proposals)
    return [_waiting(one, names[one.by], who, now) for one in proposals]


def _waiting(one: Proposed, name: str, who: Who, now: Showing) -> Waiting:
    since = one.sent_at.astimezone(LONDON).date() if one.sent_at else None
    colour, risk = RISKS[one.risk]
    is_own = one.by == who.id
    soonest = soonest_day(one, now.today)
    is_small = not is_own and bool(one.risk is Risk.LOW or one.kind is What.CONFIRMATION or soonest)
    seen, found = _in_view(one, who, now.snapshot) if is_small else ("", ())
    return Waiting(
        one,
        one.title,
        str(KINDS[one.kind]),
        str(risk),
        colour,
        provider_name(one.provider, now.snapshot),
        hub_name(one.hub, now.snapshot),
        name,
        since,
        promised_day(one, now),
        is_late(one, now),
        soonest,
        _how_soon(soonest, now.today) if soonest else "",
        is_own,
        bool(seen),
        seen,
        found,
    )


def _in_view(one: Proposed, who: Who, snapshot: Snapshot) -> tuple[str, tuple[Difference, ...]]:
    """By what the live listing is known, and what differs from it; nothing where somebody has to choose first."""
    found = shown().services.moderation.compare(who=who, number=one.id)
    rivals = {number for change in found.changes for number in change.others if _is_rival(one, number, who)}
    if rivals or any(change.is_contested for change in found.changes):
        return "", ()
    return found.seen, tuple(difference(each.key, each.live, each.wanted, snapshot) for each in found.changes)


def _is_rival(one: Proposed, number: int, who: Who) -> bool:
    """Whether another proposal wants something else of the same: changes of different dates go together."""
    other = shown().services.moderation.proposal(who=who, number=number)
    days, others = changed_dates(one.base, one.wanted), changed_dates(other.base, other.wanted)
    return days is None or others is None or not days.isdisjoint(others)


def _how_soon(day: datetime.date, today: datetime.date) -> str:
    days = (day - today).days
    if days == 0:
        return gettext("It is today.")
    return gettext("It is tomorrow.") if days == 1 else ngettext("In %(num)s day.", "In %(num)s days.", days)


def promised_day(one: Proposed, now: Showing) -> datetime.date | None:
    """The last day of the promised answer; None for what was never sent."""
    days = now.snapshot.site.review.answer_working_days
    return answer_by(one.sent_at.astimezone(LONDON).date(), days, now.snapshot.calendar) if one.sent_at else None


def is_late(one: Proposed, now: Showing) -> bool:
    """Whether the promised day is over and there is no answer."""
    promised = promised_day(one, now)
    return bool(promised and promised < now.today and one.state is State.WAITING)


def provider_name(slug: str, snapshot: Snapshot) -> str:
    """What a provider is called."""
    found = snapshot.providers.get(slug)
    return found.name if found else slug


def hub_name(slug: str, snapshot: Snapshot) -> str:
    """What a hub is called; empty for what no hub serves."""
    found = snapshot.listings.get(slug)
    return found.title if found else gettext("No hub")
