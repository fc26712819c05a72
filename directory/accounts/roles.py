"""Giving and taking roles, in a transaction of ``Accounts``, each with its line in the log."""

import datetime
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, select, update

from directory.accounts import codes, links, roll, sessions
from directory.accounts.log import note
from directory.accounts.people import (
    Held,
    HereAlready,
    LastAdministrator,
    NoSuchPerson,
    NoSuchRole,
    NotOneself,
    Role,
    Who,
    tidy_address,
    tidy_name,
)
from directory.mail import put
from directory.mail.letters.signing_in import invitation
from directory.tables import Grant, Person, SignInLink


@dataclass(frozen=True)
class Invited:
    """Somebody who was invited, and the link that signs them in, for whoever must pass it on by hand."""

    person: int
    link: str


def who_is_here(session: Session, number: int) -> Who:
    """The person of that number. Raises ``NoSuchPerson`` where there is none, or none any more."""
    who = roll.by_number(session, number)
    if who is None or not who.is_active:
        raise NoSuchPerson(f"There is no person {number} here.")
    return who


def invite(
    session: Session, *, email: str, name: str, held: Held, by: int | None, site: str, now: datetime.datetime
) -> Invited:
    """Makes the person where there is none, or has them back; gives the role and writes the letter."""
    address = tidy_address(email)
    if by is not None:
        _refuse_who_is_here(session, address)
    who = _welcome(session, address, tidy_name(name), now)
    grant(session, who, held=held, by=by, now=now)
    token = links.invite(session, person=who.id, now=now)
    link = f"{site}/sign-in/{token}"
    letter = invitation(name=who.name, site=site, link=link, lasts=links.INVITED)
    put(session, letter, key=f"invitation {links.name_of(token)}", to=who.email, person=who.id, now=now)
    note(session, person=by, what="invited", about=f"person {who.id}", now=now)
    return Invited(who.id, link)


def _refuse_who_is_here(session: Session, address: str) -> None:
    """Whoever invites may see the link, and a link for somebody who has a role already would be a way to be them."""
    who = roll.by_address(session, address)
    if who and who.is_active and who.held:
        raise HereAlready(who.id)


def _welcome(session: Session, address: str, name: str, now: datetime.datetime) -> Who:
    row = session.exec(select(Person).where(Person.email == address)).one_or_none()
    if row is None:
        row = Person(email=address, name=name or address.partition("@")[0], created_at=now)
    if not row.is_active:
        row.is_active, row.left_at = True, None
    row.mail_failed_at = None
    session.add(row)
    session.flush()
    return who_is_here(session, row.id or 0)


def grant(session: Session, who: Who, *, held: Held, by: int | None, now: datetime.datetime) -> bool:
    """Gives a role; False where they have it."""
    if held.role is Role.PARTNER and not held.scope:
        raise NoSuchRole("A partner speaks for a provider: name one.")
    if held.role is Role.ADMINISTRATOR and held.scope:
        raise NoSuchRole("An administrator's role is for the whole directory.")
    if held in who.held:
        return False
    session.add(Grant(person_id=who.id, role=held.role.value, scope=held.scope, granted_at=now, granted_by=by))
    _note(session, who, "granted a role", held, by, now)
    return True


def revoke(session: Session, who: Who, *, held: Held, by: int | None, now: datetime.datetime) -> bool:
    """Takes a role; False where they do not have it."""
    if held not in who.held:
        return False
    if held.role is Role.ADMINISTRATOR:
        _keep_one_administrator(session, who, by)
    session.exec(delete(Grant).where(_is_of(who), col(Grant.role) == held.role.value, col(Grant.scope) == held.scope))
    _note(session, who, "revoked a role", held, by, now)
    return True


def leave(session: Session, who: Who, *, by: int | None, now: datetime.datetime) -> None:
    """Takes everything that lets somebody in: roles, sessions, links, and the phone with their codes."""
    if who.has(Role.ADMINISTRATOR):
        _keep_one_administrator(session, who, by)
    session.exec(delete(Grant).where(_is_of(who)))
    session.exec(delete(SignInLink).where(col(SignInLink.person_id) == who.id))
    sessions.revoke(session, person=who.id, now=now)
    codes.forget_phone(session, person=who.id)
    session.exec(update(Person).where(col(Person.id) == who.id).values(is_active=False, left_at=now))
    note(session, person=by, what="left", about=f"person {who.id}", now=now)


def _keep_one_administrator(session: Session, who: Who, by: int | None) -> None:
    """Refuses to take the last one away, and oneself.

    Rows are locked: two who take each other's role away must not both succeed.
    """
    others = session.exec(
        select(Grant).where(Grant.role == Role.ADMINISTRATOR.value).order_by(col(Grant.id)).with_for_update()
    ).all()
    if {one.person_id for one in others} <= {who.id}:
        raise LastAdministrator("This is the only administrator. Give somebody else the role first.")
    if by == who.id:
        raise NotOneself("Ask another administrator to take the role away.")


def _is_of(who: Who) -> ColumnElement[bool]:
    return col(Grant.person_id) == who.id


def _note(session: Session, who: Who, what: str, held: Held, by: int | None, now: datetime.datetime) -> None:
    note(session, person=by, what=what, about=f"person {who.id}", now=now, role=held.role.value, scope=held.scope)
