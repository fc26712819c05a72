"""Decides what an import would do, row by row, and does it."""

import datetime
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from directory.content import LISTING, PROVIDER, SINGLES, write
from directory.importing.records import Known, Record, listing_data
from directory.importing.towns import with_hubs_and_sectors
from directory.model.listing import BOROUGH, NATIONAL, Listing, Provider
from directory.model.place import Place, Places
from directory.model.slugs import free_slug, slug_of
from directory.model.snapshot import Snapshot

PLACES = SINGLES["places.yaml"]
Outcome = Literal["added", "updated", "unchanged", "failed"]


@dataclass(frozen=True)
class Row:
    """What becomes of one line of the file."""

    line: int
    id: str
    outcome: Outcome
    slug: str = ""
    why: str = ""


@dataclass
class Plan:
    """Everything that an import would write, and what it says of each row."""

    rows: list[Row] = field(default_factory=list)
    listings: dict[str, Listing] = field(default_factory=dict)
    providers: dict[str, Provider] = field(default_factory=dict)
    places: Places | None = None
    said: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    """Which listing has each title at each place: no two may share both."""
    taken: set[str] = field(default_factory=set, repr=False)
    """Every slug that a listing has or is to have."""
    earlier: dict[tuple[str, str], Listing] = field(default_factory=dict, repr=False)
    """The listings that came from a system before, by the system and their id in it."""

    def count(self, outcome: Outcome) -> int:
        """How many rows have that outcome."""
        return sum(row.outcome == outcome for row in self.rows)


class _RowFails(Exception):
    """A row cannot become a listing; the text says why and what to do."""


def plan(
    lines: Iterable[str], snapshot: Snapshot, system: str, today: datetime.date, towns: tuple[Place, ...] = ()
) -> Plan:
    """Works out what each line would add or change. ``today`` is the day on which sources count as seen."""
    records = list(_records(lines))
    known = _known(snapshot, [record for _, record in records if isinstance(record, Record)], system, today)
    places = {place.slug for place in (*snapshot.places.places, *towns)}
    made = Plan()
    made.taken = set(snapshot.listings)
    made.earlier = {(one.source.system, one.source.id): one for one in snapshot.listings.values() if one.source}
    made.said = {name: one.slug for one in snapshot.listings.values() for name in _titles_and_places(one)}
    for line, record in records:
        if isinstance(record, str):
            made.rows.append(Row(line, "", "failed", why=record))
            continue
        try:
            made.rows.append(_planned(line, record, known, snapshot, places, made))
        except _RowFails as error:
            made.rows.append(Row(line, record.id, "failed", why=str(error)))
    if towns:
        everything = {**snapshot.listings, **made.listings}
        made.places = with_hubs_and_sectors(snapshot.places, towns, list(everything.values()))
    return made


def carry_out(made: Plan, folder: Path, progress: Callable[[], None]) -> None:
    """Writes the files of a plan: what others name comes first. ``progress`` is called after each listing."""
    if made.places:
        write(folder, PLACES, made.places)
    for provider in made.providers.values():
        write(folder, PROVIDER, provider)
    for listing in made.listings.values():
        write(folder, LISTING, listing)
        progress()


def _records(lines: Iterable[str]) -> Iterator[tuple[int, Record | str]]:
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        record = _record(line)
        if isinstance(record, Record) and record.id in seen:
            record = f"has the id {record.id}, which an earlier line has; give each record its own"
        if isinstance(record, Record):
            seen.add(record.id)
        yield number, record


def _record(line: str) -> Record | str:
    try:
        return Record.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        return f"is not JSON: {error.msg} at character {error.pos + 1}"
    except ValidationError as error:
        return _told(error)


def _told(error: ValidationError) -> str:
    parts = (f"{'.'.join(str(step) for step in one['loc'])} {one['msg']}" for one in error.errors())
    return "; ".join(parts)


def _known(snapshot: Snapshot, records: list[Record], system: str, today: datetime.date) -> Known:
    categories = {
        f"{snapshot.parent_of[slug].name} > {category.name}".casefold(): slug
        for slug, category in snapshot.category_by_slug.items()
        if slug in snapshot.parent_of
    }
    buildings = {listing.title: listing.slug for listing in snapshot.buildings}
    buildings |= {record.title: slug_of(record.title) for record in records if record.kind in ("hub", "spoke")}
    return Known(categories, buildings, system, today)


def _planned(line: int, record: Record, known: Known, snapshot: Snapshot, places: set[str], made: Plan) -> Row:
    earlier = made.earlier.get((known.system, record.id))
    slug = earlier.slug if earlier else free_slug(record.title, made.taken)
    listing = _listing(record, known, slug, earlier)
    _refuse_unknown_places(listing, places)
    _refuse_double(listing, made)
    if earlier == listing:
        return Row(line, record.id, "unchanged", slug)
    made.listings[slug] = listing
    made.taken.add(slug)
    provider = _provider(record, snapshot)
    if provider:
        made.providers[provider.slug] = provider
    return Row(line, record.id, "updated" if earlier else "added", slug)


def _listing(record: Record, known: Known, slug: str, earlier: Listing | None) -> Listing:
    kept: dict[str, Any] = earlier.model_dump(mode="json", exclude_defaults=True) if earlier else {}
    try:
        data = listing_data(record, known)
        if earlier and earlier.sources and data["sources"]:
            data["sources"] = kept["sources"]
        return Listing.model_validate(kept | data | {"slug": slug})
    except ValidationError as error:
        raise _RowFails(_told(error)) from error
    except KeyError as error:
        raise _RowFails(str(error.args[0])) from error


def _refuse_unknown_places(listing: Listing, places: set[str]) -> None:
    named = {location.place for location in listing.locations if location.place} | set(listing.service_areas)
    unknown = sorted(named - places - {BOROUGH, NATIONAL})
    if unknown:
        raise _RowFails(f"names places that there are not: {', '.join(unknown)}; give their file with --places")


def _refuse_double(listing: Listing, made: Plan) -> None:
    for name in _titles_and_places(listing):
        other = made.said.setdefault(name, listing.slug)
        if other != listing.slug:
            raise _RowFails(f"has the title and the place of {other}; tell the two apart or leave one out")


def _titles_and_places(listing: Listing) -> set[tuple[str, str]]:
    places = {location.place_name for location in listing.locations} or {""}
    return {(listing.title.casefold(), place) for place in places}


def _provider(record: Record, snapshot: Snapshot) -> Provider | None:
    slug = slug_of(record.provider)
    return None if slug in snapshot.providers else Provider(slug=slug, name=record.provider)
