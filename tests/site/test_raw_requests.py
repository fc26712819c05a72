"""The real server, asked by something that is no browser: it answers, refuses, and goes on serving everybody else."""

import re
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.served import served
from tests.web.rich_content import write_rich_content

SECONDS = 10
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3}) ")
HOST = b"Host: directory.example.org\r\n"
REFUSED = {400, 404, 405, 413, 414, 431, 501, 505}
SENT = {
    "bytes that are no text in a query": (b"GET /search?q=\xff\xfe%00 HTTP/1.1\r\n" + HOST, {200, 400}),
    "bytes that are no text in a path": (b"GET /listings/\xff\xfe HTTP/1.1\r\n" + HOST, {400, 404}),
    "codes that are no text": (b"GET /%ff%fe/listings/%80 HTTP/1.1\r\n" + HOST, {404}),
    "a nought in a path": (b"GET /listings/%00 HTTP/1.1\r\n" + HOST, {404}),
    "a path out of the folder": (b"GET /../../../etc/passwd HTTP/1.1\r\n" + HOST, {404}),
    "the address of another host": (b"GET http://evil.example.org/ HTTP/1.1\r\n" + HOST, {200, *REFUSED}),
    "two slashes and another host": (b"GET //evil.example.org/%2e%2e HTTP/1.1\r\n" + HOST, {200, *REFUSED}),
    "a very long query": (b"GET /search?q=" + b"x" * 60_000 + b" HTTP/1.1\r\n" + HOST, REFUSED),
    "a query as long as the server takes": (b"GET /search?q=" + b"x+" * 1_900 + b" HTTP/1.1\r\n" + HOST, {200}),
    "a very long header": (b"GET / HTTP/1.1\r\nCookie: " + b"x" * 60_000 + b"\r\n" + HOST, REFUSED),
    "very many headers": (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 2_000 + HOST, REFUSED),
    "no host": (b"GET / HTTP/1.1\r\n", {200, 400}),
    "two hosts": (b"GET / HTTP/1.1\r\nHost: evil.example.org\r\n" + HOST, {200, 400}),
    "a wrong length": (b"POST /search HTTP/1.1\r\nContent-Length: -1\r\n" + HOST, REFUSED),
    "two lengths": (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n" + HOST, REFUSED),
    "an unknown method": (b"BREW / HTTP/1.1\r\n" + HOST, REFUSED),
    "a place for the site that it does not have": (
        b"GET / HTTP/1.1\r\nScript-Name: /evil\r\nScript_Name: /evil\r\n" + HOST,
        {200, 400},
    ),
    "no protocol": (b"HELLO\r\n", REFUSED),
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A small site behind the real server."""
    folder = tmp_path_factory.mktemp("raw")
    with served(write_rich_content(folder / "content"), folder) as at:
        yield at


def _send(address: str, request: bytes) -> bytes:
    """Sends a request and reads until the server hangs up; a server that cuts a bad request short is no fault."""
    answer = b""
    with socket.create_connection((urlsplit(address).hostname, urlsplit(address).port), SECONDS) as connection:
        try:
            connection.sendall(request + b"Connection: close\r\n\r\n")
            while part := connection.recv(65_536):
                answer += part
        except (BrokenPipeError, ConnectionResetError):
            pass
    return answer


@pytest.mark.parametrize("kind", SENT)
def test_a_strange_request_is_answered_or_refused_and_the_next_one_is_served(address: str, kind: str) -> None:
    request, allowed = SENT[kind]
    answer = _send(address, request)
    found = STATUS.match(answer)
    assert found, answer[:200]
    assert int(found[1]) in allowed, answer[:200]
    assert not re.search(rb"href=.(https?:)?//evil|Location: (https?:)?//evil|\"/evil/", answer)
    assert b"Traceback" not in answer
    assert STATUS.match(_send(address, b"GET /healthz HTTP/1.1\r\n" + HOST))
