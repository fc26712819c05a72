"""Who may propose, see, decide and confirm what: everything else is refused."""

import dataclasses
from typing import Any

import pytest

from directory.accounts import Held, Role, Who
from directory.model.listing import Listing
from directory.moderation import NoSuchProposal, NotAllowed, NotSound, Risk, What
from directory.moderation.keys import PARTNER_KEYS
from tests.moderation.world import COUNCIL, HUB, NOW, STARS, World
from tests.staff import administrator, moderator, partner, person

FORBIDDEN: dict[str, Any] = {
    "kind": "service",
    "provider": "other-charity",
    "owner": "other-charity",
    "checked": {"on": "2026-11-24", "by": "moderator"},
    "review_every_months": 36,
    "sources": [{"name": "Our own page", "seen": "2026-11-24", "strength": "A"}],
    "source": {"system": "elsewhere", "id": "7"},
    "internal_note": "Trust us.",
    "sensitive": True,
    "urgent": True,
}
"""A value for every key of a listing that is not a partner's to change."""


def test_every_key_of_a_listing_is_a_partners_or_is_not() -> None:
    assert PARTNER_KEYS | set(FORBIDDEN) | {"slug"} == set(Listing.model_fields)


@pytest.mark.parametrize("key", FORBIDDEN)
def test_a_partner_cannot_slip_in_what_is_not_theirs(world: World, key: str) -> None:
    draft = world.begin()
    with pytest.raises(NotAllowed, match=key):
        world.send(draft, {"summary": "Songs and a story.", key: FORBIDDEN[key]})


def test_a_slug_is_nobodys_to_change(world: World) -> None:
    for who in (world.partner, world.moderator):
        with pytest.raises(NotSound, match="leave the key out"):
            world.send(world.begin(who), {"summary": "Songs.", "slug": "../../etc/passwd"}, who)


@pytest.mark.parametrize("key", ["checked", "source", "slug"])
def test_a_moderator_cannot_amend_these(world: World, key: str) -> None:
    proposal = world.propose(summary="Songs and a story.")
    with pytest.raises(NotAllowed, match=key):
        world.approve(proposal, amended={key: FORBIDDEN.get(key, "elsewhere")})


def test_a_moderator_may_change_what_is_the_teams(world: World) -> None:
    world.approve(world.propose(world.other_moderator, sensitive=True, owner="other-charity"))
    assert world.services.snapshot.listings[STARS].sensitive


@pytest.mark.parametrize("kind", ["hub", "spoke"])
def test_a_new_hub_is_the_teams_to_add(world: World, kind: str) -> None:
    with pytest.raises(NotAllowed, match="the team's"):
        world.propose_new("Elm Hall", kind=kind, locations=[{"name": "Elm Hall"}])


def test_nothing_new_is_added_in_another_providers_name(world: World) -> None:
    with pytest.raises(NotAllowed):
        world.propose_new("Marimba", provider="other-charity")
    with pytest.raises(NotAllowed):
        world.moderation.begin(who=world.partner, kind=What.NEW, slug="", provider="other-charity", now=NOW)
    with pytest.raises(NotAllowed):
        world.moderation.begin(who=world.moderator, kind=What.NEW, slug="", provider="nobody", now=NOW)


@pytest.mark.parametrize("kind", [What.EDIT, What.CLOSURE, What.CANCELLATION, What.CONFIRMATION])
def test_nobody_proposes_for_a_provider_that_is_not_theirs(world: World, kind: What) -> None:
    with pytest.raises(NotAllowed):
        world.begin(partner(world.services, "other-charity"), kind)


def test_whoever_keeps_a_listing_may_propose_and_confirm_too(world: World) -> None:
    world.approve(world.propose(world.other_moderator, owner="other-charity"))
    owner = partner(world.services, "other-charity")
    world.approve(world.propose(owner, summary="Songs and a story."))
    world.moderation.confirm(who=owner, slug=STARS, how="", now=NOW)
    assert world.live()["checked"]["by"] == "provider"


def test_whoever_lost_the_provider_can_do_no_more(world: World) -> None:
    draft = world.begin()
    lost = dataclasses.replace(world.partner, held=frozenset())
    with pytest.raises(NotAllowed):
        world.send(draft, {"summary": "Songs and a story."}, lost)
    with pytest.raises(NotAllowed):
        world.moderation.keep(who=lost, number=draft.id, typed={}, now=NOW)
    with pytest.raises(NotAllowed):
        world.send(draft, {"summary": "Songs."}, dataclasses.replace(world.partner, is_active=False))


def _people(world: World) -> dict[str, Who]:
    staff = (Held(Role.PARTNER, COUNCIL), Held(Role.MODERATOR))
    return {
        "the proposer": world.partner,
        "a colleague": partner(world.services, COUNCIL, name="Colleague"),
        "another provider's partner": partner(world.services, "other-charity"),
        "a moderator": world.moderator,
        "a moderator of the hub": moderator(world.services, HUB),
        "a moderator of another hub": moderator(world.services, "elsewhere"),
        "an administrator": administrator(world.services),
        "a moderator of that provider": person(world.services, "Both Hats", *staff),
        "a moderator on a link for one listing": dataclasses.replace(world.moderator, only=f"change:{STARS}"),
    }


