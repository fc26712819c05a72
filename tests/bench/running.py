"""Starts servers and commands as processes of their own, and says what they cost the machine."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STARTS_WITHIN = 120
STOPS_WITHIN = 20
_BETWEEN_LOOKS = 0.05
_TICKS = os.sysconf("SC_CLK_TCK")
BIN = Path(sys.executable).parent


class NotRunning(Exception):
    """A program that should be measured did not start, or did not end well; says what it wrote."""


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, and the process that started it."""

    port: int
    process: int

    def processes(self) -> list[int]:
        """The process and its children, which are a server's workers."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        return [self.process, *map(int, children)]

    def processor_seconds(self) -> float:
        """What the server has taken of the processors so far."""
        return sum(_processor_seconds(process) for process in self.processes())

    def worker_megabytes(self) -> float:
        """The largest worker's resident memory, what it shares with the others counted in."""
        return max(map(_megabytes, self.processes()[1:]))


def _processor_seconds(process: int) -> float:
    user, system = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / _TICKS


def _megabytes(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


@contextmanager
def serving(
    command: Sequence[str], port: int, path: str, log: Path, environ: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """The server of a command while it answers ``path``. What it writes goes to ``log``. Raises ``NotRunning``."""
    with log.open("w") as said, subprocess.Popen(command, stdout=said, stderr=said, env=environ) as process:
        try:
            _wait_for(process, port, path, log)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(STOPS_WITHIN)


def _wait_for(process: "subprocess.Popen[bytes]", port: int, path: str, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if answer(port, path)[0] == 200:
                return
        except OSError:
            time.sleep(_BETWEEN_LOOKS)
    raise NotRunning(f"{process.args!r} did not serve {path}:\n{log.read_text()}")


def answer(port: int, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
    """The status and the bytes of one answer, over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Connection": "close", **(headers or {})})
        got = connection.getresponse()
        return got.status, got.read()
    finally:
        connection.close()


def seconds_of(command: Sequence[str], environ: Mapping[str, str] | None = None) -> tuple[float, str]:
    """How long a command takes from its start to its end, and what it printed. Raises ``NotRunning`` where it fails."""
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env=environ, check=False)
    took = time.perf_counter() - began
    if done.returncode:
        raise NotRunning(f"{command!r} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return took, done.stdout
