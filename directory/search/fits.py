"""How well each listing answers each of the needs that the content knows, by what providers write.

What a listing's own words and categories say of a need is worked out a segment of the index at a time, and goes with
the segment into later states of the index: after a change only what changed is held against the needs.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from directory.model.need import Need
from directory.search.arrays import Floats, Ids
from directory.search.bounded import Bounded
from directory.search.facets import Facets
from directory.search.ranking import LEVELS_OFF, Ranking
from directory.search.understanding import Match
from directory.search.understanding.synonyms import ways_to_write
from directory.search.whoosh_files import Segment, all_of

IN_CATEGORY = 0.3
BY_NAME, BY_NAME_LAST = 0.92, 0.82
"""How likely a listing answers a need because its category does, and because the need names it: first or last."""
MANY_SIGNS = 0.3
"""How much several signs that a listing answers a need count for beside the best of them."""
OTHER_NEEDS = 0.25
"""What a listing gains that answers another need of the search too."""
FIRST, EQUAL = 0.2, 0.02
"""What the best answers to a need gain, so that each need of a search has one among the first; and what equals them."""
MOST_BYTES = 8_000_000
"""Room for the fits of all listings; they are quickly put together of those of the segments."""
NOWHERE, NO_FLOATS = np.zeros(0, np.intp), np.zeros(0, np.float32)
BYTES_A_LISTING, LEAST_BYTES, MOST_BYTES_A_SEGMENT = 4_000, 1_000_000, 64_000_000
"""Room for the signs of a segment's listings: of some 500 needs, more than content has, in directories of any size."""

Needs = Mapping[str, Need]


class _Signs(NamedTuple):
    """How likely each listing answers a need by the best sign, and how likely none of the signs is right."""

    best: Floats
    doubt: Floats

    def add(self, places: Ids, likely: Floats) -> None:
        """Takes in one more sign, for the listings in these places."""
        self.best[places] = np.maximum(self.best[places], likely)
        self.doubt[places] *= 1 - likely


class _OfSegment:
    """What the words and the categories of a segment's listings say of the needs. Safe from several threads."""

    def __init__(self, segment: Segment, needs: Needs) -> None:
        self._segment, self._needs, self._size = segment, needs, len(segment.facts)
        room = min(max(LEAST_BYTES, BYTES_A_LISTING * self._size), MOST_BYTES_A_SEGMENT)
        self.signs = Bounded(room, self._work_out, lambda signs: signs.best.nbytes + signs.doubt.nbytes)

    def _work_out(self, slug: str) -> _Signs:
        signs = _Signs(np.zeros(self._size, np.float32), np.ones(self._size, np.float32))
        for places, likely in self._each(self._needs[slug]):
            signs.add(places, likely)
        return signs

    def _each(self, need: Need) -> Iterator[tuple[Ids, Floats]]:
        for phrase in need.finds:
            for way in ways_to_write(phrase):
                places, weights = all_of(way.terms, self._segment.postings)
                yield places, weights / (LEVELS_OFF + weights)
        for slug in need.categories:
            places = self._segment.columns.keys.get(f"category:{slug}", NOWHERE)
            yield places, np.full(len(places), IN_CATEGORY, np.float32)


class Fits:
    """The needs of the content held against the listings of one state of the index.

    ``before`` is how they were held against an earlier one.
    """

    def __init__(self, ranking: Ranking, facets: Facets, needs: Sequence[Need], before: "Fits | None" = None) -> None:
        self._ranking, self._facets, self.of = ranking, facets, needs
        self._needs: Needs = {need.slug: need for need in needs}
        known = before.segments if before and before.of == needs else {}
        self.segments: Mapping[Segment, _OfSegment] = {
            one: known.get(one) or _OfSegment(one, self._needs) for one in ranking.segments
        }
        self._fits = Bounded(MOST_BYTES, self._work_out, lambda fit: fit.nbytes)

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
        if slug not in self._needs:
            return np.zeros(self._facets.size, np.float32)
        parts = [one.signs(slug) for one in self.segments.values()]
        signs = _Signs(
            np.concatenate([NO_FLOATS, *(one.best for one in parts)]),
            np.concatenate([NO_FLOATS, *(one.doubt for one in parts)]),
        )
        named = self._facets.numbers(self._needs[slug].listings)
        signs.add(named, np.linspace(BY_NAME, BY_NAME_LAST, len(named), dtype=np.float32))
        fit = (1 - MANY_SIGNS) * signs.best + MANY_SIGNS * (1 - signs.doubt)
        return fit * self._ranking.is_kept
