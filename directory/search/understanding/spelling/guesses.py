"""Finds the word of a list that is likeliest meant by one that is not in it, by its letters and by ear."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
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


class Shelf:
    """Words, or their sounds, by length and letters, to take out those that are few slips away from another.

    A slip changes at most two of the letters that a word has once or twice; what has more changed need not be looked
    at closely.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = sorted(words, key=len)
        self._letters = np.fromiter(map(_letters, self._words), np.uint64, len(words))
        self._starts = np.searchsorted([len(word) for word in self._words], np.arange(3 * LONGEST)).tolist()

    def near(self, word: str, slips: int) -> Iterator[str]:
        """Each word that is at most so many letters away."""
        start, end = self._starts[max(len(word) - slips, 0)], self._starts[len(word) + slips + 1]
        changed = np.bitwise_count(self._letters[start:end] ^ np.uint64(_letters(word)))
        few = [self._words[start + at] for at in np.flatnonzero(changed <= 2 * slips).tolist()]
        found = process.extract(word, few, scorer=OSA.distance, score_cutoff=slips, limit=None)
        return (near for near, _, _ in found)


class Guesses:
    """Words of the letters a to z, each with what speaks for it, in the measure of what slips cost."""

    def __init__(self, words: Mapping[str, float]) -> None:
        self._words = words
        self._most_liked = max(words.values(), default=0.0)
        self._by_letters = Shelf(list(words))
        self._sounds: dict[str, list[str]] = defaultdict(list)
        for word, sound in zip(words, heard(words), strict=True):
            self._sounds[sound].append(word)
        self._by_sound = Shelf(list(self._sounds))

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
