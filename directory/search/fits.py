"""How well each listing answers each of the needs that the content knows, by what providers write."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from directory.model.filters import Filter
from directory.model.need import Need
from directory.search.arrays import Floats, Ids
from directory.search.bounded import Bounded
from directory.search.facets import Facets
from directory.search.ranking import LEVELS_OFF, Ranking
from directory.search.understanding import Match
from directory.search.understanding.synonyms import ways_to_write

IN_CATEGORY = 0.3
BY_NAME, BY_NAME_LAST = 0.92, 0.82
"""How likely a listing answers a need because its category does, and because the need names it: first or last."""
MANY_SIGNS = 0.3
"""How much several signs that a listing answers a need count for beside the best of them."""
OTHER_NEEDS = 0.25
"""What a listing gains that answers another need of the search too."""
FIRST, EQUAL = 0.2, 0.02
"""What the best answers to a need gain, so that each need of a search has one among the first; and what equals them."""
MOST_REMEMBERED = 400
"""Needs whose fits are kept: more than content has."""


class Fits:
    """The needs of the content held against the listings of one state of the index."""

    def __init__(self, ranking: Ranking, facets: Facets, needs: Iterable[Need]) -> None:
        self._ranking, self._facets = ranking, facets
        self._needs: Mapping[str, Need] = {need.slug: need for need in needs}
        self._fits = Bounded(MOST_REMEMBERED, self._work_out, lambda _: 1)

    def fit(self, need: str) -> Floats:
        """How well each listing answers the need, from 0 to 1."""
        return self._fits(need)

    def of_all(self, matches: Sequence[Match]) -> Floats:
        """How well each listing answers what a search is about: its best need, and the others a little."""
        best, whole, firsts = np.zeros((3, self._facets.size), np.float32)
        for match in matches:
            fit = self._fits(match.slug)
            own = match.sureness * fit
            np.maximum(best, own, out=best)
            top = fit >= max(float(fit.max(initial=0)) - EQUAL, IN_CATEGORY)
            firsts[top] = np.maximum(firsts[top], FIRST * min(match.sureness, 1.0))
            whole += own
        return (1 - OTHER_NEEDS) * best + OTHER_NEEDS * whole + firsts

    def _work_out(self, slug: str) -> Floats:
        """Each way in which a listing may answer a need makes it likelier that it does; the best one counts most."""
        best, doubt = np.zeros(self._facets.size, np.float32), np.ones(self._facets.size, np.float32)
        for places, likely in self._signs(self._needs[slug]) if slug in self._needs else ():
            best[places] = np.maximum(best[places], likely)
            doubt[places] *= 1 - likely
        return (1 - MANY_SIGNS) * best + MANY_SIGNS * (1 - doubt)

    def _signs(self, need: Need) -> Iterator[tuple[Ids, Floats]]:
        for phrase in need.finds:
            for way in ways_to_write(phrase):
                places, weights = self._ranking.all_of(way.terms)
                yield places, weights / (LEVELS_OFF + weights)
        there = [self._facets.known(Filter("category", slug)) for slug in need.categories]
        for mask in there:
            places = np.flatnonzero(mask)
            yield places, np.full(len(places), IN_CATEGORY, np.float32)
        named = self._facets.numbers(need.listings)
        yield named, np.linspace(BY_NAME, BY_NAME_LAST, len(named), dtype=np.float32)
