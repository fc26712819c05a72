"""Sessions: how long one lasts, and whose it is. Works in the transactions of ``Accounts`` and ``SigningIn``."""

import datetime
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select, update

from directory.accounts import roll
from directory.accounts.people import Who
from directory.accounts.tokens import digest, new_token
from directory.tables import StaffSession

MOST = datetime.timedelta(hours=12)
"""How long a session lasts, however busy it is."""
IDLE = datetime.timedelta(minutes=30)
"""How long a session of somebody who needs a code lasts when nothing is asked of it."""
LIMITED = datetime.timedelta(hours=2)
"""How long a session lasts that came from a link for one act."""
HALF_IN = datetime.timedelta(minutes=15)
"""How long somebody who has used their link may take to find their code."""
SEEN_EVERY = datetime.timedelta(minutes=1)
"""How often it is written down that a session was used: reading pages must not be writing."""
KEEPS_TYPING = datetime.timedelta(days=1)
"""How long after its end a session still tells whose the words in a form are."""
HANDLE = 16
"""How many digits of a session's hash name it in an address."""
_LONGEST_DEVICE = 120


@dataclass(frozen=True)
class OpenSession:
    """A browser that somebody is signed in with. ``handle`` names it in an address; nobody can sign in with it."""

    handle: str
    device: str
    started_at: datetime.datetime
    last_seen_at: datetime.datetime
    is_this: bool


def start(
    session: Session,
    who: Who,
    *,
    now: datetime.datetime,
    device: str,
    lasts: datetime.timedelta = MOST,
    has_code: bool = False,
) -> str:
    """A new session; its token, which nobody will ever be told again. One for ``who.only`` may do nothing else."""
    token = new_token()
    row = StaffSession(
        token_hash=digest(token),
        person_id=who.id,
        created_at=now,
        last_seen_at=now,
        expires_at=now + lasts,
        has_code=has_code,
        only=who.only,
        device=device[:_LONGEST_DEVICE],
    )
    session.add(row)
    return token


def find(session: Session, token: str) -> tuple[StaffSession, Who] | None:
    """The session of a token and whose it is, over or not; None where it was revoked or the person has left."""
    row = session.get(StaffSession, digest(token))
    if row is None or row.revoked_at is not None:
        return None
    who = roll.by_number(session, row.person_id)
    return (row, replace(who, only=row.only)) if who and who.is_active else None


def is_whole(row: StaffSession, who: Who) -> bool:
    """Whether nothing is missing: whoever needs a code has given it. What is for one act alone needs none."""
    return row.has_code or row.only is not None or not who.needs_code


def ends_at(row: StaffSession, who: Who) -> datetime.datetime:
    """When the session is over, if nothing more is asked of it."""
    is_idle_soon = who.needs_code and row.only is None
    return min(row.expires_at, row.last_seen_at + IDLE) if is_idle_soon else row.expires_at


def see(session: Session, row: StaffSession, now: datetime.datetime) -> None:
    """Writes down that the session was used, unless somebody did already or it was revoked meanwhile."""
    session.exec(
        update(StaffSession)
        .where(col(StaffSession.token_hash) == row.token_hash, col(StaffSession.last_seen_at) < now)
        .values(last_seen_at=now)
    )


def open_ones(session: Session, who: Who, token: str, now: datetime.datetime) -> tuple[OpenSession, ...]:
    """The sessions that somebody has open, the newest first."""
    rows = session.exec(
        select(StaffSession)
        .where(StaffSession.person_id == who.id, col(StaffSession.revoked_at).is_(None))
        .order_by(col(StaffSession.created_at).desc())
    )
    this = digest(token)
    return tuple(
        OpenSession(row.token_hash[:HANDLE], row.device, row.created_at, row.last_seen_at, row.token_hash == this)
        for row in rows
        if is_whole(row, who) and ends_at(row, who) > now
    )


def revoke(session: Session, *, person: int, now: datetime.datetime, handle: str = "") -> int:
    """Ends the sessions of somebody: all of them, or the one of a handle. How many there were."""
    ended = session.exec(
        update(StaffSession)
        .where(
            col(StaffSession.person_id) == person,
            col(StaffSession.revoked_at).is_(None),
            col(StaffSession.token_hash).startswith(handle, autoescape=True),
        )
        .values(revoked_at=now)
    )
    return ended.rowcount
