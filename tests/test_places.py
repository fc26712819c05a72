"""Dudley's places: where they are, and which hub serves each."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from directory.content import load
from directory.model.place import Point
from directory.model.snapshot import Snapshot

CONTENT = Path(__file__).parent.parent / "content"
NAMED_FOR_A_TOWN = {"halesowen-family-hub": {"B62", "B63"}, "brierley-hill-family-hub": {"DY5"}}
"""Hubs that serve the whole of the post town they are named for, and its postcode districts."""
ROUNDING_MILES = 0.1
"""How far rounding to three decimals can move one distance past another."""


@pytest.fixture(scope="module")
def dudley(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    loaded = load(CONTENT, tmp_path_factory.mktemp("index"))
    assert loaded.snapshot is not None, loaded.faults
    return loaded.snapshot


@pytest.fixture(scope="module")
def hubs(dudley: Snapshot) -> Mapping[str, Point]:
    """Where each hub stands."""
    points = {hub.slug: dudley.point_of(hub.locations[0]) for hub in dudley.buildings if hub.kind == "hub"}
    return {slug: point for slug, point in points.items() if point}


def test_all_five_hubs_serve_somewhere(dudley: Snapshot, hubs: Mapping[str, Point]) -> None:
    assert len(hubs) == 5
    assert {place.hub for place in dudley.places.places} == set(hubs)
    assert {sector.hub for sector in dudley.places.sectors if sector.hub} == set(hubs)


def test_every_place_is_served_by_a_hub_within_five_miles(dudley: Snapshot, hubs: Mapping[str, Point]) -> None:
    far = {place.slug: place.hub for place in dudley.places.places if place.point.miles_to(hubs[place.hub or ""]) > 5}
    assert far == {}


def test_every_sector_of_a_place_is_near_it_and_is_served(dudley: Snapshot) -> None:
    wrong = [
        sector.code
        for sector in dudley.places.sectors
        if sector.place and (not sector.hub or sector.point.miles_to(dudley.place_by_slug[sector.place].point) > 2.5)
    ]
    assert wrong == []


def test_a_place_is_served_by_the_hub_of_its_post_town_or_the_nearest(
    dudley: Snapshot, hubs: Mapping[str, Point]
) -> None:
    for place in dudley.places.places:
        if place.hub not in NAMED_FOR_A_TOWN:
            nearest = min(place.point.miles_to(point) for point in hubs.values())
            assert place.point.miles_to(hubs[place.hub or ""]) <= nearest + ROUNDING_MILES, place.slug


@pytest.mark.parametrize("slug", NAMED_FOR_A_TOWN)
def test_a_hub_named_for_a_town_serves_the_whole_town(dudley: Snapshot, slug: str) -> None:
    districts = NAMED_FOR_A_TOWN[slug]
    served = {sector.hub for sector in dudley.places.sectors if sector.code.split()[0] in districts}
    assert served == {slug}


def test_the_sector_that_a_hub_stands_in_is_served_by_it(dudley: Snapshot, hubs: Mapping[str, Point]) -> None:
    for slug, point in hubs.items():
        sector = dudley.sector_by_code[(dudley.listings[slug].locations[0].postal_code or "")[:-2]]
        assert sector.hub == slug
        assert sector.point.miles_to(point) < 1


def test_every_district_of_the_borough_has_its_sectors(dudley: Snapshot) -> None:
    codes = [sector.code for sector in dudley.places.sectors]
    assert len(codes) == len(set(codes))
    districts = {code.split()[0] for code in codes if dudley.sector_by_code[code].hub}
    assert districts == {"B62", "B63", "DY1", "DY2", "DY3", "DY4", "DY5", "DY6", "DY8", "DY9", "WV14", "WV4"}


def test_sectors_outside_the_borough_name_no_hub(dudley: Snapshot) -> None:
    outside = {code: dudley.sector_by_code[code].hub for code in ("B64 7", "DY4 0", "DY7 6", "WV14 6")}
    assert set(outside.values()) == {None}


def test_no_name_means_two_places(dudley: Snapshot) -> None:
    names = [name.casefold() for place in dudley.places.places for name in (place.name, *place.alternate_names)]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(("name", "slug"), [("Bilston", "coseley"), ("Gornal Wood", "lower-gornal")])
def test_what_people_call_a_place_leads_to_it(dudley: Snapshot, name: str, slug: str) -> None:
    assert name in dudley.place_by_slug[slug].alternate_names


def test_centres_are_rounded_and_no_full_postcode_is_shipped() -> None:
    text = (CONTENT / "places.yaml").read_text(encoding="utf-8")
    assert re.findall(r"(?:latitude|longitude): \S+\.\d{4,}", text) == []
    sectors = text[text.index("sectors:") :]
    assert re.findall(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", sectors) == []


def test_the_notices_of_the_licence_go_with_the_figures(dudley: Snapshot) -> None:
    assert dudley.places.notices == (
        "Contains OS data © Crown copyright and database right 2025",
        "Contains Royal Mail data © Royal Mail copyright and database right 2025",
        "Contains National Statistics data © Crown copyright and database right 2025",
    )
