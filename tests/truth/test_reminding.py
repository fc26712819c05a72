"""``directory remind``: one letter a person, never twice, with a real database and real content."""

import datetime
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlmodel import select

from directory.cli import main
from directory.tables import ListingLink, Person, ReviewRequest
from tests.small_content import LISTING
from tests.staff import moderator, partner
from tests.truth.conftest import ADDRESS, CHECKED, DUE, ON_BOTH, Town, play_group

COUNCIL, GROUP, BRACKENHILL = "testbridge-council", "testbridge-play-group", "brackenhill-family-hub"


def request_of(town: Town, slug: str = "little-stars") -> ReviewRequest | None:
    with town.services.database.reading() as session:
        return session.get(ReviewRequest, slug)


def test_an_owner_has_a_letter_with_the_key_facts_and_two_links(town: Town) -> None:
    olive = partner(town.services, COUNCIL, "Olive Owner")
    town.remind()
    [mail] = town.mails
    assert (mail.to, mail.person_id, mail.subject) == (
        olive.email,
        olive.id,
        "Is Little Stars stay and play still right?",
    )
    for told in (
        "Hello Olive Owner",
        "Testbridge Family Directory",
        "Please look at it by 15 June 2026.",
        "When: every Tuesday, 10am to 11:30am, in term time only",
        "Where: Brackenhill Family Hub, 18 Foundry Street, Brackenhill, TB5 3DY",
        "Cost: £1.50 (For each family)",
        "Phone: 01632 960123",
        f"{ADDRESS}/still-right/",
        f"{ADDRESS}/change/",
        "work until 31 July 2026",
        "team@example.org",
    ):
        assert told in mail.text


def test_tokens_are_kept_as_hashes_alone(town: Town) -> None:
    partner(town.services, COUNCIL)
    town.remind()
    tokens = {town.link("still-right").rpartition("/")[2], town.link("change").rpartition("/")[2]}
    with town.services.database.reading() as session:
        rows = session.exec(select(ListingLink)).all()
    assert len(rows) == len(tokens) == 2
    assert not tokens & {row.token_hash for row in rows}


def test_one_person_has_one_letter_for_all_their_listings(town: Town) -> None:
    partner(town.services, GROUP)
    for slug in ("first-group", "second-group"):
        town.write(slug, play_group(slug))
    town.remind()
    [mail] = town.mails
    assert mail.subject == "Are your 2 listings still right?"
    assert mail.text.count("/still-right/") == mail.text.count("/change/") == 2


@ON_BOTH
def test_running_again_asks_nobody_again(town: Town) -> None:
    partner(town.services, COUNCIL)
    town.remind()
    assert not town.remind().owners
    for day in ("2026-06-02", "2026-06-08", "2026-06-14"):
        assert not town.on(day).remind().owners
    assert len(town.mails) == 1
    asked = request_of(town)
    assert asked
    assert (asked.due, asked.times) == (DUE, 1)


@ON_BOTH
def test_who_does_not_answer_is_asked_again_and_then_the_hub_is(town: Town) -> None:
    olive = partner(town.services, COUNCIL)
    mona = moderator(town.services, BRACKENHILL, "Mona Moderator")
    moderator(town.services, "other-hub", "Otto Other")
    town.remind()
    assert [mail.to for mail in town.mails] == [olive.email]
    town.on("2026-06-15").remind()
    assert [mail.to for mail in town.mails] == [olive.email] * 2
    town.on("2026-06-29").remind()
    *_, overdue, mail = town.mails
    assert overdue.to == olive.email
    assert "Nobody has looked at it since February 2026." in overdue.text
    assert (mail.to, mail.subject) == (mona.email, "Please check Little Stars stay and play")
    assert "* Little Stars stay and play: 01632 960123 (to be checked by 15 June 2026)" in mail.text
    assert f"{ADDRESS}/overdue" in mail.text
    assert (row := request_of(town))
    assert row.hub == BRACKENHILL


def test_the_hub_is_told_once(town: Town) -> None:
    moderator(town.services, BRACKENHILL)
    town.remind()
    for day in ("2026-06-01", "2026-06-10", "2026-06-20"):
        assert not town.on(day).remind().hubs
    assert len(town.mails) == 1


@ON_BOTH
def test_what_a_hub_takes_over_later_in_a_week_waits_for_its_next_letter(town: Town) -> None:
    moderator(town.services, BRACKENHILL)
    town.remind()
    town.write("later-group", play_group("Later group"))
    assert [one.slug for one in town.on("2026-06-03").remind().handed_over] == ["later-group"]
    assert len(town.mails) == 1
    town.on("2026-06-08").remind()
    assert "Later group" in town.mails[-1].text
    assert "Little Stars" not in town.mails[-1].text
    assert "waits for you, 2 in all" in town.mails[-1].text


def test_an_owner_whose_mail_came_back_is_passed_over(town: Town) -> None:
    olive = partner(town.services, COUNCIL)
    mona = moderator(town.services, BRACKENHILL)
    with town.services.database.writing() as session:
        session.get_one(Person, olive.id).mail_failed_at = town.now
    town.remind()
    assert [mail.to for mail in town.mails] == [mona.email]


