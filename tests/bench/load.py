"""Asks a server for pages as fast as it gives them: with wrk where it is installed, else with processes of Python."""

import http.client
import json
import multiprocessing
import shutil
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 8
_SCRIPT = """\
local paths, at = {}, 0
for path in io.lines("%s") do paths[#paths + 1] = path end
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format('\\nMEASURED {"requests": %%d, "seconds": %%f, "median": %%f, "late": %%f, "errors": %%d}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
"""


@dataclass(frozen=True)
class Load:
    """What a server did under load. ``median`` and ``late`` (95 of 100 are sooner) are milliseconds an answer."""

    requests: int
    seconds: float
    median: float
    late: float
    errors: int

    @property
    def a_second(self) -> float:
        """Requests answered in a second."""
        return self.requests / self.seconds


def client() -> str:
    """What asks for the pages."""
    return "wrk" if shutil.which("wrk") else "processes of Python"


def load(port: int, paths: Sequence[str], seconds: float, folder: Path, accept: str = "identity") -> Load:
    """The paths in turn, again and again for so many seconds, over ``CONNECTIONS`` connections.

    ``accept`` is the compression that answers may have.
    """
    if shutil.which("wrk"):
        return _by_wrk(port, paths, seconds, folder, accept)
    return _by_processes(port, paths, seconds, accept)


def _by_wrk(port: int, paths: Sequence[str], seconds: float, folder: Path, accept: str) -> Load:
    script, listed = folder / "wrk.lua", folder / "paths.txt"
    listed.write_text("\n".join(paths) + "\n")
    script.write_text(_SCRIPT % listed)
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "--timeout", "10s", "-s", str(script)]
    command += ["-H", f"Accept-Encoding: {accept}"]
    done = subprocess.run([*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("MEASURED "))
    return Load(**json.loads(line.removeprefix("MEASURED ")))


def _by_processes(port: int, paths: Sequence[str], seconds: float, accept: str) -> Load:
    starts = range(0, len(paths), max(1, len(paths) // CONNECTIONS))[:CONNECTIONS]
    asked = [(port, [*paths[start:], *paths[:start]], seconds, accept) for start in starts]
    with multiprocessing.Pool(CONNECTIONS) as pool:
        times, errors = zip(*pool.starmap(visit, asked), strict=True)
    every = sorted(milliseconds for one in times for milliseconds in one)
    return Load(len(every), seconds, statistics.median(every), every[len(every) * 95 // 100], sum(errors))


def visit(port: int, paths: Sequence[str], seconds: float, accept: str, pause: float = 0.0) -> tuple[list[float], int]:
    """One visitor: the milliseconds of each answer, and how many were errors. ``pause`` is in seconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    times: list[float] = []
    errors, deadline = 0, time.perf_counter() + seconds
    while (began := time.perf_counter()) < deadline:
        try:
            connection.request("GET", paths[len(times) % len(paths)], headers={"Accept-Encoding": accept})
            got = connection.getresponse()
            got.read()
            errors += got.status >= 400
        except (OSError, http.client.HTTPException):
            connection.close()
            errors += 1
        times.append((time.perf_counter() - began) * 1000)
        time.sleep(pause)
    return times, errors
