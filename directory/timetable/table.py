"""Arrays of dates: what thousands of sessions come to in a run of days, worked out pattern by pattern.

Thousands of sessions follow a few hundred patterns. The days of each pattern are worked out once, and dealt out to its
sessions as whole arrays; only sessions with an exception near these days are asked one by one.
"""

import datetime
from collections.abc import Collection, Iterable
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from directory.model.calendar import Calendar
from directory.model.listing import Listing
from directory.model.session import Session
from directory.timetable.occurrences import occurrences, usual_days

MINUTES_A_DAY = 24 * 60
FIRST_DAY, LAST_DAY = 1, datetime.date.max.toordinal()
BEGINS, ENDS, LISTING, SESSION, IS_ON = range(5)
"""What the columns of a table hold: the minute (of the calendar's first day) at which a time begins and at which it
ends, the number of its listing, that of its session in the listing, and whether people can go."""

Table = npt.NDArray[np.int64]
"""Five columns, each a row of the array; one place in all of them is one time at which something runs."""
Columns = npt.NDArray[np.int64]
Numbered = Iterable[tuple[int, Listing]]
"""Listings, each with the number that stands for it in tables."""
_PATTERN = itemgetter("frequency", "day", "week", "day_of_month", "date", "term", "school", "bank_holidays")
_KIND = itemgetter(
    "frequency", "day", "week", "day_of_month", "date", "term", "school", "bank_holidays", "dtstart", "valid_from",
    "valid_to", "opens_at", "closes_at",
)  # fmt: skip
_NONE = np.empty(0, np.int64)


class _Unusual(NamedTuple):
    """A session with exceptions, its numbers, and the first and the last day on which its listing is open."""

    session: Session
    listing: int
    number: int
    opens: int
    closes: int


class _Kinds:
    """The kinds of sessions there are: those of one kind have the same dates and times, in any listing."""

    def __init__(self) -> None:
        self.patterns: list[Session] = []
        """One session for each pattern, without limits."""
        self.rows: list[tuple[int, int, int, int, int]] = []
        """For each kind its pattern, its minutes of the day, and the first and the last day that it says."""
        self.numbers: dict[object, int] = {}
        self._patterns: dict[object, int] = {}

    def number_of(self, kind: object, session: Session) -> int:
        """The number of a session's kind that was not known before: its place among the rows."""
        self.numbers[kind] = len(self.rows)
        self.rows.append(self._row(session))
        return self.numbers[kind]

    def _row(self, session: Session) -> tuple[int, int, int, int, int]:
        start = session.valid_from.toordinal() if session.valid_from else FIRST_DAY
        end = session.valid_to.toordinal() if session.valid_to else LAST_DAY
        return self._pattern_of(session), minute(0, session.opens_at), minute(0, session.closes_at), start, end

    def _pattern_of(self, session: Session) -> int:
        """Every other Tuesday is one of two patterns, whatever the date that it counts from."""
        fortnight = session.dtstart.toordinal() % 14 if session.dtstart else None
        number = self._patterns.setdefault((*_PATTERN(vars(session)), fortnight), len(self.patterns))
        if number == len(self.patterns):
            self.patterns.append(session.model_copy(update={"valid_from": None, "valid_to": None}))
        return number


