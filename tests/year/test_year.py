"""The simulated year keeps what the directory promises: less falsehood than its peers, within what staff have."""

import pytest

from tests.year import assumptions
from tests.year.__main__ import lived, table
from tests.year.world import made

SEED = 1


@pytest.fixture(scope="module")
def lives() -> tuple[float, float, float, float, float]:
    """False views without a warning under each set of rules, and our staff's mean and busiest week, in minutes."""
    world = made(SEED)
    never, yearly, ours = (one.tally for one in lived(world, SEED))
    minutes = ours.minutes_a_hub_a_week(world.hubs)
    return never.false_share, yearly.false_share, ours.false_share, minutes, ours.busiest_week


def test_a_tenth_as_many_false_views_as_where_nobody_looks_again(lives: tuple[float, ...]) -> None:
    never, _, ours, *_ = lives
    assert ours <= never / 10


def test_a_third_as_many_false_views_as_with_a_yearly_mail(lives: tuple[float, ...]) -> None:
    _, yearly, ours, *_ = lives
    assert ours <= yearly / 3


def test_no_hub_needs_more_minutes_than_it_has(lives: tuple[float, ...]) -> None:
    *_, minutes, busiest = lives
    assert minutes <= busiest <= assumptions.MINUTES_A_HUB_A_WEEK


def test_the_same_seed_lives_through_the_same_year() -> None:
    first, again, other = (list(table(lived(made(seed, 120, 20), seed))) for seed in (7, 7, 8))
    assert first == again
    assert first != other
