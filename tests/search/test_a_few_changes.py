"""A process that takes in changes one by one is where one that reads everything anew would be."""

import random
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from directory.content import ContentStore, load
from directory.model.snapshot import Snapshot
from directory.search import Query, SearchIndex
from tests.search.conftest import TESTBRIDGE
from tests.search.invented import NOW

SEEDS = (1, 2)
ROUNDS, EACH = 8, 4
ASKED = (
    "", "baby group", "stay and play", "fod bank", "swiming lessons", "drummmers", "saxophonist", "trombonne",
    "my son is being bullied", "help with money near Brackenhill", "free on tuesday", "hub", "toddlergroup",
)  # fmt: skip
WORDS = ("drummers", "saxophone", "trombone", "baby", "swimming", "kabaddi", "toddler", "toddlergroup", "Zażółć")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for file in TESTBRIDGE.rglob("*.yaml"):
        copy = tmp_path / "content" / file.relative_to(TESTBRIDGE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    return tmp_path / "content"


def put(path: Path, data: dict[str, Any]) -> None:
    """As approvals write: a whole file in the place of the old one."""
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    draft.replace(path)


def data_of(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(file.read_text())
    return data


def hubs(content: Path) -> list[Path]:
    files = sorted((content / "listings").glob("*.yaml"))
    return [file for file in files if file.read_text().startswith("kind: hub\n")]


def other_words(chance: random.Random, file: Path, _content: Path) -> None:
    put(file, data_of(file) | {"summary": " ".join(chance.choices(WORDS, k=4))})


def another_title(chance: random.Random, file: Path, _content: Path) -> None:
    put(file, data_of(file) | {"title": f"{chance.choice(WORDS).title()} {chance.randrange(99)}"})


def another_place(chance: random.Random, file: Path, content: Path) -> None:
    if data_of(file)["kind"] == "activity":
        put(file, data_of(file) | {"locations": [{"at": chance.choice(hubs(content)).stem}]})


def one_more(chance: random.Random, file: Path, _content: Path) -> None:
    put(file.with_name(f"added-{chance.randrange(999)}.yaml"), data_of(file) | {"title": f"New {chance.random()}"})


def one_less(_chance: random.Random, file: Path, _content: Path) -> None:
    file.unlink()


def another_check(chance: random.Random, file: Path, _content: Path) -> None:
    put(file, data_of(file) | {"checked": {"on": f"2026-0{chance.randrange(1, 9)}-01", "by": "provider"}})


def another_name_of_a_hub(chance: random.Random, _file: Path, content: Path) -> None:
    hub = chance.choice(hubs(content))
    put(hub, data_of(hub) | {"title": f"{chance.choice(WORDS)} Family Hub"})


def another_name_of_a_provider(chance: random.Random, _file: Path, content: Path) -> None:
    provider = chance.choice(sorted((content / "providers").glob("*.yaml")))
    put(provider, data_of(provider) | {"name": f"{chance.choice(WORDS)} Trust"})


def a_town_elsewhere(chance: random.Random, _file: Path, content: Path) -> None:
    places = data_of(content / "places.yaml")
    places["places"][0]["latitude"] = round(53.5 + chance.random() / 10, 4)
    put(content / "places.yaml", places)


CHANGES = (
    other_words, another_title, another_place, one_more, one_less, another_check, another_name_of_a_hub,
    another_name_of_a_provider, a_town_elsewhere,
)  # fmt: skip
"""Some of them break now and then what other files say."""


def change_something(chance: random.Random, content: Path) -> None:
    change = chance.choices(CHANGES, weights=(4, 2, 2, 2, 1, 2, 1, 0.5, 0.5))[0]
    change(chance, chance.choice(sorted((content / "listings").glob("*.yaml"))), content)


def answers(index: SearchIndex) -> Iterator[object]:
    for words in ASKED:
        yield index.search(Query(words, NOW, page=1, per_page=200))


def parts_of(snapshot: Snapshot) -> dict[str, object]:
    """All that a snapshot holds, in its order, and what is worked out of it."""
    worked_out = ("buildings", "sensitive_listings", "offered_at", "category_by_slug", "place_by_name", "venue_by_slug")
    names = (*(one.name for one in fields(snapshot)), *worked_out)
    return {name: getattr(snapshot, name) for name in names} | {"order": tuple(snapshot.listings)}


@pytest.mark.parametrize("seed", SEEDS)
def test_any_changes_leave_what_a_process_started_anew_would_have(content: Path, tmp_path: Path, seed: int) -> None:
    chance, store = random.Random(seed), ContentStore(content, tmp_path / "index")
    index = SearchIndex(tmp_path / "index")
    index.sync(store.snapshot)
    compared = 0
    for number in range(ROUNDS):
        for _ in range(chance.randint(1, 3)):
            change_something(chance, content)
        chance.choice((store.glance, store.glance, store.refresh))()
        index.sync(store.snapshot)
        anew = load(content, tmp_path / "memory")
        assert store.faults == anew.faults
        if anew.snapshot:
            assert parts_of(store.snapshot) == parts_of(anew.snapshot)
        if anew.snapshot and number % EACH == EACH - 1:
            fresh = SearchIndex(tmp_path / f"anew-{number}")
            fresh.sync(anew.snapshot)
            assert list(answers(index)) == list(answers(fresh))
            compared += 1
    assert compared
