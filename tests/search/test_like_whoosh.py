"""Scores and counts are those that Whoosh's own searcher gives for the same query over the same files."""

import math
import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh.index import open_dir
from whoosh.query import Or, Term
from whoosh.scoring import BaseScorer, WeightingModel

from directory.content import load
from directory.model.filters import Filter, months_of
from directory.model.snapshot import Snapshot
from directory.model.urgent import DangerRules
from directory.search import SearchIndex, builds, whoosh_files
from directory.search.facets import Facets
from directory.search.facts import Facts
from directory.search.ranking import LEVELS_OFF, Ranking
from directory.search.understanding import Alternative
from directory.search.whoosh_files import FORMAT
from directory.search.words import telling, term, words_of
from tests.search.conftest import TESTBRIDGE

CHANGES = 6
SEARCHES = 60


class SameFormula(WeightingModel):  # type: ignore[misc]  # Whoosh is published without types
    """BM25F with fixed lengths, as the ranking's docstring has it: idf x weight / (K + weight), over what is left."""

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: float = 1) -> "Scorer":  # noqa: ARG002  # Whoosh's
        reader = searcher.get_parent().reader()
        having = sum(1 for _ in reader.postings(fieldname, text).all_ids())
        return Scorer(math.log(1 + (reader.doc_count() - having + 0.5) / (having + 0.5)))


class Scorer(BaseScorer):  # type: ignore[misc]
    def __init__(self, rarity: float) -> None:
        self.rarity = rarity

    def score(self, matcher: Any) -> float:
        return float(self.rarity * matcher.weight() / (LEVELS_OFF + matcher.weight()))


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The invented borough without what its words mean, which has no part in the scores of an index."""
    snapshot = load(TESTBRIDGE, tmp_path_factory.mktemp("memory")).snapshot
    assert snapshot
    return replace(snapshot, needs=(), languages=(), urgent=(), danger=DangerRules(), words=())


@pytest.fixture(scope="module", params=[0, CHANGES], ids=["one segment", "many segments, and listings deleted"])
def folder(request: pytest.FixtureRequest, content: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that was written at once, and one that was changed again and again."""
    folder, chance = tmp_path_factory.mktemp("index"), random.Random(8)
    index, listings = SearchIndex(folder), dict(content.listings)
    index.rebuild(content)
    for change in range(request.param):
        for slug in chance.sample(sorted(listings), 4):
            listings[slug] = listings[slug].model_copy(update={"summary": f"Food, play and change {change}."})
        listings.pop(chance.choice(sorted(listings)))
        assert not index.sync(replace(content, revision=str(change), listings=dict(listings))).is_rebuilt
    return folder


@pytest.fixture(scope="module")
def ranking(folder: Path) -> Ranking:
    return Ranking(whoosh_files.read(builds.read(folder, str(builds.current(folder)), {}), {}))


@pytest.fixture(scope="module")
def searches(content: Snapshot) -> list[list[str]]:
    """The terms of searches of one to six words, out of listings, and two words that hardly any listing lacks."""
    chance = random.Random(9)
    texts = [telling(words_of(f"{one.title} {one.summary}")) for one in content.listings.values()]
    drawn = [chance.choices(chance.choice(texts), k=chance.randint(1, 6)) for _ in range(SEARCHES)]
    return [list(dict.fromkeys(map(term, words))) for words in (*drawn, ["testbridge", "family"], ["unheardof"])]


def test_the_changed_index_has_several_segments_and_deleted_listings(folder: Path, ranking: Ranking) -> None:
    segments = len(list((folder / str(builds.current(folder))).glob("*.trm")))
    assert (segments, len(ranking.facts) - len(ranking)) in {(1, 0), (CHANGES + 1, CHANGES * 5)}


def test_scores_are_those_of_whooshs_searcher(folder: Path, ranking: Ranking, searches: list[list[str]]) -> None:
    found_at_all = 0
    with open_dir(folder / "current", indexname=f"v{FORMAT}").searcher(weighting=SameFormula()) as searcher:
        for terms in searches:
            scores = ranking.any_word([(Alternative((one,)),) for one in terms])
            ours = {ranking.facts[number].slug: float(scores[number]) for number in np.flatnonzero(scores)}
            hits = searcher.search(Or([Term("terms", one) for one in terms]), limit=None)
            theirs = {hit["facts"][0]: hit.score for hit in hits}
            assert ours == pytest.approx(theirs, rel=1e-5), terms
            found_at_all += len(ours)
    assert found_at_all > 20 * SEARCHES


def test_the_order_is_that_of_the_scores_and_then_of_the_titles(ranking: Ranking, searches: list[list[str]]) -> None:
    for terms in searches:
        scores = ranking.any_word([(Alternative((one,)),) for one in terms])
        numbers = np.flatnonzero(scores).tolist()
        numbers.sort(key=lambda number: (-scores[number], ranking.facts[number].title_key, ranking.facts[number].slug))
        assert ranking.in_order(scores, 0, len(scores)).tolist() == numbers
        assert ranking.in_order(scores, 10, 10).tolist() == numbers[10:20]


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param([], id="nothing chosen"),
        pytest.param([Filter("cost", "free")], id="one choice"),
        pytest.param([Filter("cost", "free"), Filter("age", "3y-4y"), Filter("day", "tuesday")], id="three groups"),
        pytest.param([Filter("day", "monday"), Filter("day", "friday")], id="two choices of one group"),
    ],
)
def test_counts_are_those_of_counting_listing_by_listing(
    ranking: Ranking, searches: list[list[str]], chosen: list[Filter]
) -> None:
    facets = Facets(ranking.columns, ranking.number_of, ranking.is_kept)
    for terms in searches[:20]:
        found = ranking.any_word([(Alternative((one,)),) for one in terms]) > 0
        masks = {
            group: np.array([any(fits(fact, one) for one in members) for fact in ranking.facts], np.bool_)
            for group, members in by_group(chosen).items()
        }
        counted = facets.counted(
            lambda group, found=found, masks=masks: np.logical_and.reduce(  # type: ignore[misc]
                [found, *(mask for one, mask in masks.items() if one != group)]
            ),
            masks,
        )
        left = [ranking.facts[number] for number in np.flatnonzero(found)]
        assert dict(counted) == {one: would_give(left, chosen, one) for one, _ in counted}


def would_give(facts: Iterable[Facts], chosen: list[Filter], one: Filter) -> int:
    """How many listings fit some choice of every group, with one more choice."""
    groups = by_group([*chosen, one])
    return sum(all(any(fits(fact, each) for each in members) for members in groups.values()) for fact in facts)


def by_group(chosen: list[Filter]) -> Mapping[Any, list[Filter]]:
    return {one.group: [other for other in chosen if other.group == one.group] for one in chosen}


def fits(fact: Facts, one: Filter) -> bool:
    if one.group == "age":
        first, last = months_of(one.value)
        return fact.first_month <= last and first <= fact.last_month
    return f"{one.group}:{one.value}" in fact.keys
