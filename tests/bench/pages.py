"""Measures pages as people get them: from the directory as it is served, beside a bare Flask view and Datasette."""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

from tests.bench import full_text
from tests.bench.invented import read
from tests.bench.load import Load, load
from tests.bench.report import Row
from tests.bench.running import BIN, Server, answer, serving
from tests.served import free_port

WORKERS = 2
COMPRESSED = "gzip, deflate, br, zstd"
"""What browsers ask for."""
AS_NEW_AS_NEEDED = 40
"""How many answers in a row must be new before all workers are taken to show a change: with two, chance does not."""
GIVE_UP_SECONDS = 30
Say = Callable[[str], None]


@dataclass(frozen=True)
class Site:
    """The directory as it is served, and what it is asked."""

    server: Server
    content: Path
    queries: Sequence[str]

    @property
    def paths(self) -> list[str]:
        """The results page of every query."""
        return [f"/search?q={quote_plus(query)}" for query in self.queries]


@contextmanager
def site(content: Path, queries: Sequence[str], folder: Path) -> Iterator[Site]:
    """Serves the content by ``directory serve`` with an index of its own."""
    port = free_port()
    command = [str(BIN / "directory"), "serve", "--port", str(port), "--workers", str(WORKERS)]
    with serving(command, port, "/readyz", folder / "site.log", environ(content, folder / "site")) as server:
        yield Site(server, content, queries)


def environ(content: Path, index: Path) -> Mapping[str, str]:
    """The environment in which the directory works on these folders."""
    index.mkdir(parents=True, exist_ok=True)
    folders = {"DIRECTORY_CONTENT": str(content), "DIRECTORY_INDEX": str(index)}
    return os.environ | folders | {"DIRECTORY_DATABASE_URL": f"sqlite:///{index}/directory.sqlite"}


def throughput(ours: Site, peer: Path, folder: Path, rounds: int, seconds: float, say: Say) -> list[Row]:
    """Results pages a second, of each server in turn, round after round; the medians of all rounds."""
    size = folder / "page.html"
    size.write_bytes(b" " * median_size(ours))
    with ExitStack() as running:
        bare = running.enter_context(_bare(size, folder))
        datasette = running.enter_context(_datasette(ours, peer, folder))
        asked = {
            "ours": (ours.server, ours.paths),
            "bare": (bare, ours.paths),
            "datasette": (datasette, [f"/full_text/listings?_search={quote_plus(q)}&_size=10" for q in ours.queries]),
        }
        measured = _interleaved(asked, folder, rounds, seconds, say)
    return _throughput_rows(measured)


def median_size(ours: Site) -> int:
    """The bytes of the median results page, as it is before compression."""
    return int(statistics.median(len(answer(ours.server.port, path)[1]) for path in ours.paths))


@contextmanager
def _bare(page: Path, folder: Path) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.bare", f"127.0.0.1:{port}", str(WORKERS), str(page)]
    with serving(command, port, "/search", folder / "bare.log") as server:
        yield server


@contextmanager
def _datasette(ours: Site, peer: Path, folder: Path) -> Iterator[Server]:
    port, database = free_port(), folder / "full_text.db"
    full_text.write(read(ours.content), database)
    command = [str(peer / "datasette"), "serve", "--immutable", str(database), "--port", str(port)]
    with serving(command, port, "/full_text/listings?_search=food&_size=10", folder / "datasette.log") as server:
        yield server


@dataclass(frozen=True)
class _Measured:
    load: Load
    milliseconds_of_processor: float


Measured = Mapping[str, Sequence[_Measured]]


