"""What is on, when, in a whole content: all sessions of all listings in order of time.

Dates are worked out for four weeks at once, the first time that anybody asks, as arrays with one row for each time at
which something runs. A question is then a cut out of these, and a mask.
"""

import datetime
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from directory.model.calendar import Calendar
from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from directory.timetable.occurrences import LONGEST_LOOK, Occurrence, occurrences
from directory.timetable.table import (
    BEGINS,
    ENDS,
    IS_ON,
    LISTING,
    MINUTES_A_DAY,
    SESSION,
    Gathered,
    Table,
    in_order,
    minute,
)

DAYS_A_BLOCK = 28
MOST_BLOCKS = 20
"""Enough for a year ahead and what people look back at; more would only be asked for by machines."""
MOST_CHOSEN = 64
"""How many choices of listings are remembered as masks."""
Mask = npt.NDArray[np.bool_]

_DATED = attrgetter("title", "sessions", "closed_until", "publish_until")
"""What of a listing its rows hang on."""


class On(NamedTuple):
    """One time at which one session of a listing runs, or would have: ``number`` is the session's place in it."""

    slug: str
    number: int
    occurrence: Occurrence


@dataclass(frozen=True)
class Rows:
    """What is on in a run of days, in order of time: as many as ``len``, made into values only where asked for."""

    timetable: "Timetable"
    table: Table

    def __len__(self) -> int:
        return int(self.table.shape[1])

    def __getitem__(self, cut: slice) -> list[On]:
        """The rows of a page, in order."""
        return [self.timetable.row(*row) for row in self.table[:, cut].T.tolist()]

    @cached_property
    def by_day(self) -> Mapping[datetime.date, int]:
        """How many there are on each day that has any, in order of day; cancelled ones count."""
        days, counts = np.unique(self.table[BEGINS] // MINUTES_A_DAY, return_counts=True)
        pairs = zip(days.tolist(), counts.tolist(), strict=True)
        return {datetime.date.fromordinal(day): count for day, count in pairs}

    @property
    def can_go(self) -> int:
        """How many are neither cancelled nor moved away."""
        return int(self.table[IS_ON].sum())

    def next_change(self, now: datetime.datetime) -> datetime.datetime | None:
        """When the next of these begins or ends after ``now`` (Europe/London); None where none does."""
        minutes = self.table[: ENDS + 1]
        later = minutes[minutes > minute(now.toordinal(), now.time())]
        return _moment(int(later.min())).replace(tzinfo=now.tzinfo) if later.size else None

    def slugs(self) -> tuple[str, ...]:
        """The listings, each once, the soonest first."""
        numbers, firsts = np.unique(self.table[LISTING], return_index=True)
        return tuple(self.timetable.slugs[number] for number in numbers[np.argsort(firsts)].tolist())


class Timetable:
    """The sessions of one content. Never changes; safe from several threads."""

    def __init__(
        self,
        listings: tuple[Listing, ...],
        calendar: Calendar,
        shown_at: Mapping[str, Collection[str]],
        blocks: Mapping[int, Table],
    ) -> None:
        self._listings, self._calendar, self._shown_at = listings, calendar, shown_at
        self.slugs = tuple(one.slug for one in listings)
        self._number_of = _numbers(listings)
        self._blocks = dict(blocks)
        self._chosen: dict[Collection[str], Mask] = {}

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Timetable":
        """The timetable of a content."""
        return cls(_with_sessions(snapshot), snapshot.calendar, snapshot.shown_at, {})

    def amended(self, snapshot: Snapshot, changed: Collection[str]) -> "Timetable":
        """The same for a content that differs in these listings alone: only theirs is worked out again."""
        if all(self._keeps_its_dates(slug, snapshot.listings.get(slug)) for slug in changed):
            same = tuple(snapshot.listings[slug] for slug in self.slugs)
            return Timetable(same, snapshot.calendar, snapshot.shown_at, self._blocks)
        listings = _with_sessions(snapshot)
        numbers = _numbers(listings)
        kept = np.array([-1 if slug in changed else numbers.get(slug, -1) for slug in self.slugs], np.int64)
        come = Gathered((number, listings[number]) for slug, number in numbers.items() if slug in changed)
        blocks = {}
        for block, table in tuple(self._blocks.items()):
            listing = kept[table[LISTING]]
            stay = np.flatnonzero(listing >= 0)
            moved = np.take(table, stay, axis=1)
            moved[LISTING] = listing[stay]
            new = come.table(*_days(block), snapshot.calendar)
            blocks[block] = in_order(np.concatenate((moved, new), axis=1))
        return Timetable(listings, snapshot.calendar, snapshot.shown_at, blocks)

    def _keeps_its_dates(self, slug: str, now: Listing | None) -> bool:
        """Whether a listing keeps its dates, and its place among the others: most changes are of words."""
        number = self._number_of.get(slug)
        if number is None or now is None:
            return number is None and not (now and now.sessions)
        return _DATED(now) == _DATED(self._listings[number])

    def on(
        self,
        first: datetime.date,
        last: datetime.date,
        *,
        only: Collection[str] | None = None,
        at: str | None = None,
        days: Collection[datetime.date] | None = None,
        hours: Iterable[tuple[int, int]] = (),
        ends_after: datetime.datetime | None = None,
    ) -> Rows:
        """What is on from ``first`` to ``last``, both included, with what was cancelled or moved away.

        At most ``LONGEST_LOOK`` days are looked at.

        ``only`` these listings (a frozenset is remembered from one question to the next); ``at`` a hub, spoke or
        venue; on these ``days`` alone; beginning in one of the ``hours``, each from the first and before the second;
        that have not ended by ``ends_after`` (Europe/London).
        """
        table = self._between(first.toordinal(), last.toordinal())
        mask = np.ones(table.shape[1], np.bool_)
        if only is not None:
            mask &= self._mask(only)[table[LISTING]]
        if at is not None:
            mask &= self._is_at(at, table)
        if days is not None:
            mask &= np.isin(table[BEGINS] // MINUTES_A_DAY, [day.toordinal() for day in days])
        if spans := list(hours):
            begins = table[BEGINS] % MINUTES_A_DAY
            mask &= np.logical_or.reduce([(start * 60 <= begins) & (begins < end * 60) for start, end in spans])
        if ends_after is not None:
            mask &= table[ENDS] > minute(ends_after.toordinal(), ends_after.time())
        return Rows(self, table[:, mask])

    def next_on(self, now: datetime.datetime, days: int) -> Mapping[str, datetime.datetime]:
        """When each listing that runs in the next ``days`` does so next: it is on then, and has not ended yet."""
        today = now.date()
        table = self.on(today, today + datetime.timedelta(days), ends_after=now).table
        running = table[:, table[IS_ON] == 1]
        numbers, firsts = np.unique(running[LISTING], return_index=True)
        pairs = zip(numbers.tolist(), running[BEGINS][firsts].tolist(), strict=True)
        return {self.slugs[number]: _moment(begins) for number, begins in pairs}

    def row(self, begins: int, ends: int, listing: int, session: int, is_on: int) -> On:
        """The row of these figures as a value."""
        day = datetime.date.fromordinal(begins // MINUTES_A_DAY)
        found = occurrences(self._listings[listing].sessions[session], day, day, self._calendar)
        when = (day, _moment(begins).time(), _moment(ends).time(), bool(is_on))
        [one] = (one for one in found if one.when == when)
        return On(self.slugs[listing], session, one)

    def _between(self, first: int, last: int) -> Table:
        last = min(last, first + LONGEST_LOOK - 1)
        numbers = range(first // DAYS_A_BLOCK, max(first, last) // DAYS_A_BLOCK + 1)
        blocks = {number: found for number in numbers if (found := self._blocks.get(number)) is not None}
        if missing := [number for number in numbers if number not in blocks]:
            blocks |= self._worked_out(missing)
        whole = blocks[first // DAYS_A_BLOCK]
        if len(blocks) > 1:
            whole = np.concatenate([blocks[number] for number in numbers], axis=1)
        start, end = np.searchsorted(whole[BEGINS], (first * MINUTES_A_DAY, (last + 1) * MINUTES_A_DAY)).tolist()
        return whole[:, start:end]

    def _worked_out(self, numbers: Sequence[int]) -> dict[int, Table]:
        """Blocks that nobody asked for before, all in one go; they are kept for the next question."""
        whole = self._gathered.table(_days(numbers[0])[0], _days(numbers[-1])[1], self._calendar)
        edges = {number: np.array(_days(number)) * MINUTES_A_DAY + (0, MINUTES_A_DAY) for number in numbers}
        blocks = {number: whole[:, slice(*np.searchsorted(whole[BEGINS], edge))] for number, edge in edges.items()}
        if len(self._blocks) + len(blocks) > MOST_BLOCKS:
            self._blocks.clear()
        self._blocks.update(blocks)
        return blocks

    @cached_property
    def _gathered(self) -> Gathered:
        return Gathered(enumerate(self._listings))

    def _mask(self, slugs: Collection[str]) -> Mask:
        kept = self._chosen.get(slugs) if isinstance(slugs, frozenset) else None
        if kept is None:
            kept = np.zeros(len(self.slugs), np.bool_)
            kept[[self._number_of[slug] for slug in slugs if slug in self._number_of]] = True
            if isinstance(slugs, frozenset):
                if len(self._chosen) >= MOST_CHOSEN:
                    self._chosen.clear()
                self._chosen[slugs] = kept
        return kept

    def _is_at(self, at: str, table: Table) -> Mask:
        """Which rows are of a session at that hub or venue: of its own, or of what people may know happens there."""
        mask = np.zeros((len(self.slugs), max((len(one.sessions) for one in self._listings), default=1)), np.bool_)
        for slug in {at, *self._shown_at.get(at, ())} & self._number_of.keys():
            number = self._number_of[slug]
            for place, session in enumerate(self._listings[number].sessions):
                mask[number, place] = session.at in (None, at)
        found: Mask = mask[table[LISTING], table[SESSION]]
        return found


class Timetables:
    """The timetable of the newest content, amended rather than made anew. Safe from several threads."""

    def __init__(self) -> None:
        self._newest: tuple[Snapshot, Timetable] | None = None
        self._lock = threading.Lock()

    def of(self, snapshot: Snapshot) -> Timetable:
        """The timetable of a content; what did not change since the last question is not worked out again."""
        newest = self._newest
        if newest and newest[0] is snapshot:
            return newest[1]
        with self._lock:
            newest = self._newest
            if newest and newest[0] is snapshot:
                return newest[1]
            changed = snapshot.differing_from(newest[0]) if newest else None
            made = Timetable.of(snapshot) if newest is None or changed is None else newest[1].amended(snapshot, changed)
            self._newest = (snapshot, made)
            return made


def _days(block: int) -> tuple[int, int]:
    """The first and the last day of a block, as ordinals."""
    return block * DAYS_A_BLOCK, (block + 1) * DAYS_A_BLOCK - 1


def _numbers(listings: Iterable[Listing]) -> dict[str, int]:
    return {one.slug: number for number, one in enumerate(listings)}


def _with_sessions(snapshot: Snapshot) -> tuple[Listing, ...]:
    found = (one for one in snapshot.listings.values() if one.sessions)
    return tuple(sorted(found, key=lambda one: one.title.casefold()))


def _moment(minute: int) -> datetime.datetime:
    day = datetime.datetime.combine(datetime.date.fromordinal(minute // MINUTES_A_DAY), datetime.time())
    return day + datetime.timedelta(minutes=minute % MINUTES_A_DAY)
