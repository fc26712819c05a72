"""What people tell us is wrong: who hears of it, what stands on the page, and what is forgotten."""

import datetime
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import col, select

from directory.accounts import Who
from directory.model.calendar import LONDON
from directory.moderation import State, What
from directory.services import Services
from directory.settings import Settings
from directory.tables import AuditEntry, Mail
from directory.truth import NoSuchReport, ReportClosed, Wrong, is_reference
from tests.postgres import NewDatabase
from tests.small_content import write_small_content
from tests.staff import administrator, moderator, partner

NOW = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=LONDON)  # a Friday
HUB = "brackenhill-family-hub"
PROVIDER = "testbridge-council"
Take = Callable[..., str]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "index").mkdir()
    return Settings(
        write_small_content(tmp_path / "content"), tmp_path / "index", f"sqlite:///{tmp_path / 'directory.sqlite'}"
    )


@pytest.fixture
def services(settings: Settings) -> Services:
    return Services.open(settings)


@pytest.fixture
def who(services: Services) -> Who:
    return moderator(services, HUB)


@pytest.fixture
def take(services: Services) -> Take:
    def taken(
        kind: Wrong = Wrong.TIMES, text: str = "", answer_to: str | None = None, slug: str = "little-stars"
    ) -> str:
        return services.reports.take(slug=slug, kind=kind, text=text, answer_to=answer_to, now=NOW)

    return taken


def _mails(services: Services) -> list[Mail]:
    with services.database.reading() as session:
        return list(session.exec(select(Mail).order_by(col(Mail.id))))


def test_a_report_gets_a_reference_that_can_be_read_out(take: Take) -> None:
    reference = take()
    assert is_reference(reference)
    assert not re.search(r"[0O1IL2Z5S8B]", reference)


def test_what_was_told_is_shown_to_its_moderator_with_the_promise(services: Services, take: Take, who: Who) -> None:
    reference = take(Wrong.GONE, "The door is bricked up.", "neighbour@example.org")
    [found] = services.reports.open(who=who)
    assert (found.reference, found.kind, found.text) == (reference, Wrong.GONE, "The door is bricked up.")
    assert (found.hub, found.wants_answer) == (HUB, True)
    assert found.promised_by == datetime.date(2026, 11, 24)


def test_owner_and_moderator_hear_of_it_in_one_letter_a_day(services: Services, take: Take, who: Who) -> None:
    owner = partner(services, PROVIDER)
    partner(services, "another-provider")
    moderator(services, "another-hub")
    take(text="Nobody was there.")
    take(text="Closed again.")
    mails = {mail.to: mail.text for mail in _mails(services)}
    assert mails.keys() == {owner.email, who.email}
    assert len(_mails(services)) == 2
    assert all("> Nobody was there." in text for text in mails.values())
    assert "/desk/listings/little-stars/edit" in mails[owner.email]
    assert "/reports/1" in mails[who.email]


def test_the_address_of_whoever_told_us_is_in_no_letter_to_anybody_else(services: Services, take: Take) -> None:
    partner(services, PROVIDER)
    moderator(services, HUB)
    take(answer_to="neighbour@example.org")
    mails = _mails(services)
    assert len(mails) == 2
    assert all("neighbour@example.org" not in mail.text + mail.to for mail in mails)


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        ([Wrong.TIMES] * 2, None),
        ([Wrong.TIMES] * 3, Wrong.TIMES),
        ([Wrong.TIMES, Wrong.TIMES, Wrong.GONE, Wrong.CONTACT], None),
        ([Wrong.TIMES] * 3 + [Wrong.GONE] * 4, Wrong.GONE),
    ],
    ids=["two of a kind", "three of a kind", "four of three kinds", "most say it is gone"],
)
def test_a_notice_stands_once_three_say_the_same(
    services: Services, take: Take, told: list[Wrong], stands: Wrong | None
) -> None:
    for kind in told:
        take(kind)
    assert services.reports.notice("little-stars") == stands
    assert services.reports.notice(HUB) is None


