"""Corrects words that are misspelt towards the directory's own words, and leaves alone what is right.

Of the directory's words that are a few slips away, by letters or by ear, the likeliest is taken: the one that the
cheapest slips make, the more usual before the less usual. English words that the directory has not stand beside them,
so that "flihgts" is not taken for "rights".
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.search.understanding.known import english, is_form
from directory.search.understanding.slips import by_letters, cost, ending, heard

SHORTEST, LONGEST = 4, 40
"""Letters of the words that are corrected."""
MOST = (0.72, 1.0, 1.25, 1.42, 1.5, 1.7, 2.0)
"""What slips may cost in all, in words of 4 letters, of 5 and so on."""
IN_STRANGE_COMPANY = 0.6
"""What is left of that between words that are neither English nor the directory's: it is another language then."""
BY_EAR = 0.35
"""What it costs to have written by ear."""
RARE, RARE_AND_LONG, FAR_MORE_USUAL = 56, 50, 17
"""How usual, as ``english`` says, right words are that may be slips, if what is meant is so much more usual."""
RIVALS = 25_000

_Numbers = npt.NDArray[np.uint64]


class Guess(NamedTuple):
    """A word that may be meant: the lower ``unlikeliness`` is, its ``cost`` less what speaks for it, the likelier."""

    unlikeliness: float
    cost: float
    word: str


class Shelf:
    """Words by length and letters, to take out those that are few slips away from another.

    A slip changes at most two of the letters that a word has once or twice; so what has more changed need not be
    looked at closely.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._order = sorted(range(len(words)), key=lambda at: len(words[at]))
        self._words = [words[at] for at in self._order]
        self._letters = _letters(self._words)
        lengths = [len(word) for word in self._words]
        self._starts = np.searchsorted(lengths, np.arange(2 * LONGEST)).tolist()

    def near(self, word: str, slips: int) -> Iterator[int]:
        """The number of each word that is at most so many letters away."""
        start, end = self._starts[max(len(word) - slips, 0)], self._starts[len(word) + slips + 1]
        changed = np.bitwise_count(self._letters[start:end] ^ _letters([word]))
        few = (np.flatnonzero(changed <= 2 * slips) + start).tolist()
        choices = [self._words[at] for at in few]
        found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=slips, limit=None)
        return (self._order[few[at]] for _, _, at in found)


def _letters(words: Sequence[str]) -> _Numbers:
    """For each word a bit for every letter that it has, and one for every letter that it has twice."""
    text = np.frombuffer("".join(words).encode(), np.uint8) - ord("a")
    whose = np.repeat(np.arange(len(words)), [len(word) for word in words])
    times = np.bincount(whose * 26 + text, minlength=len(words) * 26).astype(np.uint64).reshape(-1, 26)
    bits = np.uint64(1) << np.arange(52, dtype=np.uint64)
    return np.minimum(times, 1) @ bits[:26] | np.minimum(times // 2, 1) @ bits[26:]


class Spelling:
    """The directory's own words with how much each is used. A word that is used 0 times is right, but never meant."""

    def __init__(self, words: Mapping[str, float]) -> None:
        self._use = words
        self._words = sorted(word for word, use in words.items() if use > 0 and _is_plain(word) and len(word) > 2)
        self._by_letters = Shelf(self._words)
        self._sounds, roughly = heard(self._words)
        self._alike: dict[str, list[int]] = defaultdict(list)
        for number, sound in enumerate(roughly):
            self._alike[sound].append(number)
        self._rough = list(self._alike)
        self._by_ear = Shelf(self._rough)
        self._rivals = [word for word in list(english())[:RIVALS] if word not in words and _is_plain(word)]
        self._rival_letters = Shelf(self._rivals)

    def corrected(self, word: str, before: str | None = None, after: str | None = None) -> tuple[str, ...] | None:
        """The word or words meant instead of it; None where it is right, or nothing is near enough."""
        if not (SHORTEST <= len(word) <= LONGEST) or not _is_plain(word) or word in self._use:
            return None
        most = MOST[min(len(word) - SHORTEST, len(MOST) - 1)]
        if word in english():
            return self._not_so_rare(word)
        if is_form(word, self._use):
            return None
        beside = [one for one in (before, after) if one]
        if beside and not any(one in self._use or one in english() for one in beside):
            most *= IN_STRANGE_COMPANY
        best = min(self._guesses(word, most), default=None)
        return (best.word,) if best and best.cost <= most and best.word in self._use else None

    def _not_so_rare(self, word: str) -> tuple[str, ...] | None:
        """What is meant by a word that is right, but so rare that it is likelier a slip: "corse"."""
        usual = english()
        most = 0.7 if usual[word] <= RARE_AND_LONG and len(word) > 6 else BY_EAR if usual[word] <= RARE else 0.0
        best = min(self._guesses(word, most), default=None) if most else None
        is_it = best and best.cost <= most and usual.get(best.word, 0) >= usual[word] + FAR_MORE_USUAL
        return (best.word,) if best and is_it else None

    def _guesses(self, word: str, most: float) -> Iterator[Guess]:
        costs = {
            number: cost(word, self._words[number], most)
            for number in self._by_letters.near(word, 1 if len(word) < 5 else 2 if len(word) < 9 else 3)
        }
        for number, by_ear in self._heard_like(word, most):
            costs[number] = min(by_ear, costs.get(number, by_ear))
        for number, its in costs.items():
            yield Guess(its - self._liking(self._words[number]), its, self._words[number])
        for number in self._rival_letters.near(word, 1):
            rival = self._rivals[number]
            its = by_letters(word, rival, most)
            yield Guess(its + 0.25 - 0.01 * (english()[rival] - 75), its, rival)

    def _heard_like(self, word: str, most: float) -> Iterator[tuple[int, float]]:
        [sound], [roughly] = heard([word])
        for rough in self._by_ear.near(roughly, 1 if len(roughly) > 3 else 0):
            for number in self._alike[self._rough[rough]]:
                by_ear = by_letters(sound, self._sounds[number], most)
                yield number, BY_EAR + by_ear + ending(word, self._words[number])

    def _liking(self, word: str) -> float:
        """What speaks for a word: that the directory uses it much, that it is usual in English."""
        use, usual = self._use[word], english().get(word, 0)
        is_known = 0.2 if usual or use >= 5 else 0.0
        return is_known + 0.05 * math.log2(1 + use) + 0.004 * max(usual - 50, 0)


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalpha()
