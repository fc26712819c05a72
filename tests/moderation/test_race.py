"""Many moderators decide on the same proposals at once: each proposal gets one answer, and no edit is lost."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from directory.content import listing_in
from directory.moderation import State, fields_of
from directory.moderation.comparing import changed_keys
from tests.moderation.racing import LISTINGS, MODERATORS, PROPOSALS
from tests.moderation.world import BOTH, World, open_world, settings_for

ROOT = Path(__file__).parents[2]
OUTCOMES = (State.APPROVED, State.DECLINED, State.SENT_BACK)


@pytest.fixture
def raced(tmp_path: Path, database_url: str) -> Iterator[tuple[World, list[tuple[int, str]]]]:
    """The world after the race, and every decision that a moderator was told to have taken."""
    command = [sys.executable, "-m", "tests.moderation.racing", str(tmp_path), database_url]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"}, check=True)
    done = json.loads((tmp_path / "done.json").read_text())
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
