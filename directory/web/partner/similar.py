"""Listings that may be the same thing as one that somebody is about to add: same words, place or provider. Pure."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory.model.listing import Listing, place_name
from directory.model.place import name_key
from directory.model.snapshot import Snapshot

MOST = 5
ENOUGH = 0.6
"""The share of the weight of two titles that they must have in common (Dice), if their words alone are the reason."""
_SAME_PLACE, _SAME_PROVIDER = 0.25, 0.2
_SMALL_WORDS = frozenset(
    ["a", "an", "and", "at", "for", "from", "in", "of", "on", "or", "our", "s", "the", "to", "with", "your"]
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Similar:
    """A listing that may be the same, and what speaks for it beside its words."""

    listing: Listing
    is_same_place: bool
    is_same_provider: bool


def words_of(title: str) -> frozenset[str]:
    """The words of a title that tell it from others, without plurals."""
    words = _WORD.findall(name_key(title))
    return frozenset(_singular(word) for word in words if word not in _SMALL_WORDS)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _joined(title: str) -> str:
    """A title as one word: Dad Zone is DadZone."""
    return name_key(title).replace(" ", "")


def places_of(locations: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """What tells the places of a listing apart, from its keys."""
    return frozenset(name for one in locations if (name := place_name(one)))


def similar(
    title: str, snapshot: Snapshot, *, provider: str = "", places: frozenset[str] = frozenset(), but: str = ""
) -> Sequence[Similar]:
    """The listings most like a title, best first; ``but`` is the slug of the listing itself.

    A word that many titles have says little; one that few have says much.
    """
    wanted = words_of(title)
    if not wanted:
        return ()
    titles = [(one, words_of(one.title)) for one in snapshot.listings.values()]
    frequent = Counter(word for _, words in titles for word in words)
    weight = {word: 1 / math.log(math.e + frequent[word]) for word in wanted | frequent.keys()}
    found = []
    for one, words in titles:
        is_same_name = _joined(one.title) == _joined(title)
        if one.slug == but or one.status == "defunct" or (wanted.isdisjoint(words) and not is_same_name):
            continue
        shared = is_same_name or 2 * _sum(weight, wanted & words) / (_sum(weight, wanted) + _sum(weight, words))
        is_same_place = not places.isdisjoint(location.place_name for location in one.locations)
        is_same_provider = one.provider == provider
        score = shared + _SAME_PLACE * is_same_place + _SAME_PROVIDER * is_same_provider
        if score >= ENOUGH:
            found.append((-score, one.title, Similar(one, is_same_place, is_same_provider)))
    return [one for _, _, one in sorted(found, key=lambda each: each[:2])[:MOST]]


def _sum(weight: Mapping[str, float], words: Iterable[str]) -> float:
    return sum(weight[word] for word in words)
