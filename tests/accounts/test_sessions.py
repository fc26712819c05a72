"""How long a session lasts, and what it may do."""

import datetime

import pytest
from sqlmodel import select

from directory.accounts import NoSuchPerson
from directory.tables import StaffSession
from tests.accounts.conftest import ADMINISTRATOR, MINUTE, MODERATOR, NOW, PARTNER, House

HOUR = 60 * MINUTE


def session_of(house: House, kind: str) -> str:
    """A session of somebody of that kind; ``limited`` is one for a single act."""
    if kind == "partner":
        return house.enter("pat@example.org", PARTNER)
    if kind == "limited":
        who, _ = house.invite("mo@example.org", MODERATOR)
        return house.accounts.start_limited(person=who.id, only="change:little-stars", now=NOW)
    half = house.enter("mo@example.org", MODERATOR if kind == "moderator" else ADMINISTRATOR)
    return half if kind == "half" else house.enrol(half)[0]


@pytest.mark.parametrize(
    ("kind", "after", "is_in", "is_lapsed"),
    [
        pytest.param("partner", 0 * MINUTE, True, False, id="partner-at-once"),
        pytest.param("partner", 12 * HOUR - MINUTE, True, False, id="partner-idle-for-hours"),
        pytest.param("partner", 12 * HOUR, False, True, id="partner-after-twelve-hours"),
        pytest.param("partner", 36 * HOUR, False, False, id="partner-after-a-day-and-a-half"),
        pytest.param("moderator", 29 * MINUTE, True, False, id="moderator-idle-for-29-minutes"),
        pytest.param("moderator", 30 * MINUTE, False, True, id="moderator-idle-for-30-minutes"),
        pytest.param("moderator", 25 * HOUR, False, False, id="moderator-after-a-day"),
        pytest.param("administrator", 30 * MINUTE, False, True, id="administrator-idle-for-30-minutes"),
        pytest.param("limited", 2 * HOUR - MINUTE, True, False, id="limited-for-two-hours"),
        pytest.param("limited", 2 * HOUR, False, True, id="limited-after-two-hours"),
        pytest.param("half", 0 * MINUTE, False, False, id="without-code-at-once"),
        pytest.param("half", 16 * MINUTE, False, False, id="without-code-later"),
    ],
)
def test_a_session_ends_by_itself(
    house: House, kind: str, after: datetime.timedelta, is_in: bool, is_lapsed: bool
) -> None:
    token = session_of(house, kind)
    assert bool(house.accounts.signed_in(token, now=NOW + after)) is is_in
    assert bool(house.accounts.lapsed(token, now=NOW + after)) is is_lapsed


def test_a_moderator_who_works_stays_in_for_twelve_hours_and_no_longer(house: House) -> None:
    token = session_of(house, "moderator")
    for tens in range(72):
        assert house.accounts.signed_in(token, now=NOW + tens * 10 * MINUTE), f"after {tens * 10} minutes"
    assert house.accounts.signed_in(token, now=NOW + 12 * HOUR) is None


def test_that_a_session_was_used_is_written_once_a_minute(house: House) -> None:
    token = session_of(house, "moderator")
    seen = []
    for seconds in (0, 30, 59, 60, 90, 121):
        house.accounts.signed_in(token, now=NOW + datetime.timedelta(seconds=seconds))
        with house.database.reading() as session:
            row = session.exec(select(StaffSession).where(StaffSession.has_code)).one()
        seen.append((row.last_seen_at - NOW).total_seconds())
    assert seen == [0, 0, 0, 60, 60, 121]


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "\x00", "' OR 1=1 --"])
def test_a_token_that_nobody_was_given_is_nobody(house: House, token: str) -> None:
    session_of(house, "partner")
    assert house.accounts.signed_in(token, now=NOW) is None
    assert house.accounts.lapsed(token, now=NOW + 13 * HOUR) is None


def test_the_database_holds_no_token(house: House) -> None:
    token = session_of(house, "partner")
    with house.database.reading() as session:
        (row,) = session.exec(select(StaffSession)).all()
    assert token not in repr(row)
    assert house.accounts.signed_in(row.token_hash, now=NOW) is None


def test_a_session_that_was_revoked_is_over_for_everything(house: House) -> None:
    token = session_of(house, "partner")
    (pat,) = house.accounts.people()
    (one,) = house.accounts.sessions_of(pat.id, now=NOW, token=token)
    assert one.is_this
    assert one.device == "Test"
    assert not house.accounts.revoke_session(person=pat.id, handle="", by=pat.id, now=NOW)
    assert not house.accounts.revoke_session(person=pat.id + 1, handle=one.handle, by=pat.id + 1, now=NOW)
    assert house.accounts.revoke_session(person=pat.id, handle=one.handle, by=pat.id, now=NOW)
    assert not house.accounts.revoke_session(person=pat.id, handle=one.handle, by=pat.id, now=NOW)
    assert house.accounts.signed_in(token, now=NOW) is None
    assert house.accounts.lapsed(token, now=NOW + 12 * HOUR) is None
    assert house.accounts.sessions_of(pat.id, now=NOW) == ()


def test_a_session_for_one_act_decides_nothing(house: House) -> None:
    token = session_of(house, "limited")
    who = house.accounts.signed_in(token, now=NOW)
    assert who
    assert who.only == "change:little-stars"
    assert not who.may_decide_at("")
    assert not who.may_propose_for("another-provider")


def test_nobody_who_left_gets_a_session(house: House) -> None:
    who, link = house.invite("pat@example.org", PARTNER)
    token = house.signing_in.confirm(link, browser="", device="", now=NOW).token
    house.accounts.leave(person=who.id, by=None, now=NOW)
    assert house.accounts.signed_in(token, now=NOW) is None
    with pytest.raises(NoSuchPerson):
        house.accounts.start_limited(person=who.id, only="change:little-stars", now=NOW)


def test_a_partner_who_becomes_a_moderator_must_give_a_code(house: House) -> None:
    token = session_of(house, "partner")
    (pat,) = house.accounts.people()
    house.accounts.grant(person=pat.id, held=MODERATOR, by=None, now=NOW)
    assert house.accounts.signed_in(token, now=NOW) is None


def test_attempts_are_counted_by_key_and_span(house: House) -> None:
    def may(key: str, seconds: int = 60, after: int = 0) -> bool:
        at = NOW + datetime.timedelta(seconds=after)
        return house.accounts.may_try(key=key, limit=2, seconds=seconds, now=at)

    assert [may("a"), may("a"), may("a"), may("a")] == [True, True, False, False]
    assert may("b")
    assert may("a", seconds=120)
    assert [may("a", after=59), may("a", after=60)] == [False, True]


def test_secrets_are_made_once_and_shared(house: House) -> None:
    first = house.accounts.secret("forms")
    assert len(first) == 64
    assert House(house.database).accounts.secret("forms") == first
    assert house.accounts.secret("other") != first
