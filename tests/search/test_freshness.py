"""What nobody has looked at for long sinks in results, then leaves them."""

import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from directory.model.filters import Filter
from directory.model.freshness import ReviewRules
from directory.model.listing import Checked, Listing
from directory.search import SearchIndex
from tests.search.invented import SITE, ask, found, listing, snapshot

CHECKED = datetime.date(2026, 1, 10)
RULES = ReviewRules(activity_months=4, sinks_after_days=60, leaves_after_days=180)
DUE = datetime.date(2026, 5, 10)
SINKS, LEAVES = DUE + datetime.timedelta(60), DUE + datetime.timedelta(180)


def looked_at(slug: str, title: str, on: datetime.date, **said: Any) -> Listing:
    return listing(slug, title, checked=Checked(on=on, by="provider", how="phone"), **said)


STALE = looked_at("stale", "Drumming circle", CHECKED, description="Drums for everyone, drumming all day.")
FRESH = looked_at("fresh", "Music for everyone", LEAVES, summary="Drumming and songs.")
OTHER = looked_at("other", "Garden club", LEAVES, description="Some drumming too.")


def at_noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), ZoneInfo("Europe/London"))


def opened(folder: Path, *listings: Listing, rules: ReviewRules = RULES) -> SearchIndex:
    index = SearchIndex(folder)
    index.sync(snapshot(*listings, site=SITE.model_copy(update={"review": rules})))
    return index


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(CHECKED, ("stale", "fresh", "other"), id="just checked"),
        pytest.param(SINKS - datetime.timedelta(1), ("stale", "fresh", "other"), id="overdue, the last day before"),
        pytest.param(SINKS, ("fresh", "other", "stale"), id="the day it sinks"),
        pytest.param(LEAVES - datetime.timedelta(1), ("fresh", "other", "stale"), id="its last day in results"),
        pytest.param(LEAVES, ("fresh", "other"), id="the day it leaves"),
    ],
)
def test_a_listing_sinks_and_then_leaves_the_results(folder: Path, day: datetime.date, expected: tuple[str]) -> None:
    assert found(opened(folder, STALE, FRESH, OTHER), "drumming", at=at_noon(day)) == expected


def test_a_sunk_listing_is_still_found_first_by_its_very_name(folder: Path) -> None:
    index = opened(folder, STALE, FRESH, OTHER)
    assert found(index, "Drumming circle", at=at_noon(SINKS))[0] == "stale"


@pytest.mark.parametrize("order", ["nearest", "soonest", "best"])
def test_a_sunk_listing_is_last_in_every_order(folder: Path, order: str) -> None:
    index = opened(folder, STALE, FRESH, OTHER)
    assert found(index, "", at=at_noon(SINKS), order=order)[-1] == "stale"
    assert ask(index, "", at=at_noon(SINKS), order=order).total == 3


def test_a_listing_that_left_is_in_no_total_and_no_count(folder: Path) -> None:
    index = opened(folder, STALE, FRESH, OTHER)
    before, after = (ask(index, "", at=at_noon(day)) for day in (SINKS, LEAVES))
    assert (before.total, after.total) == (3, 2)
    drop_in = Filter("how", "drop_in")
    counts = [dict(results.choices)["how"][0] for results in (before, after)]
    assert [(one.filter, one.count) for one in counts] == [(drop_in, 3), (drop_in, 2)]


def test_a_new_check_brings_a_listing_back(folder: Path) -> None:
    index = opened(folder, STALE, FRESH, OTHER)
    assert found(index, "drumming", at=at_noon(LEAVES)) == ("fresh", "other")
    again = STALE.model_copy(update={"checked": Checked(on=LEAVES, by="provider", how="phone")})
    index.sync(snapshot(again, FRESH, OTHER, site=SITE.model_copy(update={"review": RULES})))
    assert found(index, "drumming", at=at_noon(LEAVES)) == ("stale", "fresh", "other")


def test_other_review_rules_count_though_no_listing_changed(folder: Path) -> None:
    index = opened(folder, STALE, FRESH, OTHER)
    patient = ReviewRules(activity_months=24)
    index.sync(snapshot(STALE, FRESH, OTHER, site=SITE.model_copy(update={"review": patient})))
    assert found(index, "drumming", at=at_noon(LEAVES)) == ("stale", "fresh", "other")


@pytest.mark.parametrize("said", [{"urgent": True}, {"kind": "hub"}], ids=["urgent", "hub"])
def test_what_must_never_be_missing_stays_where_it_is(folder: Path, said: dict[str, Any]) -> None:
    index = opened(folder, STALE.model_copy(update=said), FRESH, OTHER)
    assert found(index, "drumming", at=at_noon(LEAVES + datetime.timedelta(1000)))[0] == "stale"


def test_nobody_checked_means_that_nothing_sinks(folder: Path) -> None:
    index = opened(folder, listing("unchecked", "Drumming circle"), OTHER)
    assert found(index, "drumming", at=at_noon(LEAVES)) == ("unchecked", "other")
