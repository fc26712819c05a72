"""Builds every store once, and keeps a running process in step with files that change.

A change of content is: look at the files, take the new snapshot, bring the index after it. Whatever stops in between
is made good at the next look: the content is the truth, the index is a cache.
"""

import datetime
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from directory.accounts import Accounts, AuditLog, SigningIn
from directory.content import ContentStore
from directory.insight import SearchCounts
from directory.mail import Mailer
from directory.model.calendar import LONDON
from directory.model.nearby import Nearby, find_nearby
from directory.model.snapshot import Snapshot
from directory.moderation import Moderation, Rules
from directory.postcodes import Postcodes
from directory.search import SearchIndex
from directory.settings import Settings
from directory.tables import Database, DatabaseUnusable
from directory.timetable import Timetables
from directory.truth import Figures, Reports, Truth

GLANCE_SECONDS = 0.1
"""How long it takes at most until a process begins to take in what another approved."""
WRITE_SECONDS = 5.0
"""How long searches wait before they are counted and written."""
MAIL_SECONDS = 1.0
"""How long a mail may wait: somebody who signs in looks at their inbox."""
RECOVERY_SECONDS = 10.0
"""How long an approval may be half done where the process that made it was killed."""
NOTICE_SECONDS = 1.0
"""How long a report that another process took may wait until every process knows of it."""

logger = logging.getLogger(__name__)


@dataclass
class Services:
    """The stores of one process."""

    settings: Settings
    content: ContentStore
    search: SearchIndex
    postcodes: Postcodes
    searches: SearchCounts
    database: Database
    accounts: Accounts
    signing_in: SigningIn
    moderation: Moderation
    rules: Rules
    log: AuditLog
    mail: Mailer
    reports: Reports
    figures: Figures
    truth: Truth
    timetables: Timetables

    @classmethod
    def open(cls, settings: Settings) -> "Services":
        """Reads the content and brings the index in step with it.

        Raises ``BrokenContent`` where the content has faults and there was none without.
        """
        content = ContentStore(settings.content, settings.index)
        postcodes = Postcodes(settings.database_url)
        timetables = Timetables()
        search = SearchIndex(settings.index, postcodes.find, timetables)
        search.sync(content.snapshot)
        searches = SearchCounts(settings.database_url, is_on=settings.count_searches)
        database = Database(settings.database_url)
        accounts = Accounts(database)
        moderation = Moderation(database, accounts, content, search, settings)
        mail = Mailer(database, settings)
        reports = Reports(database, accounts, moderation, content, settings)
        figures = Figures(database, accounts, content)
        truth = Truth(database, accounts, moderation, content, settings)
        services = cls(
            settings=settings,
            content=content,
            search=search,
            postcodes=postcodes,
            searches=searches,
            database=database,
            accounts=accounts,
            signing_in=SigningIn(database, accounts, settings.address),
            moderation=moderation,
            rules=Rules(database, content, settings),
            log=AuditLog(database),
            mail=mail,
            reports=reports,
            figures=figures,
            truth=truth,
            timetables=timetables,
        )
        services._finish_approvals()  # before anybody is shown anything
        return services

    @property
    def snapshot(self) -> Snapshot:
        """The content that people are shown now."""
        return self.content.snapshot

    def nearby(self, text: str) -> Nearby | None:
        """The place that a person means by a town, a postcode or a part of one; None where there is no telling."""
        return find_nearby(text, self.snapshot, self.postcodes.find)

    def look_again(self) -> None:
        """Takes in files that changed since the last look, and an index that another process wrote."""
        self._show(self.content.refresh())

    def glance(self) -> None:
        """The same at hardly any cost where nothing changed; sees what approvals write, not what is edited in place."""
        self._show(self.content.glance())

    def _show(self, has_changed: bool) -> None:
        if has_changed:
            logger.info("content changed: revision %s", self.snapshot.revision)
        self.search.follow(lambda: self.snapshot)

    def write_counts(self, today: datetime.date) -> None:
        """Takes in and writes what people searched for until now."""
        self.searches.take_in(self.snapshot, self.search.search)
        self.searches.write(today)

    def watch(self, stop: threading.Event) -> None:
        """Looks again every ``watch_seconds``, and for approvals every ``GLANCE_SECONDS``, until told to stop.

        A look that fails is logged and tried again. What needs the database goes on beside it: one that is busy must
        not hold up changed content.
        """
        for what, seconds, act in (
            ("count searches", WRITE_SECONDS, self._write_counts),
            ("send mails", MAIL_SECONDS, self._send_mails),
            ("finish approvals", RECOVERY_SECONDS, self._finish_approvals),
            ("see approvals", GLANCE_SECONDS, self.glance),
            ("look for reports", NOTICE_SECONDS, self.reports.look_again),
        ):
            threading.Thread(target=_repeat, args=(what, seconds, act, stop), name=what, daemon=True).start()
        _repeat("take in changed content", self.settings.watch_seconds, self.look_again, stop)

    def _finish_approvals(self) -> None:
        """Carries on what a process that was killed left half done.

        Pages need no database, and a command that only searches must not make one.
        """
        if not self.database.is_there:
            return
        try:
            self.moderation.recover(now=datetime.datetime.now(LONDON))
        except DatabaseUnusable as error:
            logger.warning("could not look for approvals to finish: %s", error)

    def _write_counts(self) -> None:
        self.write_counts(datetime.datetime.now(LONDON).date())

    def _send_mails(self) -> None:
        self.mail.send_waiting(now=datetime.datetime.now(LONDON))


def _repeat(what: str, seconds: float, act: Callable[[], object], stop: threading.Event) -> None:
    """Acts every so many seconds until told to stop, and outlives whatever one time meets."""
    while not stop.wait(seconds):
        try:
            act()
        except Exception:  # it is logged and tried again
            logger.exception("could not %s", what)
