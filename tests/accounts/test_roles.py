"""Giving and taking roles, who that makes responsible for what, and the log of it."""

import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from directory.accounts import (
    Accounts,
    Held,
    HereAlready,
    LastAdministrator,
    NoSuchPerson,
    NoSuchRole,
    NotAnAddress,
    NotOneself,
    Role,
    forget,
    held_in,
)
from directory.content import ContentStore
from directory.tables import Attempt, Database, DatabaseUnusable, Mail, Person, RowClash, StaffSession
from tests.accounts.conftest import ADMINISTRATOR, MODERATOR, NOW, PARTNER, House
from tests.small_content import write_small_content

DAY = datetime.timedelta(days=1)


def emails(people: tuple[object, ...]) -> list[str]:
    return [getattr(one, "email", "") for one in people]


def test_who_is_told_of_what(house: House) -> None:
    house.invite("pat@example.org", PARTNER)
    house.invite("bea@example.org", PARTNER)
    house.invite("cy@example.org", Held(Role.PARTNER, "other"))
    left, _ = house.invite("di@example.org", PARTNER)
    house.accounts.leave(person=left.id, by=None, now=NOW)
    house.invite("ada@example.org", ADMINISTRATOR)
    assert emails(house.accounts.speaking_for("little-stars")) == ["bea@example.org", "pat@example.org"]
    assert emails(house.accounts.deciding_at("hub-a")) == ["ada@example.org"], "nobody else is there"
    house.invite("hal@example.org", Held(Role.MODERATOR, "hub-a"))
    house.invite("mo@example.org", MODERATOR)
    assert emails(house.accounts.deciding_at("hub-a")) == ["hal@example.org", "mo@example.org"]
    assert emails(house.accounts.deciding_at("hub-b")) == ["mo@example.org"]
    assert emails(house.accounts.deciding_at("")) == ["mo@example.org"]


def test_one_address_is_one_person_however_it_is_typed(house: House) -> None:
    first, _ = house.invite("Pat@Example.org ", PARTNER)
    second, _ = house.invite("pat@example.org", MODERATOR)
    assert first.id == second.id
    assert second.held == {PARTNER, MODERATOR}
    assert second.name == "pat"


@pytest.mark.parametrize("email", ["", "pat", "pat@", "pat@example", "a b@example.org", "p@example.org\nBcc: q@r.org"])
def test_what_is_no_address_is_not_invited(house: House, email: str) -> None:
    with pytest.raises(NotAnAddress):
        house.invite(email, PARTNER)
    assert house.accounts.people() == ()


def test_a_name_holds_nothing_that_cannot_be_seen(house: House) -> None:
    invited = house.accounts.invite(
        email="pat@example.org", name=" Pat\r\nBcc:\u202e x\x00 ", held=PARTNER, by=None, site="", now=NOW
    )
    who = house.accounts.person(invited.person)
    assert who
    assert who.name == "Pat Bcc: x"


def test_an_invitation_is_mailed_and_not_kept_in_the_clear_elsewhere(house: House) -> None:
    _, token = house.invite("pat@example.org", PARTNER)
    with house.database.reading() as session:
        (mail,) = session.exec(select(Mail)).all()
        tables = ("signinlink", "auditentry", "person")
        kept = str([session.connection().execute(text(f"SELECT * FROM {one}")).all() for one in tables])
    assert mail.to == "pat@example.org"
    assert f"/sign-in/{token}" in mail.text
    assert token not in mail.key
    assert token not in kept


@pytest.mark.parametrize(
    "held", [Held(Role.PARTNER), Held(Role.ADMINISTRATOR, "hub-a")], ids=["partner-of-nobody", "administrator-of-a-hub"]
)
def test_a_role_that_makes_no_sense_is_refused(house: House, held: Held) -> None:
    who, _ = house.invite("pat@example.org", PARTNER)
    with pytest.raises(NoSuchRole):
        house.accounts.grant(person=who.id, held=held, by=None, now=NOW)


