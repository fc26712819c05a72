"""When each listing last changed, by the history: for feeds that tell people what is new."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from directory.moderation.values import Act
from directory.tables import ListingVersion


@dataclass(frozen=True)
class LastChange:
    """The newest version of a listing that says something else than the one before; nobody is named.

    ``is_new``: there was no listing before it.
    """

    number: int
    at: datetime.datetime
    is_new: bool


def last_changes(session: Session) -> Mapping[str, LastChange]:
    """The last change of each listing that ever changed, by slug.

    Neither that somebody looked and found it right is one, nor that its history began.
    """
    newest = (
        select(ListingVersion.slug, func.max(ListingVersion.number).label("number"))
        .where(ListingVersion.act != Act.CHECKED)
        .group_by(col(ListingVersion.slug))
        .subquery()
    )
    is_newest = (col(ListingVersion.slug) == newest.c.slug) & (col(ListingVersion.number) == newest.c.number)
    query = select(ListingVersion.slug, ListingVersion.number, ListingVersion.at, ListingVersion.act)
    rows = session.exec(query.join(newest, is_newest))
    return {
        slug: LastChange(number, at, number == 1) for slug, number, at, act in rows if (number, act) != (1, Act.FOUND)
    }
