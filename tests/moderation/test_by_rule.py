"""A trusted provider's own person changes single dates at once; whoever tries to slip in more has to wait."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select

from directory.accounts import Held, Role, Who
from directory.moderation import Act, ListingMoved, NotAllowed, NotSound, Proposed, State, What
from directory.moderation.values import Fields
from directory.tables import AuditEntry, Decision, Mail
from tests.moderation.world import BOTH, COUNCIL, NOW, STARS, World
from tests.staff import moderator, partner, person

CLUB = "trusted-club"
NEXT, AFTER, PAST = "2026-12-01", "2026-12-08", "2026-11-17"


@pytest.fixture
def club(world: World) -> World:
    """The world, in which the listing is a trusted provider's."""
    world.approve(world.propose(world.other_moderator, provider=CLUB))
    return world


def _at_club(world: World, name: str = "Cleo Club") -> Who:
    return partner(world.services, CLUB, name)


def cancelled(fields: Fields, date: str = NEXT, **more: str) -> list[dict[str, Any]]:
    """The sessions of a listing with a date of the first cancelled."""
    session, *others = fields["sessions"]
    exceptions = [*session.get("exceptions", ()), {"date": date, "change": "cancelled", **more}]
    return [{**session, "exceptions": exceptions}, *others]


def _cancel(world: World, who: Who, date: str = NEXT, **more: str) -> Proposed:
    draft = world.begin(who, What.CANCELLATION)
    return world.send(draft, {"sessions": cancelled(draft.base, date, **more)}, who, note="The boiler.")


@BOTH
def test_a_trusted_providers_cancellation_is_live_at_once(club: World) -> None:
    who = _at_club(club)
    sent = _cancel(club, who, note="The hall is shut.")
    assert sent.state is State.APPROVED
    [exception] = club.live()["sessions"][0]["exceptions"]
    assert exception == {"date": NEXT, "change": "cancelled", "note": "The hall is shut."}
    newest = club.moderation.versions(slug=STARS)[0]
    assert (newest.act, newest.proposed_by, newest.decided_by) == (Act.BY_RULE, who.id, None)
    assert (newest.proposal_id, newest.why, newest.text) == (sent.id, "The boiler.", club.file().read_text())
    assert club.moderation.decisions(who=club.moderator, number=sent.id) == []
    assert sent.id not in [one.id for one in club.moderation.waiting(who=club.moderator)]


@BOTH
def test_the_log_and_the_moderators_list_say_what_the_rule_did(club: World) -> None:
    who = _at_club(club)
    sent = _cancel(club, who)
    with club.services.database.reading() as session:
        done = session.exec(select(AuditEntry).where(AuditEntry.what == "published by rule")).one()
        assert (done.person_id, done.about) == (who.id, f"listing {STARS}")
        assert not session.exec(select(Decision).where(Decision.proposal_id == sent.id)).all()
        assert not session.exec(select(Mail).where(col(Mail.key).contains(f"waits {sent.id} "))).all()
    [told] = club.moderation.by_rule(who=club.moderator, since=NOW)
    assert (told.proposal.id, told.version.number) == (sent.id, club.moderation.versions(slug=STARS)[0].number)
    assert club.moderation.by_rule(who=moderator(club.services, "elsewhere"), since=NOW) == []
    with pytest.raises(NotAllowed):
        club.moderation.by_rule(who=who, since=NOW)


def test_a_moderator_brings_back_what_was_there_before(club: World) -> None:
    before = club.live()
    _cancel(club, _at_club(club))
    number = club.moderation.versions(slug=STARS)[1].number
    club.moderation.bring_back(who=club.moderator, slug=STARS, number=number, why="It is on.", now=NOW)
    assert club.live() == before


def _dates(**changed: Any) -> Callable[[Fields], Fields]:
    """A cancellation, with these keys of the listing changed beside it."""
    return lambda base: {"sessions": cancelled(base), **changed}


def _session(**changed: Any) -> Callable[[Fields], Fields]:
    """A cancellation, with these keys of its session changed beside it."""
    return lambda base: {"sessions": [{**cancelled(base)[0], **changed}]}


