"""Listings that the person of a request may propose changes to; to everybody else there are none."""

from flask import abort, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from directory.accounts import Who
from directory.model.listing import Listing
from directory.moderation import Proposed, What, fields_of
from directory.web.access import signed_in
from directory.web.showing import showing, shown


def own_listing(slug: str) -> Listing:
    """The listing, if there is one and the person may propose changes to it; else the request ends with 404."""
    found, who = showing().snapshot.listings.get(slug), signed_in()
    if found is None or who.only not in (None, f"change:{slug}"):
        abort(404)
    if not any(who.may_propose_for(one) for one in (found.provider, found.owner) if one):
        abort(404)
    return found


def fresh_draft(who: Who, kind: What, listing: Listing) -> Proposed:
    """A draft that starts from the listing as it is now.

    One that was left unfinished from an older version is taken back: its few answers were just given anew.
    """
    moderation, now = shown().services.moderation, shown().clock()
    draft = moderation.begin(who=who, kind=kind, slug=listing.slug, provider=listing.provider, now=now)
    if draft.base == fields_of(listing):
        return draft
    moderation.withdraw(who=who, number=draft.id, now=now)
    return moderation.begin(who=who, kind=kind, slug=listing.slug, provider=listing.provider, now=now)


def go_to(path: str) -> Response:
    """On to a page of this site, in the language of this one."""
    return redirect(f"{request.script_root}{path}", 303)
