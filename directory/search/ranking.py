"""Puts listings in order for a search: decoded postings added up in arrays, one number a listing.

A listing's score for one idea is BM25F's: idf x weight / (K + weight), where the weight already holds the part of the
listing and its length. Scores of ideas are added, and multiplied by the share of the search that the listing answers.
"""

import datetime
import math
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from directory.model.place import EARTH_RADIUS_MILES, Point
from directory.search.bounded import Bounded
from directory.search.understanding import Alternative, Idea, Reading
from directory.search.whoosh_files import Facts, Ids, Opened, Weights
from directory.search.words import LONGEST_WORD, STOP_WORDS, joined, term, ways_to_join

LEVELS_OFF = 4.0
"""The weight at which a mention counts for half of all that mentions can count for (BM25's k1)."""
PHRASE = 0.5
"""What words that stand together count for beyond the words themselves."""
FAR = 0.3
FAR_MILES = 8.0
"""How much of its score a listing loses at most to distance, and where it has lost it all."""
EVERYWHERE = 0.95
UNPLACED = 0.85
"""What is reached from anywhere is worth as much as what is a mile off; what names no place, as what is four."""
CACHE_BYTES = 32_000_000
SHORTEST_HALF = 3
WORDS_REMEMBERED = 10_000
FURTHEST_MILES = 1e6
NO_END = 2**31 - 1

Floats = npt.NDArray[np.float32]


class Hits(NamedTuple):
    """The listings that answer one idea, each with its score, and how much of a search the idea is."""

    ids: Ids
    scores: Weights
    worth: float


NO_POSTINGS = np.zeros(0, np.intp), np.zeros(0, np.float32)
NO_HITS = Hits(*NO_POSTINGS, 0.0)


class Ranked(NamedTuple):
    """One page of a search: slugs and miles, how many there are in all, and which ideas, by place, found nothing."""

    slugs: tuple[str, ...]
    miles: tuple[float | None, ...]
    total: int
    unknown: tuple[int, ...] = ()


