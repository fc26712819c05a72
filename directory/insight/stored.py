"""The counts in the database: which search is told by a keyed hash alone until it is too common to be one person's.

Several processes add to the same rows. SQLite and PostgreSQL both know how to insert or add in one statement.
"""

import datetime
import hashlib
import secrets
import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, exists, func, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col

from directory.tables import (
    DatabaseUnusable,
    SearchCount,
    SearchSalt,
    SearchWords,
    create_tables,
    may_hold_tables,
    open_database,
    unusable,
)

RARE = 5
"""How often a month a search must be asked for its words to be written down."""
KEPT_MONTHS = 13
"""How many months stay beside the one that runs: a year ago and the month before it."""
MOST_A_DAY = 20_000
"""How many different searches a day are counted, lest a program that makes them up fills the disk."""
_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Search(NamedTuple):
    """What is counted together: the same words in whatever order, on pages in one language, on one day."""

    day: datetime.date
    language: str
    words: frozenset[str]


@dataclass
class Count:
    """What was counted of a search since the last writing, with its words in the order of the first who asked."""

    text: str
    asked: int = 0
    opened: int = 0
    results: int = 0


@dataclass(frozen=True)
class Asked:
    """A search that is not rare, over a month: how often asked, results when last asked, how often one was opened."""

    words: str
    language: str
    asked: int
    results: int
    opened: int


class Stored:
    """The tables of searches in the database at an address. Nothing is opened before there is something to write.

    Every method raises ``DatabaseUnusable``.
    """

    def __init__(self, database_url: str) -> None:
        self._engine = open_database(database_url)
        self._has_tables = False
        # Python 3.13 warns of a database that is left open when whoever held it is gone.
        weakref.finalize(self, self._engine.dispose)

    def add(self, counts: Mapping[Search, Count]) -> None:
        """Adds counts to what is there, and writes down the words of those that are no longer rare."""
        try:
            self._make_tables()
            for month in sorted({_month(one.day) for one in counts}):
                self._add(month, {one: count for one, count in counts.items() if _month(one.day) == month})
        except SQLAlchemyError as error:
            raise unusable(self._engine, error) from error

    def prepare(self) -> None:
        """Makes the tables before a process forks, which must not share a connection with its children."""
        try:
            self._make_tables()
        finally:
            self._engine.dispose()

    def _make_tables(self) -> None:
        if self._engine.dialect.name not in _INSERT:
            raise DatabaseUnusable("Searches can be counted in SQLite or PostgreSQL only")
        if not self._has_tables:
            create_tables(self._engine)
            self._has_tables = True

    def _insert(self, table: type[Any]) -> Any:
        return _INSERT[self._engine.dialect.name](table)

    def _add(self, month: str, counts: Mapping[Search, Count]) -> None:
        salt = self._salt(month)
        # In order, so that no two writers of PostgreSQL wait for each other in a ring.
        keyed = sorted(((_key(one, salt), one.day, count) for one, count in counts.items()), key=itemgetter(0, 1))
        words = {_key(one, salt): (one.language, count.text) for one, count in counts.items()}
        insert = self._insert(SearchCount)
        adding = insert.on_conflict_do_update(
            index_elements=["key", "day"],
            set_={
                "asked": col(SearchCount.asked) + insert.excluded.asked,
                "opened": col(SearchCount.opened) + insert.excluded.opened,
                "results": insert.excluded.results,
            },
        )
        with self._engine.begin() as connection:
            rows = list(_rows(connection, keyed))
            if rows:
                connection.execute(adding, rows)
                self._write_down(connection, month, words)

    def _write_down(self, connection: Connection, month: str, words: Mapping[str, tuple[str, str]]) -> None:
        """Writes the language and words down of those searches that were asked often enough by now."""
        often = (
            select(col(SearchCount.key))
            .where(col(SearchCount.key).in_(words))
            .group_by(col(SearchCount.key))
            .having(func.sum(col(SearchCount.asked)) >= RARE)
        )
        told = ((key, *words[key]) for key in sorted(connection.scalars(often)))
        rows = [{"key": key, "month": month, "language": language, "words": text} for key, language, text in told]
        if rows:
            connection.execute(self._insert(SearchWords).on_conflict_do_nothing(), rows)

    def _salt(self, month: str) -> str:
        """The month's salt: whichever process comes first makes it."""
        made = self._insert(SearchSalt).on_conflict_do_nothing()
        kept = select(col(SearchSalt.salt)).where(col(SearchSalt.month) == month)
        with self._engine.begin() as connection:
            salt = connection.scalar(kept)
            if salt is None:
                connection.execute(made, {"month": month, "salt": secrets.token_hex(32)})
                salt = connection.scalar(kept)
            return str(salt)

    def clear(self, today: datetime.date) -> None:
        """Deletes what was rare in months that are over, their salts, and everything that is too old."""
        month, oldest = _month(today), _month(_months_before(today, KEPT_MONTHS))
        words_known = exists().where(col(SearchWords.key) == col(SearchCount.key))
        gone = (
            delete(SearchWords).where(col(SearchWords.month) < oldest),
            delete(SearchCount).where(col(SearchCount.day) < today.replace(day=1), ~words_known),
            delete(SearchSalt).where(col(SearchSalt.month) < month),
        )
        if not self._is_there():
            return
        try:
            with self._engine.begin() as connection:
                for one in gone:
                    connection.execute(one)
        except SQLAlchemyError as error:
            raise unusable(self._engine, error) from error

    def asked_in(self, month: datetime.date) -> tuple[Asked, ...]:
        """The searches of the month of that day that were not rare, most asked first."""
        if not self._is_there():
            return ()
        wanted = (
            select(col(SearchWords.key), col(SearchWords.words), col(SearchWords.language))
            .add_columns(col(SearchCount.asked), col(SearchCount.results), col(SearchCount.opened))
            .join(SearchCount, col(SearchCount.key) == col(SearchWords.key))
            .where(col(SearchWords.month) == _month(month))
            .order_by(col(SearchCount.day))
        )
        try:
            with self._engine.connect() as connection:
                found = _added_up(connection.execute(wanted).all())
        except SQLAlchemyError as error:
            raise unusable(self._engine, error) from error
        return tuple(sorted(found, key=lambda one: (-one.asked, one.words, one.language)))

    def _is_there(self) -> bool:
        try:
            return may_hold_tables(self._engine) and inspect(self._engine).has_table(str(SearchWords.__tablename__))
        except SQLAlchemyError as error:
            raise unusable(self._engine, error) from error


