"""Every version is kept and can be brought back, and what stopped half way is carried on."""

import logging
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from directory.content import digest_of, put_listing, read_listing
from directory.moderation import Act, ListingMoved, NotSound, NotWritten, ProposalMoved, State, Version
from directory.moderation import publishing as publishing_of_moderation
from directory.search import IndexNotWritten
from directory.services import Services
from directory.tables import AuditEntry, Publication
from tests.moderation.world import BOTH, HUB, NOW, STARS, World, open_world, settings_for, write_content


def _half_done(world: World, text: str, before: str | None = None) -> None:
    """Leaves what a process leaves that was killed after it noted what it would publish."""
    proposal = world.propose(summary="Songs and a story.")
    was = before if before is not None else world.file().read_text()
    with world.services.database.writing() as session:
        row = Publication(slug=STARS, text=text, started_at=NOW, act=Act.APPROVED, proposal_id=proposal.id)
        row.before_digest, row.after_digest = digest_of(was), digest_of(text)
        row.proposed_by, row.decided_by = world.partner.id, world.moderator.id
        session.add(row)


def _noted(world: World) -> list[Publication]:
    with world.services.database.reading() as session:
        return list(session.exec(select(Publication)))


@BOTH
def test_an_earlier_version_is_brought_back_word_by_word(world: World) -> None:
    first = world.file().read_text()
    world.approve(world.propose(summary="Songs and a story."))
    world.approve(world.propose(summary="Songs and a dance."))
    version = world.moderation.bring_back(who=world.moderator, slug=STARS, number=1, why="It was right.", now=NOW)
    assert (version.number, version.act, version.why) == (4, Act.BROUGHT_BACK, "It was right.")
    assert world.file().read_text() == first
    assert world.live()["summary"] == "Play, songs and a cup of tea."
    acts = [one.act for one in world.moderation.versions(slug=STARS)]
    assert acts == [Act.BROUGHT_BACK, Act.APPROVED, Act.APPROVED, Act.FOUND]


def test_what_no_longer_fits_is_not_brought_back(world: World) -> None:
    world.approve(world.propose(related=[HUB]))
    world.approve(world.propose(related=None, locations=[{"name": "Elm Hall"}]))
    hub = world.file(HUB)
    hub.write_text(hub.read_text().replace("kind: hub", "kind: activity\naccess: {ways: [drop_in]}"))
    places = world.services.settings.content / "places.yaml"
    places.write_text(places.read_text().replace("  hub: brackenhill-family-hub\n", ""))
    before = world.file().read_text()
    with pytest.raises(NotSound, match="names no hub or venue"):
        world.moderation.bring_back(who=world.moderator, slug=STARS, number=2, why="", now=NOW)
    assert world.file().read_text() == before


def test_a_version_in_which_the_listing_was_gone_is_brought_back_unless_something_needs_it(world: World) -> None:
    world.approve(world.propose_new("Marimba"))
    text = world.file("marimba").read_text()
    world.file("marimba").unlink()
    world.moderation.bring_back(who=world.moderator, slug="marimba", number=1, why="", now=NOW)
    assert world.file("marimba").read_text() == text
    assert [one.act for one in world.moderation.versions(slug="marimba")][1] is Act.FOUND
    world.approve(world.propose(related=["marimba"]))
    with pytest.raises(NotSound, match="little-stars names it"):
        world.moderation.bring_back(who=world.moderator, slug="marimba", number=2, why="", now=NOW)
    world.approve(world.propose(related=None))
    world.moderation.bring_back(who=world.moderator, slug="marimba", number=2, why="", now=NOW)
    assert not world.file("marimba").exists()
    assert "marimba" not in world.services.snapshot.listings


@pytest.mark.parametrize("slug", [STARS, "nothing", "../site", "..", ""])
def test_there_is_no_version_of_what_never_was(world: World, slug: str) -> None:
    assert world.moderation.versions(slug=slug) == []
    with pytest.raises(ListingMoved):
        world.moderation.bring_back(who=world.moderator, slug=slug, number=1, why="", now=NOW)
    if slug != STARS:
        with pytest.raises(ListingMoved):
            world.moderation.confirm(who=world.moderator, slug=slug, how="", now=NOW)


def test_confirming_twice_in_one_day_is_remembered_once(world: World) -> None:
    for _ in range(2):
        world.moderation.confirm(who=world.partner, slug=STARS, how="Looked at our plan", now=NOW)
    assert [one.act for one in world.moderation.versions(slug=STARS)] == [Act.CHECKED, Act.FOUND]


@pytest.mark.parametrize("how", ["x" * 201, "two\nlines", "<b>bold</b>"])
def test_how_somebody_looked_is_one_line(world: World, how: str) -> None:
    with pytest.raises(NotSound, match="one line"):
        world.moderation.confirm(who=world.partner, slug=STARS, how=how, now=NOW)


@BOTH
def test_what_was_noted_is_carried_on_at_the_next_start(world: World) -> None:
    text = world.file().read_text().replace("Play, songs and a cup of tea.", "Songs and a story.")
    _half_done(world, text)
    services = Services.open(world.services.settings)
    assert services.snapshot.listings[STARS].summary == "Songs and a story."
    (version,) = services.moderation.versions(slug=STARS)
    assert (version.text, version.at) == (text, NOW)
    assert services.moderation.of_person(who=world.partner)[0].state is State.APPROVED
    services.database.close()


@BOTH
def test_many_who_carry_on_at_once_finish_it_once(world: World) -> None:
    text = world.file().read_text().replace("Play, songs and a cup of tea.", "Songs and a story.")
    _half_done(world, text)
    with ThreadPoolExecutor(6) as threads:
        finished = list(threads.map(lambda _: world.moderation.recover(now=NOW), range(6)))
    assert sum(finished) == 1
    assert [one.text for one in world.moderation.versions(slug=STARS)] == [text]


