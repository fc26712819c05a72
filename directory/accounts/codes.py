"""The second thing that moderators and administrators give: a code of their phone (TOTP, RFC 6238), or a recovery code.

Works in the transactions of ``SigningIn``.
"""

import base64
import datetime
import hashlib
import hmac
import re
import secrets

import pyotp
from sqlmodel import Session, col, delete, or_, update

from directory.accounts.tokens import digest
from directory.tables import Person, RecoveryCode

RECOVERY_CODES = 10
STEP = 30
"""How many seconds a code is shown; one more on either side is taken, for clocks that are not quite right."""
_RECOVERY_BYTES = 10
"""Eighty random bits: too many to try out, even for somebody who has the hashes."""


def secret_for(secret: str, token: str) -> str:
    """What a phone is to be taught during one enrolment: 160 bits in base 32. Nothing is kept until it is confirmed."""
    made = hmac.new(secret.encode(), digest(token).encode(), hashlib.sha1).digest()
    return base64.b32encode(made).decode()


def uri_for(totp_secret: str, email: str, issuer: str) -> str:
    """The address that phones read from a QR code (Google Authenticator's Key Uri Format)."""
    return pyotp.TOTP(totp_secret).provisioning_uri(name=email, issuer_name=issuer)


def matching_step(totp_secret: str, code: str, now: datetime.datetime) -> int | None:
    """Which span of 30 seconds a code is for; None where it is for none that is near enough."""
    totp, this = pyotp.TOTP(totp_secret), int(now.timestamp()) // STEP
    digits = re.sub(r"\s", "", code).encode()
    near = [
        step for step in (this - 1, this, this + 1) if hmac.compare_digest(totp.generate_otp(step).encode(), digits)
    ]
    return max(near, default=None)


def enrol(session: Session, *, person: int, totp_secret: str, step: int, now: datetime.datetime) -> None:
    """Takes a phone as somebody's own, in place of any other."""
    taken = {"totp_secret": totp_secret, "totp_confirmed_at": now, "totp_last_step": step}
    session.exec(update(Person).where(col(Person.id) == person).values(**taken))


def forget_phone(session: Session, *, person: int) -> None:
    """Somebody's phone is gone: the next one may be taken."""
    session.exec(update(Person).where(col(Person.id) == person).values(totp_secret=None, totp_confirmed_at=None))


def use_step(session: Session, *, person: int, step: int) -> bool:
    """Uses a code up; False where it, or a later one, was used before."""
    last = col(Person.totp_last_step)
    used = session.exec(
        update(Person).where(col(Person.id) == person, or_(last.is_(None), last < step)).values(totp_last_step=step)
    )
    return bool(used.rowcount)


def new_recovery_codes(session: Session, *, person: int) -> tuple[str, ...]:
    """Ten new codes in place of all others. Nobody is ever told them again."""
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.person_id) == person))
    made = [base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode().lower() for _ in range(RECOVERY_CODES)]
    session.add_all([RecoveryCode(person_id=person, code_hash=digest(one)) for one in made])
    return tuple("-".join(one[at : at + 4] for at in range(0, len(one), 4)) for one in made)


def use_recovery_code(session: Session, *, person: int, code: str, now: datetime.datetime) -> bool:
    """Uses a recovery code up; False where it is none, or was used. Digits that base 32 lacks are taken as letters."""
    typed = re.sub(r"[\s-]", "", code.lower()).translate(str.maketrans("01", "ol"))
    used = session.exec(
        update(RecoveryCode)
        .where(
            col(RecoveryCode.person_id) == person,
            col(RecoveryCode.code_hash) == digest(typed),
            col(RecoveryCode.used_at).is_(None),
        )
        .values(used_at=now)
    )
    return bool(used.rowcount)
