"""How long a check holds, and what becomes of a listing that nobody looked at."""

import datetime
from typing import Any

import pytest

from directory.model.freshness import ReviewRules, Standing
from directory.model.listing import Listing

RULES = ReviewRules(service_months=6, activity_months=4, link_months=6, risky_months=3)
ACTIVITY = {
    "slug": "little-stars",
    "kind": "activity",
    "title": "Little Stars",
    "summary": "Play and songs.",
    "provider": "testbridge-council",
    "categories": ["stay-and-play"],
    "access": {"ways": ["drop_in"]},
    "locations": [{"at": "brackenhill-family-hub"}],
}


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def listing(**keys: Any) -> Listing:
    return Listing.model_validate({**ACTIVITY, **keys})


def checked(on: str, **keys: Any) -> Listing:
    return listing(checked={"on": on, "by": "provider"}, **keys)


def source(seen: str) -> dict[str, Any]:
    return {"name": "The group's own page", "seen": seen, "strength": "A"}


@pytest.mark.parametrize(
    ("keys", "months"),
    [
        pytest.param({"kind": "hub"}, 12, id="a hub"),
        pytest.param({"kind": "spoke"}, 12, id="a spoke"),
        pytest.param({"kind": "service"}, 6, id="a service"),
        pytest.param({"kind": "activity"}, 4, id="an activity"),
        pytest.param({"kind": "link"}, 6, id="a link"),
        pytest.param({"kind": "service", "sensitive": True}, 3, id="a sensitive service"),
        pytest.param({"kind": "link", "urgent": True}, 3, id="an urgent link"),
        pytest.param({"kind": "hub", "sensitive": True}, 12, id="a hub is a door whatever happens behind it"),
        pytest.param({"kind": "service", "review_every_months": 9, "sensitive": True}, 9, id="its own period"),
    ],
)
def test_what_ages_fast_is_looked_at_more_often(keys: dict[str, Any], months: int) -> None:
    assert RULES.months_for(listing(**keys)) == months


@pytest.mark.parametrize(
    ("on", "due"),
    [
        pytest.param("2026-11-03", "2027-03-03", id="the same day of the month"),
        pytest.param("2026-10-31", "2027-02-28", id="the last day of a shorter month"),
        pytest.param("2027-10-31", "2028-02-29", id="a leap day"),
        pytest.param("2026-08-31", "2026-12-31", id="within a year"),
    ],
)
def test_a_check_holds_for_whole_months(on: str, due: str) -> None:
    assert RULES.due(checked(on)) == day(due)


def test_what_was_read_at_its_source_counts_from_the_newest_day() -> None:
    assert RULES.due(listing(sources=[source("2026-01-05"), source("2026-02-05")])) == day("2026-06-05")
    assert RULES.due(checked("2026-03-01", sources=[source("2026-10-05")])) == day("2026-07-01")


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        pytest.param("2026-01-10", Standing.CHECKED, id="checked today"),
        pytest.param("2026-05-10", Standing.CHECKED, id="the review date itself"),
        pytest.param("2026-05-11", Standing.OVERDUE, id="the day after"),
        pytest.param("2026-07-08", Standing.OVERDUE, id="the day before it sinks"),
        pytest.param("2026-07-09", Standing.SUNK, id="60 days past the date"),
        pytest.param("2026-11-05", Standing.SUNK, id="the day before it leaves"),
        pytest.param("2026-11-06", Standing.GONE, id="180 days past the date"),
    ],
)
def test_a_listing_that_nobody_looks_at_sinks_and_leaves(today: str, standing: Standing) -> None:
    assert RULES.standing(checked("2026-01-10"), day(today)) is standing


@pytest.mark.parametrize("keys", [{"kind": "hub"}, {"urgent": True}], ids=["a hub's door", "an urgent helpline"])
def test_what_must_be_found_stays_however_old(keys: dict[str, Any]) -> None:
    found = checked("2020-01-10", **keys)
    assert RULES.standing(found, day("2026-11-22")) is Standing.OVERDUE
    assert RULES.sinks_on(found) is RULES.leaves_on(found) is None


def test_what_nobody_confirmed_is_never_told_as_checked() -> None:
    assert RULES.standing(listing(), day("2026-11-22")) is Standing.UNCONFIRMED
    read = listing(sources=[source("2026-11-21")])
    assert RULES.standing(read, day("2026-11-22")) is Standing.UNCONFIRMED
    assert RULES.standing(read, day("2027-03-22")) is Standing.OVERDUE


def test_nothing_leaves_before_it_sinks() -> None:
    hasty = ReviewRules(sinks_after_days=90, leaves_after_days=30)
    assert hasty.leaves_on(checked("2026-01-10")) == hasty.sinks_on(checked("2026-01-10"))
