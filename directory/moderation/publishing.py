"""The one way in which a listing's file is written. Whatever stops in between, nothing is lost and nothing half done.

1. One transaction writes down what is about to happen: the file's new text and the whole decision.
2. The file is put in its place, at once and on the disk.
3. One transaction writes the version, the decision and the mails, and takes the note of step 1 away.
4. The index follows; it is a cache.

A note that is found later is what a process left half done, and is carried on from where the file stands.
"""

import datetime
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlmodel import Session, select

from directory.accounts import Accounts, note
from directory.content import (
    ContentStore,
    ListingFile,
    digest_of,
    only_writer,
    put_listing,
    read_listing,
)
from directory.moderation import history
from directory.moderation.committing import commit
from directory.moderation.comparing import changed_keys
from directory.moderation.telling import Telling
from directory.moderation.values import Act, ListingMoved, NotWritten, State, Version
from directory.search import IndexNotWritten, SearchIndex
from directory.settings import Settings
from directory.tables import Database, Decision, ListingVersion, Proposal, Publication

logger = logging.getLogger(__name__)


class Publisher:
    """Writes listings' files, one at a time in all processes, and the history of them."""

    def __init__(
        self, database: Database, accounts: Accounts, content: ContentStore, search: SearchIndex, settings: Settings
    ) -> None:
        self._database, self._accounts = database, accounts
        self._content, self._search = content, search
        self._folder, self._commits = settings.content, settings.commit_approvals
        self._telling = Telling(accounts, settings.address)

    def read(self, slug: str) -> ListingFile:
        """What the file of a listing says now. Raises ``ListingMoved`` where it cannot be read."""
        try:
            return read_listing(self._folder, slug)
        except (OSError, ValueError) as error:
            raise ListingMoved(f"the file of {slug!r} cannot be read") from error

    @contextmanager
    def alone(self, slug: str, now: datetime.datetime) -> Iterator[Version | None]:
        """Holds the one right to publish, with the content as it is now; people see what came of it at the end.

        What a process left half done of that listing is finished first: it is the version that this gives.
        """
        try:
            with only_writer(self._folder):
                finished = self._carry_on(slug, now)
                self._content.refresh()
                yield finished
        finally:
            self._show()

    def publish(self, row: Publication, file: ListingFile, claim: Callable[[Session], object]) -> Version:
        """Makes the row's text the file, in place of ``file``. Whoever calls is ``alone``.

        ``claim`` is part of the first transaction and refuses by raising. Raises ``ListingMoved`` where somebody writes
        the file by hand at that very moment, and ``NotWritten`` where the system does not let it be written.
        """
        row.before_digest, row.after_digest = file.digest, digest_of(row.text)
        slug, now = row.slug, row.started_at
        with self._database.writing() as session:
            claim(session)
            history.remember_found(session, slug, file, now)
            session.add(row)
        version = self._carry_on(slug, now)
        if version is None:
            raise ListingMoved(f"the file of {slug} was changed while it was about to be written")
        return version

    def recover(self, now: datetime.datetime) -> int:
        """Finishes, or drops, every publication that a process left half done; how many were finished."""
        with self._database.reading() as session:
            slugs = session.exec(select(Publication.slug)).all()
        if not slugs:
            return 0
        with only_writer(self._folder):
            finished = [self._carry_on(slug, now) for slug in slugs]
        self._show()
        return sum(version is not None for version in finished)

    def _carry_on(self, slug: str, now: datetime.datetime) -> Version | None:
        """Finishes the publication of a listing from where its file stands; None where there is none, or no more.

        A file that says neither the old text nor the new was changed by hand meanwhile, and people go before programs.
        """
        with self._database.reading() as session:
            row = session.get(Publication, slug)
        if row is None:
            return None
        standing = self.read(slug).digest
        if standing not in (row.before_digest, row.after_digest):
            self._drop(slug, now)
            return None
        if standing != row.after_digest:
            self._write(row)
        if self._commits:
            self._commit(row)
        return self._remember(slug)

    def _write(self, row: Publication) -> None:
        try:
            put_listing(self._folder, row.slug, row.text)
        except OSError as error:
            logger.exception("the file of %s cannot be written", row.slug)
            raise NotWritten(
                f"{row.slug} cannot be written just now: {error.strerror}; it will be once there is room"
            ) from error

    def _commit(self, row: Publication) -> None:
        number = row.proposed_by or row.decided_by
        author = self._accounts.person(number) if number else None
        commit(self._folder, row.slug, act=Act(row.act), number=number, name=author.name if author else "")

    def _drop(self, slug: str, now: datetime.datetime) -> None:
        with self._database.writing() as session:
            row = session.get(Publication, slug, with_for_update=True)
            if row is None:
                return
            session.delete(row)
            note(session, person=row.decided_by, what="dropped: file moved", about=f"listing {slug}", now=now)
        logger.warning("%s was changed by hand while it was being published: that was dropped", slug)

    def _remember(self, slug: str) -> Version | None:
        """The third step. Its moments are those of the first: finished late, it happened when it was decided."""
        with self._database.writing() as session:
            row = session.get(Publication, slug, with_for_update=True)
            if row is None:
                return None
            session.delete(row)
            version = history.add(session, _as_row(row))
            if row.proposal_id:
                self._decide(session, row)
            stir_others(session, row)
            person = row.decided_by or row.proposed_by
            about = f"listing {slug}"
            note(session, person=person, what=row.act, about=about, now=row.started_at, version=version.number)
        return version

    def _decide(self, session: Session, row: Publication) -> None:
        proposal = session.get_one(Proposal, row.proposal_id, with_for_update=True)
        proposal.state, proposal.decided_at = State.APPROVED, row.started_at
        proposal.version, proposal.typed = proposal.version + 1, {}
        if row.act == Act.BY_RULE:  # nobody decided, and the proposer saw it happen
            return
        decision = Decision(
            proposal_id=proposal.id or 0,
            person_id=row.decided_by or 0,
            at=row.started_at,
            outcome=State.APPROVED,
            reason=row.reason,
            accepted=row.accepted,
            amended=row.amended,
            is_in_part=row.is_in_part,
            final=1,
        )
        session.add(decision)
        self._telling.of_decision(session, proposal, decision, row.started_at)

    def _show(self) -> None:
        """Takes the file into what this process serves; others see it at their next look."""
        self._content.glance()
        try:
            self._search.follow(lambda: self._content.snapshot)
        except IndexNotWritten:
            logger.exception("the index is behind what was published")


def _as_row(row: Publication) -> ListingVersion:
    return ListingVersion(
        slug=row.slug,
        number=0,
        at=row.started_at,
        act=row.act,
        text=row.text,
        digest=row.after_digest,
        proposed_by=row.proposed_by,
        decided_by=row.decided_by,
        proposal_id=row.proposal_id,
        why=row.why,
    )


def stir_others(session: Session, row: Publication) -> None:
    """Has whoever looks at a waiting proposal for the same keys look again: what they saw as live is live no more."""
    waiting = select(Proposal).where(Proposal.slug == row.slug, Proposal.state == State.WAITING)
    for other in session.exec(waiting.with_for_update()):
        if other.id != row.proposal_id and set(row.changed) & set(changed_keys(other.base, other.wanted)):
            other.version += 1
