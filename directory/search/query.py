"""What a search asks and what it answers: plain frozen values."""

import datetime
from dataclasses import dataclass
from typing import Literal, get_args

from directory.model.filters import Filter, Group
from directory.model.nearby import Nearby

Guess = Literal["spelling", "near", "day", "time", "age", "cost", "how", "language", "access", "send"]
"""What is read out of the words beyond the words themselves; a person may turn each off."""
GUESSES: tuple[Guess, ...] = get_args(Guess)
Order = Literal["best", "nearest", "soonest"]
ORDERS: tuple[Order, ...] = get_args(Order)


@dataclass(frozen=True)
class Query:
    """A search. ``words`` are as a person typed them: anything at all.

    ``at`` is when it is asked, in Europe/London; only what is published on that day is found. ``near`` is where from,
    and counts before a place among the words. ``filters`` are what the person chose, beside what the words ask for;
    ``literal`` names the kinds of guess that the words must not be read for. Pages count from 1.
    """

    words: str
    at: datetime.datetime
    near: Nearby | None = None
    filters: tuple[Filter, ...] = ()
    literal: frozenset[Guess] = frozenset()
    order: Order = "best"
    page: int = 1
    per_page: int = 10


@dataclass(frozen=True)
class Tag:
    """A filter, or a place (``guess`` is near), that the words were understood to ask for: ``words`` are those words.

    ``is_loose`` where too little fits it: what does not fit is shown too, after what does.
    """

    guess: Guess
    words: str
    filter: Filter | None = None
    is_loose: bool = False


@dataclass(frozen=True)
class Correction:
    """A word, or two, that was looked for in place of what was typed."""

    typed: str
    meant: str


@dataclass(frozen=True)
class Understood:
    """How the words were taken.

    ``words`` were looked for, ``ignored`` say nothing, ``unknown`` no listing has. ``related`` are words that were
    looked for beside them because the content says that they mean the same. ``needs`` are the slugs of what the search
    is about, surest first; ``near`` is the place that counted.
    """

    words: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    corrections: tuple[Correction, ...] = ()
    near: Nearby | None = None

    @property
    def sure(self) -> tuple[Filter, ...]:
        """The filters that were read out of the words and hold strictly."""
        return tuple(tag.filter for tag in self.tags if tag.filter and not tag.is_loose)


@dataclass(frozen=True)
class Choice:
    """A filter that could be chosen, or is: ``count`` is the total that choosing it, too, would give."""

    filter: Filter
    count: int
    is_chosen: bool = False


@dataclass(frozen=True)
class Results:
    """One page of slugs, best first, out of ``total``.

    ``miles`` says how far each is, None where that is not known or was not asked. ``urgent`` are the slugs of the
    urgent cards that the words bring up. ``choices`` are by group, in the order in which to show them, none with a
    count of 0. ``closest`` are categories to look in where nothing was found. A page past the last one is empty.
    """

    slugs: tuple[str, ...]
    total: int
    understood: Understood
    miles: tuple[float | None, ...] = ()
    urgent: tuple[str, ...] = ()
    choices: tuple[tuple[Group, tuple[Choice, ...]], ...] = ()
    closest: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fitting:
    """Every listing that answers a search, in no order, and how its words were understood."""

    slugs: frozenset[str]
    understood: Understood
    urgent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Because:
    """A thing that a result scored for, in words for whoever looks after the directory, and how much that gave."""

    why: str
    score: float


@dataclass(frozen=True)
class Reason:
    """Why a result is where it is: what it scored, and for what. The rest filters and distance took."""

    slug: str
    score: float
    parts: tuple[Because, ...]


@dataclass(frozen=True)
class SyncReport:
    """What it took to make the index agree with the content.

    ``is_waiting`` is true where another process held the index for too long; whoever asked goes on with what there is.
    """

    written: int = 0
    removed: int = 0
    is_rebuilt: bool = False
    is_waiting: bool = False


@dataclass(frozen=True)
class Status:
    """Whether searches can be answered, from which build, over how many listings, and what is wrong with the index."""

    is_ready: bool
    build: str | None = None
    listings: int = 0
    fault: str | None = None
