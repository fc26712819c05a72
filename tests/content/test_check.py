"""Every fault that a content file can have is found, at its line, with what to write instead."""

from pathlib import Path

import pytest

from directory.content import Fault, check, load
from tests.small_content import LISTING

LITTLE_STARS = "listings/little-stars.yaml"


def faults_of(content: Path, index: Path) -> list[Fault]:
    return list(check(content, index).faults)


def rewritten(content: Path, old: str, new: str, path: str = LITTLE_STARS) -> Path:
    file = content / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    return content


def test_sound_content_has_no_fault(content: Path, index: Path) -> None:
    assert faults_of(content, index) == []


ONE_FAULT = {
    "an unknown key": ("url:", "webpage:", 27, "webpage", "is not a key that we know"),
    "a misspelt key": ("eligibility:", "eligibilty:", 7, "eligibilty", "did you mean eligibility?"),
    "a repeated key": ("kind: activity", "kind: activity\nkind: activity", 2, "kind", "is there twice"),
    "an unknown kind": ("kind: activity", "kind: club", 1, "kind", "is not one that we know"),
    "a title that is a number": ("Little Stars stay and play", "2026", 2, "title", "put it in quotes"),
    "a list that is text": (
        "categories:\n- stay-and-play",
        "categories: stay-and-play",
        5,
        "categories",
        "should be a list",
    ),
    "an unknown category": ("- stay-and-play", "- stay-and-pley", 6, "categories[1]", "did you mean stay-and-play?"),
    "a door as a category": ("- stay-and-play", "- under-5s", 6, "categories[1]", "choose a category under it"),
    "an unknown provider": (
        "testbridge-council",
        "testbridge-counsil",
        4,
        "provider",
        "did you mean testbridge-council?",
    ),
    "an unknown hub": ("at: brackenhill-family-hub", "at: brackenhil", 19, "locations[1].at", "names no hub or venue"),
    "an unknown related listing": ("url:", "related:\n- nowhere\nurl:", 28, "related[1]", "names no listing"),
    "an unknown area": ("url:", "service_areas:\n- mars\nurl:", 28, "service_areas[1]", "names no area"),
    "a session that ends before it starts": (
        '"11:30"',
        '"09:30"',
        23,
        "sessions[1].closes_at",
        "ends before it starts",
    ),
    "a time that is none": ('"10:00"', '"10am"', 22, "sessions[1].opens_at", "is not a time of day"),
    "a weekly session with no day": (
        "- day: tuesday\n  opens_at",
        "- opens_at",
        21,
        "sessions[1].frequency",
        "add day",
    ),
    "a phone number that cannot be one": (
        "01632 960123",
        "01384 81",
        26,
        "phones[1].number",
        "cannot be a phone number",
    ),
    "a phone number read as a number": ("01632 960123", "1632960123", 26, "phones[1].number", "put it in quotes"),
    "an address that is no URL": (
        "https://little-stars.example.org/",
        "little-stars",
        27,
        "url",
        "is not a web address",
    ),
    "HTML in text": ("a cup of tea", "a <b>cup</b> of tea", 3, "summary", "has HTML in it"),
    "text over its limit": ("Play, songs", "Play, " * 40 + "songs", 3, "summary", "write at most 200"),
    "an age that is none": ("maximum_age: 4 years", "maximum_age: four", 9, "eligibility.maximum_age", "is not an age"),
    "ages the wrong way round": (
        "minimum_age: 0",
        "minimum_age: 9",
        9,
        "eligibility.maximum_age",
        "is below minimum_age",
    ),
    "pence that are not whole": ("150", "1.50", 17, "cost.cost_options[1].amount_pence", "whole number"),
    "an empty value": ("Play, songs and a cup of tea.", "", 3, "summary", "should be text"),
    "an anchor": ("title: Little", "title: &a Little", 2, "", "put the text in quotes"),
    "text that is not YAML": ("title: Little", "title: Big: Little", 2, "", "is not YAML"),
}


@pytest.mark.parametrize(("old", "new", "line", "key", "message"), ONE_FAULT.values(), ids=ONE_FAULT)
def test_a_fault_is_told_with_its_line_and_what_to_write(
    content: Path, index: Path, old: str, new: str, line: int, key: str, message: str
) -> None:
    (fault,) = faults_of(rewritten(content, old, new), index)
    assert (fault.path, fault.line, fault.key) == (LITTLE_STARS, line, key)
    assert message in fault.message


