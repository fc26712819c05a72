"""Has processes killed at every step of what changes a listing, and looks at what a restart makes of it.

``python -m tests.moderation.killing FOLDER`` leaves ``found.json`` there: for each scenario how many processes were
killed, and what was wrong afterwards. It is a process of its own because it forks one for every step.
"""

import itertools
import json
import os
import shutil
import signal
import sqlite3
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from sqlmodel import Session, col, select

from directory.moderation import Act, State, What
from directory.search import Query
from directory.tables import Decision, ListingVersion, Mail, Proposal, Publication
from tests.moderation.steps import killed_before
from tests.moderation.world import COUNCIL, NOW, STARS, World, open_world, settings_for, write_content

WORKERS = 4
WORD = "xylophone"
"""A word that only what is being published has: whoever searches for it finds the new text or nothing."""


@dataclass(frozen=True)
class Scenario:
    """What is prepared, what is done while the process is killed, and how it is done again if it was not done."""

    prepare: Callable[[World], object]
    act: Callable[[World], object]


def _approve_what_waits(world: World) -> None:
    for proposal in world.moderation.waiting(who=world.moderator):
        if WORD in str(proposal.wanted):
            world.approve(proposal)


def _propose_edits(world: World) -> None:
    world.propose(summary=f"Bring a {WORD}.")
    other = world.propose(summary="Something else.")
    world.moderation.say(who=world.partner, number=other.id, text="Which of the two?", now=NOW)


def _make_history(world: World) -> None:
    world.approve(world.propose(summary=f"Bring a {WORD}."))
    world.approve(world.propose(summary="Bring nothing."))


def _bring_back(world: World) -> None:
    if WORD not in world.live()["summary"]:
        number = next(one.number for one in world.moderation.versions(slug=STARS) if WORD in one.text)
        world.moderation.bring_back(who=world.moderator, slug=STARS, number=number, why="It was right.", now=NOW)


def _trust_the_council(world: World) -> None:
    path = world.services.settings.content / "providers" / f"{COUNCIL}.yaml"
    path.write_text(path.read_text() + "trusted: true\n")
    world.services.look_again()
    world.propose(world.other_moderator, summary="Something else.")


def _cancel_a_date(world: World) -> None:
    session = world.live()["sessions"][0]
    if "exceptions" not in session:
        exceptions = [{"date": "2026-12-01", "change": "cancelled"}]
        world.propose(kind=What.CANCELLATION, sessions=[{**session, "exceptions": exceptions}])


def _change_by_hand(world: World) -> None:
    text = world.file().read_text()
    world.file().write_text(text.replace("Play, songs", f"A {WORD}, songs"))


SCENARIOS = {
    "an approved edit": Scenario(_propose_edits, _approve_what_waits),
    "an approved new listing": Scenario(
        lambda world: world.propose_new("Marimba morning", summary=f"Bring a {WORD}."), _approve_what_waits
    ),
    "a restore from history": Scenario(_make_history, _bring_back),
    "a date that is cancelled by rule": Scenario(_trust_the_council, _cancel_a_date),
    "a rebuild of the index": Scenario(
        _change_by_hand, lambda world: world.services.search.rebuild(world.services.snapshot)
    ),
}


def _listings(folder: Path) -> dict[str, bytes]:
    """The listings' files that a process would read."""
    files = (folder / "content" / "listings").iterdir()
    return {file.name: file.read_bytes() for file in files if not file.name.startswith(".")}


def _is_noted(folder: Path) -> bool:
    """Whether the database knows, right after the kill, that something was to be published."""
    with closing(sqlite3.connect(folder / "directory.sqlite")) as connection:
        return bool(connection.execute("SELECT 1 FROM publication").fetchone())


def _what_disagrees(world: World) -> Iterator[str]:
    """What file, history, decisions, mails and index say that the others do not."""
    with world.services.database.reading() as session:
        if session.exec(select(Publication)).first():
            yield "something is still half done"
        versions = session.exec(select(ListingVersion).order_by(col(ListingVersion.number))).all()
        yield from _proposals_undone(session, versions)
    for slug in {one.slug for one in versions}:
        own = [one for one in versions if one.slug == slug]
        if [one.number for one in own] != list(range(1, len(own) + 1)):
            yield f"the history of {slug} has a gap"
        if world.file(slug).read_text() != own[-1].text:
            yield f"the file of {slug} is not its newest version"
    if world.services.content.faults:
        yield f"content has faults: {world.services.content.faults}"
    says = {slug for slug, one in world.services.snapshot.listings.items() if WORD in one.summary}
    finds = set(world.services.search.search(Query(WORD, at=NOW)).slugs)
    if says != finds:
        yield f"the index finds {finds}, the content says {says}"