@pytest.mark.parametrize(
    ("role", "provider", "hub"),
    [
        (Role.PARTNER, "", ""),
        (Role.PARTNER, "nobody", ""),
        (Role.PARTNER, "../testbridge-council", ""),
        (Role.PARTNER, "testbridge-council", "brackenhill-family-hub"),
        (Role.MODERATOR, "testbridge-council", ""),
        (Role.MODERATOR, "", "little-stars"),
        (Role.MODERATOR, "", "nowhere"),
        (Role.ADMINISTRATOR, "", "brackenhill-family-hub"),
    ],
)
def test_a_role_is_for_what_is_in_the_content(tmp_path: Path, role: Role, provider: str, hub: str) -> None:
    snapshot = ContentStore(write_small_content(tmp_path / "content"), tmp_path).snapshot
    assert held_in(snapshot, Role.PARTNER, provider="testbridge-council").scope == "testbridge-council"
    assert held_in(snapshot, Role.MODERATOR, hub="brackenhill-family-hub").scope == "brackenhill-family-hub"
    assert held_in(snapshot, Role.MODERATOR) == MODERATOR
    with pytest.raises(NoSuchRole):
        held_in(snapshot, role, provider=provider, hub=hub)


def test_granting_and_revoking_say_whether_they_changed_anything(house: House) -> None:
    who, _ = house.invite("pat@example.org", PARTNER)
    assert not house.accounts.grant(person=who.id, held=PARTNER, by=None, now=NOW)
    assert house.accounts.grant(person=who.id, held=MODERATOR, by=None, now=NOW)
    assert house.accounts.revoke(person=who.id, held=MODERATOR, by=None, now=NOW)
    assert not house.accounts.revoke(person=who.id, held=MODERATOR, by=None, now=NOW)
    with pytest.raises(NoSuchPerson):
        house.accounts.grant(person=99, held=PARTNER, by=None, now=NOW)


def test_the_last_administrator_stays(house: House) -> None:
    ada, _ = house.invite("ada@example.org", ADMINISTRATOR)
    with pytest.raises(LastAdministrator):
        house.accounts.revoke(person=ada.id, held=ADMINISTRATOR, by=ada.id, now=NOW)
    with pytest.raises(LastAdministrator):
        house.accounts.leave(person=ada.id, by=ada.id, now=NOW)
    bob, _ = house.invite("bob@example.org", ADMINISTRATOR)
    house.accounts.leave(person=ada.id, by=bob.id, now=NOW)
    assert emails(house.accounts.people()) == ["ada@example.org", "bob@example.org"]


def test_an_administrator_does_not_shut_themselves_out(house: House) -> None:
    ada, _ = house.invite("ada@example.org", ADMINISTRATOR)
    house.invite("bob@example.org", ADMINISTRATOR)
    with pytest.raises(NotOneself):
        house.accounts.revoke(person=ada.id, held=ADMINISTRATOR, by=ada.id, now=NOW)
    with pytest.raises(NotOneself):
        house.accounts.leave(person=ada.id, by=ada.id, now=NOW)
    assert house.accounts.person(ada.id) == ada


def test_nobody_gets_a_link_that_signs_in_somebody_who_is_here(house: House) -> None:
    ada, _ = house.invite("ada@example.org", ADMINISTRATOR)
    pat, _ = house.invite("pat@example.org", PARTNER)

    def invite_pat() -> int:
        invited = house.accounts.invite(email="Pat@example.org", name="", held=MODERATOR, by=ada.id, site="", now=NOW)
        return invited.person

    with pytest.raises(HereAlready) as refused:
        invite_pat()
    assert refused.value.person == pat.id
    assert house.accounts.person(pat.id) == pat
    house.accounts.leave(person=pat.id, by=ada.id, now=NOW)
    assert invite_pat() == pat.id


def test_whoever_left_and_is_invited_again_starts_anew(house: House) -> None:
    half = house.enter("mo@example.org", MODERATOR)
    house.enrol(half)
    (mo,) = house.accounts.people()
    house.invite("ada@example.org", ADMINISTRATOR)
    house.accounts.leave(person=mo.id, by=None, now=NOW)
    assert house.accounts.records()[mo.id].left_at == NOW
    again, link = house.invite("mo@example.org", PARTNER)
    assert (again.id, again.held, again.is_active) == (mo.id, frozenset({PARTNER}), True)
    assert not house.accounts.records()[mo.id].has_phone
    assert not house.signing_in.confirm(link, browser="", device="", now=NOW).needs_code


