"""Corrects words that are misspelt towards the directory's own words, and leaves alone what is right.

Of the directory's words that are a few slips away, by letters or by ear, the likeliest is taken: the one that the
cheapest slips make, the more usual before the less usual. English words that the directory has not stand beside them,
so that "flihgts" is not taken for "rights".
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.search.understanding.known import english, is_form
from directory.search.understanding.run_together import RunTogether
from directory.search.understanding.slips import by_letters, cost, ending, heard

SHORTEST, LONGEST = 4, 40
"""Letters of the words that are corrected."""
MOST = (0.72, 0.9, 1.25, 1.5, 1.6, 1.85, 2.2)
"""What slips may cost in all, in words of 4 letters, of 5 and so on."""
IN_STRANGE_COMPANY = 0.6
"""What is left of that between words that are neither English nor the directory's: it is another language then."""
SURE = 1.05
"""What slips may cost before it is thought that two words were written as one."""
JOINED = 1.0
SLIP_IN_ONE = 0.72
NO_RIVAL = 0.2
BY_EAR = 0.35
"""What it costs to have written by ear."""
RARE, RARE_AND_LONG, FAR_MORE_USUAL = 56, 50, 17
"""How usual, as ``english`` says, right words are that may be slips, if what is meant is so much more usual."""
RIVALS = 25_000

SAID_SHORT = {
    "2day": "today", "2moro": "tomorrow", "2morro": "tomorrow", "2morow": "tomorrow", "2morrow": "tomorrow",
    "2mrw": "tomorrow", "tmrw": "tomorrow", "tmoro": "tomorrow", "tomoz": "tomorrow", "tmoz": "tomorrow",
    "2nite": "tonight", "2night": "tonight", "tonite": "tonight", "nite": "night", "wknd": "weekend",
    "wkend": "weekend", "b4": "before", "bday": "birthday", "appt": "appointment", "skl": "school", "skool": "school",
    "uni4m": "uniform", "ppl": "people", "sum1": "someone", "some1": "someone", "any1": "anyone", "ne1": "anyone",
    "every1": "everyone", "txt": "text", "msg": "message", "luv": "love", "fone": "phone", "preg": "pregnant",
    "preggers": "pregnant", "preggo": "pregnant", "brekkie": "breakfast", "brekky": "breakfast", "gr8": "great",
    "4ever": "forever", "wiv": "with", "wivout": "without", "babba": "baby", "bubba": "baby", "ecma": "eczema",
    "exma": "eczema", "ekma": "eczema", "exmer": "eczema",
}  # fmt: skip
"""What is written short, or as it is said, too far from the word for any count of slips."""


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
        self._order = sorted(range(len(words)), key=lambda at: len(words[at]))
        self._words = [words[at] for at in self._order]
        self._letters = np.fromiter(map(_letters, self._words), np.uint64, len(words))
        self._starts = np.searchsorted([len(word) for word in self._words], np.arange(3 * LONGEST)).tolist()

    def near(self, word: str, slips: int) -> Iterator[int]:
        """The number of each word that is at most so many letters away."""
        start, end = self._starts[max(len(word) - slips, 0)], self._starts[len(word) + slips + 1]
        changed = np.bitwise_count(self._letters[start:end] ^ np.uint64(_letters(word)))
        few = (np.flatnonzero(changed <= 2 * slips) + start).tolist()
        choices = [self._words[at] for at in few]
        found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=slips, limit=None)
        return (self._order[few[at]] for _, _, at in found)


def _letters(word: str) -> int:
    """A bit for every letter that a word has, and one for every letter that it has twice."""
    bits = 0
    for letter in word:
        bit = 1 << (ord(letter) & 31)
        bits |= bit << 32 if bits & bit else bit
    return bits


@cache
def _rivals() -> tuple[Sequence[str], Shelf]:
    """The usual words of English."""
    words = [word for word in islice(english(), RIVALS) if _is_plain(word)]
    return words, Shelf(words)


