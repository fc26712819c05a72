"""Still right: somebody reads the facts that go wrong first, and says that all of them are right."""

import hashlib
import json

from flask import flash
from werkzeug.wrappers import Response
from wtforms import HiddenField

from directory.accounts import Who
from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from directory.moderation import ListingMoved, fields_of
from directory.web import listing_words, times, words
from directory.web.access import signed_in
from directory.web.listing_parts import Lines
from directory.web.own_words import plain
from directory.web.partner.changing import changing
from directory.web.partner.own_listings import go_to, own_listing
from directory.web.partner.sections.boxes import needed, one_of
from directory.web.sent_forms import Form
from directory.web.showing import showing, shown
from directory.web.staff_page import staff_page
from directory.web.translate import gettext, lazy_gettext

NEXT_DATES = 6
FACTS = (
    "sessions",
    "opening_hours",
    "opening_note",
    "by_appointment",
    "locations",
    "delivery",
    "eligibility",
    "cost",
    "access",
    "phones",
    "email",
    "url",
    "booking_url",
)
"""The keys that go wrong first, and that a check is about."""
_ALWAYS = frozenset({"sessions", "locations", "eligibility", "cost", "phones"})
"""Those that people miss: where nothing is said of one, that is told too."""
HOW = {"records": "from their own records", "rang": "by phone", "visited": "on a visit"}
"""What the listing's file and its page say of each way to look."""


class CheckForm(Form):
    """That all of it is right, how somebody knows, and which facts they were shown."""

    how = one_of(
        lazy_gettext("How do you know?"),
        "",
        (
            ("records", lazy_gettext("I run it, or I looked at our own records")),
            ("rang", lazy_gettext("I rang them")),
            ("visited", lazy_gettext("I went there")),
        ),
        needed(lazy_gettext("Choose how you know that it is right")),
    )
    seen = HiddenField()


@changing.route("/desk/listings/<slug>/check", methods=["GET", "POST"])
def check(slug: str) -> str | Response:
    """Shows the facts in full, with one button that says that all of them are right."""
    listing, person = own_listing(slug), signed_in()
    form = CheckForm(data={"how": "records" if listing.provider in person.providers else ""})
    if form.validate_on_submit() and _confirms(form, listing, person):
        flash(gettext("Thank you. “%(title)s” is marked as checked today.", title=plain(listing, "title")))
        return go_to("/desk")
    form.seen.data = _mark(listing)
    now = showing()
    return staff_page(
        "partner/check.html",
        title=gettext("Is all of this still right?"),
        listing=listing,
        form=form,
        checked=words.checked(listing),
        facts=facts_of(listing, now.snapshot),
        dates=times.next_dates(listing, shown().clock(), now.snapshot.calendar, NEXT_DATES),
    )


def _confirms(form: CheckForm, listing: Listing, person: Who) -> bool:
    """Whether the check was written down: not where the person was shown anything else than what is live now."""
    if form.seen.data == _mark(listing):
        try:
            moderation = shown().services.moderation
            moderation.confirm(who=person, slug=listing.slug, how=HOW[form.how.data], now=shown().clock())
        except ListingMoved:
            pass
        else:
            return True
    form.blame("how", gettext("Somebody changed this listing a moment ago. Please read it again."))
    return False


def _mark(listing: Listing) -> str:
    """Tells one state of the facts from another."""
    said = json.dumps({key: value for key, value in fields_of(listing).items() if key != "checked"}, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def facts_of(listing: Listing, snapshot: Snapshot) -> list[tuple[str, Lines]]:
    """The facts that go wrong first, each by its name, in people's words."""
    fields = fields_of(listing)
    keys = (key for key in FACTS if key in fields or (key in _ALWAYS and not listing.is_building))
    nothing = (gettext("Nothing is said"),)
    return [(listing_words.name(key), listing_words.said(key, fields.get(key), snapshot) or nothing) for key in keys]