def _proposals_undone(session: Session, versions: Sequence[ListingVersion]) -> Iterator[str]:
    """Proposals whose state is not what was decided, published and told, each once."""
    published = Counter(one.proposal_id for one in versions if one.proposal_id)
    by_rule = {one.proposal_id for one in versions if one.act == Act.BY_RULE}
    decisions = session.exec(select(Decision)).all()
    finals = Counter(one.proposal_id for one in decisions if one.final)
    mails = Counter(key.split(" to ")[0] for key in session.exec(select(Mail.key)))
    for proposal in session.exec(select(Proposal)):
        number, expected = proposal.id or 0, int(proposal.state == State.APPROVED)
        decided = 0 if number in by_rule else expected
        if (published[number], finals[number]) != (expected, decided):
            yield f"proposal {proposal.id} is {proposal.state}, and that was not decided and published once"
    if any(mails[f"decision {one.id}"] != 1 for one in decisions):
        yield "somebody was not told once"


def _in_child(folder: Path, work: Callable[[World], object]) -> str | None:
    """Works on the world of a folder in a process of its own: what went wrong, if anything; None if it was killed."""
    report = folder / "report.txt"
    child = os.fork()
    if child == 0:
        try:
            work(open_world(settings_for(folder)))
            report.write_text("")
        except Exception:  # noqa: BLE001  # whatever it is, the parent tells of it
            report.write_text(traceback.format_exc())
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return None
    return report.read_text()


def _act_killed(scenario: Scenario, step: int) -> Callable[[World], None]:
    def work(world: World) -> None:
        with killed_before(step):
            scenario.act(world)

    return work


def _restart(scenario: Scenario, folder: Path, was_noted: bool, after: dict[str, bytes]) -> Callable[[World], None]:
    def work(world: World) -> None:
        wrong = [f"after a restart: {one}" for one in _what_disagrees(world)]
        if was_noted and _listings(folder) != after:
            wrong.append("after a restart: what was approved is lost")
        scenario.act(world)
        wrong += [f"after a retry: {one}" for one in _what_disagrees(world)]
        if _listings(folder) != after:
            wrong.append("after a retry: it is not done")
        if any((folder / "content" / "listings").glob(".*")):
            wrong.append("after a retry: a draft of a file is left")
        if wrong:
            raise RuntimeError("; ".join(wrong))

    return work


class Found(TypedDict):
    """What came of one scenario."""

    killed: int
    wrong: list[str]


def _tried(folder: Path, template: Path, scenario: Scenario, after: dict[str, bytes], steps: Iterator[int]) -> Found:
    """Kills a process at each of the steps, until one gets to its end."""
    found = Found(killed=0, wrong=[])
    before = _listings(template)
    for step in steps:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(template, folder, symlinks=True)
        said = _in_child(folder, _act_killed(scenario, step))
        if said is not None:
            found["wrong"] += [said] if said else []
            break
        found["killed"] += 1
        half = [name for name, text in _listings(folder).items() if text not in (before.get(name), after.get(name))]
        wrong = _in_child(folder, _restart(scenario, folder, _is_noted(folder), after))
        found["wrong"] += [f"step {step}: {one}" for one in [*half, wrong] if one != ""]
    return found


def _run(folder: Path, scenario: Scenario) -> Found:
    """Tries every step of a scenario, some processes beside each other."""
    template, finished = folder / "template", folder / "finished"
    write_content(template)
    world = open_world(settings_for(template))  # here, so that every child begins with what is made once a process
    scenario.prepare(world)
    world.services.database.close()
    shutil.copytree(template, finished, symlinks=True)
    problem = _in_child(finished, scenario.act)
    after = _listings(finished)
    children = []
    for worker in range(WORKERS):
        child = os.fork()
        if child == 0:
            steps = itertools.count(worker, WORKERS)
            found = _tried(folder / str(worker), template, scenario, after, steps)
            (folder / f"{worker}.json").write_text(json.dumps(found))
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    parts: list[Found] = [json.loads((folder / f"{worker}.json").read_text()) for worker in range(WORKERS)]
    wrong = [one for part in parts for one in part["wrong"]]
    return Found(killed=sum(part["killed"] for part in parts), wrong=[*([problem] if problem else []), *wrong])


if __name__ == "__main__":
    root = Path(sys.argv[1])
    found = {name: _run(root / str(number), one) for number, (name, one) in enumerate(SCENARIOS.items())}
    (root / "found.json").write_text(json.dumps(found))
