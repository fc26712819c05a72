"""Help that cannot wait: the cards that tell whom to call, and the rules by which people's words bring them up.

How the rules are read stands in ``directory.search.understanding.danger``; what they say is content.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from directory.model.fields import Line, Name, Note, PhoneNumber, Problem, Slug, Url, Value, refuse
from directory.model.listing import LanguageCode

GROUP = re.compile(r"\{([^{}]*)\}")
"""Where a phrase names a group of words."""
WORD = re.compile(r"[^\W_]")


class UrgentTranslation(Value):
    """An urgent card in another language."""

    title: Name
    when: Line
    what_happens: Note | None = None
    hours: Line | None = None


class UrgentCard(Value):
    """Help that cannot wait: whom to call, when they answer, and what happens then."""

    slug: Slug
    title: Name
    when: Line
    phone: PhoneNumber | None = None
    text_number: PhoneNumber | None = None
    text_keyword: Name | None = None
    url: Url | None = None
    hours: Line | None = None
    what_happens: Note | None = None
    listing: Slug | None = None
    translations: dict[LanguageCode, UrgentTranslation] = Field(default_factory=dict)


class Situation(Value):
    """Something that people say when they need help at once, and what must then be shown.

    It is there where one of the phrases in ``words`` (or ``in_languages``) is said; or one in ``named``, which are
    what it is called, and the search is not for ``work_and_stories`` about it; or one in ``alone`` by itself; or where
    a situation that it ``follows`` is there; or, as if it were named, where a search is surely about the first of its
    needs and it is told ``by_need``. It is never there where one of ``unless`` is said too, and with
    ``only_if`` only where one of those is. ``cards`` come up; what answers ``needs`` stands first in the results; what
    answers ``holds_back`` never does.
    """

    slug: Slug
    title: Line
    cards: Annotated[tuple[Slug, ...], Field(min_length=1)]
    needs: tuple[Slug, ...] = ()
    holds_back: tuple[Slug, ...] = ()
    follows: tuple[Slug, ...] = ()
    by_need: bool = False
    words: tuple[Name, ...] = ()
    named: tuple[Name, ...] = ()
    in_languages: dict[LanguageCode, tuple[Name, ...]] = Field(default_factory=dict)
    alone: tuple[Name, ...] = ()
    only_if: tuple[Name, ...] = ()
    unless: tuple[Name, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """Every phrase that it is told by, in any language."""
        return (*self.words, *(phrase for phrases in self.in_languages.values() for phrase in phrases))


class DangerRules(Value):
    """What danger sounds like.

    ``groups`` are words that a phrase may name as one, as in ``{partner} hits {me}``; a word of a group may be
    several words, or name other groups. ``passed_over`` are small words that may stand anywhere inside a phrase;
    those that ``turn_round`` a sentence, as "being" does, not inside a phrase of ``unless``. ``asking`` are words that
    may stand beside a phrase that stands alone. ``work_and_stories`` are phrases of those who look for
    training, a job, a book. ``spellings`` are other ways to write a word, by the word.
    """

    passed_over: tuple[Name, ...] = ()
    turn_round: tuple[Name, ...] = ()
    asking: tuple[Name, ...] = ()
    work_and_stories: tuple[Name, ...] = ()
    groups: dict[Slug, tuple[Name, ...]] = Field(default_factory=dict)
    situations: tuple[Situation, ...] = ()
    spellings: dict[Name, tuple[Name, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        refuse([*self._phrases_without_sense(), *self._groups_in_a_ring(), *self._follows_nothing()])
        return self

    def _phrases_without_sense(self) -> Iterator[Problem]:
        for key, where, phrase in self._everything_written():
            unknown = [name for name in GROUP.findall(phrase) if name not in self.groups]
            if unknown:
                yield Problem(key, f'name a group that there is not, {unknown[0]}, in "{phrase}" of {where}')
            if not all(WORD.search(part) for part in phrase.split("&")):
                yield Problem(key, f'hold a phrase without a word, "{phrase}", in {where}')

    def _everything_written(self) -> Iterator[tuple[str, str, str]]:
        """Every phrase, after the key it lies under and the situation or group it is of."""
        for one in self.situations:
            for phrase in (*one.phrases, *one.named, *one.alone, *one.only_if, *one.unless):
                yield "situations", one.slug, phrase
        yield from (("work_and_stories", "it", phrase) for phrase in self.work_and_stories)
        yield from (("groups", name, word) for name, words in self.groups.items() for word in words)

    def _groups_in_a_ring(self) -> Iterator[Problem]:
        inside = {
            name: {other for word in words for other in GROUP.findall(word)} for name, words in self.groups.items()
        }
        while free := [name for name, others in inside.items() if not others & inside.keys()]:
            for name in free:
                del inside[name]
        if inside:
            yield Problem("groups", f"must not hold each other in a ring: {', '.join(sorted(inside))}")

    def _follows_nothing(self) -> Iterator[Problem]:
        before: set[str] = set()
        for one in self.situations:
            for slug in one.follows:
                if slug not in before:
                    yield Problem("situations", f"hold {one.slug}, which must come after {slug}, that it follows")
            before.add(one.slug)


class Urgent(Value):
    """Everything ``urgent.yaml`` holds, first card first."""

    cards: tuple[UrgentCard, ...] = ()
    rules: DangerRules = DangerRules()
