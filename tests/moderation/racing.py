"""Eight moderators, each in a process of their own, decide on the same hundred proposals at once.

``python -m tests.moderation.racing FOLDER ADDRESS`` does it over an empty folder and the database at an address, and
leaves ``done.json`` there: what each of them was told that they had decided. A process of its own, because it forks.
"""

import json
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from directory.accounts import Who
from directory.moderation import BothChanged, ListingMoved, Moderation, NotAllowed, ProposalMoved, Proposed, State
from directory.settings import Settings
from tests.moderation.world import COUNCIL, NOW, World, open_world, settings_for, write_content
from tests.small_content import LISTING
from tests.staff import moderator, partner

MODERATORS = 8
PROPOSALS = 100
LISTINGS = 10
KEYS = ("summary", "opening_note", "url", "interpretation_services", "description")
MOVED = (ProposalMoved, ListingMoved, NotAllowed)
"""What somebody is told who was not the first."""


def _slug(number: int) -> str:
    return f"club-{number}"


def prepare(folder: Path, settings: Settings) -> World:
    """Ten listings, and ten proposals for each of them, every key of theirs in two: half of all meet another."""
    write_content(folder)
    for number in range(LISTINGS):
        text = LISTING.replace("Little Stars stay and play", f"Club {number}")
        (folder / "content" / "listings" / f"{_slug(number)}.yaml").write_text(text)
    world = open_world(settings)
    for number in range(PROPOSALS):
        slug, key = _slug(number % LISTINGS), KEYS[number // LISTINGS % len(KEYS)]
        who = partner(world.services, COUNCIL, name=f"Partner {number % 7}")
        changed = {key: f"https://example.org/{number}" if key == "url" else f"As proposed in {number}."}
        world.send(world.begin(who, slug=slug), changed, who)
    for number in range(MODERATORS):
        moderator(world.services, name=f"Moderator {number}")
    return world


def _decide(moderation: Moderation, who: Who, proposal: Proposed, dice: random.Random) -> State:
    """One moderator's answer to what waits; each has their own mind."""
    number, version = proposal.id, proposal.version
    (key,) = (key for key in proposal.wanted if proposal.wanted[key] != proposal.base.get(key))
    answer = dice.choice(("approve", "approve", "amend", "decline", "send back"))
    if answer == "decline":
        moderation.decline(who=who, number=number, version=version, reason="Not now.", now=NOW)
        return State.DECLINED
    if answer == "send back":
        moderation.send_back(who=who, number=number, version=version, reason="Say more.", now=NOW)
        return State.SENT_BACK
    if answer == "amend":
        amended = {key: f"https://example.org/{who.id}" if key == "url" else f"Amended by {who.id} in {number}."}
        moderation.approve(who=who, number=number, version=version, accepted=[], amended=amended, now=NOW)
        return State.APPROVED
    try:
        moderation.approve(who=who, number=number, version=version, now=NOW)
    except BothChanged as both:
        moderation.approve(who=who, number=number, version=version, accepted=both.keys, now=NOW)
    return State.APPROVED


def _race(world: World, who: Who, dice: random.Random) -> Iterator[tuple[int, State | None]]:
    """Decides on whatever waits, in an order of one's own, until nothing does: each decision; None for one too late."""
    waiting = list(world.moderation.waiting(who=who))
    while waiting:
        dice.shuffle(waiting)
        for proposal in waiting:
            try:
                yield proposal.id, _decide(world.moderation, who, proposal, dice)
            except MOVED:
                yield proposal.id, None
        waiting = list(world.moderation.waiting(who=who))


def _moderator(settings: Settings, number: int, go: int) -> list[tuple[int, State | None]]:
    world = open_world(settings)
    who = moderator(world.services, name=f"Moderator {number}")
    os.read(go, 1)  # all begin at once, when the other end is closed
    return list(_race(world, who, random.Random(number)))  # the same race every time, as far as it goes


def main(folder: Path, address: str) -> None:
    """Runs the race."""
    settings = settings_for(folder, address)
    world = prepare(folder, settings)
    world.services.database.close()
    go, start = os.pipe()
    children = []
    for number in range(MODERATORS):
        child = os.fork()
        if child == 0:
            os.close(start)
            (folder / f"{number}.json").write_text(json.dumps(_moderator(settings, number, go)))
            os._exit(0)
        children.append(child)
    os.close(start)
    for child in children:
        os.waitpid(child, 0)
    done = [json.loads((folder / f"{number}.json").read_text()) for number in range(MODERATORS)]
    (folder / "done.json").write_text(json.dumps(done))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
