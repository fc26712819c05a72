"""What to suggest to somebody who is typing in a search box: listings, categories, and needs to search for.

It is for the script of the search box. Nothing of what was typed is kept or counted. What is sensitive comes only to
somebody who typed all of its name: no words that begin alike should bring it onto a screen that others can see.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from flask import Blueprint, Response, request

from directory.model.listing import Listing
from directory.search import Query, Suggestions
from directory.web import asked
from directory.web.headers import never_keep
from directory.web.language import ENGLISH, current_language
from directory.web.own_words import translated
from directory.web.showing import Showing, showing, shown
from directory.web.translate import gettext, ngettext
from directory.web.words import KINDS

suggesting = Blueprint("suggesting", __name__)
MOST = 8
FOREMOST = 3
"""A need is as sensitive as the first of what is found for it."""


@dataclass(frozen=True)
class Offer:
    """A suggestion: what it is called and what it is. A need has no page of its own, but is searched for."""

    label: str
    language: str
    kind: str
    path: str | None
    is_sensitive: bool

    @property
    def row(self) -> dict[str, str]:
        """What the script is told; of the language only where it is not the page's."""
        path = {"path": request.environ.get("SCRIPT_NAME", "") + self.path} if self.path else {}
        language = {} if self.language == current_language() else {"lang": self.language}
        return {"label": self.label, "kind": self.kind, **path, **language}


@dataclass(frozen=True)
class Offers:
    """Everything that may be suggested in one language, and what finds it by its number."""

    numbered: tuple[Offer, ...]
    suggestions: Suggestions = field(repr=False)


@suggesting.get("/suggest")
def suggest() -> Response:
    """A few suggestions for what was typed so far, and how many in words."""
    never_keep()
    rows = [one.row for one in islice(_suggested(asked.words("q"), showing()), MOST)]
    told = ngettext("%(num)s suggestion", "%(num)s suggestions", len(rows)) if rows else ""
    return Response(json.dumps({"told": told, "rows": rows}, ensure_ascii=False), mimetype="application/json")


def _suggested(text: str, now: Showing) -> Iterator[Offer]:
    offers = _offers(now)
    for number, is_whole in offers.suggestions.of(text):
        one = offers.numbered[number]
        is_found, is_sensitive = (True, False) if one.path else _searched(one.label, now)
        if is_found and (is_whole or not (one.is_sensitive or is_sensitive)):
            yield one


def _searched(name: str, now: Showing) -> tuple[bool, bool]:
    """Whether a search for a need finds anything, and whether that is sensitive: asked once a need, as it comes up."""
    key = ("a need is searched for", name)
    kept: tuple[bool, bool] | None = now.made.get(key)
    if kept is None:
        found = shown().services.search.search(Query(name, shown().clock()))
        is_sensitive = bool(found.urgent) or not now.snapshot.sensitive_listings.isdisjoint(found.slugs[:FOREMOST])
        kept = now.made[key] = (found.total > 0, is_sensitive)
    return kept


def _offers(now: Showing) -> Offers:
    """All that may be suggested in the language of the page, put in order once."""
    key = ("offers", current_language())
    kept: Offers | None = now.made.get(key)
    if kept is None:
        topics = _topics(now)
        listings = [(_of_listing(one, now), _names(one, "title", *one.alternate_names)) for one in _foremost_first(now)]
        made = Suggestions([names for _, names in topics], [names for _, names in listings])
        kept = now.made[key] = Offers(tuple(offer for offer, _ in (*topics, *listings)), made)
    return kept


def _topics(now: Showing) -> list[tuple[Offer, tuple[str, ...]]]:
    """The doors, the categories behind them, and the needs that are not called as one of these."""
    behind = [one for door in now.doors for one in door.categories if now.offers(one)]
    categories, kind, sensitive = [*now.doors, *behind], gettext("Topic"), now.snapshot.sensitive_categories
    found = [
        (Offer(*_called(one, "name"), kind, f"/categories/{one.slug}", one.slug in sensitive), _names(one, "name"))
        for one in categories
    ]
    taken = {one.name.casefold() for one in categories}
    return found + _needs(now, taken)


def _needs(now: Showing, taken: set[str]) -> list[tuple[Offer, tuple[str, ...]]]:
    kind, sensitive = gettext("Search"), now.snapshot.sensitive_needs
    needs = [one for one in now.snapshot.needs if one.name.casefold() not in taken]
    return [(Offer(one.name, ENGLISH, kind, None, one.slug in sensitive), (one.name,)) for one in needs]


def _of_listing(one: Listing, now: Showing) -> Offer:
    is_sensitive = one.slug in now.snapshot.sensitive_listings
    return Offer(*_called(one, "title"), str(KINDS[one.kind]), f"/listings/{one.slug}", is_sensitive)


def _foremost_first(now: Showing) -> list[Listing]:
    """Hubs and spokes, then what has the shortest name: the longer ones need more typing anyway."""
    return sorted(
        now.live, key=lambda one: (one.kind != "hub", one.kind != "spoke", len(one.title), one.title, one.slug)
    )


def _called(thing: Any, name: str) -> tuple[str, str]:
    """What a thing is called to the visitor, and in which language."""
    value, is_translated = translated(thing, name)
    return value or "", current_language() if is_translated else ENGLISH


def _names(thing: Any, name: str, *others: str) -> tuple[str, ...]:
    """All that people may call a thing: in the language of the page, and in English."""
    return tuple(dict.fromkeys((_called(thing, name)[0], getattr(thing, name), *others)))
