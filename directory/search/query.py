"""What a search asks and what it answers: plain frozen values."""

import datetime
from dataclasses import dataclass

from directory.model.place import Point


@dataclass(frozen=True)
class Query:
    """A search. ``words`` are as a person typed them: anything at all.

    ``at`` is when it is asked, in Europe/London; only what is published on that day is found. ``near`` is where from.
    Pages count from 1.
    """

    words: str
    at: datetime.datetime
    near: Point | None = None
    page: int = 1
    per_page: int = 10


@dataclass(frozen=True)
class Understood:
    """How the words were taken: ``words`` were looked for, ``ignored`` say nothing, ``unknown`` no listing has.

    ``related`` are the words that were looked for beside them because the content says that they mean the same.
    """

    words: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Results:
    """One page of slugs, best first, out of ``total``.

    ``miles`` says how far each is, None where that is not known or was not asked. ``urgent`` are the slugs of the
    urgent cards that the words bring up. A page past the last one is empty.
    """

    slugs: tuple[str, ...]
    total: int
    understood: Understood
    miles: tuple[float | None, ...] = ()
    urgent: tuple[str, ...] = ()


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
