"""Scores listings for a search: decoded postings added up in arrays, one number a listing.

A listing's score for one idea is BM25F's: idf x weight / (K + weight), where the weight already holds the part of the
listing and its length. Scores are added, and multiplied by the share of the search that the listing accounts for.
"""

import datetime
import math
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from directory.search.arrays import Floats, Ids, Mask
from directory.search.bounded import Bounded
from directory.search.document import named
from directory.search.facts import Columns
from directory.search.facts import joined as in_one
from directory.search.understanding import Alternative, Idea, Reading, Ways
from directory.search.whoosh_files import NO_POSTINGS, Opened, Postings, all_of, bytes_of_postings
from directory.search.words import LONGEST_WORD, STOP_WORDS, joined, term, ways_to_join

LEVELS_OFF = 4.0
"""The weight at which a mention counts for half of all that mentions can count for (BM25's k1)."""
PHRASE = 0.5
ASIDE = 0.25
"""What words that stand together, and words that were set aside, count for beyond the words that were asked for."""
SOFT = 0.25
"""What a word that says little counts for beside another."""
NAMED = 1.2
"""What it counts for to have all that was asked for in a name: more than anything else can."""
WHOLE_NAME = 0.99
"""The share of a name, each of its words an equal part, from which on it is all there."""
STRANGE = 2
"""A word that no listing has is worth as much of a search as one that so many have."""
CACHE_BYTES, CACHE_BYTES_A_LISTING = 32_000_000, 3_000
"""Room for postings and hits: what some thousand words take, in directories of any size."""
SHORTEST_HALF = 3
WORDS_REMEMBERED = 10_000


class Hits(NamedTuple):
    """The listings that answer one idea, each with its score, and how much of a search the idea is."""

    ids: Ids
    scores: Floats
    worth: float


NO_HITS = Hits(*NO_POSTINGS, 0.0)


class Evidence(NamedTuple):
    """How well each listing answers; which words no listing has; which listings have all, with a place, in a name."""

    scores: Floats
    unknown: tuple[str, ...]
    called_so: Ids


