"""One proposal, as its proposer sees it: what it changes, how far it is, what was said about it."""

import datetime
from dataclasses import dataclass

from flask import Blueprint, abort, flash, request
from werkzeug.wrappers import Response

from directory.accounts import Who
from directory.model.calendar import LONDON
from directory.moderation import Comparison, NotAllowed, ProposalMoved, Proposed, State, What
from directory.web.access import signed_in
from directory.web.differences import Difference, difference
from directory.web.partner.drafts import Typed, typed_in
from directory.web.partner.own_listings import go_to
from directory.web.partner.questions import Answers
from directory.web.partner.sections.boxes import lines, needed
from directory.web.partner.state_words import progress
from directory.web.sent_forms import Form
from directory.web.showing import showing, shown
from directory.web.staff_page import staff_page
from directory.web.translate import gettext, lazy_gettext
from directory.web.words import day

proposals = Blueprint("proposals", __name__)
_MAY_BE_TAKEN_BACK = frozenset({State.DRAFT, State.WAITING, State.SENT_BACK})
_MAY_BE_TALKED_OF = frozenset({State.WAITING, State.SENT_BACK})
_OUTCOMES = {
    State.APPROVED: lazy_gettext("Approved"),
    State.DECLINED: lazy_gettext("Not approved"),
    State.SENT_BACK: lazy_gettext("Sent back"),
}


class MessageForm(Form):
    """What somebody wants to say about a proposal."""

    text = lines(
        lazy_gettext("Write a message"),
        lazy_gettext("It goes to the people who look at this proposal. They are told by email."),
        needed(lazy_gettext("Write your message")),
        limit=2000,
    )


@dataclass(frozen=True)
class Changed:
    """One field that the proposal changes; ``others`` are waiting proposals that change it too."""

    difference: Difference
    is_contested: bool
    others: tuple[int, ...]


@dataclass(frozen=True)
class Said:
    """A message or a decision, with who said it. ``outcome`` is empty for a message."""

    by: str
    at: datetime.datetime
    day: str
    text: str
    outcome: str = ""


@proposals.get("/desk/proposals/<int:number>")
def proposal(number: int) -> str | Response:
    """The whole of a proposal for whoever made it; who may decide on it has a page of their own."""
    if _own(number).by != signed_in().id:
        return go_to(f"/queue/{number}")
    return _page(number, MessageForm(formdata=None))


@proposals.post("/desk/proposals/<int:number>/message")
def message(number: int) -> str | Response:
    """Adds a message; the other side is told by mail."""
    form = MessageForm()
    if not form.validate():
        return _page(number, form)
    try:
        shown().services.moderation.say(who=signed_in(), number=number, text=form.text.data or "", now=shown().clock())
    except (NotAllowed, ProposalMoved):
        return _too_late(number)
    flash(gettext("Your message was sent."))
    return go_to(f"/desk/proposals/{number}")


@proposals.post("/desk/proposals/<int:number>/withdraw")
def withdraw(number: int) -> Response:
    """Takes a proposal back before anybody decided on it."""
    try:
        shown().services.moderation.withdraw(who=signed_in(), number=number, now=shown().clock())
    except (NotAllowed, ProposalMoved):
        return _too_late(number)
    flash(gettext("You took it back. Nothing was changed."))
    return go_to("/desk")


def _too_late(number: int) -> Response:
    """Back to the proposal, where somebody decided on it while its page was open."""
    flash(gettext("That came too late: it has been decided on. This is how it stands now."))
    return go_to(f"/desk/proposals/{number}")


@proposals.post("/desk/proposals/<int:number>/keep")
def keep(number: int) -> Response:
    """Keeps what is typed into a form whose page is still open. Says nothing but that it did."""
    one = _own(number)
    shown().services.moderation.keep(who=signed_in(), number=number, typed=_typed(one), now=shown().clock())
    return Response(status=204)


def _typed(one: Proposed) -> Typed:
    """What the draft should hold: the whole form, or of something new the one question that is open."""
    if one.kind is not What.NEW:
        return typed_in(request.form)
    answers = Answers(one, showing().snapshot)
    asked = answers.question(request.form.get("question", ""))
    if asked is None:
        abort(404)
    return answers.with_answer(asked, request.form, is_sent=False)


def _own(number: int) -> Proposed:
    """The proposal, if the person may see it; one who came by a link may see those of its listing alone."""
    person = signed_in()
    one = shown().services.moderation.proposal(who=person, number=number)
    if person.only is not None and person.only.partition(":")[2] != one.slug:
        abort(404)
    return one


def _page(number: int, form: MessageForm) -> str:
    person, now, moderation = signed_in(), showing(), shown().services.moderation
    one = _own(number)
    told = progress(one, now)
    said = _said(number, person)
    return staff_page(
        "partner/proposal.html",
        title=told.title,
        told=told,
        live=now.snapshot.listings.get(one.slug),
        changes=_changes(moderation.compare(who=person, number=number)),
        said=said,
        reason=_reason(one, said),
        form=form,
        may_go_on=person.only is None,
        may_take_back=one.state in _MAY_BE_TAKEN_BACK and person.only is None,
        may_say=one.state in _MAY_BE_TALKED_OF and person.only is None,
    )


def _changes(comparison: Comparison) -> list[Changed]:
    """What is proposed beside what was there when it was begun; a new listing has nothing beside it."""
    snapshot = showing().snapshot
    return [
        Changed(difference(one.key, one.base, one.wanted, snapshot), one.is_contested, one.others)
        for one in comparison.changes
    ]


def _said(number: int, person: Who) -> list[Said]:
    """Messages and decisions, oldest first."""
    moderation = shown().services.moderation
    messages = [
        Said(_name(one.by, person), one.at, _day(one.at), one.text)
        for one in moderation.messages(who=person, number=number)
    ]
    decisions = [
        Said(_name(one.by, person), one.at, _day(one.at), one.reason, str(_OUTCOMES[one.outcome]))
        for one in moderation.decisions(who=person, number=number)
    ]
    return sorted([*messages, *decisions], key=lambda one: one.at)


def _day(moment: datetime.datetime) -> str:
    """The day on which something was said, as people here count it; the database tells moments in UTC."""
    return day(moment.astimezone(LONDON).date())


def _reason(one: Proposed, said: list[Said]) -> str:
    """Why it was sent back or declined, to be read first; empty for what was not."""
    if one.state not in (State.SENT_BACK, State.DECLINED):
        return ""
    return next((each.text for each in reversed(said) if each.outcome), "")


def _name(number: int, person: Who) -> str:
    if number == person.id:
        return gettext("You")
    somebody = shown().services.accounts.person(number)
    return somebody.name if somebody else gettext("Somebody who has left")
