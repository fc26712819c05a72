"""Links that sign people in: made, and used once. Works in the transactions of ``Accounts`` and ``SigningIn``."""

import datetime
import hmac
from enum import StrEnum

from sqlmodel import Session, col, update

from directory.accounts.tokens import digest, new_token
from directory.tables import SignInLink

LASTS = datetime.timedelta(minutes=15)
"""How long a link works that somebody asked for."""
INVITED = datetime.timedelta(days=3)
"""How long an invitation works: somebody who is invited does not wait for it."""
_ASKED, _INVITATION = "asked", "invitation"


class LinkState(StrEnum):
    """What a link is worth to the browser that opened it."""

    GOOD = "good"
    UNKNOWN = "unknown"
    """Never sent, mistyped, or long gone."""
    USED = "used"
    EXPIRED = "expired"
    OTHER_BROWSER = "other browser"
    """Asked for in another browser: whoever reads somebody's mail cannot sign in with it alone."""


def ask(session: Session, *, person: int | None, browser: str, now: datetime.datetime) -> str:
    """A link for the browser that asked; one for nobody is written down just the same, and works for nobody."""
    return _make(session, person=person, kind=_ASKED, browser_hash=digest(browser), made=now, lasts=LASTS)


def invite(session: Session, *, person: int, now: datetime.datetime) -> str:
    """A link for whichever browser confirms it first."""
    return _make(session, person=person, kind=_INVITATION, browser_hash=None, made=now, lasts=INVITED)


def _make(
    session: Session,
    *,
    person: int | None,
    kind: str,
    browser_hash: str | None,
    made: datetime.datetime,
    lasts: datetime.timedelta,
) -> str:
    token = new_token()
    row = SignInLink(
        token_hash=digest(token),
        person_id=person,
        kind=kind,
        browser_hash=browser_hash,
        created_at=made,
        expires_at=made + lasts,
    )
    session.add(row)
    return token


def name_of(token: str) -> str:
    """What a letter about the link may be called by: the beginning of its hash."""
    return digest(token)[:32]


def look(session: Session, token: str, *, browser: str, now: datetime.datetime) -> tuple[LinkState, SignInLink | None]:
    """What a link is worth, and its row; looking does not use it up."""
    row = session.get(SignInLink, digest(token))
    if row is None or row.person_id is None:
        return LinkState.UNKNOWN, None
    if row.used_at is not None:
        return LinkState.USED, row
    if row.expires_at <= now:
        return LinkState.EXPIRED, row
    if row.browser_hash is not None and not hmac.compare_digest(row.browser_hash, digest(browser)):
        return LinkState.OTHER_BROWSER, row
    return LinkState.GOOD, row


def use_up(session: Session, row: SignInLink, now: datetime.datetime) -> bool:
    """Uses a link; False where somebody else was quicker."""
    used = session.exec(
        update(SignInLink)
        .where(col(SignInLink.token_hash) == row.token_hash, col(SignInLink.used_at).is_(None))
        .values(used_at=now)
    )
    return bool(used.rowcount)
