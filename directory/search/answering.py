"""Answers a search from one state of index and content: what fits, in what order, and what could be chosen next."""

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from itertools import groupby
from typing import NamedTuple

import numpy as np

from directory.model.filters import GROUPS, MILES, Filter, Group
from directory.model.place import Point
from directory.model.snapshot import Snapshot
from directory.search.arrays import Floats, Ids, Mask
from directory.search.dates import Dates, Days
from directory.search.distance import Distance
from directory.search.explaining import reasons
from directory.search.facets import Facets
from directory.search.fits import Fits
from directory.search.narrowing import Narrowed, Narrowing
from directory.search.query import Choice, Fitting, Query, Reason, Results, Understood
from directory.search.ranking import Evidence, Ranking
from directory.search.understanding import Match, Reading, Understanding

IN_DANGER = 1.15
"""How much surer than any other need is the one of somebody in danger."""
BESIDE_FIRST = 1.05
"""How much surer are the needs of danger after the first, which the rules name as what helps most."""
HELD_BACK = 0.25
"""The fit from which on a listing answers a need that could do harm to somebody in danger, and is left out."""
LEAST = 0.11
"""Evidence below this is a weak guess: better nothing than that."""
BESIDE_BEST = 0.3
"""How near to the best answer others have to come, or to 1 where that is higher: a name holds all that was asked."""
GOOD = 0.5
"""The share of the best evidence from which on an answer is good enough to wish for more that fit."""
SUNK, SUNK_IN_ORDER = np.float32(0.1), np.float32(1e-9)
"""What is left of the score of what nobody has looked at for long: less than any fresh answer has that fits half well,
and, where people chose another order, less than any."""
MOST_CLOSEST = 4
_ONE_SESSION: tuple[tuple[Group, Group], ...] = (("day", "time"), ("time", "day"))
"""The groups whose choices cannot be counted without those of the other: both have to be of one session."""


class _Found(NamedTuple):
    """A search answered but for the page: which listings answer the words, which well, and what each scores."""

    reading: Reading
    unknown: tuple[str, ...]
    relevant: Mask
    good: Mask
    narrowed: Narrowed
    scores: Floats

    @property
    def near(self) -> Point | None:
        """Where from."""
        return self.reading.near.point if self.reading.near else None


