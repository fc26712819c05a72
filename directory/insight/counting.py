"""Takes in what pages note, leaves out what must never be counted, and writes the rest a few seconds later.

Nothing here can harm a page: to note is to put one thing into a queue that forgets its oldest when it is full.
"""

import datetime
import logging
import re
import threading
from collections import deque
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import parse_qs

from directory.insight.stored import Count, Search, Stored
from directory.model.calendar import LONDON
from directory.model.snapshot import Snapshot
from directory.search import Query, Results
from directory.tables import DatabaseUnusable

MOST_NOTED = 4_000
MOST_COUNTED = 5_000
"""How many pages, and how many different searches, wait to be taken in and to be written; others are not counted."""
LONGEST_WORDS = 60
"""Characters of a search that is counted: longer ones tell somebody's story."""

_TOLD = frozenset(("age", "cost", "how", "language", "access", "send"))
"""The guesses whose words say what somebody looks for; those of places and times do not."""

_DIGIT = re.compile(r"\d")
_LOG = logging.getLogger(__name__)
Ask = Callable[[Query], Results]


class _Search(NamedTuple):
    found: Results
    language: str
    day: datetime.date


class _Opening(NamedTuple):
    asked: str
    language: str
    day: datetime.date


class SearchCounts:
    """The counts of one process. Pages note in any thread; whoever watches calls ``take_in`` and ``write``."""

    def __init__(self, database_url: str, *, is_on: bool = True) -> None:
        self.is_on = is_on
        self._noted: deque[_Search | _Opening] = deque(maxlen=MOST_NOTED)
        self._counts: dict[Search, Count] = {}
        self._stored = Stored(database_url)
        self._at_work = threading.Lock()
        self._cleared_on: datetime.date | None = None
        self._is_failing = False

    def prepare(self) -> None:
        """Makes the tables, before a process forks: of two that make them at once, one would fail."""
        if self.is_on:
            try:
                self._stored.prepare()
            except DatabaseUnusable as error:
                self._tell(error)

    def note_search(self, found: Results, language: str, day: datetime.date) -> None:
        """Remembers that a page in that language was made of these results."""
        if self.is_on:
            self._noted.append(_Search(found, language, day))

    def note_opening(self, asked: str, language: str, day: datetime.date) -> None:
        """Remembers that a listing was opened from the results page with that query string."""
        if self.is_on:
            self._noted.append(_Opening(asked, language, day))

    def take_in(self, snapshot: Snapshot, ask: Ask) -> None:
        """Counts what was noted, as far as it may be counted. ``ask`` answers a search, as the pages did."""
        with self._at_work:
            while self._noted:
                self._take(self._noted.popleft(), snapshot, ask)

    def _take(self, noted: _Search | _Opening, snapshot: Snapshot, ask: Ask) -> None:
        is_search = isinstance(noted, _Search)
        found = noted.found if isinstance(noted, _Search) else ask(_query(noted))
        words = _countable(found, snapshot)
        search = Search(noted.day, noted.language, frozenset(words))
        if not words or (search not in self._counts and len(self._counts) >= MOST_COUNTED):
            return
        count = self._counts.setdefault(search, Count(" ".join(words)))
        count.results = found.total
        count.asked += is_search
        count.opened += not is_search

    def write(self, today: datetime.date) -> None:
        """Writes what was counted, and deletes once a day what is not to be kept.

        Where the database cannot be written, the counts wait, as many as may, and the log says so once.
        """
        with self._at_work:
            try:
                if self._counts:
                    self._stored.add(self._counts)
                    self._counts = {}
                if self._cleared_on != today:
                    self._stored.clear(today)
                    self._cleared_on = today
                self._is_failing = False
            except DatabaseUnusable as error:
                self._tell(error)

    def _tell(self, error: DatabaseUnusable) -> None:
        if not self._is_failing:
            _LOG.warning("Searches cannot be counted: %s", error)
        self._is_failing = True


def _query(opening: _Opening) -> Query:
    """The search that a results page answered, without its place and choices: those do not change its words."""
    words = parse_qs(opening.asked, max_num_fields=100).get("q", [""])[0]
    return Query(words, datetime.datetime.combine(opening.day, datetime.time(), LONDON))


def _countable(found: Results, snapshot: Snapshot) -> tuple[str, ...]:
    """The words to count a search by, none where it must not be counted.

    Places and days were understood as such and are not among the words; whatever has a digit goes too, so that no age,
    postcode or telephone number is left. What was understood as a wish, such as "toddler" or "free", stands first.
    """
    if _is_private(found, snapshot):
        return ()
    wishes = (tag.words.split() for tag in found.understood.tags if tag.guess in _TOLD)
    said = (*(wish for wish in wishes if not _DIGIT.search("".join(wish))), found.understood.words)
    words = tuple(dict.fromkeys(word for part in said for word in part if not _DIGIT.search(word)))
    return words if len(" ".join(words)) <= LONGEST_WORDS else ()


def _is_private(found: Results, snapshot: Snapshot) -> bool:
    """Whether a search is nobody's business: in danger, or near anything that the content calls sensitive."""
    return bool(
        found.urgent
        or not snapshot.sensitive_listings.isdisjoint(found.slugs)
        or not snapshot.sensitive_needs.isdisjoint(found.understood.needs)
        or not snapshot.sensitive_categories.isdisjoint(found.closest)
    )