class Gathered:
    """The sessions of some listings, ready to be turned into the dates of any days. Never changes."""

    def __init__(self, listings: Numbered) -> None:
        kinds = _Kinds()
        numbers = kinds.numbers
        self._unusual: list[_Unusual] = []
        usual: list[tuple[int, int, int, int, int]] = []
        for number, listing in listings:
            opens, closes = listing.open_between
            for place, session in enumerate(listing.sessions):
                said = vars(session)
                kind = numbers.get(of := _KIND(said))
                usual.append((number, place, kinds.number_of(of, session) if kind is None else kind, opens, closes))
                if said["exceptions"]:
                    self._unusual.append(_Unusual(session, number, place, opens, closes))
        self._patterns = kinds.patterns
        self._usual = np.array(usual, np.int64).reshape(-1, 5).T
        self._kinds = np.array(kinds.rows, np.int64).reshape(-1, 5).T

    def table(self, first: int, last: int, calendar: Calendar) -> Table:
        """Their dates from one day to another, both included and as ordinals, in order."""
        first, last = max(FIRST_DAY, first), min(LAST_DAY, last)
        changed = [one for one in self._unusual if _is_changed(one.session, first, last)]
        dealt = self._dealt(self._without(changed), first, last, calendar)
        return in_order(np.concatenate((dealt, _each(changed, first, last, calendar)), axis=1))

    def _without(self, changed: Collection[_Unusual]) -> Columns:
        """The usual ones, less those that are asked one by one."""
        if not changed:
            return self._usual
        listing, number, *_ = self._usual
        most = int(number.max()) + 1
        asked = [one.listing * most + one.number for one in changed]
        return self._usual[:, ~np.isin(listing * most + number, asked)]

    def _dealt(self, usual: Columns, first: int, last: int, calendar: Calendar) -> Table:
        """The dates of sessions without exceptions: those of their patterns, less those outside their limits."""
        by_pattern = [np.array(usual_days(one, first, last, calendar), np.int64) for one in self._patterns]
        lengths = np.array([len(days) for days in by_pattern], np.int64)
        listing, number, kind, opens, closes = usual
        pattern, begins, ends, starts, stops = self._kinds
        counts = lengths[pattern[kind]]
        # where the days of each session's pattern begin among those of all patterns, less how many rows come before
        shift = (np.cumsum(lengths) - lengths)[pattern[kind]] - (np.cumsum(counts) - counts)
        days = np.concatenate([_NONE, *by_pattern])[np.arange(counts.sum()) + np.repeat(shift, counts)]
        row = np.repeat(np.arange(len(counts)), counts)
        is_kept = (days >= np.maximum(opens, starts[kind])[row]) & (days <= np.minimum(closes, stops[kind])[row])
        minutes, row = days[is_kept] * MINUTES_A_DAY, row[is_kept]
        of = kind[row]
        return np.stack((minutes + begins[of], minutes + ends[of], listing[row], number[row], np.ones_like(row)))


def in_order(table: Table) -> Table:
    """The same in order of time, then of the numbers."""
    if table.shape[1] == 0:
        return table
    # one number for all four keys sorts several times as fast as four: 28 days and a million sessions fit
    begins, ends, listing, session = table[:IS_ON] - table[:IS_ON].min(axis=1, keepdims=True)
    lasts = ends - begins - (ends - begins).min()
    key = begins
    for part in (lasts, listing, session):
        key = key * (int(part.max()) + 1) + part
    return np.take(table, np.argsort(key, kind="stable"), axis=1)


def minute(day: int, time: datetime.time) -> int:
    """The minute of a time of a day, from the calendar's first day."""
    return day * MINUTES_A_DAY + time.hour * 60 + time.minute


def _is_changed(session: Session, first: int, last: int) -> bool:
    return any(first <= day.toordinal() <= last for one in session.exceptions for day in (one.date, one.to_date) if day)


def _each(changed: Iterable[_Unusual], first: int, last: int, calendar: Calendar) -> Table:
    """The dates of sessions with exceptions, asked one by one."""
    rows = [
        (day + minute(0, date.opens_at), day + minute(0, date.closes_at), one.listing, one.number, date.is_on)
        for one in changed
        if max(first, one.opens) <= min(last, one.closes)
        for date in occurrences(
            one.session,
            datetime.date.fromordinal(max(first, one.opens)),
            datetime.date.fromordinal(min(last, one.closes)),
            calendar,
        )
        for day in (date.date.toordinal() * MINUTES_A_DAY,)
    ]
    return np.array(rows, np.int64).reshape(-1, IS_ON + 1).T
