"""Other ways to write a word: as one or as two, and the words that the content says mean the same."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from directory.model.site import WordGroup
from directory.search.understanding.spelling import english
from directory.search.words import STOP_WORDS, Words, joined, pairs, telling, term, ways_to_join, words_of

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


Ways = tuple[Alternative, ...]
"""Every way to write one thing that a search asks for."""


class Synonyms:
    """The groups of ``words.yaml``."""

    def __init__(self, groups: Sequence[WordGroup]) -> None:
        self._same = _same_meanings(groups)
        self._longest = max((len(key) for key in self._same), default=0)

    def add_to(self, ideas: dict[str, list[Alternative]], words: Sequence[str]) -> dict[str, None]:
        """Adds to the idea of each word what it, alone or with its neighbours, means too; gives what was added."""
        related: dict[str, None] = {}
        for start in range(len(words)):
            for end in range(start + 1, min(start + self._longest, len(words)) + 1):
                for name, alternatives in self._meanings(words[start:end]):
                    related[name] = None
                    for word in words[start:end]:
                        ideas[word] += alternatives
        return related

    def _meanings(self, words: Sequence[str]) -> list[tuple[str, Ways]]:
        found = self._same.get(tuple(term(word) for word in words), [])
        return found or (self._same.get((joined(*words),), []) if len(words) == 2 else [])


@lru_cache(maxsize=8192)
def literally(word: str) -> Ways:
    """The word itself, and the two words that it may be written as."""
    return tuple(Alternative((one,)) for one in dict.fromkeys([term(word), *sorted(ways_to_join(word))]))


def add_joined(ideas: dict[str, list[Alternative]], words: Words, vocabulary: Vocabulary) -> Iterator[str]:
    """Adds the one-word forms of neighbouring words to both; gives those that listings have."""
    for first, second in pairs(words, is_name=True):
        for one in dict.fromkeys((joined(first, second), term(first + second))):
            if vocabulary.knows(one):
                for word in (first, second):
                    ideas.get(word, []).append(Alternative((one,)))
                yield one


def taken_apart(words: Words, vocabulary: Vocabulary, is_foreign: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """The words with each that is two elsewhere taken apart, so that "foodbank" asks for what "food bank" does.

    A word of another language is whole as it is.
    """
    for hyphen, word in _put_together(words, vocabulary):
        two = None if word in english() or is_foreign(word) else vocabulary.as_two(word)
        yield from ((hyphen, two[0]), ("-", two[1])) if two else ((hyphen, word),)


def _put_together(words: Words, vocabulary: Vocabulary) -> Words:
    """The words with what a hyphen joins to a word that says nothing as one, so that "by-pass" asks for a "bypass"."""
    whole: Words = []
    for hyphen, word in words:
        before = whole[-1] if whole and hyphen else ("", "")
        if before[1] in STOP_WORDS and vocabulary.knows(joined(before[1], word)):
            whole[-1] = (before[0], before[1] + word)
        else:
            whole.append((hyphen, word))
    return whole


def _same_meanings(groups: Sequence[WordGroup]) -> dict[tuple[str, ...], list[tuple[str, Ways]]]:
    """By the terms of a word or phrase, the others of its groups as people read them and as they are looked for."""
    found: dict[tuple[str, ...], list[tuple[str, Ways]]] = defaultdict(list)
    for group in groups:
        for asked in group.words[:1] if group.one_way else group.words:
            others = [(other, ways_to_write(other)) for other in group.words if other != asked]
            for key in (way.terms for way in ways_to_write(asked)):
                found[key] += (other for other in others if other[1])
    return dict(found)


def ways_to_write(phrase: str, weight: float = SAME_MEANING) -> Ways:
    """A phrase as terms: its words apart, and two words as one."""
    words = telling(words_of(phrase))
    apart = [Alternative(tuple(term(word) for word in words), weight)] if words else []
    as_one = [Alternative((joined(*words),), weight)] if len(words) == 2 else []
    return (*apart, *as_one)
