"""The queue of what waits for an answer, and the page on which a moderator gives it."""

import datetime
from collections.abc import Callable, Mapping
from functools import partial

from flask import Blueprint, flash, redirect, request
from flask_babel import LazyString
from werkzeug.wrappers import Response

from directory.content import would_be
from directory.model.errors import DirectoryError
from directory.moderation import BothChanged, ListingMoved, NotAllowed, NotSound, NotWritten, ProposalMoved, State
from directory.web import times
from directory.web.access import signed_in
from directory.web.listing_words import fault
from directory.web.moderator.deciding import Decision, Saying, decision, form_for
from directory.web.moderator.proposal_page import proposal_page
from directory.web.moderator.waiting import RISKS, hub_name, is_late, published_by_rule, soonest_first, waiting
from directory.web.page import page
from directory.web.pagination import paginate
from directory.web.partner.state_words import KINDS
from directory.web.public.listings import facts_of, template_of
from directory.web.showing import showing, shown
from directory.web.staff_page import staff_page
from directory.web.translate import gettext, lazy_gettext

pages = Blueprint("queue", __name__)
ON_A_PAGE = 25
LOOKED_OVER, MOST_PUBLISHED = datetime.timedelta(days=14), 10
"""How long, and how much at most, the queue shows of what was published by rule; all of it is in the histories."""
NO_HUB = "none"
"""What a filter calls what no hub serves."""
NOT_DONE: Mapping[type[DirectoryError], LazyString] = {
    BothChanged: lazy_gettext("Both sides changed something here. Choose which one is right."),
    ListingMoved: lazy_gettext("The listing changed while you looked at this. Look again at what it says now."),
    NotWritten: lazy_gettext("It could not be written just now. Nothing was lost: try again."),
}
"""Why a decision was not taken, where the person can do something about it."""
NEW_SLUG = "new-listing"
"""What a listing is called in its address while it has none yet."""


@pages.get("/queue")
def queue() -> str:
    """What waits where the person may decide: single dates first, the soonest first, then all else, oldest first."""
    who, now, moderation = signed_in(), showing(), shown().services.moderation
    every = moderation.waiting(who=who)
    asked = {key: request.args.get(key, "") for key in ("hub", "risk", "kind")}
    hub = "" if asked["hub"] == NO_HUB else asked["hub"] or None
    found = moderation.waiting(who=who, hub=hub, risk=asked["risk"] or None, kind=asked["kind"] or None)
    found = soonest_first(found, now.today)
    published = moderation.by_rule(who=who, since=shown().clock() - LOOKED_OVER)[:MOST_PUBLISHED]
    pagination = paginate(request.args.get("page", 1, type=int), len(found), ON_A_PAGE, asked.items())
    start = (pagination.current - 1) * ON_A_PAGE
    return staff_page(
        "moderator/queue.html",
        title=gettext("Queue"),
        found=waiting(found[start : start + ON_A_PAGE], who, now),
        total=len(every),
        total_found=len(found),
        late=sum(is_late(one, now) for one in found),
        asked=asked,
        hubs=sorted({(one.hub or NO_HUB, hub_name(one.hub, now.snapshot)) for one in every}, key=lambda hub: hub[1]),
        risks=[(risk.value, words) for risk, (_, words) in RISKS.items()],
        kinds=[(kind.value, words) for kind, words in KINDS.items()],
        pagination=pagination,
        published=published_by_rule(published, now),
        clock=times.clock,
    )


@pages.get("/queue/<int:number>")
def proposal(number: int) -> str:
    """One proposal: what it changes, and the form that decides."""
    return proposal_page(number)


