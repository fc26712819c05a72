"""What is indexed of a listing, and how much each part of it counts. Pure: a listing and the content round it go in."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from directory.model.age import OLDEST_MONTHS, PREGNANCY
from directory.model.listing import Listing, Location
from directory.model.place import Point
from directory.model.snapshot import Snapshot
from directory.search.facts import Facts
from directory.search.keys import keys
from directory.search.whoosh_files import FORMAT
from directory.search.words import joined, pairs, plain, split, telling, term, words_of


class Part(NamedTuple):
    """How much a part of a listing counts.

    ``weight`` is for one mention in a part of ``usual`` words. ``by_length`` says how far a longer part makes a mention
    count for less (0 not at all, 1 in proportion): the b of BM25F (Robertson and Zaragoza, 2009), with fixed lengths in
    place of averages so that one listing's weights never depend on another's.
    """

    weight: float
    usual: int
    by_length: float
    is_name: bool = False


TITLE = Part(9.0, usual=4, by_length=0.4, is_name=True)
OTHER_NAME = Part(8.0, usual=4, by_length=0.4, is_name=True)
CATEGORY = Part(1.5, usual=6, by_length=0.3, is_name=True)
CATEGORY_WORD = Part(0.5, usual=2, by_length=0.8, is_name=True)
SUMMARY = Part(2.0, usual=16, by_length=0.5)
PROVIDER = Part(2.0, usual=4, by_length=0.3, is_name=True)
PLACE = Part(2.0, usual=8, by_length=0.0, is_name=True)
DESCRIPTION = Part(1.0, usual=70, by_length=0.6)


class Said(NamedTuple):
    """A text and the part of a listing that it is."""

    part: Part
    text: str


@dataclass(frozen=True)
class Texts:
    """Several texts, worked out once for all listings that share them."""

    said: tuple[Said, ...]

    @cached_property
    def written(self) -> str:
        """All of it in one text, which changes whenever any of it does."""
        return "\n".join([f"{part.weight} {text}" for part, text in self.said])

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """Every term with its weight."""
        weights: dict[str, float] = {}
        self.count_into(weights)
        return weights

    def count_into(self, weights: dict[str, float]) -> None:
        """Adds the weight of every mention: by part and by length, before mentions level off."""
        for part, text in self.said:
            found, length = _terms_of_name(text) if part.is_name else _terms(text, is_name=False)
            each = part.weight / (1 - part.by_length + part.by_length * max(length, 1) / part.usual)
            for one in found:
                weights[one] = weights.get(one, 0.0) + each


@dataclass(frozen=True)
class Document:
    """A listing as the index sees it. The work of cutting its texts into terms waits until somebody asks."""

    listing: Listing
    own: Texts
    shared: Texts
    points: tuple[Point, ...]
    areas: tuple[Point, ...]
    keys: tuple[str, ...]
    sinks_on: datetime.date | None
    leaves_on: datetime.date | None

    @cached_property
    def revision(self) -> str:
        """Changes whenever what is indexed does, and with the format of the index."""
        listing = self.listing
        shown = (listing.status, listing.publish_from, listing.publish_until, self.sinks_on, self.leaves_on)
        ages = (listing.eligibility.minimum_age, listing.eligibility.maximum_age)
        narrowed = f"{listing.is_everywhere} {self.points} {self.areas} {ages} {self.keys}"
        whole = f"{FORMAT} {listing.slug} {shown} {narrowed}\n{self.own.written}\n{self.shared.written}"
        return hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()

    @property
    def facts(self) -> Facts:
        """What is stored beside the terms."""
        listing = self.listing
        first, last = listing.publish_from, listing.publish_until
        who = listing.eligibility
        return Facts(
            slug=listing.slug,
            revision=self.revision,
            title_key=plain(listing.title),
            first_day=_ordinal(first),
            last_day=_ordinal(last),
            sinks_on=_ordinal(self.sinks_on),
            leaves_on=_ordinal(self.leaves_on),
            is_withdrawn=listing.status in ("inactive", "defunct"),
            is_everywhere=listing.is_everywhere,
            points=tuple((point.latitude, point.longitude) for point in self.points),
            areas=tuple((point.latitude, point.longitude) for point in self.areas),
            first_month=PREGNANCY if who.minimum_age is None else who.minimum_age,
            last_month=OLDEST_MONTHS if who.maximum_age is None else who.maximum_age + _rest_of(who.maximum_age),
            keys=self.keys,
        )

    def terms(self) -> Mapping[str, float]:
        """Every term with its weight; a word of a name as ``named`` too, with the share of the name that it is."""
        weights = dict(self.shared.weights)
        self.own.count_into(weights)
        for part, text in self.own.said:
            if part in (TITLE, OTHER_NAME):
                words = {term(word) for word in telling(words_of(text))}
                for one in words:
                    weights[named(one)] = max(weights.get(named(one), 0.0), 1 / len(words))
        return weights


def named(one: str) -> str:
    """The term for what has a term in its title or in another of its names."""
    return f"={one}"


def documents(snapshot: Snapshot, slugs: Iterable[str]) -> Iterator[Document]:
    """The listings of these slugs that there are, practitioners' and not yet published ones too, in order of slug."""
    shared = cache(lambda categories, provider: Texts(tuple(_shared_texts(categories, provider, snapshot))))
    review = snapshot.site.review
    for listing in snapshot.in_order(tuple(sorted(slugs))):
        own = Texts(tuple(_own_texts(listing, snapshot)))
        points = tuple(_points(listing, snapshot))
        areas = tuple(place.point for slug in listing.service_areas if (place := snapshot.place_by_slug.get(slug)))
        texts = shared(listing.categories, listing.provider)
        sinks, leaves = review.sinks_on(listing), review.leaves_on(listing)
        yield Document(listing, own, texts, points, areas, keys(listing, snapshot), sinks, leaves)


