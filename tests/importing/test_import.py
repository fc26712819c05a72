"""Listings from elsewhere become content, row by row, and only whole ones."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from directory.content import load
from directory.importing import Plan, UnreadableTowns, carry_out, plan, read_towns
from directory.model.listing import Listing
from directory.model.place import Place
from directory.model.snapshot import Snapshot
from tests.small_content import write_small_content

TODAY = datetime.date(2026, 11, 21)
TOWNS = "town,latitude,longitude,postcode_districts\nBrackenhill,53.582,1.979,TB5\nColdmere,53.647,2.008,TB14\n"
RECORD: dict[str, Any] = {
    "id": "L900",
    "title": "Rhymes and Buns",
    "provider": "Coldmere Library Friends",
    "kind": "activity",
    "summary": "Songs, then a bun.",
    "description": "Just turn up with your child.",
    "age_min": 0,
    "age_max": 1,
    "cost": {"type": "low", "text": "£1.50 a family"},
    "sessions": [{"day": "tue", "start": "10:00", "end": "11:00", "note": "term"}],
    "place": {"town": "Coldmere", "venue": "Coldmere Library", "postcode": "TB14 1AA", "lat": 53.64, "lon": 2.0},
    "borough_wide": False,
    "online": False,
    "serves": ["Coldmere"],
    "languages": ["en"],
    "audience": "family",
    "phone": "01632 960900",
    "url": "https://rhymes-and-buns.example.org/",
    "categories": ["Under-5s > Stay and play"],
    "national": False,
    "verified": False,
    "fictional": True,
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_small_content(tmp_path / "content")


@pytest.fixture
def towns(tmp_path: Path) -> tuple[Place, ...]:
    file = tmp_path / "places.csv"
    file.write_text(TOWNS)
    return read_towns(file)


def snapshot_of(content: Path) -> Snapshot:
    loaded = load(content, content.parent / "index")
    assert loaded.faults == ()
    assert loaded.snapshot
    return loaded.snapshot


def planned(content: Path, towns: tuple[Place, ...], *records: dict[str, Any]) -> Plan:
    return plan([json.dumps(record) for record in records], snapshot_of(content), "testbridge", TODAY, towns)


def imported(content: Path, towns: tuple[Place, ...], *records: dict[str, Any]) -> Plan:
    made = planned(content, towns, *records)
    carry_out(made, content, lambda: None)
    return made


def outcomes(made: Plan) -> list[str]:
    return [row.outcome for row in made.rows]


def only(content: Path, slug: str = "rhymes-and-buns") -> Listing:
    return snapshot_of(content).listings[slug]


def test_a_record_becomes_a_listing(content: Path, towns: tuple[Place, ...]) -> None:
    assert outcomes(imported(content, towns, RECORD)) == ["added"]
    listing = only(content)
    assert listing.provider == "coldmere-library-friends"
    assert snapshot_of(content).providers["coldmere-library-friends"].name == "Coldmere Library Friends"
    assert (listing.eligibility.minimum_age, listing.eligibility.maximum_age) == (0, 23)
    assert (listing.sessions[0].day, listing.sessions[0].term) == ("tuesday", "term_time")
    assert listing.access
    assert listing.access.ways == ("drop_in",)
    assert listing.cost
    assert (listing.cost.type, listing.cost.cost_options[0].amount_pence) == ("paid", 150)
    assert (listing.locations[0].place, listing.service_areas) == ("coldmere", ("coldmere",))
    assert listing.source
    assert (listing.source.system, listing.source.id) == ("testbridge", "L900")


def test_towns_and_sectors_come_with_their_hub(content: Path, towns: tuple[Place, ...]) -> None:
    imported(content, towns, RECORD)
    snapshot = snapshot_of(content)
    assert snapshot.place_by_slug["coldmere"].hub == "brackenhill-family-hub"
    assert snapshot.sector_by_code["TB14 1"].place == "coldmere"
    assert snapshot.sector_by_code["TB5 3"].place == "brackenhill"


def test_a_plan_alone_writes_nothing(content: Path, towns: tuple[Place, ...]) -> None:
    before = {file: file.read_bytes() for file in content.rglob("*.yaml")}
    assert outcomes(planned(content, towns, RECORD)) == ["added"]
    assert {file: file.read_bytes() for file in content.rglob("*.yaml")} == before


def test_a_second_import_updates_instead_of_adding(content: Path, towns: tuple[Place, ...]) -> None:
    imported(content, towns, RECORD)
    assert outcomes(imported(content, towns, RECORD)) == ["unchanged"]
    assert outcomes(imported(content, towns, RECORD | {"title": "Rhymes and Cakes"})) == ["updated"]
    assert only(content).title == "Rhymes and Cakes"
    assert len(snapshot_of(content).listings) == 3


def test_an_update_keeps_what_the_record_does_not_say(content: Path, towns: tuple[Place, ...]) -> None:
    imported(content, towns, RECORD)
    file = content / "listings/rhymes-and-buns.yaml"
    file.write_text(file.read_text() + "internal_note: Ask about the bun.\n")
    imported(content, towns, RECORD | {"summary": "Songs first."})
    assert only(content).internal_note == "Ask about the bun."
    assert only(content).summary == "Songs first."


FAILING = {
    "an unknown category": ({"categories": ["Under-5s > Juggling"]}, "is not in categories.yaml"),
    "an unknown town": ({"serves": ["Atlantis"]}, "names places that there are not: atlantis"),
    "a phone that cannot be one": ({"phone": "01384 81"}, "cannot be a phone number"),
    "a session that ends first": (
        {"sessions": [{"day": "tue", "start": "10:00", "end": "09:00", "note": ""}]},
        "ends before it starts",
    ),
    "an unknown key": ({"colour": "red"}, "colour"),
    "a missing key": ({"kind": None}, "kind"),
    "a summary that is too long": ({"summary": "a" * 201}, "write at most 200"),
}


@pytest.mark.parametrize(("change", "why"), FAILING.values(), ids=FAILING)
def test_a_row_that_fails_says_why_and_writes_nothing(
    content: Path, towns: tuple[Place, ...], change: dict[str, Any], why: str
) -> None:
    whole = RECORD | {"id": "L901", "title": "Another"}
    made = imported(content, towns, RECORD | change, whole)
    assert outcomes(made) == ["failed", "added"]
    assert why in made.rows[0].why
    assert set(snapshot_of(content).listings) == {"another", "brackenhill-family-hub", "little-stars"}


def test_lines_that_are_not_records_fail_alone(content: Path, towns: tuple[Place, ...]) -> None:
    lines = ["{not json", "[]", "", json.dumps(RECORD), json.dumps(RECORD)]
    made = plan(lines, snapshot_of(content), "testbridge", TODAY, towns)
    assert [(row.line, row.outcome) for row in made.rows] == [(1, "failed"), (2, "failed"), (4, "added"), (5, "failed")]


def test_a_double_of_another_listing_fails(content: Path, towns: tuple[Place, ...]) -> None:
    made = planned(content, towns, RECORD, RECORD | {"id": "L902"})
    assert outcomes(made) == ["added", "failed"]
    assert "rhymes-and-buns" in made.rows[1].why


def test_a_provider_is_not_written_for_rows_that_fail(content: Path, towns: tuple[Place, ...]) -> None:
    imported(content, towns, RECORD | {"serves": ["Atlantis"]})
    assert "coldmere-library-friends" not in snapshot_of(content).providers


RHYTHMS = {
    "": ("weekly", "always", None),
    "term": ("weekly", "term_time", None),
    "fortnightly": ("fortnightly", "always", None),
    "monthly": ("monthly", "always", None),
    "monthly online": ("monthly", "always", "Online"),
    "twice monthly": ("irregular", "always", "Twice a month"),
    "girls": ("weekly", "always", "Girls"),
}


@pytest.mark.parametrize(("note", "expected"), RHYTHMS.items(), ids=RHYTHMS)
def test_a_note_tells_the_rhythm_and_no_date_is_made_up(
    content: Path, towns: tuple[Place, ...], note: str, expected: tuple[str, str, str | None]
) -> None:
    session = {"day": "tue", "start": "10:00", "end": "11:00", "note": note}
    imported(content, towns, RECORD | {"sessions": [session]})
    found = only(content).sessions[0]
    assert (found.frequency, found.term, found.note) == expected
    assert found.has_known_dates == (expected[0] == "weekly")


@pytest.mark.parametrize("text", ["", "name,lat\nA,1\n", "town,latitude,longitude\nA,north,1\n"])
def test_a_file_of_towns_that_cannot_be_used_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "towns.csv"
    file.write_text(text)
    with pytest.raises(UnreadableTowns):
        read_towns(file)
