"""What a month of searches says: what was not found, what was found but not opened, what is asked most; and repairs."""

import datetime
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from directory.insight.stored import Asked, Stored
from directory.model.need import Need
from directory.model.snapshot import Snapshot
from directory.search import Query, Results

UNKNOWN = "slug-of-the-listing"
"""Stands in a promise for the listing that only a person can tell; until it is told, ``directory check`` complains."""
Ask = Callable[[Query], Results]


@dataclass(frozen=True)
class Repair:
    """Where to write down the words of a search that failed, and what to promise then.

    ``need`` is the slug of the nearest need that there is, with its ``name``; None where a new one has to be made. The
    search ``is_understood`` where it is for that need already, so that what answers the need is wrong or missing.
    ``file`` is inside the content folder, None where not even the door is known. ``other_file`` is for words that are
    not English. ``promise`` is YAML for ``search_checks.yaml``. ``found_now`` is what the content of now finds.
    """

    need: str | None
    name: str | None
    is_understood: bool
    file: str | None
    other_file: str | None
    promise: str
    found_now: int


@dataclass(frozen=True)
class Finding:
    """A search that failed, and its repair."""

    asked: Asked
    repair: Repair


@dataclass(frozen=True)
class Insight:
    """What the searches of a month say; nothing in it was asked less than ``RARE`` times."""

    nothing_found: tuple[Finding, ...]
    nothing_opened: tuple[Finding, ...]
    most_asked: tuple[Asked, ...]


def insight_into(
    database_url: str, month: datetime.date, snapshot: Snapshot, ask: Ask, at: datetime.datetime
) -> Insight:
    """What people searched for in the month of that day, most asked first.

    ``ask`` answers a search as pages do; repairs are for what it answers ``at`` a time in Europe/London.
    Raises ``DatabaseUnusable``.
    """
    asked = Stored(database_url).asked_in(month)
    repairs = _Repairs(snapshot, ask, at)
    return Insight(
        tuple(repairs.of(one for one in asked if not one.results)),
        tuple(repairs.of(one for one in asked if one.results and not one.opened)),
        asked,
    )


def found_nothing(database_url: str, month: datetime.date) -> tuple[Asked, ...]:
    """What people searched for in vain in the month of that day, most asked first. Raises ``DatabaseUnusable``."""
    return tuple(one for one in Stored(database_url).asked_in(month) if not one.results)


class _Repairs:
    """Finds for a search that failed the need that its words belong to."""

    def __init__(self, snapshot: Snapshot, ask: Ask, at: datetime.datetime) -> None:
        self._snapshot, self._ask, self._at = snapshot, ask, at
        self._needs = {need.slug: need for need in snapshot.needs}
        self._languages = {one.slug for one in snapshot.languages}

    def of(self, failed: Iterable[Asked]) -> Iterator[Finding]:
        for one in failed:
            yield Finding(one, self._repair(one))

    def _repair(self, asked: Asked) -> Repair:
        found = self._ask(Query(asked.words, self._at))
        meant = next((self._needs[slug] for slug in found.understood.needs if slug in self._needs), None)
        need = meant or self._in_category(found.closest)
        is_repaired = found.slugs and not asked.results
        door = self._snapshot.door_of_need.get(need.slug) if need else self._door_of(found.closest)
        return Repair(
            need=need.slug if need else None,
            name=need.name if need else None,
            is_understood=meant is not None,
            file=f"needs/{door}.yaml" if door else None,
            other_file=f"languages/{asked.language}.yaml" if asked.language in self._languages else None,
            promise=_promise(asked.words, found.slugs[0] if is_repaired else UNKNOWN),
            found_now=found.total,
        )

    def _in_category(self, categories: tuple[str, ...]) -> Need | None:
        """The first need that one of the categories answers."""
        inside = (need for slug in categories for need in self._snapshot.needs if slug in need.categories)
        return next(inside, None)

    def _door_of(self, categories: tuple[str, ...]) -> str | None:
        tops = (self._snapshot.parent_of.get(slug) for slug in categories)
        return next((top.slug for top in tops if top), None)


def _promise(words: str, slug: str) -> str:
    """JSON's way to write a text is one of YAML's, and safe for words such as "no"."""
    return f"- words: {json.dumps(words, ensure_ascii=False)}\n  shows:\n  - {slug}\n"
