"""How long what is known of people is kept, and forgetting it afterwards."""

import datetime

from sqlmodel import Session, col, delete, select, update

from directory.accounts.log import note
from directory.tables import (
    Attempt,
    AuditEntry,
    Database,
    Grant,
    Person,
    RecoveryCode,
    SignInLink,
    StaffSession,
)

LEFT = datetime.timedelta(days=365)
"""How long the name and address of somebody who has left are kept, for questions about what they did."""
ENDED = datetime.timedelta(days=30)
"""How long sessions and links that are over are kept, to tell what happened if something did."""
TRIED = datetime.timedelta(days=2)
"""How long attempts are counted: longer than any span that limits them."""
_NOBODY = "Somebody who has left"


def forget(database: Database, *, now: datetime.datetime) -> dict[str, int]:
    """Forgets what is old, in one transaction; how many rows of each kind. A second call finds nothing."""
    with database.writing() as session:
        gone = {
            "people who left": _make_anonymous(session, now),
            "lines of the log": _drop_log(session, now),
            "sessions": session.exec(delete(StaffSession).where(col(StaffSession.expires_at) < now - ENDED)).rowcount,
            "links": session.exec(delete(SignInLink).where(col(SignInLink.expires_at) < now - ENDED)).rowcount,
            "attempts": session.exec(delete(Attempt).where(col(Attempt.span) < (now - TRIED).timestamp())).rowcount,
        }
        if any(gone.values()):
            note(session, person=None, what="tidied up", about="what is old", now=now, **gone)
    return gone


def _make_anonymous(session: Session, now: datetime.datetime) -> int:
    """Takes name and address away. The row stays, because what they did points to it."""
    left = col(Person.left_at) < now - LEFT, ~col(Person.email).endswith("@left.invalid")
    found = session.exec(select(Person).where(*left)).all()
    for person in found:
        session.exec(
            update(Person)
            .where(col(Person.id) == person.id)
            .values(email=f"{person.id}@left.invalid", name=_NOBODY, totp_secret=None, mail_failed_at=None)
        )
        for table in (RecoveryCode, Grant, StaffSession, SignInLink):
            session.exec(delete(table).where(col(table.person_id) == person.id))
    return len(found)


def _drop_log(session: Session, now: datetime.datetime) -> int:
    """Deletes old lines; a day later than it might, because the database looks at the date of Greenwich itself."""
    yesterday = (now - datetime.timedelta(days=1)).date()
    return session.exec(delete(AuditEntry).where(col(AuditEntry.keep_until) < yesterday)).rowcount
