"""People and their sessions, in the database."""

import datetime
import secrets
from contextlib import suppress

from directory.accounts.people import Who
from directory.tables import Database, RowClash, Secret


class Accounts:
    """Who may sign in, and who is signed in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def secret(self, name: str) -> str:
        """A secret that all processes of the site share: 64 hexadecimal digits, made once by whichever comes first."""
        with self._database.reading() as session:
            found = session.get(Secret, name)
        if found is None:
            with suppress(RowClash), self._database.writing() as session:
                session.add(Secret(name=name, value=secrets.token_hex(32)))
            return self.secret(name)
        return found.value

    def signed_in(self, token: str, *, now: datetime.datetime) -> Who | None:
        """Whose session it is; None for one that is unknown, over, idle for too long, or revoked."""
        raise NotImplementedError

    def person(self, number: int) -> Who | None:
        """The person of that number, whether or not they are still here."""
        raise NotImplementedError