def test_everything_is_in_the_log_newest_first(house: House) -> None:
    half = house.enter("mo@example.org", MODERATOR)
    whole, _ = house.enrol(half)
    (mo,) = house.accounts.people()
    later = NOW + 3 * DAY
    house.accounts.grant(person=mo.id, held=PARTNER, by=mo.id, now=later)
    house.accounts.sign_out(whole, now=later)
    told = [(one.what, one.person) for one in house.log.read()]
    assert told == [
        ("signed out", mo.id),
        ("granted a role", mo.id),
        ("signed in", mo.id),
        ("enrolled a phone", mo.id),
        ("used a link", mo.id),
        ("invited", None),
        ("granted a role", None),
    ]
    assert [one.person for one in house.log.read(what="granted a role", person=mo.id)] == [mo.id]
    assert len(house.log.read(about=f"person {mo.id}")) == 7
    assert house.log.read(about="listing") == ()
    assert len(house.log.read(since=later.date())) == 2
    assert len(house.log.read(until=NOW.date())) == 5
    assert [one.what for one in house.log.read(page=2, a_page=6)] == ["granted a role"]
    assert "signed in" in house.log.kinds()
    assert "mo@example.org" not in str(house.log.read())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE auditentry SET what = 'nothing'",
        "UPDATE auditentry SET keep_until = '2020-01-01'",
        "DELETE FROM auditentry",
    ],
)
def test_the_database_refuses_to_change_the_log(house: House, statement: str) -> None:
    house.invite("pat@example.org", PARTNER)
    before = house.log.read()
    with pytest.raises((RowClash, DatabaseUnusable)), house.database.writing() as session:
        session.connection().execute(text(statement))
    assert house.log.read() == before


def test_what_is_old_is_forgotten_and_what_is_not_stays(house: House) -> None:
    long_ago = NOW - 800 * DAY
    pat, link = house.invite("pat@example.org", PARTNER, now=long_ago)
    house.signing_in.confirm(link, browser="", device="", now=long_ago)
    house.accounts.may_try(key="x", limit=1, seconds=60, now=long_ago)
    house.accounts.leave(person=pat.id, by=None, now=NOW - 364 * DAY)
    house.enter("new@example.org", PARTNER)
    first = forget(house.database, now=NOW)
    assert first == {"people who left": 0, "lines of the log": 3, "sessions": 1, "links": 0, "attempts": 1}
    assert not any(forget(house.database, now=NOW).values())
    assert house.accounts.person(pat.id) == pat.__class__(pat.id, "pat", "pat@example.org", frozenset(), False)
    assert forget(house.database, now=NOW + 2 * DAY)["people who left"] == 1
    assert forget(house.database, now=NOW + 2 * DAY)["people who left"] == 0
    gone = house.accounts.person(pat.id)
    assert gone
    assert (gone.name, gone.email) == ("Somebody who has left", f"{pat.id}@left.invalid")
    with house.database.reading() as session:
        assert [one.person_id for one in session.exec(select(StaffSession))] != [pat.id]
        assert session.exec(select(Attempt)).all() == []
        assert len(session.exec(select(Person)).all()) == 2


def test_a_person_who_is_nobody_any_more_can_come_back_under_the_same_address(house: House) -> None:
    pat, _ = house.invite("pat@example.org", PARTNER)
    house.accounts.leave(person=pat.id, by=None, now=NOW)
    forget(house.database, now=NOW + 400 * DAY)
    again, _ = house.invite("pat@example.org", PARTNER, now=NOW + 400 * DAY)
    assert again.id != pat.id


def test_two_databases_do_not_know_of_each_other(house: House, tmp_path: Path) -> None:
    token = house.enter("pat@example.org", PARTNER)
    other = Accounts(Database(f"sqlite:///{tmp_path / 'other.sqlite'}"))
    assert other.signed_in(token, now=NOW) is None
