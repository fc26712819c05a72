"""What runs on given dates, and when each listing runs next: the timetable, with what may run beside it."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import numpy as np

from directory.model.filters import TIMES
from directory.model.snapshot import Snapshot
from directory.search.arrays import Ids, Mask, Minutes
from directory.search.bounded import Bounded
from directory.search.may_run import MayRun
from directory.timetable import Timetable
from directory.timetable.table import BEGINS, IS_ON, LISTING

LONGEST_RANGE = 60
"""Days of a range that are looked at: longer than the summer holidays."""
DAYS_AHEAD = 60
"""How far ahead the next time of a listing is looked for."""
NEVER = np.iinfo(np.int64).max
CACHE_BYTES = 4_000_000
MOMENTS_KEPT = 4
_LAST_DAY = datetime.date.max.toordinal()


class Dates(NamedTuple):
    """The dates of one content."""

    timetable: Timetable
    may_run: MayRun

    @classmethod
    def of(cls, snapshot: Snapshot, timetable: Timetable) -> "Dates":
        """Those of a content whose timetable this is."""
        return cls(timetable, MayRun.of(snapshot.listings.values(), snapshot.calendar))

    def amended(self, snapshot: Snapshot, timetable: Timetable, changed: Collection[str]) -> "Dates":
        """The same for a content that differs in these listings alone, and its timetable."""
        return Dates(timetable, self.may_run.amended(snapshot, changed))


class Days:
    """Dates held against one state of the index: what runs is told by number of document."""

    def __init__(self, dates: Dates, number_of: Mapping[str, int], size: int) -> None:
        self._dates, self._number_of, self._size = dates, number_of, size
        self._numbers = np.array([number_of.get(slug, -1) for slug in dates.timetable.slugs], np.intp)
        self._on = Bounded(CACHE_BYTES, self._work_out, lambda mask: mask.nbytes)
        self._next = Bounded(MOMENTS_KEPT, self._next_from, lambda _: 1)

    def on(self, first: datetime.date, last: datetime.date, times: Iterable[str] = ()) -> Mask:
        """What runs, or for all that is known may run, on any of the days, both ends included.

        ``times`` are parts of the day, in any of which the same session has to start, or the door be open.
        """
        return self._on((first, _at_most(last, first, LONGEST_RANGE - 1), tuple(sorted(set(times)))))

    def next(self, at: datetime.datetime) -> Minutes:
        """The minute at which each listing's sessions run next, of those that have not ended; ``NEVER`` if unknown."""
        return self._next(at)

    def _work_out(self, asked: tuple[datetime.date, datetime.date, tuple[str, ...]]) -> Mask:
        first, last, times = asked
        hours = tuple(TIMES[name] for name in times)
        table = self._dates.timetable.on(first, last, hours=hours).table
        may_run = self._dates.may_run.on(first.toordinal(), last.toordinal(), hours)
        mask = np.zeros(self._size, np.bool_)
        mask[self._known(table[LISTING, table[IS_ON] == 1])] = True
        mask[[number for slug in may_run if (number := self._number_of.get(slug)) is not None]] = True
        return mask

    def _known(self, listings: Ids) -> Ids:
        numbers = self._numbers[listings]
        return numbers[numbers >= 0]

    def _next_from(self, at: datetime.datetime) -> Minutes:
        today = at.date()
        table = self._dates.timetable.on(today, _at_most(datetime.date.max, today, DAYS_AHEAD), ends_after=at).table
        running = table[:, table[IS_ON] == 1][:, ::-1]
        found = np.full(self._size + 1, NEVER, np.int64)  # the last place is for what the index does not have
        found[self._numbers[running[LISTING]]] = running[BEGINS]  # of a listing's times the first is written last
        return found[: self._size]


def _at_most(last: datetime.date, first: datetime.date, days: int) -> datetime.date:
    """The last day, or the one so many days after the first where that is sooner."""
    return min(last, datetime.date.fromordinal(min(first.toordinal() + days, _LAST_DAY)))
