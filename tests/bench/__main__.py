"""`python -m tests.bench --peer FOLDER`: measures everything in one run, prints one table and keeps it in .bench."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import approving, cancelling, commands, dates, days, invented, pages, report, searching
from tests.bench.load import client
from tests.bench.queries import queries
from tests.bench.running import NotRunning

WORK = Path(".bench")


@dataclass(frozen=True)
class Effort:
    """How often and for how many seconds to measure, how many approvals, and searches of how many listings."""

    rounds: int
    seconds: float
    times: int
    approvals: int
    sizes: Sequence[int]


FULL = Effort(rounds=5, seconds=5, times=3, approvals=20, sizes=searching.SIZES)
QUICK = Effort(rounds=2, seconds=2, times=1, approvals=5, sizes=searching.QUICK_SIZES)


def main() -> int:
    """Measures and reports. Targets are told, not enforced: machines are noisy."""
    told = argparse.ArgumentParser(prog="python -m tests.bench", description="Measures the speed of the directory.")
    told.add_argument("--peer", type=Path, required=True, help="where the peers' datasette and python lie")
    told.add_argument("--quick", action="store_true", help="a short run, for a first look")
    asked = told.parse_args()
    effort, load_before = QUICK if asked.quick else FULL, os.getloadavg()[0]
    WORK.mkdir(exist_ok=True)
    try:
        rows = measure(asked.peer, effort)
        engines = searching.sizes(effort.sizes, asked.peer, WORK.resolve(), say)
    except NotRunning as error:
        say(str(error))
        return 1
    facts = report.machine(load_before) | {"client": client(), "rounds": effort.rounds, "seconds": effort.seconds}
    rows, tables = [*rows, *searching.judged(engines)], searching.tables(engines)
    report.save(rows, facts, WORK, tables)
    print(report.table(rows), tables, sep="\n\n", end="\n\n")
    print("\n".join(f"{name}: {value}" for name, value in facts.items()))
    return 0


def measure(peer: Path, effort: Effort) -> Sequence[report.Row]:
    """Everything, one after another, so that nothing disturbs what is measured."""
    content = invented.large_directory(WORK.resolve() / "content", _made)
    asked = queries(invented.read(content))
    work = WORK.resolve()
    rows: list[report.Row] = []
    with pages.site(content, asked, work) as site:
        rows += pages.throughput(site, peer, work, effort.rounds, effort.seconds, say)
        rows.append(pages.compressed_throughput(site, work, effort.seconds))
        rows.append(pages.change_to_visible(site, effort.times, say))
        rows += approving.approvals(site, say, effort.approvals)
        rows += cancelling.cancellations(site, say, effort.approvals)
        rows += pages.sizes(site)
    busy = days.busy_directory(content, work / "busy")
    with pages.site(busy, asked, work) as site:
        rows += days.beside_results(site, work, effort.rounds, effort.seconds, say)
    rows += commands.check(content, work, effort.times, say)
    rows += commands.index(content, work, effort.times, say)
    rows += dates.dates(invented.read(content), effort.rounds, say)
    say("searches in the process")
    return [*rows, *searching.search(content, asked, work, effort.rounds)]


def _made(number: int, of: int) -> None:
    if number % 500 == 0:
        say(f"inventing listings: {number} of {of}")


_BEGAN = time.monotonic()


def say(text: str) -> None:
    """Tells whoever waits how far it is."""
    print(f"{time.monotonic() - _BEGAN:6.0f} s  {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
