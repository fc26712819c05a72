"""The log of everything that a person did. Rows are added in the transaction of what they tell, and never changed."""

import datetime
from typing import Any

from sqlmodel import Session

from directory.tables import AuditEntry

KEPT = datetime.timedelta(days=2 * 365)
"""How long what was done is remembered."""


def note(
    session: Session, *, person: int | None, what: str, about: str = "", now: datetime.datetime, **details: Any
) -> None:
    """Writes down that a person did something: ``what`` in two or three words, ``about`` as in "listing little-stars".

    ``details`` are small, and hold nothing that a visitor typed.
    """
    kept_until = (now + KEPT).date()
    session.add(AuditEntry(at=now, person_id=person, what=what, about=about, details=details, keep_until=kept_until))