MAY_DECIDE = {"a moderator", "a moderator of the hub", "an administrator", "a moderator of that provider"}
PEOPLE = (
    "the proposer",
    "a colleague",
    "another provider's partner",
    "a moderator of another hub",
    "a moderator on a link for one listing",
    *sorted(MAY_DECIDE),
)


@pytest.mark.parametrize("name", PEOPLE)
def test_who_sees_and_decides(world: World, name: str) -> None:
    proposal, who, room = world.propose(summary="Songs and a story."), _people(world)[name], world.moderation
    number, version = proposal.id, proposal.version
    if name in MAY_DECIDE:
        assert room.compare(who=who, number=number).changes
        assert world.approve(proposal, who=who).decided_by == who.id
        return
    for answer in (room.decline, room.send_back):
        with pytest.raises((NotAllowed, NoSuchProposal)):
            answer(who=who, number=number, version=version, reason="No.", now=NOW)
    with pytest.raises((NotAllowed, NoSuchProposal)):
        world.approve(proposal, who=who)
    if name != "the proposer":
        for look in (room.proposal, room.compare, room.messages, room.decisions):
            with pytest.raises(NoSuchProposal):
                look(who=who, number=number)


@pytest.mark.parametrize("name", PEOPLE)
def test_who_brings_back(world: World, name: str) -> None:
    who, before = _people(world)[name], world.live()
    world.approve(world.propose(summary="Songs and a story."))
    if name in MAY_DECIDE:
        world.moderation.bring_back(who=who, slug=STARS, number=1, why="", now=NOW)
        assert world.live() == before
    else:
        with pytest.raises(NotAllowed):
            world.moderation.bring_back(who=who, slug=STARS, number=1, why="", now=NOW)


def test_nobody_decides_on_their_own_proposal(world: World) -> None:
    for who in (world.moderator, administrator(world.services)):
        proposal = world.propose(who, summary=f"As {who.name} says.")
        with pytest.raises(NotAllowed, match="own proposal"):
            world.approve(proposal, who=who)
        assert proposal.id in [one.id for one in world.moderation.waiting(who=who)]


def test_drafts_are_their_writers_alone(world: World) -> None:
    draft = world.begin()
    with pytest.raises(NoSuchProposal):
        world.moderation.proposal(who=world.moderator, number=draft.id)


def test_a_link_for_one_listing_opens_nothing_else(world: World) -> None:
    other = world.propose_new("Marimba")
    linked = dataclasses.replace(world.partner, only=f"change:{STARS}")
    sent = world.send(world.begin(linked), {"summary": "Songs and a story."}, linked)
    assert [one.id for one in world.moderation.of_person(who=linked)] == [sent.id]
    with pytest.raises(NoSuchProposal):
        world.moderation.withdraw(who=linked, number=other.id, now=NOW)
    for kind, slug in ((What.EDIT, HUB), (What.NEW, "")):
        with pytest.raises(NotAllowed):
            world.begin(linked, kind, slug)
    with pytest.raises(NotAllowed):
        world.moderation.confirm(who=linked, slug=STARS, how="", now=NOW)


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("the proposer", "provider"),
        ("a moderator", "moderator"),
        ("an administrator", "moderator"),
        ("a moderator of the hub", "hub"),
        ("a moderator of that provider", "provider"),
        ("another provider's partner", None),
        ("a moderator of another hub", None),
    ],
)
def test_as_whom_somebody_confirms(world: World, name: str, by: str | None) -> None:
    before, who = world.live(), _people(world)[name]
    if by is None:
        with pytest.raises(NotAllowed):
            world.moderation.confirm(who=who, slug=STARS, how="Rang them", now=NOW)
        assert world.live() == before
    else:
        world.moderation.confirm(who=who, slug=STARS, how="Rang them", now=NOW)
        assert world.live() == {**before, "checked": {"on": "2026-11-24", "by": by, "how": "Rang them"}}


RISKS = [
    (
        "times",
        COUNCIL,
        {"opening_hours": [{"days": ["monday"], "opens_at": "10:00", "closes_at": "11:00"}]},
        "ordinary",
    ),
    ("times of a trusted provider", "trusted-club", {"phones": [{"number": "01632 960124"}], "sessions": []}, "low"),
    ("words of a trusted provider", "trusted-club", {"phones": [], "summary": "Songs."}, "ordinary"),
    ("whom it is for", "trusted-club", {"eligibility": {"minimum_age": "2 years"}}, "high"),
    ("what it costs", "trusted-club", {"cost": {"type": "free"}}, "high"),
    ("a place", COUNCIL, {"locations": [{"name": "Elm Hall"}]}, "ordinary"),
]


@pytest.mark.parametrize(("provider", "changed", "risk"), [one[1:] for one in RISKS], ids=[one[0] for one in RISKS])
def test_how_risky_a_change_is(world: World, provider: str, changed: dict[str, Any], risk: str) -> None:
    if provider != COUNCIL:
        world.approve(world.propose(world.other_moderator, provider=provider))
    who = partner(world.services, provider)
    assert world.send(world.begin(who), changed, who).risk == risk


def test_any_change_of_a_sensitive_listing_is_risky(world: World) -> None:
    world.approve(world.propose(world.other_moderator, sensitive=True))
    assert world.propose(summary="Songs and a story.").risk is Risk.HIGH
