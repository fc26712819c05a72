"""Measures `directory check` and `directory index` beside the libraries that they cannot be faster than."""

import shutil
import statistics
import sys
from pathlib import Path

from tests.bench.pages import Say, environ
from tests.bench.report import Row
from tests.bench.running import BIN, seconds_of

_IN_PROCESS = """\
import sys, time
from pathlib import Path
from directory import content
began = time.perf_counter()
content.check(Path(sys.argv[1]), Path(sys.argv[2]))
print(time.perf_counter() - began)
"""


def check(folder: Path, work: Path, times: int, say: Say) -> list[Row]:
    """The first check, the second with nothing changed, and PyYAML's C loader alone; in turn, medians."""
    memory = work / "check"
    found: dict[str, list[float]] = {}
    for number in range(times):
        shutil.rmtree(memory, ignore_errors=True)
        command = [str(BIN / "directory"), "check"]
        _keep(found, "first", seconds_of(command, environ(folder, memory))[0])
        _keep(found, "second", seconds_of(command, environ(folder, memory))[0])
        shutil.rmtree(memory)
        for name in ("first inside", "second inside"):
            _keep(found, name, _printed([sys.executable, "-c", _IN_PROCESS, str(folder), str(memory)]))
        _keep(found, "yaml", _printed([sys.executable, "-m", "tests.bench.yaml_loader", str(folder)]))
        say(f"directory check, {number + 1} of {times}: " + _told(found))
    middle = {name: statistics.median(values) for name, values in found.items()}
    peer = "beside PyYAML's C loader"
    return [
        Row("directory check, first", middle["first"], "s", middle["yaml"], at_most=3.0, note=f"process, {peer}"),
        Row("directory check, first", middle["first inside"], "s", middle["yaml"], note=f"without start, {peer}"),
        Row("directory check, second", middle["second"], "s", middle["first"], at_most=0.2, note="beside the first"),
        Row("directory check, second", middle["second inside"], "s", middle["first inside"], note="without start"),
    ]


def index(folder: Path, work: Path, times: int, say: Say) -> list[Row]:
    """The index built anew, with and without memory of the content, and Whoosh's writer alone; in turn, medians."""
    memory = work / "index"
    found: dict[str, list[float]] = {}
    for number in range(times):
        shutil.rmtree(memory, ignore_errors=True)
        for name in ("without memory", "with memory"):
            _keep(found, name, seconds_of([str(BIN / "directory"), "index"], environ(folder, memory))[0])
        for way in ("ready", "plain"):
            _keep(found, way, _printed([sys.executable, "-m", "tests.bench.whoosh_writer", str(folder), way]))
        say(f"directory index, {number + 1} of {times}: " + _told(found))
    middle = {name: statistics.median(values) for name, values in found.items()}
    size = sum(file.stat().st_size for file in (memory / "current").resolve().iterdir()) / 1e6
    return [
        *(
            _beside_whoosh(f"directory index, {name} of the content", middle, name)
            for name in ("with memory", "without memory")
        ),
        Row("directory index beside Whoosh's writer with text fields", middle["without memory"], "s", middle["plain"]),
        Row("The index", size, "MB"),
    ]


def _beside_whoosh(title: str, middle: dict[str, float], name: str) -> Row:
    return Row(title, middle[name], "s", middle["ready"], at_most=1.5, note="beside Whoosh's writer, terms ready")


def _printed(command: list[str]) -> float:
    return float(seconds_of(command)[1])


def _keep(found: dict[str, list[float]], name: str, seconds: float) -> None:
    found.setdefault(name, []).append(seconds)


def _told(found: dict[str, list[float]]) -> str:
    return ", ".join(f"{name} {values[-1]:.2f}" for name, values in found.items()) + " seconds"
