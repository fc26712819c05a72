"""Tells from people's words whether somebody is in danger, and what must then be shown, first of all and not at all.

What danger sounds like is content (``urgent.yaml``); how it is read is this:

* A phrase is there where its words are, in their order, next to each other. Small words that are ``passed_over`` may
  stand between two of them, up to three; ``...`` lets up to six words stand there, whatever they are. ``&`` asks for
  what stands on both its sides, anywhere.
* ``{partner}`` in a phrase is any word of the group ``partner``. The words of a word of a group that has several, as
  in "step dad", stand next to each other.
* An English word stands for its -s, -ed and -ing forms too ("hit" for "hits" and "hitting"). Every word stands for its
  other spellings and for a slip of it, unless the slip is a right word. "przemoc*" is every word that starts so.
* Within ``unless``, words that ``turn_round`` who does what to whom are not passed over: "kids being hit" is not "kids
  hit".
* A phrase under ``alone`` counts only where nothing else is said but what is ``passed_over`` or ``asking`` for help.

Phrases are looked up by the rarest group in them, and held against the words as bits of whole numbers, so that what a
search costs hardly grows with the rules, and a text of a hundred frightening words costs some milliseconds.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from directory.model.snapshot import Snapshot
from directory.model.urgent import GROUP, DangerRules, Situation
from directory.search.understanding.danger_words import DangerWords, rule_words
from directory.search.words import split

MOST_READ = 120
"""How many words of a search are read."""
MOST_PASSED_OVER = 3
MOST_BETWEEN = 6
"""How many small words, and how many of any kind at ``...``, may stand between two words of a phrase."""
NOTHING_ELSE: Mapping[str, tuple[str, ...]] = {}
_REMEMBERED = 16_384
_PIECES = re.compile(r"(\{[^{}]*\}|\.\.\.)")


class Alarm(NamedTuple):
    """Slugs: cards to show, most urgent first; needs that stand first, and needs that never do."""

    cards: tuple[str, ...]
    needs: tuple[str, ...]
    holds_back: tuple[str, ...]


class _Step(NamedTuple):
    group: str
    after_anything: bool


class _Phrase(NamedTuple):
    """Rows of groups that must all be said, each in order; what a situation makes of it where they are."""

    rows: tuple[tuple[_Step, ...], ...]
    groups: frozenset[str]
    is_alone: bool
    situation: str
    meaning: str


class _Member(NamedTuple):
    """A group's word of several, after its first two: the numbers of those, and the group."""

    rest: tuple[int, ...]
    group: str


class _Word(NamedTuple):
    """A typed word: the words of the rules that it may be, the groups that those are of, and what else they are for."""

    numbers: tuple[int, ...]
    groups: tuple[str, ...]
    is_passed_over: bool
    turns_round: bool
    asks: bool


class _Heard(NamedTuple):
    """A text as bits, the first word lowest: where each group starts, by how many words it takes there.

    ``opening`` and ``closing`` are the places before and after which nothing but asking stands.
    """

    starts: dict[str, dict[int, int]]
    passed_over: int
    turning_round: int
    opening: int
    closing: int
    everywhere: int


