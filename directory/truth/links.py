"""Links in mails that let one person do one thing to one listing: made, known by their hashes, opened, used up."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col

from directory.accounts import Who, digest, new_token
from directory.model.errors import DirectoryError
from directory.model.listing import Listing
from directory.tables import ListingLink

LINK_DAYS = 60
"""How long a link in a mail works: longer than any owner is given before the hub takes over."""
NOT_SHOWN = frozenset(
    {
        "slug",
        "checked",
        "review_every_months",
        "owner",
        "sources",
        "source",
        "internal_note",
        "translations",
        "related",
    }
)
"""What is no fact that an owner could confirm."""


class LinkAct(StrEnum):
    """What a link lets somebody do."""

    STILL_RIGHT = "still right"
    CHANGE = "change"


class LinkOver(DirectoryError):
    """The link is none that we sent, its time is over, or whoever had it does not look after the listing any more."""


class ListingDiffers(DirectoryError):
    """The listing does not say any more what the person was shown."""


@dataclass(frozen=True)
class Opened:
    """A link that works: whose, for which listing, and what the listing said when its mail was written.

    ``facts_now`` is what it says now. ``used_at``: when the person did what it is for.
    """

    act: LinkAct
    who: Who
    listing: Listing
    facts_then: Mapping[str, Any]
    facts_now: Mapping[str, Any]
    used_at: datetime.datetime | None

    @property
    def seen(self) -> str:
        """A digest of what the listing says now, which goes with the button and comes back."""
        return digest_of(self.facts_now)


def facts(listing: Listing) -> dict[str, Any]:
    """What a listing says that an owner can confirm, as the keys of its content file."""
    return listing.model_dump(mode="json", exclude_defaults=True, exclude=set(NOT_SHOWN))


def digest_of(said: Mapping[str, Any]) -> str:
    """A short hash of facts, the same wherever they are the same."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def make(session: Session, *, act: LinkAct, listing: Listing, person: int, now: datetime.datetime) -> str:
    """Writes a link down and returns its token, which nobody but the mail's reader will ever know."""
    token = new_token()
    row = ListingLink(
        token_hash=digest(token),
        act=act,
        slug=listing.slug,
        person_id=person,
        facts=facts(listing) if act is LinkAct.STILL_RIGHT else {},
        created_at=now,
        expires_at=now + datetime.timedelta(LINK_DAYS),
    )
    session.add(row)
    return token


def find(session: Session, *, token: str, act: LinkAct, now: datetime.datetime) -> ListingLink:
    """The row of a token for that act. Raises ``LinkOver``."""
    row = session.get(ListingLink, digest(token))
    if row is None or row.act != act or row.expires_at <= now:
        raise LinkOver("this link does not work, or not any more")
    return row


def use_up(session: Session, *, token: str, now: datetime.datetime) -> None:
    """Remembers when a link first did what it is for."""
    is_it = col(ListingLink.token_hash) == digest(token)
    session.execute(update(ListingLink).where(is_it, col(ListingLink.used_at).is_(None)).values(used_at=now))


def forget_old(session: Session, *, now: datetime.datetime) -> int:
    """Deletes links whose time is over; how many."""
    return session.exec(delete(ListingLink).where(col(ListingLink.expires_at) <= now)).rowcount