class Answering:
    """One state of the index and of the content that it was told of. Never changes; safe for several threads.

    ``before`` is an earlier state: what was worked out there of what did not change is not worked out again.
    """

    def __init__(
        self,
        ranking: Ranking,
        understanding: Understanding,
        snapshot: Snapshot,
        dates: Dates,
        before: "Answering | None" = None,
    ) -> None:
        self._ranking, self._understanding, self._snapshot = ranking, understanding, snapshot
        self._facets = Facets(ranking.columns, ranking.number_of, ranking.is_kept)
        self._distance = Distance(ranking.columns)
        self._days = Days(dates, ranking.number_of, ranking.columns.size)
        self.fits: Fits = Fits(ranking, self._facets, snapshot.needs, before.fits if before else None)
        self._narrowing = Narrowing(self._facets, self._distance, self._days)

    def answer(self, query: Query) -> Results:
        """The page of results that a search asks for."""
        found = self._found(query)
        page = self._page(found, query)
        return Results(
            slugs=tuple(self._ranking.facts[number].slug for number in page.tolist()),
            total=int((found.scores > 0).sum()),
            understood=_understood(found),
            miles=self._miles(page, found.near),
            urgent=found.reading.alarm.cards,
            choices=tuple(self._choices(query, found)),
            closest=() if found.scores.any() else self._closest(found.reading),
        )

    def fitting(self, query: Query) -> Fitting:
        """All that answers a search, whatever the page and the order."""
        found = self._found(query)
        numbers = np.flatnonzero(found.scores > 0).tolist()
        slugs = frozenset(self._ranking.facts[number].slug for number in numbers)
        return Fitting(slugs, _understood(found), found.reading.alarm.cards)

    def explain(self, query: Query) -> tuple[Reason, ...]:
        """Why each result of the page is where it is."""
        found = self._found(query)
        numbers = self._page(found, query).tolist()
        needs = _needs(found.reading)
        return tuple(reasons(numbers, found.scores, found.reading, needs, self._ranking, self.fits))

    def _found(self, query: Query) -> _Found:
        reading = self._understanding.read(query, self._ranking)
        near = reading.near.point if reading.near else None
        relevance, unknown, called_so = self._relevance(reading, query)
        good = (relevance > 0) & (relevance >= GOOD * relevance.max(initial=0))
        narrowed = self._narrowing.narrow(query, reading.tags, good, near, by_words=not reading.asks_nothing)
        scores = reduce(np.multiply, narrowed.worth.values(), relevance)
        ordered = self._ordered(scores, near, query, called_so)
        return _Found(reading, unknown, relevance > 0, good, narrowed, self._fresh_first(ordered, reading, query))

    def _page(self, found: _Found, query: Query) -> Ids:
        return self._ranking.in_order(found.scores, *_cut(query))

    def _relevance(self, reading: Reading, query: Query) -> Evidence:
        """How well each listing that people may see answers; 0 for weak guesses and for what could do harm."""
        visible = self._ranking.visible(query.at.date())
        found, unknown, called_so = self._ranking.evidence(reading)
        needs = _needs(reading)
        found += self.fits.of_all(needs)
        found *= visible
        if reading.alarm.holds_back:
            helping = self.fits.of_all(needs[: len(reading.alarm.needs)])
            for fit in map(self.fits.fit, reading.alarm.holds_back):
                found[(fit >= HELD_BACK) & (fit > helping)] = 0
        best = float(found.max(initial=0))
        if reading.asks_nothing or (reading.is_vague and not best):
            return Evidence(found + visible, (), called_so)
        found[found < (0 if reading.is_vague else max(LEAST, BESIDE_BEST * min(best, 1.0)))] = 0
        return Evidence(found, unknown, called_so)

    def _ordered(self, scores: Floats, near: Point | None, query: Query, called_so: Ids) -> Floats:
        """The scores by which to order: all that is above 0 stays above 0. What was named loses nothing by distance."""
        if query.order == "soonest":
            return self._by_time(scores, query)
        if near is None:
            return scores
        if query.order == "nearest" or not query.words.strip():
            return np.where(scores > 0, 1 / (1 + np.minimum(self._distance.miles(near), 1e6)), 0).astype(np.float32)
        worth = self._distance.worth(near)
        worth[called_so] = 1
        return scores * worth

    def _fresh_first(self, ordered: Floats, reading: Reading, query: Query) -> Floats:
        """The scores with what nobody has looked at for long below the rest, unless people ask for it by its name."""
        sunk = self._ranking.sunk(query.at.date()) & (ordered > 0)
        if not sunk.any():
            return ordered
        if query.order != "best":
            return np.where(sunk, SUNK_IN_ORDER * ordered, ordered)
        sunk[self._ranking.called(reading)] = False
        return np.where(sunk, SUNK * ordered, ordered)

    def _by_time(self, scores: Floats, query: Query) -> Floats:
        """The soonest highest; what runs at no time that is known comes after all that does."""
        numbers = np.flatnonzero(scores > 0)
        _, places = np.unique(self._days.next(query.at)[numbers], return_inverse=True)
        ordered = np.zeros(len(scores), np.float32)
        ordered[numbers] = 1 / (1 + places)
        return ordered

    def _miles(self, found: Ids, near: Point | None) -> tuple[float | None, ...]:
        if near is None:
            return (None,) * len(found)
        return tuple(None if np.isinf(one) else float(one) for one in self._distance.miles(near)[found])

    def _choices(self, query: Query, found: _Found) -> Iterator[tuple[Group, tuple[Choice, ...]]]:
        narrowed, relevant, near = found.narrowed, found.relevant, found.near
        chosen = {*query.filters, *(tag.filter for tag in narrowed.tags if tag.filter)}
        if narrowed.worth:
            counted = self._facets.counted(lambda group: narrowed.but(group, relevant), narrowed.chosen(query.filters))
        else:
            counted = self._facets.counted_in(relevant)
        by_group = {group: list(members) for group, members in groupby(counted, key=lambda pair: pair[0].group)}
        if near:
            by_group["within"] = self._within(narrowed, relevant, near)
        for group, other in _ONE_SESSION:
            if other in narrowed.worth:
                by_group[group] = [(one, self._with(one, query, found)) for one, _ in by_group.get(group, ())]
        for group in GROUPS:
            choices = (Choice(one, count, one in chosen) for one, count in by_group.get(group, ()) if count)
            kept = tuple(choices)
            if kept:
                yield group, kept

    def _with(self, one: Filter, query: Query, found: _Found) -> int:
        """How many there would be with one more filter: a day and a time of day have to be those of one session."""
        more = replace(query, filters=(*query.filters, one))
        narrowed = self._narrowing.narrow(
            more, found.reading.tags, found.good, found.near, by_words=not found.reading.asks_nothing
        )
        return int(reduce(np.logical_and, narrowed.masks.values(), found.relevant).sum())

    def _within(self, narrowed: Narrowed, relevant: Mask, near: Point) -> list[tuple[Filter, int]]:
        left, chosen = narrowed.but("within", relevant), narrowed.masks.get("within", np.zeros_like(relevant))
        choices = [Filter("within", miles) for miles in MILES]
        return [(one, int((left & (chosen | self._narrowing.fitting(one, (), near))).sum())) for one in choices]

    def _closest(self, reading: Reading) -> tuple[str, ...]:
        """The categories of what comes nearest to an answer."""
        found: dict[str, None] = {}
        for match in reading.nearly:
            fit = self.fits.fit(match.slug)
            if len(fit) and fit.max() > HELD_BACK:
                listing = self._snapshot.listings.get(self._ranking.facts[int(fit.argmax())].slug)
                found |= dict.fromkeys(listing.categories[:1] if listing else ())
        return tuple(found)[:MOST_CLOSEST]


def _cut(query: Query) -> tuple[int, int]:
    """How many listings come before the page, and how many are on it."""
    return max(query.page - 1, 0) * max(query.per_page, 0), max(query.per_page, 0)


def _needs(reading: Reading) -> tuple[Match, ...]:
    """What a search is about: the danger that somebody is in before all else."""
    sureness = (IN_DANGER, *[BESIDE_FIRST] * (len(reading.alarm.needs) - 1))
    return (*map(Match, reading.alarm.needs, sureness), *reading.needs)


def _understood(found: _Found) -> Understood:
    reading = found.reading
    return Understood(
        words=()
        if reading.is_vague and not found.unknown
        else tuple(one.word for one in reading.ideas if not one.aside),
        ignored=reading.ignored,
        unknown=found.unknown,
        related=reading.related,
        needs=tuple(dict.fromkeys(match.slug for match in _needs(reading))),
        tags=found.narrowed.tags,
        corrections=reading.corrections,
        near=reading.near,
    )