def _interleaved(
    asked: Mapping[str, tuple[Server, Sequence[str]]], folder: Path, rounds: int, seconds: float, say: Say
) -> Measured:
    found: dict[str, list[_Measured]] = {name: [] for name in asked}
    for number in range(rounds + 1):
        for name, (server, paths) in asked.items():
            before = server.processor_seconds()
            one = load(server.port, paths, seconds, folder)
            processor = (server.processor_seconds() - before) / max(1, one.requests) * 1000
            said = "warming up" if number == 0 else f"round {number} of {rounds}"
            say(f"results page, {said}: {name} {one.a_second:,.0f} requests a second")
            if number:
                found[name].append(_Measured(one, processor))
    return found


def _throughput_rows(found: Measured) -> list[Row]:
    def middle(name: str, of: Callable[[_Measured], float]) -> float:
        return statistics.median(of(one) for one in found[name])

    def row(name: str, of: Callable[[_Measured], float], unit: str, peer: str, at_least: float | None = None) -> Row:
        theirs = {"bare": "a bare Flask view", "datasette": "Datasette"}[peer]
        return Row(f"{name}, beside {theirs}", middle("ours", of), unit, middle(peer, of), at_least)

    errors = sum(one.load.errors for one in found["ours"])
    return [
        row("Results pages", lambda one: one.load.a_second, "a second", "bare", at_least=0.4),
        row("Results pages", lambda one: one.load.a_second, "a second", "datasette", at_least=4.0),
        row("Half of results pages within", lambda one: one.load.median, "ms", "bare"),
        row("Half of results pages within", lambda one: one.load.median, "ms", "datasette"),
        row("95 of 100 results pages within", lambda one: one.load.late, "ms", "bare"),
        row("95 of 100 results pages within", lambda one: one.load.late, "ms", "datasette"),
        row("Processor time of a results page", lambda one: one.milliseconds_of_processor, "ms", "bare"),
        Row("Errors under load", errors, "answers", at_most=0),
    ]


def compressed_throughput(ours: Site, folder: Path, seconds: float) -> Row:
    """The same pages to a client that takes them compressed, as browsers do."""
    one = load(ours.server.port, ours.paths, seconds, folder, COMPRESSED)
    return Row("Results pages, compressed", one.a_second, "a second")


def change_to_visible(ours: Site, times: int, say: Say) -> Row:
    """From the moment a file is changed until every worker finds the new words and shows them."""
    file = ours.content / "listings" / "infant-feeding-team.yaml"
    original, took = file.read_text(), []
    try:
        for number in range(times):
            word = f"quillfeather{'abcdefghij'[number]}"
            draft = file.with_name(f".{file.name}.draft")
            draft.write_text(original.replace("\nsummary: ", f"\nsummary: {word} ", 1))
            draft.replace(file)
            took.append(_seconds_until_shown(ours.server.port, word))
            say(f"change to visible, {number + 1} of {times}: {took[-1]:.2f} seconds")
    finally:
        file.write_text(original)
    return Row("From a changed file to every worker showing it", statistics.median(took), "s", at_most=2.0)


def _seconds_until_shown(port: int, word: str) -> float:
    began = first_new = time.perf_counter()
    in_a_row = 0
    while in_a_row < AS_NEW_AS_NEEDED and first_new - began < GIVE_UP_SECONDS:
        asked = time.perf_counter()
        is_new = b"/listings/infant-feeding-team" in answer(port, f"/search?q={word}&literal=spelling")[1]
        in_a_row = in_a_row + 1 if is_new else 0
        first_new = first_new if in_a_row > 1 else asked
    return first_new - began


def sizes(ours: Site) -> list[Row]:
    """What pages weigh, and what a worker takes of memory."""
    rows = []
    for name, path in (("Home", "/"), ("A results page", ours.paths[0])):
        raw, packed = (
            len(answer(ours.server.port, path)[1]),
            len(answer(ours.server.port, path, {"Accept-Encoding": COMPRESSED})[1]),
        )
        rows.append(Row(f"{name}, as it is", raw / 1000, "kB"))
        rows.append(Row(f"{name}, compressed", packed / 1000, "kB", at_most=30))
    return [*rows, Row("Memory of a worker after the load", ours.server.worker_megabytes(), "MB")]
