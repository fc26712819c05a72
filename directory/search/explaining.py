"""Says why a listing is where it is among the results, one part of its score after the other."""

from collections.abc import Iterator, Sequence

from directory.search.arrays import Floats
from directory.search.fits import Fits
from directory.search.query import Because, Reason
from directory.search.ranking import Ranking
from directory.search.understanding import Match, Reading


def reasons(
    numbers: Sequence[int], scores: Floats, reading: Reading, needs: Sequence[Match], ranking: Ranking, fits: Fits
) -> Iterator[Reason]:
    """For each listing, by number, what it scored in the end and for what before filters and distance, most first."""
    parts = [*ranking.parts_of(reading), *_by_need(needs, fits)]
    for number in numbers:
        because = (Because(why, float(part[number])) for why, part in parts if part[number] > 0)
        ordered = tuple(sorted(because, key=lambda one: -one.score))
        yield Reason(ranking.facts[number].slug, float(scores[number]), ordered)


def _by_need(needs: Sequence[Match], fits: Fits) -> Iterator[tuple[str, Floats]]:
    for match in needs:
        yield f"the need {match.slug}, {match.sureness:.2f} sure", match.sureness * fits.fit(match.slug)