DATES = {
    "a date that does not exist": ("publish_from: 2026-02-30", "publish_from", "does not exist"),
    "a date that is a number": ("publish_from: 20260201", "publish_from", "is not a date"),
    "a window that ends first": (
        "publish_from: 2026-05-02\npublish_until: 2026-05-01",
        "publish_until",
        "swap the two",
    ),
    "closed without an end": ("status: temporarily closed", "closed_until", "say until when"),
}


@pytest.mark.parametrize(("added", "key", "message"), DATES.values(), ids=DATES)
def test_a_date_that_cannot_be_is_told(content: Path, index: Path, added: str, key: str, message: str) -> None:
    (content / LITTLE_STARS).write_text(LISTING + added + "\n")
    (fault,) = faults_of(content, index)
    assert fault.key == key
    assert message in fault.message


EXCEPTIONS = {
    "cancelled on a day with no session": ("date: 2026-11-25\n    change: cancelled", "date", "a day with no session"),
    "extra on a day on which it always runs": (
        "date: 2026-11-24\n    change: extra\n  bank_holidays: true",
        "date",
        "runs anyway",
    ),
    "moved to nowhere": ("date: 2026-11-24\n    change: moved", "change", "does not say where to"),
    "on a date that does not exist": ("date: 2026-11-31\n    change: cancelled", "date", "does not exist"),
    "moved to end before it starts": (
        'date: 2026-11-24\n    change: moved\n    opens_at: "12:00"',
        "closes_at",
        "ends before it starts",
    ),
}


@pytest.mark.parametrize(("exception", "key", "message"), EXCEPTIONS.values(), ids=EXCEPTIONS)
def test_an_exception_must_fit_its_session(content: Path, index: Path, exception: str, key: str, message: str) -> None:
    rewritten(content, "  term: term_time", f"  exceptions:\n  - {exception}")
    (fault,) = faults_of(content, index)
    assert fault.key == f"sessions[1].exceptions[1].{key}"
    assert message in fault.message


@pytest.mark.parametrize("key", ["title", "summary", "provider", "categories", "kind", "access"])
def test_a_missing_field_is_told(content: Path, index: Path, key: str) -> None:
    lines = LISTING.splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{key}:"))
    end = next(number for number in range(start + 1, len(lines)) if lines[number][0] not in " -")
    (content / LITTLE_STARS).write_text("".join(lines[:start] + lines[end:]))
    (fault,) = faults_of(content, index)
    assert (fault.key, fault.message[:10]) == (key, "is missing")


def test_a_postcode_that_does_not_parse_is_told(content: Path, index: Path) -> None:
    rewritten(content, "TB5 3DY", "TB5 DY", "listings/brackenhill-family-hub.yaml")
    (fault,) = faults_of(content, index)
    assert (fault.key, "is not a postcode" in fault.message) == ("locations[1].postal_code", True)


WHOLE_FILES = {
    "not UTF-8": (b"kind: activity\ntitle: caf\xe9\n", "is not UTF-8", 2),
    "empty": (b"", "is empty", 1),
    "only white space": (b" \n\n", "is empty", 1),
    "only a comment": (b"# nothing\n", "is empty", 1),
    "five megabytes": (b"title: " + b"a" * 5_000_000, "at most 1,000,000", 1),
    "a list": (b"- a\n", "should hold keys", 1),
    "nested without end": (b"[" * 100_000, "levels deep", 1),
    "nested without end, in blocks": (b"- " * 100_000, "levels deep", 1),
    "a tag": (b"title: !!python/object:os.system x\n", "put the text in quotes", 1),
    "a null character": (b"title: a\x00b\n", "a character that text cannot hold", 1),
    "two documents": (b"title: a\n---\ntitle: b\n", "is not YAML", 2),
}


@pytest.mark.parametrize(("text", "message", "line"), WHOLE_FILES.values(), ids=WHOLE_FILES)
def test_a_file_that_cannot_be_read_is_told(content: Path, index: Path, text: bytes, message: str, line: int) -> None:
    (content / "listings/broken.yaml").write_bytes(text)
    (fault,) = faults_of(content, index)
    assert (fault.path, fault.line) == ("listings/broken.yaml", line)
    assert message in fault.message


