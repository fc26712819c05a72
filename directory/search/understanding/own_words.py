"""The directory's own words as people write them, so that a slip of the fingers can be told from a word."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from directory.search.other_languages import PARTICLES, SPELLINGS
from directory.search.understanding.spelling import Spelling
from directory.search.words import split

PEOPLES = 3
"""What a word counts for that is among people's own words for a need: more than one that a listing happens to use."""
MANY = 2_000
"""Words that are used more or less than before, from which on all are looked at anew."""


class _Made(NamedTuple):
    """A spelling, and what it was made of: other content, how much that uses words, and words of other languages."""

    of: tuple[object, ...]
    others: Counter[str]
    elsewhere: frozenset[str]
    words: Mapping[str, float]
    spelling: Spelling


class OwnWords:
    """How many listings use each word, and how words are spelled. Brought up to date by what changed alone."""

    def __init__(self) -> None:
        self._listings: Mapping[str, Listing] = {}
        self._counted: Counter[str] = Counter()
        self._touched: set[str] = set()
        self._made: _Made | None = None

    def update(self, snapshot: Snapshot) -> None:
        """Counts listings that are new or changed, and forgets those that have gone."""
        before, now = self._listings, snapshot.listings
        come = {slug for slug, one in now.items() if before.get(slug) is not one}
        for slug in come | (before.keys() - now.keys()):
            old, new = _words_of(before.get(slug)), _words_of(now.get(slug))
            self._counted.subtract(old)
            self._counted.update(new)
            self._touched |= old ^ new
        self._listings = now

    def spelling(self, snapshot: Snapshot, more: frozenset[str]) -> Spelling:
        """How the words of the content, which listings are counted of, are spelled; ``more`` as in ``with_others``."""
        named = (snapshot.providers, snapshot.places, snapshot.category_by_slug)
        of = (*named, snapshot.needs, snapshot.words, snapshot.languages, more)
        made, touched = self._made, self._touched
        if made is None or made.of != of or len(touched) > MANY or self._changes_languages(made):
            self._made = made = self._made_anew(snapshot, more, of)
        elif touched:
            used = {word: max(self._counted[word], 0) + made.others[word] for word in touched}
            words = {**made.words, **used}
            for word in [word for word, use in used.items() if not use]:
                del words[word]
            self._made = made = made._replace(words=words, spelling=made.spelling.amended(words, touched))
        self._touched = set()
        return made.spelling

    def _changes_languages(self, made: _Made) -> bool:
        """Whether a word of another language becomes one of the directory's own, or may be none of those any more."""
        shared = self._touched & made.elsewhere
        return any(word not in made.words or self._counted[word] <= 0 for word in shared)

    def _made_anew(self, snapshot: Snapshot, more: frozenset[str], of: tuple[object, ...]) -> _Made:
        elsewhere, words = words_elsewhere(snapshot), self.with_others(snapshot, more)
        others = Counter({word: int(use) - max(self._counted[word], 0) for word, use in words.items()})
        return _Made(of, others, elsewhere, words, Spelling.of(words, elsewhere, small_words(snapshot)))

    def with_others(self, snapshot: Snapshot, more: Iterable[str]) -> Mapping[str, float]:
        """Every word with how much it is used: those of listings, of the rest of the content, and ``more``.

        Words of other languages are not among them.
        """
        elsewhere = words_elsewhere(snapshot)
        found = Counter({word: count for word, count in self._counted.items() if count > 0})
        for text in _other_texts(snapshot):
            for _, word in split(text):
                found[word] += PEOPLES
        for word in more:
            if word in found or word not in elsewhere:
                found[word] += PEOPLES
        return found


def words_elsewhere(snapshot: Snapshot) -> frozenset[str]:
    """The words of other languages: right, though hardly meant by anybody who mistypes English."""
    phrases = (
        phrase
        for language in snapshot.languages
        for words in (language.says_little, *(need.words for need in language.needs))
        for phrase in words
    )
    return frozenset(word for phrase in phrases for _, word in split(phrase)) | PARTICLES | SPELLINGS.keys()


def small_words(snapshot: Snapshot) -> frozenset[str]:
    """The words of other languages that stand around any need there, and that English has not."""
    told = (word for language in snapshot.languages for text in language.says_little for _, word in split(text))
    return PARTICLES.union(told)


def _words_of(listing: Listing | None) -> set[str]:
    if listing is None:
        return set()
    texts = (listing.title, *listing.alternate_names, listing.summary, listing.description or "")
    return {word for text in texts for _, word in split(text)}


def _other_texts(snapshot: Snapshot) -> Iterator[str]:
    for category in snapshot.category_by_slug.values():
        yield from (category.name, *category.words)
    for need in snapshot.needs:
        yield from (need.name, *need.words, *need.finds)
    yield from (word for group in snapshot.words for word in group.words)
    yield from (provider.name for provider in snapshot.providers.values())
    yield from (name for place in snapshot.places.places for name in (place.name, *place.alternate_names))
