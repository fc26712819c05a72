"""Six people of a trusted provider, each in a process of their own, cancel the same date at once.

``python -m tests.moderation.cancelling FOLDER ADDRESS`` does it over an empty folder and the database at an address,
and leaves ``done.json`` there: what each of them was told. A process of its own, because it forks.
"""

import json
import os
import sys
from pathlib import Path

from directory.accounts import Who
from directory.moderation import ListingMoved, What
from directory.settings import Settings
from tests.moderation.world import COUNCIL, World, open_world, settings_for, write_content
from tests.staff import partner

PEOPLE = 6
DATE = "2026-12-01"


def _person(world: World, number: int) -> Who:
    return partner(world.services, COUNCIL, name=f"Partner {number}")


def _cancel(settings: Settings, number: int, opened: int, go: int) -> str:
    """Opens the page, waits until everybody has, and cancels the date in words of one's own."""
    world = open_world(settings)
    who = _person(world, number)
    draft = world.begin(who, What.CANCELLATION)
    exception = {"date": DATE, "change": "cancelled", "note": f"As {number} says."}
    sessions = [{**draft.base["sessions"][0], "exceptions": [exception]}]
    os.close(opened)
    os.read(go, 1)  # all begin at once, when the other end is closed
    try:
        return str(world.send(draft, {"sessions": sessions}, who).state)
    except ListingMoved:
        return "too late"


def main(folder: Path, address: str) -> None:
    """Runs the race."""
    content, settings = write_content(folder), settings_for(folder, address)
    council = content / "providers" / f"{COUNCIL}.yaml"
    council.write_text(council.read_text() + "trusted: true\n")
    world = open_world(settings)
    for number in range(PEOPLE):
        _person(world, number)
    world.services.database.close()
    (all_opened, opened), (go, start) = os.pipe(), os.pipe()
    children = []
    for number in range(PEOPLE):
        child = os.fork()
        if child == 0:
            os.close(start)
            (folder / f"{number}.json").write_text(json.dumps(_cancel(settings, number, opened, go)))
            os._exit(0)
        children.append(child)
    os.close(opened)
    os.read(all_opened, 1)  # nobody holds the other end any more
    os.close(start)
    for child in children:
        os.waitpid(child, 0)
    done = [json.loads((folder / f"{number}.json").read_text()) for number in range(PEOPLE)]
    (folder / "done.json").write_text(json.dumps(done))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
