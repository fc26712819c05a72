"""The whole content at one moment, immutable: what every room below the web reads from."""

import datetime
import weakref
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from types import MappingProxyType

from directory.model.calendar import Calendar
from directory.model.category import Category, TopCategory
from directory.model.freshness import Standing
from directory.model.listing import Listing, Location, Provider
from directory.model.need import Need, SearchLanguage
from directory.model.place import Place, Places, Point, Sector, Venue, name_key
from directory.model.site import Page, SearchCheck, Site, WordGroup
from directory.model.urgent import DangerRules, UrgentCard

_WITHOUT_LISTINGS = (
    "category_by_slug", "parent_of", "sensitive_categories", "sensitive_needs", "place_by_slug", "place_by_name",
    "sector_by_code", "venue_by_slug",
)  # fmt: skip
"""What is worked out of the content without a look at its listings."""


_BY_PLACE = ("offered_at", "shown_at")
"""What is worked out of where listings are."""
_DIFFERING = "_differing"
"""Where a snapshot remembers how it differs from the last one that it was compared with: every room asks."""


@dataclass(frozen=True)
class Snapshot:
    """Everything that the content says. ``revision`` changes whenever any of it does.

    ``door_of_need`` is the slug of the top category, and of the file of ``needs/``, that each need lies behind.
    """

    revision: str
    site: Site
    categories: tuple[TopCategory, ...]
    listings: Mapping[str, Listing]
    providers: Mapping[str, Provider]
    pages: Mapping[str, Page]
    places: Places = field(default_factory=Places)
    calendar: Calendar = field(default_factory=Calendar)
    words: tuple[WordGroup, ...] = ()
    needs: tuple[Need, ...] = ()
    door_of_need: Mapping[str, str] = field(default_factory=dict, repr=False)
    languages: tuple[SearchLanguage, ...] = ()
    urgent: tuple[UrgentCard, ...] = ()
    danger: DangerRules = field(default=DangerRules(), repr=False)
    search_checks: tuple[SearchCheck, ...] = field(default=(), repr=False)

    def with_listings(self, revision: str, changed: Mapping[str, Listing | None]) -> "Snapshot":
        """The content with some listings changed or added, and without those that are None.

        What was worked out of the rest is not worked out again.
        """
        listings = {slug: one for slug, one in {**self.listings, **changed}.items() if one}
        if listings.keys() != self.listings.keys():
            listings = dict(sorted(listings.items(), key=lambda pair: f"{pair[0]}.yaml"))  # in the order of their files
        later = replace(self, revision=revision, listings=listings)
        known = vars(self)
        vars(later).update({name: known[name] for name in _WITHOUT_LISTINGS if name in known})
        touched = [one for slug in changed for one in (self.listings.get(slug), changed[slug]) if one]
        if "buildings" in known and not any(one.is_building for one in touched):
            vars(later)["buildings"] = known["buildings"]
        if all(slug in listings and _is_where_it_was(self.listings.get(slug), listings[slug]) for slug in changed):
            vars(later).update({name: known[name] for name in _BY_PLACE if name in known})
        if "sensitive_listings" in known:
            sensitive = {slug for slug, one in changed.items() if one and self.is_sensitive(one)}
            vars(later)["sensitive_listings"] = (self.sensitive_listings - changed.keys()) | sensitive
        return later

    def differing_from(self, before: "Snapshot") -> frozenset[str] | None:
        """The listings, by slug, that are new, changed or gone since; None where other content is not the same."""
        known = vars(self).get(_DIFFERING)
        if known is None or known[0]() is not before:
            known = vars(self)[_DIFFERING] = weakref.ref(before), self._compared_with(before)
        found: frozenset[str] | None = known[1]
        return found

    def _compared_with(self, before: "Snapshot") -> frozenset[str] | None:
        others = (one.name for one in fields(self) if one.name not in ("revision", "listings"))
        if any(getattr(self, name) != getattr(before, name) for name in others):
            return None
        earlier = before.listings
        come = (slug for slug, one in self.listings.items() if earlier.get(slug) is not one)
        return frozenset(come) | (earlier.keys() - self.listings.keys())

    @cached_property
    def category_by_slug(self) -> Mapping[str, Category]:
        """Every category of both levels."""
        both = {top.slug: top for top in self.categories}
        return MappingProxyType(both | {one.slug: one for top in self.categories for one in top.categories})

    @cached_property
    def parent_of(self) -> Mapping[str, TopCategory]:
        """The top category of each second-level category."""
        return MappingProxyType({one.slug: top for top in self.categories for one in top.categories})

    def hides(self, category: Category) -> bool:
        """Whether the category or the door that it is behind is sensitive."""
        top = self.parent_of.get(category.slug)
        return category.sensitive or bool(top and top.sensitive)

    def is_sensitive(self, listing: Listing) -> bool:
        """Whether nobody else should see that a person looked at it: it says so, or one of its categories does."""
        return listing.sensitive or listing.urgent or not self.sensitive_categories.isdisjoint(listing.categories)

    def is_live(self, listing: Listing, day: datetime.date) -> bool:
        """Whether people may find it on that day: published, and not too long ago that anybody looked at it."""
        leaves = self.site.review.leaves_on(listing)
        return listing.is_live_on(day) and not (leaves and day >= leaves)

    def standing(self, listing: Listing, day: datetime.date) -> Standing:
        """How far people may rely on it on that day."""
        return self.site.review.standing(listing, day)

    @cached_property
    def sensitive_categories(self) -> frozenset[str]:
        """The slugs of the categories of both levels that are hidden from others' eyes."""
        return frozenset(slug for slug, one in self.category_by_slug.items() if self.hides(one))

    @cached_property
    def sensitive_listings(self) -> frozenset[str]:
        """The slugs of the listings that nobody else should see that a person looked at."""
        return frozenset(slug for slug, one in self.listings.items() if self.is_sensitive(one))

    @cached_property
    def sensitive_needs(self) -> frozenset[str]:
        """The slugs of the needs that lie behind such a door or category, and of what people in danger need first."""
        hidden = self.sensitive_categories
        inside = (one.slug for one in self.needs if not hidden.isdisjoint(one.categories))
        behind = (slug for slug, door in self.door_of_need.items() if door in hidden)
        first = (slug for one in self.danger.situations for slug in one.needs[:1])
        return frozenset([*inside, *behind, *first])

    @cached_property
    def place_by_slug(self) -> Mapping[str, Place]:
        """Every town and neighbourhood."""
        return MappingProxyType({place.slug: place for place in self.places.places})

    @cached_property
    def place_by_name(self) -> Mapping[str, Place]:
        """Every town and neighbourhood by ``name_key`` of its names; where two share one, the first listed."""
        found: dict[str, Place] = {}
        for place in self.places.places:
            for name in (place.name, *place.alternate_names):
                found.setdefault(name_key(name), place)
        return MappingProxyType(found)

    @cached_property
    def sector_by_code(self) -> Mapping[str, Sector]:
        """Every postcode sector."""
        return MappingProxyType({sector.code: sector for sector in self.places.sectors})

    @cached_property
    def venue_by_slug(self) -> Mapping[str, Venue]:
        """Every venue that listings share."""
        return MappingProxyType({venue.slug: venue for venue in self.places.venues})

    @cached_property
    def buildings(self) -> tuple[Listing, ...]:
        """Hubs first, then spokes, each by title."""
        found = (listing for listing in self.listings.values() if listing.is_building)
        return tuple(sorted(found, key=lambda one: (one.kind != "hub", one.title)))

    @cached_property
    def offered_at(self) -> Mapping[str, tuple[str, ...]]:
        """The slugs of the listings that happen at each hub, spoke or venue."""
        found: dict[str, list[str]] = defaultdict(list)
        for listing in self.listings.values():
            for location in listing.locations:
                if location.at:
                    found[location.at].append(listing.slug)
        return MappingProxyType({slug: tuple(slugs) for slug, slugs in found.items()})

    @cached_property
    def shown_at(self) -> Mapping[str, tuple[str, ...]]:
        """The same without those whose exact place is hidden: what people may be told happens there."""
        hidden = {
            (location.at, one.slug)
            for one in self.listings.values()
            for location in one.locations
            if location.hide_exact_address
        }
        pairs = self.offered_at.items()
        return MappingProxyType({at: tuple(one for one in slugs if (at, one) not in hidden) for at, slugs in pairs})

    def in_order(self, slugs: tuple[str, ...]) -> Iterator[Listing]:
        """The listings of those slugs, in that order; one that has gone since is left out."""
        return (self.listings[slug] for slug in slugs if slug in self.listings)

    def address_of(self, location: Location) -> Location | Venue | None:
        """The location that holds the address: its own, its hub's first one, or its venue's."""
        if location.at is None:
            return location
        if location.at in self.listings:
            own = self.listings[location.at].locations
            return own[0] if own and own[0].at is None else None
        return self.venue_by_slug.get(location.at)

    def point_of(self, location: Location) -> Point | None:
        """The coordinate of a location: as given, else the middle of its postcode sector, else of its place."""
        address = self.address_of(location)
        if address is None:
            return None
        if address.latitude is not None and address.longitude is not None:
            return Point(address.latitude, address.longitude)
        sector = self.sector_by_code.get((address.postal_code or "")[:-2])
        place = self.place_by_slug.get(address.place or "") if isinstance(address, Location) else None
        return sector.point if sector else place.point if place else None

    def hub_serving(self, place: str | None, sector: str | None = None) -> Listing | None:
        """The hub that serves a sector or place, if the content says which."""
        found = self.sector_by_code.get(sector or "")
        home = self.place_by_slug.get(place or (found.place if found else None) or "")
        slug = (found.hub if found else None) or (home.hub if home else None)
        return self.listings.get(slug or "")

    def hub_for(self, listing: Listing) -> Listing | None:
        """Whom to ask about a listing: itself if it is a hub, else the hub that serves where it is."""
        if listing.kind == "hub":
            return listing
        for location in listing.locations:
            at = self.listings.get(location.at or "")
            address = self.address_of(location)
            if at and at.kind == "hub":
                return at
            if address:
                hub = self.hub_serving(getattr(address, "place", None), (address.postal_code or "")[:-2])
                if hub:
                    return hub
        areas = [hub for area in listing.service_areas if (hub := self.hub_serving(area))]
        return areas[0] if len({hub.slug for hub in areas}) == 1 else None


def _is_where_it_was(before: Listing | None, now: Listing) -> bool:
    return before is not None and before.locations == now.locations
