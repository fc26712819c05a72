"""Every version of every listing: numbered from 1 without a gap, whoever changed its file and however."""

import datetime
from collections.abc import Sequence

from sqlmodel import Session, col, select

from directory.content import ListingFile
from directory.moderation.values import Act, Version
from directory.tables import ListingVersion


def versions(session: Session, slug: str) -> Sequence[Version]:
    """Every version of a listing, newest first."""
    newest_first = col(ListingVersion.number).desc()
    rows = session.exec(select(ListingVersion).where(ListingVersion.slug == slug).order_by(newest_first))
    return [as_version(row) for row in rows]


def version(session: Session, slug: str, number: int) -> Version | None:
    """One version of a listing."""
    query = select(ListingVersion).where(ListingVersion.slug == slug, ListingVersion.number == number)
    row = session.exec(query).first()
    return as_version(row) if row else None


def remember_found(session: Session, slug: str, file: ListingFile, now: datetime.datetime) -> None:
    """Adds what the file says as a version, where the newest one says something else: it was changed by hand."""
    newest = _newest(session, slug)
    if file.digest == (newest.digest if newest else ""):
        return
    add(session, ListingVersion(slug=slug, number=0, at=now, act=Act.FOUND, text=file.text, digest=file.digest))


def add(session: Session, row: ListingVersion) -> Version:
    """Adds a version behind the newest, and gives it its number."""
    newest = _newest(session, row.slug)
    row.number = newest.number + 1 if newest else 1
    session.add(row)
    session.flush()
    return as_version(row)


def _newest(session: Session, slug: str) -> ListingVersion | None:
    newest_first = col(ListingVersion.number).desc()
    return session.exec(select(ListingVersion).where(ListingVersion.slug == slug).order_by(newest_first)).first()


def as_version(row: ListingVersion) -> Version:
    """The version that a row holds."""
    return Version(
        slug=row.slug,
        number=row.number,
        at=row.at,
        act=Act(row.act),
        text=row.text,
        proposed_by=row.proposed_by,
        decided_by=row.decided_by,
        proposal_id=row.proposal_id,
        why=row.why,
    )
