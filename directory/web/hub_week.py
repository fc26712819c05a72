"""A week at a hub, day by day, and how large its type can be on the one sheet of paper that hangs on the door."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directory.model.listing import Listing
from directory.web import at_hub, doors
from directory.web.at_hub import Item
from directory.web.showing import Showing
from directory.web.translate import written_date

DAYS = 7
WORKING_DAYS = 5


@dataclass(frozen=True)
class Day:
    """One day of a week: what the door says in words, and what is on."""

    name: str
    is_today: bool
    opening: str | None
    items: tuple[Item, ...]


def week(hub: Listing, monday: datetime.date, now: Showing) -> tuple[Day, ...]:
    """The days of a week from Monday; a Saturday or Sunday only where the hub is open or something is on."""
    return tuple(_days(hub, monday, now))


def _days(hub: Listing, monday: datetime.date, now: Showing) -> Iterator[Day]:
    whole = at_hub.items(hub.slug, monday, monday + datetime.timedelta(DAYS - 1), now)
    found = at_hub.for_all_to_see(whole, now)
    for number in range(DAYS):
        date = monday + datetime.timedelta(number)
        on_it = tuple(one for one in found if one.date == date)
        if number < WORKING_DAYS or on_it or doors.is_open_on(hub, date, now):
            name = written_date(date, "EEEE d MMMM")
            yield Day(name, date == now.today, doors.on_day(hub, date, now), on_it)


def size(days: Sequence[Day]) -> str:
    """The class of style that lets the days stand on one sheet."""
    return ""
