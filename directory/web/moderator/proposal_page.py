"""The page of one proposal: what it changes, field by field, what was said about it, and the form that decides."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from directory.accounts import Who
from directory.model.calendar import LONDON
from directory.model.snapshot import Snapshot
from directory.moderation import Comparison, Decided, FieldChange, Message, Proposed, State, What
from directory.web.access import signed_in
from directory.web.differences import Difference, difference, differences
from directory.web.listing_words import name, said
from directory.web.moderator.deciding import Deciding, Saying, form_for, part, texts_of
from directory.web.moderator.waiting import RISKS, hub_name, is_late, promised_day, provider_name
from directory.web.named import names_of
from directory.web.partner.state_words import KINDS
from directory.web.showing import showing, shown
from directory.web.staff_page import staff_page
from directory.web.translate import lazy_gettext

OUTCOMES = {
    State.APPROVED: lazy_gettext("Approved"),
    State.DECLINED: lazy_gettext("Declined"),
    State.SENT_BACK: lazy_gettext("Sent back"),
}
STATES = {
    State.DRAFT: lazy_gettext("The person who began it has not sent it yet."),
    State.SENT_BACK: lazy_gettext("It was sent back, and waits for the person who sent it."),
    State.APPROVED: lazy_gettext("It was approved. People can see it."),
    State.DECLINED: lazy_gettext("It was declined. The listing stayed as it was."),
    State.WITHDRAWN: lazy_gettext("The person who sent it took it back."),
}
"""Why there is nothing to decide."""
BY_RULE = lazy_gettext("It was published by rule: a trusted provider changed single dates. People can see it.")


@dataclass(frozen=True)
class Entry:
    """Something that somebody said or decided, on which day, after its heading; ``taken``: the fields approved."""

    heading: str
    by: str
    on: datetime.date
    text: str
    taken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """One field that a proposal changes, and the fields of the form that are about it.

    ``now`` is what both sides see: live beside proposed. Where both changed it, ``meanwhile`` tells what became of it
    since the proposal was begun, and ``now`` what was proposed instead. ``plain``: what is proposed, without marks.
    """

    now: Difference
    plain: str
    meanwhile: Difference | None
    tick: Any
    choice: Any
    boxes: tuple[Any, ...]
    others: tuple[int, ...]

    @property
    def has_faults(self) -> bool:
        """Whether something is wrong with words that were put right."""
        return any(box.errors for box in self.boxes)


def proposal_page(
    number: int,
    *,
    form: Deciding | None = None,
    saying: Saying | None = None,
    faults: Sequence[tuple[str, str]] = (),
    notice: str | None = None,
) -> str:
    """The page as HTML.

    ``form`` and ``saying`` hold what was typed and is not sound; ``faults`` are what is wrong with what was chosen;
    ``notice`` tells why a decision was not taken: the page then shows the newest state, with what was typed.
    """
    who, moderation = signed_in(), shown().services.moderation
    comparison = moderation.compare(who=who, number=number)
    deciding = form or form_for(comparison)
    deciding.blame_faults(faults)
    if notice:
        deciding.renew(comparison)
    one, decisions = comparison.proposal, moderation.decisions(who=who, number=number)
    is_by_rule = one.state is State.APPROVED and not decisions
    return staff_page(
        "moderator/proposal.html",
        title=one.title,
        form=deciding,
        saying=saying or Saying(formdata=None),
        notice=notice,
        messages=_messages(moderation.messages(who=who, number=number)),
        decisions=_decisions(decisions),
        state=BY_RULE if is_by_rule else STATES.get(one.state),
        **_about(one),
        **_asked_for(comparison, deciding, who),
    )


def _messages(every: Sequence[Message]) -> list[Entry]:
    names = names_of(one.by for one in every)
    return [Entry("", names[one.by], _day(one.at), one.text) for one in every]


def _decisions(every: Sequence[Decided]) -> list[Entry]:
    names = names_of(one.by for one in every)
    return [
        Entry(str(OUTCOMES[one.outcome]), names[one.by], _day(one.at), one.reason, tuple(map(name, one.accepted)))
        for one in every
    ]


def _day(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(LONDON).date()


def _about(one: Proposed) -> dict[str, Any]:
    now = showing()
    colour, risk = RISKS[one.risk]
    return {
        "proposal": one,
        "by": names_of([one.by])[one.by],
        "sent_on": _day(one.sent_at) if one.sent_at else None,
        "kind": KINDS[one.kind],
        "risk": risk,
        "colour": colour,
        "provider": provider_name(one.provider, now.snapshot),
        "hub": hub_name(one.hub, now.snapshot),
        "is_new": one.kind is What.NEW,
        "promised": promised_day(one, now),
        "is_late": is_late(one, now),
    }


def _asked_for(comparison: Comparison, form: Deciding, who: Who) -> dict[str, Any]:
    one, snapshot = comparison.proposal, showing().snapshot
    waits = one.state is State.WAITING
    return {
        "listing": comparison.live,
        "waits": waits,
        "is_own": one.by == who.id,
        "may_say": one.state in (State.WAITING, State.SENT_BACK) and one.by != who.id,
        "changes": [_change(each, form, snapshot) for each in comparison.changes] if waits else (),
        "was_asked_for": () if waits else differences(one.base, one.wanted, snapshot),
        "typed": "" if waits else form.reason.data,
    }


def _change(one: FieldChange, form: Deciding, snapshot: Snapshot) -> Change:
    boxes = tuple(part(form, "amend", path) for path, _ in texts_of(one))
    return Change(
        difference(one.key, one.base if one.is_contested else one.live, one.wanted, snapshot),
        "\n".join(said(one.key, one.wanted, snapshot)),
        difference(one.key, one.base, one.live, snapshot) if one.is_contested else None,
        part(form, "accept", one.key),
        part(form, "choose", one.key),
        tuple(box for box in boxes if box),
        one.others,
    )
