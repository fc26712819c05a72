"""The places that people name when they say where from."""

import pytest

from directory.model.nearby import find_nearby
from directory.model.place import Place, Places, Point, Sector
from directory.model.snapshot import Snapshot
from tests.search.invented import at, listing, snapshot

DOOR = Point(53.5801, 1.9801)


@pytest.fixture(scope="module")
def testbridge() -> Snapshot:
    hubs = [
        listing(f"{town}-hub", f"{town.title()} Hub", kind="hub", locations=at(town))
        for town in ("brackenhill", "stourford")
    ]
    places = Places(
        places=(
            Place(slug="brackenhill", name="Brackenhill", latitude=53.582, longitude=1.979, hub="brackenhill-hub"),
            Place(slug="king-s-hill", name="King's Hill", latitude=53.59, longitude=1.94, hub="stourford-hub"),
            Place(slug="king", name="King", alternate_names=("Old King",), latitude=53.6, longitude=1.9),
        ),
        sectors=(
            Sector(code="TB5 1", latitude=53.58, longitude=1.98, place="brackenhill"),
            Sector(code="TB5 3", latitude=53.60, longitude=1.96, place="brackenhill"),
            Sector(code="TB12 3", latitude=53.50, longitude=1.90, place="brackenhill"),
            Sector(code="TB12 4", latitude=53.52, longitude=1.92, hub="stourford-hub"),
        ),
    )
    return snapshot(*hubs, places=places)


def nobody_knows(_postcode: str) -> Point | None:
    return None


@pytest.mark.parametrize(
    ("text", "label", "point", "hub"),
    [
        ("TB5 3DY", "TB5 3DY", Point(53.60, 1.96), "brackenhill-hub"),
        ("tb53dy", "TB5 3DY", Point(53.60, 1.96), "brackenhill-hub"),
        ("  tb5  3dy ", "TB5 3DY", Point(53.60, 1.96), "brackenhill-hub"),
        ("TB5-3DY", "TB5 3DY", Point(53.60, 1.96), "brackenhill-hub"),
        ("TB5 3", "TB5 3", Point(53.60, 1.96), "brackenhill-hub"),
        ("TB53", "TB5 3", Point(53.60, 1.96), "brackenhill-hub"),
        ("TB5", "TB5", Point(53.59, 1.97), "brackenhill-hub"),
        ("TB12", "TB12", Point(53.51, 1.91), None),
        ("TB12 4", "TB12 4", Point(53.52, 1.92), "stourford-hub"),
        ("TB5 9ZZ", "TB5 9ZZ", Point(53.59, 1.97), "brackenhill-hub"),
        ("Brackenhill", "Brackenhill", Point(53.582, 1.979), "brackenhill-hub"),
        ("BRACKENHILL!", "Brackenhill", Point(53.582, 1.979), "brackenhill-hub"),
        ("near kings hill please", "King's Hill", Point(53.59, 1.94), "stourford-hub"),
        ("king’s-hill", "King's Hill", Point(53.59, 1.94), "stourford-hub"),
        ("old king", "King", Point(53.6, 1.9), None),
        ("King, Brackenhill", "King", Point(53.6, 1.9), None),
        ("Brackenhill TB5 1", "TB5 1", Point(53.58, 1.98), "brackenhill-hub"),
    ],
)
def test_a_place_is_understood(testbridge: Snapshot, text: str, label: str, point: Point, hub: str | None) -> None:
    found = find_nearby(text, testbridge, nobody_knows)
    assert found is not None
    assert (found.label, found.hub.slug if found.hub else None) == (label, hub)
    assert found.point == pytest.approx(point)


@pytest.mark.parametrize("text", ["", " ", "Narnia", "ZZ1 1ZZ", "TB99 1AA", "x" * 10_000, "🏠", "kin"])
def test_a_place_that_nobody_knows_is_no_place(testbridge: Snapshot, text: str) -> None:
    assert find_nearby(text, testbridge, nobody_knows) is None


def test_a_full_postcode_that_is_known_is_where_it_is(testbridge: Snapshot) -> None:
    found = find_nearby("tb53dy", testbridge, {"TB5 3DY": DOOR}.get)
    assert found is not None
    assert (found.point, found.hub and found.hub.slug) == (DOOR, "brackenhill-hub")


def test_a_known_postcode_outside_the_area_has_a_point_and_no_hub(testbridge: Snapshot) -> None:
    found = find_nearby("ZZ1 1ZZ", testbridge, lambda _postcode: DOOR)
    assert found is not None
    assert (found.point, found.hub) == (DOOR, None)


@pytest.mark.parametrize(
    ("text", "point", "hub"),
    [
        ("53.58, 1.98", Point(53.58, 1.98), "brackenhill-hub"),
        (" 53.5812345,1.9849 ", Point(53.58, 1.98), "brackenhill-hub"),
        ("53.52 , 1.92", Point(53.52, 1.92), "stourford-hub"),
        ("53.60, 1.90", Point(53.6, 1.9), None),
        ("52.48, -2.11", Point(52.48, -2.11), None),
        ("61.0, 3.0", Point(61.0, 3.0), None),
    ],
)
def test_a_coordinate_is_where_somebody_is_to_half_a_mile(
    testbridge: Snapshot, text: str, point: Point, hub: str | None
) -> None:
    found = find_nearby(text, testbridge, nobody_knows)
    assert found is not None
    assert (found.point, found.hub.slug if found.hub else None, found.is_here) == (point, hub, True)
    assert found.label == f"{point.latitude:.2f}, {point.longitude:.2f}"


NO_COORDINATES = """
    48.99, 1.0 | 61.1, 0.0 | 53.5, -9.1 | 53.5, 3.1 | 53, 1 | 53.5 | 1.98, 53.58 | 53.5, 1.9, 2.0 | ٥٣.٥, ١.٩ | nan, nan
    | 153.5, 1.9 | --53.5, 1.9 | 53.5, 1.9e0 | 53.5, 1.99999999999999999999999999999999999
"""


@pytest.mark.parametrize("text", [one.strip() for one in NO_COORDINATES.split("|")])
def test_what_is_no_coordinate_of_this_country_is_no_place(testbridge: Snapshot, text: str) -> None:
    assert find_nearby(text, testbridge, nobody_knows) is None


def test_a_named_place_is_not_where_somebody_is(testbridge: Snapshot) -> None:
    found = find_nearby("Brackenhill", testbridge, nobody_knows)
    assert found is not None
    assert not found.is_here
