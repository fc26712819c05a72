"""Where things are: towns, postcode sectors, venues, and how far apart two points lie."""

import math
import re
import unicodedata
from typing import Annotated, NamedTuple

from pydantic import Field

from directory.model.fields import Line, Name, Postcode, SectorCode, Slug, Value

EARTH_RADIUS_MILES = 3958.8
SOUTH, NORTH, WEST, EAST = 49.0, 61.0, -9.0, 3.0
"""The box of degrees that the United Kingdom lies in: what is outside is a slip, or far away."""
Latitude = Annotated[float, Field(ge=SOUTH, le=NORTH)]
Longitude = Annotated[float, Field(ge=WEST, le=EAST)]


class Point(NamedTuple):
    """A WGS84 coordinate in degrees."""

    latitude: float
    longitude: float

    def miles_to(self, other: "Point") -> float:
        """The great-circle distance in miles (haversine)."""
        north, south = math.radians(self.latitude), math.radians(other.latitude)
        across = math.sin(math.radians(other.longitude - self.longitude) / 2) ** 2
        half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * across
        return 2 * EARTH_RADIUS_MILES * math.asin(math.sqrt(half))


def name_key(name: str) -> str:
    """A name without what people leave out when they type it: capitals, accents, apostrophes, hyphens."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    bare = re.sub("['\u2019\u0300-\u036f]", "", letters)
    return " ".join(re.findall(r"\w+", bare))


class Place(Value):
    """A town or neighbourhood that people name when they say where they live."""

    slug: Slug
    name: Name
    kind: str = Field(default="town", pattern="^(town|neighbourhood)$")
    alternate_names: tuple[Name, ...] = ()
    latitude: Latitude
    longitude: Longitude
    hub: Slug | None = None

    @property
    def point(self) -> Point:
        """The middle of the place."""
        return Point(self.latitude, self.longitude)


class Sector(Value):
    """A postcode sector, such as DY5 3, with a rounded centre."""

    code: SectorCode
    latitude: Latitude
    longitude: Longitude
    place: Slug | None = None
    hub: Slug | None = None

    @property
    def point(self) -> Point:
        """The rounded middle of the sector's postcodes."""
        return Point(self.latitude, self.longitude)


class Venue(Value):
    """A building that several listings use."""

    slug: Slug
    name: Name
    address_1: Line
    city: Name
    postal_code: Postcode | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class Places(Value):
    """Everything ``places.yaml`` holds.

    The notices are shown wherever the sector figures are used, as their licence asks.
    """

    places: tuple[Place, ...] = ()
    venues: tuple[Venue, ...] = ()
    sectors: tuple[Sector, ...] = ()
    notices: tuple[Line, ...] = ()
