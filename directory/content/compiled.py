"""Remembers what was read: which files are unchanged since the last look, and the last content without a fault.

One SQLite file beside the index. It is a cache: deleting it costs time, and the last good content with it.
Documents are kept by the hash of their bytes; ``seen`` says which bytes a file had when it was last looked at,
``good`` which documents made up the last content that had no fault. A cache of another version of this program,
or one that is damaged, is thrown away.
"""

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from directory.content.faults import Fault
from directory.content.parsing import Named, Parsed
from directory.content.tree import FOLDERS, SINGLES, Entry, Kind

FILE_NAME = "content.sqlite"
_TABLES = """
CREATE TABLE document (digest TEXT, path TEXT, parsed TEXT NOT NULL, PRIMARY KEY (digest, path));
CREATE TABLE seen
    (folder TEXT, path TEXT, signature TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (folder, path)) WITHOUT ROWID;
CREATE TABLE good (folder TEXT, path TEXT, digest TEXT NOT NULL, PRIMARY KEY (folder, path)) WITHOUT ROWID;
CREATE TABLE moment (folder TEXT PRIMARY KEY, good_since TEXT NOT NULL);
CREATE TABLE look (folder TEXT PRIMARY KEY, tree TEXT NOT NULL, files INTEGER NOT NULL, faults TEXT NOT NULL);
"""


