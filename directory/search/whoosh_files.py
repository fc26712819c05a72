"""Hides Whoosh 2.7.4: the only module that imports it. Writes an index into a folder and reads one from memory.

What is not used of it, and why: its query parser (people's text makes it raise), its searcher (7 to 25 times slower
than adding up decoded postings), its file storage for reading (files may vanish or shrink under a reader), its field
lengths (looked up on disk for every posting; here they are folded into the weights), its pool of postings (a tuple
each, and all of them sorted). The files are Whoosh's own format: its reader reads them.
"""

import pickle  # nosec B403  # for the name of an error: nothing is unpickled here
import struct
import threading
import warnings
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from directory.search.arrays import Floats, Ids
from directory.search.bounded import Bounded
from directory.search.facts import Facts, columns

with warnings.catch_warnings():
    # Five of Whoosh's files hold escapes that newer Pythons warn of when they compile them; nothing else is silenced.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3LeafMatcher, W3PostingsWriter
    from whoosh.fields import STORED, FieldType, Schema
    from whoosh.filedb.filestore import FileStorage, RamStorage
    from whoosh.filedb.structfile import BufferFile
    from whoosh.formats import Format
    from whoosh.index import TOC, FileIndex, LockError
    from whoosh.index import IndexError as WhooshIndexError
    from whoosh.reading import SegmentReader, TermNotFound

FORMAT = 9
"""Raise it whenever terms, weights or facts are made in another way: an index of another format is built anew."""
MOST_SEGMENTS = 8
"""Every change adds a segment; from this many on, the smallest become one."""
NEXT_IN_SIZE = 2
"""How much larger than all smaller ones together a segment may be to be joined with them: each is joined seldom."""

DAMAGE = (
    OSError, EOFError, ValueError, TypeError, KeyError, IndexError, AttributeError, NameError, ImportError,
    struct.error, zlib.error, pickle.UnpicklingError, WhooshIndexError,
)  # fmt: skip
"""What Whoosh raises when its files are not as it wrote them."""

Postings = tuple[Ids, Floats]
"""The listings that have a term, by number and rising, and its weight in each."""
NO_POSTINGS: Postings = np.zeros(0, np.intp), np.zeros(0, np.float32)
POSTINGS_BYTES = 8_000_000
"""Room for the decoded postings of a segment, which later states of the index use again."""
SMALL = 64
"""Documents up to which a segment's terms are all held in memory: most terms that are looked up in it are not there."""


class _Presence(Format):
    """A posting is a document and a weight; it carries nothing else."""

    posting_size = 0


class _Postings:
    """Gathers postings by term until they are written, in a tenth of the memory and time of Whoosh's own pool.

    A document's number must be higher than every one before it.
    """

    def __init__(self) -> None:
        self._terms: dict[bytes, tuple[array[int], array[float]]] = {}

    def put(self, number: int, terms: Mapping[str, float]) -> None:
        known = self._terms
        for term, weight in terms.items():
            key = term.encode()
            found = known.get(key)
            if found is None:
                found = known[key] = (array("I"), array("f"))
            found[0].append(number)
            found[1].append(weight)

    def add(self, posting: tuple[str, bytes, int, float, bytes | None]) -> None:
        """Takes a posting of another segment, as Whoosh hands it over when it joins segments."""
        _, term, number, weight, _ = posting
        self.put(number, {term.decode(): weight})

    def iter_postings(self) -> Iterator[tuple[bytes, "array[int]", "array[float]"]]:
        return ((term, *self._terms[term]) for term in sorted(self._terms))

    def cleanup(self) -> None:
        self._terms.clear()


class _BlockWriter(W3PostingsWriter):
    """Writes a term's postings a block at a time."""

    def add_all(self, ids: "array[int]", weights: "array[float]") -> None:
        for start in range(0, len(ids), self._blocklimit):
            if start:
                self._write_block()
            self._ids = ids[start : start + self._blocklimit]
            self._weights = weights[start : start + self._blocklimit]
            self._maxweight = max(self._weights)


class _FieldWriter(W3FieldWriter):
    """Writes what ``_Postings`` gathered."""

    def add_postings(self, schema: Any, lengths: None, items: Any) -> None:  # noqa: ARG002  # Whoosh's signature
        self.start_field("terms", schema["terms"])
        for term, ids, weights in items:
            self.start_term(term)
            self._postwriter.add_all(ids, weights)
            self.finish_term()
        self.finish_field()


