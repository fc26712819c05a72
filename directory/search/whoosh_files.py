"""Hides Whoosh 2.7.4: the only module that imports it. Writes an index into a folder and reads one from memory.

What is not used of it, and why: its query parser (people's text makes it raise), its searcher (7 to 25 times slower
than adding up decoded postings), its file storage for reading (files may vanish or shrink under a reader), its field
lengths (looked up on disk for every posting; here they are folded into the weights).
"""

import pickle
import struct
import threading
import warnings
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

with warnings.catch_warnings():
    # Five of Whoosh's files hold escapes that newer Pythons warn of when they compile them; nothing else is silenced.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher
    from whoosh.fields import STORED, FieldType, Schema
    from whoosh.filedb.filestore import FileStorage, RamStorage
    from whoosh.filedb.structfile import BufferFile
    from whoosh.formats import Format
    from whoosh.index import TOC, FileIndex, LockError
    from whoosh.index import IndexError as WhooshIndexError
    from whoosh.lang.porter import stem as porter_stem
    from whoosh.reading import SegmentReader, TermNotFound

FORMAT = 1
"""Raise it whenever terms, weights or facts are made in another way: an index of another format is built anew."""
MEMORY_MB = 256
"""What a writer may hold before it sorts on disk, which takes six times as long; 5,000 listings need 90."""
MOST_SEGMENTS = 8
"""Every change adds a segment; from this many on, all but the largest become one."""

DAMAGE = (
    OSError, EOFError, ValueError, TypeError, KeyError, IndexError, AttributeError, NameError, ImportError,
    struct.error, zlib.error, pickle.UnpicklingError, WhooshIndexError,
)  # fmt: skip
"""What Whoosh raises when its files are not as it wrote them."""

Ids = npt.NDArray[np.intp]
Weights = npt.NDArray[np.float32]


class Facts(NamedTuple):
    """What is stored beside a listing's terms: all that ranking needs to know, and nothing to show.

    Days are ordinals, 0 for no limit. ``points`` are latitudes and longitudes in degrees.
    """

    slug: str
    revision: str
    title_key: str
    first_day: int
    last_day: int
    is_withdrawn: bool
    is_everywhere: bool
    points: tuple[tuple[float, float], ...]


def stem(word: str) -> str:
    """The Porter stem of an English word in small letters."""
    return str(porter_stem(word))


class _Presence(Format):
    """A posting is a document and a weight; it carries nothing else."""

    posting_size = 0


class _Terms(FieldType):
    """A field that takes terms with their weights as they are."""

    def __init__(self) -> None:
        super().__init__(_Presence(), None)

    def index(self, value: Mapping[str, float], **_options: Any) -> list[tuple[bytes, int, float, bytes]]:
        return [(term.encode(), 1, weight, b"") for term, weight in value.items()]


class _Blocks(W3LeafMatcher):
    """A term's postings, decoded a block at a time."""

    def decoded(self) -> tuple[Ids, Weights]:
        ids, weights = [], []
        while self.is_active():
            self._read_data()
            steps, block, _ = self._data
            ids.append(np.cumsum(steps))
            weights.append(np.full(len(steps), 1.0 if block is None else block, np.float32))
            self._next_block()
        return np.concatenate(ids).astype(np.intp), np.concatenate(weights)


class _Codec(W3Codec):
    """Whoosh's own format without field lengths."""

    length_stats = False

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> _Blocks:
        offset, length = terminfo.extent()
        return _Blocks(dbfile, offset, length, format_, term=term, scorer=scorer)


class _Memory(RamStorage):
    """Files held as bytes, each opened without a copy."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self.files = dict(files)

    def open_file(self, name: str, **options: Any) -> Any:
        return BufferFile(self.files[name], name=name, **options)


_NAME = f"v{FORMAT}"
_SCHEMA = Schema(facts=STORED, terms=_Terms())


def create(folder: Path, documents: Iterable[tuple[Facts, Mapping[str, float]]]) -> None:
    """Writes a new index of these documents into an empty folder, as one segment."""
    _add(FileIndex.create(FileStorage(str(folder)), _SCHEMA, _NAME), (), documents)


def amend(folder: Path, gone: Iterable[int], documents: Iterable[tuple[Facts, Mapping[str, float]]]) -> None:
    """Takes documents out of the index in a folder, by number, and adds others. The folder must be nobody else's."""
    _add(FileIndex(FileStorage(str(folder)), _SCHEMA, _NAME), gone, documents)


def _add(index: Any, gone: Iterable[int], documents: Iterable[tuple[Facts, Mapping[str, float]]]) -> None:
    try:
        writer = index.writer(limitmb=MEMORY_MB, codec=_Codec(), compound=False, timeout=5.0)
    except LockError as error:
        raise OSError("another program is writing into this build of the index") from error
    try:
        for number in gone:
            writer.delete_document(number)
        for facts, terms in documents:
            writer.add_document(facts=tuple(facts), terms=terms)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=_join_small_segments)


def _join_small_segments(writer: Any, segments: list[Any]) -> list[Any]:
    if len(segments) < MOST_SEGMENTS:
        return segments
    *small, largest = sorted(segments, key=lambda segment: segment.doc_count())
    for segment in small:
        with closing(SegmentReader(writer.storage, _SCHEMA, segment)) as reader:
            writer.add_reader(reader)
    return [largest]


class Segment:
    """One segment's terms and facts. Never changes; safe to use from several threads."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._terms = _Codec().terms_reader(storage, segment)
        self._one_at_a_time = threading.Lock()  # the reader moves one shared position
        perdoc = _Codec().per_document_reader(storage, segment)
        stored = (perdoc.stored_fields(number)["facts"] for number in range(segment.doc_count_all()))
        self.facts = tuple(Facts(*facts) for facts in stored)

    def postings(self, term: str) -> tuple[Ids, Weights] | None:
        """The documents, by number within the segment and rising, that hold the term, with its weight in each."""
        with self._one_at_a_time:
            try:
                found: _Blocks = self._terms.matcher("terms", term.encode(), _SCHEMA["terms"].format)
            except TermNotFound:
                return None
            return found.decoded()


class Opened(NamedTuple):
    """The segments of an index by name, in the order of their documents' numbers, and the numbers that were deleted."""

    segments: dict[str, Segment]
    deleted: Sequence[int]


def read(files: Mapping[str, bytes], known: Mapping[str, Segment]) -> Opened:
    """Opens an index whose files are in memory; a segment already ``known`` by name is used again.

    Raises one of ``DAMAGE`` where the files are not an index of this format.
    """
    storage = _Memory(files)
    opened, deleted, before = {}, [], 0
    for segment in TOC.read(storage, _NAME, schema=_SCHEMA).segments:
        name = segment.segment_id()
        opened[name] = known.get(name) or Segment(storage, segment)
        deleted += [before + number for number in segment.deleted_docs()]
        before += segment.doc_count_all()
    return Opened(opened, deleted)
