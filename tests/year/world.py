"""An invented borough for two years: its listings and owners, and what becomes wrong when, whoever keeps it.

Worked out before anything is lived through, so that every set of rules meets the very same two years.
"""

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass

from directory.model.listing import Access, Checked, Listing, Location
from tests.year import assumptions
from tests.year.assumptions import KINDS, TEMPERS, Kinds, Temper

START = datetime.date(2026, 1, 1)
DAYS = 730
"""The first year brings the borough to where a directory is that has run for a while; the second is counted."""
COUNTED_FROM = 365


@dataclass(frozen=True)
class Change:
    """That something about a listing is no longer so. ``told``: the day on which its owner says so unasked, if ever."""

    day: int
    ends: bool
    told: int | None


@dataclass(frozen=True)
class Owner:
    """Somebody who keeps listings. ``leaves``: the day from which nobody reads their mail; ``bounces``: it returns."""

    number: int
    temper: Temper
    leaves: int | None
    bounces: bool

    def is_here(self, day: int) -> bool:
        """Whether they still read their mail on that day."""
        return self.leaves is None or day < self.leaves


@dataclass(frozen=True)
class Kept:
    """A listing, who keeps it, which hub serves it, how often it is seen a day, and what becomes wrong with it."""

    listing: Listing
    owner: Owner
    hub: int
    views: float
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class World:
    """The whole borough."""

    kept: tuple[Kept, ...]
    owners: tuple[Owner, ...]
    hubs: int


def made(seed: int, listings: int = assumptions.LISTINGS, owners: int = assumptions.OWNERS) -> World:
    """The borough of a seed: the same seed makes the same one."""
    chance = random.Random(seed)
    people = tuple(_owner(number, chance) for number in range(owners))
    weights = [1 / (rank + 1) ** assumptions.FAVOURITES for rank in range(listings)]
    chance.shuffle(weights)
    total = sum(weights)
    kinds = chance.choices(KINDS, [one.share for one in KINDS], k=listings)
    kept = (
        _kept(number, kind, chance.choice(people), assumptions.VIEWS_A_DAY * weight / total, chance)
        for number, (kind, weight) in enumerate(zip(kinds, weights, strict=True))
    )
    return World(tuple(kept), people, max(1, round(assumptions.HUBS * listings / assumptions.LISTINGS)))


def _owner(number: int, chance: random.Random) -> Owner:
    temper = chance.choices(TEMPERS, [one.share for one in TEMPERS])[0]
    gone = chance.expovariate(assumptions.LEAVES_A_YEAR / 365)
    return Owner(number, temper, int(gone) if gone < DAYS else None, chance.random() < assumptions.BOUNCES)


def _kept(number: int, kind: Kinds, owner: Owner, views: float, chance: random.Random) -> Kept:
    months = 12 if kind.kind == "hub" else 3
    checked = START - datetime.timedelta(chance.randrange(30 * months))
    listing = Listing(
        slug=f"listing-{number}",
        kind=kind.kind,
        title=f"Listing {number}",
        summary="Invented.",
        provider=f"provider-{owner.number}",
        categories=("anything",),
        access=Access(ways=("drop_in",)),
        locations=(Location(name=f"Room {number}"),),
        checked=Checked(on=checked, by="provider"),
    )
    hub = chance.randrange(assumptions.HUBS)
    return Kept(listing, owner, hub, views, tuple(_changes(kind, owner, chance)))


def _changes(kind: Kinds, owner: Owner, chance: random.Random) -> Iterator[Change]:
    rate = (kind.details_a_year + kind.ends_a_year) / 365
    day = chance.expovariate(rate)
    while day < DAYS:
        ends = chance.random() < kind.ends_a_year / (kind.details_a_year + kind.ends_a_year)
        yield Change(int(day), ends, _told(int(day), owner, chance))
        if ends:
            return
        day += chance.expovariate(rate)


def _told(day: int, owner: Owner, chance: random.Random) -> int | None:
    later = day + int(chance.uniform(0, 2 * owner.temper.days_to_tell))
    return later if chance.random() < owner.temper.tells and owner.is_here(later) else None