class Ranking:
    """One generation of the index, opened. Never changes; safe to use from several threads."""

    def __init__(self, opened: Opened) -> None:
        self.facts = tuple(chain.from_iterable(segment.facts for segment in opened.segments.values()))
        self.is_kept = np.ones(len(self.facts), np.bool_)
        self.is_kept[list(opened.deleted)] = False
        self._segments = tuple(opened.segments.values())
        self._days = _Days(self.facts, self.is_kept)
        self._places = _Places(self.facts)
        self._by_title = _places_in_order([(one.title_key, one.slug) for one in self.facts])
        self._postings = Bounded(CACHE_BYTES // 2, self._decode, _bytes_of_postings)
        self._hits = Bounded(CACHE_BYTES // 2, self._find, _bytes_of_hits)
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
            if not is_known or len(self._all_of((*terms, joined(*halves)))[0]):
                return halves
        return None

    def page(self, reading: Reading, day: datetime.date, near: Point | None, skip: int, count: int) -> Ranked:
        """The listings that answer a search, best first: ``count`` of them after the first ``skip``."""
        scores, unknown = self._scores(reading)
        visible = self._days.visible(day)
        if visible is not None:
            scores *= visible
        if near:
            scores *= self._places.worth(near)
        return self._cut(scores, near, skip, count)._replace(unknown=unknown)

    def everything(self, day: datetime.date, near: Point | None, skip: int, count: int) -> Ranked:
        """Every listing by title; the nearest first where there is a place, and those without a place after them."""
        scores = np.ones(len(self.facts), np.float32)
        if near:
            scores /= 1 + np.minimum(self._places.miles(near), FURTHEST_MILES)
        visible = self._days.visible(day)
        return self._cut(scores if visible is None else scores * visible, near, skip, count)

    def _cut(self, scores: Floats, near: Point | None, skip: int, count: int) -> Ranked:
        ids = np.flatnonzero(scores > 0)
        total = len(ids)
        if skip >= total or not count:
            return Ranked((), (), total)
        own = scores[ids]
        if skip + count < total:
            least = np.partition(own, total - skip - count)[total - skip - count]
            ids, own = ids[own >= least], own[own >= least]
        best = ids[np.lexsort((self._by_title[ids], -own))][skip : skip + count]
        slugs = tuple(self.facts[one].slug for one in best.tolist())
        return Ranked(slugs, self._miles(best, near), total)

    def _miles(self, ids: Ids, near: Point | None) -> tuple[float | None, ...]:
        if near is None:
            return (None,) * len(ids)
        return tuple(None if math.isinf(one) else float(one) for one in self._places.miles(near)[ids])

    def _scores(self, reading: Reading) -> tuple[Floats, tuple[int, ...]]:
        scores, answered = np.zeros((2, len(self.facts)), np.float32)
        asked, unknown = 0.0, []
        for place, idea in enumerate(reading.ideas):
            hits = self._hits(idea)
            if not hits.worth:
                unknown.append(place)
            scores[hits.ids] += hits.scores
            answered[hits.ids] += hits.worth
            asked += hits.worth
        if asked:
            scores *= answered / asked
        for phrase in reading.phrases:
            hits = self._hits((Alternative((phrase,)),))
            scores[hits.ids] += PHRASE * hits.scores
        return scores, tuple(unknown)

    def _find(self, idea: Idea) -> Hits:
        """Scores each listing by the best of the ways in which it words the idea."""
        best = np.zeros(len(self.facts), np.float32)
        most = self._rarity(idea[0].terms[0]) or math.inf
        for alternative in idea:
            ids, weights = self._all_of(alternative.terms)
            rarity = min(most, max((self._rarity(one) for one in alternative.terms), default=0.0))
            best[ids] = np.maximum(best[ids], alternative.weight * rarity * weights / (LEVELS_OFF + weights))
        ids = np.flatnonzero(best > 0)
        return Hits(ids, best[ids], self._rarity_of(len(ids))) if len(ids) else NO_HITS

    def _all_of(self, terms: Sequence[str]) -> tuple[Ids, Weights]:
        """The listings that have every one of the terms, with the least of their weights."""
        found = [self._postings(one) or NO_POSTINGS for one in terms]
        ids, weights = found[0]
        for others, theirs in found[1:]:
            ids, mine, yours = np.intersect1d(ids, others, assume_unique=True, return_indices=True)
            weights = np.minimum(weights[mine], theirs[yours])
        return ids, weights

    def _rarity(self, one: str) -> float:
        found = self._postings(one)
        return self._rarity_of(len(found[0])) if found else 0.0

    def _rarity_of(self, count: int) -> float:
        """BM25's idf of what so many listings have, always above 0."""
        return math.log(1 + (len(self) - count + 0.5) / (count + 0.5))

    def _decode(self, one: str) -> tuple[Ids, Weights] | None:
        ids, weights, before = [], [], 0
        for segment in self._segments:
            found = segment.postings(one)
            if found:
                ids.append(found[0] + before)
                weights.append(found[1])
            before += len(segment.facts)
        if not ids:
            return None
        every, all_weights = np.concatenate(ids), np.concatenate(weights)
        kept = self.is_kept[every]
        return (every[kept], all_weights[kept]) if kept.any() else None


class _Days:
    """Which listings people may see on a day. Windows open and close without a change of the index."""

    def __init__(self, facts: Sequence[Facts], is_kept: npt.NDArray[np.bool_]) -> None:
        self._first = np.array([one.first_day for one in facts], np.int32)
        self._last = np.array([one.last_day or NO_END for one in facts], np.int32)
        self._is_kept = is_kept & ~np.array([one.is_withdrawn for one in facts], np.bool_)
        self._on = Bounded(1, self._work_out, lambda _: 1)

    def visible(self, day: datetime.date) -> npt.NDArray[np.bool_] | None:
        """Which may be seen on the day; None for all."""
        return self._on(day)

    def _work_out(self, day: datetime.date) -> npt.NDArray[np.bool_] | None:
        number = day.toordinal()
        found = self._is_kept & (self._first <= number) & (number <= self._last)
        return None if found.all() else found


class _Places:
    """How far listings are from a point, and what that takes from their scores."""

    def __init__(self, facts: Sequence[Facts]) -> None:
        self._owners = np.array([place for place, one in enumerate(facts) for _ in one.points], np.intp)
        self._points = np.radians(np.array([point for one in facts for point in one.points], np.float64).reshape(-1, 2))
        self._is_everywhere = np.array([one.is_everywhere for one in facts], np.bool_)
        self._from = Bounded(CACHE_BYTES // 8, self._work_out, lambda miles: miles.nbytes)

    def miles(self, near: Point) -> Floats:
        """The miles to each listing's nearest place; infinite where it has none."""
        return self._from(near)

    def worth(self, near: Point) -> Floats:
        """What each listing's score is multiplied by. What is everywhere never loses by it."""
        miles = self._from(near)
        worth = np.where(np.isinf(miles), UNPLACED, 1 - FAR * np.minimum(miles, FAR_MILES) / FAR_MILES).astype(
            np.float32
        )
        return np.maximum(worth, EVERYWHERE, where=self._is_everywhere, out=worth)

    def _work_out(self, near: Point) -> Floats:
        latitude, longitude = math.radians(near.latitude), math.radians(near.longitude)
        across = np.sin((self._points[:, 1] - longitude) / 2) ** 2 * np.cos(self._points[:, 0]) * math.cos(latitude)
        half = np.sin((self._points[:, 0] - latitude) / 2) ** 2 + across
        nearest = np.full(len(self._is_everywhere), np.inf, np.float32)
        np.minimum.at(nearest, self._owners, (2 * EARTH_RADIUS_MILES * np.arcsin(np.sqrt(half))).astype(np.float32))
        return nearest


def _places_in_order(keys: Sequence[tuple[str, str]]) -> Ids:
    """For each key, how many sort before it."""
    places = np.empty(len(keys), np.intp)
    places[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return places


def _bytes_of_postings(found: tuple[Ids, Weights] | None) -> int:
    return 200 + (found[0].nbytes + found[1].nbytes if found else 0)


def _bytes_of_hits(hits: Hits) -> int:
    return 400 + hits.ids.nbytes + hits.scores.nbytes