class Spelling:
    """The directory's own words with how much each is used. A word that is used 0 times is right, but never meant."""

    def __init__(self, words: Mapping[str, float]) -> None:
        self._use = words
        self._words = sorted(word for word, use in words.items() if use > 0 and _is_plain(word) and len(word) > 2)
        self._by_letters = Shelf(self._words)
        self._sounds = heard(self._words)
        self._alike: dict[str, list[int]] = defaultdict(list)
        for number, sound in enumerate(self._sounds):
            self._alike[sound].append(number)
        self._one_of_alike = list(self._alike)
        self._by_sound = Shelf(self._one_of_alike)
        self._likings = {word: self._liking(word) for word in self._words}
        self._run_together = RunTogether(
            {word: self._likings[word] for word in self._words if word in english() or self._use[word] > 4}
        )

    def corrected(self, word: str, before: str | None = None, after: str | None = None) -> tuple[str, ...] | None:
        """The word or words meant instead of it; None where it is right, or nothing is near enough."""
        if word in self._use or word in FAMILIAR:
            return None
        if word in SAID_SHORT:
            return (SAID_SHORT[word],) if SAID_SHORT[word] in self._use else None
        if not (SHORTEST <= len(word) <= LONGEST) or not _is_plain(word):
            return None
        if word in english():
            return self._not_so_rare(word)
        return None if is_form(word, self._use) else self._meant(word, self._bearing(before, after))

    def joined(self, first: str, second: str) -> str | None:
        """The one word meant by two of which one is not right: "post natle" for "postnatal"."""
        word = first + second
        if not _is_plain(word) or not SHORTEST < len(word) <= LONGEST or all(map(self._is_right, (first, second))):
            return None
        if word in self._use:
            return word
        best = self._best(word, JOINED)
        return best.word if best else None

    def _bearing(self, before: str | None, after: str | None) -> float:
        """How much of what slips may cost is let pass: less between words of another language."""
        beside = [one for one in (before, after) if one]
        return 1.0 if not beside or any(map(self._is_right, beside)) else IN_STRANGE_COMPANY

    def _is_right(self, word: str) -> bool:
        return word in self._use or word in FAMILIAR or word in english() or not _is_plain(word)

    def _meant(self, word: str, bearing: float) -> tuple[str, ...] | None:
        best = self._best(word, bearing * MOST[min(len(word) - SHORTEST, len(MOST) - 1)])
        if best and best.cost <= SURE:
            return (best.word,)
        apart = self._run_together.taken_apart(word)
        if apart:
            return apart
        return (best.word,) if best else self._with_a_slip(word)

    def _with_a_slip(self, word: str) -> tuple[str, ...] | None:
        """Two words written as one, with a slip in one of them: "mentalhelth"."""
        for cut in range(len(word) - SHORTEST, SHORTEST - 1, -1):
            first, second = word[:cut], word[cut:]
            if self._run_together.is_part(first):
                best = self._best(second, SLIP_IN_ONE)
                if best:
                    return (first, best.word)
            elif self._run_together.is_part(second):
                best = self._best(first, SLIP_IN_ONE)
                if best:
                    return (best.word, second)
        return None

    def _best(self, word: str, most: float) -> Guess | None:
        """The likeliest word, if it is cheap enough, and the directory's."""
        best = min(self._guesses(word, most), default=None)
        if not best or best.cost > most:
            return None
        if best.unlikeliness > NO_RIVAL and min(self._others(word, most), default=best) < best:
            return None
        return best

    def _not_so_rare(self, word: str) -> tuple[str, ...] | None:
        """What is meant by a word that is right, but so rare that it is likelier a slip: "corse"."""
        usual = english()
        most = 0.7 if usual[word] <= RARE_AND_LONG and len(word) > 6 else BY_EAR if usual[word] <= RARE else 0.0
        best = self._best(word, most) if most else None
        return (best.word,) if best and usual.get(best.word, 0) >= usual[word] + FAR_MORE_USUAL else None

    def _guesses(self, word: str, most: float) -> Iterator[Guess]:
        costs = {}
        for number in self._by_letters.near(word, 1 if len(word) < 5 else 2 if len(word) < 9 else 3):
            costs[number] = cost(word, self._words[number], most)
        for number, its in self._heard_like(word, most):
            costs[number] = min(its, costs.get(number, its))
        for number, its in costs.items():
            yield Guess(its - self._likings[self._words[number]], its, self._words[number])

    def _others(self, word: str, most: float) -> Iterator[Guess]:
        """Usual English words, which the directory has not, that may be meant."""
        rivals, shelf = _rivals()
        for number in shelf.near(word, 1):
            if rivals[number] not in self._use:
                its = by_letters(word, rivals[number], most)
                yield Guess(its + 0.25 - 0.01 * (english()[rivals[number]] - 75), its, rivals[number])

    def _heard_like(self, word: str, most: float) -> Iterator[tuple[int, float]]:
        [sound] = heard([word])
        for one in self._by_sound.near(sound, 1 if len(sound) < 7 else 2):
            other = self._one_of_alike[one]
            by_ear = BY_EAR + by_letters(sound, other, most)
            for number in self._alike[other] if by_ear <= most else ():
                meant = self._words[number]
                its = by_ear + ending(word, meant) + (0.15 if word[0] != meant[0] else 0.0)
                if sound == other and by_letters(word, meant, 2.6) <= 2.6:
                    yield number, its
                elif sound != other:
                    yield number, max(its, 0.8 * by_letters(word, meant, 2 * most))

    def _liking(self, word: str) -> float:
        """What speaks for a word: that the directory uses it much, that it is usual in English."""
        use, usual = self._use[word], english().get(word, 0)
        is_known = 0.2 if usual or use >= 5 else 0.0
        return is_known + 0.07 * math.log2(1 + use) + 0.004 * max(usual - 50, 0)


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalpha()
