"""What people might search a directory for: one to six words, out of its own and families' words, always the same."""

import random
import re
from collections import Counter
from collections.abc import Callable

from directory.model.snapshot import Snapshot
from tests.bench.invented import SEED

QUERIES = 300
MOST_WORDS = 6
FULL_PAGE = 10
"""How many listings must have one of the words, so that its results page is a full one."""
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_AROUND = ("help with", "where can i find", "free", "for my son", "near me", "no money for")


def words_of(text: str) -> list[str]:
    """The words of a text in small letters."""
    return _WORD.findall(text.lower().replace("’", "'"))


def queries(snapshot: Snapshot) -> list[str]:
    """As many different queries as ``QUERIES``, each with ten listings or more that have one of its words."""
    chance = random.Random(SEED)
    forms = _forms(chance, snapshot)
    counted = Counter(word for text in _texts(snapshot) for word in set(words_of(text)))
    found: dict[str, None] = {}
    while len(found) < QUERIES:
        words = words_of(chance.choice(forms)())[:MOST_WORDS]
        if any(counted[word] >= FULL_PAGE for word in words):
            found[" ".join(words)] = None
    return list(found)


def _texts(snapshot: Snapshot) -> list[str]:
    return [f"{one.title} {one.summary} {one.description or ''}" for one in snapshot.listings.values()]


def _forms(chance: random.Random, snapshot: Snapshot) -> list[Callable[[], str]]:
    """Ways to ask: a need as families word it, in a town, in a sentence; part of a title; longer words of a listing."""
    categories = snapshot.category_by_slug.values()
    needs = [name for one in categories for name in (one.name, *one.words)]
    needs += [word for group in snapshot.words for word in group.words]
    titles = [one.title for one in snapshot.listings.values()]
    towns = [one.name for one in snapshot.places.places]
    texts = [[word for word in words_of(text) if len(word) > 3] for text in _texts(snapshot)]
    return [
        lambda: chance.choice(needs),
        lambda: f"{chance.choice(needs)} {chance.choice(towns)}",
        lambda: f"{chance.choice(_AROUND)} {chance.choice(needs)}",
        lambda: " ".join(words_of(chance.choice(titles))[: chance.randint(1, 4)]),
        lambda: " ".join(chance.sample(chance.choice(texts), chance.randint(1, MOST_WORDS))),
    ]
