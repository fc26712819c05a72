"""The life of a proposal, from its draft to the listing's file."""

import datetime

import pytest
from sqlmodel import col, select

from directory.moderation import (
    Act,
    ListingMoved,
    NoSuchProposal,
    NotAllowed,
    NotSound,
    ProposalMoved,
    Proposed,
    Risk,
    State,
    What,
)
from directory.tables import AuditEntry
from tests.moderation.world import BOTH, COUNCIL, HUB, NOW, STARS, World
from tests.staff import moderator, partner

EXCEPTION = {"date": "2026-12-01", "change": "cancelled", "note": "The hall is flooded"}


def _log(world: World) -> list[tuple[str, str]]:
    with world.services.database.reading() as session:
        return [(row.what, row.about) for row in session.exec(select(AuditEntry).order_by(col(AuditEntry.id)))]


@BOTH
def test_an_edit_is_live_once_it_is_approved_and_not_before(world: World) -> None:
    proposal = world.propose(summary="Songs and a story.")
    assert (proposal.state, proposal.hub, proposal.title) == (State.WAITING, HUB, "Little Stars stay and play")
    assert "Songs and a story." not in world.file().read_text()
    version = world.approve(proposal, reason="Good to know.")
    assert world.live()["summary"] == "Songs and a story."
    assert world.file().read_text() == version.text
    assert (version.proposed_by, version.decided_by) == (world.partner.id, world.moderator.id)
    assert (version.act, version.why) == (Act.APPROVED, "Good to know.")
    assert world.again(proposal).state is State.APPROVED
    assert _log(world) == [("proposed", f"proposal {proposal.id}"), ("approved", f"listing {STARS}")]


def test_an_approval_changes_nothing_else(world: World) -> None:
    before = world.live()
    world.approve(world.propose(summary="Songs and a story."))
    assert world.live() == {**before, "summary": "Songs and a story."}


@BOTH
def test_what_a_form_holds_is_kept_until_it_is_decided(world: World) -> None:
    draft = world.begin()
    world.moderation.keep(who=world.partner, number=draft.id, typed={"minimum_age": "for\x00\ud800"}, now=NOW)
    again = world.begin()
    assert (again.id, again.typed) == (draft.id, {"minimum_age": "for\x00\ud800"})
    sent = world.send(again, {"summary": "Songs and a story."})
    number, version = sent.id, sent.version
    world.moderation.send_back(who=world.moderator, number=number, version=version, reason="From what age?", now=NOW)
    back = world.begin()
    assert (back.id, back.state, back.typed) == (draft.id, State.SENT_BACK, {"minimum_age": "for\x00\ud800"})


def test_an_untouched_draft_begins_anew_on_what_is_live(world: World) -> None:
    draft = world.begin()
    other = partner(world.services, COUNCIL, name="Other Partner")
    world.approve(world.propose(other, summary="Songs and a story."))
    assert world.begin().base == {**draft.base, "summary": "Songs and a story."}


@BOTH
def test_a_new_listing_gets_a_slug_from_its_title(world: World) -> None:
    proposal = world.propose_new("Marimba & more: Tuesdays!")
    assert (proposal.slug, proposal.risk) == ("marimba-and-more-tuesdays", Risk.HIGH)
    assert proposal.slug not in world.services.snapshot.listings
    version = world.approve(proposal)
    assert (version.number, version.slug) == (1, "marimba-and-more-tuesdays")
    assert world.live("marimba-and-more-tuesdays")["title"] == "Marimba & more: Tuesdays!"


@pytest.mark.parametrize("title", ["../../etc/passwd", "..", "/", "a/../b", "Ünïcode/\\ \N{BULLET}", "x" * 120])
def test_no_title_names_a_file_elsewhere(world: World, title: str) -> None:
    slug = world.approve(world.propose_new(title)).slug
    assert [file.name for file in world.file().parent.iterdir() if file.name == f"{slug}.yaml"] == [f"{slug}.yaml"]
    assert not set(slug) - set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_two_new_listings_of_one_title_elsewhere_get_two_slugs(world: World) -> None:
    elsewhere = [{"name": "Elm Hall", "city": "Brackenhill", "postal_code": "TB5 3AB"}]
    first = world.propose_new("Marimba")
    second = world.propose_new("Marimba", locations=elsewhere)
    assert [first.slug, second.slug] == ["marimba", "marimba-2"]


