"""The content as pages show it on one day: what is live, in which order, behind which door.

Made anew when the content or the day changes.
"""

import datetime
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any, cast

from flask import current_app

from directory.model.calendar import LONDON
from directory.model.category import Category, TopCategory
from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from directory.services import Services

EXTENSION = "directory"
DIGITS = "0-9"
Clock = Callable[[], datetime.datetime]


def london_now() -> datetime.datetime:
    """The time now, in Europe/London."""
    return datetime.datetime.now(LONDON)


PIECES = 60_000
"""Enough for the cards and the sessions of 5,000 listings in five languages; each takes some two kilobytes."""
SEARCHES = 600
"""How many searches' own pieces are kept: people go to a listing and back; some 10 kB each."""


_OF_ONE_LISTING = frozenset(("card", "session"))
"""What pages make that says something of one listing, whose slug comes next in the key, and of where it is."""
_OF_NO_LISTING = frozenset(("choice", "label"))
_TEMPLATES_OF_NO_LISTING = frozenset(
    (
        "forms/days.html", "forms/hub.html", "forms/search.html", "forms/search_again.html", "frame/footer.html",
        "frame/top.html", "parts/by_day.html", "parts/choices.html", "parts/corrected.html", "parts/day.html",
        "parts/days.html", "parts/narrow.html", "parts/on_now.html", "parts/pagination.html", "parts/tag.html",
        "parts/tags.html", "parts/unknown_place.html", "public/results.html", "public/whats_on.html",
    )
)  # fmt: skip
"""What pages make that a change of listings leaves as it is, by kind and by template; all else is made again."""


class Made(dict[tuple[Any, ...], Any]):
    """What pages made and may use again. Full, it forgets everything: no visitor can make it grow for ever."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: tuple[Any, ...], value: Any) -> None:
        if len(self) >= self._most:
            self.clear()
        super().__setitem__(key, value)


@dataclass(frozen=True)
class Showing:
    """One snapshot on one day. ``made`` holds what pages made out of it, such as cards, and goes when it goes.

    ``of_searches`` holds what belongs to one search alone.
    """

    snapshot: Snapshot
    today: datetime.date
    made: Made = field(default_factory=partial(Made, PIECES), repr=False, compare=False)
    of_searches: Made = field(default_factory=partial(Made, SEARCHES), repr=False, compare=False)

    @cached_property
    def live(self) -> tuple[Listing, ...]:
        """Every listing that people may see today, by title."""
        found = (one for one in self.snapshot.listings.values() if self.snapshot.is_live(one, self.today))
        return tuple(sorted(found, key=_by_title))

    @cached_property
    def in_category(self) -> MappingProxyType[str, tuple[Listing, ...]]:
        """The live listings of each category; a top category has those of all its categories, each once."""
        found: dict[str, list[Listing]] = defaultdict(list)
        for one in self.live:
            for slug in self.categories_of(one):
                found[slug].append(one)
        return MappingProxyType({slug: tuple(listings) for slug, listings in found.items()})

    def categories_of(self, listing: Listing) -> frozenset[str]:
        """The slugs of its categories, and of the top categories that these are of."""
        tops = (top.slug for slug in listing.categories if (top := self.snapshot.parent_of.get(slug)))
        return frozenset((*listing.categories, *tops))

    @cached_property
    def doors(self) -> tuple[TopCategory, ...]:
        """The top categories to offer: neither hidden nor without anything behind them."""
        return tuple(top for top in self.snapshot.categories if self.offers(top))

    def offers(self, category: Category) -> bool:
        """Whether people who browse should be shown the category."""
        return not category.hidden and category.slug in self.in_category

    @cached_property
    def by_letter(self) -> MappingProxyType[str, tuple[Listing, ...]]:
        """The live listings by the first letter of their title: a to z, then all others together."""
        found: dict[str, list[Listing]] = defaultdict(list)
        for one in self.live:
            first = one.title[:1].casefold()
            found[first if "a" <= first <= "z" and first.isascii() else DIGITS].append(one)
        return MappingProxyType(
            {letter: tuple(found[letter]) for letter in sorted(found, key=lambda one: (one == DIGITS, one))}
        )


@dataclass
class Shown:
    """What the application shows, and what it asks: the services, the clock, and the newest showing."""

    services: Services
    clock: Clock
    _newest: Showing | None = field(default=None, repr=False)

    def newest(self) -> Showing:
        """The showing of the newest good content on this day."""
        snapshot, today = self.services.snapshot, self.clock().date()
        newest = self._newest
        if newest is None or newest.today != today:
            newest = self._newest = Showing(snapshot, today)
        elif newest.snapshot is not snapshot:
            newest = self._newest = _later(newest, snapshot)
        return newest


def _later(before: Showing, snapshot: Snapshot) -> Showing:
    """The showing of newer content on the same day, with what was made before of content that this one has too."""
    changed, later = snapshot.differing_from(before.snapshot), Showing(snapshot, before.today)
    if changed is None:
        return later
    hosts = changed & (snapshot.offered_at.keys() | before.snapshot.offered_at.keys())
    kept = before.made.copy().items()
    later.made.update((key, one) for key, one in kept if _is_still_so(key, snapshot, changed, hosts))
    known = vars(before)
    gone = tuple(before.snapshot.in_order(tuple(changed)))
    come = tuple(one for one in snapshot.in_order(tuple(changed)) if snapshot.is_live(one, before.today))
    if "live" in known:
        vars(later)["live"] = _with(known["live"], gone, come)
    if "in_category" in known:
        vars(later)["in_category"] = _in_category(before, later, gone, come)
    return later


def _in_category(
    before: Showing, later: Showing, gone: Sequence[Listing], come: Sequence[Listing]
) -> MappingProxyType[str, tuple[Listing, ...]]:
    """The live listings of each category of newer content, from which these have ``gone`` and to which these come."""
    whole = dict(before.in_category)
    for slug in {slug for one in (*gone, *come) for slug in later.categories_of(one)}:
        own = (one for one in come if slug in later.categories_of(one))
        whole[slug] = _with(whole.get(slug, ()), gone, own)
    return MappingProxyType({slug: listings for slug, listings in whole.items() if listings})


def _with(listings: tuple[Listing, ...], gone: Iterable[Listing], come: Iterable[Listing]) -> tuple[Listing, ...]:
    """Listings by title without those that have gone, as far as they were there, and with those that come."""
    kept = list(listings)
    for one in gone:
        place = bisect_left(kept, _by_title(one), key=_by_title)
        if kept[place : place + 1] == [one]:
            del kept[place]
    for one in come:
        insort(kept, one, key=_by_title)
    return tuple(kept)


def _by_title(listing: Listing) -> tuple[str, str]:
    return listing.title.casefold(), listing.slug


def _is_still_so(key: tuple[Any, ...], snapshot: Snapshot, changed: Set[str], hosts: Set[str]) -> bool:
    """Whether what was made says nothing of listings, or of one that did not change and is at none that did.

    ``hosts`` are those of the changed ones that others are at.
    """
    if key[0] in _OF_ONE_LISTING:
        listing = None if key[1] in changed else snapshot.listings.get(key[1])
        if listing is None or not hosts:
            return listing is not None
        return all(location.at not in hosts for location in listing.locations)
    return key[0] in _OF_NO_LISTING or (key[0] == "drawn" and key[1] in _TEMPLATES_OF_NO_LISTING)


def shown() -> Shown:
    """What the current application shows."""
    return cast(Shown, current_app.extensions[EXTENSION])


def showing() -> Showing:
    """The content as it is to be shown now."""
    return shown().newest()
