"""A week at a hub, day by day, and how large its type can be on the one sheet of paper that hangs on the door."""

import datetime
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from directory.model.listing import Listing
from directory.web import doors
from directory.web.language import ENGLISH, current_language
from directory.web.public.hub_days import at_hub
from directory.web.public.hub_days.at_hub import Item
from directory.web.showing import Showing
from directory.web.translate import written_date

DAYS = 7
WORKING_DAYS = 5
COLUMNS = 5
"""How many columns the sheet has where nothing else is said."""
HEADING_LINES = 4
"""How many lines of its items the name of a day and its opening hours take up."""
BETWEEN_LINES = 0.5
"""How much of a line lies between two items."""

HIGHER_SCRIPTS = 0.92
"""How many lines there is room for in other languages, for one in English: Arabic letters are higher."""


class Size(NamedTuple):
    """One size of type for the sheet, as ``_week.scss`` has it under the names of these classes.

    ``characters`` go on a line of one of ``COLUMNS``, and ``lines`` below each other. Where a size ``flows``, days
    follow each other from column to column rather than standing beside each other. Small ones leave facts out.
    """

    classes: str
    characters: int
    lines: int
    flows: bool = False
    has_facts: bool = False


SIZES = (
    Size("week--13", 23, 24, has_facts=True),
    Size("week--11", 27, 29, has_facts=True),
    Size("week--9", 31, 34, has_facts=True),
    Size("week--9 week--brief", 31, 34),
    Size("week--8 week--brief", 37, 41),
    Size("week--7 week--brief", 42, 47),
    Size("week--7 week--brief week--flows", 42, 44, flows=True),
    Size("week--6 week--brief week--flows", 48, 52, flows=True),
    Size("week--5 week--brief week--flows", 54, 57, flows=True),
    Size("week--5 week--brief week--flows week--cut", 54, 57, flows=True),
)


@dataclass(frozen=True)
class Day:
    """One day of a week: what the door says in words, and what is on."""

    name: str
    is_today: bool
    opening: str | None
    items: tuple[Item, ...]


MOST_DAYS = 364
"""How many days before and after this week people may look: a year of whole weeks."""


def this_week(today: datetime.date) -> datetime.date:
    """The Monday of the week of a day."""
    return today - datetime.timedelta(today.weekday())


def week_of(text: str, today: datetime.date) -> datetime.date | None:
    """The Monday of the week of a date as in 2026-11-24; None for what is no date, and for a week too far off."""
    try:
        monday = this_week(datetime.date.fromisoformat(text))
    except (ValueError, OverflowError):
        return None
    is_written_so = datetime.date.fromisoformat(text).isoformat() == text
    return monday if is_written_so and abs(monday - this_week(today)).days <= MOST_DAYS else None


def week_beside(monday: datetime.date, weeks: int, today: datetime.date) -> datetime.date | None:
    """The Monday so many weeks later, or earlier; None for a week too far off."""
    return week_of((monday + datetime.timedelta(weeks=weeks)).isoformat(), today)


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
    """The classes of the largest type in which these days stand on one sheet; the smallest where none would do."""
    fitting = (one for one in SIZES if _fits(days, one))
    return next(fitting, SIZES[-1]).classes


def _fits(days: Sequence[Day], size: Size) -> bool:
    """Whether the days would be short enough, by a careful guess at where their lines break."""
    lines = size.lines if current_language() == ENGLISH else size.lines * HIGHER_SCRIPTS
    if size.flows:
        return sum(_lines(one, size, COLUMNS) for one in days) <= lines * COLUMNS
    return max(_lines(one, size, len(days)) for one in days) <= lines


def _lines(day: Day, size: Size, columns: int) -> float:
    """How many lines a day takes up in one of so many columns."""
    characters = size.characters * COLUMNS // columns
    texts = [text for one in day.items for text in (one.listing.title, _beside(one, size))]
    broken = sum(math.ceil(len(text) / characters) for text in texts)
    return HEADING_LINES + broken + len(day.items) * (1 + BETWEEN_LINES)


def _beside(item: Item, size: Size) -> str:
    """What stands under the title of an item."""
    words = (item.change, item.name, item.room, item.note, item.warning, *(item.facts if size.has_facts else ()))
    return " · ".join(one for one in words if one)
