"""What waits for an answer, in a moderator's words: how risky, since when, by when promised, and what would change."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from directory.accounts import Who
from directory.model.calendar import LONDON
from directory.model.snapshot import Snapshot
from directory.model.working_days import answer_by
from directory.moderation import Proposed, Risk, State, What
from directory.web.differences import Difference, difference
from directory.web.named import names_of
from directory.web.partner.state_words import KINDS
from directory.web.showing import Showing, shown
from directory.web.translate import gettext, lazy_gettext

RISKS = {
    Risk.LOW: ("green", lazy_gettext("Low risk")),
    Risk.ORDINARY: ("blue", lazy_gettext("Ordinary")),
    Risk.HIGH: ("orange", lazy_gettext("Look closely")),
}
"""The colour of the tag of each risk, and its words."""


@dataclass(frozen=True)
class Waiting:
    """One proposal that waits. ``is_quick``: it can be approved from the queue, with ``differences`` in view."""

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
    is_own: bool
    is_quick: bool
    seen: str
    differences: tuple[Difference, ...]


def waiting(every: Iterable[Proposed], who: Who, now: Showing) -> list[Waiting]:
    """The proposals as a queue shows them to a person, in their order."""
    proposals = list(every)
    names = names_of(one.by for one in proposals)
    return [_waiting(one, names[one.by], who, now) for one in proposals]


def _waiting(one: Proposed, name: str, who: Who, now: Showing) -> Waiting:
    since = one.sent_at.astimezone(LONDON).date() if one.sent_at else None
    colour, risk = RISKS[one.risk]
    is_own = one.by == who.id
    is_small = not is_own and (one.risk is Risk.LOW or one.kind is What.CONFIRMATION)
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
        is_own,
        bool(seen),
        seen,
        found,
    )


def _in_view(one: Proposed, who: Who, snapshot: Snapshot) -> tuple[str, tuple[Difference, ...]]:
    """By what the live listing is known, and what differs from it; nothing where somebody has to choose first."""
    found = shown().services.moderation.compare(who=who, number=one.id)
    if any(change.is_contested or change.others for change in found.changes):
        return "", ()
    return found.seen, tuple(difference(each.key, each.live, each.wanted, snapshot) for each in found.changes)


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
