"""Rows of proposals: finding one for somebody who may see it, moving it by the table, and what a row says."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, select

from directory.accounts import Who
from directory.model.fields import CONTROL
from directory.moderation.comparing import changed_keys
from directory.moderation.states import ENDS, Move, Side, after
from directory.moderation.values import NoSuchProposal, NotAllowed, ProposalMoved, Proposed, Risk, State, What
from directory.tables import ListingVersion, Proposal, Publication

LONGEST_TEXT = 2000
"""Characters of a note, a reason or a message."""


def as_proposed(row: Proposal) -> Proposed:
    """The proposal that a row holds."""
    return Proposed(
        id=row.id or 0,
        kind=What(row.kind),
        state=State(row.state),
        version=row.version,
        slug=row.slug,
        title=row.title,
        provider=row.provider,
        hub=row.hub,
        risk=Risk(row.risk or Risk.ORDINARY),
        by=row.by,
        created_at=row.created_at,
        sent_at=row.sent_at,
        decided_at=row.decided_at,
        base=row.base,
        wanted=row.wanted,
        typed=row.typed,
        note=row.note,
    )


def side_of(who: Who, row: Proposal) -> Side:
    """What somebody is to a proposal. Raises ``NoSuchProposal`` for whoever is nothing to it."""
    is_about_their_link = who.only in (None, f"change:{row.slug}")
    if row.by == who.id and is_about_their_link:
        return Side.PROPOSER
    if row.by != who.id and row.state != State.DRAFT and row.sent_at and who.may_decide_at(row.hub):
        return Side.DECIDER
    raise NoSuchProposal(f"there is no proposal {row.id} for you")


def found(session: Session, who: Who, number: int, *, to_write: bool = False) -> tuple[Proposal, Side]:
    """A proposal, and what the person is to it; nobody else can change one that is found ``to_write``."""
    row = session.get(Proposal, number, with_for_update=to_write or None)
    if row is None:
        raise NoSuchProposal(f"there is no proposal {number}")
    return row, side_of(who, row)


def moved(
    session: Session, who: Who, number: int, move: Move, version: int | None = None, *, is_change: bool = True
) -> Proposal:
    """A proposal after somebody's move. ``version`` is the one that they saw, where another may have moved it since.

    What is no change of the proposal itself, as a message, leaves it at its version. Raises ``ProposalMoved`` where
    somebody else moved it, or just does: an approval that was begun is not overtaken.
    """
    row, reached = _movable(session, who, number, move, version)
    row.state = reached
    row.version += is_change
    if reached in ENDS:
        row.typed = {}
    return row


def claimed(session: Session, who: Who, number: int, version: int) -> Proposal:
    """A proposal that is going to be approved: still waiting, but nobody who saw it before can decide any more."""
    row, _ = _movable(session, who, number, Move.APPROVE, version)
    row.version += 1
    return row


def _movable(session: Session, who: Who, number: int, move: Move, version: int | None) -> tuple[Proposal, State]:
    row, side = found(session, who, number, to_write=True)
    if version is not None and row.version != version:
        raise ProposalMoved(f"proposal {number} has changed since you looked at it; look again")
    reached = after(State(row.state), move, side)
    if side is Side.PROPOSER and not (who.is_active and who.may_propose_for(row.provider)):
        raise NotAllowed("you do not speak for this provider any more")
    if _is_being_published(session, number):
        raise ProposalMoved(f"proposal {number} is just being approved; look again")
    return row, reached


def _is_being_published(session: Session, number: int) -> bool:
    return session.exec(select(Publication.slug).where(Publication.proposal_id == number)).first() is not None


def unfinished(session: Session, who: Who, kind: What, slug: str, provider: str) -> Proposal | None:
    """The person's own of that kind for a listing that is not sent; of new listings only one that never was."""
    states = (State.DRAFT,) if kind is What.NEW else (State.DRAFT, State.SENT_BACK)
    query = select(Proposal).where(
        Proposal.by == who.id,
        Proposal.kind == kind,
        Proposal.slug == slug,
        Proposal.provider == provider,
        col(Proposal.state).in_(states),
    )
    return session.exec(query.order_by(col(Proposal.id).desc())).first()


def waiting_beside(session: Session, row: Proposal) -> dict[int, Sequence[str]]:
    """The keys that every other waiting proposal for the same listing changes, by its number."""
    if not row.slug:
        return {}
    query = select(Proposal).where(Proposal.slug == row.slug, Proposal.state == State.WAITING)
    return {
        other.id or 0: changed_keys(other.base, other.wanted) for other in session.exec(query) if other.id != row.id
    }


def taken_slugs(session: Session, row: Proposal) -> Iterator[str]:
    """Slugs that a new listing may not have: of listings that were once, and of others that are proposed."""
    yield from session.exec(select(ListingVersion.slug).distinct())
    others = select(Proposal.slug).where(Proposal.kind == What.NEW, col(Proposal.state).in_(_OPEN))
    yield from session.exec(others.where(Proposal.id != row.id))


_OPEN = (State.WAITING, State.SENT_BACK)


def as_text(typed: str) -> str:
    """What a person wrote, without what no database keeps and nobody sees, and not without end."""
    readable = CONTROL.sub("", typed.replace("\r\n", "\n")).encode("utf-8", "ignore").decode()
    return readable.strip()[:LONGEST_TEXT]
