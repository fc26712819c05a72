"""``directory search`` and ``directory index``, as people and programs call them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.small_content import LISTING, write_small_content

PROGRAM = Path(sys.executable).parent / "directory"
RECORD = LISTING.replace("Little Stars", "Big Stars") + "source:\n  system: testbridge\n  id: L007\n"
URGENT = """\
cards:
- slug: emergency
  title: Call 999
  when: Somebody is in danger now
  phone: "999"
rules:
  situations:
  - slug: hit
    title: Somebody is hit
    cards:
    - emergency
    words:
    - hits me
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    place = tmp_path_factory.mktemp("directory")
    content = write_small_content(place / "content")
    (content / "listings/big-stars.yaml").write_text(RECORD)
    (content / "urgent.yaml").write_text(URGENT)
    return {
        "DIRECTORY_CONTENT": str(content),
        "DIRECTORY_INDEX": str(place / "index"),
        "DIRECTORY_DATABASE_URL": f"sqlite:///{place}/directory.sqlite",
    }


def run(folders: dict[str, str], *arguments: str, told: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *arguments], env=os.environ | folders, input=told, capture_output=True, text=True, check=False
    )


def answer(folders: dict[str, str], *arguments: str) -> dict[str, Any]:
    done = run(folders, "search", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_index_says_in_a_line_what_it_did(folders: dict[str, str]) -> None:
    done = run(folders, "index")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Indexed 3 listings in ")
    assert done.stdout.count("\n") == 1


def test_index_tells_what_is_wrong_with_the_content_and_exits_with_1(tmp_path: Path) -> None:
    content = write_small_content(tmp_path / "content")
    (content / "listings/little-stars.yaml").write_text(LISTING.replace("kind: activity", "kind: club"))
    done = run({}, "index", "--content", str(content), "--index", str(tmp_path / "index"))
    assert done.returncode == 1
    assert "listings/little-stars.yaml:1" in done.stderr


def test_search_prints_a_table_for_people(folders: dict[str, str]) -> None:
    done = run(folders, "search", "stars", "--near", "TB5 3")
    first, *_, last = done.stdout.splitlines()
    assert done.returncode == 0
    assert "Stars stay and play" in first
    assert "miles" in first
    assert last.endswith("listings found.")


def test_search_puts_urgent_help_above_all_else(folders: dict[str, str]) -> None:
    assert run(folders, "search", "he hits me").stdout.startswith("! Call 999 999\n")


def test_a_json_answer_has_what_programs_rely_on(folders: dict[str, str]) -> None:
    found = answer(folders, "the stars")
    assert list(found) == ["q", "total", "results", "understood", "urgent"]
    assert found["q"] == "the stars"
    assert found["total"] == 2
    assert found["results"][0] == {
        "slug": "big-stars",
        "title": "Big Stars stay and play",
        "kind": "activity",
        "source_id": "L007",
    }
    assert found["results"][1]["source_id"] is None
    assert found["understood"]["words"] == ["stars"]
    assert found["urgent"] == []


def test_a_place_is_understood_or_the_call_is_wrong(folders: dict[str, str]) -> None:
    assert answer(folders, "stars", "--near", "brackenhill")["understood"]["near"] == "Brackenhill"
    assert run(folders, "search", "stars", "--near", "Narnia").returncode == 2


def test_at_decides_what_is_published(folders: dict[str, str]) -> None:
    content = Path(folders["DIRECTORY_CONTENT"])
    later = LISTING.replace("Little Stars", "Winter") + "publish_from: 2030-01-01\n"
    (content / "listings/winter.yaml").write_text(later)
    before, after = (answer(folders, "winter", "--at", f"20{year}-01-02T09:00")["total"] for year in (29, 30))
    (content / "listings/winter.yaml").unlink()
    assert (before, after) == (0, 1)


def test_a_batch_answers_line_by_line_in_order(folders: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "batch.jsonl"
    file.write_text('{"q": "family hub"}\n\n{"q": "zzzz"}\n{"q": "bałagan"}\n', encoding="utf-8")
    done = run(folders, "search", "--batch", str(file))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [one["q"] for one in answers] == ["family hub", "zzzz", "bałagan"]
    assert [one["total"] > 0 for one in answers] == [True, False, False]


def test_a_line_that_is_no_search_is_told_and_the_rest_answered(folders: dict[str, str]) -> None:
    done = run(folders, "search", "--batch", "-", told='{"q": "hub"}\nhub\n{"q": 1}\n[]\n{"q": "stars"}\n')
    assert done.returncode == 1
    assert [json.loads(line)["q"] for line in done.stdout.splitlines()] == ["hub", "stars"]
    assert [line.split()[:2] for line in done.stderr.splitlines()] == [["line", "2"], ["line", "3"], ["line", "4"]]


@pytest.mark.parametrize("arguments", [(), ("food", "--batch", "-"), ("food", "--at", "tomorrow"), ("--batch", "nil")])
def test_a_wrong_call_exits_with_2(folders: dict[str, str], arguments: tuple[str, ...]) -> None:
    assert run(folders, "search", *arguments, told="").returncode == 2


def test_flags_come_before_the_environment(folders: dict[str, str], tmp_path: Path) -> None:
    other = {name: str(tmp_path / "nowhere") for name in folders}
    flags = [f"--{name[10:].lower().replace('_', '-')}={value}" for name, value in folders.items()]
    assert run(other, "search", "hub", *flags).returncode == 0