MOVED_BACK = {"date": NEXT, "change": "moved", "to_date": PAST}
WAYS_ROUND: dict[str, Callable[[Fields], Fields]] = {
    "another key beside it": _dates(summary="Now with prizes."),
    "a price beside it": _dates(cost={"type": "free"}),
    "closing beside it": _dates(status="defunct"),
    "a place beside it": _dates(locations=[{"name": "Elm Hall"}]),
    "a phone beside it": _dates(phones=[{"number": "01632 960199"}]),
    "another hour": _session(opens_at="09:00"),
    "a note on every date": _session(note="Ring 01632 960199 instead."),
    "an end": _session(valid_to="2026-12-31"),
    "another session": lambda base: {"sessions": [*cancelled(base), {**base["sessions"][0], "name": "Second"}]},
    "no session": lambda _base: {"sessions": []},
    "a date gone by": lambda base: {"sessions": cancelled(base, PAST)},
    "a date gone by beside one to come": lambda base: {"sessions": cancelled({"sessions": cancelled(base)}, PAST)},
    "a date moved into the past": lambda base: {"sessions": [{**base["sessions"][0], "exceptions": [MOVED_BACK]}]},
    "no date at all": lambda _base: {"summary": "Play and songs."},
}


@pytest.mark.parametrize("way", WAYS_ROUND.values(), ids=WAYS_ROUND)
def test_whatever_is_more_than_dates_to_come_waits(club: World, way: Callable[[Fields], Fields]) -> None:
    before, who = club.live(), _at_club(club)
    draft = club.begin(who, What.CANCELLATION)
    assert club.send(draft, way(draft.base), who).state is State.WAITING
    assert club.live() == before


@pytest.mark.parametrize("key", ["owner", "internal_note", "sensitive"])
def test_what_is_the_teams_is_refused_beside_a_cancellation_too(club: World, key: str) -> None:
    draft = club.begin(_at_club(club), What.CANCELLATION)
    wanted = {"sessions": cancelled(draft.base), key: True if key == "sensitive" else "other-charity"}
    with pytest.raises(NotAllowed, match=key):
        club.send(draft, wanted, _at_club(club))


@pytest.mark.parametrize("kind", [What.EDIT, What.CLOSURE])
def test_only_a_cancellation_publishes_itself(club: World, kind: What) -> None:
    draft = club.begin(_at_club(club), kind)
    assert club.send(draft, {"sessions": cancelled(draft.base)}, _at_club(club)).state is State.WAITING


WHO = {
    "a moderator whom somebody rang": lambda world: world.other_moderator,
    "a person on a link out of a letter": lambda world: dataclasses.replace(_at_club(world), only=f"change:{STARS}"),
}


@pytest.mark.parametrize("who", WHO.values(), ids=WHO)
def test_whoever_is_not_the_providers_own_person_waits(club: World, who: Callable[[World], Who]) -> None:
    assert _cancel(club, who(club)).state is State.WAITING


def test_nobody_cancels_for_another_provider(club: World) -> None:
    with pytest.raises(NotAllowed):
        _cancel(club, partner(club.services, COUNCIL))
    assert _cancel(club, _at_club(club)).state is State.APPROVED


def test_a_provider_that_is_not_trusted_waits(world: World) -> None:
    assert _cancel(world, world.partner).state is State.WAITING


def test_whoever_keeps_it_right_needs_the_trust_themselves(world: World) -> None:
    world.approve(world.propose(world.other_moderator, owner="other-charity"))
    assert _cancel(world, partner(world.services, "other-charity")).state is State.WAITING
    world.approve(world.propose(world.other_moderator, owner=CLUB))
    assert _cancel(world, _at_club(world), AFTER).state is State.APPROVED


def test_a_moderator_who_is_the_providers_too_decides_on_nothing_else_of_theirs(club: World) -> None:
    both = person(club.services, "Both Hats", Held(Role.PARTNER, CLUB), Held(Role.MODERATOR))
    assert _cancel(club, both).state is State.APPROVED
    edit = club.propose(both, summary="Play and songs.")
    with pytest.raises(NotAllowed, match="own proposal"):
        club.approve(edit, who=both)


