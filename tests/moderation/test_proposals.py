"""The life of a proposal, from its draft to the listing's file."""

from tests.moderation.world import World


def test_an_approved_edit_is_live(world: World) -> None:
    proposal = world.propose(summary="Songs and a story.")
    assert world.live()["summary"] != "Songs and a story."
    world.approve(proposal)
    assert world.live()["summary"] == "Songs and a story."
