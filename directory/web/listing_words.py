"""The keys of a listing and what stands under them in people's words, as lines of text to be compared."""

import datetime
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from directory.web import listing_parts, words
from directory.web.listing_parts import Lines
from directory.web.translate import gettext, lazy_gettext

NAMES = {
    "kind": lazy_gettext("What kind of listing it is"),
    "title": lazy_gettext("Title"),
    "alternate_names": lazy_gettext("Other names"),
    "summary": lazy_gettext("Summary"),
    "description": lazy_gettext("Description"),
    "provider": lazy_gettext("Who runs it"),
    "categories": lazy_gettext("Categories"),
    "status": lazy_gettext("Open or closed"),
    "closed_until": lazy_gettext("Closed until"),
    "publish_from": lazy_gettext("On this site from"),
    "publish_until": lazy_gettext("On this site until"),
    "eligibility": lazy_gettext("Who it is for"),
    "access": lazy_gettext("How to join in or get help"),
    "cost": lazy_gettext("Cost"),
    "delivery": lazy_gettext("In person, online or by phone"),
    "locations": lazy_gettext("Where it is"),
    "service_areas": lazy_gettext("For people who live in"),
    "sessions": lazy_gettext("Dates and times"),
    "opening_hours": lazy_gettext("Opening hours"),
    "opening_note": lazy_gettext("Note on times"),
    "by_appointment": lazy_gettext("By appointment"),
    "phones": lazy_gettext("Phone numbers"),
    "email": lazy_gettext("Email"),
    "url": lazy_gettext("Website"),
    "booking_url": lazy_gettext("Booking page"),
    "languages": lazy_gettext("Languages spoken"),
    "interpretation_services": lazy_gettext("Interpreters"),
    "accessibility": lazy_gettext("Getting in and around"),
    "owner": lazy_gettext("Who keeps it right"),
    "checked": lazy_gettext("Last checked"),
    "review_every_months": lazy_gettext("How often it is checked"),
    "sources": lazy_gettext("Where we read this"),
    "source": lazy_gettext("Record in another directory"),
    "internal_note": lazy_gettext("Note for staff"),
    "translations": lazy_gettext("Translations"),
    "sensitive": lazy_gettext("Hidden from other people's eyes"),
    "urgent": lazy_gettext("Help that cannot wait"),
    "related": lazy_gettext("Related listings"),
}
"""What people call each key of a listing."""
STATUSES = {
    "active": lazy_gettext("Open as usual"),
    "temporarily closed": lazy_gettext("Closed for a time"),
    "inactive": lazy_gettext("Not shown"),
    "defunct": lazy_gettext("Closed for good"),
}
OWN_WORDS = frozenset(
    {"title", "alternate_names", "summary", "description", "opening_note", "interpretation_services", "internal_note"}
)
"""Keys that hold the listing's own words, which are English on a page in any language."""


def name(key: str) -> str:
    """What people call a key of a listing."""
    return str(NAMES[key])


def top_key(path: str) -> str:
    """The key of a listing under which something stands, as ``categories`` for ``categories[1]``."""
    return re.split(r"[.\[]", path, maxsplit=1)[0]


def fault(path: str, message: str) -> str:
    """What is wrong with something in a listing, after the name of the field that it stands in."""
    key = top_key(path)
    return gettext("%(field)s: %(fault)s", field=name(key), fault=message) if key in NAMES else message


def said(key: str, value: Any, snapshot: Snapshot) -> Lines:
    """What stands under a key of a content file, in people's words; no lines where nothing is said.

    ``None`` is a key that is not there. A value that is not sound is told as it was typed.
    """
    field = Listing.model_fields[key]
    if value is None and field.is_required():
        return ()
    try:
        typed = field.get_default(call_default_factory=True) if value is None else _reader(key).validate_python(value)
    except ValidationError:
        return tuple(_as_typed(value))
    if typed is None:
        return ()
    if key in _BY_SNAPSHOT:
        return _BY_SNAPSHOT[key](typed, snapshot)
    return _BY_KEY.get(key, _text)(typed)


@cache
def _reader(key: str) -> TypeAdapter[Any]:
    kind: Any = Listing.model_fields[key].annotation
    return TypeAdapter(kind)


def _as_typed(value: Any) -> Lines:
    """Every piece of an unsound value, a line each."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return tuple(line for one in value for line in _as_typed(one))
    return _text(value)


def _text(value: Any) -> Lines:
    return tuple(str(value).splitlines())


def _several(value: tuple[str, ...]) -> Lines:
    return value


def _yes_or_no(value: bool) -> Lines:
    return (gettext("Yes") if value else gettext("No"),)


def _day(value: datetime.date) -> Lines:
    return (words.day(value),)


def _provider(slug: str, snapshot: Snapshot) -> Lines:
    found = snapshot.providers.get(slug)
    return (found.name if found else slug,)


def _categories(slugs: tuple[str, ...], snapshot: Snapshot) -> Lines:
    known = snapshot.category_by_slug
    return tuple(known[slug].name if slug in known else slug for slug in slugs)


def _listings(slugs: tuple[str, ...], snapshot: Snapshot) -> Lines:
    known = snapshot.listings
    return tuple(known[slug].title if slug in known else slug for slug in slugs)


_BY_SNAPSHOT: Mapping[str, Callable[[Any, Snapshot], Lines]] = {
    "provider": _provider,
    "owner": _provider,
    "categories": _categories,
    "related": _listings,
    "locations": listing_parts.locations,
    "service_areas": listing_parts.areas,
    "sessions": listing_parts.sessions,
    "opening_hours": listing_parts.opening_hours,
}
_BY_KEY: Mapping[str, Callable[[Any], Lines]] = {
    "kind": lambda kind: (str(words.KINDS[kind]),),
    "status": lambda status: (str(STATUSES[status]),),
    "delivery": lambda ways: tuple(str(words.DELIVERY[way]) for way in ways),
    "alternate_names": _several,
    "closed_until": _day,
    "publish_from": _day,
    "publish_until": _day,
    "by_appointment": _yes_or_no,
    "sensitive": _yes_or_no,
    "urgent": _yes_or_no,
    "eligibility": listing_parts.eligibility,
    "access": listing_parts.access,
    "cost": listing_parts.cost,
    "phones": listing_parts.phones,
    "languages": listing_parts.languages,
    "accessibility": listing_parts.accessibility,
    "checked": listing_parts.checked,
    "review_every_months": listing_parts.review,
    "sources": listing_parts.sources,
    "source": listing_parts.record,
    "translations": listing_parts.translations,
}
"""How to tell what stands under each key; keys that are not here hold text."""
