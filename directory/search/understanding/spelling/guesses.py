"""Finds the word of a list that is likeliest meant by one that is not in it, by its letters and by ear."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.search.understanding.spelling.slips import by_letters, cost, ending, heard

LONGEST = 40
BY_EAR = 0.35
"""What it costs to have written by ear."""
OTHER_FIRST_LETTER = 0.15
"""What it costs beyond that to have begun with another letter."""
TOO_STRANGE, TOO_STRANGE_A_LETTER = 2.6, 0.1
"""What letters may cost at most where two words sound the same, and more for each: "ghussa" is not "user"."""
STRANGE = 0.8
"""How much of what the letters cost counts where the sounds are not the same either."""


class Guess(NamedTuple):
    """A word that may be meant: the lower ``unlikeliness`` is, its ``cost`` less what speaks for it, the likelier."""

    unlikeliness: float
    cost: float
    word: str


@dataclass(frozen=True, eq=False)
class Shelf:
    """Words, or their sounds, by length and letters, to take out those that are few slips away from another.

    A slip changes at most two of the letters that a word has once or twice; what has more changed need not be looked
    at closely.
    """

    _words: list[str]
    _letters: npt.NDArray[np.uint64]
    _starts: list[int]
    """The place of the first word that has so many letters or more."""

    @classmethod
    def of(cls, given: Collection[str]) -> "Shelf":
        """A shelf of these words, no two alike."""
        words = sorted(sorted(given), key=len)
        letters = np.fromiter(map(_letters, words), np.uint64, len(words))
        starts = np.searchsorted([len(word) for word in words], np.arange(3 * LONGEST)).tolist()
        return cls(words, letters, starts)

    def amended(self, gone: Iterable[str], come: Iterable[str]) -> "Shelf":
        """The same without some of its words, and with others."""
        words, letters, starts = self._words.copy(), self._letters, self._starts
        for word in gone:
            at = bisect_left(words, (len(word), word), key=_by_length)
            del words[at]
            letters = np.delete(letters, at)
            starts = [start - (length > len(word)) for length, start in enumerate(starts)]
        for word in come:
            at = bisect_left(words, (len(word), word), key=_by_length)
            words.insert(at, word)
            letters = np.insert(letters, at, np.uint64(_letters(word)))
            starts = [start + (length > len(word)) for length, start in enumerate(starts)]
        return Shelf(words, letters, starts)

    def near(self, word: str, slips: int) -> Iterator[str]:
        """Each word that is at most so many letters away."""
        start, end = self._starts[max(len(word) - slips, 0)], self._starts[len(word) + slips + 1]
        changed = np.bitwise_count(self._letters[start:end] ^ np.uint64(_letters(word)))
        few = [self._words[start + at] for at in np.flatnonzero(changed <= 2 * slips).tolist()]
        found = process.extract(word, few, scorer=OSA.distance, score_cutoff=slips, limit=None)
        return (near for near, _, _ in found)


@dataclass(frozen=True, eq=False)
class Guesses:
    """Words of the letters a to z, each with what speaks for it, in the measure of what slips cost."""

    _words: Mapping[str, float]
    _by_letters: Shelf
    _sounds: Mapping[str, Sequence[str]]
    _by_sound: Shelf

    @classmethod
    def of(cls, words: Mapping[str, float]) -> "Guesses":
        """Guesses among these words."""
        sounds: dict[str, list[str]] = {}
        for word, sound in zip(words, heard(words), strict=True):
            sounds.setdefault(sound, []).append(word)
        return cls(words, Shelf.of(words), sounds, Shelf.of(sounds))

    def amended(self, changed: Mapping[str, float | None]) -> "Guesses":
        """The same with what speaks for some words changed, with others, and without those that are None."""
        words = {**self._words, **{word: liking for word, liking in changed.items() if liking is not None}}
        come = [word for word in changed if word in words and word not in self._words]
        gone = [word for word, liking in changed.items() if liking is None and word in words]
        for word in gone:
            del words[word]
        sounds = {**self._sounds}
        for word, sound in zip(gone, heard(gone), strict=True):
            sounds[sound] = [one for one in sounds[sound] if one != word]
        for word, sound in zip(come, heard(come), strict=True):
            sounds[sound] = sorted([*sounds.get(sound, ()), word])
        sounds = {sound: alike for sound, alike in sounds.items() if alike}
        by_sound = self._by_sound.amended(self._sounds.keys() - sounds.keys(), sounds.keys() - self._sounds.keys())
        return Guesses(words, self._by_letters.amended(gone, come), sounds, by_sound)

    @cached_property
    def _most_liked(self) -> float:
        return max(self._words.values(), default=0.0)

    def best(self, word: str, most: float) -> Guess | None:
        """The likeliest word, if what the slips cost is at most so much."""
        best: Guess | None = None
        for near in self._by_letters.near(word, _slips(word)):
            best = self._likelier(best, near, cost(word, near, self._in_reach(best, most)), most)
        for near, its in self._heard_like(word, self._in_reach(best, most)):
            best = self._likelier(best, near, its, most)
        return best

    def _in_reach(self, best: Guess | None, most: float) -> float:
        """What slips may cost so that the word most liked of all were likelier still."""
        return min(most, best.unlikeliness + self._most_liked) if best else most

    def _likelier(self, best: Guess | None, word: str, its: float, most: float) -> Guess | None:
        if its > most:
            return best
        guess = Guess(its - self._words[word], its, word)
        return guess if not best or guess < best else best

    def _heard_like(self, word: str, most: float) -> Iterator[tuple[str, float]]:
        [sound] = heard([word])
        too_strange = TOO_STRANGE + TOO_STRANGE_A_LETTER * len(word)
        for other in self._by_sound.near(sound, 1 if len(sound) < 7 else 2):
            by_ear = BY_EAR + by_letters(sound, other, most)
            for meant in self._sounds[other] if by_ear <= most else ():
                its = by_ear + ending(word, meant) + (OTHER_FIRST_LETTER if word[0] != meant[0] else 0.0)
                if sound != other:
                    yield meant, max(its, STRANGE * by_letters(word, meant, most / STRANGE))
                elif by_letters(word, meant, too_strange) <= too_strange:
                    yield meant, its


def _by_length(word: str) -> tuple[int, str]:
    return len(word), word


def _letters(word: str) -> int:
    """A bit for every letter that a word has, and one for every letter that it has twice."""
    bits = 0
    for letter in word:
        bit = 1 << (ord(letter) & 31)
        bits |= bit << 32 if bits & bit else bit
    return bits


def _slips(word: str) -> int:
    """How many letters may be wrong in a word."""
    return 1 if len(word) < 5 else 2 if len(word) < 9 else 3
