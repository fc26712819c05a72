"""Mails that wait, and sending them: each once, whichever of many processes comes first."""

import datetime
from dataclasses import dataclass

from sqlmodel import Session

from directory.settings import Settings
from directory.tables import Database, Mail, inserting


@dataclass(frozen=True)
class Letter:
    """What a mail says: one line of subject, and plain text."""

    subject: str
    text: str


def put(
    session: Session, letter: Letter, *, key: str, to: str, person: int | None = None, now: datetime.datetime
) -> bool:
    """Writes a mail down, to be sent once this transaction is; False where one of the same key was already."""
    row = {"key": key, "person_id": person, "to": to, "subject": letter.subject, "text": letter.text, "at": now}
    session.flush()  # the person may be as new as the mail
    adding = inserting(session, Mail).values(**row, state="waiting", tries=0, fault="")
    added = session.execute(adding.on_conflict_do_nothing(index_elements=["key"]).returning(Mail.id))
    return added.scalar_one_or_none() is not None


class Mailer:
    """Sends what waits: by SMTP where that is set up, else into a folder."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database, self._settings = database, settings

    def send_waiting(self, *, now: datetime.datetime) -> int:
        """Sends every mail that waits; how many went."""
        raise NotImplementedError
