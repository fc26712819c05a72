"""What the two links in an owner's letter open: no sign-in, one listing, one act, and a button that does it.

Opening a link changes nothing, so that programs which look at links in mails use nothing up.
"""

import datetime
from typing import Any

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from directory.model.calendar import LONDON
from directory.truth import LinkAct, LinkOver, ListingDiffers, Opened
from directory.web import listing_words
from directory.web.differences import differences
from directory.web.own_words import plain
from directory.web.page import page
from directory.web.partner.checking import facts_of
from directory.web.showing import showing, shown
from directory.web.signed_in import begin, person_of_request
from directory.web.translate import gettext

from_mail = Blueprint("from_mail", __name__)
NEXT_TERM = "next-term"
"""What a link to change a listing is for, where its sessions end."""
DEVICE = 120
"""Characters of a browser's name that are kept beside its session."""


@from_mail.errorhandler(LinkOver)
def over(_error: LinkOver) -> tuple[str, int]:
    """The page of a link that does not work: the same whether it is old, made up, or somebody's who has left."""
    site = showing().snapshot.site
    return _private("public/link_over.html", gettext("This link does not work any more"), site=site), 404


@from_mail.route("/still-right/<token>", methods=["GET", "POST"])
def still_right(token: str) -> str | Response:
    """Shows what the listing says, with one button for "all of it is right"; afterwards it thanks."""
    truth, now = shown().services.truth, shown().clock()
    if request.method == "POST":
        try:
            truth.still_right(token, seen=request.form.get("seen", ""), now=now)
        except ListingDiffers:
            return _ask(truth.opened(token, LinkAct.STILL_RIGHT, now=now), has_moved=True)
        return redirect(f"{request.script_root}/still-right/{token}", 303)
    opened = truth.opened(token, LinkAct.STILL_RIGHT, now=now)
    return _thank(opened, opened.used_at) if opened.used_at else _ask(opened)


def _ask(opened: Opened, *, has_moved: bool = False) -> str:
    listing, snapshot = opened.listing, showing().snapshot
    closed = listing_words.said("closed_until", opened.facts_now.get("closed_until"), snapshot)
    return _private(
        "public/still_right.html",
        gettext("Is this still right?"),
        opened=opened,
        listing=listing,
        facts=[*([(listing_words.name("closed_until"), closed)] if closed else []), *facts_of(listing, snapshot)],
        changes=differences(opened.facts_then, opened.facts_now, snapshot),
        has_moved=has_moved,
    )


def _thank(opened: Opened, used_at: datetime.datetime) -> str:
    told_on = used_at.astimezone(LONDON).date()
    return _private("public/still_right_done.html", gettext("Done, thank you"), listing=opened.listing, told_on=told_on)


@from_mail.route("/change/<token>", methods=["GET", "POST"])
def change(token: str) -> str | Response:
    """Says what the link is for; its button opens the form for this listing and nothing else."""
    truth, now = shown().services.truth, shown().clock()
    opened = truth.opened(token, LinkAct.CHANGE, now=now)
    if request.method != "POST":
        title = gettext("Change %(title)s", title=plain(opened.listing, "title"))
        return _private("public/change.html", title, listing=opened.listing)
    page_of_it = NEXT_TERM if request.args.get("to") == NEXT_TERM else "edit"
    answer = redirect(f"{request.script_root}/desk/listings/{opened.listing.slug}/{page_of_it}", 303)
    already = person_of_request()
    if already is None or already.id != opened.who.id or already.only:
        device = request.user_agent.string[:DEVICE]
        begin(answer, truth.begin_change(token, now=now, device=device))
    return answer


def _private(template: str, title: str, **words: Any) -> str:
    return page(template, title=title, is_private=True, is_hidden_from_robots=True, **words)
