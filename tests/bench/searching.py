"""Measures a search by itself, without a page round it, beside SQLite's full-text search."""

import datetime
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

from directory.search import Query, SearchIndex
from tests.bench import full_text
from tests.bench.invented import read
from tests.bench.report import Row

NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/London"))


def search(content: Path, queries: Sequence[str], work: Path, rounds: int) -> list[Row]:
    """Milliseconds of a search that was not asked for before, and of one that was, beside FTS5."""
    snapshot, database = read(content), work / "full_text.db"
    full_text.write(snapshot, database)
    index = SearchIndex(work / "searching")
    index.rebuild(snapshot)
    with closing(sqlite3.connect(database)) as opened:
        ours = _rounds(lambda query: index.search(Query(query, NOON)), queries, rounds)
        theirs = _rounds(lambda query: full_text.search(opened, query), queries, rounds)
    return [
        _row("A search for the first time", ours[0], theirs[0]),
        _row("A search that was asked before", ours[-1], theirs[-1]),
        Row("95 of 100 searches for the first time within", _late(ours[0]), "ms", _late(theirs[0])),
    ]


def _rounds(ask: Callable[[str], object], queries: Sequence[str], rounds: int) -> list[list[float]]:
    return [[_milliseconds(ask, query) for query in queries] for _ in range(rounds)]


def _milliseconds(ask: Callable[[str], object], query: str) -> float:
    began = time.perf_counter()
    ask(query)
    return (time.perf_counter() - began) * 1000


def _row(name: str, ours: Sequence[float], theirs: Sequence[float]) -> Row:
    return Row(name, statistics.median(ours), "ms", statistics.median(theirs), note="beside SQLite FTS5, any word")


def _late(times: Sequence[float]) -> float:
    return sorted(times)[len(times) * 95 // 100]
