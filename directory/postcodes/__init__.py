"""Where a full postcode is: OS Code-Point Open, loaded into a local table and asked one postcode at a time.

Hides the file's format, the table, and the way from the National Grid to latitude and longitude. Without a load every
answer is None, and whoever asks falls back on the postcode's sector.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pyproj import Transformer
from sqlalchemy import Connection, bindparam, delete, insert, inspect, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlmodel import col

from directory.model.place import Point
from directory.postcodes.code_point import Download, NotCodePointOpen, Row, normalised, opened
from directory.tables import Postcode, create_tables, may_hold_tables, open_database, unusable

__all__ = ["LoadReport", "NotCodePointOpen", "Postcodes"]

BATCH = 20_000
_FIND = select(col(Postcode.latitude), col(Postcode.longitude)).where(col(Postcode.postcode) == bindparam("wanted"))
_LOG = logging.getLogger(__name__)


@dataclass
class LoadReport:
    """How many postcodes a load read, and what became of them."""

    read: int = 0
    loaded: int = 0
    without_place: int = 0
    not_asked_for: int = 0


class Postcodes:
    """The table of full postcodes in the database at an address. Nothing is opened before it is first asked."""

    def __init__(self, database_url: str) -> None:
        self._engine = open_database(database_url)

    def find(self, postcode: str) -> Point | None:
        """Where a postcode is; None if it is not one, not loaded, or the table cannot be read (which the log says)."""
        wanted = normalised(postcode)
        if wanted is None or not may_hold_tables(self._engine):
            return None
        try:
            with self._engine.connect() as connection:
                found = connection.execute(_FIND, {"wanted": wanted}).first()
                return Point(found.latitude, found.longitude) if found else None
        except SQLAlchemyError as error:
            if self._is_there():
                _LOG.warning("The table of postcodes cannot be read: %s", getattr(error, "orig", None) or error)
            return None

    def _is_there(self) -> bool:
        """Whether the table exists, or so little can be read that nobody knows."""
        try:
            return inspect(self._engine).has_table("postcode")
        except SQLAlchemyError:
            return True

    def load(
        self,
        source: Path,
        *,
        only: Iterable[str] = (),
        progress: Callable[[int, int], None] | None = None,
    ) -> LoadReport:
        """Puts the postcodes of a download in place of all that an earlier load put there, in one transaction.

        ``only`` keeps the postcodes that begin with one of its texts, such as DY or B62. ``progress`` is told how many
        bytes of how many are read. Raises NotCodePointOpen for a wrong file and DatabaseUnusable; then nothing changes.
        """
        report = LoadReport()
        with opened(source) as download:
            create_tables(self._engine)
            try:
                with self._engine.begin() as connection:
                    connection.execute(delete(Postcode))
                    self._insert(connection, download, tuple(text.upper() for text in only), report, progress)
            except IntegrityError as error:
                raise NotCodePointOpen(f"{source.name} holds a postcode twice; load one download at a time") from error
            except SQLAlchemyError as error:
                raise unusable(self._engine, error) from error
            finally:
                self._engine.dispose()
        return report

    def _insert(
        self,
        connection: Connection,
        download: Download,
        only: tuple[str, ...],
        report: LoadReport,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        # Without a grid file PROJ uses the seven-parameter shift, which is good to about five metres (EPSG:1314).
        to_degrees = Transformer.from_crs("EPSG:27700", "EPSG:4326")
        for batch in _batches(_wanted(download, only, report)):
            easts, norths = zip(*(row.grid for row in batch if row.grid), strict=True)
            latitudes, longitudes = to_degrees.transform(easts, norths)
            found = zip(batch, latitudes, longitudes, strict=True)
            connection.execute(
                insert(Postcode),
                [{"postcode": row.postcode, "latitude": lat, "longitude": lon} for row, lat, lon in found],
            )
            report.loaded += len(batch)
            if progress:
                progress(download.done, download.size)


def _wanted(rows: Iterable[Row], only: tuple[str, ...], report: LoadReport) -> Iterator[Row]:
    """The rows to load; the report counts the others."""
    for row in rows:
        report.read += 1
        if only and not row.postcode.startswith(only):
            report.not_asked_for += 1
        elif row.grid is None:
            report.without_place += 1
        else:
            yield row


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