class Danger:
    """The danger rules of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        rules = snapshot.danger
        self._order = [card.slug for card in snapshot.urgent]
        self._situations = rules.situations
        self._by_need: dict[str, list[str]] = defaultdict(list)
        for one in self._situations:
            for slug in one.needs[:1] if one.by_need else ():
                self._by_need[slug].append(one.slug)
        self._words = DangerWords(rules.spellings, _right_elsewhere(snapshot))
        self._groups: dict[int, list[str]] = defaultdict(list)
        self._longer: dict[tuple[int, int], list[_Member]] = defaultdict(list)
        for name in rules.groups:
            self._add_group(name, _written_out(f"{{{name}}}", rules))
        self._passed_over = self._numbers_of(rules.passed_over)
        self._turn_round = self._numbers_of(rules.turn_round)
        self._asking = self._passed_over | self._numbers_of(rules.asking)
        elsewhere = (self._phrase(text, "", "elsewhere") for text in rules.work_and_stories)
        self._by_rarest = _by_rarest([*elsewhere, *self._phrases(rules.situations)])
        self._know = lru_cache(maxsize=_REMEMBERED)(self._look_up)
        self.vocabulary = self._words.right

    def read(
        self, words: Sequence[str], meant: Mapping[str, tuple[str, ...]] = NOTHING_ELSE, need: str | None = None
    ) -> Alarm:
        """What the words, as ``directory.search.words.split`` gives them in order, call for. Never raises.

        ``meant`` is what other words are looked for, by the word typed instead of them; ``need`` the slug of what the
        search is surely about.
        """
        heard = self._hear([self._know(word, meant.get(word, ())) for word in words[:MOST_READ]])
        present = frozenset(heard.starts)
        said: dict[str, set[str]] = defaultdict(set)
        for group in present:
            for phrase in self._by_rarest.get(group, ()):
                if (
                    phrase.situation not in said[phrase.meaning]
                    and phrase.groups <= present
                    and _is_said(phrase, heard)
                ):
                    said[phrase.meaning].add(phrase.situation)
        said["named"].update(self._by_need.get(need or "", ()))
        if not said["words"] and not said["named"]:
            return Alarm((), (), ())
        return self._alarm(list(_there(self._situations, said)))

    def _alarm(self, there: list[Situation]) -> Alarm:
        cards = {card for one in there for card in one.cards}
        holds_back = dict.fromkeys(need for one in there for need in one.holds_back)
        needs = dict.fromkeys(need for one in there for need in one.needs if need not in holds_back)
        return Alarm(tuple(slug for slug in self._order if slug in cards), tuple(needs), tuple(holds_back))

    def _hear(self, known: Sequence[_Word]) -> _Heard:
        numbers = [word.numbers for word in known]
        starts: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for place, word in enumerate(known):
            for group in word.groups:
                starts[group][1] |= 1 << place
            for member in self._members_at(place, numbers):
                starts[member.group][2 + len(member.rest)] |= 1 << place
        before = next((place for place, word in enumerate(known) if not word.asks), len(known))
        after = next((n for n, word in enumerate(reversed(known)) if not word.asks), len(known))
        return _Heard(
            starts,
            passed_over=sum(1 << place for place, word in enumerate(known) if word.is_passed_over),
            turning_round=sum(1 << place for place, word in enumerate(known) if word.turns_round),
            opening=(2 << before) - 1,
            closing=((2 << after) - 1) << (len(known) - after),
            everywhere=(2 << len(known)) - 1,
        )

    def _look_up(self, word: str, meant: tuple[str, ...]) -> _Word:
        numbers = self._words.read(word, meant)
        return _Word(
            numbers,
            groups=tuple(group for number in numbers for group in self._groups.get(number, ())),
            is_passed_over=not self._passed_over.isdisjoint(numbers),
            turns_round=not self._turn_round.isdisjoint(numbers),
            asks=not self._asking.isdisjoint(numbers),
        )

    def _members_at(self, place: int, numbers: list[tuple[int, ...]]) -> Iterator[_Member]:
        """The words of several of a group that start there."""
        if place + 1 == len(numbers):
            return
        for first, second in product(numbers[place], numbers[place + 1]):
            for member in self._longer.get((first, second), ()):
                if all(_is_at(number, numbers, place + n) for n, number in enumerate(member.rest, 2)):
                    yield member

    def _add_group(self, name: str, members: Iterable[tuple[str, ...]]) -> None:
        for member in dict.fromkeys(members):
            first, *rest = (self._words.add(word) for word in member)
            if rest:
                self._longer[first, rest[0]].append(_Member(tuple(rest[1:]), name))
            else:
                self._groups[first].append(name)

    def _numbers_of(self, words: Iterable[str]) -> frozenset[int]:
        return frozenset(self._words.add(word) for text in words for word in rule_words(text))

    def _phrases(self, situations: Iterable[Situation]) -> Iterator[_Phrase]:
        for one in situations:
            meanings = {"words": one.phrases, "named": one.named, "only_if": one.only_if, "unless": one.unless}
            for meaning, texts in meanings.items():
                yield from (self._phrase(text, one.slug, meaning) for text in texts)
            yield from (self._phrase(text, one.slug, "words", is_alone=True) for text in one.alone)

    def _phrase(self, text: str, situation: str, meaning: str, *, is_alone: bool = False) -> _Phrase:
        rows = tuple(tuple(self._steps(row)) for row in text.split("&"))
        return _Phrase(rows, frozenset(step.group for row in rows for step in row), is_alone, situation, meaning)

    def _steps(self, row: str) -> Iterator[_Step]:
        after_anything = False
        for piece in filter(None, _PIECES.split(row)):
            if piece == "...":
                after_anything = True
                continue
            for group in self._groups_of(piece):
                yield _Step(group, after_anything)
                after_anything = False

    def _groups_of(self, piece: str) -> Iterator[str]:
        """The group that a piece of a phrase names; else each of its words, as a group that starts with a space."""
        named = GROUP.fullmatch(piece)
        if named:
            yield named[1]
            return
        for word in rule_words(piece):
            group = f" {word}"
            if group not in self._groups[self._words.add(word)]:
                self._add_group(group, [(word,)])
            yield group


def _is_at(number: int, numbers: list[tuple[int, ...]], place: int) -> bool:
    return place < len(numbers) and number in numbers[place]


def _right_elsewhere(snapshot: Snapshot) -> frozenset[str]:
    """The words that people type for anything but danger: neither "seară" nor "violin" is a slip of a danger word."""
    dangers = {need for one in snapshot.danger.situations for need in one.needs}
    texts: list[str] = []
    for language in snapshot.languages:
        texts += (
            *language.says_little,
            *(word for one in language.needs if one.need not in dangers for word in one.words),
        )
    for need in snapshot.needs:
        texts += (*need.words, *need.finds) if need.slug not in dangers else ()
    for category in snapshot.category_by_slug.values():
        texts += (category.name, *category.words)
    plain = "\n".join(filter(str.isascii, texts))
    others = "\n".join(text for text in texts if not text.isascii())
    return frozenset(word for text in (plain, others) for _, word in split(text))


def _written_out(text: str, rules: DangerRules) -> Iterator[tuple[str, ...]]:
    """Every row of words that the text of a group's word may be, with the groups in it written out."""
    ways: list[list[tuple[str, ...]]] = []
    for piece in filter(None, _PIECES.split(text)):
        named = GROUP.fullmatch(piece)
        if named:
            ways.append([way for word in rules.groups[named[1]] for way in _written_out(word, rules)])
        else:
            ways += [[(word,)] for word in rule_words(piece)]
    return (tuple(word for part in row for word in part) for row in product(*ways))


