"""Where a full postcode is: OS Code-Point Open, loaded into a local table and asked one postcode at a time.

Hides the file's format, the table, and the way from the National Grid to latitude and longitude. Without a load every
answer is None, and whoever asks falls back on the postcode's sector. ``directory.postcodes.loading`` fills the table;
it is a module of its own so that a process that only looks up does not carry the map projections.
"""

import logging
import weakref

from sqlalchemy import bindparam, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col

from directory.model.place import Point
from directory.postcodes.code_point import normalised
from directory.tables import Postcode, may_hold_tables, open_database

_FIND = select(col(Postcode.latitude), col(Postcode.longitude)).where(col(Postcode.postcode) == bindparam("wanted"))
_LOG = logging.getLogger(__name__)


class Postcodes:
    """The table of full postcodes in the database at an address. Nothing is opened before it is first asked."""

    def __init__(self, database_url: str) -> None:
        self._engine = open_database(database_url)
        # Python 3.13 warns of a database that is left open when whoever held it is gone.
        weakref.finalize(self, self._engine.dispose)

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
            if self._should_be_readable():
                _LOG.warning("The table of postcodes cannot be read: %s", getattr(error, "orig", None) or error)
            return None

    def _should_be_readable(self) -> bool:
        """Whether the table exists, or so little can be read that nobody knows."""
        try:
            return inspect(self._engine).has_table("postcode")
        except SQLAlchemyError:
            return True
