"""What only a database can hold, and the way to it: SQLite by default, PostgreSQL by address.

Hides the engine and SQLite's settings. A room above asks for an engine, queries the tables, and decides what they mean.
"""

import datetime
import sqlite3
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Field, SQLModel

from directory.model.errors import DirectoryError
from directory.model.fields import Postcode as PostcodeText

BUSY_SECONDS = 5
"""How long a writer waits for another one's lock before it gives up."""


class DatabaseUnusable(DirectoryError):
    """The database cannot be opened or written."""


class Postcode(SQLModel, table=True):
    """A full postcode, with one space, and where it is: WGS84 degrees."""

    # The postcode is the only key that is ever asked for, so SQLite can keep the rows in its index: half the size.
    __table_args__ = {"sqlite_with_rowid": False}

    postcode: PostcodeText = Field(primary_key=True, max_length=8)
    latitude: float
    longitude: float


class SearchSalt(SQLModel, table=True):
    """What turns the words of a month's searches into keys that nobody can turn back once it is gone."""

    month: str = Field(primary_key=True, max_length=7)
    salt: str


class SearchCount(SQLModel, table=True):
    """How often a search was asked on a day, how many results it had last, and how often one of them was opened.

    Which search, only the key tells, and only as long as the month's salt is there.
    """

    key: str = Field(primary_key=True, max_length=32)
    day: datetime.date = Field(primary_key=True, index=True)
    asked: int
    opened: int
    results: int


class SearchWords(SQLModel, table=True):
    """The words behind a key, written down once they were asked often enough in a month to be nobody's own."""

    key: str = Field(primary_key=True, max_length=32)
    month: str = Field(index=True, max_length=7)
    language: str
    words: str


def open_database(url: str) -> Engine:
    """An engine for the address; nothing is connected or created yet.

    What people typed stays out of error messages and logs. Raises DatabaseUnusable for an address that is none, or one
    whose driver is not installed.
    """
    try:
        address = make_url(url)
        options = {"timeout": BUSY_SECONDS} if address.get_backend_name() == "sqlite" else {}
        engine = create_engine(address, connect_args=options, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise DatabaseUnusable(
            "The database address is not one; write it as in sqlite:///instance/directory.sqlite"
        ) from error
    except ModuleNotFoundError as error:
        raise DatabaseUnusable(f"The database address needs a driver that is not installed: {error.name}") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _keep_foreign_keys)
    return engine


def _keep_foreign_keys(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA foreign_keys = ON")


def _file(url: URL) -> Path | None:
    """SQLite's file; None for a database in memory or on a server."""
    is_file = url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:"
    return Path(url.database) if is_file and url.database else None


def may_hold_tables(engine: Engine) -> bool:
    """Whether reading can find anything: asked first, because to open SQLite's file is to create it."""
    path = _file(engine.url)
    return path is None or path.exists()


def create_tables(engine: Engine) -> None:
    """Makes the tables that are missing, and SQLite's file and folder; what is there stays.

    Raises DatabaseUnusable, with what the database says.
    """
    path = _file(engine.url)
    try:
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            with engine.connect() as connection:
                # Readers go on reading while a load writes; the file remembers it.
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        SQLModel.metadata.create_all(engine)
    except (SQLAlchemyError, OSError) as error:
        raise unusable(engine, error) from error


def unusable(engine: Engine, error: SQLAlchemyError | OSError) -> DatabaseUnusable:
    """The error to raise for what the database said; its password is hidden."""
    said = getattr(error, "orig", None) or error
    return DatabaseUnusable(f"The database {engine.url.render_as_string()} cannot be used: {said}")
