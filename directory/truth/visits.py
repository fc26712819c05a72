"""Asking one website whether it is there, the way a polite stranger would. Hides HTTP.

It says who it is, does what ``robots.txt`` asks, leaves each host in peace between two requests, asks for the head
alone where that is enough, and never lets an address in a listing lead it into the network that it runs in.
"""

import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from http.client import HTTPException
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import urllib3
from urllib3.exceptions import HTTPError, SSLError

from directory.model.errors import DirectoryError

GAP_SECONDS = 2.0
"""Between two requests to one host; a host whose ``robots.txt`` asks for more, up to half a minute, has it."""
LONGEST_GAP = 30.0
TIMEOUT = urllib3.Timeout(connect=5, read=10)
MOST_REDIRECTS = 5
ROBOTS_BYTES = 100_000
"""As much of a ``robots.txt`` as is read (RFC 9309 asks for at least 500 kibibytes of a crawler; we ask for a page)."""
_MOVED, _FOR_GOOD = frozenset({301, 302, 303, 307, 308}), frozenset({301, 308})
_PORTS = {"http": 80, "https": 443}


class Outcome(StrEnum):
    """What became of asking."""

    FINE = "fine"
    MOVED = "moved"
    """It is somewhere else for good."""
    GONE = "gone"
    """The website says that there is no such page."""
    SILENT = "silent"
    """No answer, or one that it cannot answer now."""
    LEFT_ALONE = "left alone"
    """It does not want programs to ask, or is not on the public internet."""


@dataclass(frozen=True)
class Answer:
    """The outcome, with what there is to say about it: a new address, or what went wrong."""

    outcome: Outcome
    detail: str = ""


class _NoAnswer(DirectoryError):
    """The host cannot be reached or does not speak HTTP."""


class _NotOurs(DirectoryError):
    """The address is none that we may ask."""


@dataclass(frozen=True)
class _Reply:
    status: int
    location: str | None
    text: str = ""


