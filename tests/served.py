"""The site served as it is in life: ``directory serve`` in a process of its own, on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTBRIDGE = ROOT / "tests" / "data" / "testbridge" / "content"
START_SECONDS = 60
STOP_SECONDS = 20


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=START_SECONDS):
                return
        except (urllib.error.URLError, ConnectionError) as fault:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The site did not start:\n{log.read_text()}") from fault
            time.sleep(0.05)


@contextmanager
def served(content: Path, folder: Path, moment: str | None = None) -> Iterator[str]:
    """The address of a site that serves this content until the block ends; what it writes lies in the folder.

    At a ``moment``, such as 2026-11-23T09:00 in London, its clock stands still.
    """
    port = free_port()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("DIRECTORY_")}
    environ |= {
        "DIRECTORY_CONTENT": str(content),
        "DIRECTORY_INDEX": str(folder / "search_index"),
        "DIRECTORY_DATABASE_URL": f"sqlite:///{folder / 'directory.sqlite'}",
        "DIRECTORY_MAIL_FOLDER": str(folder / "mail"),
    }
    address = f"127.0.0.1:{port}"
    if moment:
        command = [sys.executable, "-m", "tests.at_a_time", moment, address]
    else:
        command = [str(Path(sys.executable).parent / "directory"), "serve", "--port", str(port), "--workers", "1"]
    log = folder / "log.txt"
    with (
        log.open("wb") as output,
        subprocess.Popen(command, stdout=output, stderr=output, env=environ, cwd=ROOT) as process,
    ):
        try:
            _wait_until_ready(f"http://{address}", process, log)
            yield f"http://{address}"
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)