@lru_cache(maxsize=1)
def program_version() -> str:
    """A hash of the code that reads content: what another version of it remembered may mean something else."""
    rooms = (Path(__file__).parent, Path(__file__).parent.parent / "model")
    files = sorted(file for room in rooms for file in room.glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


class Compiled:
    """The memory of one content folder, in one index folder. Every failure of it is a miss, never an error."""

    def __init__(self, index: Path, folder: Path) -> None:
        self._file = index / FILE_NAME
        self._folder = str(folder.resolve())

    def remembered(self, entries: Iterable[Entry]) -> dict[str, tuple[str, Parsed]]:
        """What is known of the entries whose files did not change: by path, the digest and what was read."""
        query = (
            "SELECT digest, parsed FROM seen JOIN document USING (digest, path)"
            " WHERE folder = ? AND path = ? AND signature = ?"
        )
        found: dict[str, tuple[str, Parsed]] = {}

        def work(connection: sqlite3.Connection) -> None:
            for entry in entries:
                key = (self._folder, entry.path, json.dumps(entry.signature))
                for digest, parsed in connection.execute(query, key):
                    found[entry.path] = (digest, _restored(entry, parsed))

        self._read(work)
        return found

    def remember(self, read: Collection[tuple[str, Parsed]], entries: Iterable[Entry]) -> None:
        """Keeps what was read of changed files, and forgets files that have gone."""

        def work(connection: sqlite3.Connection) -> None:
            self._insert(connection, read)
            present = {entry.path for entry in entries}
            gone = [
                path
                for path, *_ in self._select(connection, "SELECT path FROM seen WHERE folder = ?")
                if path not in present
            ]
            connection.executemany(
                "DELETE FROM seen WHERE folder = ? AND path = ?", [(self._folder, path) for path in gone]
            )

        self._write(work)

    def _insert(self, connection: sqlite3.Connection, read: Iterable[tuple[str, Parsed]]) -> None:
        for digest, parsed in read:
            path, signature = parsed.entry.path, json.dumps(parsed.entry.signature)
            connection.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?)", (digest, path, _stored(parsed)))
            connection.execute(
                "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?)", (self._folder, path, signature, digest)
            )

    def keep_change(
        self, read: Collection[tuple[str, Parsed]], gone: Iterable[str], look: tuple[str, int], moment: str
    ) -> None:
        """Notes at once all that a sound change of a sound content calls for.

        ``look`` is the tree of files as it is now, and how many there are. Documents that nobody needs any more stay
        until all is read again.
        """

        def work(connection: sqlite3.Connection) -> None:
            self._insert(connection, read)
            for path in gone:
                connection.execute("DELETE FROM seen WHERE folder = ? AND path = ?", (self._folder, path))
                connection.execute("DELETE FROM good WHERE folder = ? AND path = ?", (self._folder, path))
            good = [(self._folder, parsed.entry.path, digest) for digest, parsed in read]
            connection.executemany("INSERT OR REPLACE INTO good VALUES (?, ?, ?)", good)
            connection.execute("INSERT OR REPLACE INTO moment VALUES (?, ?)", (self._folder, moment))
            connection.execute("INSERT OR REPLACE INTO look VALUES (?, ?, ?, '[]')", (self._folder, *look))

        self._write(work)

    def keep_as_good(self, digests: dict[str, str], moment: str) -> None:
        """Notes that these documents, by path, made up a content without a fault at that moment (ISO 8601)."""

        def work(connection: sqlite3.Connection) -> None:
            rows = self._select(connection, "SELECT path, digest FROM good WHERE folder = ?")
            before: dict[str, str] = dict(rows)  # type: ignore[arg-type]
            gone = [(self._folder, path) for path in before if path not in digests]
            connection.executemany("DELETE FROM good WHERE folder = ? AND path = ?", gone)
            changed = [(self._folder, path, digest) for path, digest in digests.items() if before.get(path) != digest]
            connection.executemany("INSERT OR REPLACE INTO good VALUES (?, ?, ?)", changed)
            connection.execute("INSERT OR REPLACE INTO moment VALUES (?, ?)", (self._folder, moment))
            used = "(SELECT digest FROM good UNION SELECT digest FROM seen)"
            connection.execute("DELETE FROM document WHERE digest NOT IN " + used)  # noqa: S608  # nosec B608  # our text

        self._write(work)

    def last_look(self, tree: str) -> tuple[int, tuple[Fault, ...]] | None:
        """How many files there were and every fault, if the tree of files is still as it was at the last look."""
        for then, files, faults in self._rows("SELECT tree, files, faults FROM look WHERE folder = ?"):
            if then == tree:
                return int(files), tuple(Fault(**fault) for fault in json.loads(faults))
        return None

    def keep_look(self, tree: str, files: int, faults: tuple[Fault, ...]) -> None:
        """Notes what a look at the tree of files found."""

        def work(connection: sqlite3.Connection) -> None:
            row = (self._folder, tree, files, json.dumps([asdict(fault) for fault in faults], ensure_ascii=False))
            connection.execute("INSERT OR REPLACE INTO look VALUES (?, ?, ?, ?)", row)

        self._write(work)

    def good_since(self) -> str | None:
        """The moment (ISO 8601) of the last content without a fault."""
        return next((row[0] for row in self._rows("SELECT good_since FROM moment WHERE folder = ?")), None)

    def last_good(self) -> list[tuple[str, Parsed]]:
        """The documents, each with its digest, of the last content without a fault; none where there was none."""
        query = "SELECT path, digest, parsed FROM good JOIN document USING (digest, path) WHERE folder = ?"
        return [(digest, _restored(_entry(path), parsed)) for path, digest, parsed in self._rows(query)]

    def _rows(self, query: str) -> list[tuple[str, ...]]:
        rows: list[tuple[str, ...]] = []
        self._read(lambda connection: rows.extend(self._select(connection, query)))
        return rows

    def _read(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Does the work where there is a memory to read; one that cannot be read is as good as none."""
        if not self._file.exists():
            return
        with contextlib.suppress(sqlite3.Error), contextlib.closing(self._connect()) as connection:
            work(connection)

    def _select(self, connection: sqlite3.Connection, query: str) -> list[tuple[str, ...]]:
        return connection.execute(query, (self._folder,)).fetchall()

    def _write(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Does the work in one transaction. A damaged file is removed; a folder that cannot be written is let be."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(self._connect()) as connection, connection:
                work(connection)
        except (sqlite3.OperationalError, OSError):
            return
        except sqlite3.DatabaseError:
            self._file.unlink(missing_ok=True)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=5)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        version = int(program_version()[:7], 16)
        if connection.execute("PRAGMA user_version").fetchone()[0] != version:
            with connection:
                for table in ("document", "seen", "good", "moment", "look"):
                    connection.execute(f"DROP TABLE IF EXISTS {table}")
                connection.executescript(_TABLES)
                connection.execute(f"PRAGMA user_version = {version}")
        return connection


def _kind(path: str) -> Kind:
    top, _, name = path.partition("/")
    return FOLDERS[top] if name else SINGLES[path]


def _entry(path: str) -> Entry:
    return Entry(path, _kind(path), (0, 0, 0, 0))


def _stored(parsed: Parsed) -> str:
    about = {
        "value": parsed.value.model_dump_json(exclude_defaults=True) if parsed.value else None,
        "faults": [asdict(fault) for fault in parsed.faults],
        "references": list(parsed.references),
        "definitions": list(parsed.definitions),
        "listing_kind": parsed.listing_kind,
        "title_and_places": parsed.title_and_places,
        "title_line": parsed.title_line,
    }
    return json.dumps(about, ensure_ascii=False)


def _restored(entry: Entry, stored: str) -> Parsed:
    about = json.loads(stored)
    value = about["value"]
    return Parsed(
        entry,
        entry.kind.model.model_validate_json(value) if value else None,
        tuple(Fault(**fault) for fault in about["faults"]),
        tuple(Named(*named) for named in about["references"]),
        tuple(Named(*named) for named in about["definitions"]),
        about["listing_kind"],
        tuple((title, place) for title, place in about["title_and_places"]),
        about["title_line"],
    )
