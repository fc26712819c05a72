"""The log of everything that a person did. Rows are added in the transaction of what they tell, and never changed."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from directory.model.calendar import LONDON
from directory.tables import AuditEntry, Database

KEPT = datetime.timedelta(days=2 * 365)
"""How long what was done is remembered."""
A_PAGE = 100


@dataclass(frozen=True)
class Done:
    """One thing that somebody did. ``person`` is None for whoever sat at the machine itself."""

    id: int
    at: datetime.datetime
    person: int | None
    what: str
    about: str
    details: Mapping[str, Any]


def note(
    session: Session, *, person: int | None, what: str, about: str = "", now: datetime.datetime, **details: Any
) -> None:
    """Writes down that a person did something: ``what`` in two or three words, ``about`` as in "listing little-stars".

    ``details`` are small, and hold nothing that a visitor typed.
    """
    kept_until = (now + KEPT).date()
    session.add(AuditEntry(at=now, person_id=person, what=what, about=about, details=details, keep_until=kept_until))


class AuditLog:
    """The log, read by those who run the site. The database itself refuses to change it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(
        self,
        *,
        person: int | None = None,
        what: str = "",
        about: str = "",
        since: datetime.date | None = None,
        until: datetime.date | None = None,
        page: int = 1,
        a_page: int | None = A_PAGE,
    ) -> tuple[Done, ...]:
        """What was done, the newest first. Each filter that is given narrows it; ``until`` includes that day.

        ``about`` is the beginning of what it was about. ``a_page``: how many there are on each page; None for all.
        """
        wanted = _wanted(person, what, about, since, until)
        asked = select(AuditEntry).where(*wanted).order_by(col(AuditEntry.id).desc())
        if a_page is not None:
            asked = asked.offset((max(page, 1) - 1) * a_page).limit(a_page)
        with self._database.reading() as session:
            return tuple(_done(one) for one in session.exec(asked))

    def count(
        self,
        *,
        person: int | None = None,
        what: str = "",
        about: str = "",
        since: datetime.date | None = None,
        until: datetime.date | None = None,
    ) -> int:
        """How many there are of what ``read`` would give on all its pages."""
        wanted = _wanted(person, what, about, since, until)
        with self._database.reading() as session:
            return session.exec(select(func.count(col(AuditEntry.id))).where(*wanted)).one()

    def kinds(self) -> tuple[str, ...]:
        """Everything that somebody did at least once, in alphabetical order."""
        with self._database.reading() as session:
            return tuple(session.exec(select(AuditEntry.what).distinct().order_by(AuditEntry.what)))

    def note(self, *, person: int, what: str, about: str = "", now: datetime.datetime, **details: Any) -> None:
        """Writes down something that writes nothing else, such as an export."""
        with self._database.writing() as session:
            note(session, person=person, what=what, about=about, now=now, **details)


def _wanted(
    person: int | None, what: str, about: str, since: datetime.date | None, until: datetime.date | None
) -> list[ColumnElement[bool]]:
    after = until + datetime.timedelta(days=1) if until else None
    every = (
        col(AuditEntry.person_id) == person if person is not None else None,
        col(AuditEntry.what) == what if what else None,
        col(AuditEntry.about).startswith(about, autoescape=True) if about else None,
        col(AuditEntry.at) >= _midnight(since) if since else None,
        col(AuditEntry.at) < _midnight(after) if after else None,
    )
    return [one for one in every if one is not None]


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), LONDON)


def _done(row: AuditEntry) -> Done:
    return Done(row.id or 0, row.at, row.person_id, row.what, row.about, row.details)