def test_the_owner_of_a_listing_goes_before_its_provider(town: Town) -> None:
    partner(town.services, COUNCIL)
    guide = partner(town.services, GROUP)
    town.write("little-stars", f"{LISTING}{CHECKED}owner: {GROUP}\n")
    town.remind()
    assert [mail.to for mail in town.mails] == [guide.email]


def test_a_check_ends_the_asking_until_the_next_date(town: Town) -> None:
    partner(town.services, COUNCIL)
    town.remind()
    town.write("little-stars", f"{LISTING}checked:\n  on: 2026-06-02\n  by: provider\n")
    for day in ("2026-06-15", "2026-07-15", "2026-09-17"):
        assert not town.on(day).remind().owners
    assert town.on("2026-09-18").remind().owners
    asked = request_of(town)
    assert asked
    assert (str(asked.due), asked.times) == ("2026-10-02", 1)


def test_a_listing_that_nobody_looks_at_is_told_of_three_times(town: Town) -> None:
    partner(town.services, COUNCIL)
    told = []
    for day in ("2026-06-01", "2026-06-15", "2026-06-22", "2026-08-14", "2026-08-21", "2026-12-12", "2026-12-19"):
        before = len(town.mails)
        town.on(day).remind()
        told += [mail.text for mail in town.mails[before:]]
    sentences = (
        "look at it by 15 June",
        "look at it by 15 June",
        "told to call",
        "below all others",
        "out of our lists",
    )
    assert len(told) == len(sentences)
    assert all(sentence in text for sentence, text in zip(sentences, told, strict=True))


def test_months_of_daily_runs_send_nobody_two_letters_within_a_week(town: Town) -> None:
    partner(town.services, GROUP)
    for number in range(1, 10):
        checked = f"checked:\n  on: 2026-0{number % 5 + 1}-1{number}\n  by: provider\n"
        town.write(f"group-{number}", play_group(f"Group {number}", checked))
    town.on("2026-05-20")
    for _ in range(120):
        town.remind()
        town.now += datetime.timedelta(1)
    days = [mail.at.date() for mail in town.mails]
    assert len(days) > 3
    assert all((later - earlier).days >= 7 for earlier, later in pairwise(days))


def run(town: Town, *arguments: str) -> str:
    settings = town.services.settings
    folders = ["--content", str(settings.content), "--index", str(settings.index)]
    done = CliRunner().invoke(main, ["remind", *folders, "--database-url", settings.database_url, *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_dry_run_says_what_it_would_do_and_does_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIRECTORY_MAIL_FOLDER", str(town.folder / "mail"))
    partner(town.services, COUNCIL, "Olive Owner")
    town.write("nobodys", play_group("Nobody's group"))
    told = run(town, "--dry-run", "--at", "2026-06-01")
    assert "Olive Owner would be asked about little-stars" in told
    assert "nobodys (due 2026-06-15) would go to brackenhill-family-hub" in told
    assert town.mails == []
    assert request_of(town) is request_of(town, "nobodys") is None


def test_the_command_sends_and_says_what_it_did(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIRECTORY_MAIL_FOLDER", str(town.folder / "mail"))
    partner(town.services, COUNCIL, "Olive Owner")
    assert "Olive Owner is asked about little-stars" in run(town, "--at", "2026-06-01")
    [sent] = (town.folder / "mail").iterdir()
    assert "Is Little Stars stay and play still right?" in sent.read_text()
    assert run(town, "--at", "2026-06-01") == "Nobody is to be asked today.\n"


@ON_BOTH
def test_three_runs_at_once_send_one_letter(town: Town) -> None:
    partner(town.services, COUNCIL)
    moderator(town.services, BRACKENHILL)
    town.write("nobodys", play_group("Nobody's group"))
    settings, command = town.services.settings, Path(sys.executable).parent / "directory"
    environ = {
        **os.environ,
        "DIRECTORY_CONTENT": str(settings.content),
        "DIRECTORY_INDEX": str(settings.index),
        "DIRECTORY_DATABASE_URL": settings.database_url,
        "DIRECTORY_MAIL_FOLDER": str(settings.mail_folder),
    }
    runs = [
        subprocess.Popen([command, "remind", "--at", "2026-06-01"], env=environ, stdout=subprocess.DEVNULL)
        for _ in range(3)
    ]
    assert [one.wait(60) for one in runs] == [0, 0, 0]
    assert len(town.mails) == 2
    assert len(list(settings.mail_folder.iterdir())) == 2
    asked = request_of(town)
    assert asked
    assert asked.times == 1


def test_a_hidden_address_is_in_no_letter(town: Town) -> None:
    partner(town.services, GROUP)
    own = "- address_1: 77 Hidden Road\n  city: Brackenhill\n  postal_code: TB5 3ZZ\n  hide_exact_address: true\n"
    town.write("safe-start", play_group("Safe Start").replace("- at: brackenhill-family-hub\n", own))
    town.remind()
    [mail] = town.mails
    assert "Safe Start" in mail.text
    assert "Hidden Road" not in mail.text
    assert "TB5 3ZZ" not in mail.text


@ON_BOTH
def test_links_are_forgotten_when_their_time_is_over(town: Town) -> None:
    partner(town.services, COUNCIL)
    town.remind()
    assert town.services.truth.forget(now=town.on("2026-07-30").now) == 0
    assert town.services.truth.forget(now=town.on("2026-08-01").now) == 2
    with town.services.database.reading() as session:
        assert session.exec(select(ListingLink)).all() == []