@pages.get("/queue/<int:number>/preview")
def preview(number: int) -> str:
    """The page of the listing as people would see it, were all of the proposal approved."""
    now, comparison = showing(), shown().services.moderation.compare(who=signed_in(), number=number)
    listing, faults = would_be(now.snapshot, comparison.proposal.slug or NEW_SLUG, comparison.merged)
    if listing is None:
        title = gettext("This cannot be shown yet")
        told = [fault(one.key, one.message) for one in faults]
        return staff_page("moderator/not_sound.html", title=title, number=number, faults=told)
    return page(
        "moderator/preview.html",
        shown_in=template_of(listing),
        proposal_number=number,
        is_private=True,
        is_hidden_from_robots=True,
        **facts_of(listing, now),
    )


@pages.post("/queue/<int:number>/approve")
def approve(number: int) -> str | Response:
    """Makes the chosen changes live; all of them where the form is the queue's own, with nothing to choose."""
    who, moderation = signed_in(), shown().services.moderation
    comparison = moderation.compare(who=who, number=number)
    form = form_for(comparison)
    is_whole = "all" in request.form
    if not is_whole and not form.has_chosen(comparison):
        return proposal_page(number, form=form)
    chosen = Decision(None, {}) if is_whole else decision(form, comparison)

    def act() -> None:
        moderation.approve(
            who=who,
            number=number,
            version=form.version.data or 0,
            seen=form.seen.data or "",
            accepted=chosen.accepted,
            amended=chosen.amended,
            reason=form.reason.data or "",
            now=shown().clock(),
        )

    told = gettext("Approved: %(title)s. People can see it now.", title=comparison.proposal.title)
    return _answered(number, act, told)


@pages.post("/queue/<int:number>/decline")
def decline(number: int) -> str | Response:
    """Says no, with a reason."""
    told = gettext("Declined. The person who sent it can read your reason.")
    return _answered_with_reason(number, shown().services.moderation.decline, told)


@pages.post("/queue/<int:number>/send-back")
def send_back(number: int) -> str | Response:
    """Asks the person who sent it to put it right, with a reason."""
    told = gettext("Sent back. The person who sent it can read your reason and send it again.")
    return _answered_with_reason(number, shown().services.moderation.send_back, told)


@pages.post("/queue/<int:number>/message")
def message(number: int) -> str | Response:
    """Says something to the person who sent it, and decides nothing."""
    saying = Saying()
    if not saying.validate():
        return proposal_page(number, saying=saying)
    shown().services.moderation.say(who=signed_in(), number=number, text=saying.text.data or "", now=shown().clock())
    flash(gettext("Your message was sent."))
    return redirect(f"{request.script_root}/queue/{number}", 303)


def _answered_with_reason(number: int, answer: Callable[..., None], told: str) -> str | Response:
    who, moderation = signed_in(), shown().services.moderation
    form = form_for(moderation.compare(who=who, number=number))
    if not form.says_why():
        return proposal_page(number, form=form)
    version, reason = form.version.data or 0, form.reason.data or ""
    act = partial(answer, who=who, number=number, version=version, reason=reason, now=shown().clock())
    return _answered(number, act, told)


def _answered(number: int, act: Callable[[], None], told: str) -> str | Response:
    """Does what was decided and goes back to the queue; where it cannot be done, the page again with what was typed."""
    try:
        act()
    except NotSound as error:
        return proposal_page(number, faults=error.faults)
    except (BothChanged, ListingMoved, NotWritten) as error:
        return proposal_page(number, notice=str(NOT_DONE[type(error)]))
    except (ProposalMoved, NotAllowed) as error:
        return proposal_page(number, notice=_overtaken(number, error))
    flash(told)
    return redirect(f"{request.script_root}/queue", 303)


def _overtaken(number: int, error: DirectoryError) -> str:
    """How it came that there is nothing to decide any more. Raises the error where there is."""
    moderation, who = shown().services.moderation, signed_in()
    now_is = moderation.proposal(who=who, number=number)
    if isinstance(error, NotAllowed) and now_is.state is State.WAITING:
        raise error
    answers = moderation.decisions(who=who, number=number)
    if answers and answers[-1].by == who.id and answers[-1].outcome is now_is.state:
        return gettext("You have answered this already.")
    return gettext("Somebody else was quicker. This is how it stands now.")
