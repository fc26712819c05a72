"""Moments in the database: UTC there, aware here. SQLite would hand back times that do not say where they are."""

import datetime
from typing import Any

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field


class Moment(TypeDecorator[datetime.datetime]):
    """A moment with its zone; one without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        """What is stored: UTC. SQLite keeps no zone, so none is given to it."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(datetime.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        """What is read: UTC, and says so."""
        if value is None or dialect.name != "sqlite":
            return value and value.astimezone(datetime.UTC)
        return value.replace(tzinfo=datetime.UTC)


def moment(**options: Any) -> Any:
    """A column of moments."""
    return Field(sa_type=Moment, **options)
