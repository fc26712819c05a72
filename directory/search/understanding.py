"""What people's words ask for: which ideas, in which terms each may be written, and which urgent cards they bring up.

Words go no further than here as text: no query language is parsed, so nothing that a person types is special.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from directory.model.site import UrgentCard, WordGroup
from directory.model.snapshot import Snapshot
from directory.search.words import STOP_WORDS, Words, joined, pairs, split, telling, term, ways_to_join

LONGEST_TEXT = 1000
"""Characters of a search that are read: some 180 words, more than anybody types into a search box."""
MOST_WORDS = 24
MOST_READ = 120
"""How many words of a search are looked for, and how many are read for that."""
SAME_MEANING = 0.45
"""What a word of the same meaning counts for beside the word itself: so little that a title with the word is ahead."""


class Vocabulary(Protocol):
    """The words of the listings."""

    def knows(self, one: str) -> bool:
        """Whether any listing has the term."""

    def as_two(self, word: str) -> tuple[str, str] | None:
        """The two words that a word is elsewhere written as, if it is."""


class Alternative(NamedTuple):
    """A way to write an idea: terms that a listing must all have, and what they count for."""

    terms: tuple[str, ...]
    weight: float = 1.0


Idea = tuple[Alternative, ...]
"""One thing that a search asks for: a word and every other way to write it."""


@dataclass(frozen=True)
class Reading:
    """A search as understood: ``words[n]`` asks for ``ideas[n]``; ``phrases`` are terms that make an answer better.

    It is vague where it has stop words alone: those are looked for then, in names.
    """

    words: tuple[str, ...]
    ideas: tuple[Idea, ...]
    phrases: tuple[str, ...]
    ignored: tuple[str, ...]
    related: tuple[str, ...]
    urgent: tuple[str, ...]
    is_vague: bool


class Understanding:
    """The words that the content says mean the same, and those of its urgent cards."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._same = _same_meanings(snapshot.words)
        self._longest = max((len(key) for key in self._same), default=0)
        self._cards = _cards_by_first_word(snapshot.urgent)

    def read(self, text: str, vocabulary: Vocabulary) -> Reading:
        """What the text asks for, in the words of the listings. Never raises, whatever the text."""
        typed = split(text[:LONGEST_TEXT])[:MOST_READ]
        words = list(_taken_apart(typed, vocabulary))
        meant = telling(words)
        asked = list(dict.fromkeys(meant or (word for _, word in words)))[:MOST_WORDS]
        ideas = {word: list(_literally(word)) for word in asked}
        phrases = list(_add_joined(ideas, words, vocabulary))
        related = self._add_same_meanings(ideas, asked)
        return Reading(
            words=tuple(ideas),
            ideas=tuple(tuple(dict.fromkeys(alternatives)) for alternatives in ideas.values()),
            phrases=tuple(phrases),
            ignored=tuple(dict.fromkeys(word for _, word in words if word in STOP_WORDS)),
            is_vague=not meant,
            related=tuple(related),
            urgent=self._urgent([word for _, word in typed]),
        )

    def _add_same_meanings(self, ideas: dict[str, list[Alternative]], asked: list[str]) -> dict[str, None]:
        related: dict[str, None] = {}
        for start in range(len(asked)):
            for end in range(start + 1, min(start + self._longest, len(asked)) + 1):
                for name, alternatives in self._meanings(asked[start:end]):
                    related[name] = None
                    for word in asked[start:end]:
                        ideas[word] += alternatives
        return related

    def _meanings(self, words: list[str]) -> list[tuple[str, tuple[Alternative, ...]]]:
        found = self._same.get(tuple(term(word) for word in words), [])
        return found or (self._same.get((joined(*words),), []) if len(words) == 2 else [])

    def _urgent(self, words: list[str]) -> tuple[str, ...]:
        found = {
            (order, slug)
            for place, word in enumerate(words)
            for order, slug, phrase in self._cards.get(word, ())
            if words[place : place + len(phrase)] == phrase
        }
        return tuple(slug for _, slug in sorted(found))


@lru_cache(maxsize=8192)
def _literally(word: str) -> Idea:
    return tuple(Alternative((one,)) for one in dict.fromkeys([term(word), *sorted(ways_to_join(word))]))


def _add_joined(ideas: dict[str, list[Alternative]], words: Words, vocabulary: Vocabulary) -> Iterator[str]:
    """Adds the one-word forms of neighbouring words to both; gives those that listings have."""
    for first, second in pairs(words, is_name=True):
        for one in dict.fromkeys((joined(first, second), term(first + second))):
            if vocabulary.knows(one):
                for word in (first, second):
                    ideas.get(word, []).append(Alternative((one,)))
                yield one


def _taken_apart(words: Words, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """The words with each that is two elsewhere taken apart, so that "foodbank" asks for what "food bank" does."""
    for hyphen, word in words:
        two = vocabulary.as_two(word)
        yield from ((hyphen, two[0]), ("-", two[1])) if two else ((hyphen, word),)


def _same_meanings(groups: tuple[WordGroup, ...]) -> dict[tuple[str, ...], list[tuple[str, Idea]]]:
    """By the terms of a word or phrase, the others of its groups as people read them and as they are looked for."""
    found: dict[tuple[str, ...], list[tuple[str, Idea]]] = defaultdict(list)
    for group in groups:
        for asked in group.words[:1] if group.one_way else group.words:
            others = [(other, _ways_to_write(other)) for other in group.words if other != asked]
            for key in (way.terms for way in _ways_to_write(asked)):
                found[key] += (other for other in others if other[1])
    return dict(found)


def _ways_to_write(phrase: str) -> Idea:
    words = telling(split(phrase))
    apart = [Alternative(tuple(term(word) for word in words), SAME_MEANING)] if words else []
    as_one = [Alternative((joined(*words),), SAME_MEANING)] if len(words) == 2 else []
    return (*apart, *as_one)


def _cards_by_first_word(cards: tuple[UrgentCard, ...]) -> dict[str, list[tuple[int, str, list[str]]]]:
    found: dict[str, list[tuple[int, str, list[str]]]] = defaultdict(list)
    for order, card in enumerate(cards):
        for phrase in card.words:
            words = [word for _, word in split(phrase)]
            if words:
                found[words[0]].append((order, card.slug, words))
    return dict(found)
