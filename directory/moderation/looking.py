"""What people see of proposals: one, their own, the queue, what changes, what was said and decided, what there was."""

import datetime
from collections.abc import Mapping, Sequence

from sqlmodel import col, select

from directory.accounts import Who
from directory.moderation import history
from directory.moderation.comparing import changed_dates, changes, merged
from directory.moderation.keys import is_staff
from directory.moderation.proposals import as_proposed, found, side_of, waiting_beside
from directory.moderation.publishing import Publisher
from directory.moderation.states import ENDS
from directory.moderation.values import (
    Act,
    ByRule,
    Comparison,
    Decided,
    Message,
    NoSuchProposal,
    NotAllowed,
    Proposed,
    State,
    Version,
    What,
    fields_of,
)
from directory.tables import Database, Decision, ListingVersion, Proposal, ProposalMessage


class Looking:
    """Proposals for whoever may see them. Nothing here writes."""

    _database: Database
    _publisher: Publisher

    def proposal(self, *, who: Who, number: int) -> Proposed:
        """One proposal, for its proposer or for whoever may decide on it."""
        with self._database.reading() as session:
            return as_proposed(found(session, who, number)[0])

    def of_person(self, *, who: Who) -> Sequence[Proposed]:
        """A person's own proposals, newest first."""
        newest_first = select(Proposal).where(Proposal.by == who.id).order_by(col(Proposal.id).desc())
        with self._database.reading() as session:
            return [as_proposed(row) for row in session.exec(newest_first) if _may_see(who, row)]

    def waiting(
        self, *, who: Who, hub: str | None = None, risk: str | None = None, kind: str | None = None
    ) -> Sequence[Proposed]:
        """What waits for an answer where the person may decide, their own too, oldest first."""
        if not is_staff(who):
            raise NotAllowed("only moderators have a queue")
        query = select(Proposal).where(Proposal.state == State.WAITING)
        for column, wanted in ((Proposal.hub, hub), (Proposal.risk, risk), (Proposal.kind, kind)):
            if wanted is not None:
                query = query.where(column == wanted)
        query = query.order_by(col(Proposal.sent_at), col(Proposal.id))
        with self._database.reading() as session:
            return [as_proposed(row) for row in session.exec(query) if who.may_decide_at(row.hub)]

    def by_rule(self, *, who: Who, since: datetime.datetime) -> Sequence[ByRule]:
        """What was published without anybody's approval where the person may decide, newest first."""
        if not is_staff(who):
            raise NotAllowed("only moderators look over what was published")
        query = select(ListingVersion, Proposal).join(Proposal)
        query = query.where(ListingVersion.act == Act.BY_RULE, col(ListingVersion.at) >= since)
        with self._database.reading() as session:
            rows = session.exec(query.order_by(col(ListingVersion.id).desc()))
            return [
                ByRule(history.as_version(version), as_proposed(row))
                for version, row in rows
                if who.may_decide_at(row.hub)
            ]

    def waiting_dates(self, *, slug: str) -> Mapping[datetime.date, Proposed]:
        """The newest change of single dates that waits for a listing, by each day that one is about."""
        query = select(Proposal).where(Proposal.slug == slug, Proposal.state == State.WAITING)
        with self._database.reading() as session:
            rows = session.exec(query.order_by(col(Proposal.id))).all()
        return {day: as_proposed(row) for row in rows for day in changed_dates(row.base, row.wanted) or ()}

    def compare(self, *, who: Who, number: int) -> Comparison:
        """What a proposal changes, against what is live now; of one that has ended, what it asked for."""
        with self._database.reading() as session:
            row, _ = found(session, who, number)
            others = {} if row.kind == What.NEW else waiting_beside(session, row)
        file = self._publisher.read(row.slug) if row.slug else None
        live = file.listing if file else None
        has_ended = row.state in ENDS or live is None
        keys = row.base if has_ended or live is None else fields_of(live)
        open_changes = tuple(changes(row.base, keys, row.wanted, others))
        return Comparison(as_proposed(row), live, open_changes, merged(keys, open_changes), file.digest if file else "")

    def messages(self, *, who: Who, number: int) -> Sequence[Message]:
        """What was said about it, oldest first."""
        query = select(ProposalMessage).where(ProposalMessage.proposal_id == number).order_by(col(ProposalMessage.id))
        with self._database.reading() as session:
            found(session, who, number)
            return [Message(by=row.person_id, at=row.at, text=row.text) for row in session.exec(query)]

    def decisions(self, *, who: Who, number: int) -> Sequence[Decided]:
        """What was decided on it, oldest first."""
        query = select(Decision).where(Decision.proposal_id == number).order_by(col(Decision.id))
        with self._database.reading() as session:
            found(session, who, number)
            return [_as_decided(row) for row in session.exec(query)]

    def versions(self, *, slug: str) -> Sequence[Version]:
        """Every version of a listing, newest first."""
        with self._database.reading() as session:
            return history.versions(session, slug)


def _may_see(who: Who, row: Proposal) -> bool:
    try:
        side_of(who, row)
    except NoSuchProposal:
        return False
    return True


def _as_decided(row: Decision) -> Decided:
    return Decided(
        by=row.person_id,
        at=row.at,
        outcome=State(row.outcome),
        reason=row.reason,
        accepted=tuple(row.accepted),
        amended=row.amended,
    )