@dataclass
class _Host:
    """One host: one request at a time, and the next one not before ``free_at``."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    gap: float = 0.0


class Visitor:
    """Asks websites. One for a whole run: it remembers each host's ``robots.txt`` and when it was last asked.

    ``may_visit_private`` lets it into private networks and to any port, for tests.
    """

    def __init__(
        self,
        agent: str,
        *,
        may_visit_private: bool = False,
        gap: float = GAP_SECONDS,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._agent, self._may_visit_private, self._wait = agent, may_visit_private, wait
        self._hosts: dict[str, _Host] = {}
        self._gap = gap
        self._robots: dict[str, RobotFileParser] = {}

    def visit(self, url: str) -> Answer:
        """Whether there is something at the address. Never raises for what a website does."""
        try:
            return self._followed(url)
        except _NoAnswer as error:
            return Answer(Outcome.SILENT, str(error))
        except _NotOurs as error:
            return Answer(Outcome.LEFT_ALONE, str(error))

    def _followed(self, url: str) -> Answer:
        where, is_for_good = url, True
        for _ in range(MOST_REDIRECTS + 1):
            if not self._robots_of(where).can_fetch(self._agent, where):
                raise _NotOurs("its robots.txt asks programs to stay away")
            reply = self._asked(where)
            if reply.status not in _MOVED or not reply.location:
                return _judged(url, where, reply.status, is_for_good=is_for_good)
            where, is_for_good = _led_to(where, reply.location), is_for_good and reply.status in _FOR_GOOD
        return Answer(Outcome.SILENT, "it leads from one address to the next without end")

    def _asked(self, url: str) -> _Reply:
        """The answer to a request for the head; where that is refused, to one for the whole page."""
        reply = self._request("HEAD", url)
        return reply if reply.status < 400 else self._request("GET", url)

    def _robots_of(self, url: str) -> RobotFileParser:
        origin = urljoin(url, "/")
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin)
        return self._robots[origin]

    def _read_robots(self, origin: str) -> RobotFileParser:
        """What robots may do (RFC 9309): where there is no file everything, where it cannot be told nothing."""
        where, rules = urljoin(origin, "robots.txt"), RobotFileParser()
        for _ in range(MOST_REDIRECTS + 1):
            reply = self._request("GET", where, reads=True)
            if reply.status not in _MOVED or not reply.location:
                break
            where = _led_to(where, reply.location)
        if reply.status >= 500:
            rules.disallow_all = True  # type: ignore[attr-defined]  # urllib's own way, missing in its types
        elif reply.status >= 400:
            rules.allow_all = True  # type: ignore[attr-defined]
        else:
            rules.parse(reply.text.splitlines())
        self._slow_down(origin, rules)
        return rules

    def _slow_down(self, origin: str, rules: RobotFileParser) -> None:
        host = self._host(urlsplit(origin))
        host.gap = min(LONGEST_GAP, max(host.gap, float(rules.crawl_delay(self._agent) or 0)))

    def _request(self, method: str, url: str, *, reads: bool = False) -> _Reply:
        """One request, when it is the host's turn. The only place that talks to anybody."""
        parts = self._allowed(url)
        host = self._host(parts)
        with host.lock:
            pause = host.free_at - time.monotonic()
            if pause > 0:
                self._wait(pause)
            try:
                return self._sent(method, parts, reads=reads)
            finally:
                host.free_at = time.monotonic() + host.gap

    def _host(self, parts: SplitResult) -> _Host:
        return self._hosts.setdefault(parts.hostname or "", _Host(gap=self._gap))

    def _allowed(self, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise _NotOurs("it leads to an address that is none") from error
        if parts.scheme not in _PORTS or not parts.hostname or parts.username:
            raise _NotOurs("it leads to an address that is no web page")
        if port not in (None, *_PORTS.values()) and not self._may_visit_private:
            raise _NotOurs("it leads to an unusual port")
        return parts

    def _sent(self, method: str, parts: SplitResult, *, reads: bool) -> _Reply:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Host": parts.netloc, "User-Agent": self._agent, "Accept": "text/html,*/*;q=0.5"}
        pool = self._pool(parts)
        try:
            # A body is read only where it says what robots may do; of a page, that it begins is enough.
            answer = pool.request(
                method,
                path,
                headers=headers,
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=reads,
            )
            text = answer.read(ROBOTS_BYTES).decode("utf-8", "replace") if reads else ""
            answer.close()
        except SSLError as error:
            raise _NoAnswer("its certificate is not valid") from error
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            raise _NoAnswer("it does not answer") from error
        finally:
            pool.close()
        return _Reply(answer.status, answer.headers.get("Location"), text)

    def _pool(self, parts: SplitResult) -> urllib3.HTTPConnectionPool:
        """A connection to the very address that was looked at: a name that changes meanwhile leads nowhere else."""
        host = parts.hostname or ""
        port = parts.port or _PORTS[parts.scheme]
        address = self._address(host, port)
        if parts.scheme == "http":
            return urllib3.HTTPConnectionPool(address, port, timeout=TIMEOUT)
        return urllib3.HTTPSConnectionPool(
            address, port, timeout=TIMEOUT, server_hostname=host, assert_hostname=host, cert_reqs="CERT_REQUIRED"
        )

    def _address(self, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise _NoAnswer("there is no website of that name") from error
        addresses = [str(one[4][0]) for one in found]
        if not self._may_visit_private and not all(_is_public(one) for one in addresses):
            raise _NotOurs("it leads to a private address")
        return min(addresses, key=lambda one: ":" in one)  # not every machine has the newer kind of network


def _is_public(address: str) -> bool:
    """Whether it belongs to the internet, and to no network that only we could reach."""
    number = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None) or number
    return bool(inner.is_global and not inner.is_multicast and number.is_global)


def _led_to(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise _NotOurs("it leads to an address that is none") from error


def _judged(asked: str, found: str, status: int, *, is_for_good: bool) -> Answer:
    if status in (404, 410):
        return Answer(Outcome.GONE, f"it answers {status}: there is no such page")
    if status >= 500:
        return Answer(Outcome.SILENT, f"it answers {status}: it is out of order")
    if status >= 400:
        return Answer(Outcome.FINE, f"it answers {status}: it does not talk to programs")
    if is_for_good and _place(asked) != _place(found):
        return Answer(Outcome.MOVED, found)
    return Answer(Outcome.FINE)


def _place(url: str) -> tuple[str, str, str]:
    """What makes a new address worth telling: not https, ``www`` or a slash at the end."""
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query