def test_a_file_that_was_written_before_the_kill_is_not_written_again(world: World) -> None:
    text = world.file().read_text().replace("Play, songs and a cup of tea.", "Songs and a story.")
    _half_done(world, text)
    world.file().write_text(text)
    inode = world.file().stat().st_ino
    assert world.moderation.recover(now=NOW) == 1
    assert world.file().stat().st_ino == inode


def test_who_approves_again_after_a_kill_is_given_what_they_had_approved(world: World) -> None:
    text = world.file().read_text().replace("Play, songs and a cup of tea.", "Songs and a story.")
    _half_done(world, text)
    (proposal,) = world.moderation.waiting(who=world.moderator)
    version = world.approve(proposal)
    assert (version.text, version.decided_by) == (text, world.moderator.id)
    assert len(world.moderation.versions(slug=STARS)) == 1


def test_while_an_approval_is_half_done_nobody_decides_otherwise(world: World) -> None:
    _half_done(world, world.file().read_text())
    (proposal,) = world.moderation.waiting(who=world.moderator)
    with pytest.raises(ProposalMoved, match="just being approved"):
        world.moderation.decline(
            who=world.moderator, number=proposal.id, version=proposal.version, reason="No.", now=NOW
        )
    with pytest.raises(ProposalMoved, match="just being approved"):
        world.moderation.withdraw(who=world.partner, number=proposal.id, now=NOW)


def test_a_file_that_was_changed_by_hand_after_the_kill_stays(world: World, caplog: pytest.LogCaptureFixture) -> None:
    _half_done(world, "kind: activity\n")
    by_hand = world.file().read_text().replace("01632 960123", "01632 960199")
    world.file().write_text(by_hand)
    with caplog.at_level(logging.WARNING):
        assert world.moderation.recover(now=NOW) == 0
    assert "changed by hand" in caplog.text
    assert world.file().read_text() == by_hand
    assert world.moderation.versions(slug=STARS) == []
    (proposal,) = world.moderation.waiting(who=world.moderator)
    world.approve(proposal)
    with world.services.database.reading() as session:
        log = session.exec(select(AuditEntry.what).order_by(col(AuditEntry.id))).all()
    assert list(log) == ["proposed", "dropped: file moved", "approved"]


def test_somebody_who_writes_the_file_at_that_very_moment_wins(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []

    def look(folder: Path, slug: str) -> Any:
        looks.append(slug)
        if len(looks) == 2:  # the first look is before the note, the second before the file is written
            world.file().write_text(world.file().read_text().replace("Play, songs", "By hand, songs"))
        return read_listing(folder, slug)

    proposal = world.propose(summary="Songs and a story.")
    monkeypatch.setattr(publishing_of_moderation, "read_listing", look)
    with pytest.raises(ListingMoved):
        world.approve(proposal)
    assert "By hand, songs" in world.file().read_text()
    assert world.again(proposal).state is State.WAITING
    assert _noted(world) == []


def test_a_full_disk_loses_no_approval(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(_folder: Path, _slug: str, _text: str) -> None:
        raise OSError(28, "No space left on device")

    proposal = world.propose(summary="Songs and a story.")
    monkeypatch.setattr(publishing_of_moderation, "put_listing", no_room)
    with pytest.raises(NotWritten, match="No space left"):
        world.approve(proposal)
    assert world.live()["summary"] == "Play, songs and a cup of tea."
    monkeypatch.setattr(publishing_of_moderation, "put_listing", put_listing)
    assert world.moderation.recover(now=NOW) == 1
    assert world.live()["summary"] == "Songs and a story."


def test_an_index_that_cannot_be_written_holds_no_approval_up(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_room(_newest: object) -> None:
        raise IndexNotWritten("no room")

    monkeypatch.setattr(world.services.search, "follow", no_room)
    version = world.approve(world.propose(summary="Songs and a story."))
    assert version.number == 2
    assert "the index is behind" in caplog.text


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _approved_in_git(folder: Path, *, is_checkout: bool) -> tuple[World, Version]:
    content = write_content(folder)
    if is_checkout:
        _git(content, "init", "-q")
        _git(content, "add", ".")
        _git(content, "-c", "user.name=Tests", "-c", "user.email=tests@example.org", "commit", "-q", "-m", "Content")
        (content / "site.yaml").write_text((content / "site.yaml").read_text() + "# somebody is at this\n")
    settings = settings_for(folder)
    world = open_world(type(settings)(**{**vars(settings), "commit_approvals": True}))
    return world, world.approve(world.propose(summary="Songs and a story."))


def test_an_approval_is_a_commit_of_that_file_with_its_proposer_as_author(tmp_path: Path) -> None:
    world, version = _approved_in_git(tmp_path, is_checkout=True)
    content = world.services.settings.content
    assert _git(content, "log", "-1", "--format=%an <%ae> %s") == (
        f"{world.partner.name} <person-{world.partner.id}@directory.invalid> Approved: {STARS}"
    )
    assert _git(content, "show", "--name-only", "--format=", "HEAD") == f"listings/{STARS}.yaml"
    assert _git(content, "show", f"HEAD:listings/{STARS}.yaml") == version.text.strip()
    assert _git(content, "status", "--porcelain") == "M site.yaml"
    world.services.database.close()


def test_where_there_is_no_git_an_approval_stands_all_the_same(tmp_path: Path) -> None:
    world, version = _approved_in_git(tmp_path, is_checkout=False)
    assert world.file().read_text() == version.text
    world.services.database.close()
