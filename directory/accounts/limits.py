"""How often something may be tried. Counts are kept by keyed hashes: nobody can read from them who tried."""

import datetime
import hashlib
import hmac

from sqlmodel import Session

from directory.tables import Attempt, inserting


def count(session: Session, *, secret: str, key: str, seconds: int, now: datetime.datetime) -> int:
    """Counts one more attempt in the span of so many seconds that now is in; how many there were, this one included."""
    hashed = hmac.new(secret.encode(), f"{seconds} {key}".encode(), hashlib.sha256).hexdigest()
    adding = inserting(session, Attempt).values(key=hashed, span=_began(seconds, now), count=1)
    known = adding.on_conflict_do_update(index_elements=["key", "span"], set_={"count": Attempt.count + 1})
    tried: int = session.execute(known.returning(Attempt.count)).scalar_one()
    return tried


def _began(seconds: int, now: datetime.datetime) -> int:
    at = int(now.timestamp())
    return at - at % seconds


def again_at(seconds: int, now: datetime.datetime) -> datetime.datetime:
    """When the next span of so many seconds begins, and with it the next attempts."""
    return datetime.datetime.fromtimestamp(_began(seconds, now) + seconds, now.tzinfo)
