"""One listing's file: read, judged beside all other content, and put in its place."""

import fcntl
import multiprocessing
import os
import time
from pathlib import Path
from typing import Any

import pytest

from directory.content import (
    digest_of,
    load,
    only_writer,
    put_listing,
    read_listing,
    text_of,
    would_be,
)
from directory.model.snapshot import Snapshot
from tests.small_content import LISTING

STARS, HUB = "little-stars", "brackenhill-family-hub"


@pytest.fixture
def snapshot(content: Path, index: Path) -> Snapshot:
    """The sound content."""
    found = load(content, index).snapshot
    assert found
    return found


def _keys(snapshot: Snapshot, slug: str = STARS) -> dict[str, Any]:
    return snapshot.listings[slug].model_dump(mode="json", exclude_defaults=True, exclude={"slug"})


def test_a_file_is_known_by_its_text(content: Path) -> None:
    file = read_listing(content, STARS)
    assert (file.text, file.digest) == (LISTING, digest_of(LISTING))
    assert file.listing
    assert file.listing.title == "Little Stars stay and play"


@pytest.mark.parametrize("text", [b"", b"kind: club\n", b"\xff\xfe", b"a: [", b"title: 1\ntitle: 2\n"])
def test_a_file_with_a_fault_is_a_file_without_a_listing(content: Path, text: bytes) -> None:
    (content / f"listings/{STARS}.yaml").write_bytes(text)
    file = read_listing(content, STARS)
    assert file.listing is None
    assert file.digest


def test_no_file_is_no_text(content: Path) -> None:
    file = read_listing(content, "nothing")
    assert (file.text, file.digest, file.listing) == ("", digest_of(""), None)


@pytest.mark.parametrize("slug", ["../site", "..", "", "a/b", "A", "little-stars.yaml", "little-stars\n", ".hidden"])
def test_what_is_no_slug_names_no_file(content: Path, slug: str) -> None:
    for act in (lambda: read_listing(content, slug), lambda: put_listing(content, slug, "kind: hub\n")):
        with pytest.raises(ValueError, match="only a slug"):
            act()


def test_what_is_put_is_there_and_drafts_of_the_killed_are_gone(content: Path) -> None:
    listings = content / "listings"
    (listings / f".{STARS}.yaml.0123abcd").write_text("half a fi")
    put_listing(content, STARS, "kind: hub\n")
    assert read_listing(content, STARS).text == "kind: hub\n"
    put_listing(content, STARS, "")
    assert sorted(file.name for file in listings.iterdir()) == [f"{HUB}.yaml"]


def test_comments_at_the_top_stay(content: Path) -> None:
    listing = read_listing(content, STARS).listing
    assert listing
    assert text_of(listing, f"# Kept by the hub.\n\n{LISTING}") == f"# Kept by the hub.\n\n{text_of(listing)}"


def test_a_sound_listing_is_sound(snapshot: Snapshot) -> None:
    listing, faults = would_be(snapshot, STARS, {**_keys(snapshot), "summary": "Songs.\N{SNOWMAN}"})
    assert faults == ()
    assert listing
    assert listing.summary == "Songs.\N{SNOWMAN}"


UNSOUND: list[tuple[str, dict[str, Any], str, str]] = [
    (STARS, {"provider": "nobody"}, "provider", "names no provider"),
    (STARS, {"categories": ["under-5s"]}, "categories[1]", "one of the doors on the home page"),
    (STARS, {"locations": [{"at": STARS}]}, "locations[1].at", "names no hub or venue"),
    (STARS, {"locations": [{"name": "Elm Hall", "place": "nowhere"}]}, "locations[1].place", "names no place"),
    (STARS, {"service_areas": ["nowhere"]}, "service_areas[1]", "names no area"),
    (STARS, {"related": ["nothing"]}, "related[1]", "names no listing"),
    (STARS, {"cost": {"type": "paid", "price": 3}}, "cost.price", "is not a key that we know"),
    (STARS, {"sessions": [{"day": "monday"}]}, "sessions[1].opens_at", "is missing"),
    (STARS, {"title": "<script>alert(1)</script>"}, "title", "has HTML in it"),
    (STARS, {"summary": "Songs\x00"}, "summary", "control character"),
    (STARS, {"summary": "Songs\ud800"}, "", "a character that text cannot hold"),
    (HUB, {"kind": "service", "access": {"ways": ["drop_in"]}}, "kind", "little-stars names it"),
    (HUB, {"kind": "spoke"}, "kind", "brackenhill names it"),
]


@pytest.mark.parametrize(("slug", "changed", "key", "message"), UNSOUND)
def test_an_unsound_listing_is_told_what_is_wrong(
    snapshot: Snapshot, slug: str, changed: dict[str, Any], key: str, message: str
) -> None:
    listing, faults = would_be(snapshot, slug, {**_keys(snapshot, slug), **changed})
    assert listing is None
    assert any(fault.key == key and message in fault.message for fault in faults), faults


def test_the_same_title_at_the_same_place_is_told_of(snapshot: Snapshot) -> None:
    _, faults = would_be(snapshot, "other", _keys(snapshot))
    assert [fault.key for fault in faults] == ["title"]
    assert would_be(snapshot, "other", {**_keys(snapshot), "locations": [{"name": "Elm Hall"}]})[1] == ()


def _is_locked(content: Path) -> bool:
    descriptor = os.open(content, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _hold(content: Path, held: Any, seconds: float) -> None:
    with only_writer(content):
        held.set()
        time.sleep(seconds)


def test_one_process_writes_at_a_time_and_a_killed_one_lets_go(content: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held = context.Event()
    process = context.Process(target=_hold, args=(content, held, 600))
    process.start()
    assert held.wait(60)
    assert _is_locked(content)
    process.kill()
    process.join()
    with only_writer(content):
        assert _is_locked(content)
    assert not _is_locked(content)
    assert not list(content.glob("*lock*"))
