"""A listing's own pages for whoever keeps it right; here the one on which it is changed, part by part."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, flash, request
from werkzeug.wrappers import Response

from directory.accounts import Who
from directory.model.listing import Listing
from directory.moderation import NotAllowed, NotSound, Proposed, State, What
from directory.web.access import signed_in
from directory.web.lapsed import keeps_typed
from directory.web.partner.drafts import typed_again, typed_in
from directory.web.partner.editing import Editing, Hint
from directory.web.partner.own_listings import go_to, own_listing
from directory.web.partner.state_words import UNFINISHED
from directory.web.showing import showing, shown
from directory.web.staff_page import staff_page
from directory.web.translate import gettext

changing = Blueprint("changing", __name__)
SEND, SAVE, KEEP = "send", "save", "keep"


@changing.route("/desk/listings/<slug>/edit", methods=["GET", "POST"])
def edit(slug: str) -> str | Response:
    """Everything that a listing says, to be changed and sent in. What is typed is kept, sound or not."""
    listing = own_listing(slug)
    if request.method == "GET":
        return _opened(listing)
    draft, button = _kept(signed_in(), listing), request.form.get("button", SAVE)
    if button == KEEP:
        return Response(status=HTTPStatus.NO_CONTENT)
    if button == SAVE:
        flash(gettext("What you typed is saved. Nobody else sees it until you send it."))
        return go_to(f"/desk/listings/{slug}/edit")
    editing = Editing.opened(listing, showing().snapshot, request.form, button)
    return _sent(editing, draft) if button == SEND else _page(editing)


def _opened(listing: Listing) -> str:
    """The page as it was left; else as the listing is."""
    own = [one for one in shown().services.moderation.of_person(who=signed_in()) if one.slug == listing.slug]
    draft = next((one for one in own if one.kind is What.EDIT and one.state in UNFINISHED), None)
    typed = typed_again(draft.typed) if draft and draft.typed else None
    waiting = [one for one in own if one.state is State.WAITING]
    return _page(Editing.opened(listing, showing().snapshot, typed), draft, waiting=waiting)


def _kept(who: Who, listing: Listing) -> Proposed:
    moderation, now = shown().services.moderation, shown().clock()
    draft = moderation.begin(who=who, kind=What.EDIT, slug=listing.slug, provider=listing.provider, now=now)
    return moderation.keep(who=who, number=draft.id, typed=typed_in(request.form), now=now)


@keeps_typed("changing.edit")
def keep_for(who: Who) -> None:
    """Keeps the form of somebody whose session ended while they typed, if the listing is theirs."""
    listing = showing().snapshot.listings.get((request.view_args or {}).get("slug", ""))
    if listing is None:
        return
    try:
        _kept(who, listing)
    except NotAllowed:
        return
    if request.form.get("button") != KEEP:  # the page saves by itself again and again
        flash(gettext("You were signed out, but what you typed is kept. Sign in and you come back to it."))


def _sent(editing: Editing, draft: Proposed) -> str | Response:
    """Hands the change in; before that, advice is shown once."""
    if not editing.is_sound():
        return _page(editing)
    if not editing.changes:
        editing.faults.append(gettext("You have not changed anything yet. Change a box, then send."))
        return _page(editing)
    if editing.has_new_advice:
        return _page(editing, hints=editing.advice)
    wanted, now = editing.wanted(draft.base), shown().clock()
    try:
        shown().services.moderation.send(who=signed_in(), number=draft.id, wanted=wanted, note=editing.note, now=now)
    except NotSound as error:
        editing.blame(error.faults)
        return _page(editing)
    return go_to(f"/desk/proposals/{draft.id}")


def _page(
    editing: Editing, draft: Proposed | None = None, *, hints: Sequence[Hint] = (), waiting: Sequence[Proposed] = ()
) -> str:
    listing = editing.listing
    return staff_page(
        "partner/edit.html",
        title=gettext("Change “%(title)s”", title=listing.title),
        listing=listing,
        editing=editing,
        waiting=waiting,
        sent_back=_reasons(draft),
        played=editing.played_back(shown().clock()),
        parts=editing.parts(hints),
        hints=hints,
        is_limited=signed_in().only is not None,
    )


def _reasons(draft: Proposed | None) -> Sequence[str]:
    """Why it was sent back, newest last; none for what nobody has looked at yet."""
    if draft is None:
        return ()
    decisions = shown().services.moderation.decisions(who=signed_in(), number=draft.id)
    return [one.reason for one in decisions if one.reason]
