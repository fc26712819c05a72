"""Searches in people's own words over the invented borough, judged: better than a plain full-text table.

``queries.jsonl`` holds what people typed and which concepts must be shown; ``listing_concepts.json`` which concepts
each listing answers, by its id in the borough's own records. Both are for judging only: the index knows neither.
"""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from directory.content import load
from directory.model.snapshot import Snapshot

DATA = Path(__file__).parent / "data" / "testbridge"
GOOD_ENOUGH = {"must@3": 0.66, "MRR@10": 0.60}
"""What a plain SQLite FTS5 table reached when the searches were judged."""
Answers = Mapping[str, list[str]]


@dataclass(frozen=True)
class Judged:
    """A search, what must be among its answers, and whether one of those is enough."""

    words: str
    must: frozenset[str]
    avoid: frozenset[str]
    any_will_do: bool
    kind: str

    @classmethod
    def from_line(cls, line: str) -> "Judged":
        """The search that a line of ``queries.jsonl`` describes, with the invented borough's names of places."""
        told: dict[str, Any] = json.loads(line)
        return cls(
            words=told.get("q_test", told["q"]),
            must=frozenset(told["must"]),
            avoid=frozenset(told.get("avoid", ())),
            any_will_do=told.get("must_mode") == "any",
            kind=told["kind"],
        )

    def is_met_by(self, shown: frozenset[str]) -> bool:
        """Whether these concepts are what the search asked for."""
        return bool(self.must & shown) if self.any_will_do else self.must <= shown


@pytest.fixture(scope="module")
def concepts() -> dict[str, frozenset[str]]:
    """The concepts that each listing answers."""
    told = json.loads((DATA / "listing_concepts.json").read_text(encoding="utf-8"))
    return {name: frozenset(found) for name, found in told.items()}


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    """Every search that has an answer."""
    lines = (DATA / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    return [one for line in lines if (one := Judged.from_line(line)).must]


@pytest.fixture(scope="module")
def answers(judged: list[Judged], tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """What ``directory search --batch`` answers: the ids of at most ten listings, best first."""
    folder = tmp_path_factory.mktemp("judged")
    batch = folder / "batch.jsonl"
    batch.write_text("".join(json.dumps({"q": one.words}) + "\n" for one in judged), encoding="utf-8")
    folders = [
        "--content",
        DATA / "content",
        "--index",
        folder / "index",
        "--database-url",
        f"sqlite:///{folder}/d.sqlite",
    ]
    command = [Path(sys.executable).parent / "directory", "search", "--batch", batch, *folders]
    done = subprocess.run([str(one) for one in command], check=True, capture_output=True, encoding="utf-8")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {one["q"]: [result["source_id"] for result in one["results"] if result["source_id"]] for one in found}


@pytest.fixture(scope="module")
def plain_answers(judged: list[Judged], tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """What a full-text table of SQLite answers: stems, any word, its own BM25."""
    snapshot = load(DATA / "content", tmp_path_factory.mktemp("plain")).snapshot
    assert snapshot
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE listing USING fts5(id UNINDEXED, words, tokenize = 'porter')")
    table.executemany("INSERT INTO listing VALUES (?, ?)", _rows(snapshot))
    found = {one.words: _ask(table, one.words) for one in judged}
    table.close()
    return found


def _rows(snapshot: Snapshot) -> Iterable[tuple[str, str]]:
    for listing in snapshot.listings.values():
        names = [snapshot.category_by_slug[slug].name for slug in listing.categories]
        towns = [one.city for one in listing.locations if one.city]
        texts = [listing.title, listing.summary, listing.description or "", snapshot.providers[listing.provider].name]
        if listing.source:
            yield listing.source.id, "\n".join([*texts, *names, *towns])


def _ask(table: sqlite3.Connection, words: str) -> list[str]:
    terms = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", words))
    asked = "SELECT id FROM listing WHERE listing MATCH ? ORDER BY rank LIMIT 10"
    return [row[0] for row in table.execute(asked, [terms])] if terms else []


def _shown(found: Iterable[str], concepts: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(concepts[one] for one in found))


def _score(judged: list[Judged], answers: Answers, concepts: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """The share of searches whose first three answers show what must be shown, and the mean reciprocal rank."""
    met, ranks = 0, 0.0
    for one in judged:
        found = answers[one.words]
        met += one.is_met_by(_shown(found[:3], concepts))
        ranks += next((1 / rank for rank, name in enumerate(found, 1) if one.must & concepts[name]), 0.0)
    return {"must@3": met / len(judged), "MRR@10": ranks / len(judged)}


@pytest.mark.parametrize("measure", GOOD_ENOUGH)
def test_searches_find_more_than_a_plain_full_text_table(
    judged: list[Judged], answers: Answers, plain_answers: Answers, concepts: dict[str, frozenset[str]], measure: str
) -> None:
    ours, plain = _score(judged, answers, concepts), _score(judged, plain_answers, concepts)
    assert len(judged) >= 100
    assert plain[measure] > 0.5
    assert ours[measure] > max(GOOD_ENOUGH[measure], plain[measure])


def test_every_search_is_answered_with_ten_listings_at_most_each_once(judged: list[Judged], answers: Answers) -> None:
    assert set(answers) == {one.words for one in judged}
    assert [words for words, found in answers.items() if len(found) > 10 or len(found) != len(set(found))] == []


def test_a_name_finds_its_listing_first(
    judged: list[Judged], answers: Answers, concepts: dict[str, frozenset[str]]
) -> None:
    named = [one for one in judged if one.kind == "exact-name"]
    assert named
    assert [one.words for one in named if not one.is_met_by(_shown(answers[one.words][:1], concepts))] == []


def test_nothing_that_could_harm_is_among_the_first(
    judged: list[Judged], answers: Answers, concepts: dict[str, frozenset[str]]
) -> None:
    careful = [one for one in judged if one.avoid]
    assert careful
    assert [one.words for one in careful if one.avoid & _shown(answers[one.words][:3], concepts)] == []
