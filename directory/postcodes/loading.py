"""Fills the table of full postcodes from a download of OS Code-Point Open."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pyproj import Transformer
from sqlalchemy import Connection, delete, insert
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from directory.postcodes.code_point import Download, NotCodePointOpen, opened
from directory.tables import Postcode, create_tables, open_database, unusable

__all__ = ["NotCodePointOpen", "Report", "load_postcodes"]

BATCH = 20_000


@dataclass
class Report:
    """How many postcodes a load read, and what became of them."""

    read: int = 0
    loaded: int = 0
    without_place: int = 0
    not_asked_for: int = 0


def load_postcodes(
    database_url: str,
    source: Path,
    *,
    only: tuple[str, ...] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Puts the postcodes of a download in place of all that an earlier load put there, in one transaction.

    ``only`` keeps the postcodes that begin with one of its texts, such as DY or B62. ``progress`` is told how many
    bytes of how many are read. Raises NotCodePointOpen for a wrong file and DatabaseUnusable; the table is then as it
    was.
    """
    engine = open_database(database_url)
    report = Report()
    with opened(source) as download:
        create_tables(engine)
        try:
            with engine.begin() as connection:
                connection.execute(delete(Postcode))
                for batch in _batches(_wanted(download, tuple(text.upper() for text in only), report)):
                    _insert(connection, batch)
                    report.loaded += len(batch)
                    if progress:
                        progress(download.done, download.size)
        except IntegrityError as error:
            raise NotCodePointOpen(f"{source.name} holds a postcode twice; load one download at a time") from error
        except SQLAlchemyError as error:
            raise unusable(engine, error) from error
        finally:
            engine.dispose()
    return report


def _wanted(rows: Download, only: tuple[str, ...], report: Report) -> Iterator[tuple[str, int, int]]:
    """The rows to load, as postcode, easting and northing; the report counts the others."""
    for row in rows:
        report.read += 1
        if only and not row.postcode.startswith(only):
            report.not_asked_for += 1
        elif row.grid is None:
            report.without_place += 1
        else:
            yield row.postcode, *row.grid


def _batches(rows: Iterator[tuple[str, int, int]]) -> Iterator[list[tuple[str, int, int]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _insert(connection: Connection, batch: list[tuple[str, int, int]]) -> None:
    # Without a grid file PROJ shifts by seven parameters, which is good to about five metres (EPSG:1314).
    to_degrees = Transformer.from_crs("EPSG:27700", "EPSG:4326")
    postcodes, easts, norths = zip(*batch, strict=True)
    latitudes, longitudes = to_degrees.transform(easts, norths)
    rows = zip(postcodes, latitudes, longitudes, strict=True)
    values = [{"postcode": postcode, "latitude": lat, "longitude": lon} for postcode, lat, lon in rows]
    connection.execute(insert(Postcode), values)
