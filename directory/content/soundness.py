"""Whether one listing, if it said this, would be sound among everything else that there is."""

from collections.abc import Iterator, Mapping
from typing import Any

from directory.content.agreement import said_already, unknown_names
from directory.content.faults import Fault
from directory.content.parsing import Parsed, parse
from directory.content.tree import LISTING, Entry
from directory.content.yaml_writer import as_yaml
from directory.model.listing import BOROUGH, NATIONAL, Listing
from directory.model.snapshot import Snapshot


def would_be(snapshot: Snapshot, slug: str, keys: Mapping[str, Any]) -> tuple[Listing | None, tuple[Fault, ...]]:
    """The listing of that slug if its file held these keys, and all that would be wrong with it or because of it.

    The very text that would be written is read back, so nothing passes here that a check of the files would refuse.
    """
    entry = Entry(f"{LISTING.name}/{slug}.yaml", LISTING, (0, 0, 0, 0))
    try:
        parsed = parse(entry, as_yaml(keys).encode())
    except UnicodeEncodeError:
        return None, (Fault(entry.path, 1, "", "has a character that text cannot hold; type the text again"),)
    listing = parsed.value if isinstance(parsed.value, Listing) else None
    faults = [*parsed.faults, *unknown_names(parsed, _known_beside(parsed, snapshot))]
    faults += _said_already(parsed, snapshot)
    if listing:
        faults += left_without(snapshot, slug, listing.kind)
    return (None if faults else listing), tuple(sorted(set(faults)))


def left_without(snapshot: Snapshot, slug: str, kind: str | None) -> Iterator[Fault]:
    """A fault for each thing that names the listing as what it would be no more; ``kind`` is None where it goes."""
    is_building, is_hub = kind in ("hub", "spoke"), kind == "hub"
    for name in _named_by(snapshot, slug, is_there=kind is not None, is_building=is_building, is_hub=is_hub):
        yield Fault(f"{LISTING.name}/{slug}.yaml", 1, "kind", f"is needed as it is: {name} names it")


def _known_beside(parsed: Parsed, snapshot: Snapshot) -> Mapping[str, set[str]]:
    """Every name that the listing may use, by what it names."""
    kinds = {one.slug: str(one.kind) for one in snapshot.listings.values()}
    kinds[parsed.entry.slug] = parsed.listing_kind or ""
    return {
        "provider": set(snapshot.providers),
        "category": set(snapshot.parent_of),
        "top category": {top.slug for top in snapshot.categories},
        "place": set(snapshot.place_by_slug),
        "area": {BOROUGH, NATIONAL},
        "hub": {slug for slug, kind in kinds.items() if kind == "hub"},
        "spoke": {slug for slug, kind in kinds.items() if kind == "spoke"},
        "venue": set(snapshot.venue_by_slug),
        "school": {one.slug for one in snapshot.calendar.schools},
        "listing": set(kinds),
    }


def _said_already(parsed: Parsed, snapshot: Snapshot) -> Iterator[Fault]:
    wanted = set(parsed.title_and_places)
    titles = {title for title, _ in wanted}
    for one in snapshot.listings.values():
        title = one.title.casefold()
        if title in titles and one.slug != parsed.entry.slug:
            places = {location.place_name for location in one.locations} or {""}
            if wanted & {(title, place) for place in places}:
                yield said_already(parsed, f"{LISTING.name}/{one.slug}.yaml")


def _named_by(snapshot: Snapshot, slug: str, *, is_there: bool, is_building: bool, is_hub: bool) -> Iterator[str]:
    """What names the listing and may not, were it so; each in words for whoever has to change that first."""
    if not is_building:
        yield from (one for one in snapshot.offered_at.get(slug, ()) if one != slug)
    if not is_hub:
        yield from (place.slug for place in snapshot.places.places if place.hub == slug)
        yield from (sector.code for sector in snapshot.places.sectors if sector.hub == slug)
    if not is_there:
        yield from (one.slug for one in snapshot.listings.values() if slug in one.related and one.slug != slug)
        yield from (need.slug for need in snapshot.needs if slug in need.listings)
        yield from (card.slug for card in snapshot.urgent if card.listing == slug)
        yield from ("calendar.yaml" for haf in (snapshot.calendar.haf,) if haf and haf.listing == slug)
        yield from (f'the promise "{one.words}"' for one in snapshot.search_checks if slug in one.shows)
