"""The Nu HTML checker (npm vnu-jar): started once a run on the loopback address, then asked page by page."""

import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import programs
from tests.served import free_port

JAR = Path(__file__).parent.parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
START_SECONDS = 60
ANSWER_SECONDS = 30


@dataclass(frozen=True)
class NuChecker:
    """A running checker."""

    address: str

    def errors(self, html: str | bytes) -> list[str]:
        """What is wrong in a page, each as 'line: what (where)'; empty for a valid page.

        Warnings count as well as errors; advice that the checker marks as information does not.
        """
        body = html.encode() if isinstance(html, str) else html
        request = urllib.request.Request(
            f"{self.address}/?out=json", data=body, headers={"Content-Type": "text/html; charset=utf-8"}
        )
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:
            messages = json.load(answer)["messages"]
        return [
            f"{message.get('lastLine', 0)}: {message['message']} ({message.get('extract', '').strip()})"
            for message in messages
            if message["type"] != "info" or message.get("subType") == "warning"
        ]


def _wait_until_it_answers(checker: NuChecker, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            checker.errors("<!doctype html><html lang=en><title>Ready?</title>")
        except (urllib.error.URLError, ConnectionError) as fault:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The HTML checker did not start:\n{log.read_text()}") from fault
            time.sleep(0.1)
        else:
            return


@pytest.fixture(scope="session")
def nu_checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NuChecker]:
    """The checker, ready to be asked; a machine without Java fails the test with what to install."""
    port = free_port()
    command = [
        str(programs.java()),
        "-Dnu.validator.servlet.bind-address=127.0.0.1",
        "-cp",
        str(JAR),
        "nu.validator.servlet.Main",
        str(port),
    ]
    log = tmp_path_factory.mktemp("html-checker") / "log.txt"
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output) as process:
        try:
            checker = NuChecker(f"http://127.0.0.1:{port}")
            _wait_until_it_answers(checker, process, log)
            yield checker
        finally:
            process.terminate()