class Ranking:
    """One generation of the index, opened. Never changes; safe to use from several threads."""

    def __init__(self, opened: Opened) -> None:
        self.facts = tuple(chain.from_iterable(segment.facts for segment in opened.segments.values()))
        self.is_kept = np.ones(len(self.facts), np.bool_)
        self.is_kept[list(opened.deleted)] = False
        self.segments = tuple(opened.segments.values())
        self.columns = in_one([segment.columns for segment in self.segments])
        self.number_of = {one.slug: number for number, one in enumerate(self.facts) if self.is_kept[number]}
        self._days = _Days(self.columns, self.is_kept)
        self._by_title = _places_in_order(self.columns)
        room = max(CACHE_BYTES, CACHE_BYTES_A_LISTING * len(self.facts))
        self._postings = Bounded(room // 2, self._decode, bytes_of_postings)
        self._hits = Bounded(room // 2, self._find, _bytes_of_hits)
        self._as_two = Bounded(WORDS_REMEMBERED, self._cut_in_two, lambda _: 1)

    def __len__(self) -> int:
        return int(self.is_kept.sum())

    def knows(self, one: str) -> bool:
        """Whether any listing has the term."""
        return self._postings(one) is not None

    def as_two(self, word: str) -> tuple[str, str] | None:
        """The two words that a word is where a listing has it as one and as two, or has only the two."""
        return self._as_two(word)

    def _cut_in_two(self, word: str) -> tuple[str, str] | None:
        is_known = any(self.knows(one) for one in (term(word), *ways_to_join(word)))
        for cut in range(SHORTEST_HALF, min(len(word), LONGEST_WORD) - SHORTEST_HALF + 1):
            halves = (word[:cut], word[cut:])
            terms = [term(half) for half in halves]
            if not STOP_WORDS.isdisjoint(halves) or not all(self.knows(one) for one in terms):
                continue
            if not is_known or len(self.all_of((*terms, joined(*halves)))[0]):
                return halves
        return None

    def visible(self, day: datetime.date) -> Mask:
        """Which listings people may see on the day."""
        return self._days.visible(day)

    def sunk(self, day: datetime.date) -> Mask:
        """Which listings nobody has looked at for so long by that day that they stand below the others."""
        return self.columns.sinks_on <= day.toordinal()

    def called(self, reading: Reading) -> Ids:
        """The listings with a name that was typed whole, and nothing else but for a place, a day or the like."""
        asked = [idea for idea in reading.ideas if not idea.aside]
        found = [self._named(ideas) for ideas in (reading.ideas, asked)]
        return np.concatenate([ids[share > WHOLE_NAME] for ids, share in found])

    def evidence(self, reading: Reading) -> Evidence:
        """How well each listing answers what was asked, whatever the day and the place."""
        asked = [idea for idea in reading.ideas if not idea.aside]
        scores, share, whole, unknown = self._answered(asked)
        scores *= share / whole
        called_so = self._named_with_all(reading)
        for _, ids, more in self._extras(reading, asked, whole, called_so):
            scores[ids] += more
        return Evidence(scores, unknown, called_so[0])

    def parts_of(self, reading: Reading) -> Iterator[tuple[str, Floats]]:
        """What ``evidence`` adds up, each part with a word on what it is for."""
        asked = [idea for idea in reading.ideas if not idea.aside]
        _, share, whole, _ = self._answered(asked)
        for idea in asked:
            part = np.zeros(len(self.facts), np.float32)
            hits = self._hits(idea.ways)
            part[hits.ids] = hits.scores * (SOFT if idea.says_little else 1.0)
            yield f"the word {idea.word}", part * share / whole
        for why, ids, more in self._extras(reading, asked, whole, self._named_with_all(reading)):
            part = np.zeros(len(self.facts), np.float32)
            part[ids] = more
            yield why, part

    def _answered(self, asked: Sequence[Idea]) -> tuple[Floats, Floats, float, tuple[str, ...]]:
        """The sum of what ideas score, the share of the search that is accounted for, its whole, and unknown words."""
        scores, answered = np.zeros((2, len(self.facts)), np.float32)
        worths = [self._worth(idea) for idea in asked]
        whole, unknown = sum(worths) or 1.0, []
        for idea, worth in zip(asked, worths, strict=True):
            hits = self._hits(idea.ways)
            if not hits.worth:
                unknown.append(idea.word)
            scores[hits.ids] += hits.scores * (SOFT if idea.says_little else 1.0)
            answered[hits.ids] += worth
        return scores, answered / whole, whole, tuple(unknown)

    def any_word(self, ideas: Sequence[Ways]) -> Floats:
        """The plain sum of what each idea scores in each listing."""
        scores = np.zeros(len(self.facts), np.float32)
        for idea in ideas:
            hits = self._hits(idea)
            scores[hits.ids] += hits.scores
        return scores

    def in_order(self, scores: Floats, skip: int, count: int) -> Ids:
        """The numbers of the listings that score, best first and by title: ``count`` after the first ``skip``."""
        ids = np.flatnonzero(scores > 0)
        total = len(ids)
        if skip >= total or not count:
            return ids[:0]
        own = scores[ids]
        if skip + count < total:
            least = np.partition(own, total - skip - count)[total - skip - count]
            ids, own = ids[own >= least], own[own >= least]
        return ids[np.lexsort((self._by_title[ids], -own))][skip : skip + count]

    def _worth(self, idea: Idea) -> float:
        """How much of a search an idea is; a word that no listing has is as much as a rare one."""
        worth = self._hits(idea.ways).worth or self._rarity_of(STRANGE)
        return worth * (SOFT if idea.says_little else 1.0)

    def _extras(
        self, reading: Reading, asked: Sequence[Idea], whole: float, called_so: Postings
    ) -> Iterator[tuple[str, Ids, Floats]]:
        """What makes an answer better: words that stand together, words set aside, and all words in one name."""
        for phrase in reading.phrases:
            hits = self._hits((Alternative((phrase,)),))
            yield "words that stand together", hits.ids, PHRASE * hits.scores / whole
        for idea in reading.ideas:
            if idea.aside:
                hits = self._hits(idea.ways)
                yield f"the word {idea.word}, too", hits.ids, ASIDE * hits.scores / whole
        ids, share = self._named([idea for idea in asked if not idea.says_little] or asked)
        yield "all words in its name", ids, (NAMED * (1 + np.minimum(share, 1.0)) / 2).astype(np.float32)
        ids, share = called_so
        yield "all words in its name, with its place", ids, share * NAMED

    def _named_with_all(self, reading: Reading) -> Postings:
        """The listings with the place that was typed in their names, and every other word too."""
        if not any(idea.is_place for idea in reading.ideas):
            return NO_POSTINGS
        return self._named([idea for idea in reading.ideas if not idea.says_little])

    def _named(self, ideas: Sequence[Idea]) -> Postings:
        """The listings with every one of the words in their names, and the share of the name that they make up."""
        if not ideas:
            return NO_POSTINGS
        ids, share = self._postings(named(term(ideas[0].word))) or NO_POSTINGS
        for idea in ideas[1:]:
            others, theirs = self._postings(named(term(idea.word))) or NO_POSTINGS
            ids, mine, yours = np.intersect1d(ids, others, assume_unique=True, return_indices=True)
            share = share[mine] + theirs[yours]
        return ids, share

    def _find(self, idea: Ways) -> Hits:
        """Scores each listing by the best of the ways in which it words the idea."""
        best = np.zeros(len(self.facts), np.float32)
        most = self._rarity(idea[0].terms[0]) or math.inf
        for alternative in idea:
            ids, weights = self.all_of(alternative.terms)
            rarity = min(most, max((self._rarity(one) for one in alternative.terms), default=0.0))
            best[ids] = np.maximum(best[ids], alternative.weight * rarity * weights / (LEVELS_OFF + weights))
        ids = np.flatnonzero(best > 0)
        return Hits(ids, best[ids], self._rarity_of(len(ids))) if len(ids) else NO_HITS

    def all_of(self, terms: Sequence[str]) -> Postings:
        """The listings that have every one of the terms, with the least of their weights."""
        return all_of(terms, self._postings)

    def _rarity(self, one: str) -> float:
        found = self._postings(one)
        return self._rarity_of(len(found[0])) if found else 0.0

    def _rarity_of(self, count: int) -> float:
        """BM25's idf of what so many listings have, always above 0."""
        return math.log(1 + (len(self) - count + 0.5) / (count + 0.5))

    def _decode(self, one: str) -> Postings | None:
        ids, weights, before = [], [], 0
        for segment in self.segments:
            found = segment.postings(one)
            if found:
                ids.append(found[0] + before if before else found[0])
                weights.append(found[1])
            before += len(segment.facts)
        if not ids:
            return None
        every, all_weights = (ids[0], weights[0]) if len(ids) == 1 else (np.concatenate(ids), np.concatenate(weights))
        kept = self.is_kept[every]
        if kept.all():
            return every, all_weights
        return (every[kept], all_weights[kept]) if kept.any() else None


class _Days:
    """Which listings people may see on a day. Windows open and close without a change of the index."""

    def __init__(self, columns: Columns, is_kept: Mask) -> None:
        self._columns, self._is_kept = columns, is_kept & ~columns.is_withdrawn
        self._on = Bounded(1, self._work_out, lambda _: 1)

    def visible(self, day: datetime.date) -> Mask:
        """Which may be seen on the day."""
        return self._on(day)

    def _work_out(self, day: datetime.date) -> Mask:
        number = day.toordinal()
        columns = self._columns
        is_there = (columns.first_day <= number) & (number <= columns.last_day) & (number < columns.leaves_on)
        return self._is_kept & is_there


def _places_in_order(columns: Columns) -> Ids:
    """For each listing, how many titles sort before its own."""
    places = np.empty(columns.size, np.intp)
    places[[number for _, _, number in columns.by_title]] = np.arange(columns.size)
    return places


def _bytes_of_hits(hits: Hits) -> int:
    return 400 + hits.ids.nbytes + hits.scores.nbytes
