"""Which of the needs that the content knows a search is about.

A search is held against the words of every need. Each of its words counts for as much as it is rare among the needs,
and for as much of a phrase of the need as the search has: a whole phrase counts fully, half a phrase much less.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from directory.model.need import Need
from directory.model.snapshot import Snapshot
from directory.search.other_languages import sound
from directory.search.understanding.spelling import english
from directory.search.words import SOFT_WORDS, says_little, split, telling, term, words_of

WHOLE_PHRASE = 1.5
"""The power to which the share of a phrase that a search has is raised."""
STRANGE = 3.0
"""What a word counts for that no need has: about as much as one that a twentieth of them have."""
SOFT = 0.25
"""What is left of a word that says little, such as "help"."""
SURE = 0.6
"""The share of a search that a need has to account for to be as sure as can be."""
LEAST = 0.35
BESIDE_THE_POINT = 0.42
NEARLY = 0.1
"""Below this share of the search it is about something else, the more so where the need has not the word that tells
most; below the last it does not even come near."""
OF_A_STORY, MUCH = 0.2, 6.0
"""The share that is enough of a long search, and what has to be accounted for there: more than any one word counts."""
STORY_WORDS, TELLING_PHRASE, STANDS_OUT = 6, 3.5, 1.3
"""A search of so many telling words is a story. What it names in a whole phrase of that worth, and so much more than
anything else, it is about, however long it is."""
BESIDE = 0.6
"""How near to the surest need others have to come to be looked for too."""
MOST = 4
SHORTEST_SOUND = 4
"""Letters that the sound of a word has at least for the word to be looked up by it."""


class Match(NamedTuple):
    """A need that a search is about, and how sure that is, from 0 to 1. What is not ``is_sure`` is a guess."""

    slug: str
    sureness: float
    is_sure: bool = True


class KnownNeeds:
    """The needs of the content, ready to be held against searches."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._slugs = [need.slug for need in snapshot.needs]
        phrases = [
            (number, phrase) for number, need in enumerate(snapshot.needs) for phrase in _phrases(need, snapshot)
        ]
        self._need_of = np.array([number for number, _ in phrases], np.intp)
        self._soft = _soft(snapshot)
        self._rarity = _rarity([phrase for _, phrase in phrases], self._need_of, len(self._slugs))
        self._whole = np.array([sum(self._rarity[one] for one in phrase) for _, phrase in phrases], np.float32)
        self._phrases_with = _by_term([phrase for _, phrase in phrases])
        self._by_sound = {sound(one): one for one in self._phrases_with if _is_free(one)}

    def about(self, words: Sequence[str], aside: Sequence[str] = ()) -> tuple[Match, ...]:
        """What the words ask for, surest first. Words set ``aside`` help to tell, but need not be accounted for.

        Two neighbours count as one word too, so that "basket ball" asks for what "basketball" does.
        """
        as_one = (first + second for first, second in pairwise(words))
        terms = dict.fromkeys((*map(self._meant, words), *map(term, as_one), *map(self._meant, aside)))
        known = [one for one in terms if one in self._phrases_with]
        if not known:
            return ()
        asked = sum(self._worth(self._meant(word)) for word in dict.fromkeys(words)) or STRANGE
        crux = max(map(self._meant, words), key=self._worth, default="")
        found = self._found(known)
        accounted_for = self._accounted_for(known, found)
        told = self._told_by_the_way(found, accounted_for) if len(words) >= STORY_WORDS else -1
        return tuple(self._surest(accounted_for, asked, self._misses(crux), told))

    def _found(self, terms: Sequence[str]) -> npt.NDArray[np.float32]:
        """How much of each phrase a search has."""
        found = np.zeros(len(self._whole), np.float32)
        for one in terms:
            found[self._phrases_with[one]] += self._rarity[one]
        return found

    def _told_by_the_way(self, found: npt.NDArray[np.float32], accounted_for: npt.NDArray[np.float32]) -> int:
        """The need that a long story names in a whole telling phrase, more than it does any other; -1 for none."""
        best, *others = np.argsort(-accounted_for, kind="stable")[:2].tolist()
        stands_out = all(accounted_for[best] >= STANDS_OUT * accounted_for[other] for other in others)
        whole = (found >= 0.999 * self._whole) & (self._whole >= TELLING_PHRASE) & (self._need_of == best)
        return best if stands_out and whole.any() else -1

    def _misses(self, crux: str) -> npt.NDArray[np.bool_]:
        """The needs that know nothing of the word of a search that tells most."""
        missing = np.ones(len(self._slugs), np.bool_)
        missing[self._need_of[self._phrases_with.get(crux, [])]] = False
        return missing

    def _meant(self, word: str) -> str:
        """The term of a word, or one that sounds like it where it is nobody's and may be spelled in any way."""
        own = term(word)
        is_known = own in self._phrases_with or own in self._soft or not _is_free(word)
        return own if is_known else self._by_sound.get(sound(word), own)

    def _worth(self, meant: str) -> float:
        """What a term counts for in a search; in a phrase each counts for as much as it is rare."""
        return self._rarity.get(meant, STRANGE) * (SOFT if meant in self._soft or says_little(meant) else 1)

    def _accounted_for(self, terms: Sequence[str], found: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """How much of the search each need accounts for."""
        begun = np.flatnonzero(found)
        share = np.zeros_like(found)
        share[begun] = (found[begun] / self._whole[begun]) ** WHOLE_PHRASE
        whole = np.zeros(len(self._slugs), np.float32)
        for one in terms:
            phrases = self._phrases_with[one]
            best = np.zeros(len(self._slugs), np.float32)
            np.maximum.at(best, self._need_of[phrases], share[phrases])
            whole += self._worth(one) * best
        return whole

    def _surest(
        self, accounted_for: npt.NDArray[np.float32], asked: float, is_beside: npt.NDArray[np.bool_], told: int
    ) -> Iterator[Match]:
        share = accounted_for / asked
        least = np.where(accounted_for >= MUCH, OF_A_STORY, np.where(is_beside, BESIDE_THE_POINT, LEAST))
        order = np.argsort(-share, kind="stable")[:MOST]
        best = float(share[order[0]])
        for number in order.tolist():
            if share[number] >= max(NEARLY, BESIDE * best):
                sureness = float(share[number] / best) * min(1.0, best / SURE)
                yield Match(self._slugs[number], sureness, bool(share[number] >= least[number]) or number == told)


def _phrases(need: Need, snapshot: Snapshot) -> Iterator[tuple[str, ...]]:
    elsewhere = (one.words for language in snapshot.languages for one in language.needs if one.need == need.slug)
    texts = dict.fromkeys([need.name, *need.words, *(word for words in elsewhere for word in words)])
    phrases = (tuple(dict.fromkeys(term(word) for word in telling(words_of(text)))) for text in texts)
    yield from (phrase for phrase in dict.fromkeys(phrases) if phrase)


def _is_free(word: str) -> bool:
    """Whether a word is of a language that has no one spelling in Latin letters, for all that English knows."""
    return word.isascii() and word.isalpha() and len(sound(word)) >= SHORTEST_SOUND and word not in english()


def _soft(snapshot: Snapshot) -> frozenset[str]:
    """The terms that say little, in English and in every other language of the content."""
    elsewhere = (text for language in snapshot.languages for text in language.says_little)
    return frozenset(term(word) for word in (*SOFT_WORDS, *(word for text in elsewhere for _, word in split(text))))


def _rarity(phrases: Sequence[tuple[str, ...]], need_of: npt.NDArray[np.intp], needs: int) -> Mapping[str, float]:
    """How rare each term is among the needs: the idf of those that have it."""
    having: dict[str, set[int]] = defaultdict(set)
    for phrase, need in zip(phrases, need_of.tolist(), strict=True):
        for one in phrase:
            having[one].add(need)
    return {one: math.log(1 + needs / len(found)) for one, found in having.items()}


def _by_term(phrases: Sequence[tuple[str, ...]]) -> Mapping[str, npt.NDArray[np.intp]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        for one in phrase:
            found[one].append(number)
    return {one: np.array(numbers, np.intp) for one, numbers in found.items()}