def _ordinal(day: datetime.date | None) -> int:
    return day.toordinal() if day else 0


def _rest_of(age: int) -> int:
    """The months for which somebody is still that age: the rest of the year from the second birthday on."""
    return 11 if age % 12 == 0 and age > 12 else 0


def _own_texts(listing: Listing, snapshot: Snapshot) -> Iterator[Said]:
    yield Said(TITLE, listing.title)
    yield Said(SUMMARY, listing.summary)
    yield from (Said(OTHER_NAME, name) for name in listing.alternate_names)
    who = listing.eligibility.eligibility_description
    names = (session.name for session in listing.sessions)
    yield from (Said(DESCRIPTION, text) for text in (listing.description, who, *names) if text)
    yield from (Said(PLACE, text) for text in _place_texts(listing, snapshot))
    for translation in listing.translations.values():
        texts = ((TITLE, translation.title), (SUMMARY, translation.summary), (DESCRIPTION, translation.description))
        yield from (Said(part, text) for part, text in texts if text)


def _shared_texts(categories: tuple[str, ...], provider: str, snapshot: Snapshot) -> Iterator[Said]:
    for slug in categories:
        yield from _category_texts(slug, snapshot)
    found = snapshot.providers.get(provider)
    if found:
        yield from (Said(PROVIDER, name) for name in (found.name, *found.alternate_names))


def _category_texts(slug: str, snapshot: Snapshot) -> Iterator[Said]:
    own, top = snapshot.category_by_slug.get(slug), snapshot.parent_of.get(slug)
    yield from (Said(CATEGORY, category.name) for category in (own, top) if category)
    if own:
        yield from (Said(CATEGORY, translation.name) for translation in own.translations.values())
        yield from (Said(CATEGORY_WORD, words) for words in own.words)


def _place_texts(listing: Listing, snapshot: Snapshot) -> Iterator[str]:
    for location in listing.locations:
        yield from _location_texts(location, snapshot)
    for area in listing.service_areas:
        yield from _names(area, snapshot)


def _location_texts(location: Location, snapshot: Snapshot) -> Iterator[str]:
    """An address that must stay hidden is not searchable either: only its town or neighbourhood is.

    Whoever types a street looks for the building, so what happens at a hub leaves the street to the hub.
    """
    address = snapshot.address_of(location)
    yield from _names(getattr(address, "place", None), snapshot)
    if location.hide_exact_address or address is None:
        return
    host = snapshot.listings.get(location.at or "")
    own = (address.name, address.address_1, address.city, address.postal_code)
    yield from (line for line in ((host.title, address.city) if host else own) if line)


def _names(place: str | None, snapshot: Snapshot) -> Iterable[str]:
    found = snapshot.place_by_slug.get(place or "")
    return (found.name, *found.alternate_names) if found else ()


def _points(listing: Listing, snapshot: Snapshot) -> Iterator[Point]:
    """Where it happens; of a hidden address the middle of its town, so that no set of distances betrays it."""
    for location in listing.locations:
        if location.hide_exact_address:
            place = snapshot.place_by_slug.get(location.place or "")
            point = place.point if place else None
        else:
            point = snapshot.point_of(location)
        if point:
            yield point


@lru_cache(maxsize=4096)
def _terms_of_name(text: str) -> tuple[tuple[str, ...], int]:
    """The terms of a name; many listings share a category, a provider and a town."""
    return _terms(text, is_name=True)


def _terms(text: str, *, is_name: bool) -> tuple[tuple[str, ...], int]:
    """The terms of a text, and how many of its words mean something.

    A name's stop words are terms too: a search may have no other words.
    """
    words = split(text)
    meant = telling(word for _, word in words)
    found = [term(word) for word in (meant if not is_name else (word for _, word in words))]
    found += (joined(*pair) for pair in pairs(words, is_name=is_name))
    return tuple(found), len(meant)
