"""Measures how soon everybody sees that a session is cancelled: on its own page, on what's on and at its hub.

A file is put in the place of another as publishing does it, by a process that is no worker: each worker has to notice.
"""

import datetime
import http.client
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from directory import content
from directory.model.calendar import LONDON
from directory.model.listing import Listing
from directory.model.session import SessionException
from directory.model.snapshot import Snapshot
from directory.timetable import On, Timetable
from tests.bench.approving import BETWEEN_LOOKS, BETWEEN_SECONDS, GIVE_UP_SECONDS, asked_on, connections
from tests.bench.invented import read
from tests.bench.pages import Site
from tests.bench.report import Row
from tests.bench.running import NotRunning

MOST_PAGES = 200
Say = Callable[[str], None]


def cancellations(site: Site, say: Say, times: int) -> list[Row]:
    """Seconds until both workers' pages say of each of some sessions that it is cancelled."""
    snapshot, took = read(site.content), []
    tomorrow = datetime.datetime.now(LONDON).date() + datetime.timedelta(1)
    for number, (one, hub) in enumerate(_chosen(snapshot, tomorrow)):
        if number == times:
            break
        listing = snapshot.listings[one.slug]
        try:
            took.append(_seconds_until_seen(site, one, listing, hub, f"quillcancel{number:02}"))
        finally:
            content.write(site.content, content.LISTING, listing)
        say(f"cancellation {number + 1}: every page of every worker says so after {took[-1]:.3f} seconds")
        time.sleep(BETWEEN_SECONDS)
    name = "From a cancellation to every worker's pages saying so"
    return [
        Row(name, statistics.median(took), "s", at_most=1.0, note="median"),
        Row(name, max(took), "s", at_most=1.0, note=f"longest of {len(took)}"),
    ]


def _chosen(snapshot: Snapshot, day: datetime.date) -> Iterator[tuple[On, str]]:
    """Times of a day that are as usual and at a hub, each with that hub."""
    hubs = [one.slug for one in snapshot.listings.values() if one.is_building]
    for one in Timetable.of(snapshot).on(day, day)[:]:
        hub = next((hub for hub in hubs if one.slug in snapshot.offered_at.get(hub, ())), "")
        if hub and one.occurrence.is_on and not one.occurrence.is_changed:
            yield one, hub


def _page_of(one: On, connection: http.client.HTTPConnection) -> str:
    """The page of what's on that has the listing on it."""
    for number in range(1, MOST_PAGES):
        path = f"/whats-on/{one.occurrence.date}?page={number}"
        if f"/listings/{one.slug}".encode() in asked_on(connection, path):
            return path
    raise NotRunning(f"what's on does not have {one.slug}")


def _seconds_until_seen(site: Site, one: On, listing: Listing, hub: str, word: str) -> float:
    """From the moment the file is in its place until the pages of every worker have its note."""
    day = one.occurrence.date
    exception = SessionException(date=day, change="cancelled", note=word)
    sessions = [
        session.model_copy(update={"exceptions": (*session.exceptions, exception)}) if number == one.number else session
        for number, session in enumerate(listing.sessions)
    ]
    with ExitStack() as stack:
        workers = connections(site.server, stack)
        on_the_day = _page_of(one, next(iter(workers.values())))
        paths = (f"/listings/{one.slug}", on_the_day, f"/hubs/{hub}/week/{day}")
        content.write(site.content, content.LISTING, listing.model_copy(update={"sessions": tuple(sessions)}))
        began = time.perf_counter()
        for connection in workers.values():
            for path in paths:
                while word.encode() not in asked_on(connection, path):
                    if time.perf_counter() - began > GIVE_UP_SECONDS:
                        return GIVE_UP_SECONDS
                    time.sleep(BETWEEN_LOOKS)
        return time.perf_counter() - began
