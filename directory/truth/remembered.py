"""What was asked, told and handed over, in rows: read as the plan needs it, and written as the plan was carried out."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from directory.model.calendar import LONDON
from directory.tables import LastRun, LinkCheck, Mail, OwnerTold, Person, ReviewRequest, inserting
from directory.truth.asking import Ask, Asked, HandOver, Reason, Why

DIGEST, TAKEN_OVER = "digest", "taken over"
"""What the keys of these mails begin with; then come the person and the Monday of the week."""
_TURN = "remind"
KEPT = datetime.timedelta(days=2 * 365)
"""Longer than any date that somebody is told of lies ahead or behind."""


@dataclass(frozen=True)
class Remembered:
    """All that was asked and told so far. ``bounced``: people whose mail came back. ``requests`` by slug."""

    requests: Mapping[str, ReviewRequest]
    told: Mapping[str, frozenset[Reason]]
    bounced: frozenset[int]
    last_mail: Mapping[tuple[str, int], datetime.datetime]

    def asked(self, slug: str) -> Asked | None:
        """What the owners of a listing were asked last."""
        row = self.requests.get(slug)
        if row is None:
            return None
        return Asked(row.due, row.times, row.last_asked_at.astimezone(LONDON).date(), row.handed_over_at is not None)

    def had_within(self, kind: str, days: int, today: datetime.date) -> frozenset[int]:
        """Who had a mail of that kind within so many days."""
        last = datetime.timedelta(days)
        return frozenset(
            person
            for (one, person), at in self.last_mail.items()
            if one == kind and today - at.astimezone(LONDON).date() < last
        )


def forget_old(session: Session, *, now: datetime.datetime) -> int:
    """Deletes what owners were told, and what websites answered, so long ago that nothing asks for it; how much."""
    told = session.exec(delete(OwnerTold).where(col(OwnerTold.at) < now - KEPT)).rowcount
    return told + session.exec(delete(LinkCheck).where(col(LinkCheck.asked_at) < now - KEPT)).rowcount


def take_turn(session: Session, *, now: datetime.datetime) -> None:
    """Waits until no other run is in its transaction; then this one is, until it ends."""
    row = inserting(session, LastRun).values(name=_TURN, at=now)
    session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"at": now}))


def recall(session: Session) -> Remembered:
    """All of it."""
    told: dict[str, set[Reason]] = defaultdict(set)
    for one in session.exec(select(OwnerTold)):
        told[one.slug].add(Reason(Why(one.why), one.on))
    bounced = session.exec(select(Person.id).where(col(Person.mail_failed_at).is_not(None)))
    return Remembered(
        {row.slug: row for row in session.exec(select(ReviewRequest))},
        {slug: frozenset(reasons) for slug, reasons in told.items()},
        frozenset(number for number in bounced if number),
        {(kind, person): at for kind in (DIGEST, TAKEN_OVER) for person, at in _last_mails(session, kind)},
    )


def _last_mails(session: Session, kind: str) -> Iterable[tuple[int, datetime.datetime]]:
    newest = select(Mail.person_id, func.max(Mail.at)).where(col(Mail.key).startswith(f"{kind} "))
    return ((person, at) for person, at in session.exec(newest.group_by(col(Mail.person_id))) if person)


def mail_key(kind: str, person: int, today: datetime.date) -> str:
    """The key of somebody's mail of a week: there is one at most, whoever writes it."""
    monday = today - datetime.timedelta(today.weekday())
    return f"{kind} {person} {monday}"


def remember_ask(session: Session, ask: Ask, *, now: datetime.datetime) -> None:
    """That the owners of a listing were asked and told these things."""
    for reason in ask.reasons:
        if reason.why is Why.DUE:
            _count_ask(session, ask.slug, reason.on, now)
        else:
            row = inserting(session, OwnerTold).values(slug=ask.slug, why=reason.why, on=reason.on, at=now)
            session.execute(row.on_conflict_do_nothing())


def _count_ask(session: Session, slug: str, due: datetime.date, now: datetime.datetime) -> None:
    row = _request_about(session, slug, due, now)
    row.times, row.last_asked_at = row.times + 1, now


def remember_handover(session: Session, one: HandOver, *, now: datetime.datetime) -> None:
    """That a hub is to look at a listing from now on."""
    row = _request_about(session, one.slug, one.due, now)
    row.hub, row.handed_over_at = one.hub, now


def _request_about(session: Session, slug: str, due: datetime.date, now: datetime.datetime) -> ReviewRequest:
    """What was asked about a review date; what was asked about an earlier one has had its answer."""
    row = session.get(ReviewRequest, slug) or ReviewRequest(
        slug=slug, due=due, asked_at=now, last_asked_at=now, times=0
    )
    if row.due != due:
        row.due, row.asked_at, row.last_asked_at, row.times = due, now, now, 0
        row.handed_over_at, row.hub = None, ""
    session.add(row)
    return row
