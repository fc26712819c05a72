"""Two people at once: what only one changed is kept, what both changed is asked about, and nothing is lost."""

import pytest

from directory.moderation import Act, BothChanged, ListingMoved, NotSound, ProposalMoved
from tests.moderation.world import BOTH, COUNCIL, HUB, NOW, STARS, World
from tests.staff import partner


def _other(world: World, **changed: object) -> None:
    """Somebody else's change, live before the first is decided on."""
    other = partner(world.services, COUNCIL, name="Other Partner")
    world.approve(world.send(world.begin(other), changed, other))


@BOTH
def test_a_stale_edit_keeps_what_was_changed_since(world: World) -> None:
    draft = world.begin()
    _other(world, email="stars@example.org")
    world.approve(world.send(draft, {"summary": "Songs and a story."}))
    live = world.live()
    assert (live["email"], live["summary"]) == ("stars@example.org", "Songs and a story.")


@BOTH
def test_what_both_changed_is_asked_about(world: World) -> None:
    proposal = world.propose(summary="Songs and a story.", email="stars@example.org")
    _other(world, summary="Songs and a dance.")
    comparison = world.moderation.compare(who=world.moderator, number=proposal.id)
    ours = {one.key: one for one in comparison.changes}
    assert [one.key for one in comparison.changes if one.is_contested] == ["summary"]
    assert (ours["summary"].base, ours["summary"].live) == ("Play, songs and a cup of tea.", "Songs and a dance.")
    assert comparison.merged["summary"] == "Songs and a dance."
    with pytest.raises(BothChanged):
        world.approve(world.again(proposal))
    world.approve(world.again(proposal), accepted=["email"])
    assert (world.live()["summary"], world.live()["email"]) == ("Songs and a dance.", "stars@example.org")


def test_a_moderator_who_looked_before_the_other_change_looks_again(world: World) -> None:
    seen = world.propose(summary="Songs and a story.")
    untouched = world.propose(world.other_moderator, url="https://example.org/")
    _other(world, summary="Songs and a dance.")
    with pytest.raises(ProposalMoved):
        world.approve(seen, accepted=["summary"])
    assert world.again(untouched).version == untouched.version


@BOTH
def test_two_who_wait_for_one_field_see_each_other(world: World) -> None:
    other = partner(world.services, COUNCIL, name="Other Partner")
    first = world.propose(summary="Songs and a story.")
    second = world.send(world.begin(other), {"summary": "Songs and a dance.", "url": "https://example.org/"}, other)
    for number, who, rival in ((first.id, world.partner, second.id), (second.id, other, first.id)):
        for looking in (who, world.moderator):
            changes = world.moderation.compare(who=looking, number=number).changes
            assert {one.key: one.others for one in changes}["summary"] == (rival,)
    assert {one.key: one.others for one in changes}["url"] == ()


def test_two_cancelled_dates_of_one_session_are_both_kept(world: World) -> None:
    (session,) = world.live()["sessions"]
    first, second = (
        world.send(
            world.begin(who), {"sessions": [{**session, "exceptions": [{"date": date, "change": "cancelled"}]}]}, who
        )
        for who, date in ((world.partner, "2026-12-01"), (world.other_moderator, "2026-12-08"))
    )
    world.approve(first)
    world.approve(world.again(second))
    assert [one.date.day for one in world.services.snapshot.listings[STARS].sessions[0].exceptions] == [1, 8]


def test_a_file_that_was_changed_by_hand_is_merged_and_remembered(world: World) -> None:
    proposal = world.propose(summary="Songs and a story.")
    by_hand = world.file().read_text().replace("amount_pence: 150", "amount_pence: 200")
    world.file().write_text(f"# Kept by the hub.\n{by_hand}")
    world.approve(proposal)
    newest_first = world.moderation.versions(slug=STARS)
    assert [one.act for one in newest_first] == [Act.APPROVED, Act.FOUND]
    assert newest_first[1].text == f"# Kept by the hub.\n{by_hand}"
    assert newest_first[0].text == world.file().read_text()
    assert newest_first[0].text.startswith("# Kept by the hub.\nkind: activity\n")
    assert "amount_pence: 200" in newest_first[0].text


def test_a_file_that_was_changed_by_hand_since_the_moderator_looked_is_looked_at_again(world: World) -> None:
    proposal = world.propose(summary="Songs and a story.")
    seen = world.moderation.compare(who=world.moderator, number=proposal.id).seen
    world.file().write_text(world.file().read_text().replace("Play, songs and a cup of tea.", "Changed by hand."))
    with pytest.raises(ListingMoved):
        world.approve(proposal, accepted=["summary"], seen=seen)
    assert world.services.snapshot.listings[STARS].summary == "Changed by hand."


def test_the_same_change_by_two_is_made_once_and_both_are_answered(world: World) -> None:
    proposal = world.propose(summary="Songs and a story.")
    _other(world, summary="Songs and a story.")
    world.approve(world.again(proposal))
    versions = world.moderation.versions(slug=STARS)
    assert [one.number for one in versions] == [3, 2, 1]
    assert versions[0].text == versions[1].text


def test_two_new_listings_with_one_title_at_one_place_become_one(world: World) -> None:
    first, second = world.propose_new("Marimba"), world.propose_new("Marimba")
    world.approve(first)
    with pytest.raises(NotSound, match="make one listing of the two"):
        world.approve(world.again(second))


def test_what_one_process_published_another_merges_with(world: World) -> None:
    """The other process has not looked at the files since."""
    proposal = world.propose(summary="Songs and a story.")
    stale = world.services.snapshot
    text = world.file(HUB).read_text()
    world.file(HUB).write_text(text.replace("Help under one roof.", "Help for all."))
    world.moderation.confirm(who=world.partner, slug=HUB, how="", now=NOW)
    assert world.services.snapshot is not stale
    world.approve(proposal)
    assert world.live(HUB)["summary"] == "Help for all."
