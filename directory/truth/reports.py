"""What people tell us is wrong with a listing: who hears of it, how it is answered, and when a notice goes up.

Somebody's e-mail address leaves this module in one letter, the answer that they asked for, and is forgotten soon after.
"""

import datetime
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, delete, func, update
from sqlmodel import Session, col, select

from directory.accounts import Accounts, Who, note
from directory.content import ContentStore
from directory.mail import put
from directory.mail.letters import reports as letters
from directory.model.calendar import LONDON
from directory.model.errors import DirectoryError
from directory.model.working_days import answer_by
from directory.moderation import Moderation, Proposed, State, What
from directory.settings import Settings
from directory.tables import Database, Mail, Proposal, Report, RowClash
from directory.truth.figures import hub_of_listing

ADDRESS_KEPT = datetime.timedelta(days=30)
"""How long after the answer the address of whoever asked for it stays, lest the answer comes back."""
KEPT = datetime.timedelta(days=2 * 365)
"""How long a report that was closed stays, for the figures of how quick answers are."""
LONGEST_REPORT = 2000
"""Characters that somebody may write."""
LETTERS = "ACDEFHJKMNPQRTUVWXY34679"
"""What references are made of: nothing that looks or sounds like another when it is read out on the telephone."""
_OPEN, _CLOSED = "open", "closed"
_CAME_TO_NOTHING = frozenset({State.DECLINED, State.WITHDRAWN})


class Wrong(StrEnum):
    """What somebody says is wrong with a listing."""

    GONE = "gone"
    """It has closed, moved away, or never was."""
    TIMES = "times"
    """The times or the place are wrong."""
    CONTACT = "contact"
    """The phone number or the website does not work."""
    OTHER = "other"


_TOLD = {
    Wrong.GONE: "it has closed or is gone",
    Wrong.TIMES: "its times or place are wrong",
    Wrong.CONTACT: "its phone number or website does not work",
    Wrong.OTHER: "something is wrong with it",
}


class NoSuchReport(DirectoryError):
    """There is no such report, or it is not this person's to look after."""


class ReportClosed(DirectoryError):
    """Somebody else closed it first."""


@dataclass(frozen=True)
class Reported:
    """A report as it is now. ``promised_by`` is the last day of the promise to look at it.

    ``hub`` is empty where no hub serves the listing. ``proposal`` is the change that was made of it, unless that came
    to nothing; ``is_settled``: it is approved.
    """

    id: int
    reference: str
    slug: str
    kind: Wrong
    text: str
    wants_answer: bool
    at: datetime.datetime
    promised_by: datetime.date
    hub: str
    closed_at: datetime.datetime | None
    closed_by: int | None
    answer: str
    proposal: int | None
    is_settled: bool


