"""Reads filters out of a person's words: when, who it is for, cost, how, language and access.

What is said plainly counts; a word that only looks like a wish ("30 hours free", "a 2 year check") is left alone.
"""

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from directory.model.calendar import LONDON
from directory.model.filters import Filter, months_of
from directory.model.snapshot import Snapshot
from directory.search.understanding.wishes import ages, costs, day_phrases, facilities, stages, tongues, ways_in, when
from directory.search.understanding.wishes.asked import Asked, Taken, Wish
from directory.search.understanding.wishes.phrases import PhraseBook

_READERS: tuple[tuple[Callable[[str], bool], Callable[[Asked, int], Taken | None]], ...] = (
    (ages.may_start, ages.read),
    (costs.may_start, costs.read),
    (when.may_start, when.read_day),
)


class Wishes:
    """The phrases for every wish, with the holidays that a calendar knows."""

    def __init__(self, snapshot: Snapshot) -> None:
        rules = (
            stages.RULES,
            costs.RULES,
            ways_in.RULES,
            facilities.RULES,
            tongues.RULES,
            day_phrases.day_rules(snapshot.calendar),
        )
        self._phrases = PhraseBook(rule for some in rules for rule in some)

    def read(self, words: Sequence[str], at: datetime.datetime, literal: Collection[str] = ()) -> list[Wish]:
        """The wishes in the order of their words. ``literal`` names groups that are not read. Never raises.

        The words are those of ``words.split``, of a text that has been through ``with_signs_said``.
        """
        asked = Asked(words, frozenset(words), at.astimezone(LONDON).date())
        once: dict[Filter, Wish] = {}
        for wish in self._each(asked):
            if wish.filter.group not in literal:
                once.setdefault(wish.filter, wish)
        spans = {one: months_of(one.value) for one in once if one.group == "age"}
        return [wish for wish in once.values() if not _is_said_closer(wish, once, spans)]

    def _each(self, asked: Asked) -> Iterator[Wish]:
        place = 0
        while place < len(asked.words):
            found = self._longest(asked, place)
            wishes = found.wishes if found else ()
            yield from wishes
            place = found.last if found else place + 1
            part = when.part_of_day(asked, place) if any(wish.filter.group == "day" for wish in wishes) else None
            if part:
                yield from part.wishes
                place = part.last

    def _longest(self, asked: Asked, place: int) -> Taken | None:
        word = asked.words[place]
        best = self._phrases.read(asked, place)
        for may_start, read in _READERS:
            found = read(asked, place) if may_start(word) else None
            if found and (best is None or found.last > best.last):
                best = found
        return best


def _is_said_closer(wish: Wish, once: Mapping[Filter, Wish], spans: Mapping[Filter, tuple[int, int]]) -> bool:
    """Whether other words say an age within this one, as of an "8 month old baby"."""
    if wish.filter not in spans:
        return False
    first, last = own = spans[wish.filter]
    others = (span for one, span in spans.items() if once[one].first != wish.first and span != own)
    return any(first <= start and end <= last for start, end in others)
