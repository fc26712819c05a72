"""Takes an area's towns from a CSV file, and works out from listings which hub serves each and where sectors lie."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from directory.model.errors import DirectoryError
from directory.model.listing import Listing, Location
from directory.model.place import Place, Places, Point, Sector
from directory.model.slugs import slug_of

COLUMNS = ("town", "latitude", "longitude")


class UnreadableTowns(DirectoryError):
    """The file of towns cannot be used; the text says why."""


def read_towns(file: Path) -> tuple[Place, ...]:
    """The towns of a CSV file with the columns town, latitude and longitude; others are left unread."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if not rows or any(rows[0].get(column) is None for column in COLUMNS):
        raise UnreadableTowns(f"{file.name} needs a first line with the columns {', '.join(COLUMNS)}")
    return tuple(_town(row, number, file) for number, row in enumerate(rows, 2))


def _town(row: dict[str, str], number: int, file: Path) -> Place:
    try:
        name = row["town"]
        return Place.model_validate(
            {"slug": slug_of(name), "name": name, "latitude": row["latitude"], "longitude": row["longitude"]}
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise UnreadableTowns(f"{file.name}, line {number}: {first['loc'][-1]} {first['msg']}") from error


def with_hubs_and_sectors(places: Places, towns: Sequence[Place], listings: Sequence[Listing]) -> Places:
    """The places with these towns among them, the hub that serves each, and the sectors that listings lie in.

    A hub serves the towns that it says it serves; any other town is served by the hub that is nearest.
    """
    merged = {place.slug: place for place in places.places}
    for town in towns:
        earlier = merged.get(town.slug, town)
        moved = {"latitude": town.latitude, "longitude": town.longitude}
        merged[town.slug] = earlier.model_copy(update={**moved, "hub": earlier.hub or _hub_for(town, listings, merged)})
    sectors = {sector.code: sector for sector in _sectors(listings)} | {one.code: one for one in places.sectors}
    ordered = tuple(sectors[code] for code in sorted(sectors))
    return places.model_copy(update={"places": tuple(merged.values()), "sectors": ordered})


def _hub_for(town: Place, listings: Iterable[Listing], places: Mapping[str, Place]) -> str | None:
    hubs = [hub for hub in listings if hub.kind == "hub"]
    serving = [hub.slug for hub in hubs if town.slug in hub.service_areas]
    if serving:
        return serving[0]
    distances = [
        (town.point.miles_to(point), hub.slug)
        for hub in hubs
        for location in hub.locations
        if (point := _point(location, places))
    ]
    return min(distances)[1] if distances else None


def _point(location: Location, places: Mapping[str, Place]) -> Point | None:
    place = places.get(location.place or "")
    return location.point or (place.point if place else None)


def _sectors(listings: Iterable[Listing]) -> Iterable[Sector]:
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for listing in listings:
        for location in listing.locations:
            if location.postal_code and location.point and location.place:
                points[location.postal_code[:-2], location.place].append(location.point)
    by_code = {code: (place, found) for (code, place), found in sorted(points.items())}
    for code, (place, found) in by_code.items():
        north = round(sum(point[0] for point in found) / len(found), 3)
        east = round(sum(point[1] for point in found) / len(found), 3)
        yield Sector(code=code, latitude=north, longitude=east, place=place)