class Reports:
    """Every report. Raises ``DatabaseUnusable``. ``notice`` asks no database: every listing's page calls it."""

    def __init__(
        self, database: Database, accounts: Accounts, moderation: Moderation, content: ContentStore, settings: Settings
    ) -> None:
        self._database, self._accounts, self._moderation = database, accounts, moderation
        self._content, self._settings = content, settings
        self._noticed: Mapping[str, Wrong] = {}

    def take(self, *, slug: str, kind: Wrong, text: str, answer_to: str | None, now: datetime.datetime) -> str:
        """Writes a report down and has its people told of it; returns its reference."""
        for _ in range(3):  # the chance that a reference is taken is one in many millions
            reference = _new_reference()
            row = Report(reference=reference, slug=slug, kind=kind, text=text, answer_to=answer_to, state=_OPEN, at=now)
            try:
                self._add(row, now)
            except RowClash:
                continue
            self.look_again()
            return reference
        raise RowClash("no reference was free")

    def _add(self, row: Report, now: datetime.datetime) -> None:
        told = self._who_is_told(row.slug)
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            self._tell(session, row, told, now)

    def _who_is_told(self, slug: str) -> Mapping[int, tuple[Who, bool]]:
        """By number: everybody who looks after a listing, and whether they decide on it."""
        listing = self._content.snapshot.listings.get(slug)
        owners = self._accounts.speaking_for(listing.owner or listing.provider) if listing else ()
        deciding = self._accounts.deciding_at(self._hub(slug))
        return {who.id: (who, False) for who in owners} | {who.id: (who, True) for who in deciding}

    def _tell(
        self, session: Session, row: Report, told: Mapping[int, tuple[Who, bool]], now: datetime.datetime
    ) -> None:
        seen = self._reported(row, None)
        title, wrong, site = self._title(row.slug), _TOLD[seen.kind], self._settings.address
        for who, decides in told.values():
            letter = (
                letters.to_moderator(
                    title=title,
                    wrong=wrong,
                    words=row.text,
                    reference=row.reference,
                    by=seen.promised_by,
                    link=f"{site}/reports/{row.id}",
                )
                if decides
                else letters.to_owner(
                    title=title, wrong=wrong, words=row.text, link=f"{site}/desk/listings/{row.slug}/edit"
                )
            )
            key = f"report {row.slug} {now.date()} {who.id}"
            put(session, letter, key=key, to=who.email, person=who.id, now=now)

    def open(self, *, who: Who, hub: str | None = None) -> Sequence[Reported]:
        """Every report that waits where the person decides, or of one hub of theirs, oldest first."""
        found = self._rows(col(Report.state) == _OPEN)
        return [one for one in found if who.may_decide_at(one.hub) and hub in (None, one.hub)]

    def open_for(self, slugs: Collection[str]) -> Sequence[Reported]:
        """Every report that waits about these listings, oldest first: for whoever runs them."""
        return self._rows(col(Report.state) == _OPEN, col(Report.slug).in_(slugs)) if slugs else []

    def report(self, *, who: Who, number: int) -> Reported:
        """One report. Raises ``NoSuchReport``."""
        return self._theirs(who, self._rows(col(Report.id) == number))

    def of_reference(self, *, who: Who, reference: str) -> Reported:
        """The report of a reference, however it was typed. Raises ``NoSuchReport``."""
        typed = "".join(one for one in reference.upper() if one in LETTERS)
        return self._theirs(who, self._rows(col(Report.reference) == f"{typed[:3]}-{typed[3:]}"))

    def alike(self, one: Reported) -> int:
        """How many other reports of the same kind wait about the same listing."""
        with self._database.reading() as session:
            return session.exec(select(func.count()).where(*_alike(one), col(Report.id) != one.id)).one()

    def close(self, *, who: Who, number: int, answer: str, with_alike: bool = False, now: datetime.datetime) -> int:
        """Closes a report, and every other of its kind about the listing where that is said; how many.

        The answer goes to those who asked for one. Raises ``NoSuchReport`` and ``ReportClosed``.
        """
        seen = self.report(who=who, number=number)
        which = _alike(seen) if with_alike else (col(Report.id) == number, col(Report.state) == _OPEN)
        with self._database.writing() as session:
            rows = session.exec(select(Report).where(*which).with_for_update()).all()
            if number not in {row.id for row in rows}:
                raise ReportClosed("somebody else closed this report")
            for row in rows:
                self._close(session, row, who, answer, now)
        self.look_again()
        return len(rows)

    def _close(self, session: Session, row: Report, who: Who, answer: str, now: datetime.datetime) -> None:
        row.state, row.closed_at, row.closed_by, row.answer = _CLOSED, now, who.id, answer
        session.add(row)
        note(session, person=who.id, what="report closed", about=f"report {row.reference}", now=now, listing=row.slug)
        if row.answer_to and answer:
            told_on = row.at.astimezone(LONDON).date()
            letter = letters.answered(
                title=self._title(row.slug), told_on=told_on, reference=row.reference, answer=answer
            )
            put(session, letter, key=_answer_key(row.reference), to=row.answer_to, now=now)

    def propose(self, *, who: Who, number: int, now: datetime.datetime) -> Proposed:
        """Begins a change of the listing for the moderator, or its closure, and remembers that it is made of this.

        Raises ``NoSuchReport``, ``ReportClosed``, and what moderation raises.
        """
        seen = self.report(who=who, number=number)
        listing = self._content.snapshot.listings.get(seen.slug)
        if listing is None:
            raise NoSuchReport("the listing is not there any more")
        if seen.closed_at:
            raise ReportClosed("this report is closed")
        kind = What.CLOSURE if seen.kind is Wrong.GONE else What.EDIT
        begun = self._moderation.begin(who=who, kind=kind, slug=seen.slug, provider=listing.provider, now=now)
        with self._database.writing() as session:
            session.exec(update(Report).where(col(Report.id) == number).values(proposal_id=begun.id))
            note(session, person=who.id, what="report proposed", about=f"report {seen.reference}", now=now)
        return begun

    def notice(self, slug: str) -> Wrong | None:
        """What several people said is wrong with a listing that nobody has looked at yet; None where it is fewer."""
        return self._noticed.get(slug)

    def look_again(self) -> None:
        """Takes in which listings have notices now. The watch calls it, for reports that other processes took."""
        count = func.count()
        kinds = select(Report.slug, Report.kind, count).where(col(Report.state) == _OPEN)
        with self._database.reading() as session:
            found = session.exec(kinds.group_by(col(Report.slug), col(Report.kind)).order_by(count)).all()
        enough = self._content.snapshot.site.review.reports_for_notice
        self._noticed = {slug: Wrong(kind) for slug, kind, number in found if number >= enough}

    def forget(self, *, now: datetime.datetime) -> int:
        """Forgets what is no longer needed: addresses after ``ADDRESS_KEPT``, reports after ``KEPT``; how many."""
        answered = (col(Report.state) == _CLOSED, col(Report.closed_at) < now - ADDRESS_KEPT)
        with self._database.writing() as session:
            old = session.exec(select(Report.reference).where(*answered, col(Report.answer_to).is_not(None))).all()
            session.exec(update(Report).where(col(Report.reference).in_(old)).values(answer_to=None))
            session.exec(delete(Mail).where(col(Mail.key).in_([_answer_key(one) for one in old])))
            gone = session.exec(delete(Report).where(col(Report.closed_at) < now - KEPT))
        return len(old) + gone.rowcount

    def _rows(self, *which: ColumnElement[bool]) -> list[Reported]:
        rows = select(Report, Proposal.state).outerjoin(Proposal, col(Proposal.id) == col(Report.proposal_id))
        with self._database.reading() as session:
            found = session.exec(rows.where(*which).order_by(col(Report.at), col(Report.id))).all()
        return [self._reported(row, state) for row, state in found]

    @staticmethod
    def _theirs(who: Who, found: Sequence[Reported]) -> Reported:
        if not found or not who.may_decide_at(found[0].hub):
            raise NoSuchReport("there is no such report")
        return found[0]

    def _reported(self, row: Report, state: str | None) -> Reported:
        snapshot = self._content.snapshot
        days = snapshot.site.review.answer_working_days
        return Reported(
            id=row.id or 0,
            reference=row.reference,
            slug=row.slug,
            kind=Wrong(row.kind),
            text=row.text,
            wants_answer=row.answer_to is not None,
            at=row.at.astimezone(LONDON),
            promised_by=answer_by(row.at.astimezone(LONDON).date(), days, snapshot.calendar),
            hub=self._hub(row.slug),
            closed_at=row.closed_at and row.closed_at.astimezone(LONDON),
            closed_by=row.closed_by,
            answer=row.answer,
            proposal=None if state in _CAME_TO_NOTHING else row.proposal_id,
            is_settled=state == State.APPROVED,
        )

    def _hub(self, slug: str) -> str:
        snapshot = self._content.snapshot
        return hub_of_listing(snapshot, snapshot.listings.get(slug))

    def _title(self, slug: str) -> str:
        listing = self._content.snapshot.listings.get(slug)
        return listing.title if listing else slug


def _alike(one: Reported) -> tuple[ColumnElement[bool], ...]:
    return col(Report.state) == _OPEN, col(Report.slug) == one.slug, col(Report.kind) == one.kind.value


def _answer_key(reference: str) -> str:
    return f"report answer {reference}"


def is_reference(text: str) -> bool:
    """Whether it could be the reference of a report."""
    return len(text) == 7 and text[3] == "-" and set(text[:3] + text[4:]) <= set(LETTERS)


def _new_reference() -> str:
    """Such as K7M-4QP."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(3)) for _ in range(2))
