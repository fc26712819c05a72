"""Mails that moderation sends, written down in the transaction of what they tell."""

import datetime
from collections.abc import Iterable

from sqlmodel import Session, col, func, select

from directory.accounts import Accounts, Who
from directory.mail import Letter, put
from directory.mail.letters import proposals as letters
from directory.model.calendar import LONDON
from directory.moderation.comparing import changed_dates
from directory.moderation.values import State
from directory.tables import Decision, Proposal, ProposalMessage

SOON = datetime.timedelta(days=2)
"""How near a date is that moderators are written to for, whatever else waits."""


class Telling:
    """Who is told what of a proposal. ``address`` is the site's, for links."""

    def __init__(self, accounts: Accounts, address: str) -> None:
        self._accounts, self._address = accounts, address

    def that_it_waits(self, session: Session, row: Proposal, hub: str, now: datetime.datetime) -> None:
        """Tells those who decide, where nothing waited for them until now, or where it cannot wait.

        ``hub`` is its name.
        """
        link, soonest = f"{self._address}/queue/{row.id}", _soonest(row, now.astimezone(LONDON).date())
        if soonest:
            letter = letters.a_date_waits(title=row.title, hub=hub, day=soonest, link=link)
        elif _waiting_at(session, row.hub) > 1:
            return
        else:
            letter = letters.something_waits(title=row.title, hub=hub, link=link)
        deciding = (one for one in self._accounts.deciding_at(row.hub) if one.id != row.by)
        self._put(session, letter, f"waits {row.id} {row.version}", deciding, now)

    def of_decision(self, session: Session, row: Proposal, decision: Decision, now: datetime.datetime) -> None:
        """Tells the proposer what was decided, and why."""
        proposer = self._accounts.person(row.by)
        if proposer is None or not proposer.is_active:
            return
        session.flush()
        self._put(session, self._decided(proposer, row, decision), f"decision {decision.id}", [proposer], now)

    def _decided(self, proposer: Who, row: Proposal, decision: Decision) -> Letter:
        about = {"name": proposer.name, "title": row.title, "reason": decision.reason, "link": self._page(row)}
        if decision.outcome == State.APPROVED:
            is_in_part = decision.is_in_part
            return letters.approved(**about, is_in_part=is_in_part)
        return letters.declined(**about) if decision.outcome == State.DECLINED else letters.sent_back(**about)

    def of_message(self, session: Session, row: Proposal, said: ProposalMessage, by: Who) -> None:
        """Tells the other side of a message: the proposer, or who has looked after the proposal so far."""
        session.flush()
        if by.id == row.by:
            to, link = self._looking_after(session, row), f"{self._address}/queue/{row.id}"
        else:
            to, link = [one for one in [self._accounts.person(row.by)] if one], self._page(row)
        for one in to:
            letter = letters.message(name=one.name, by=by.name, title=row.title, text=said.text, link=link)
            self._put(session, letter, f"message {said.id}", [one], said.at)

    def _looking_after(self, session: Session, row: Proposal) -> list[Who]:
        """Who of those who may decide has said or decided something about it; all of them where nobody has."""
        deciding = [one for one in self._accounts.deciding_at(row.hub) if one.id != row.by]
        said = session.exec(select(ProposalMessage.person_id).where(ProposalMessage.proposal_id == row.id)).all()
        decided = session.exec(select(Decision.person_id).where(Decision.proposal_id == row.id)).all()
        return [one for one in deciding if one.id in {*said, *decided}] or deciding

    def _page(self, row: Proposal) -> str:
        return f"{self._address}/desk/proposals/{row.id}"

    def _put(self, session: Session, letter: Letter, key: str, people: Iterable[Who], now: datetime.datetime) -> None:
        for one in people:
            if one.is_active:
                put(session, letter, key=f"{key} to {one.id}", to=one.email, person=one.id, now=now)


def _soonest(row: Proposal, today: datetime.date) -> datetime.date | None:
    """The first day that a change of single dates is about, if it is so near that nobody may find out in time."""
    days = (day for day in changed_dates(row.base, row.wanted) or () if day >= today)
    soonest = min(days, default=None)
    return soonest if soonest and soonest <= today + SOON else None


def _waiting_at(session: Session, hub: str) -> int:
    waiting = select(func.count(col(Proposal.id))).where(Proposal.hub == hub, Proposal.state == State.WAITING)
    return session.exec(waiting).one()