def _by_rarest(phrases: list[_Phrase]) -> dict[str, list[_Phrase]]:
    """The phrases by the group in them that the fewest have."""
    used = Counter(group for phrase in phrases for group in phrase.groups)
    found: dict[str, list[_Phrase]] = defaultdict(list)
    for phrase in phrases:
        found[min(phrase.groups, key=lambda group: (used[group], group))].append(phrase)
    return dict(found)


def _is_said(phrase: _Phrase, heard: _Heard) -> bool:
    if phrase.is_alone:
        return bool(_ends(phrase.rows[0], heard, heard.opening, heard.passed_over) & heard.closing)
    passed_over = heard.passed_over & ~heard.turning_round if phrase.meaning == "unless" else heard.passed_over
    return all(_ends(row, heard, heard.everywhere, passed_over) for row in phrase.rows)


def _ends(row: tuple[_Step, ...], heard: _Heard, reach: int, passed_over: int) -> int:
    """The places where a row of groups may end that starts at one of the places in ``reach``; 0 where none does."""
    for number, (group, after_anything) in enumerate(row):
        if after_anything:
            for _ in range(MOST_BETWEEN):
                reach |= reach << 1
        elif number:
            for _ in range(MOST_PASSED_OVER):
                reach |= (reach & passed_over) << 1
        ends = 0
        for length, starts in heard.starts[group].items():
            ends |= (reach & starts) << length
        if not ends:
            return 0
        reach = ends
    return reach


def _there(situations: Iterable[Situation], said: dict[str, set[str]]) -> Iterator[Situation]:
    """The situations that the words tell of, in the order of the rules."""
    there: set[str] = set()
    told = said["words"] if said["elsewhere"] else said["words"] | said["named"]
    for one in situations:
        is_told = one.slug in told or not there.isdisjoint(one.follows)
        is_fitting = one.slug in said["only_if"] if one.only_if else True
        if is_told and is_fitting and one.slug not in said["unless"]:
            there.add(one.slug)
            yield one