def test_a_slug_that_was_taken_meanwhile_is_not_written_over(world: World) -> None:
    proposal = world.propose_new("Marimba")
    elsewhere = world.file().read_text().replace(f"at: {HUB}", "name: Elm Hall").replace("Little Stars", "Other")
    world.file("marimba").write_text(elsewhere)
    assert world.approve(proposal).slug == "marimba-2"
    assert world.file("marimba").read_text() == elsewhere


def test_a_closure_and_its_end(world: World) -> None:
    proposal = world.propose(kind=What.CLOSURE, status="temporarily closed", closed_until="2027-01-04")
    assert proposal.risk is Risk.ORDINARY
    world.approve(proposal)
    assert world.services.snapshot.listings[STARS].closed_until == datetime.date(2027, 1, 4)
    world.approve(world.propose(kind=What.CLOSURE, status=None, closed_until=None))
    assert world.services.snapshot.listings[STARS].status == "active"


def test_one_session_is_cancelled(world: World) -> None:
    (session,) = world.live()["sessions"]
    world.approve(world.propose(kind=What.CANCELLATION, sessions=[{**session, "exceptions": [EXCEPTION]}]))
    (exception,) = world.services.snapshot.listings[STARS].sessions[0].exceptions
    assert exception.change == "cancelled"


def test_a_confirmation_that_waited_counts_from_when_it_was_sent(world: World) -> None:
    proposal = world.propose(kind=What.CONFIRMATION)
    version = world.approve(proposal, now=NOW + datetime.timedelta(days=2))
    assert version.act is Act.CHECKED
    assert world.live()["checked"] == {"on": "2026-11-24", "by": "provider"}


def test_an_edit_that_is_approved_does_not_say_that_all_was_checked(world: World) -> None:
    world.approve(world.propose(summary="Songs and a story."))
    assert world.services.snapshot.listings[STARS].checked is None


@BOTH
def test_some_fields_are_taken_and_a_word_is_amended(world: World) -> None:
    proposal = world.propose(summary="Songs and a storey.", email="stars@example.org", url="https://example.org/")
    world.approve(proposal, accepted=["email"], amended={"summary": "Songs and a story."}, reason="It is down.")
    live = world.live()
    assert (live["summary"], live["email"]) == ("Songs and a story.", "stars@example.org")
    assert live["url"] == "https://little-stars.example.org/"
    (decided,) = world.moderation.decisions(who=world.partner, number=proposal.id)
    assert (decided.accepted, decided.amended) == (("email",), {"summary": "Songs and a story."})


def test_an_approval_takes_something(world: World) -> None:
    with pytest.raises(NotSound, match="takes nothing"):
        world.approve(world.propose(summary="Songs and a story."), accepted=[])


@BOTH
def test_what_is_not_sound_is_not_sent(world: World) -> None:
    draft = world.begin()
    with pytest.raises(NotSound) as told:
        world.send(draft, {"title": "", "email": "at home", "provider": "nobody", "categories": ["stay-and-pray"]})
    keys = {key for key, _ in told.value.faults}
    assert keys == {"title", "email", "provider", "categories[1]"}
    assert world.begin().state is State.DRAFT


def test_what_changes_nothing_is_not_sent(world: World) -> None:
    with pytest.raises(NotSound, match="changes nothing"):
        world.propose()


@pytest.mark.parametrize("title", ["Brackenhill Family Hub", "BRACKENHILL family hub"])
def test_no_second_listing_of_one_title_at_one_place(world: World, title: str) -> None:
    with pytest.raises(NotSound, match="make one listing of the two"):
        world.propose_new(title, locations=world.live(HUB)["locations"])