def _rows(
    connection: Connection, keyed: Sequence[tuple[str, datetime.date, Count]]
) -> Iterator[dict[str, str | int | datetime.date]]:
    """The rows to add, none for a day on which there are too many, in the order given."""
    held = select(func.count()).select_from(SearchCount)
    full = {
        day
        for day in {day for _, day, _ in keyed}
        if (connection.scalar(held.where(col(SearchCount.day) == day)) or 0) >= MOST_A_DAY
    }
    for key, day, count in keyed:
        if day not in full:
            yield {"key": key, "day": day, "asked": count.asked, "opened": count.opened, "results": count.results}


def _added_up(rows: Sequence[Any]) -> Iterator[Asked]:
    """One for each key out of the rows of its days, oldest first."""
    found: dict[str, Asked] = {}
    for key, words, language, asked, results, opened in rows:
        before = found.get(key, Asked(words, language, 0, 0, 0))
        found[key] = replace(before, asked=before.asked + asked, results=results, opened=before.opened + opened)
    yield from found.values()


def _key(search: Search, salt: str) -> str:
    """What a search is known by: the same for the whole month, in whatever order its words were typed."""
    text = " ".join([search.language, *sorted(search.words)])
    return hashlib.blake2b(text.encode(), key=bytes.fromhex(salt), digest_size=16).hexdigest()


def _month(day: datetime.date) -> str:
    return f"{day:%Y-%m}"


def _months_before(day: datetime.date, number: int) -> datetime.date:
    """The first day of the month that many months before."""
    months = day.year * 12 + day.month - 1 - number
    return datetime.date(months // 12, months % 12 + 1, 1)
