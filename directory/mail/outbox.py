"""Mails that wait, and sending them: each once, whichever of many processes comes first."""

import datetime
import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, delete, select, update

from directory.mail.ways import NotNow, Refused, Way, opener
from directory.settings import Settings
from directory.tables import Database, Mail, Person, inserting

GAPS = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
"""How long a mail waits after each time that the server did not take it; then it has failed."""
CLAIMED = datetime.timedelta(minutes=10)
"""How long a mail belongs to whoever began to send it: longer than any server may take to answer."""
KEPT = datetime.timedelta(days=400)
"""How long it is remembered that a mail was sent, so that the same thing is not sent again: a year and a month."""
_AT_ONCE = 50
_DONE: dict[str, object] = {"to": "", "text": "", "next_try_at": None}
"""The words go with the mail: links in them would let in whoever reads the database. So does the address."""
_WAITING, _SENDING, _SENT, _FAILED, _NOBODY = "waiting", "sending", "sent", "failed", "nobody"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """What a mail says: one line of subject, and plain text."""

    subject: str
    text: str


def put(
    session: Session, letter: Letter, *, key: str, to: str, person: int | None = None, now: datetime.datetime
) -> bool:
    """Writes a mail down, to be sent once this transaction is; False where one of the same key was already.

    A mail to nobody (an empty ``to``) is written down too, empty, and never sent: whoever asks with an address that
    nobody has must not learn it from the time that the answer takes.
    """
    state = _WAITING if to else _NOBODY
    row = {"key": key, "person_id": person, "to": to, "subject": letter.subject, "text": letter.text if to else ""}
    session.flush()  # the person may be as new as the mail
    adding = inserting(session, Mail).values(**row, at=now, state=state, tries=0, fault="")
    added = session.execute(adding.on_conflict_do_nothing(index_elements=["key"]).returning(Mail.id))
    return added.scalar_one_or_none() is not None


class Mailer:
    """Sends what waits: by SMTP where that is set up, else into a folder. Raises ``MailUnusable``."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._sender = settings.mail_from
        self._way = opener(settings)

    def send_waiting(self, *, now: datetime.datetime) -> int:
        """Sends every mail that waits; how many went.

        Each is claimed first, by a change of its row that only one process can make. A process that dies while it
        sends leaves its claim behind: after ten minutes the mail is sent again, because nobody can tell whether the
        server had it. To read a mail twice is a nuisance; never to get it can shut somebody out.
        """
        waiting = self._due(now)
        if not waiting:
            return 0
        try:
            with self._way.open() as way:
                return sum(self._send(one, way, now) for one in self._claimed(waiting, now))
        except NotNow as error:
            logger.warning("mails wait: %s", error)
            for one in self._claimed(waiting, now):  # all of them, lest a server that is away is called for each
                self._try_later(one, error, now)
            return 0

    def forget(self, *, now: datetime.datetime) -> int:
        """Deletes what is remembered of mails that went, or failed, long ago; how many."""
        with self._database.writing() as session:
            old = col(Mail.at) < now - KEPT, col(Mail.state).in_((_SENT, _FAILED))
            unsent = col(Mail.at) < now - datetime.timedelta(days=1), col(Mail.state) == _NOBODY
            return session.exec(delete(Mail).where(or_(and_(*old), and_(*unsent)))).rowcount

    def _due(self, now: datetime.datetime) -> list[Mail]:
        is_due = or_(col(Mail.next_try_at).is_(None), col(Mail.next_try_at) <= now)
        with self._database.reading() as session:
            found = select(Mail).where(col(Mail.state).in_((_WAITING, _SENDING)), is_due)
            return list(session.exec(found.order_by(col(Mail.id)).limit(_AT_ONCE)))

    def _claimed(self, mails: list[Mail], now: datetime.datetime) -> Iterator[Mail]:
        """Those of the mails that nobody else claims first, each just before it is sent."""
        for one in mails:
            claim = {"state": _SENDING, "tries": one.tries + 1, "next_try_at": now + CLAIMED}
            if self._change(one, claim, col(Mail.tries) == one.tries, col(Mail.state) == one.state):
                one.tries += 1
                yield one

    def _change(self, mail: Mail, values: dict[str, object], *if_still: ColumnElement[bool]) -> bool:
        with self._database.writing() as session:
            return bool(session.exec(update(Mail).where(col(Mail.id) == mail.id, *if_still).values(**values)).rowcount)

    def _send(self, mail: Mail, way: Way, now: datetime.datetime) -> bool:
        try:
            way.deliver(self._message(mail, now))
        except NotNow as error:
            self._try_later(mail, error, now)
        except (Refused, ValueError, MessageError) as error:
            self._give_up(mail, error, now)
        else:
            self._change(mail, {"state": _SENT, "sent_at": now, "fault": "", **_DONE})
            return True
        return False

    def _message(self, mail: Mail, now: datetime.datetime) -> EmailMessage:
        """The mail as it goes out. A line break in a header raises ``ValueError``; a mail sent twice has one id."""
        message = EmailMessage(SMTP)
        message["From"] = self._sender
        message["To"] = Address(addr_spec=mail.to)
        message["Subject"] = " ".join(mail.subject.split())
        message["Date"] = format_datetime(now)
        host = parseaddr(self._sender)[1].rpartition("@")[2] or "localhost"
        message["Message-ID"] = f"<{mail.id}.{hashlib.sha256(mail.key.encode()).hexdigest()[:24]}@{host}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        return message

    def _try_later(self, mail: Mail, error: Exception, now: datetime.datetime) -> None:
        if mail.tries > len(GAPS):
            self._change(mail, {"state": _FAILED, "fault": str(error), **_DONE})
            logger.warning("mail %s failed for good: %s", mail.id, error)
        else:
            again = now + GAPS[mail.tries - 1]
            self._change(mail, {"state": _WAITING, "next_try_at": again, "fault": str(error)})

    def _give_up(self, mail: Mail, error: Exception, now: datetime.datetime) -> None:
        """A mail that is refused for good: who does not get our mails is asked in another way."""
        failed = {"state": _FAILED, "fault": type(error).__name__, **_DONE}
        with self._database.writing() as session:
            session.exec(update(Mail).where(col(Mail.id) == mail.id).values(**failed))
            session.exec(update(Person).where(col(Person.id) == mail.person_id).values(mail_failed_at=now))
        logger.warning("mail %s was refused", mail.id)
