"""Measures a search by itself, without a page round it: beside SQLite's full-text search, and beside other engines."""

import json
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from directory.search import Query, SearchIndex
from tests.bench import full_text
from tests.bench.asking import KINDS, SENTENCE
from tests.bench.engines import NOON
from tests.bench.invented import read
from tests.bench.one_size import TEMPERS
from tests.bench.pages import Say
from tests.bench.report import Row, aligned
from tests.bench.running import NotRunning

SIZES = (1_000, 5_000, 20_000, 100_000)
QUICK_SIZES = SIZES[:2]
JUDGED = (5_000, 20_000)
"""The sizes at which targets are set."""
ENGINES = ("tantivy", "bm25s", "Whoosh")
"""The further columns, beside this directory's engine and FTS5."""
COSTS = {"seconds": "built in, s", "megabytes": "on disk, MB", "resident": "memory, MB"}

Times = Mapping[str, Mapping[str, tuple[float, float]]]
"""By "cold" and "warm" and by kind of search: the median and the 95th percentile in milliseconds."""


class Size(NamedTuple):
    """What was measured at one size, by engine."""

    listings: int
    times: Mapping[str, Times]
    costs: Mapping[str, Mapping[str, float]]
    strange: Mapping[str, float]


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


def sizes(counts: Sequence[int], peer: Path, work: Path, say: Say) -> list[Size]:
    """Every engine at every size, each size in a process of its own. Raises ``NotRunning`` where one breaks off."""
    return [_size(count, peer, work / f"listings-{count}", say) for count in counts]


def _size(count: int, peer: Path, work: Path, say: Say) -> Size:
    work.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.bench.one_size", str(count), str(work), str(peer)]
    found = []
    say(f"searches of {count:,} listings: inventing them and writing the indexes")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout or ():
            found.append(json.loads(line))
            say(f"searches of {count:,} listings: {found[-1]['name']} is measured")
    if running.returncode:
        raise NotRunning(f"{command!r} ended with {running.returncode}")
    by_name = {one["name"]: one for one in found}
    strange = by_name.pop("strange", {}).get("times", {})
    times, costs = ({name: one[part] for name, one in by_name.items()} for part in ("times", "cost"))
    return Size(count, times, costs, strange)


def judged(measured: Sequence[Size]) -> list[Row]:
    """The worst of all kinds of search, cold and warm, beside what was promised."""
    rows = [row for one in measured if one.listings in JUDGED for row in _judged(one)]
    by_count = {one.listings: one for one in measured}
    if {JUDGED[0], SIZES[-1]} <= by_count.keys():
        rows.append(_growth(by_count[JUDGED[0]], by_count[SIZES[-1]]))
    return rows


def _judged(size: Size) -> Iterator[Row]:
    at = f"at {size.listings:,} listings"
    for engine, kinds, which, name, most in (
        ("here", KINDS, 0, f"A search with all facets {at}, median", 0.7),
        ("here", KINDS, 1, f"A search with all facets {at}, 95 of 100 within", 1.0),
        ("understood", (SENTENCE,), 0, f"A search that is understood {at}, median", 2.0),
    ):
        pairs = (pair for pair in _pairs(size, engine, which) if pair[1] in kinds)
        temper, kind, ours, theirs = max(pairs, key=lambda pair: pair[2] / pair[3])
        yield Row(name, ours, "ms", theirs, at_most=most, note=f"beside FTS5, worst: {kind}, {temper}")
    ordinary = size.strange["ordinary"]
    worst = max(size.strange, key=size.strange.__getitem__)
    name = f"A strange search {at}"
    yield Row(name, size.strange[worst], "ms", ordinary, at_most=5.0, note=f"beside the median, worst: {worst}")


def _pairs(size: Size, engine: str, which: int) -> Iterator[tuple[str, str, float, float]]:
    for temper in TEMPERS:
        for kind in KINDS:
            yield temper, kind, size.times[engine][temper][kind][which], size.times["FTS5"][temper][kind][which]


def _growth(small: Size, large: Size) -> Row:
    """How many times the median grows: for the kind and temper of search for which ours grows most beside FTS5's."""
    grown = [
        (kind, temper, ours / before, theirs / before_theirs)
        for (temper, kind, before, before_theirs), (_, _, ours, theirs) in zip(
            _pairs(small, "here", 0), _pairs(large, "here", 0), strict=True
        )
    ]
    kind, temper, ours, theirs = max(grown, key=lambda one: one[2] / one[3])
    name = f"Growth of the median from {small.listings:,} to {large.listings:,} listings"
    return Row(name, ours, "times", theirs, at_most=1.0, note=f"beside FTS5's, worst: {kind}, {temper}")


def tables(measured: Sequence[Size]) -> str:
    """All that was measured, in Markdown: searches asked for the first time, searches asked again, and indexes."""
    told = {"cold": "Searches for the first time, nothing remembered", "warm": "Searches that were asked before"}
    parts = [
        f"{title}: median / 95 of 100 within, milliseconds\n\n{aligned(_lines(measured, temper))}"
        for temper, title in told.items()
    ]
    return "\n\n".join([*parts, f"What the indexes cost\n\n{aligned(_cost_lines(measured))}"])


def _lines(measured: Sequence[Size], temper: str) -> Iterator[tuple[str, ...]]:
    yield "Listings", "Search", "Here", "FTS5", "Ratio", "Understood", "Ratio", *ENGINES
    for size in measured:
        for kind in KINDS:
            cells = {name: one[temper][kind] for name, one in size.times.items()}
            here, theirs, understood = cells["here"], cells["FTS5"], cells["understood"]
            yield (
                f"{size.listings:,}",
                kind,
                *(_told(here), _told(theirs), _ratio(here, theirs), _told(understood), _ratio(understood, theirs)),
                *(_told(cells[name]) if name in cells else "" for name in ENGINES),
            )


def _cost_lines(measured: Sequence[Size]) -> Iterator[tuple[str, ...]]:
    yield "Listings", "Index", "Here", "FTS5", *ENGINES
    for size in measured:
        for cost, title in COSTS.items():
            found = (size.costs.get(name, {}).get(cost) for name in ("here", "FTS5", *ENGINES))
            yield f"{size.listings:,}", title, *("" if one is None else f"{one:.3g}" for one in found)


def _told(times: tuple[float, float]) -> str:
    return f"{times[0]:.3g} / {times[1]:.3g}"


def _ratio(ours: tuple[float, float], theirs: tuple[float, float]) -> str:
    return f"{ours[0] / theirs[0]:.2f} / {ours[1] / theirs[1]:.2f}"


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
