"""Measures tantivy and bm25s over the same texts: `python other_engines.py FILE FOLDER` prints a line of JSON for each.

It runs in the environment of the peers, so it knows nothing of the directory. The file has ``texts``, a list of the
parts of each listing, and ``searches`` by kind.
"""

import json
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import bm25s
import Stemmer
import tantivy

TEN = 10
PARTS = {"title": 10.0, "names": 8.0, "categories": 4.0, "provider": 2.0, "places": 2.0, "summary": 2.0, "rest": 1.0}

Search = Callable[[str], object]


def by_tantivy(texts: Sequence[Sequence[str]], folder: Path) -> Callable[[], Search]:
    """Writes its index; each call of what it gives opens that anew."""
    builder = tantivy.SchemaBuilder()
    for part in PARTS:
        builder.add_text_field(part, stored=False, tokenizer_name="en_stem")
    builder.add_integer_field("number", stored=True)
    schema = builder.build()
    writer = tantivy.Index(schema, path=str(folder)).writer(num_threads=1)
    for number, own in enumerate(texts):
        writer.add_document(tantivy.Document(number=number, **dict(zip(PARTS, own, strict=True))))
    writer.commit()
    writer.wait_merging_threads()

    def opened() -> Search:
        index = tantivy.Index.open(str(folder))
        searcher = index.searcher()

        def search(words: str) -> object:
            asked = index.parse_query(words, list(PARTS), field_boosts=PARTS)
            found = searcher.search(asked, TEN, count=True)
            return [searcher.doc(address)["number"] for _, address in found.hits], found.count

        return search

    return opened


def by_bm25s(texts: Sequence[Sequence[str]], folder: Path) -> Callable[[], Search]:
    """Writes its index; each call of what it gives opens that anew. It counts nothing but the ten best."""
    stemmer = Stemmer.Stemmer("porter")
    tokens = bm25s.tokenize([" ".join(own) for own in texts], stopwords="en", stemmer=stemmer, show_progress=False)
    retriever = bm25s.BM25()
    retriever.index(tokens, show_progress=False)
    retriever.save(str(folder))

    def opened() -> Search:
        loaded = bm25s.BM25.load(str(folder))

        def search(words: str) -> object:
            asked = bm25s.tokenize([words], stopwords="en", stemmer=stemmer, show_progress=False)
            return loaded.retrieve(asked, k=TEN, show_progress=False)

        return search

    return opened


def measured(opened: Callable[[], Search], searches: Mapping[str, Sequence[str]]) -> Mapping[str, object]:
    """Median and 95th percentile in milliseconds of each kind: asked for the first time, and again."""
    cold, warm = {}, {}
    for kind, asked in searches.items():
        search = opened()
        cold[kind] = _told([_milliseconds(search, words) for words in asked])
        warm[kind] = _told([_milliseconds(search, words) for words in asked])
    return {"times": {"cold": cold, "warm": warm}}


def _milliseconds(search: Search, words: str) -> float:
    began = time.perf_counter()
    search(words)
    return (time.perf_counter() - began) * 1000


def _told(times: list[float]) -> tuple[float, float]:
    return statistics.median(times), sorted(times)[len(times) * 95 // 100]


def _resident() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _each(file: Path, work: Path) -> Iterator[Mapping[str, object]]:
    given = json.loads(file.read_text())
    for name, write in (("tantivy", by_tantivy), ("bm25s", by_bm25s)):
        folder = work / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        began = time.perf_counter()
        opened = write(given["texts"], folder)
        seconds = time.perf_counter() - began
        megabytes = sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) / 1e6
        before = _resident()
        found = measured(opened, given["searches"])
        cost = {"seconds": seconds, "megabytes": megabytes, "resident": max(0.0, _resident() - before)}
        yield {"name": name, "cost": cost, **found}


if __name__ == "__main__":
    for one in _each(Path(sys.argv[1]), Path(sys.argv[2])):
        sys.stdout.write(json.dumps(one) + "\n")
