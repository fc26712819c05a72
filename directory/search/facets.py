"""Which listings fit which filters, and how many a choice would leave: one row of bits a choice."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

import numpy as np
import numpy.typing as npt

from directory.model.filters import (
    AGES,
    COSTS,
    EVERY_SEND,
    GROUPS,
    HOWS,
    SOME_SEND,
    TIMES,
    Filter,
    Group,
    months_of,
)
from directory.model.session import WEEKDAYS
from directory.search.arrays import Ids, Mask
from directory.search.facts import Columns
from directory.search.keys import SAYS

_IN_ORDER: Mapping[str, Sequence[str]] = {
    "day": WEEKDAYS,
    "time": tuple(TIMES),
    "age": AGES,
    "cost": COSTS,
    "how": HOWS,
}
"""The groups whose choices have an order of their own; those of others come with the most usual first."""
_FOR_EVERY_NEED = Filter("send", EVERY_SEND)
_FIRST_OF_EQUALS = frozenset((SOME_SEND,))
OLD_ENOUGH = 16 * 12
"""Months: what starts at this age or later is for grown-ups or nearly so, whatever age of child they ask about."""
ADULT = 26 * 12
PARENT = 12 * 12
"""Months: what is for people of this age is for mothers too, when somebody asks about a baby or before the birth."""
BABY = 12


class Facets:
    """The keys of all listings, by number of document."""

    def __init__(self, columns: Columns, number_of: Mapping[str, int], is_kept: Mask) -> None:
        self.size, self._number_of = columns.size, number_of
        self._youngest, self._oldest = columns.youngest, columns.oldest
        self._masks = {key: _mask(columns.size, ids) for key, ids in columns.keys.items()}
        self._choices = tuple(self._in_order(is_kept))
        rows = [_packed(self.fitting(one)) for one in self._choices]
        self._bits = np.array(rows, np.uint64).reshape(len(rows), -1)
        self._spans = tuple(_spans(self._choices))

    def fitting(self, one: Filter, times: Iterable[str] = ()) -> Mask:
        """The listings that are known to fit a filter other than a date.

        ``times`` are parts of the day, in one of which what is on a weekday has to be.
        """
        if one.group == "age":
            first, last = months_of(one.value)
            return (self._youngest <= last) & (first <= self._oldest)
        if one.group == "day" and times:
            return self._any(f"day:{one.value}@{time}" for time in times)
        return self.known(one) | self.known(_FOR_EVERY_NEED) if one.group == "send" else self.known(one)

    def known(self, one: Filter) -> Mask:
        """The listings with the filter's own key."""
        return self._any([f"{one.group}:{one.value}"])

    def numbers(self, slugs: Iterable[str]) -> Ids:
        """The numbers of the listings of these slugs, as far as they are there."""
        return np.array([self._number_of[slug] for slug in slugs if slug in self._number_of], np.intp)

    def unsaid(self, one: Filter) -> Mask:
        """The listings that do not say whether they fit, so that a guess from people's words must not lose them."""
        if one.group in ("language", "access", "send"):
            return np.ones(self.size, np.bool_)
        if one.group == "age":
            return self._of_parents(months_of(one.value)[1])
        if one.group == "how":
            return ~self.fitting(one)
        return ~self._any([f"{SAYS}:{one.group}"])

    def _of_parents(self, oldest: int) -> Mask:
        """What is for whoever looks after a child of that age in months, by the ages of grown-ups that it is for.

        Services in pregnancy often say the ages of mothers, or start with the birth.
        """
        if oldest >= BABY:
            return (self._youngest >= OLD_ENOUGH) & (self._oldest > ADULT)
        return ((self._youngest >= PARENT) & (self._oldest >= OLD_ENOUGH)) | (self._youngest <= max(oldest, 0))

    def counted_in(self, mask: Mask) -> list[tuple[Filter, int]]:
        """How many of the listings in a mask each choice gives."""
        return list(zip(self._choices, self._counts(mask, 0, len(self._choices)), strict=True))

    def counted(self, base: Callable[[Group], Mask], chosen: Mapping[Group, Mask]) -> list[tuple[Filter, int]]:
        """How many listings each choice gives, with those of its group that are chosen already."""
        found: list[tuple[Filter, int]] = []
        for group, start, end in self._spans:
            left, already = base(group), 0
            if group in chosen:
                already = int((left & chosen[group]).sum())
                left = left & ~chosen[group]
            counts = self._counts(left, start, end)
            found += ((one, already + count) for one, count in zip(self._choices[start:end], counts, strict=True))
        return found

    def _counts(self, mask: Mask, start: int, end: int) -> list[int]:
        """How many of the listings in a mask each of the choices from ``start`` to ``end`` has."""
        counts: list[int] = np.bitwise_count(self._bits[start:end] & _packed(mask)).sum(axis=1).tolist()
        return counts

    def _any(self, names: Iterable[str]) -> Mask:
        found = [self._masks[name] for name in names if name in self._masks]
        return np.logical_or.reduce(found) if found else np.zeros(self.size, np.bool_)

    def _in_order(self, is_kept: Mask) -> Iterable[Filter]:
        counted = {key: np.count_nonzero(mask & is_kept) for key, mask in self._masks.items() if "@" not in key}
        for group in GROUPS:
            having = {one.value: count for key, count in counted.items() if count and (one := _offered(key, group))}
            usual = sorted(having, key=lambda value: (-having[value], value not in _FIRST_OF_EQUALS, value))
            yield from (Filter(group, value) for value in _IN_ORDER.get(group, usual))


def _offered(key: str, group: Group) -> Filter | None:
    """The choice of a group that a key is for. What is for every need comes with any choice of need."""
    one = Filter(group, key.removeprefix(f"{group}:"))
    return None if one.value == key or one == _FOR_EVERY_NEED else one


def _spans(choices: Sequence[Filter]) -> Iterable[tuple[Group, int, int]]:
    """Where each group's choices begin and end."""
    start = 0
    for group, members in groupby(choices, key=lambda one: one.group):
        end = start + len(list(members))
        yield group, start, end
        start = end


def _mask(size: int, ids: Ids) -> Mask:
    mask = np.zeros(size, np.bool_)
    mask[ids] = True
    return mask


def _packed(mask: Mask) -> npt.NDArray[np.uint64]:
    """The mask as bits, in whole words of 64."""
    padded = np.zeros(-(-len(mask) // 64) * 64, np.bool_)
    padded[: len(mask)] = mask
    return np.packbits(padded).view(np.uint64)
