"""The two ways out for a mail: an SMTP server, and a folder for whoever has none."""

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from directory.model.errors import DirectoryError
from directory.settings import Settings

SECONDS = 20
"""How long a mail server may take for each answer."""
_HERE = ("localhost", "127.0.0.1", "::1")


class MailUnusable(DirectoryError):
    """The address of the mail server is none."""


class Refused(DirectoryError):
    """The server will never take this mail."""


class NotNow(DirectoryError):
    """The server did not take this mail, and may take it later."""


class Way(Protocol):
    """A way out that is open for some mails."""

    def deliver(self, message: EmailMessage) -> None:
        """Hands one mail over. Raises ``Refused`` or ``NotNow``."""


def opener(settings: Settings) -> "SmtpServer | Folder":
    """The way that the settings name. Raises ``MailUnusable``."""
    return SmtpServer.at(settings.smtp_url) if settings.smtp_url else Folder(settings.mail_folder)


@dataclass(frozen=True)
class Folder:
    """A folder into which every mail goes as a file: nobody but who runs the site may read it, for links let people in.

    Written under another name first: whoever watches the folder never sees half a mail.
    """

    path: Path

    @contextmanager
    def open(self) -> Iterator[Way]:
        """Makes the folder where it is missing."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        yield self

    def deliver(self, message: EmailMessage) -> None:
        """Writes the mail; the same mail twice is one file."""
        name = message["Message-ID"].strip("<>").partition("@")[0]
        half = self.path / f"{name}.part"
        try:
            half.touch(mode=0o600)
            half.write_bytes(bytes(message))
            half.replace(self.path / f"{name}.eml")
        except OSError as error:
            raise NotNow(f"the folder cannot be written: {type(error).__name__}") from error


@dataclass(frozen=True)
class SmtpServer:
    """A mail server, and how to speak to it."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    is_tls: bool = False
    has_starttls: bool = False

    @classmethod
    def at(cls, url: str) -> "SmtpServer":
        """Reads ``smtp://user:password@host:587?starttls=yes`` or ``smtps://user:password@host``.

        Raises ``MailUnusable``; what it says holds no password. One is never sent without TLS to another machine.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise _not_an_address() from error
        if parts.scheme not in ("smtp", "smtps") or not host:
            raise _not_an_address()
        server = cls._of(parts, host, port)
        if server.user and host not in _HERE and not (server.is_tls or server.has_starttls):
            raise MailUnusable("DIRECTORY_SMTP_URL would send its password in the clear; end it with ?starttls=yes")
        return server

    @classmethod
    def _of(cls, parts: SplitResult, host: str, port: int | None) -> "SmtpServer":
        is_tls = parts.scheme == "smtps"
        has_starttls = parse_qs(parts.query).get("starttls", ["no"])[-1].lower() in ("yes", "on", "true", "1")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(host, port or (465 if is_tls else 587 if has_starttls else 25), user, password, is_tls, has_starttls)

    @contextmanager
    def open(self) -> Iterator[Way]:
        """One connection for as many mails as there are. Raises ``NotNow`` where there is none to be had."""
        try:
            connection = self._connect()
        except (smtplib.SMTPException, OSError) as error:
            raise NotNow(f"the mail server cannot be used: {type(error).__name__}") from error
        try:
            yield _Connection(connection)
        finally:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                connection.quit()

    def _connect(self) -> smtplib.SMTP:
        # A name is given because to look for our own can take half a minute where names are served badly.
        at, tls = (self.host, self.port, "localhost"), ssl.create_default_context()
        plain = smtplib.SMTP if not self.is_tls else partial(smtplib.SMTP_SSL, context=tls)
        connection = plain(*at, timeout=SECONDS)
        try:
            if self.has_starttls:
                connection.starttls(context=tls)
            if self.user:
                connection.login(self.user, self.password)
        except BaseException:
            connection.close()
            raise
        return connection


def _not_an_address() -> MailUnusable:
    return MailUnusable("DIRECTORY_SMTP_URL is no address; write it as smtp://user:password@host:587?starttls=yes")


@dataclass(frozen=True)
class _Connection:
    server: smtplib.SMTP

    def deliver(self, message: EmailMessage) -> None:
        """Hands one mail over. What the server says about us, and not about this mail, may be otherwise later."""
        try:
            self.server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise (Refused if code >= 500 else NotNow)(f"the server refused the recipient: {code}") from error
        except smtplib.SMTPDataError as error:
            code = error.smtp_code
            raise (Refused if code >= 500 else NotNow)(f"the server refused the mail: {code}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotNow(f"the mail server stopped: {type(error).__name__}") from error
