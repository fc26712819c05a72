"""Phrases that ask for something wherever they stand, looked up by their first word."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from directory.model.filters import Filter
from directory.search.understanding.wishes.asked import Asked, Taken, taken
from directory.search.words import split

Gives = Callable[[datetime.date], tuple[Filter, ...]]
NONE: frozenset[str] = frozenset()


def always(*filters: Filter) -> Gives:
    """The same filters on whichever day the search is made."""
    return lambda _today: filters


nothing = always()


class Rule(NamedTuple):
    """What phrases ask for.

    ``phrases`` stand between semicolons; in "no/without a/~ referral" every choice of words counts, "~" being none.
    They ask for it only in a search that says one of ``wants`` (if there are any) and none of ``unless``, and not
    right after a word of ``not_after``; those ``to_go_to`` not in a search that tells of trouble. Phrases that give
    nothing are names that hold words of another phrase: the longest phrase is the one that counts.
    """

    gives: Gives
    phrases: str
    wants: frozenset[str] = NONE
    unless: frozenset[str] = NONE
    not_after: frozenset[str] = NONE
    to_go_to: bool = False


class _Entry(NamedTuple):
    words: list[str]
    rule: Rule


class PhraseBook:
    """The phrases of many rules."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        alone: dict[str, list[_Entry]] = defaultdict(list)
        longer: dict[str, dict[str, list[_Entry]]] = defaultdict(lambda: defaultdict(list))
        for rule in rules:
            for words in _written_out(rule.phrases):
                entries = alone[words[0]] if len(words) == 1 else longer[words[0]][words[1]]
                entries.append(_Entry(words, rule))
        for by_second in longer.values():
            for entries in by_second.values():
                entries.sort(key=lambda one: -len(one.words))
        self._alone = dict(alone)
        self._longer = {first: dict(by_second) for first, by_second in longer.items()}

    def read(self, asked: Asked, place: int) -> Taken | None:
        """What the longest phrase that starts at the place asks for; None where none starts there."""
        word = asked.words[place]
        longer = self._longer.get(word)
        for words, rule in longer.get(asked.word(place + 1), ()) if longer else ():
            last = place + len(words)
            if list(asked.words[place:last]) == words and _counts(rule, asked, place):
                return taken(rule.gives(asked.today), place, last)
        for _, rule in self._alone.get(word, ()):
            if _counts(rule, asked, place):
                return taken(rule.gives(asked.today), place, place + 1)
        return None


def _counts(rule: Rule, asked: Asked, place: int) -> bool:
    return (
        (not rule.wants or not rule.wants.isdisjoint(asked.said))
        and rule.unless.isdisjoint(asked.said)
        and asked.word(place - 1) not in rule.not_after
        and not (rule.to_go_to and asked.is_of_trouble)
    )


@lru_cache(maxsize=4096)
def _written_out(phrases: str) -> tuple[list[str], ...]:
    """Every way to say the phrases. Nearly all are the same for every content: a second index need not make them."""
    choices = (product(*(slot.split("/") for slot in phrase.split())) for phrase in phrases.split(";"))
    found = ([word for one in choice if one != "~" for _, word in split(one)] for some in choices for choice in some)
    return tuple(words for words in found if words)
