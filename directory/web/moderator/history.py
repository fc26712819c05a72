"""Every version of a listing: what each changed, who asked for it and who approved it, and the way back to it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, request
from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from directory.content import listing_in
from directory.model.calendar import LONDON
from directory.model.listing import Listing
from directory.moderation import Act, Fields, ListingMoved, NotSound, Version, fields_of
from directory.web import times
from directory.web.access import signed_in
from directory.web.differences import differences
from directory.web.listing_words import fault
from directory.web.named import names_of
from directory.web.sent_forms import Form
from directory.web.showing import showing, shown
from directory.web.staff_page import staff_page
from directory.web.translate import gettext, lazy_gettext

pages = Blueprint("history", __name__)
ACTS = {
    Act.FOUND: lazy_gettext("Found in the file"),
    Act.APPROVED: lazy_gettext("Approved"),
    Act.BY_RULE: lazy_gettext("Published by rule: the provider is trusted"),
    Act.CHECKED: lazy_gettext("Checked"),
    Act.BROUGHT_BACK: lazy_gettext("Brought back"),
}


class BringingBack(Form):
    """Why an earlier version is to be the newest."""

    why = TextAreaField(
        lazy_gettext("Why do you bring this version back?"),
        description=lazy_gettext("For example: The new times were wrong. The club rang to say so."),
        widget=GovTextArea(),
        validators=[
            DataRequired(message=lazy_gettext("Write why you bring this version back")),
            Length(max=600, message=lazy_gettext("Write at most 600 characters")),
        ],
    )


@dataclass(frozen=True)
class Told:
    """One version with the number of the one before it; ``before`` is None for the first."""

    version: Version
    at: datetime.datetime
    act: str
    before: int | None
    is_newest: bool


@pages.get("/history/<slug>")
def versions(slug: str) -> str | Response:
    """Every version, newest first; or, where two were chosen, the way to what differs between them."""
    first, second = (request.args.get(name, type=int) for name in ("from", "to"))
    if first and second:
        return redirect(f"{request.script_root}/history/{slug}/{first}/{second}", 303)
    every = shown().services.moderation.versions(slug=slug)
    listing = showing().snapshot.listings.get(slug)
    if not every and listing is None:
        abort(404)
    people = [person for one in every for person in (one.proposed_by, one.decided_by)]
    return staff_page(
        "moderator/history.html",
        title=gettext("History of %(title)s", title=_title(slug, every)),
        slug=slug,
        listing=listing,
        told=[_told(one, every[0].number) for one in every],
        names=names_of(people),
        clock=times.clock,
    )


@pages.get("/history/<slug>/<int:a>/<int:b>")
def compare(slug: str, a: int, b: int) -> str:
    """What differs between two versions; where the second is an older one, the form that brings it back."""
    return _compared(slug, a, b, BringingBack(formdata=None))


@pages.post("/history/<slug>/<int:number>/bring-back")
def bring_back(slug: str, number: int) -> str | Response:
    """Makes an earlier version the newest."""
    moderation, form = shown().services.moderation, BringingBack()
    newest = moderation.versions(slug=slug)[:1]
    if not newest:
        abort(404)
    if not form.validate():
        return _compared(slug, newest[0].number, number, form)
    try:
        moderation.bring_back(who=signed_in(), slug=slug, number=number, why=form.why.data or "", now=shown().clock())
    except ListingMoved:
        form.blame("why", gettext("The listing changed while you looked at it. Look again at what it says now."))
    except NotSound as error:
        for path, message in error.faults:
            form.blame("why", gettext("It cannot come back as it was. %(fault)s", fault=fault(path, message)))
    if form.errors:
        return _compared(slug, moderation.versions(slug=slug)[0].number, number, form)
    flash(gettext("Version %(number)s is back. People can see it now.", number=number))
    return redirect(f"{request.script_root}/history/{slug}", 303)


def _compared(slug: str, first: int, second: int, form: BringingBack) -> str:
    every = {one.number: one for one in shown().services.moderation.versions(slug=slug)}
    if first not in every or second not in every:
        abort(404)
    newest = max(every)
    return staff_page(
        "moderator/compare.html",
        title=gettext("Version %(first)s beside version %(second)s", first=first, second=second),
        subject=_title(slug, tuple(every.values())),
        slug=slug,
        first=every[first],
        second=every[second],
        newest=newest,
        differences=differences(_fields(every[first]), _fields(every[second]), showing().snapshot),
        can_come_back=first == newest and second != newest,
        form=form,
    )


def _told(one: Version, newest: int) -> Told:
    return Told(one, one.at.astimezone(LONDON), str(ACTS[one.act]), one.number - 1 or None, one.number == newest)


def _listing(one: Version) -> Listing | None:
    return listing_in(one.slug, one.text) if one.text else None


def _fields(one: Version) -> Fields:
    """What a version says; nothing where the listing was gone, or its file cannot be read any more."""
    listing = _listing(one)
    return fields_of(listing) if listing else {}


def _title(slug: str, every: Sequence[Version]) -> str:
    """What the listing is called now, or was called last."""
    live = showing().snapshot.listings.get(slug)
    found = live or next((listing for one in every if (listing := _listing(one))), None)
    return found.title if found else slug
