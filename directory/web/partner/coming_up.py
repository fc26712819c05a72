"""What is coming up of somebody's own listings, each time with the way to cancel or move it."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from directory.timetable import On
from directory.web import times
from directory.web.showing import showing, shown

FEW, MORE = 8, 60
LOOK_AHEAD_DAYS = 27


@dataclass(frozen=True)
class Coming:
    """One time of a listing. ``path`` is where it is cancelled or moved, ``name`` the session's own.

    ``where``: the place and the room, of a listing that says them for each session.
    """

    listing: Listing
    path: str
    day: str
    hours: str
    name: str | None
    where: tuple[str, ...]
    note: str | None
    is_cancelled: bool


def coming_up(slugs: Collection[str], *, all_of_it: bool) -> tuple[list[Coming], bool]:
    """The next times of these listings, with what is cancelled among them; and whether there are more."""
    now, most = shown().clock(), MORE if all_of_it else FEW
    last = now.date() + datetime.timedelta(LOOK_AHEAD_DAYS)
    snapshot = showing().snapshot
    rows = shown().services.timetables.of(snapshot).on(now.date(), last, only=frozenset(slugs), ends_after=now)
    # What moved away is told where it moved to.
    found = [one for one in rows[: 2 * MORE] if one.occurrence.moved_to is None]
    return [_coming(one, snapshot, now.date()) for one in found[:most]], len(found) > most


def _coming(one: On, snapshot: Snapshot, today: datetime.date) -> Coming:
    listing, occurrence = snapshot.listings[one.slug], one.occurrence
    date = occurrence.moved_from or occurrence.date
    session = listing.sessions[one.number]
    there = session.model_copy(update={"room": occurrence.room})
    return Coming(
        listing,
        f"/desk/listings/{one.slug}/dates/{one.number}/{date.isoformat()}",
        times.near_day(occurrence.date, today),
        times.hours(occurrence.opens_at, occurrence.closes_at),
        session.name,
        tuple(times.place_and_room(there, snapshot)),
        occurrence.note,
        occurrence.cancelled,
    )
