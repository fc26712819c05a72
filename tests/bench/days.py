"""Measures what's on over a large directory of which most listings run something, beside its ordinary results."""

import datetime
import random
import shutil
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from directory import content
from directory.model.listing import Listing
from directory.model.session import WEEKDAYS
from tests.bench import invented
from tests.bench.invented import MARK
from tests.bench.load import Load, load
from tests.bench.pages import Say, Site
from tests.bench.report import Row

IN_SESSION = 4_000
"""How many of the listings run something that is on at known times."""
SEED = 20_261_122
MOST_TIMES = 1.5
"""What the next 30 days may cost, in ordinary results pages."""
MONTH = "/whats-on/next-30-days"
PAGES = 100
"""Of some 700."""
_MARK = ".in-session"
"""The file that says out of what a copy was made."""
_STARTS = ("09:00", "09:30", "10:00", "10:30", "13:00", "13:30", "15:45", "18:00")
_ENDS = {"09": "11:00", "10": "11:45", "13": "14:30", "15": "17:00", "18": "19:30"}


def busy_directory(quiet: Path, folder: Path) -> Path:
    """A copy of a directory in which ``IN_SESSION`` listings run something; made anew where the other one was."""
    made_of = (quiet / MARK).read_text() + Path(__file__).read_text()
    mark = folder / _MARK
    if mark.exists() and mark.read_text() == made_of:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(quiet, folder)
    for listing in _in_session(list(invented.read(folder).listings.values())):
        content.write(folder, content.LISTING, listing)
    mark.write_text(made_of)
    return folder


def _in_session(listings: Sequence[Listing]) -> Iterator[Listing]:
    """Those that are given sessions, so that there are enough."""
    chance = random.Random(SEED)
    running = sum(map(_has_known_dates, listings))
    without = [one for one in listings if not one.is_building and not _has_known_dates(one)]
    for listing in without[: IN_SESSION - running]:
        said = listing.model_dump(mode="json", exclude_defaults=True)
        yield Listing.model_validate(said | {"sessions": [_session(chance)]})


def _has_known_dates(listing: Listing) -> bool:
    return any(session.has_known_dates for session in listing.sessions)


def _session(chance: random.Random) -> dict[str, Any]:
    """Most are weekly, many in term time alone, some every other week or once a month."""
    day, starts = chance.choice(WEEKDAYS), chance.choice(_STARTS)
    said = {
        "day": day,
        "opens_at": starts,
        "closes_at": _ENDS[starts[:2]],
        "term": chance.choice(("term_time", "always")),
    }
    kind = chance.randrange(10)
    if kind == 0:
        return said | {"frequency": "monthly", "week": chance.randrange(1, 5)}
    if kind == 1:
        monday = datetime.date(2026, 9, 7) + datetime.timedelta(WEEKDAYS.index(day))
        return said | {"frequency": "fortnightly", "dtstart": monday.isoformat()}
    return said


def beside_results(busy: Site, folder: Path, rounds: int, seconds: float, say: Say) -> list[Row]:
    """What a page of the next 30 days costs, beside a page of results: in turn, round after round, the medians."""
    asked: Mapping[str, Sequence[str]] = {
        "results": busy.paths,
        "the next 30 days": [MONTH],
        "the next 30 days, page after page": [f"{MONTH}?page={number}" for number in range(1, PAGES + 1)],
        "the next 30 days, narrowed": [f"{MONTH}?{path.partition('?')[2]}" for path in busy.paths],
    }
    found: dict[str, list[tuple[float, Load]]] = {name: [] for name in asked}
    for number in range(rounds + 1):
        for name, paths in asked.items():
            before = busy.server.processor_seconds()
            one = load(busy.server.port, paths, seconds, folder)
            found[name].append(((busy.server.processor_seconds() - before) / max(1, one.requests) * 1000, one))
            said = f"round {number} of {rounds}" if number else "warming up"
            say(f"what's on, {said}: {name} {one.a_second:,.0f} a second")
    return _rows({name: measured[1:] for name, measured in found.items()})


def _rows(found: Mapping[str, Sequence[tuple[float, Load]]]) -> list[Row]:
    def middle(name: str, of: Callable[[tuple[float, Load]], float]) -> float:
        return statistics.median(map(of, found[name]))

    results = middle("results", lambda one: one[0])
    named = [name for name in found if name != "results"]
    errors = sum(one.errors for measured in found.values() for _, one in measured)
    return [
        *(
            Row(
                f"Processor time of {name}, beside results",
                middle(name, lambda one: one[0]),
                "ms",
                results,
                at_most=MOST_TIMES,
            )
            for name in named
        ),
        *(Row(f"Half of {name} within", middle(name, lambda one: one[1].median), "ms") for name in ("results", *named)),
        Row("Errors of what's on under load", errors, "answers", at_most=0),
    ]