def test_another_process_learns_of_a_notice_when_it_looks(settings: Settings, take: Take) -> None:
    other = Services.open(settings)
    for _ in range(3):
        take()
    assert other.reports.notice("little-stars") is None
    other.reports.look_again()
    assert other.reports.notice("little-stars") is Wrong.TIMES


def test_a_notice_goes_when_somebody_has_looked(services: Services, take: Take, who: Who) -> None:
    for _ in range(3):
        take()
    take(Wrong.GONE)
    first = services.reports.open(who=who)[0]
    assert services.reports.alike(first) == 2
    assert services.reports.close(who=who, number=first.id, answer="Put right.", with_alike=True, now=NOW) == 3
    assert services.reports.notice("little-stars") is None
    assert [one.kind for one in services.reports.open(who=who)] == [Wrong.GONE]


def test_whoever_asked_for_an_answer_gets_it_and_nobody_else(services: Services, take: Take, who: Who) -> None:
    reference = take(answer_to="neighbour@example.org")
    take()
    services.reports.close(who=who, number=1, answer="It moved to Thursday.", with_alike=True, now=NOW)
    [answer] = [mail for mail in _mails(services) if mail.to != who.email]
    assert answer.to == "neighbour@example.org"
    assert "> It moved to Thursday." in answer.text
    assert reference in answer.subject


def test_a_report_is_closed_once(services: Services, take: Take, who: Who) -> None:
    take(answer_to="neighbour@example.org")
    services.reports.close(who=who, number=1, answer="First.", now=NOW)
    with pytest.raises(ReportClosed):
        services.reports.close(who=moderator(services), number=1, answer="Second.", now=NOW)
    seen = services.reports.report(who=who, number=1)
    assert (seen.answer, seen.closed_by) == ("First.", who.id)


@pytest.mark.parametrize("who_asks", ["another hub", "partner"])
def test_a_report_is_nobodys_elses(services: Services, take: Take, who_asks: str) -> None:
    take()
    stranger = moderator(services, "another-hub") if who_asks == "another hub" else partner(services, PROVIDER)
    room = services.reports
    assert room.open(who=stranger) == []
    with pytest.raises(NoSuchReport):
        room.report(who=stranger, number=1)
    with pytest.raises(NoSuchReport):
        room.close(who=stranger, number=1, answer="", now=NOW)
    with pytest.raises(NoSuchReport):
        room.propose(who=stranger, number=1, now=NOW)


@pytest.mark.parametrize("write", [str, str.lower, lambda one: one.replace("-", ""), lambda one: f" {one} "])
def test_a_reference_is_found_however_it_is_typed(
    services: Services, take: Take, who: Who, write: Callable[[str], str]
) -> None:
    reference = take()
    assert services.reports.of_reference(who=who, reference=write(reference)).reference == reference


def test_nothing_is_found_by_a_reference_that_there_is_not(services: Services, take: Take, who: Who) -> None:
    take()
    with pytest.raises(NoSuchReport):
        services.reports.of_reference(who=who, reference="' OR 1=1 --")


def test_a_change_is_made_of_a_report_and_settles_it_once_approved(services: Services, take: Take, who: Who) -> None:
    take()
    begun = services.reports.propose(who=who, number=1, now=NOW)
    assert services.reports.report(who=who, number=1).proposal == begun.id
    wanted = {**begun.base, "summary": "Play, songs and toast."}
    sent = services.moderation.send(who=who, number=begun.id, wanted=wanted, now=NOW)
    assert not services.reports.report(who=who, number=1).is_settled
    services.moderation.approve(who=administrator(services), number=sent.id, version=sent.version, now=NOW)
    assert services.moderation.proposal(who=who, number=sent.id).state is State.APPROVED
    assert services.reports.report(who=who, number=1).is_settled


