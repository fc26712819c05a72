"""Reading who somebody is from the rows of people and their roles."""

from collections.abc import Collection, Iterable

from sqlmodel import Session, col, select

from directory.accounts.people import Held, Role, Who
from directory.tables import Grant, Person


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


def _told(session: Session, rows: Iterable[Person]) -> tuple[Who, ...]:
    people = list(rows)
    held: dict[int, set[Held]] = {one.id: set() for one in people if one.id is not None}
    for grant in session.exec(select(Grant).where(col(Grant.person_id).in_(held))):
        held[grant.person_id].add(Held(Role(grant.role), grant.scope))
    return tuple(
        Who(one.id, one.name, one.email, frozenset(held[one.id]), one.is_active) for one in people if one.id is not None
    )
