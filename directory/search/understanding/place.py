"""The places that a search names anywhere among its words: postcodes, parts of them, towns and neighbourhoods."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from directory.model.nearby import FindPostcode, Nearby, find_nearby
from directory.model.place import name_key
from directory.model.snapshot import Snapshot

_OUTWARD = re.compile("[a-z]{1,2}[0-9][a-z0-9]?")
_INWARD = re.compile("[0-9]([a-z]{2})?")
_WHOLE = re.compile("[a-z]{1,2}[0-9][a-z0-9]?[0-9][a-z]{2}")


class Named(NamedTuple):
    """A place, and which words named it: ``words[first:last]``."""

    nearby: Nearby
    first: int
    last: int


class PlaceNames:
    """The names that people may write for a place."""

    def __init__(self, snapshot: Snapshot, find_postcode: FindPostcode) -> None:
        self._snapshot, self._find_postcode = snapshot, find_postcode
        self._by_first_word: dict[str, list[tuple[str, ...]]] = {}
        for name in snapshot.place_by_name:
            words = tuple(name_key(name).split())
            if words:
                self._by_first_word.setdefault(words[0], []).append(words)
        for names in self._by_first_word.values():
            names.sort(key=len, reverse=True)

    def read(self, words: Sequence[str]) -> list[Named]:
        """Every place that the words name, in order; of names that begin alike the longest."""
        found: list[Named] = []
        for first in range(len(words)):
            if found and first < found[-1].last:
                continue
            for last in (*self._ends_of_postcode(words, first), *self._ends_of_name(words, first)):
                nearby = find_nearby(" ".join(words[first:last]), self._snapshot, self._find_postcode)
                if nearby:
                    found.append(Named(nearby, first, last))
                    break
        return found

    def _ends_of_name(self, words: Sequence[str], first: int) -> Iterator[int]:
        for name in self._by_first_word.get(words[first], ()):
            if tuple(words[first : first + len(name)]) == name:
                yield first + len(name)

    def _ends_of_postcode(self, words: Sequence[str], first: int) -> Iterator[int]:
        word = words[first]
        if not any(letter.isdigit() for letter in word):
            return
        if _OUTWARD.fullmatch(word):
            if first + 1 < len(words) and _INWARD.fullmatch(words[first + 1]):
                yield first + 2
            yield first + 1
        elif _WHOLE.fullmatch(word):
            yield first + 1
