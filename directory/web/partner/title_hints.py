"""Listings that may be the same as one that is being typed, told as one types its name."""

from flask import Response, jsonify, request

from directory.web.headers import never_keep
from directory.web.partner.proposals import proposals
from directory.web.partner.similar import Similar, similar
from directory.web.showing import showing
from directory.web.translate import gettext

LONGEST_TITLE = 120


@proposals.get("/desk/similar", endpoint="similar")
def similar_titles() -> Response:
    """The listings most like a title, as JSON: the title and the path of each, and what else they have in common."""
    never_keep()
    asked = request.args
    found = similar(
        asked.get("title", "")[:LONGEST_TITLE],
        showing().snapshot,
        provider=asked.get("provider", ""),
        but=asked.get("but", ""),
    )
    return jsonify([_told(one) for one in found])


def _told(one: Similar) -> dict[str, str]:
    path = f"{request.script_root}/listings/{one.listing.slug}"
    return {"title": one.listing.title, "path": path, "about": in_common(one)}


def in_common(one: Similar) -> str:
    """What speaks for it beside its words, as a sentence; empty for nothing."""
    if one.is_same_place and one.is_same_provider:
        return gettext("The same place and the same provider.")
    if one.is_same_place:
        return gettext("The same place.")
    return gettext("The same provider.") if one.is_same_provider else ""
