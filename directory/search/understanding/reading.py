"""What people's words ask for: which ideas, which needs, which filters, where, and whether somebody is in danger.

Words go no further than here as text: no query language is parsed, so nothing that a person types is special.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from directory.model.nearby import FindPostcode, Nearby
from directory.model.snapshot import Snapshot
from directory.search.query import GUESSES, Correction, Query, Tag
from directory.search.understanding.danger import Alarm, Danger
from directory.search.understanding.lately import Lately
from directory.search.understanding.needs import KnownNeeds, Match
from directory.search.understanding.own_words import OwnWords
from directory.search.understanding.place import Named, PlaceNames
from directory.search.understanding.synonyms import Synonyms, Vocabulary, Ways, add_joined, literally, taken_apart
from directory.search.understanding.wishes import SHORT_UNITS, Wish, Wishes, with_signs_said
from directory.search.words import STOP_WORDS, Words, says_little, split, telling
from directory.search.words import plain as plain_text

LONGEST_TEXT = 1000
"""Characters of a search that are read: some 180 words, more than anybody types into a search box."""
MOST_WORDS = 24
MOST_READ = 60
MOST_HEARD = 120
"""How many words of a search are looked for, how many are read for that, and how many for danger."""
MOST_LOOKED_UP = 8
"""How many words that nobody knows are looked up among those that somebody may have meant."""


SURELY = 0.8
"""How sure the need of a search has to be, if it is one of somebody in danger, to ring the alarm by itself."""
NO_ALARM = Alarm((), (), ())


class Idea(NamedTuple):
    """One thing that a search asks for: a word with every other way to write it.

    ``says_little`` is true of words such as "help". What is ``aside`` was understood as a filter or a place, so that
    listings that have the word are better, and those that have not are no worse.
    """

    word: str
    ways: Ways
    says_little: bool = False
    aside: bool = False
    is_place: bool = False


@dataclass(frozen=True)
class Reading:
    """A search as understood.

    ``phrases`` are terms that make an answer better; ``near`` is where from; ``nearly`` are needs that it comes near,
    too unsure to count. It is vague where it has stop words alone: those are looked for then, in names.
    """

    ideas: tuple[Idea, ...] = ()
    phrases: tuple[str, ...] = ()
    needs: tuple[Match, ...] = ()
    nearly: tuple[Match, ...] = ()
    tags: tuple[Tag, ...] = ()
    corrections: tuple[Correction, ...] = ()
    near: Nearby | None = None
    ignored: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    alarm: Alarm = NO_ALARM
    is_vague: bool = False

    @property
    def asks_nothing(self) -> bool:
        """Whether there is nothing to look for but what fits the filters and the place."""
        return not self.alarm.needs and all(idea.aside for idea in self.ideas)


class Understanding:
    """What the content says of words: its needs, places, synonyms, urgent cards, and its own words as spelled.

    ``lately`` holds what earlier content made of them, and is given what this one does.
    """

    def __init__(
        self, snapshot: Snapshot, own_words: OwnWords, find_postcode: FindPostcode, lately: Lately | None = None
    ) -> None:
        lately = lately or Lately()
        needs, languages = snapshot.needs, snapshot.languages
        self._synonyms = lately.made(Synonyms, (snapshot.words,), snapshot.words)
        self._places = PlaceNames(snapshot, find_postcode)
        self._needs = lately.made(KnownNeeds, (needs, languages), snapshot)
        of_danger = (snapshot.danger, snapshot.urgent, languages, needs, snapshot.category_by_slug)
        self._danger = lately.made(Danger, of_danger, snapshot)
        self._wishes = lately.made(Wishes, (snapshot.calendar,), snapshot)
        self._spelling = own_words.spelling(snapshot, self._danger.vocabulary | SHORT_UNITS)

    def read(self, query: Query, vocabulary: Vocabulary) -> Reading:
        """What the search asks for, in the words of the listings. Never raises, whatever the text."""
        text = plain_text(with_signs_said(query.words[:LONGEST_TEXT]))[:LONGEST_TEXT]  # one letter may unfold to many
        heard = split(text)[:MOST_HEARD]
        typed = heard[:MOST_READ]
        spelled, corrections = (typed, ()) if "spelling" in query.literal else self._spelled(typed)
        meant = {one.typed: tuple(one.meant.split()) for one in corrections}
        words = list(taken_apart(spelled, vocabulary, self._spelling.is_foreign))
        plain = [word for _, word in words]
        named = [] if "near" in query.literal else self._places.read(plain)
        wishes = list(_outside(named, self._wishes.read(plain, query.at, query.literal)))
        asked = self._asked(words, named, wishes, vocabulary)
        tells = any(not idea.says_little and not idea.aside for idea in asked.ideas)
        about = next((one.slug for one in asked.needs[:1] if tells and one.sureness >= SURELY), None)
        alarm = self._danger.read([word for _, word in heard], meant, about)
        return replace(
            asked,
            tags=tuple(_tags(plain, named, wishes, query)),
            corrections=corrections,
            near=query.near or (named[0].nearby if named else None),
            alarm=alarm,
        )

    def _spelled(self, typed: Words) -> tuple[Words, tuple[Correction, ...]]:
        """The words as they were meant, and what had to be changed for that."""
        spelled: Words = []
        corrections: list[Correction] = []
        looked_up = 0
        is_english = not self._spelling.is_of_another_language([word for _, word in typed])
        for place, (hyphen, word) in enumerate(typed):
            looked_up += not self._spelling.is_right(word)
            if looked_up > MOST_LOOKED_UP:
                return spelled + typed[place:], tuple(corrections)
            before = spelled[-1] if spelled and is_english else ("", None)
            after = typed[place + 1][1] if place + 1 < len(typed) and is_english else None
            meant = (
                self._spelling.corrected(word, before[1], after)
                if is_english
                else self._spelling.corrected_elsewhere(word)
            )
            whole = self._spelling.joined(before[1], word) if before[1] and not meant else None
            if whole:
                spelled[-1] = (before[0], whole)
                corrections.append(Correction(f"{before[1]} {word}", whole))
            else:
                spelled += [(hyphen, one) for one in meant or (word,)]
                corrections += [Correction(word, " ".join(meant))] if meant else []
        return spelled, tuple(corrections)

    def _asked(self, words: Words, named: Sequence[Named], wishes: Sequence[Wish], vocabulary: Vocabulary) -> Reading:
        """The ideas and the needs. Where every word was taken for a filter, those for people are looked for too."""
        taken = _taken(named) | _taken(wishes)
        left = [word for place, (_, word) in enumerate(words) if place not in taken]
        of_people = [
            words[place][1] for one in wishes if one.filter.group == "age" for place in range(one.first, one.last)
        ]
        meant = telling(left) or [word for word in of_people if word.isalpha() and not says_little(word)]
        is_vague = not meant and not taken
        asked = list(dict.fromkeys(left if is_vague else meant))[:MOST_WORDS]
        aside = list(
            dict.fromkeys(word for place, (_, word) in enumerate(words) if place in taken and word not in asked)
        )
        of_places = {words[place][1] for place in _taken(named)}
        ideas = {word: list(literally(word)) for word in (*asked, *telling(aside)[:MOST_WORDS])}
        phrases = tuple(add_joined(ideas, words, vocabulary))
        related = self._synonyms.add_to(ideas, asked)
        needs = [] if is_vague else self._needs.about(asked, telling(aside))
        return Reading(
            ideas=tuple(
                Idea(word, tuple(dict.fromkeys(ways)), says_little(word), word not in asked, word in of_places)
                for word, ways in ideas.items()
            ),
            phrases=phrases,
            needs=tuple(one for one in needs if one.is_sure),
            nearly=tuple(needs),
            ignored=tuple(dict.fromkeys(word for word in left if word in STOP_WORDS)),
            related=tuple(related),
            is_vague=is_vague,
        )


def _taken(spans: Iterable[Named] | Iterable[Wish]) -> set[int]:
    """The places of the words that were understood as something else than words."""
    return {place for one in spans for place in range(one.first, one.last)}


def _outside(named: Sequence[Named], wishes: Iterable[Wish]) -> Iterator[Wish]:
    """The wishes that no part of a place's name was taken for."""
    taken = _taken(named)
    return (one for one in wishes if taken.isdisjoint(range(one.first, one.last)))


def _tags(words: Sequence[str], named: Sequence[Named], wishes: Sequence[Wish], query: Query) -> Iterator[Tag]:
    if named and query.near is None:
        yield Tag("near", " ".join(words[named[0].first : named[0].last]))
    for wish in wishes:
        guess = next((one for one in GUESSES if one == wish.filter.group), None)
        if guess:
            yield Tag(guess, " ".join(words[wish.first : wish.last]), wish.filter)
