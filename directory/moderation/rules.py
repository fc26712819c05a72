"""The settings that administrators may change on a page: how often listings are checked, and who is trusted.

They are kept in content files, and written with the same lock as listings are.
"""

import datetime
import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from directory.accounts import Role, Who, note
from directory.content import PROVIDER, SINGLES, Amendment, ContentStore, amend, only_writer
from directory.model.errors import DirectoryError
from directory.model.freshness import ReviewRules
from directory.model.snapshot import Snapshot
from directory.moderation.values import NotAllowed, NotWritten
from directory.settings import Settings
from directory.tables import Database

SITE = SINGLES["site.yaml"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ruled:
    """What holds: the rules for checking, and the providers whose small changes are approved from the queue."""

    review: ReviewRules
    trusted: frozenset[str]

    @property
    def mark(self) -> str:
        """What tells it from any other."""
        return hashlib.sha256(f"{self.review!r} {sorted(self.trusted)}".encode()).hexdigest()


class RulesMoved(DirectoryError):
    """Somebody else changed the settings meanwhile; look at them again."""


class Rules:
    """The settings of content. Other processes see a change at their next look."""

    def __init__(self, database: Database, content: ContentStore, settings: Settings) -> None:
        self._database, self._content, self._folder = database, content, settings.content

    def now(self) -> Ruled:
        """What holds in the content that this process serves."""
        return _ruled(self._content.snapshot)

    def change(self, *, who: Who, wanted: Ruled, seen: str, now: datetime.datetime) -> bool:
        """Has all of it hold from now on; False where it did already. ``seen``: the mark of what the person changed.

        Raises ``NotAllowed``, ``RulesMoved``, ``ForHandsOnly`` for a file that only people may write, and
        ``NotWritten``.
        """
        if who.only or not (who.is_active and who.has(Role.ADMINISTRATOR)):
            raise NotAllowed("only administrators change settings")
        with only_writer(self._folder):
            self._content.refresh()
            before = self.now()
            if before.mark != seen:
                raise RulesMoved("the settings have changed since you looked at them; look again")
            if wanted.trusted - self._content.snapshot.providers.keys():
                raise NotAllowed("only a provider of the content is trusted")
            if wanted == before:
                return False
            with self._database.writing() as session:
                for what, about, details in _told(before, wanted):
                    note(session, person=who.id, what=what, about=about, now=now, **details)
                self._write(before, wanted)
            self._content.refresh()
        return True

    def _write(self, before: Ruled, wanted: Ruled) -> None:
        amendments = [
            Amendment(PROVIDER, {"trusted": slug in wanted.trusted}, slug)
            for slug in sorted(before.trusted ^ wanted.trusted)
        ]
        try:
            amend(self._folder, [Amendment(SITE, {"review": wanted.review}), *amendments])
        except OSError as error:
            logger.exception("the settings cannot be written")
            raise NotWritten(f"the settings cannot be written just now: {error.strerror}") from error


def _ruled(snapshot: Snapshot) -> Ruled:
    return Ruled(snapshot.site.review, frozenset(one.slug for one in snapshot.providers.values() if one.trusted))


def _told(before: Ruled, wanted: Ruled) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What the log says of a change: each rule with what it was and what it is, and each provider."""
    was, is_now = before.review.model_dump(), wanted.review.model_dump()
    changed = {key: f"{was[key]} to {is_now[key]}" for key in was if was[key] != is_now[key]}
    if changed:
        yield "changed review rules", "settings", changed
    for slug in sorted(wanted.trusted - before.trusted):
        yield "trusted a provider", f"provider {slug}", {}
    for slug in sorted(before.trusted - wanted.trusted):
        yield "trusted no more", f"provider {slug}", {}
