"""Many people at once: each proposal gets one answer, each date is cancelled once, and no edit is lost."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from directory.content import listing_in
from directory.moderation import Act, State, fields_of
from directory.moderation.comparing import changed_keys
from tests.moderation import cancelling
from tests.moderation.racing import LISTINGS, MODERATORS, PROPOSALS
from tests.moderation.world import BOTH, STARS, World, open_world, settings_for

ROOT = Path(__file__).parents[2]
OUTCOMES = (State.APPROVED, State.DECLINED, State.SENT_BACK)


def _run(race: str, folder: Path, database_url: str) -> list[Any]:
    """What each of those who raced was told."""
    command = [sys.executable, "-m", f"tests.moderation.{race}", str(folder), database_url]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"}, check=True)
    done: list[Any] = json.loads((folder / "done.json").read_text())
    return done


@pytest.fixture
def raced(tmp_path: Path, database_url: str) -> Iterator[tuple[World, list[tuple[int, str]]]]:
    """The world after the race, and every decision that a moderator was told to have taken."""
    done = _run("racing", tmp_path, database_url)
    assert len(done) == MODERATORS
    answers = [(number, outcome) for own in done for number, outcome in own]
    assert any(outcome is None for _, outcome in answers), "nobody met anybody: that was no race"
    world = open_world(settings_for(tmp_path, database_url))
    yield world, [(number, outcome) for number, outcome in answers if outcome]
    world.services.database.close()


@BOTH
def test_eight_moderators_at_once_give_each_proposal_one_answer(raced: tuple[World, list[tuple[int, str]]]) -> None:
    world, done = raced
    assert sorted(number for number, _ in done) == list(range(1, PROPOSALS + 1))
    assert {outcome for _, outcome in done} == set(OUTCOMES)
    for number, outcome in done:
        proposal = world.moderation.proposal(who=world.moderator, number=number)
        decisions = world.moderation.decisions(who=world.moderator, number=number)
        assert [proposal.state, *(one.outcome for one in decisions)] == [outcome, outcome]
    _histories_have_no_gap(world, Counter(outcome for _, outcome in done)[State.APPROVED])


@BOTH
def test_one_date_that_six_people_cancel_at_once_is_cancelled_once(tmp_path: Path, database_url: str) -> None:
    done = _run("cancelling", tmp_path, database_url)
    assert sorted(done) == sorted([State.APPROVED, *["too late"] * (cancelling.PEOPLE - 1)])
    world = open_world(settings_for(tmp_path, database_url))
    [exception] = world.live()["sessions"][0]["exceptions"]
    assert exception["note"] == f"As {done.index(State.APPROVED)} says."
    assert [one.act for one in world.moderation.versions(slug=STARS)] == [Act.BY_RULE, Act.FOUND]
    world.services.database.close()


def _histories_have_no_gap(world: World, approved: int) -> None:
    histories = [world.moderation.versions(slug=f"club-{number}") for number in range(LISTINGS)]
    assert sum(len(versions) - 1 for versions in histories) == approved
    for newest_first in histories:
        versions = list(reversed(newest_first))
        assert [one.number for one in versions] == list(range(1, len(versions) + 1))
        assert world.file(versions[0].slug).read_text() == versions[-1].text
        texts = [_keys(one.slug, one.text) for one in versions]
        for (before, after), version in zip(pairwise(texts), versions[1:], strict=True):
            (decision,) = world.moderation.decisions(who=world.moderator, number=version.proposal_id or 0)
            assert set(changed_keys(before, after)) <= {*decision.accepted, *decision.amended}


def _keys(slug: str, text: str) -> dict[str, object]:
    listing = listing_in(slug, text)
    assert listing
    return dict(fields_of(listing))
