"""The engines that run in this process, over the same listings. One that is opened anew remembers no search."""

import datetime
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.qparser import MultifieldParser, OrGroup

from directory.model.snapshot import Snapshot
from directory.search import Query, builds, whoosh_files
from directory.search.answering import Answering
from directory.search.dates import Dates
from directory.search.facets import Facets
from directory.search.ranking import Ranking
from directory.search.understanding import OwnWords, Understanding
from directory.search.understanding.synonyms import literally
from directory.search.words import telling, term, words_of
from directory.timetable import Timetable
from tests.bench import full_text
from tests.bench.whoosh_writer import MEMORY_MB

NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/London"))
TEN = 10
_FIELDS: Mapping[str, float] = {"title": 10, "categories": 4, "provider": 2, "summary": 2, "description": 1}


class Engine(Protocol):
    """Finds the ten best listings, and how many there are."""

    def search(self, words: str) -> object:
        """Answers one search."""


def opened(index: Path) -> Ranking:
    """The index that ``SearchIndex`` wrote into a folder, with nothing remembered."""
    term.cache_clear()
    literally.cache_clear()
    return Ranking(whoosh_files.read(builds.read(index, str(builds.current(index)), {}), {}))


class AnyWord:
    """The directory's engine with nothing understood: whatever has any of the words, and the counts of all facets."""

    def __init__(self, index: Path) -> None:
        self._ranking = opened(index)
        self._facets = Facets(self._ranking.columns, self._ranking.number_of, self._ranking.is_kept)

    def search(self, words: str) -> tuple[list[str], int, object]:
        """The slugs of the ten best, how many there are, and how many each facet would leave."""
        found = self._ranking.any_word([literally(word) for word in telling(words_of(words))])
        found *= self._ranking.visible(NOON.date())
        is_found = found > 0
        best = self._ranking.in_order(found, 0, TEN).tolist()
        counted = self._facets.counted_in(is_found)
        return [self._ranking.facts[number].slug for number in best], int(is_found.sum()), counted


class Meanings:
    """What the content says of words: made once, for all that is asked of one directory."""

    def __init__(self, snapshot: Snapshot) -> None:
        own_words = OwnWords()
        own_words.update(snapshot)
        self.snapshot = snapshot
        self.dates = Dates.of(snapshot, Timetable.of(snapshot))
        self.understanding = Understanding(snapshot, own_words, lambda _postcode: None)


class Understood:
    """The whole of what a results page asks for: a page of ten, tags, corrections, urgent cards and facets."""

    def __init__(self, index: Path, meanings: Meanings) -> None:
        self._answering = Answering(opened(index), meanings.understanding, meanings.snapshot, meanings.dates)

    def search(self, words: str) -> object:
        """The answer, worked out anew each time."""
        return self._answering.answer(Query(words, NOON))


class Fts5:
    """SQLite with FTS5."""

    def __init__(self, file: Path) -> None:
        self._database = sqlite3.connect(file)

    def search(self, words: str) -> tuple[list[str], int]:
        """The slugs of the ten best, and how many there are. Words that say nothing are not asked for here either."""
        return full_text.search(self._database, full_text.asked_for(words))


class PlainWhoosh:
    """Whoosh as its manual has one use it: a field for each part, its query parser, and results grouped by category."""

    def __init__(self, folder: Path) -> None:
        index = FileStorage(str(folder)).open_index()
        self._searcher = index.searcher()
        self._parser = MultifieldParser(list(_FIELDS), index.schema, fieldboosts=dict(_FIELDS), group=OrGroup)

    def search(self, words: str) -> tuple[list[str], int]:
        """The slugs of the ten best, and how many there are."""
        asked = self._parser.parse(full_text.asked_for(words))
        found = self._searcher.search(asked, limit=TEN, groupedby="category")
        return [hit["slug"] for hit in found], sum(len(one) for one in found.groups().values())


def write_plain_whoosh(snapshot: Snapshot, folder: Path) -> None:
    """Makes the index that ``PlainWhoosh`` opens, in an empty folder."""
    texts = {part: TEXT(StemmingAnalyzer(cachesize=-1)) for part in _FIELDS}
    schema = Schema(slug=ID(stored=True, unique=True), category=ID(sortable=True), **texts)
    writer = FileStorage(str(folder)).create_index(schema).writer(limitmb=MEMORY_MB)
    for one in snapshot.listings.values():
        writer.add_document(
            slug=one.slug,
            category=one.categories[0],
            title=" ".join((one.title, *one.alternate_names)),
            categories=" ".join(snapshot.category_by_slug[slug].name for slug in one.categories),
            provider=snapshot.providers[one.provider].name,
            summary=one.summary,
            description=one.description or "",
        )
    writer.commit()
