"""Measures approvals while people look for things: how soon every worker shows one, and how long others wait meanwhile.

A file is put in the place of another as an approval does it, by a process that is no worker: each worker has to notice.
"""

import http.client
import multiprocessing
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

from directory import content
from directory.model.listing import Listing
from tests.bench.invented import read
from tests.bench.load import visit
from tests.bench.pages import Site
from tests.bench.report import Row
from tests.bench.running import Server

BETWEEN_SECONDS = 1.0
GIVE_UP_SECONDS = 60
VISITORS, PAUSE_SECONDS = 4, 0.02
"""How many programs ask for results pages, and how long each waits after a page: some 150 pages a second in all.

As fast as pages can be had, they would wait for each other, and for the processors of the machine, most of the time.
"""
MOST_CONNECTIONS = 100
_WARM_SECONDS, _QUIET_SECONDS, _SECONDS_EACH, _LEAST_SECONDS = 6.0, 20.0, 2.0, 10.0
BETWEEN_LOOKS = 0.005
Say = Callable[[str], None]


class Waited(NamedTuple):
    """How long visitors waited for results pages, in milliseconds."""

    median: float
    late: float
    longest: float
    pages: int


def approvals(site: Site, say: Say, times: int) -> list[Row]:
    """Seconds until both workers show each of some approvals, and what results pages took without and with them."""
    _visited(site, _WARM_SECONDS)
    quiet = _visited(site, _QUIET_SECONDS)
    say(f"results pages without approvals: {quiet}")
    took, meanwhile = _approved_under_load(site, times, say)
    say(f"results pages meanwhile: {meanwhile}")
    return [
        Row("From an approval to every worker showing it", statistics.median(took), "s", at_most=1.0, note="median"),
        Row("From an approval to every worker showing it", max(took), "s", at_most=1.0, note=f"longest of {times}"),
        Row(
            "Slowest results page meanwhile, beside the median", meanwhile.longest, "ms", meanwhile.median, at_most=3.0
        ),
        Row("99 of 100 results pages meanwhile, beside the median", meanwhile.late, "ms", meanwhile.median),
        Row("Slowest results page without approvals, beside the median", quiet.longest, "ms", quiet.median),
    ]


def _approved_under_load(site: Site, times: int, say: Say) -> tuple[list[float], Waited]:
    seconds = _LEAST_SECONDS + times * _SECONDS_EACH
    with multiprocessing.Pool(VISITORS) as pool:
        visits = pool.starmap_async(visit, _asked(site, seconds))
        time.sleep(BETWEEN_SECONDS)
        took = _approved(site, times, say)
        return took, _waited(visits.get())


def _approved(site: Site, times: int, say: Say) -> list[float]:
    took = []
    listings = [one for one in read(site.content).listings.values() if not one.is_building]
    chosen = listings[:: max(1, len(listings) // times)][:times]
    try:
        for number, listing in enumerate(chosen):
            took.append(_seconds_until_shown(site, listing, f"quillfeather{number:02}"))
            say(f"approval {number + 1} of {times}: every worker shows it after {took[-1]:.3f} seconds")
            time.sleep(BETWEEN_SECONDS)
    finally:
        for listing in chosen:
            content.write(site.content, content.LISTING, listing)
    return took


def _seconds_until_shown(site: Site, listing: Listing, word: str) -> float:
    """From the moment the file is in its place until every worker finds its new word."""
    changed = listing.model_copy(update={"summary": f"{word} {listing.summary}"[:200]})
    path = f"/search?q={word}&literal=spelling"
    with ExitStack() as stack:
        workers = connections(site.server, stack)
        content.write(site.content, content.LISTING, changed)
        began = time.perf_counter()
        for connection in workers.values():
            while f"/listings/{listing.slug}".encode() not in asked_on(connection, path):
                if time.perf_counter() - began > GIVE_UP_SECONDS:
                    return GIVE_UP_SECONDS
                time.sleep(BETWEEN_LOOKS)
        return time.perf_counter() - began


def asked_on(connection: http.client.HTTPConnection, path: str) -> bytes:
    """What a page says, asked on a connection that stays."""
    connection.request("GET", path)
    return connection.getresponse().read()


def connections(server: Server, stack: ExitStack) -> Mapping[int, http.client.HTTPConnection]:
    """A connection to each worker, by its process."""
    workers, found = server.processes()[1:], {}
    for _ in range(MOST_CONNECTIONS):
        connection = stack.enter_context(closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)))
        asked_on(connection, "/readyz")
        found[_worker_of(connection, workers)] = connection
        if len(found) == len(workers):
            break
    return found


def _worker_of(connection: http.client.HTTPConnection, workers: Sequence[int]) -> int:
    """The process that holds the other end of a connection."""
    inode = _inode_of(connection.sock.getsockname()[1], connection.port)
    return next(worker for worker in workers if f"socket:[{inode}]" in _open_files(worker))


def _inode_of(ours: int, theirs: int) -> str:
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if (fields[1].endswith(f":{theirs:04X}"), fields[2].endswith(f":{ours:04X}")) == (True, True):
            return fields[9]
    return ""


def _open_files(process: int) -> set[str]:
    found = set()
    for file in Path(f"/proc/{process}/fd").iterdir():
        try:
            found.add(str(file.readlink()))
        except OSError:  # closed since
            continue
    return found


def _visited(site: Site, seconds: float) -> Waited:
    with multiprocessing.Pool(VISITORS) as pool:
        return _waited(pool.starmap(visit, _asked(site, seconds)))


def _asked(site: Site, seconds: float) -> list[tuple[int, list[str], float, str, float]]:
    """What each visitor is told: all pages, each from another one on."""
    paths, step = site.paths, len(site.paths) // VISITORS
    starts = range(0, VISITORS * step, step)
    return [
        (site.server.port, [*paths[start:], *paths[:start]], seconds, "identity", PAUSE_SECONDS) for start in starts
    ]


def _waited(visits: Sequence[tuple[list[float], int]]) -> Waited:
    every = sorted(milliseconds for times, _ in visits for milliseconds in times)
    return Waited(statistics.median(every), every[len(every) * 99 // 100], every[-1], len(every))