def test_a_link_out_of_the_folder_is_told(content: Path, index: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(LISTING)
    (content / "listings/linked.yaml").symlink_to(outside)
    (fault,) = faults_of(content, index)
    assert "symbolic link out of the folder" in fault.message


def test_two_listings_with_one_slug_are_told(content: Path, index: Path) -> None:
    (content / "listings/little-stars.yml").write_text(LISTING.replace("Little Stars", "Big Stars"))
    messages = {fault.message for fault in faults_of(content, index)}
    assert "has the same slug as listings/little-stars.yaml; rename or delete one of the two" in messages


def test_two_listings_with_one_title_and_place_are_told(content: Path, index: Path) -> None:
    (content / "listings/twin.yaml").write_text(LISTING.replace("Little Stars", "LITTLE stars"))
    (fault,) = faults_of(content, index)
    assert (fault.path, fault.line, fault.key) == ("listings/twin.yaml", 2, "title")
    assert "listings/little-stars.yaml" in fault.message


def test_one_title_at_two_places_is_sound(content: Path, index: Path) -> None:
    elsewhere = LISTING.replace("- at: brackenhill-family-hub", "- city: Coldmere")
    (content / "listings/twin.yaml").write_text(elsewhere)
    assert faults_of(content, index) == []


def test_a_bad_file_name_is_told(content: Path, index: Path) -> None:
    (content / "listings/Little Stars 2.yaml").write_text(LISTING.replace("Little Stars", "Big Stars"))
    (fault,) = faults_of(content, index)
    assert "has a file name that is not a slug" in fault.message


def test_a_file_without_which_no_directory_works_is_missed(content: Path, index: Path) -> None:
    (content / "site.yaml").unlink()
    (fault,) = faults_of(content, index)
    assert (fault.path, fault.message) == ("site.yaml", "is missing; every directory needs it")


def test_every_fault_of_every_file_is_told_in_one_go(content: Path, index: Path) -> None:
    rewritten(content, "kind: activity", "kind: club")
    rewritten(content, "01632 960123", "12")
    rewritten(content, "- stay-and-play", "- nothing")
    rewritten(content, '"11:30"', '"09:30"')
    rewritten(content, "TB5 3DY", "nowhere", "listings/brackenhill-family-hub.yaml")
    rewritten(content, "area:", "areas:", "site.yaml")
    found = {(fault.path.rpartition("/")[2], fault.key) for fault in faults_of(content, index)}
    assert found == {
        ("little-stars.yaml", "kind"),
        ("little-stars.yaml", "phones[1].number"),
        ("little-stars.yaml", "categories[1]"),
        ("little-stars.yaml", "sessions[1].closes_at"),
        ("brackenhill-family-hub.yaml", "locations[1].postal_code"),
        ("site.yaml", "areas"),
        ("site.yaml", "area"),
    }


def test_the_traps_of_older_yaml_are_closed(content: Path, index: Path) -> None:
    rewritten(content, "title: Little Stars stay and play", "title: no")
    rewritten(content, "number: 01632 960123", "number: 01632960123")
    rewritten(content, '"10:00"', "10:00")
    loaded = load(content, index)
    assert loaded.snapshot
    listing = loaded.snapshot.listings["little-stars"]
    assert (listing.title, listing.phones[0].number) == ("no", "01632960123")
    assert f"{listing.sessions[0].opens_at:%H:%M}" == "10:00"


def test_a_second_check_of_unchanged_files_reads_none(content: Path, index: Path) -> None:
    rewritten(content, "kind: activity", "kind: club")
    first = check(content, index)
    for file in content.rglob("*.yaml"):
        file.chmod(0o644)
    assert check(content, index) == first
    assert len(first.faults) == 1


def test_a_mended_file_is_seen_at_the_next_check(content: Path, index: Path) -> None:
    rewritten(content, "kind: activity", "kind: club")
    assert faults_of(content, index)
    rewritten(content, "kind: club", "kind: activity")
    assert faults_of(content, index) == []


def test_a_damaged_memory_is_only_a_slower_check(content: Path, index: Path) -> None:
    check(content, index)
    (index / "content.sqlite").write_bytes(b"not a database" * 1000)
    assert faults_of(content, index) == []