def test_what_became_unsound_while_it_waited_is_not_published(world: World) -> None:
    proposal = world.propose(related=[HUB])
    world.file().write_text(world.file().read_text().replace(f"- at: {HUB}", "- name: Elm Hall"))
    world.file(HUB).unlink()
    (world.services.settings.content / "places.yaml").unlink()
    with pytest.raises(NotSound, match="names no listing"):
        world.approve(proposal)
    assert world.again(proposal).state is State.WAITING


@pytest.mark.parametrize("reason", ["", " \n", "\u202e"])
def test_who_says_no_says_why(world: World, reason: str) -> None:
    proposal = world.propose(summary="Songs and a story.")
    for answer in (world.moderation.decline, world.moderation.send_back):
        with pytest.raises(NotSound, match="say why"):
            answer(who=world.moderator, number=proposal.id, version=proposal.version, reason=reason, now=NOW)


@BOTH
def test_messages_go_to_and_fro(world: World) -> None:
    proposal = world.propose(summary="Songs and a story.")
    world.moderation.say(who=world.moderator, number=proposal.id, text=" Which songs?\r\nAll? \x00", now=NOW)
    world.moderation.say(who=world.partner, number=proposal.id, text="All of them.", now=NOW)
    for who in (world.partner, world.moderator):
        said = [(one.by, one.text) for one in world.moderation.messages(who=who, number=proposal.id)]
        assert said == [(world.moderator.id, "Which songs?\nAll?"), (world.partner.id, "All of them.")]
    assert world.again(proposal).version == proposal.version
    with pytest.raises(NotSound, match="is empty"):
        world.moderation.say(who=world.partner, number=proposal.id, text=" ", now=NOW)


@BOTH
def test_a_decision_on_what_has_changed_is_refused(world: World) -> None:
    seen = world.propose(summary="Songs and a story.")
    world.moderation.decline(who=world.moderator, number=seen.id, version=seen.version, reason="No.", now=NOW)
    with pytest.raises(ProposalMoved):
        world.approve(seen, who=world.other_moderator)
    with pytest.raises(ProposalMoved):
        world.moderation.send_back(who=world.moderator, number=seen.id, version=seen.version, reason="No.", now=NOW)


@BOTH
def test_the_queue_is_oldest_first_and_of_those_who_may_decide(world: World) -> None:
    first = world.propose(phones=[{"number": "01632 960124"}])
    second = world.propose_new("Marimba")
    hub_staff = moderator(world.services, HUB)
    for who in (world.moderator, hub_staff):
        assert [one.id for one in world.moderation.waiting(who=who)] == [first.id, second.id]
    assert world.moderation.waiting(who=moderator(world.services, "other-hub")) == []
    filters: list[dict[str, str]] = [{"hub": "other-hub"}, {"risk": "low"}, {"kind": "closure"}]
    assert [list(world.moderation.waiting(who=world.moderator, **one)) for one in filters] == [[], [], []]
    high: list[Proposed] = list(world.moderation.waiting(who=world.moderator, risk="high", kind="new", hub=HUB))
    assert [one.id for one in high] == [second.id]
    with pytest.raises(NotAllowed):
        world.moderation.waiting(who=world.partner)


def test_own_proposals_are_newest_first(world: World) -> None:
    numbers = [world.propose_new(title).id for title in ("Marimba", "Xylophone")]
    assert [one.id for one in world.moderation.of_person(who=world.partner)] == numbers[::-1]
    assert world.moderation.of_person(who=world.moderator) == []


def test_a_listing_that_is_gone_takes_no_edit(world: World) -> None:
    proposal, draft = world.propose(summary="Songs and a story."), world.begin()
    world.file().unlink()
    with pytest.raises(ListingMoved):
        world.approve(proposal)
    with pytest.raises(ListingMoved):
        world.send(draft, {"summary": "Songs and two stories."})
    with pytest.raises(ListingMoved):
        world.begin()
    assert world.moderation.compare(who=world.moderator, number=proposal.id).live is None


def test_there_is_no_proposal_of_a_number_that_nobody_has(world: World) -> None:
    with pytest.raises(NoSuchProposal):
        world.moderation.proposal(who=world.moderator, number=7)