def test_another_change_can_be_made_where_the_first_came_to_nothing(services: Services, take: Take, who: Who) -> None:
    take(Wrong.GONE)
    begun = services.reports.propose(who=who, number=1, now=NOW)
    assert begun.kind is What.CLOSURE
    services.moderation.withdraw(who=who, number=begun.id, now=NOW)
    assert services.reports.report(who=who, number=1).proposal is None
    assert services.reports.propose(who=who, number=1, now=NOW).id != begun.id


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_of_many_who_close_a_report_at_once_one_does(
    settings: Settings, request: pytest.FixtureRequest, database: str
) -> None:
    if database == "postgresql":
        new_postgres: NewDatabase = request.getfixturevalue("new_postgres")
        settings = replace(settings, database_url=new_postgres())
    services = Services.open(settings)
    for kind in (Wrong.TIMES, Wrong.TIMES, Wrong.TIMES, Wrong.GONE):
        services.reports.take(slug="little-stars", kind=kind, text="", answer_to="neighbour@example.org", now=NOW)
    assert services.reports.notice("little-stars") is Wrong.TIMES
    people = [moderator(services, HUB, f"Moderator {number}") for number in range(6)]

    def close(who: Who) -> int:
        try:
            return services.reports.close(who=who, number=1, answer=f"By {who.name}", with_alike=True, now=NOW)
        except ReportClosed:
            return 0

    with ThreadPoolExecutor(len(people)) as threads:
        assert sorted(threads.map(close, people)) == [0, 0, 0, 0, 0, 3]
    answers = {services.reports.report(who=people[0], number=number).answer for number in (1, 2, 3)}
    letters = [mail.text for mail in _mails(services) if mail.to == "neighbour@example.org"]
    assert len(answers) == 1
    assert len(letters) == 3
    assert all(answer in text for answer in answers for text in letters)
    assert services.figures.now(now=NOW).reports.answered == 3
    assert services.reports.forget(now=NOW + datetime.timedelta(days=31)) == 3
    services.database.close()


def test_no_change_is_made_of_a_report_that_is_closed(services: Services, take: Take, who: Who) -> None:
    take()
    services.reports.close(who=who, number=1, answer="", now=NOW)
    with pytest.raises(ReportClosed):
        services.reports.propose(who=who, number=1, now=NOW)


def test_owners_see_what_waits_about_their_own_listings(services: Services, take: Take) -> None:
    take()
    take(slug=HUB)
    assert [one.slug for one in services.reports.open_for(["little-stars"])] == ["little-stars"]
    assert services.reports.open_for([]) == []


@pytest.mark.parametrize(("days", "is_kept"), [(29, True), (31, False)])
def test_an_address_is_forgotten_a_month_after_the_answer(
    services: Services, take: Take, who: Who, days: int, is_kept: bool
) -> None:
    take(answer_to="neighbour@example.org")
    services.reports.forget(now=NOW + datetime.timedelta(days=400))
    services.reports.close(who=who, number=1, answer="Put right.", now=NOW)
    assert services.reports.forget(now=NOW + datetime.timedelta(days=days)) == (0 if is_kept else 1)
    assert services.reports.report(who=who, number=1).wants_answer is is_kept
    assert any(mail.to == "neighbour@example.org" for mail in _mails(services)) is is_kept


def test_a_report_is_forgotten_two_years_after_its_answer(services: Services, take: Take, who: Who) -> None:
    take()
    services.reports.close(who=who, number=1, answer="", now=NOW)
    assert services.reports.forget(now=NOW + datetime.timedelta(days=731)) == 1
    with pytest.raises(NoSuchReport):
        services.reports.report(who=who, number=1)


def test_the_log_tells_who_closed_a_report_but_not_what_was_told(services: Services, take: Take, who: Who) -> None:
    reference = take(text="My sister was turned away.", answer_to="neighbour@example.org")
    services.reports.close(who=who, number=1, answer="Put right.", now=NOW)
    with services.database.reading() as session:
        rows = session.exec(select(AuditEntry).where(AuditEntry.about == f"report {reference}")).all()
    assert [(row.person_id, row.what, row.details) for row in rows] == [
        (who.id, "report closed", {"listing": "little-stars"})
    ]
