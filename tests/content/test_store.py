"""A process stays on the last content that had no fault."""

import logging
from pathlib import Path

import pytest

from directory.content import BrokenContent, ContentStore, check

LITTLE_STARS = "listings/little-stars.yaml"


def edit(content: Path, old: str, new: str) -> None:
    file = content / LITTLE_STARS
    file.write_text(file.read_text().replace(old, new, 1))


def test_a_changed_file_is_taken_in(content: Path, index: Path) -> None:
    store = ContentStore(content, index)
    before = store.snapshot
    edit(content, "cup of tea", "biscuit")
    assert store.refresh()
    assert store.snapshot.listings["little-stars"].summary == "Play, songs and a biscuit."
    assert store.snapshot.revision != before.revision
    assert before.listings["little-stars"].summary == "Play, songs and a cup of tea."


def test_a_look_at_unchanged_files_changes_nothing(content: Path, index: Path) -> None:
    store = ContentStore(content, index)
    before = store.snapshot
    assert not store.refresh()
    assert store.snapshot is before


def test_an_added_and_a_removed_file_are_taken_in(content: Path, index: Path) -> None:
    store = ContentStore(content, index)
    file = content / LITTLE_STARS
    (content / "listings/big-stars.yaml").write_text(file.read_text().replace("Little", "Big"))
    file.unlink()
    assert store.refresh()
    assert set(store.snapshot.listings) == {"brackenhill-family-hub", "big-stars"}


def test_a_broken_file_keeps_the_last_good_content(
    content: Path, index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = ContentStore(content, index)
    before = store.snapshot
    edit(content, "kind: activity", "kind: club")
    with caplog.at_level(logging.ERROR):
        assert not store.refresh()
    assert store.snapshot is before
    assert "listings/little-stars.yaml:1: kind is not one that we know" in caplog.text


def test_a_check_says_since_when_the_last_good_content_is_served(content: Path, index: Path) -> None:
    ContentStore(content, index)
    edit(content, "kind: activity", "kind: club")
    report = check(content, index)
    assert len(report.faults) == 1
    assert report.good_since


def test_a_mended_file_is_taken_in_again(content: Path, index: Path) -> None:
    store = ContentStore(content, index)
    edit(content, "kind: activity", "kind: club")
    store.refresh()
    edit(content, "kind: club", "kind: service")
    assert store.refresh()
    assert store.faults == ()
    assert store.snapshot.listings["little-stars"].kind == "service"


def test_a_site_started_on_broken_content_serves_the_last_good(content: Path, index: Path) -> None:
    good = ContentStore(content, index).snapshot
    edit(content, "kind: activity", "kind: club")
    started = ContentStore(content, index)
    assert started.snapshot.revision == good.revision
    assert started.snapshot.listings == good.listings
    assert len(started.faults) == 1


def test_a_site_started_on_broken_content_without_a_good_one_refuses(content: Path, index: Path) -> None:
    edit(content, "kind: activity", "kind: club")
    edit(content, "01632 960123", "01384 81")
    with pytest.raises(BrokenContent) as refusal:
        ContentStore(content, index)
    report = str(refusal.value)
    assert "kind is not one that we know" in report
    assert "phones[1].number cannot be a phone number" in report


def test_two_folders_share_one_memory_without_mixing(content: Path, index: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for file in content.rglob("*.yaml"):
        target = other / file.relative_to(content)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.read_text().replace("Little Stars", "Small Moons"))
    assert ContentStore(content, index).snapshot.listings["little-stars"].title == "Little Stars stay and play"
    assert ContentStore(other, index).snapshot.listings["little-stars"].title == "Small Moons stay and play"
    edit(content, "kind: activity", "kind: club")
    assert ContentStore(content, index).snapshot.listings["little-stars"].title == "Little Stars stay and play"


def test_what_was_remembered_is_what_the_file_says(content: Path, index: Path) -> None:
    first = ContentStore(content, index).snapshot
    second = ContentStore(content, index).snapshot
    assert second.listings == first.listings
    assert second.categories == first.categories
    assert second.places == first.places


def test_an_index_folder_that_cannot_be_written_costs_only_time(content: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    assert ContentStore(content, blocked).snapshot.listings