class _Blocks(W3LeafMatcher):
    """A term's postings, decoded a block at a time."""

    def decoded(self) -> tuple[Ids, Floats]:
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

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        return _FieldWriter(self, storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> _BlockWriter:
        return _BlockWriter(dbfile, self._blocklimit, byteids, self._compression, self._inlinelimit)

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
_SCHEMA = Schema(facts=STORED, terms=FieldType(_Presence(), None))


def create(folder: Path, documents: Iterable[tuple[Facts, Mapping[str, float]]]) -> None:
    """Writes a new index of these documents into an empty folder, as one segment."""
    _add(FileIndex.create(FileStorage(str(folder)), _SCHEMA, _NAME), (), documents)


def amend(folder: Path, gone: Iterable[int], documents: Iterable[tuple[Facts, Mapping[str, float]]]) -> None:
    """Takes documents out of the index in a folder, by number, and adds others. The folder must be nobody else's."""
    _add(FileIndex(FileStorage(str(folder)), _SCHEMA, _NAME), gone, documents)


def _add(index: Any, gone: Iterable[int], documents: Iterable[tuple[Facts, Mapping[str, float]]]) -> None:
    try:
        writer = index.writer(codec=_Codec(), compound=False, timeout=5.0)
    except LockError as error:
        raise OSError("another program is writing into this build of the index") from error
    writer.pool = postings = _Postings()
    try:
        for number in gone:
            writer.delete_document(number)
        for facts, terms in documents:
            postings.put(writer.docnum, terms)
            writer.add_document(facts=tuple(facts))
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=_join_small_segments)


def _join_small_segments(writer: Any, segments: list[Any]) -> list[Any]:
    if len(segments) < MOST_SEGMENTS:
        return segments
    *small, _ = sorted(segments, key=lambda segment: segment.doc_count())
    sizes = [segment.doc_count() for segment in small]
    joined = next((n for n in range(2, len(small)) if sizes[n] > NEXT_IN_SIZE * sum(sizes[:n])), len(small))
    for segment in small[:joined]:
        with closing(SegmentReader(writer.storage, _SCHEMA, segment)) as reader:
            writer.add_reader(reader)
    return [segment for segment in segments if segment not in small[:joined]]


class Segment:
    """One segment's terms and facts. Never changes; safe to use from several threads."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._terms = _Codec().terms_reader(storage, segment)
        is_small = segment.doc_count_all() <= SMALL
        self._every_term = frozenset(term for _, term in self._terms.terms()) if is_small else None
        self._one_at_a_time = threading.Lock()  # the reader moves one shared position
        self._postings = Bounded(POSTINGS_BYTES, self._decoded, bytes_of_postings)
        perdoc = _Codec().per_document_reader(storage, segment)
        stored = (perdoc.stored_fields(number)["facts"] for number in range(segment.doc_count_all()))
        self.facts = tuple(Facts(*facts) for facts in stored)
        self.columns = columns(self.facts)

    def postings(self, term: str) -> Postings | None:
        """The documents, by number within the segment and rising, that hold the term, with its weight in each."""
        if self._every_term is not None and term.encode() not in self._every_term:
            return None
        return self._postings(term)

    def _decoded(self, term: str) -> Postings | None:
        with self._one_at_a_time:
            try:
                found: _Blocks = self._terms.matcher("terms", term.encode(), _SCHEMA["terms"].format)
            except TermNotFound:
                return None
            return found.decoded()


def all_of(terms: Sequence[str], postings: Callable[[str], Postings | None]) -> Postings:
    """The listings that have every one of the terms, with the least of their weights."""
    first, *rest = terms
    ids, weights = postings(first) or NO_POSTINGS
    for one in rest:
        if not len(ids):
            break
        others, theirs = postings(one) or NO_POSTINGS
        ids, mine, yours = np.intersect1d(ids, others, assume_unique=True, return_indices=True)
        weights = np.minimum(weights[mine], theirs[yours])
    return ids, weights


def bytes_of_postings(found: Postings | None) -> int:
    """What decoded postings take of memory."""
    return 200 + (found[0].nbytes + found[1].nbytes if found else 0)


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
