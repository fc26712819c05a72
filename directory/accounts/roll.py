"""Reading who somebody is from the rows of people and their roles."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from directory.accounts.people import Held, Role, Who
from directory.tables import Grant, Person, StaffSession
from directory.tables.moments import Moment


def by_number(session: Session, number: int) -> Who | None:
    """The person of that number, whether or not they are still here."""
    return next(iter(_told(session, [row]) if (row := session.get(Person, number)) else ()), None)


def by_address(session: Session, address: str) -> Who | None:
    """The person with that mail address, as ``tidy_address`` gives it."""
    rows = session.exec(select(Person).where(Person.email == address)).all()
    return next(iter(_told(session, rows)), None)


def everybody(session: Session) -> tuple[Who, ...]:
    """All people by name, those who have left included."""
    return _told(session, session.exec(select(Person).order_by(Person.name, Person.email)).all())


def holders(session: Session, role: Role, scopes: Collection[str] | None = None) -> tuple[Who, ...]:
    """Who is still here and has a role, for one of the scopes or, where none are given, for whatever."""
    having = select(Grant.person_id).where(Grant.role == role.value)
    if scopes is not None:
        having = having.where(col(Grant.scope).in_(scopes))
    found = select(Person).where(col(Person.is_active), col(Person.id).in_(having))
    return _told(session, session.exec(found.order_by(Person.name, Person.email)).all())


@dataclass(frozen=True)
class Record:
    """What is kept about a person beside their roles. ``last_seen_at`` looks back a month."""

    created_at: datetime.datetime
    left_at: datetime.datetime | None
    last_seen_at: datetime.datetime | None
    has_phone: bool
    mail_failed_at: datetime.datetime | None


def records(session: Session) -> dict[int, Record]:
    """What is kept about everybody, by their number."""
    last = func.max(StaffSession.last_seen_at, type_=Moment())
    seen = dict(session.exec(select(StaffSession.person_id, last).group_by(col(StaffSession.person_id))).all())
    return {
        one.id or 0: Record(
            one.created_at, one.left_at, seen.get(one.id or 0), one.totp_confirmed_at is not None, one.mail_failed_at
        )
        for one in session.exec(select(Person))
    }


def _told(session: Session, rows: Iterable[Person]) -> tuple[Who, ...]:
    people = list(rows)
    held: dict[int, set[Held]] = {one.id: set() for one in people if one.id is not None}
    for grant in session.exec(select(Grant).where(col(Grant.person_id).in_(held))):
        held[grant.person_id].add(Held(Role(grant.role), grant.scope))
    return tuple(
        Who(one.id, one.name, one.email, frozenset(held[one.id]), one.is_active) for one in people if one.id is not None
    )
