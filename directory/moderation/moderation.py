"""Moderation as one object: what partners and moderators do, each in one transaction."""

import datetime
from collections.abc import Mapping

from directory.accounts import Accounts
from directory.content import ContentStore
from directory.moderation import lately
from directory.moderation.deciding import Deciding
from directory.moderation.looking import Looking
from directory.moderation.proposing import Proposing
from directory.moderation.publishing import Publisher
from directory.moderation.telling import Telling
from directory.search import SearchIndex
from directory.settings import Settings
from directory.tables import Database


class Moderation(Proposing, Deciding, Looking):
    """Proposals and decisions. Every method that writes takes the person and the moment, and says what it raises.

    All raise ``NotAllowed`` where the person may not, ``NoSuchProposal``, and ``DatabaseUnusable``.
    """

    def __init__(
        self, database: Database, accounts: Accounts, content: ContentStore, search: SearchIndex, settings: Settings
    ) -> None:
        self._database, self._accounts, self._content = database, accounts, content
        self._publisher = Publisher(database, accounts, content, search, settings)
        self._telling = Telling(accounts, settings.address)

    def last_changes(self) -> Mapping[str, lately.LastChange]:
        """When each listing last said something new, by slug; none of those whose history only began."""
        with self._database.reading() as session:
            return lately.last_changes(session)

    def recover(self, *, now: datetime.datetime) -> int:
        """Finishes every publication that a process left half done; how many. Safe in any number of processes."""
        return self._publisher.recover(now)
