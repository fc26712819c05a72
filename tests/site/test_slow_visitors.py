"""The real server, asked by people with a poor signal: nobody else waits for them for long."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.served import served
from tests.web.rich_content import write_rich_content

WORKERS = 1
PATIENCE = 20
WHOLE = b"GET /healthz HTTP/1.1\r\nHost: directory.example.org\r\n\r\n"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[tuple[str, int]]:
    """Where a small site listens."""
    with served(write_rich_content(tmp_path / "content"), tmp_path) as at:
        parts = urlsplit(at)
        yield str(parts.hostname), int(parts.port or 0)


def test_silent_and_stuck_visitors_keep_the_site_from_nobody(address: tuple[str, int]) -> None:
    with ExitStack() as opened:
        silent = [opened.enter_context(socket.create_connection(address, PATIENCE)) for _ in range(5 * WORKERS)]
        assert _answer(opened.enter_context(socket.create_connection(address, PATIENCE)), WHOLE).startswith(
            b"HTTP/1.1 200"
        )
        stuck = [opened.enter_context(socket.create_connection(address, PATIENCE)) for _ in range(WORKERS)]
        for one in stuck:
            one.sendall(WHOLE[:30])
        assert all(_answer(one, WHOLE).startswith(b"HTTP/1.1 200") for one in silent)


def _answer(connection: socket.socket, request: bytes) -> bytes:
    """The start of the answer. The connection is closed after it, as browsers do: gunicorn waits for that."""
    connection.sendall(request)
    answer = connection.recv(100)
    connection.close()
    return answer
