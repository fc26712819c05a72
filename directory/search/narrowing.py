"""Which listings are left by the filters that people chose and by those that were read out of their words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import NamedTuple

import numpy as np

from directory.model.filters import Filter, Group, dates_of
from directory.model.place import Point
from directory.search.arrays import Floats, Mask
from directory.search.bounded import Bounded
from directory.search.dates import Days
from directory.search.distance import Distance
from directory.search.facets import Facets
from directory.search.query import Query, Tag

UNSAID = 0.5
MISFIT = 0.4
"""What is left of the score of what does not say whether it fits, and of what does not."""

CACHE_BYTES = 8_000_000


class Narrowed(NamedTuple):
    """What is left: what each listing's score is multiplied by, 0 for what is out, by group; and the tags as used."""

    worth: Mapping[Group, Floats]
    tags: tuple[Tag, ...]

    @property
    def masks(self) -> Mapping[Group, Mask]:
        """What each group leaves."""
        return {group: worth > 0 for group, worth in self.worth.items()}

    def chosen(self, filters: Iterable[Filter]) -> Mapping[Group, Mask]:
        """What each group leaves in which somebody chose: another choice there adds to it, and replaces a guess."""
        groups = {one.group for one in filters}
        return {group: mask for group, mask in self.masks.items() if group in groups}

    def but(self, group: Group, relevant: Mask) -> Mask:
        """Which of the relevant listings all the other groups leave."""
        return reduce(np.logical_and, (worth > 0 for one, worth in self.worth.items() if one != group), relevant)


class Narrowing:
    """Holds listings against filters."""

    def __init__(self, facets: Facets, distance: Distance, days: Days) -> None:
        self._facets, self._distance, self._days = facets, distance, days
        self._guesses = Bounded(CACHE_BYTES, self._guess, lambda guess: guess.nbytes)

    def narrow(self, query: Query, tags: Sequence[Tag], good: Mask, near: Point | None, *, by_words: bool) -> Narrowed:
        """What the filters leave. What was chosen is strict, and in its group nothing is guessed any more.

        A guess is loosened where no ``good`` answer is known to fit, and one about cost always: nobody is to miss the
        right help because it asks for a pound.
        ``by_words`` is false where nothing but filters was asked for: what does not say whether it fits is out then.
        """
        chosen = query.filters
        decided = {one.group for one in chosen}
        tags = [tag for tag in tags if tag.filter is None or tag.filter.group not in decided]
        times = _times(chosen, tags)
        guessed = {
            (tag, one): self._guesses((one, times if one.group == "day" else (), by_words))
            for tag in tags
            if (one := tag.filter)
        }
        loose = _too_strict(guessed, good) | {tag for tag, one in guessed if one.group == "cost" and by_words}
        worth: dict[Group, Floats] = {}
        for (tag, one), own in guessed.items():
            _widen(worth, one, np.maximum(own, MISFIT) if tag in loose else own)
        for one in chosen:
            if one.group != "within" or near:
                _widen(worth, one, self.fitting(one, times, near).astype(np.float32))
        return Narrowed(worth, tuple(replace(tag, is_loose=tag in loose) for tag in tags))

    def fitting(self, one: Filter, times: Iterable[str], near: Point | None) -> Mask:
        """The listings that are known to fit a filter."""
        if one.group == "within" and near:
            return self._distance.within(near, float(one.value))
        dates = dates_of(one.value) if one.group == "day" else None
        return self._days.on(*dates, times) if dates else self._facets.fitting(one, times)

    def _guess(self, guess: tuple[Filter, tuple[str, ...], bool]) -> Floats:
        one, times, by_words = guess
        fitting = self.fitting(one, times, None)
        if not by_words:
            return fitting.astype(np.float32)
        unsaid = np.where(self._facets.unsaid(one), np.float32(UNSAID), np.float32(0))
        return np.where(fitting, np.float32(1), unsaid)


def _times(chosen: Iterable[Filter], tags: Iterable[Tag]) -> tuple[str, ...]:
    filters = (*chosen, *(tag.filter for tag in tags if tag.filter))
    return tuple(one.value for one in filters if one.group == "time")


def _widen(worth: dict[Group, Floats], one: Filter, own: Floats) -> None:
    """Choices of one group are alternatives: each listing counts by the one that it fits best."""
    worth[one.group] = np.maximum(worth[one.group], own) if one.group in worth else own


def _too_strict(guessed: Mapping[tuple[Tag, Filter], Floats], good: Mask) -> set[Tag]:
    """The guesses to loosen, one after the other, until one of the good answers is known to fit."""
    loose: set[Tag] = set()
    places = np.flatnonzero(good)
    fits = {(tag, one.group): own[places] == 1 for (tag, one), own in guessed.items()}

    def left(without: set[Tag]) -> int:
        groups: dict[Group, Mask] = {}
        for (tag, group), own in fits.items():
            passed = own | (tag in without)
            groups[group] = groups[group] | passed if group in groups else passed
        return int(np.logical_and.reduce([*groups.values()]).sum()) if groups else len(places)

    while len(loose) < len(guessed) and not left(loose):
        loose.add(max((tag for tag, _ in guessed if tag not in loose), key=lambda tag: left(loose | {tag})))
    return loose
