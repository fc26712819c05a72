"""What the index knows of listings beside their terms, one by one as it is stored, and in columns to reckon with."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from directory.search.arrays import Days, Ids, Mask

NO_END = 2**31 - 1
Months = npt.NDArray[np.int16]


class Facts(NamedTuple):
    """What is stored beside a listing's terms: all that ranking needs to know, and nothing to show.

    Days are ordinals, 0 for no limit: the first and the last on which it is published, and those from which it stands
    below others and leaves results because nobody looked at it. ``points`` are latitudes and longitudes in degrees of
    where it is, ``areas`` of the places it is for. Ages are months, from ``YOUNGEST`` to ``OLDEST``. ``keys`` are what
    it can be narrowed by.
    """

    slug: str
    revision: str
    title_key: str
    first_day: int
    last_day: int
    sinks_on: int
    leaves_on: int
    is_withdrawn: bool
    is_everywhere: bool
    points: tuple[tuple[float, float], ...]
    areas: tuple[tuple[float, float], ...]
    first_month: int
    last_month: int
    keys: tuple[str, ...]


class Spots(NamedTuple):
    """Points, latitude and longitude in radians a row, each with the number of the listing that it belongs to."""

    owners: Ids
    radians: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Columns:
    """The facts of many listings, a column for each thing. The days after the last are ``NO_END``."""

    size: int
    first_day: Days
    last_day: Days
    sinks_on: Days
    leaves_on: Days
    youngest: Months
    oldest: Months
    is_withdrawn: Mask
    is_everywhere: Mask
    at: Spots
    reach: Spots
    """Where each is, and that with the places it is for."""
    keys: dict[str, Ids]
    """The listings that have each key."""
    by_title: Sequence[tuple[str, str, int]]
    """Titles, slugs and numbers in the order of the titles."""


def columns(facts: Sequence[Facts]) -> Columns:
    """The columns of these listings, the first of which has the number 0."""
    having: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(facts):
        for key in one.keys:
            having[key].append(number)
    return Columns(
        len(facts),
        np.array([one.first_day for one in facts], np.int32),
        _ends(one.last_day for one in facts),
        _ends(one.sinks_on for one in facts),
        _ends(one.leaves_on for one in facts),
        np.array([one.first_month for one in facts], np.int16),
        np.array([one.last_month for one in facts], np.int16),
        np.array([one.is_withdrawn for one in facts], np.bool_),
        np.array([one.is_everywhere for one in facts], np.bool_),
        _spots([one.points for one in facts]),
        _spots([(*one.points, *one.areas) for one in facts]),
        {key: np.array(numbers, np.intp) for key, numbers in having.items()},
        sorted((one.title_key, one.slug, number) for number, one in enumerate(facts)),
    )


def joined(parts: Sequence[Columns]) -> Columns:
    """The columns of several runs of listings as those of one: the numbers of each follow those of the one before."""
    if len(parts) <= 1:
        return parts[0] if parts else columns(())
    starts = [0, *accumulate(part.size for part in parts)]
    keys: dict[str, list[Ids]] = defaultdict(list)
    for part, start in zip(parts, starts, strict=False):
        for key, ids in part.keys.items():
            keys[key].append(ids + start)
    return Columns(
        starts[-1],
        np.concatenate([part.first_day for part in parts]),
        np.concatenate([part.last_day for part in parts]),
        np.concatenate([part.sinks_on for part in parts]),
        np.concatenate([part.leaves_on for part in parts]),
        np.concatenate([part.youngest for part in parts]),
        np.concatenate([part.oldest for part in parts]),
        np.concatenate([part.is_withdrawn for part in parts]),
        np.concatenate([part.is_everywhere for part in parts]),
        _joined_spots([part.at for part in parts], starts),
        _joined_spots([part.reach for part in parts], starts),
        {key: np.concatenate(ids) for key, ids in keys.items()},
        sorted(
            (title, slug, number + start)
            for part, start in zip(parts, starts, strict=False)
            for title, slug, number in part.by_title
        ),
    )


def _ends(days: Iterable[int]) -> Days:
    return np.array([day or NO_END for day in days], np.int32)


def _spots(points: Sequence[Sequence[tuple[float, float]]]) -> Spots:
    owners = np.array([number for number, own in enumerate(points) for _ in own], np.intp)
    return Spots(owners, np.radians(np.array([one for own in points for one in own], np.float64).reshape(-1, 2)))


def _joined_spots(parts: Sequence[Spots], starts: Sequence[int]) -> Spots:
    owners = [part.owners + start for part, start in zip(parts, starts, strict=False)]
    return Spots(np.concatenate(owners), np.concatenate([part.radians for part in parts]))
