"""The same listings in SQLite with FTS5: what Datasette serves, and what a search in the process is held against."""

import sqlite3
from contextlib import closing
from pathlib import Path

from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from tests.bench.queries import words_of

_COLUMNS = ("title", "other_names", "categories", "provider", "places", "summary", "description")
_WEIGHTS = "10, 8, 4, 2, 2, 2, 1"


def write(snapshot: Snapshot, file: Path) -> None:
    """Puts the listings into a new database: a table ``listings`` with its full-text index."""
    file.unlink(missing_ok=True)
    rows = [_row(listing, snapshot) for listing in snapshot.listings.values()]
    columns = ", ".join(_COLUMNS)
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(f"CREATE TABLE listings (slug TEXT PRIMARY KEY, {columns})")
        database.executemany(f"INSERT INTO listings VALUES (?{', ?' * len(_COLUMNS)})", rows)
        database.execute(
            f"CREATE VIRTUAL TABLE listings_fts USING fts5({columns}, content='listings', tokenize='porter unicode61')"
        )
        database.execute("INSERT INTO listings_fts(listings_fts) VALUES ('rebuild')")


def _row(listing: Listing, snapshot: Snapshot) -> tuple[str, ...]:
    categories = [snapshot.category_by_slug[slug] for slug in listing.categories]
    provider = snapshot.providers.get(listing.provider)
    places = [
        part for one in listing.locations for part in (one.name, one.address_1, one.city, one.postal_code) if part
    ]
    return (
        listing.slug,
        listing.title,
        ", ".join(listing.alternate_names),
        ", ".join(word for one in categories for word in (one.name, *one.words)),
        provider.name if provider else "",
        ", ".join(places),
        listing.summary,
        listing.description or "",
    )


def search(database: sqlite3.Connection, query: str) -> tuple[list[str], int]:
    """The ten best listings with any of the words, best first by BM25, and how many there are."""
    asked = " OR ".join(f'"{word}"' for word in words_of(query))
    (total,) = database.execute("SELECT count(*) FROM listings_fts WHERE listings_fts MATCH ?", (asked,)).fetchone()
    best = database.execute(
        f"SELECT slug FROM listings_fts JOIN listings ON listings.rowid = listings_fts.rowid "
        f"WHERE listings_fts MATCH ? ORDER BY bm25(listings_fts, {_WEIGHTS}) LIMIT 10",
        (asked,),
    )
    return [slug for (slug,) in best], total
