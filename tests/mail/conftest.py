"""A database for mails, and a mail server on the loopback address that does what a test tells it."""

import datetime
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlmodel import select

from directory.mail import Letter, Mailer, put
from directory.model.calendar import LONDON
from directory.settings import Settings
from directory.tables import Database, Mail
from tests.postgres import NewDatabase

HANDED_OVER = "250 OK"
NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=LONDON)


@dataclass
class MailServer:
    """What a server took, and what it answers: by recipient, and to all mails while it is busy."""

    port: int
    taken: list[EmailMessage] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    answer: str = HANDED_OVER

    @property
    def url(self) -> str:
        """Its address in the settings."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Says whether the recipient exists."""
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Takes the mail, or does not."""
        if self.answer == HANDED_OVER:
            self.taken.append(message_from_bytes(envelope.original_content or b"", policy=policy.default))
        return self.answer


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@dataclass
class Post:
    """Mails in a database of the test's own, and what became of them."""

    database: Database
    settings: Settings

    def write(
        self, to: str, *, key: str = "", subject: str = "Hello", text: str = "Words", person: int | None = None
    ) -> bool:
        """Writes one mail down."""
        with self.database.writing() as session:
            return put(session, Letter(subject, text), key=key or f"to {to}", to=to, person=person, now=NOW)

    def send(self, *, after: datetime.timedelta = datetime.timedelta(0), smtp_url: str | None = None) -> int:
        """Sends what waits, so long after the mails were written."""
        return Mailer(self.database, replace(self.settings, smtp_url=smtp_url)).send_waiting(now=NOW + after)

    @property
    def rows(self) -> list[Mail]:
        """The mails as the database has them."""
        with self.database.reading() as session:
            return list(session.exec(select(Mail).order_by(Mail.key)))

    @property
    def states(self) -> list[str]:
        """What became of each mail, by key."""
        return [one.state for one in self.rows]


@pytest.fixture
def post(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Post]:
    """An empty outbox, in SQLite where a test does not name another database."""
    if getattr(request, "param", "sqlite") == "sqlite":
        url = f"sqlite:///{tmp_path / 'directory.sqlite'}"
    else:
        new_postgres: NewDatabase = request.getfixturevalue("new_postgres")
        url = new_postgres()
    sender, folder = "Testbridge <team@example.org>", tmp_path / "mail"
    post = Post(Database(url), Settings(tmp_path, tmp_path, url, mail_from=sender, mail_folder=folder))
    yield post
    post.database.close()


@pytest.fixture
def mail_server() -> Iterator[Callable[..., MailServer]]:
    """Starts mail servers, each on a free port, and stops them at the end."""
    started: list[Controller] = []

    def start(port: int = 0) -> MailServer:
        server = MailServer(port or free_port())
        controller = Controller(server, hostname="127.0.0.1", port=server.port)
        controller.start()
        started.append(controller)
        return server

    yield start
    for one in started:
        one.stop(no_assert=True)
