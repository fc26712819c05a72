"""Measures every engine at one size, in a process of its own, and prints a line of JSON for each.

`python -m tests.bench.one_size COUNT WORK PEER` is how to call it; PEER is the folder of the peers' programs.
The engines of this process take turns query by query, so that what disturbs the machine disturbs them alike.
`python -m tests.bench.one_size resident ENGINE PLACE` prints the megabytes that an engine takes once it has been asked.
"""

import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from directory import content
from directory.model.snapshot import Snapshot
from directory.search import SearchIndex, builds
from tests.bench import asking, full_text, invented
from tests.bench.engines import AnyWord, Engine, Fts5, Meanings, PlainWhoosh, Understood, write_plain_whoosh

SMALL, MIDDLING = 5_000, 20_000
"""Listings up to which plain Whoosh is asked, and all searches are asked again: more would take too long."""
WHOOSH_SEARCHES, SEARCHES_OF_LARGE, SEARCHES_FOR_MEMORY = 20, 100, 20
"""How many searches of each kind are asked of Whoosh, asked again of more listings, and asked to see the memory."""
STRANGE_TIMES = 5
TEMPERS = ("cold", "warm")

Times = tuple[float, float]
"""The median and the 95th percentile, in milliseconds."""


@dataclass
class Measured:
    """What an engine did: what its index cost (seconds, megabytes on disk and resident), and its times.

    They are by ``TEMPERS`` and kind of search.
    """

    name: str
    cost: dict[str, float] = field(default_factory=dict)
    times: dict[str, dict[str, Times]] = field(default_factory=lambda: {temper: {} for temper in TEMPERS})


def every_engine(count: int, work: Path, peer: Path) -> Iterator[Mapping[str, object]]:
    """Everything at one size: what each engine did, and what strange searches cost."""
    testbridge = _testbridge(work)
    snapshot, searches = invented.in_memory(testbridge, count), asking.searches(testbridge)
    ours, theirs = _build(snapshot, work)
    meanings = Meanings(snapshot)
    ways: dict[str, Callable[[], Engine]] = {
        "here": lambda: AnyWord(work / "index"),
        "FTS5": lambda: Fts5(work / "fts5.db"),
        "understood": lambda: Understood(work / "index", meanings),
    }
    found = {"here": Measured("here", ours), "FTS5": Measured("FTS5", theirs), "understood": Measured("understood")}
    for kind, asked in searches.items():
        again = asked if count <= MIDDLING else asked[:SEARCHES_OF_LARGE]
        _take_turns(kind, (asked, again), {name: open_anew() for name, open_anew in ways.items()}, found)
    yield from map(asdict, found.values())
    if count <= MIDDLING:
        yield {"name": "strange", "times": _strange(Understood(work / "index", meanings), searches)}
    if count <= SMALL:
        yield asdict(_whoosh(snapshot, work / "whoosh", searches))
    yield from _peers(snapshot, searches, work, peer)


def _testbridge(work: Path) -> Snapshot:
    loaded = content.load(invented.TESTBRIDGE, work / "memory")
    if loaded.snapshot is None:
        raise content.BrokenContent(loaded.faults)
    return loaded.snapshot


def _build(snapshot: Snapshot, work: Path) -> tuple[dict[str, float], dict[str, float]]:
    """What it takes to write the two indexes."""
    index, database = work / "index", work / "fts5.db"
    shutil.rmtree(index, ignore_errors=True)
    ours = {"seconds": _seconds(lambda: SearchIndex(index).rebuild(snapshot))}
    theirs = {"seconds": _seconds(lambda: full_text.write(snapshot, database))}
    ours["megabytes"] = _megabytes(index / str(builds.current(index)))
    theirs["megabytes"] = _megabytes(database)
    for cost, name, place in ((ours, "here", index), (theirs, "FTS5", database)):
        command = [sys.executable, "-m", "tests.bench.one_size", "resident", name, str(place), str(work)]
        cost["resident"] = float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return ours, theirs


def resident(name: str, place: Path, work: Path) -> float:
    """The megabytes that this process grows by when it opens an engine and asks it."""
    searches = asking.searches(_testbridge(work))
    before = _resident()
    engine: Engine = AnyWord(place) if name == "here" else Fts5(place)
    for asked in searches.values():
        for words in asked[:SEARCHES_FOR_MEMORY]:
            engine.search(words)
    return max(0.0, _resident() - before)


def _take_turns(
    kind: str, rounds: Sequence[Sequence[str]], engines: Mapping[str, Engine], found: Mapping[str, Measured]
) -> None:
    """Asks each engine for each search: all of the first round cold, and those of the second again, warm."""
    for temper, asked in zip(TEMPERS, rounds, strict=True):
        times: dict[str, list[float]] = {name: [] for name in engines}
        for words in asked:
            for name, engine in engines.items():
                times[name].append(_milliseconds(engine, words))
        for name, own in times.items():
            found[name].times[temper][kind] = _told(own)


def _whoosh(snapshot: Snapshot, folder: Path, searches: Mapping[str, Sequence[str]]) -> Measured:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    seconds = _seconds(lambda: write_plain_whoosh(snapshot, folder))
    before = _resident()
    engine = PlainWhoosh(folder)
    found = Measured("Whoosh", {"seconds": seconds, "megabytes": _megabytes(folder)})
    for kind, asked in searches.items():
        _take_turns(kind, [asked[:WHOOSH_SEARCHES]] * 2, {"Whoosh": engine}, {"Whoosh": found})
    found.cost["resident"] = max(0.0, _resident() - before)
    return found


def _peers(
    snapshot: Snapshot, searches: Mapping[str, Sequence[str]], work: Path, peer: Path
) -> Iterator[Mapping[str, object]]:
    texts = [full_text.texts_of(one, snapshot) for one in snapshot.listings.values()]
    given = work / "texts.json"
    asked = {kind: [full_text.asked_for(words) for words in own] for kind, own in searches.items()}
    given.write_text(json.dumps({"texts": texts, "searches": asked}))
    script = Path(__file__).with_name("other_engines.py")
    command = [str(peer / "python"), str(script), str(given), str(work / "others")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    yield from map(json.loads, done.stdout.splitlines())


def _strange(engine: Engine, searches: Mapping[str, Sequence[str]]) -> Mapping[str, float]:
    """The milliseconds that each strange search takes, and under ``ordinary`` the median of all others."""
    ordinary = [words for asked in searches.values() for words in asked]
    for words in ordinary:
        engine.search(words)
    found = {"ordinary": statistics.median(_milliseconds(engine, words) for words in ordinary)}
    for name, words in asking.strange().items():
        found[name] = statistics.median(_milliseconds(engine, words) for _ in range(STRANGE_TIMES))
    return found


def _milliseconds(engine: Engine, words: str) -> float:
    began = time.perf_counter()
    engine.search(words)
    return (time.perf_counter() - began) * 1000


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _told(times: Sequence[float]) -> Times:
    return statistics.median(times), sorted(times)[len(times) * 95 // 100]


def _megabytes(place: Path) -> float:
    files = [place] if place.is_file() else [one for one in place.rglob("*") if one.is_file()]
    return sum(one.stat().st_size for one in files) / 1e6


def _resident() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    if sys.argv[1] == "resident":
        print(resident(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])))
    else:
        for one in every_engine(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])):
            print(json.dumps(one), flush=True)
