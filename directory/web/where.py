"""Where things are, as far as people may be told: an address that safety hides never leaves this module."""

from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup, escape

from directory.model.listing import BOROUGH, NATIONAL, Listing, Location
from directory.model.place import Point, Venue
from directory.model.session import Session
from directory.model.snapshot import Snapshot
from directory.web.own_words import english
from directory.web.translate import gettext
from directory.web.words import DELIVERY

MAP = "https://www.openstreetmap.org/search?"


@dataclass(frozen=True)
class Whereabouts:
    """One place where something happens, ready to be shown. ``is_exact``: the point is its own, not an area's."""

    name: str | None
    lines: tuple[str, ...]
    town: str | None
    postcode: str | None
    note: str | None
    hidden: bool
    building: Listing | None
    point: Point | None
    is_exact: bool = False

    @property
    def directions(self) -> str | None:
        """A search for the address on a map that belongs to nobody; None where there is no address to go to."""
        if self.hidden or not (self.lines or self.postcode):
            return None
        return MAP + urlencode(
            {"query": ", ".join([*self.lines[:1], *([self.postcode] if self.postcode else [self.town or ""])])}
        )


def whereabouts(listing: Listing, snapshot: Snapshot, at: str | None = None) -> tuple[Whereabouts, ...]:
    """Every place of a listing; or the one that is ``at`` a hub, spoke or venue."""
    return tuple(_one(location, snapshot) for location in listing.locations if at in (None, location.at))


def tellable(session: Session, listing: Listing, snapshot: Snapshot) -> Session:
    """The session as people may be told of it: without its place and its rooms where safety hides those."""
    if not any(one.hidden for one in whereabouts(listing, snapshot, session.at)):
        return session
    exceptions = tuple(one.model_copy(update={"room": None}) for one in session.exceptions)
    return session.model_copy(update={"at": None, "room": None, "exceptions": exceptions})


def _one(location: Location, snapshot: Snapshot) -> Whereabouts:
    address = snapshot.address_of(location)
    building = snapshot.listings.get(location.at or "")
    hidden = location.hide_exact_address or bool(isinstance(address, Location) and address.hide_exact_address)
    town = _town(address, snapshot)
    if hidden or address is None:
        middle = _middle_of_town(address, snapshot)
        return Whereabouts(None, (), town, None, location.note, hidden, None, middle)
    name = building.title if building else address.name
    post_town = address.post_town if isinstance(address, Location) else None
    lines = dict.fromkeys(line for line in (address.address_1, address.city or town, post_town) if line)
    return Whereabouts(
        name, tuple(lines), town, address.postal_code, location.note, False, building, snapshot.point_of(location)
    )


def _town(address: Location | Venue | None, snapshot: Snapshot) -> str | None:
    if address is None:
        return None
    place = snapshot.place_by_slug.get(address.place or "") if isinstance(address, Location) else None
    return place.name if place else address.city


def _middle_of_town(address: Location | Venue | None, snapshot: Snapshot) -> Point | None:
    place = snapshot.place_by_slug.get(address.place or "") if isinstance(address, Location) else None
    return place.point if place else None


def in_short(listing: Listing, snapshot: Snapshot, at: str | None = None) -> tuple[Markup, ...]:
    """Where it is, or its place ``at`` a hub, spoke or venue, in the few words that a card has room for."""
    places = whereabouts(listing, snapshot, at)
    found = [english(_short(place)) for place in places[:2] if _short(place)]
    if len(places) > 2:
        found.append(escape(gettext("and other places")))
    found += [escape(DELIVERY[way]) for way in listing.delivery if way != "in_person"]
    return tuple(dict.fromkeys(found)) or areas(listing, snapshot)


def _short(place: Whereabouts) -> str | None:
    name = place.name or (place.lines[0] if place.lines else None)
    if name and place.town and place.town not in name:
        return f"{name}, {place.town}"
    return name or place.town


def areas(listing: Listing, snapshot: Snapshot) -> tuple[Markup, ...]:
    """Whom it serves by where they live."""
    wide = {BOROUGH: gettext("All of %(area)s", area=snapshot.site.area), NATIONAL: gettext("Anywhere in the country")}
    named = (snapshot.place_by_slug.get(area) for area in listing.service_areas)
    ours = tuple(escape(wide[area]) for area in listing.service_areas if area in wide)
    return ours + tuple(english(place.name) for place in named if place)
