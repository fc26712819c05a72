"""What a screen on the wall of a hub shows: as many rows as it has room for, and how many more there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from directory.web import times
from directory.web.public.hub_days import at_hub
from directory.web.public.hub_days.at_hub import Item, Today
from directory.web.showing import Showing
from directory.web.translate import gettext

WIDE_ROWS, TALL_ROWS = 7, 12
"""How many rows there is room for on a screen that lies on its side, and on one that stands upright."""


@dataclass(frozen=True)
class Row:
    """One session; ``is_tall``: there is room for it only on a screen that stands upright."""

    item: Item
    label: str | None
    is_tall: bool


@dataclass(frozen=True)
class Part:
    """The rows of one day under its name."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Board:
    """Today, and where nothing is left of it the next day on which something is on.

    ``more_wide`` and ``more_tall`` count what the screen has no room for.
    """

    parts: tuple[Part, ...]
    more_wide: int
    more_tall: int


def board(day: Today, next_day: Iterable[Item], now: Showing) -> Board:
    """The board of a day; ``next_day`` is what is on when the day is over."""
    left = at_hub.for_all_to_see(sorted((*day.to_come, *day.off), key=lambda one: (one.opens_at, one.closes_at)), now)
    after = at_hub.for_all_to_see(next_day, now)
    labelled = [*((one, _label(one, day)) for one in left), *((one, None) for one in after)]
    rows = [Row(one, label, number >= WIDE_ROWS) for number, (one, label) in enumerate(labelled[:TALL_ROWS])]
    parts = [Part(gettext("Today"), tuple(rows[: len(left)]))]
    if rows[len(left) :]:
        parts.append(Part(times.near_day(after[0].date, now.today), tuple(rows[len(left) :])))
    return Board(tuple(parts), max(0, len(labelled) - WIDE_ROWS), max(0, len(labelled) - TALL_ROWS))


def _label(item: Item, day: Today) -> str | None:
    if item in day.on_now:
        return gettext("Now")
    return gettext("Starts next") if item in day.next else None
