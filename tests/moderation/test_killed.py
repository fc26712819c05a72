"""A process may be killed at any moment: nothing that was approved is lost, and nothing is half done."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.moderation.killing import SCENARIOS, Found

AT_LEAST = 200
"""Places at which a process has to have been killed, in all."""
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    """What came of killing processes at every step of every scenario."""
    folder = tmp_path_factory.mktemp("killed")
    environ = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # a process with threads must not fork
    command = [sys.executable, "-m", "tests.moderation.killing", str(folder)]
    subprocess.run(command, cwd=ROOT, env=environ, check=True)
    found: dict[str, Found] = json.loads((folder / "found.json").read_text())
    return found


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_whatever_is_killed_half_way_is_whole_after_a_restart(scenario: str, found: dict[str, Found]) -> None:
    assert found[scenario]["wrong"] == []


def test_every_step_was_tried(found: dict[str, Found]) -> None:
    assert all(one["killed"] > 20 for one in found.values())
    assert sum(one["killed"] for one in found.values()) >= AT_LEAST
