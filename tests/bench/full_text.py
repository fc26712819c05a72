"""The same listings in SQLite with FTS5: what Datasette serves, and what a search in the process is held against."""

import sqlite3
from contextlib import closing
from pathlib import Path

from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from directory.search.words import split, telling
from tests.bench.queries import words_of

_COLUMNS = ("title", "other_names", "categories", "provider", "places", "summary", "description")
_WEIGHTS = "10, 8, 4, 2, 2, 2, 1"


def write(snapshot: Snapshot, file: Path) -> None:
    """Puts the listings into a new database: a table ``listings`` with its full-text index."""
    file.unlink(missing_ok=True)
    rows = [(slug, *texts_of(listing, snapshot)) for slug, listing in snapshot.listings.items()]
    columns = ", ".join(_COLUMNS)
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(f"CREATE TABLE listings (slug TEXT PRIMARY KEY, {columns})")
        database.executemany(f"INSERT INTO listings VALUES (?{', ?' * len(_COLUMNS)})", rows)
        database.execute(
            f"CREATE VIRTUAL TABLE listings_fts USING fts5({columns}, content='listings', tokenize='porter unicode61')"
        )
        database.execute("INSERT INTO listings_fts(listings_fts) VALUES ('rebuild')")


def texts_of(listing: Listing, snapshot: Snapshot) -> tuple[str, ...]:
    """The parts of a listing that are searched, in the order of the columns."""
    categories = [snapshot.category_by_slug[slug] for slug in listing.categories]
    provider = snapshot.providers.get(listing.provider)
    places = [
        part for one in listing.locations for part in (one.name, one.address_1, one.city, one.postal_code) if part
    ]
    return (
        listing.title,
        ", ".join(listing.alternate_names),
        ", ".join(word for one in categories for word in (one.name, *one.words)),
        provider.name if provider else "",
        ", ".join(places),
        listing.summary,
        listing.description or "",
    )


def asked_for(query: str) -> str:
    """The words of a search that say something; all of them where none does."""
    return " ".join(telling(word for _, word in split(query))) or query


def search(database: sqlite3.Connection, query: str) -> tuple[list[str], int]:
    """The ten best listings with any of the words, best first by BM25, and how many there are.

    The rows are ordered by FTS5's own ``rank``, the fastest way that it has.
    """
    asked = " OR ".join(f'"{word}"' for word in words_of(query))
    if not asked:
        return [], 0
    (total,) = database.execute("SELECT count(*) FROM listings_fts WHERE listings_fts MATCH ?", (asked,)).fetchone()
    best = database.execute(
        "SELECT slug FROM (SELECT rowid, rank FROM listings_fts WHERE listings_fts MATCH ? AND rank MATCH ? "
        "ORDER BY rank LIMIT 10) AS best JOIN listings ON listings.rowid = best.rowid ORDER BY best.rank",
        (asked, f"bm25({_WEIGHTS})"),
    )
    return [slug for (slug,) in best], total
