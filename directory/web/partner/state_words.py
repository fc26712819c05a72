"""How far a proposal is, in the words of whoever sent it in."""

import datetime
from dataclasses import dataclass

from directory.model.calendar import LONDON
from directory.model.working_days import answer_by
from directory.moderation import Proposed, State, What
from directory.web.showing import Showing
from directory.web.translate import gettext, lazy_gettext
from directory.web.words import day

KINDS = {
    What.EDIT: lazy_gettext("Change"),
    What.NEW: lazy_gettext("New listing"),
    What.CLOSURE: lazy_gettext("Closing or opening again"),
    What.CANCELLATION: lazy_gettext("Change of dates"),
    What.CONFIRMATION: lazy_gettext("Still right"),
}
_STATES = {
    State.DRAFT: ("blue", lazy_gettext("Not sent yet")),
    State.WAITING: ("yellow", lazy_gettext("Waiting for an answer")),
    State.SENT_BACK: ("orange", lazy_gettext("Sent back to you")),
    State.APPROVED: ("green", lazy_gettext("Approved")),
    State.DECLINED: ("red", lazy_gettext("Not approved")),
    State.WITHDRAWN: ("grey", lazy_gettext("Withdrawn")),
}
UNFINISHED = frozenset({State.DRAFT, State.SENT_BACK})
"""States in which it is the proposer's turn."""


@dataclass(frozen=True)
class Progress:
    """A proposal with what its proposer wants to know of it. ``continues_at`` is a path, where it is their turn."""

    proposal: Proposed
    kind: str
    title: str
    has_name: bool
    colour: str
    state: str
    answer_by: datetime.date | None
    says: str
    is_open: bool
    continues_at: str | None


def progress(one: Proposed, now: Showing) -> Progress:
    """How far a proposal is today."""
    colour, state = _STATES[one.state]
    promised = _promised(one, now)
    return Progress(
        one,
        str(KINDS[one.kind]),
        title_of(one) or gettext("A new listing without a name yet"),
        bool(title_of(one)),
        colour,
        str(state),
        promised,
        _says(one, promised, now.today),
        one.state in UNFINISHED or one.state is State.WAITING,
        continues_at(one) if one.state in UNFINISHED else None,
    )


def title_of(one: Proposed) -> str:
    """What the listing is called, or would be; empty for something new that has no name yet."""
    typed = one.typed.get("title") or [""]
    return one.title or str(typed[0])[:120]


def _promised(one: Proposed, now: Showing) -> datetime.date | None:
    """The day by which whoever sent it was promised an answer; None for what waits for none."""
    if one.state is not State.WAITING or one.sent_at is None:
        return None
    days = now.snapshot.site.review.answer_working_days
    return answer_by(one.sent_at.astimezone(LONDON).date(), days, now.snapshot.calendar)


def _says(one: Proposed, promised: datetime.date | None, today: datetime.date) -> str:
    if promised and promised >= today:
        return gettext("We will answer by the end of %(day)s.", day=day(promised))
    if promised:
        return gettext("We promised an answer by %(day)s. We are sorry that it is late.", day=day(promised))
    return str(_TURNS[one.state])


_TURNS = {
    State.DRAFT: lazy_gettext("Only you can see it. Finish it and send it when you are ready."),
    State.WAITING: lazy_gettext("We will answer soon."),
    State.SENT_BACK: lazy_gettext("Please read the reason, put it right and send it again."),
    State.APPROVED: lazy_gettext("It is on the site."),
    State.DECLINED: lazy_gettext("The listing stays as it was."),
    State.WITHDRAWN: lazy_gettext("You took it back. The listing stays as it was."),
}


def continues_at(one: Proposed) -> str:
    """The path at which a draft, or one that was sent back, is gone on with."""
    if one.kind is What.NEW:
        return f"/desk/new/{one.id}"
    pages = {What.CLOSURE: "close", What.CANCELLATION: "cancel", What.CONFIRMATION: "check"}
    return f"/desk/listings/{one.slug}/{pages.get(one.kind, 'edit')}"
