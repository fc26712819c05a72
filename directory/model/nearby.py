"""The place that a person means when they say where from.

That is a postcode, a part of one, a town, a neighbourhood, or a coordinate that their browser told at their wish.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from directory.model.fields import SECTOR
from directory.model.listing import Listing
from directory.model.place import EAST, NORTH, SOUTH, WEST, Place, Point, Sector, name_key
from directory.model.snapshot import Snapshot

LONGEST_TEXT = 100
HUB_MILES = 5.0
"""How far from where a person is a place may be whose hub is theirs."""
DECIMALS = 2
"""Half a mile or so: nearer than that nobody needs to know where a person is."""
_PIECE = re.compile("[A-Z0-9]+")
_CODE = re.compile(r"\b(?P<outward>[A-Z]{1,2}[0-9][A-Z0-9]?)(?: ?(?P<digit>[0-9])(?P<unit>[A-Z]{2})?)?\b")
_COORDINATE = re.compile(r"\s*(-?[0-9]{1,2}\.[0-9]{1,15})\s*,\s*(-?[0-9]{1,2}\.[0-9]{1,15})\s*", re.ASCII)

FindPostcode = Callable[[str], Point | None]
"""Where a full postcode, written as "DY5 3DY", is; None where nobody knows."""


@dataclass(frozen=True)
class Nearby:
    """A place that was understood: how to write it, its middle, and the hub that serves it, if one does.

    ``is_here``: it is where the person is, which nobody has a name for; the label is its coordinate.
    """

    label: str
    point: Point
    hub: Listing | None = field(default=None, compare=False)
    is_here: bool = False


def find_nearby(text: str, snapshot: Snapshot, find_postcode: FindPostcode) -> Nearby | None:
    """The place that a text names; None where there is no telling.

    A full postcode that ``find_postcode`` does not know is as good as its sector; a district is the middle of its
    sectors. A postcode counts before a town, and the first town before a second. A coordinate, as in "52.48, -2.11",
    is rounded to ``DECIMALS``, and stands alone.
    """
    text = text[:LONGEST_TEXT]
    coordinate = _COORDINATE.fullmatch(text)
    if coordinate:
        return _here(float(coordinate[1]), float(coordinate[2]), snapshot)
    code = _CODE.search(" ".join(_PIECE.findall(text.upper())))
    found = _by_code(code, snapshot, find_postcode) if code else None
    return found or (None if code and code["unit"] else _by_name(text, snapshot))


def _here(latitude: float, longitude: float, snapshot: Snapshot) -> Nearby | None:
    """Where a person is, with the hub of the nearest sector or place that is not too far off."""
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        return None
    point = Point(round(latitude, DECIMALS), round(longitude, DECIMALS))
    known: list[Sector | Place] = [*snapshot.places.sectors, *snapshot.places.places]
    nearest = min(known, key=lambda one: one.point.miles_to(point), default=None)
    hub = None
    if nearest and nearest.point.miles_to(point) <= HUB_MILES:
        place, sector = (nearest.slug, None) if isinstance(nearest, Place) else (None, nearest.code)
        hub = snapshot.hub_serving(place, sector)
    return Nearby(f"{point.latitude:.{DECIMALS}f}, {point.longitude:.{DECIMALS}f}", point, hub, is_here=True)


def _by_code(code: re.Match[str], snapshot: Snapshot, find_postcode: FindPostcode) -> Nearby | None:
    outward, digit, unit = code["outward"], code["digit"], code["unit"]
    sector = f"{outward} {digit}"
    if digit and unit:
        point = find_postcode(sector + unit)
        return _at(sector + unit, point, sector, snapshot) if point else _by_part(sector + unit, sector, snapshot)
    if digit:
        return _by_part(sector, sector, snapshot)
    run_together = SECTOR.fullmatch(outward)  # DY53 is no district but DY5 3
    other = f"{run_together[1]} {run_together[2]}" if run_together else outward
    return _by_part(outward, outward, snapshot) or _by_part(other, other, snapshot)


def _by_part(label: str, part: str, snapshot: Snapshot) -> Nearby | None:
    """By a sector if the content has it, else by the middle of the sectors of its district."""
    known = snapshot.sector_by_code.get(part)
    if known:
        return _at(label, known.point, part, snapshot)
    district = part.partition(" ")[0]
    members = [one for one in snapshot.places.sectors if one.code.startswith(f"{district} ")]
    return Nearby(label, _middle(members), _shared_hub(members, snapshot)) if members else None


def _at(label: str, point: Point, sector: str | None, snapshot: Snapshot) -> Nearby:
    return Nearby(label, point, snapshot.hub_serving(None, sector))


def _middle(sectors: list[Sector]) -> Point:
    return Point(
        sum(one.latitude for one in sectors) / len(sectors),
        sum(one.longitude for one in sectors) / len(sectors),
    )


def _shared_hub(sectors: list[Sector], snapshot: Snapshot) -> Listing | None:
    """The hub that serves all of the sectors; where there are several, nobody can say which is the right one."""
    hubs = [snapshot.hub_serving(None, one.code) for one in sectors]
    return hubs[0] if len({hub.slug if hub else "" for hub in hubs}) == 1 else None


def _by_name(text: str, snapshot: Snapshot) -> Nearby | None:
    words = name_key(text).split()
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            place = snapshot.place_by_name.get(" ".join(words[start:end]))
            if place:
                return _of(place, snapshot)
    return None


def _of(place: Place, snapshot: Snapshot) -> Nearby:
    return Nearby(place.name, place.point, snapshot.hub_serving(place.slug))
