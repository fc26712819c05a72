"""What to suggest to somebody who is still typing: all that has words which begin as theirs do.

Hides how that is found at once among thousands. Knows nothing of what the things are: it is given their names, best
first, and gives back their numbers.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.search.words import STOP_WORDS, pairs, split, telling, words_of

LONGEST_TEXT = 200
MOST_WORDS = 12
LEAST_LETTERS = 2
MOST_TOPICS = 4
"""How many topics come before the other things, where there are others."""
LEAST_TO_MISSPELL = 5
TWO_SLIPS = 8
"""The letters of a word from which on one slip is forgiven, and two."""
MOST_MEANT = 3
_AFTER_ALL = "\U0010ffff"


Names = tuple[str, ...]
"""What something that can be suggested is called."""


class Suggested(NamedTuple):
    """A thing by its number. ``is_whole``: all the telling words of one of its names were typed to their end."""

    number: int
    is_whole: bool


class Suggestions:
    """Everything that can be suggested: topics, which stand for many things, as a category does, and the others.

    Of both the best come first. Numbers run through the topics and on through the others.
    """

    def __init__(self, topics: Sequence[Names], others: Sequence[Names]) -> None:
        things = [*topics, *others]
        named = [(name, number) for number, names in enumerate(things) for name in names]
        self._topics = len(topics)
        self._names = [[frozenset(telling(words_of(name))) for name in names] for names in things]
        self._by_word = _Sorted((word, number) for name, number in named for word in _words(name))
        self._by_name = _Sorted((_as_typed(name), number) for name, number in named)

    def of(self, text: str) -> Iterator[Suggested]:
        """What begins as the text does, best first: where a name does, before where a word inside one does.

        All words of the text have to begin a word; a slip in one that was typed to its end is forgiven.
        """
        words = [word for _, word in split(text[:LONGEST_TEXT])[:MOST_WORDS]]
        if len("".join(words)) < LEAST_LETTERS:
            return
        typed = frozenset(words)
        for number in self._in_order(self._having(words), self._by_name.beginning(" ".join(words))):
            yield Suggested(number, any(name and name <= typed for name in self._names[number]))

    def _having(self, words: list[str]) -> set[int]:
        """The things that have all the words. Those that say nothing need not be there, once another follows them."""
        said = [word for word in words[:-1] if word not in STOP_WORDS]
        found = self._having_all([*said, words[-1]])
        return found if found or not said or words[-1] not in STOP_WORDS else self._having_all(said)

    def _having_all(self, words: list[str]) -> set[int]:
        each = []
        for word in sorted(words, key=len, reverse=True):
            found = self._by_word.beginning(word) or self._meant(word)
            if not found:
                return set()
            each.append(found)
        return set.intersection(*each)

    def _meant(self, word: str) -> set[int]:
        """The things that have the nearest words to one that nothing has. People get the first letter right."""
        if len(word) < LEAST_TO_MISSPELL:
            return set()
        alike = self._by_word.keys_beginning(word[0])
        slips = 2 if len(word) >= TWO_SLIPS else 1
        near = process.extract(word, alike, scorer=OSA.distance, score_cutoff=slips, limit=MOST_MEANT)
        found = (self._by_word.beginning(one) for one, distance, _ in near if distance == near[0][1])
        return set().union(*found)

    def _in_order(self, found: set[int], begun: set[int]) -> Iterator[int]:
        """The best first, with no more than a few topics before the last of the others."""
        topics, others = self._apart(begun)
        yield from topics[:MOST_TOPICS]
        yield from others
        more_topics, more_others = self._apart(found - begun)
        room = max(0, MOST_TOPICS - len(topics))
        yield from more_topics[:room]
        yield from more_others
        yield from topics[MOST_TOPICS:]
        yield from more_topics[room:]

    def _apart(self, numbers: set[int]) -> tuple[list[int], list[int]]:
        """The topics and the others, each best first."""
        inorder = sorted(numbers)
        first_other = bisect_left(inorder, self._topics)
        return inorder[:first_other], inorder[first_other:]


class _Sorted:
    """Numbers by keys, kept in order of the keys, so that those which begin alike stand together."""

    def __init__(self, entries: Iterable[tuple[str, int]]) -> None:
        inorder = sorted(set(entries))
        self._keys = [key for key, _ in inorder]
        self._numbers = [number for _, number in inorder]
        self._each = list(dict.fromkeys(self._keys))

    def beginning(self, start: str) -> set[int]:
        """The numbers of the keys that begin so."""
        return set(self._numbers[_slice(self._keys, start)])

    def keys_beginning(self, start: str) -> list[str]:
        """The keys that begin so, each once."""
        return self._each[_slice(self._each, start)]


def _slice(keys: list[str], start: str) -> slice:
    return slice(bisect_left(keys, start), bisect_left(keys, start + _AFTER_ALL))


def _words(name: str) -> Iterator[str]:
    """The words of a name, and its neighbours written as one: people type "playgroup" for "play group"."""
    words = split(name)
    yield from (word for _, word in words)
    yield from (first + second for first, second in pairs(words, is_name=True))


def _as_typed(name: str) -> str:
    return " ".join(words_of(name))
