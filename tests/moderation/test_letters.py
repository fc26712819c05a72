"""Who is told what by mail, each thing once."""

from sqlmodel import col, select

from directory.tables import Mail
from tests.moderation.world import COUNCIL, HUB, NOW, World
from tests.staff import moderator, partner


def _mails(world: World, subject: str) -> dict[str, str]:
    """The text of each mail of that subject, by whom it goes to."""
    with world.services.database.reading() as session:
        rows = session.exec(select(Mail).where(col(Mail.subject).contains(subject)))
        return {row.to: row.text for row in rows}


def test_moderators_are_told_when_the_queue_fills_and_not_of_every_proposal(world: World) -> None:
    moderator(world.services, HUB)
    moderator(world.services, "elsewhere")
    first = world.propose(world.other_moderator, summary="Songs and a story.")
    told = _mails(world, "A change waits")
    assert set(told) == {"mo.derator@example.org", f"moderator.{HUB.replace('-', '.')}@example.org"}
    assert f"/queue/{first.id}" in told["mo.derator@example.org"]
    world.propose(summary="Songs and a dance.")
    assert _mails(world, "A change waits") == told


def test_the_proposer_hears_what_was_decided_and_why(world: World) -> None:
    first = world.send(world.begin(), {"summary": "Songs and a story."}, note="Please hurry.")
    world.approve(first, accepted=["summary"], reason="Good to know.")
    ((address, text),) = _mails(world, "is live").items()
    assert address == world.partner.email
    assert "What you asked for is now live." in text
    assert "Good to know." in text
    assert "Please hurry." not in text
    assert f"/desk/proposals/{first.id}" in text


def test_the_proposer_hears_that_a_part_was_taken(world: World) -> None:
    proposal = world.propose(summary="Songs and a story.", url="https://example.org/")
    world.approve(proposal, accepted=["summary"])
    assert "Part of what you asked for is now live." in _mails(world, "is live")[world.partner.email]


def test_the_proposer_hears_a_no_and_a_question(world: World) -> None:
    proposal = world.propose(summary="Songs and a story.")
    room, about = world.moderation, world.moderator
    room.send_back(who=about, number=proposal.id, version=proposal.version, reason="Which songs?", now=NOW)
    assert "Which songs?" in _mails(world, "look at your change")[world.partner.email]
    again = world.send(world.begin(), {"summary": "Songs and a dance."})
    room.decline(who=about, number=again.id, version=again.version, reason="No dancing.", now=NOW)
    assert "No dancing." in _mails(world, "was not made")[world.partner.email]


def test_a_message_goes_to_the_other_side(world: World) -> None:
    proposal = world.propose(summary="Songs and a story.")
    world.moderation.say(who=world.partner, number=proposal.id, text="Is it clear?", now=NOW)
    assert set(_mails(world, "A message")) == {world.moderator.email, world.other_moderator.email}
    world.moderation.say(who=world.moderator, number=proposal.id, text="Very.", now=NOW)
    assert "Very." in _mails(world, "A message")[world.partner.email]


def test_once_a_moderator_has_answered_they_alone_hear_more(world: World) -> None:
    proposal = world.propose(summary="Songs and a story.")
    world.moderation.say(who=world.moderator, number=proposal.id, text="Which songs?", now=NOW)
    world.moderation.say(who=world.partner, number=proposal.id, text="All of them.", now=NOW)
    answered = {to for to, text in _mails(world, "A message").items() if "All of them." in text}
    assert answered == {world.moderator.email}


def test_who_has_left_is_not_written_to(world: World) -> None:
    gone = partner(world.services, COUNCIL, name="Gone Partner")
    proposal = world.send(world.begin(gone), {"summary": "Songs and a story."}, gone)
    world.services.accounts.leave(person=gone.id, by=None, now=NOW)
    world.approve(proposal)
    assert _mails(world, "is live") == {}
