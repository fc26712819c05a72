"""Who may move a proposal from where to where: every cell of the table, in the room itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from directory.accounts import Who
from directory.moderation import NoSuchProposal, NotAllowed, Proposed, State
from directory.moderation.states import MOVES, Move, Side
from tests.moderation.world import COUNCIL, NOW, World, open_world, settings_for, write_content
from tests.staff import partner

D, W, B, A, N, X = State.DRAFT, State.WAITING, State.SENT_BACK, State.APPROVED, State.DECLINED, State.WITHDRAWN
P, M = Side.PROPOSER, Side.DECIDER
ALLOWED: dict[State, dict[Side, tuple[State | None, ...]]] = {
    #      keep          send          withdraw      say           approve       decline       send back
    D: {P: (D, W, X, None, None, None, None), M: (None,) * 7},
    W: {P: (None, None, X, W, None, None, None), M: (None, None, None, W, A, N, B)},
    B: {P: (B, W, X, B, None, None, None), M: (None, None, None, B, None, None, None)},
    A: {P: (None,) * 7, M: (None,) * 7},
    N: {P: (None,) * 7, M: (None,) * 7},
    X: {P: (None,) * 7, M: (None,) * 7},
}
"""For each state and side, the state that each move leads to; None for a move that is refused."""
CELLS = [
    pytest.param(state, side, move, reached, id=f"{side} {move} {state}")
    for state, sides in ALLOWED.items()
    for side, row in sides.items()
    for move, reached in zip(Move, row, strict=True)
]


@dataclass
class Case:
    """A proposal of somebody who proposed nothing before, in a world that other cases share."""

    world: World
    proposer: Who
    proposal: Proposed


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all cells."""
    folder = tmp_path_factory.mktemp("states")
    write_content(folder)
    world = open_world(settings_for(folder))
    yield world
    world.services.database.close()


def _brought_to(world: World, state: State, name: str) -> Case:
    """A new proposal in that state."""
    who = partner(world.services, COUNCIL, name=name)
    draft = world.begin(who)
    if state is not D:
        sent = world.send(draft, {"summary": f"As {name}."}, who)
        _bring(world, who, sent, state)
    return Case(world, who, world.moderation.proposal(who=who, number=draft.id))


def _bring(world: World, who: Who, sent: Proposed, state: State) -> None:
    room, number, version = world.moderation, sent.id, sent.version
    if state is A:
        world.approve(sent)
    elif state is N:
        room.decline(who=world.moderator, number=number, version=version, reason="There are none.", now=NOW)
    elif state is B:
        room.send_back(who=world.moderator, number=number, version=version, reason="Which songs?", now=NOW)
    elif state is X:
        room.withdraw(who=who, number=number, now=NOW)


def _move(world: World, who: Who, proposal: Proposed, move: Move) -> object:
    room, number, version = world.moderation, proposal.id, proposal.version
    wanted = {**proposal.base, "summary": "Songs and two stories."}
    moves: dict[Move, Callable[[], object]] = {
        Move.KEEP: lambda: room.keep(who=who, number=number, typed={"summary": "So"}, now=NOW),
        Move.SEND: lambda: room.send(who=who, number=number, wanted=wanted, now=NOW),
        Move.WITHDRAW: lambda: room.withdraw(who=who, number=number, now=NOW),
        Move.SAY: lambda: room.say(who=who, number=number, text="Hello", now=NOW),
        Move.APPROVE: lambda: room.approve(who=who, number=number, version=version, now=NOW),
        Move.DECLINE: lambda: room.decline(who=who, number=number, version=version, reason="No.", now=NOW),
        Move.SEND_BACK: lambda: room.send_back(who=who, number=number, version=version, reason="How?", now=NOW),
    }
    return moves[move]()


@pytest.mark.parametrize(("state", "side", "move", "reached"), CELLS)
def test_the_table_holds(shared: World, state: State, side: Side, move: Move, reached: State | None) -> None:
    case = _brought_to(shared, state, f"{side} who would {move} what is {state}")
    who = case.proposer if side is P else shared.moderator
    if reached is None:
        with pytest.raises((NotAllowed, NoSuchProposal)):
            _move(shared, who, case.proposal, move)
    else:
        _move(shared, who, case.proposal, move)
    assert shared.moderation.proposal(who=case.proposer, number=case.proposal.id).state is (reached or state)


def test_the_room_has_no_move_beside_the_table() -> None:
    moves = {(state, move, side): reached for (state, move), sides in MOVES.items() for side, reached in sides.items()}
    wanted = {
        (state, move, side): reached
        for state, sides in ALLOWED.items()
        for side, row in sides.items()
        for move, reached in zip(Move, row, strict=True)
        if reached
    }
    assert moves == wanted


@pytest.mark.parametrize("move", Move)
def test_a_colleague_can_do_nothing_to_a_proposal(shared: World, move: Move) -> None:
    case = _brought_to(shared, W, f"somebody whose colleague would {move}")
    with pytest.raises(NoSuchProposal):
        _move(shared, shared.partner, case.proposal, move)
