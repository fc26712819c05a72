"""The directory's own words as people write them, so that a slip of the fingers can be told from a word."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from directory.search.other_languages import PARTICLES, SPELLINGS
from directory.search.words import split

PEOPLES = 3
"""What a word counts for that is among people's own words for a need: more than one that a listing happens to use."""


class OwnWords:
    """How many listings use each word. Brought up to date by what changed alone."""

    def __init__(self) -> None:
        self._listings: dict[str, Listing] = {}
        self._counted: Counter[str] = Counter()

    def update(self, snapshot: Snapshot) -> None:
        """Counts listings that are new or changed, and forgets those that have gone."""
        before, now = self._listings, dict(snapshot.listings)
        for slug, listing in before.items():
            if now.get(slug) is not listing:
                self._counted.subtract(_words_of(listing))
        for slug, listing in now.items():
            if before.get(slug) is not listing:
                self._counted.update(_words_of(listing))
        self._listings = now

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


def _words_of(listing: Listing) -> set[str]:
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
