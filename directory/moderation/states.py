"""Who may do what with a proposal in which state, and what state it is in afterwards: one table. Pure."""

from enum import StrEnum

from directory.moderation.values import NotAllowed, State


class Side(StrEnum):
    """What somebody is to a proposal. Nobody is both: whoever proposed it does not decide on it."""

    PROPOSER = "proposer"
    DECIDER = "decider"


class Move(StrEnum):
    """What can be done with a proposal."""

    KEEP = "keep"
    SEND = "send"
    WITHDRAW = "withdraw"
    SAY = "say"
    APPROVE = "approve"
    DECLINE = "decline"
    SEND_BACK = "send back"


MOVES: dict[tuple[State, Move], dict[Side, State]] = {
    (State.DRAFT, Move.KEEP): {Side.PROPOSER: State.DRAFT},
    (State.DRAFT, Move.SEND): {Side.PROPOSER: State.WAITING},
    (State.DRAFT, Move.WITHDRAW): {Side.PROPOSER: State.WITHDRAWN},
    (State.SENT_BACK, Move.KEEP): {Side.PROPOSER: State.SENT_BACK},
    (State.SENT_BACK, Move.SEND): {Side.PROPOSER: State.WAITING},
    (State.SENT_BACK, Move.WITHDRAW): {Side.PROPOSER: State.WITHDRAWN},
    (State.SENT_BACK, Move.SAY): {Side.PROPOSER: State.SENT_BACK, Side.DECIDER: State.SENT_BACK},
    (State.WAITING, Move.WITHDRAW): {Side.PROPOSER: State.WITHDRAWN},
    (State.WAITING, Move.SAY): {Side.PROPOSER: State.WAITING, Side.DECIDER: State.WAITING},
    (State.WAITING, Move.APPROVE): {Side.DECIDER: State.APPROVED},
    (State.WAITING, Move.DECLINE): {Side.DECIDER: State.DECLINED},
    (State.WAITING, Move.SEND_BACK): {Side.DECIDER: State.SENT_BACK},
}
"""What is not here cannot be done: what is approved, declined or withdrawn stays so.

One thing is approved by nobody: what ``by_rule`` publishes as it is sent.
"""

ENDS = (State.APPROVED, State.DECLINED, State.WITHDRAWN)


def after(state: State, move: Move, side: Side) -> State:
    """The state after somebody's move. Raises ``NotAllowed`` for one that the table does not have."""
    reached = MOVES.get((state, move), {}).get(side)
    if reached is None:
        raise NotAllowed(f"a {side} cannot {move} a proposal that is {state}")
    return reached