def test_a_listing_that_is_closed_waits(club: World) -> None:
    club.approve(club.propose(_at_club(club), status="temporarily closed", closed_until="2027-01-04"))
    assert _cancel(club, _at_club(club)).state is State.WAITING


def test_trust_that_was_taken_away_meanwhile_counts(club: World) -> None:
    who = _at_club(club)
    draft = club.begin(who, What.CANCELLATION)
    (club.services.settings.content / "providers" / f"{CLUB}.yaml").write_text("name: Trusted Club\n")
    assert club.send(draft, {"sessions": cancelled(draft.base)}, who).state is State.WAITING


def test_the_rule_can_be_switched_off(club: World) -> None:
    site = club.services.settings.content / "site.yaml"
    site.write_text(site.read_text().replace("review:\n", "review:\n  cancellations_at_once: false\n"))
    club.services.look_again()
    assert _cancel(club, _at_club(club)).state is State.WAITING


def test_a_cancellation_of_an_old_page_undoes_nothing_of_what_came_since(club: World) -> None:
    who, other = _at_club(club), _at_club(club, "Other Cleo")
    draft = club.begin(who, What.CANCELLATION)
    _cancel(club, other, AFTER)
    club.approve(club.propose(other, email="stars@example.org"))
    assert club.send(draft, {"sessions": cancelled(draft.base)}, who).state is State.APPROVED
    assert [one["date"] for one in club.live()["sessions"][0]["exceptions"]] == [NEXT, AFTER]
    assert club.live()["email"] == "stars@example.org"


def test_an_old_page_whose_times_are_others_now_is_looked_at_again(club: World) -> None:
    who = _at_club(club)
    draft = club.begin(who, What.CANCELLATION)
    session = club.live()["sessions"][0]
    club.approve(club.propose(who, sessions=[{**session, "opens_at": "09:30"}]))
    with pytest.raises(ListingMoved):
        club.send(draft, {"sessions": cancelled(draft.base)}, who)
    assert "exceptions" not in club.live()["sessions"][0]


@BOTH
@pytest.mark.parametrize("note", ["The hall is shut.", "No heating."])
def test_of_two_who_cancel_one_date_the_second_is_told(club: World, note: str) -> None:
    first, second = (_at_club(club, name) for name in ("First Cleo", "Second Cleo"))
    drafts = [(who, club.begin(who, What.CANCELLATION)) for who in (first, second)]
    (_, early), (_, late) = drafts
    club.send(early, {"sessions": cancelled(early.base, note="The hall is shut.")}, first)
    versions = len(club.moderation.versions(slug=STARS))
    with pytest.raises(ListingMoved):
        club.send(late, {"sessions": cancelled(late.base, note=note)}, second)
    [exception] = club.live()["sessions"][0]["exceptions"]
    assert exception["note"] == "The hall is shut."
    assert len(club.moderation.versions(slug=STARS)) == versions


def test_what_is_on_after_all_is_so_at_once(club: World) -> None:
    who, before = _at_club(club), club.live()
    _cancel(club, who)
    assert club.propose(who, What.CANCELLATION, sessions=before["sessions"]).state is State.APPROVED
    assert club.live() == before


def test_a_date_that_the_session_does_not_have_is_refused(club: World) -> None:
    with pytest.raises(NotSound):
        _cancel(club, _at_club(club), "2026-12-02")


SOON = [("today", "2026-11-24", True), ("next week", NEXT, False)]


@pytest.mark.parametrize(("date", "is_told"), [one[1:] for one in SOON], ids=[one[0] for one in SOON])
def test_moderators_hear_at_once_of_a_date_that_is_soon(world: World, date: str, is_told: bool) -> None:
    world.propose(summary="Play and songs.")
    sent = _cancel(world, world.partner, date)
    with world.services.database.reading() as session:
        mails = session.exec(select(Mail).where(col(Mail.key).contains(f"waits {sent.id} "))).all()
    assert {one.to for one in mails} == ({world.moderator.email, world.other_moderator.email} if is_told else set())
    assert all("Please look today" in one.subject and f"/queue/{sent.id}" in one.text for one in mails)
