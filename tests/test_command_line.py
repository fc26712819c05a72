"""The commands, as people and timers call them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.importing.test_import import RECORD, TOWNS
from tests.small_content import write_small_content

PROGRAM = Path(sys.executable).parent / "directory"
STARTS_WITHIN = 30
SEEN_WITHIN = 2
"""Seconds within which a running site shows changed content (the promise of the README)."""


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, str]:
    write_small_content(tmp_path / "content")
    return {
        "DIRECTORY_CONTENT": str(tmp_path / "content"),
        "DIRECTORY_INDEX": str(tmp_path / "index"),
        "DIRECTORY_DATABASE_URL": f"sqlite:///{tmp_path}/directory.sqlite",
    }


def run(folders: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | folders
    return subprocess.run(
        [PROGRAM, *arguments], env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def break_listing(folders: dict[str, str]) -> Path:
    file = Path(folders["DIRECTORY_CONTENT"]) / "listings/little-stars.yaml"
    file.write_text(file.read_text().replace("kind: activity", "kind: club"))
    return file


def test_check_says_nothing_is_wrong_and_exits_with_0(folders: dict[str, str]) -> None:
    done = run(folders, "check")
    assert (done.returncode, done.stdout) == (0, "")


def test_check_tells_each_fault_on_a_line_and_exits_with_1(folders: dict[str, str]) -> None:
    break_listing(folders)
    done = run(folders, "check")
    assert done.returncode == 1
    assert done.stdout.startswith("listings/little-stars.yaml:1: kind is not one that we know")
    assert done.stdout.count("\n") == 1


def test_check_fix_rewrites_what_is_sound(folders: dict[str, str]) -> None:
    file = Path(folders["DIRECTORY_CONTENT"]) / "listings/little-stars.yaml"
    canonical = file.read_text()
    file.write_text(canonical.replace("kind: activity\n", "").rstrip("\n") + "\nkind:   activity\n")
    assert run(folders, "check", "--fix").returncode == 0
    assert file.read_text() == canonical


def test_flags_count_for_more_than_the_environment(folders: dict[str, str], tmp_path: Path) -> None:
    done = run(folders, "check", "--content", str(tmp_path / "nowhere"))
    assert done.returncode == 1
    assert "is not a folder" in done.stdout


@pytest.mark.parametrize(
    "arguments", [["chek"], ["check", "--fixx"], ["import"], ["serve", "--port", "abc"], ["init", "."]]
)
def test_a_wrong_call_exits_with_2(folders: dict[str, str], arguments: list[str]) -> None:
    assert run(folders, *arguments).returncode == 2


def test_index_builds_and_search_finds(folders: dict[str, str]) -> None:
    assert run(folders, "index").returncode == 0
    done = run(folders, "search", "toddler group", "--json")
    assert done.returncode == 0
    assert [result["slug"] for result in json.loads(done.stdout)["results"]] == ["little-stars"]


def test_a_batch_answers_line_for_line(folders: dict[str, str], tmp_path: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"q": "stay and play"}\n{"q": "NOT OR zebra"}\n{"q": "family hub", "id": "Q1"}\n')
    done = run(folders, "search", "--batch", str(queries))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["q"] for answer in answers] == ["stay and play", "NOT OR zebra", "family hub"]
    assert set(answers[0]) == {"q", "total", "results", "understood", "urgent"}
    assert answers[0]["results"][0] == {
        "slug": "little-stars",
        "title": "Little Stars stay and play",
        "kind": "activity",
        "source_id": None,
    }
    assert (answers[1]["total"], answers[1]["results"]) == (0, [])
    assert answers[2]["results"][0]["slug"] == "brackenhill-family-hub"


def test_a_directory_is_started_and_filled_with_two_commands(folders: dict[str, str], tmp_path: Path) -> None:
    new, records, towns = tmp_path / "new", tmp_path / "records.jsonl", tmp_path / "towns.csv"
    record = RECORD | {
        "categories": ["Under-5s and childcare > Stay and play, toddler groups"],
        "source": "an invented page",
    }
    records.write_text(
        json.dumps(record) + "\n" + json.dumps(record | {"id": "L901", "title": "B", "phone": "1"}) + "\n"
    )
    towns.write_text(TOWNS)
    assert run(folders, "init", str(new), "--title", "Testbridge Directory", "--area", "Testbridge").returncode == 0
    arguments = ["import", str(records), "--places", str(towns), "--system", "testbridge", "--content", str(new)]
    rehearsal = run(folders, *arguments, "--dry-run")
    assert rehearsal.returncode == 1
    assert not (new / "listings").exists()
    done = run(folders, *arguments)
    assert done.stdout == rehearsal.stdout
    assert "+ line 1 L900 added: rhymes-and-buns" in done.stdout
    assert "! line 2 L901 failed: phones.0.number" in done.stdout
    assert [file.name for file in (new / "listings").iterdir()] == ["rhymes-and-buns.yaml"]
    assert run(folders, "check", "--content", str(new)).returncode == 0


def test_init_does_not_write_into_a_folder_that_holds_something(folders: dict[str, str]) -> None:
    done = run(folders, "init", folders["DIRECTORY_CONTENT"])
    assert done.returncode == 2
    assert "is not empty" in done.stderr


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def served(folders: dict[str, str], *arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    port = free_port()
    command = [str(PROGRAM), "serve", "--port", str(port), *arguments]
    with subprocess.Popen(command, env=os.environ | folders, stderr=subprocess.PIPE, text=True) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until(lambda: answer(f"{address}/readyz").startswith("ready"), STARTS_WITHIN)
            yield address, process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(STARTS_WITHIN)


def answer(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return str(response.read().decode())
    except OSError:
        return ""


def wait_until(happened: object, seconds: float) -> None:
    assert callable(happened)
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_a_running_site_shows_changed_content_on_every_worker(folders: dict[str, str]) -> None:
    with served(folders, "--workers", "2") as (address, _):
        file = Path(folders["DIRECTORY_CONTENT"]) / "listings/little-stars.yaml"
        file.write_text(file.read_text().replace("a cup of tea", "a slice of melon"))
        wait_until(lambda: all("melon" in answer(f"{address}/listings/little-stars") for _ in range(8)), SEEN_WITHIN)
        wait_until(lambda: all("melon" in answer(f"{address}/search?q=melon") for _ in range(8)), SEEN_WITHIN)


def test_a_running_site_stays_on_the_last_good_content_and_says_so(folders: dict[str, str]) -> None:
    with served(folders, "--workers", "1") as (address, process):
        break_listing(folders)
        assert process.stderr
        told = ""
        while "kind is not one that we know" not in told:
            told = process.stderr.readline()
            assert told
        assert "Little Stars" in answer(f"{address}/listings/little-stars")
        checked = run(folders, "check")
        assert checked.returncode == 1
        assert "still serves the last content without faults" in checked.stderr


def test_a_site_refuses_to_start_on_broken_content_alone(folders: dict[str, str]) -> None:
    break_listing(folders)
    done = run(folders, "serve", "--port", str(free_port()))
    assert done.returncode == 1
    assert "listings/little-stars.yaml:1: kind is not one that we know" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_site_starts_on_broken_content_with_the_last_good(folders: dict[str, str]) -> None:
    assert run(folders, "index").returncode == 0
    break_listing(folders)
    with served(folders, "--workers", "1") as (address, _):
        assert "Little Stars" in answer(f"{address}/listings/little-stars")
