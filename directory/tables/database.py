"""The way to the database: SQLite by default, PostgreSQL by address. Hides the engine and SQLite's settings."""

import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, SQLModel

from directory.model.errors import DirectoryError

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
BUSY_SECONDS = 5
"""How long a writer waits for another one's lock before it gives up."""


WRITES = "writes"
"""The execution option of a connection that is going to write."""
_MAKING = 7_263_381
"""The number of PostgreSQL's lock for making tables: any that nobody else uses."""


class DatabaseUnusable(DirectoryError):
    """The database cannot be opened or written."""


class RowClash(DirectoryError):
    """Somebody else wrote what must be there once, just before."""


def open_database(url: str) -> Engine:
    """An engine for the address; nothing is connected or created yet.

    What people typed stays out of error messages and logs. Raises DatabaseUnusable for an address that is none, or one
    whose driver is not installed.
    """
    try:
        address = _with_driver(make_url(url))
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
        event.listen(engine, "begin", _begin)
    return engine


def _with_driver(address: URL) -> URL:
    """PostgreSQL's address without a driver means the one that is installed with the directory."""
    return address.set(drivername="postgresql+psycopg") if address.drivername in ("postgresql", "postgres") else address


def _begin(connection: Connection) -> None:
    """Takes SQLite's one right to write at once, where a transaction is going to write.

    Two that read first and write later would each wait for the other; one of them would fail, however long it waits.
    """
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _keep_foreign_keys(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA foreign_keys = ON")


def _file(url: URL) -> Path | None:
    """SQLite's file; None for a database in memory or on a server."""
    is_file = url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:"
    return Path(url.database) if is_file and url.database else None


def inserting(session: Session, table: type[SQLModel]) -> Any:
    """An insert into a table that can say what to do where the row is there already: SQLAlchemy has no common one."""
    return _INSERT[session.get_bind().dialect.name](SQLModel.metadata.tables[str(table.__tablename__)])


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
        if SQLModel.metadata.tables.keys() - inspect(engine).get_table_names():
            _make_missing(engine)
    except (SQLAlchemyError, OSError) as error:
        raise unusable(engine, error) from error


def _make_missing(engine: Engine) -> None:
    """Makes tables while no other process does: two that both found one missing would both make it, and one fail."""
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MAKING})")
        SQLModel.metadata.create_all(connection)


def unusable(engine: Engine, error: SQLAlchemyError | OSError) -> DatabaseUnusable:
    """The error to raise for what the database said; its password is hidden."""
    said = getattr(error, "orig", None) or error
    return DatabaseUnusable(f"The database {engine.url.render_as_string()} cannot be used: {said}")


class Database:
    """The database at an address, for the rooms that ask and write in transactions. Opened, and made, at first use.

    Every method raises ``DatabaseUnusable``.
    """

    def __init__(self, url: str) -> None:
        self.engine = open_database(url)
        self._making = threading.Lock()
        self._has_tables = False
        # Python 3.13 warns of a database that is left open when whoever held it is gone.
        weakref.finalize(self, self.engine.dispose)

    def prepare(self) -> None:
        """Makes the tables that are missing."""
        with self._making:
            if not self._has_tables:
                create_tables(self.engine)
                self._has_tables = True

    @property
    def is_there(self) -> bool:
        """Whether there is one to look into already: nothing is made by asking."""
        return may_hold_tables(self.engine)

    def close(self) -> None:
        """Lets go of every connection; the next use opens new ones. A process that forks must not share them."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One look at the database. What it returns stays readable afterwards; nothing is written."""
        with self._session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction, written as a whole at its end, or not at all where the block raises.

        Other writers of SQLite wait meanwhile, so nothing slow belongs inside. Raises ``RowClash`` where a row that
        must be there once is there already.
        """
        with self._session(self.engine.execution_options(**{WRITES: True})) as session:
            yield session
            session.commit()

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        self.prepare()
        try:
            with Session(engine, expire_on_commit=False) as session:
                yield session
        except IntegrityError as error:
            raise RowClash("somebody else was quicker; look again") from error
        except SQLAlchemyError as error:
            raise unusable(self.engine, error) from error
