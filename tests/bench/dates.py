"""Measures how fast sessions become dates: a year of a large directory, and a month beside dateutil's rules.

`python -m tests.bench.dates` measures this alone.
"""

import datetime
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TypeVar

from directory import content
from directory.model.calendar import Calendar
from directory.model.listing import Listing
from directory.model.session import WEEKDAYS, Session, SessionException
from directory.model.snapshot import Snapshot
from directory.timetable import Timetable
from tests.bench import invented
from tests.bench.pages import Say
from tests.bench.report import Row, table
from tests.timetable.rules import bare_rule

IN_SESSION = 4_000
"""How many of the listings run something."""
CANCELLED_OF = 20
"""One of so many weekly sessions is cancelled once."""
SINCE, FIRST = datetime.date(2026, 9, 1), datetime.date(2026, 11, 22)
"""When sessions began that do not say so, with the school year, and the first day that is asked for."""
YEAR, MONTH = FIRST + datetime.timedelta(364), FIRST + datetime.timedelta(29)
YEAR_SECONDS, OF_RULES = 2.0, 0.1
"""What a year may take, and a month beside dateutil's rules."""

_MIDNIGHT, _LAST = datetime.time.min, datetime.time.max
Date = tuple[str, int, datetime.date, datetime.time]
"""A listing, the number of its session, and when it begins."""
T = TypeVar("T")


def dates(quiet: Snapshot, rounds: int, say: Say) -> list[Row]:
    """Processor seconds of one core for the dates of a year and of a month; raises where two calendars differ."""
    busy = _busy(quiet)
    year, whole = _measured(lambda: Timetable.of(busy).on(FIRST, YEAR), rounds)
    say(f"dates of a year: {len(whole):,} in {year:.2f} s")
    ours, rows = _measured(lambda: Timetable.of(busy).on(FIRST, MONTH), rounds)
    theirs, found = _measured(lambda: set(_by_rules(busy, FIRST, MONTH)), rounds)
    when = ((one.slug, one.number, one.occurrence) for one in rows[:])
    assert found == {(slug, number, one.date, one.opens_at) for slug, number, one in when if one.is_on}
    say(f"dates of a month: {len(found):,} in {ours * 1000:.0f} ms, by dateutil's rules in {theirs * 1000:.0f} ms")
    of = f"{len(busy.listings):,} listings"
    return [
        Row(f"Dates of a year of {of}", year, "s", at_most=YEAR_SECONDS, note=f"{len(whole):,} dates"),
        Row("Dates of a month, beside dateutil's rules", ours * 1000, "ms", theirs * 1000, at_most=OF_RULES),
    ]


def _busy(quiet: Snapshot) -> Snapshot:
    """The same with the sessions of others, on other days, for as many listings as lack some."""
    chance, listings = random.Random(invented.SEED), list(quiet.listings.values())
    running = [one for one in listings if _is_running(one)]
    lacking = [one for one in listings if not _is_running(one) and not one.is_building]
    given = {
        one.slug: one.model_copy(update={"sessions": tuple(_lent(chance, chance.choice(running).sessions))})
        for one in lacking[: IN_SESSION - len(running)]
    }
    return replace(quiet, revision="busy", listings=MappingProxyType({**quiet.listings, **given}))


def _is_running(listing: Listing) -> bool:
    return any(session.has_known_dates for session in listing.sessions)


def _lent(chance: random.Random, sessions: Iterable[Session]) -> Iterator[Session]:
    """Weekly ones move to any day of the week, and some of these are cancelled once in the month."""
    for session in sessions:
        if session.frequency != "weekly" or session.exceptions:
            yield session.model_copy(update={"at": None})
            continue
        moved = session.model_copy(update={"at": None, "day": chance.choice(WEEKDAYS)})
        days = moved.days(FIRST.toordinal(), MONTH.toordinal()) if chance.randrange(CANCELLED_OF) == 0 else ()
        off = [{"date": datetime.date.fromordinal(day), "change": "cancelled"} for day in days[:1]]
        yield moved.model_copy(update={"exceptions": tuple(map(SessionException.model_validate, off))})


def _by_rules(snapshot: Snapshot, first: datetime.date, last: datetime.date) -> Iterator[Date]:
    """The same through dateutil, as one would: a rule for each session, which begins when the session does."""
    for slug, listing in snapshot.listings.items():
        opens = max(first, listing.closed_until or first)
        closes = min(last, listing.publish_until or last)
        for number, session in enumerate(listing.sessions):
            for moment in _moments(session, opens, closes, snapshot.calendar):
                yield slug, number, moment.date(), moment.time()


def _moments(
    session: Session, first: datetime.date, last: datetime.date, calendar: Calendar
) -> Iterator[datetime.datetime]:
    changed = {one.date for one in session.exceptions}
    if session.has_known_dates:
        start, end = datetime.datetime.combine(first, _MIDNIGHT), datetime.datetime.combine(last, _LAST)
        for moment in bare_rule(session, SINCE).between(start, end, inc=True):
            if moment.date() not in changed and _runs_on(session, moment.date(), calendar):
                yield moment
    for one in session.exceptions:
        day = one.to_date or one.date
        if one.change != "cancelled" and first <= day <= last:
            yield datetime.datetime.combine(day, one.opens_at or session.opens_at)


def _runs_on(session: Session, day: datetime.date, calendar: Calendar) -> bool:
    if session.frequency == "once":
        return True
    if calendar.is_bank_holiday(day) and not session.bank_holidays:
        return False
    return session.term in ("always", calendar.part_of_year(day, session.school))


def _measured(work: Callable[[], T], rounds: int) -> tuple[float, T]:
    """The median of the processor seconds that some work takes, and what came of it last."""
    took = []
    for _ in range(rounds):
        began = time.process_time()
        found = work()
        took.append(time.process_time() - began)
    return statistics.median(took), found


def main() -> None:
    """Measures dates alone."""
    with TemporaryDirectory() as work:
        loaded = content.load(invented.TESTBRIDGE, Path(work) / "memory")
    if loaded.snapshot is None:
        raise content.BrokenContent(loaded.faults)
    large = invented.in_memory(loaded.snapshot, invented.LISTINGS)
    print(table(dates(large, rounds=5, say=lambda text: print(text, file=sys.stderr))))


if __name__ == "__main__":
    main()
