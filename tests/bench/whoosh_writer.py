"""The least that an index can cost: Whoosh's own writer over the same documents, ready in memory.

`python -m tests.bench.whoosh_writer CONTENT FOLDER ready|plain` prints the seconds that adding and committing took.
``ready`` gives the writer the very terms and weights of the directory's index, so that no text is left to analyse;
``plain`` is the schema that Whoosh's manual would have one write, a stemmed text field for each part.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, STORED, TEXT, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence

from directory.model.snapshot import Snapshot
from directory.search.document import documents
from tests.bench import invented

MEMORY_MB = 256
"""Enough that Whoosh sorts in memory, as it does best."""

Documents = tuple[Schema, list[dict[str, Any]]]


class Ready(FieldType):  # type: ignore[misc]  # Whoosh is published without types
    """A field that takes terms with their weights as they are."""

    def __init__(self) -> None:
        super().__init__(Existence(), None)

    def index(self, value: Mapping[str, float], **_options: Any) -> Iterable[tuple[bytes, int, float, bytes]]:
        return [(term.encode(), 1, weight, b"") for term, weight in value.items()]


def ready(snapshot: Snapshot) -> Documents:
    """The terms of the directory's own index."""
    schema = Schema(facts=STORED, terms=Ready())
    return schema, [
        {"facts": tuple(one.facts), "terms": one.terms()} for one in documents(snapshot, snapshot.listings.keys())
    ]


def plain(snapshot: Snapshot) -> Documents:
    """The texts of each listing under the names of their parts."""
    parts = ("title", "categories", "provider", "summary", "description")
    schema = Schema(slug=ID(stored=True, unique=True), **{part: TEXT(StemmingAnalyzer(cachesize=-1)) for part in parts})
    return schema, [
        {
            "slug": one.slug,
            "title": " ".join((one.title, *one.alternate_names)),
            "categories": " ".join(snapshot.category_by_slug[slug].name for slug in one.categories),
            "provider": snapshot.providers[one.provider].name,
            "summary": one.summary,
            "description": one.description or "",
        }
        for one in snapshot.listings.values()
    ]


def seconds_to_write(given: Documents) -> float:
    """Adds the documents to a new index and commits it."""
    schema, ready_made = given
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        writer = FileStorage(folder).create_index(schema).writer(limitmb=MEMORY_MB)
        for one in ready_made:
            writer.add_document(**one)
        writer.commit()
        return time.perf_counter() - began


WAYS: Mapping[str, Callable[[Snapshot], Documents]] = {"ready": ready, "plain": plain}


if __name__ == "__main__":
    content, way = sys.argv[1:]
    print(seconds_to_write(WAYS[way](invented.read(Path(content)))))
