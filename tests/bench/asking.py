"""The searches by which engines are held against each other: five kinds, always the same, whatever the size."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence

from directory.model.snapshot import Snapshot
from directory.search.words import STOP_WORDS, split
from tests.bench.invented import SEED

EACH = 300
SHORTEST = 4
"""Letters of the words that are asked for, and of those that may have a slip."""
SENTENCE = "a sentence"
KINDS = ("one word", "two words", "six words", "a typo", SENTENCE)
_IN_DANGER = ("he hits me", "scared to go home", "i want to die", "my partner threatens me")
_DANGERS_IN = 0.1
_AROUND = (
    ("on tuesday", "this weekend", "tomorrow", "after school", "in the half term", "on saturday morning", "today"),
    ("for my 3 year old", "for a toddler", "my baby is 8 months", "he is in year 6", "for teenagers", "im pregnant"),
    ("free", "cheap", "no referral", "drop in", "online", "wheelchair", "someone who speaks urdu"),
)
"""When, for whom and how: what a sentence asks for beside a need."""


def searches(testbridge: Snapshot) -> Mapping[str, Sequence[str]]:
    """``EACH`` searches of each kind, in words that Testbridge's listings and needs have.

    "A typo" is two words with a slip in one. A sentence has a need as families say it, also with a slip, and a town,
    day, age or wish or several of them; some tell of danger. Words that say nothing are in sentences alone.
    """
    chance = random.Random(SEED)
    texts = [words for one in testbridge.listings.values() if len(words := _telling(_text(one))) >= 6]
    ways: Mapping[str, Callable[[], str]] = {
        "one word": lambda: chance.choice(chance.choice(texts)),
        "two words": lambda: " ".join(chance.sample(chance.choice(texts), 2)),
        "six words": lambda: " ".join(chance.sample(chance.choice(texts), 6)),
        "a typo": lambda: _with_a_slip(chance, chance.sample(chance.choice(texts), 2)),
        SENTENCE: lambda: _sentence(chance, testbridge),
    }
    return {kind: [ways[kind]() for _ in range(EACH)] for kind in KINDS}


def strange() -> Mapping[str, str]:
    """What nobody types who looks for anything."""
    chance = random.Random(SEED)
    letters = "abcdefghijklmnopqrstuvwxyz"
    return {
        "10,000 characters, one word again and again": "food " * 2000,
        "one word of 10,000 letters": "x" * 10_000,
        "10,000 hyphens": "-" * 10_000,
        "500 words": " ".join(f"word{number}" for number in range(500)),
        "500 words that nobody knows": " ".join("".join(chance.choices(letters, k=9)) for _ in range(500)),
        "500 numbers": " ".join(map(str, range(500))),
        "nothing but marks": ".,;:!?" * 50,
        "nothing but words that say nothing": " ".join(sorted(STOP_WORDS)),
        "pictures": "😀🍞👶" * 100,
        "six scripts at once": "food хлеб طعام 食物 ਭੋਜਨ ψωμί " * 20,
        "letters that unfold to many": "ﷺ" * 1000,
        "accents without end": "a\u0301" * 5000,
        "control characters": "food\x00\x07\u202e bank " * 50,
        "words of a query language": 'NOT OR food " * title: [a TO b] {x ~2 +-(',
        "frightening words": "he hits me and i want to die " * 30,
        "days, ages and prices": "on tuesday for my 3 year old tomorrow free after school " * 20,
        "towns and postcodes": "brackenhill tb5 3 stourford tb8 1 " * 30,
    }


def _text(listing: object) -> str:
    return " ".join(getattr(listing, part) or "" for part in ("title", "summary", "description"))


def _telling(text: str) -> list[str]:
    words = (word for _, word in split(text) if word not in STOP_WORDS and word.isalpha())
    return list(dict.fromkeys(word for word in words if len(word) >= SHORTEST))


def _with_a_slip(chance: random.Random, words: Sequence[str]) -> str:
    """The words, two letters of one of them swapped, not the first."""
    slipped = chance.choice([word for word in words if len(word) >= SHORTEST] or list(words))
    at = chance.randrange(1, max(len(slipped) - 1, 2))
    swapped = slipped[:at] + slipped[at : at + 2][::-1] + slipped[at + 2 :]
    return " ".join(swapped if word == slipped else word for word in words)


def _sentence(chance: random.Random, testbridge: Snapshot) -> str:
    parts = [_with_a_slip(chance, chance.choice(chance.choice(testbridge.needs).words).split())]
    towns = tuple(f"in {place.name}" for place in testbridge.places.places)
    parts += _wishes(chance, (*_AROUND, towns))
    if chance.random() < _DANGERS_IN:
        parts.append(chance.choice(_IN_DANGER))
    return " ".join(chance.sample(parts, len(parts)))


def _wishes(chance: random.Random, around: Sequence[Sequence[str]]) -> Iterator[str]:
    for ways in chance.sample(around, chance.randint(1, 3)):
        yield chance.choice(ways)
