"""Saying that a listing is still right, closing it, and cancelling some of its dates."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory.moderation import Proposed, State, What
from directory.tables import Proposal
from tests import staff
from tests.web.partner_site import COUNCIL, PartnerSite, open_partner_site, words

CHESS = "/desk/listings/chess-corner"


@pytest.fixture
def site(tmp_path: Path) -> PartnerSite:
    return open_partner_site(tmp_path)


@pytest.fixture
def partner(site: PartnerSite) -> FlaskClient:
    return site.as_partner()


def sent(site: PartnerSite) -> Proposed:
    (only,) = site.services.moderation.of_person(who=site.partner())
    return only


def confirm(client: FlaskClient, how: str, path: str = f"{CHESS}/check") -> TestResponse:
    """Opens the page of facts and presses its one button."""
    page = client.get(path).text
    seen = page.partition('name="seen" type="hidden" value="')[2].partition('"')[0]
    return staff.send(client, path, {"how": how, "seen": seen})


def test_the_facts_are_told_before_somebody_says_they_are_right(partner: FlaskClient) -> None:
    said = words(partner.get(f"{CHESS}/check"))
    for fact in ("Every Monday, 5pm to 6pm", "01632 960124", "Brackenhill Family Hub", "Just turn up"):
        assert fact in said, fact


def test_one_button_says_that_all_of_it_is_right(partner: FlaskClient) -> None:
    answer = confirm(partner, "records")
    assert (answer.status_code, answer.location) == (303, "/desk")
    assert "is marked as checked today" in words(partner.get("/desk"))
    assert words(partner.get("/listings/chess-corner")).count("Checked by the people who run it on 23 November 2026")


def test_a_partner_needs_to_choose_nothing_to_confirm(partner: FlaskClient) -> None:
    assert 'value="records" checked' in partner.get(f"{CHESS}/check").text


def test_a_moderator_says_how_they_know(site: PartnerSite) -> None:
    moderator = site.as_moderator()
    answer = confirm(moderator, "")
    assert "Choose how you know that it is right" in words(answer)
    assert confirm(moderator, "rang").status_code == 303
    assert "Checked by our team on 23 November 2026" in words(moderator.get("/listings/chess-corner"))


def test_nobody_confirms_facts_that_they_were_not_shown(partner: FlaskClient) -> None:
    answer = staff.send(partner, f"{CHESS}/check", {"how": "records", "seen": "0123456789abcdef"})
    assert "Somebody changed this listing a moment ago" in words(answer)
    assert "Checked by the people who run it on 1 June 2026" in words(partner.get("/listings/chess-corner"))


@pytest.mark.parametrize("page", ["check", "close", "cancel"])
def test_a_listing_of_another_provider_is_not_there(partner: FlaskClient, page: str) -> None:
    assert partner.get(f"/desk/listings/little-stars/{page}").status_code == 404
    assert partner.get(f"/desk/listings/no-such-listing/{page}").status_code == 404


def test_a_listing_closes_for_a_time_once_a_moderator_agrees(site: PartnerSite, partner: FlaskClient) -> None:
    answer = staff.send(partner, f"{CHESS}/close", {"what": "time", "until": "4 Jan 2027", "reason": "New floor"})
    one = sent(site)
    assert answer.location == f"/desk/proposals/{one.id}"
    assert (one.kind, one.state, one.note) == (What.CLOSURE, State.WAITING, "New floor")
    assert (one.wanted["status"], one.wanted["closed_until"]) == ("temporarily closed", "2027-01-04")
    assert site.services.snapshot.listings["chess-corner"].status == "active"


def test_a_listing_closes_for_good_with_a_reason(site: PartnerSite, partner: FlaskClient) -> None:
    staff.send(partner, f"{CHESS}/close", {"what": "good", "reason": "Nobody comes any more"})
    assert sent(site).wanted["status"] == "defunct"


DATES = {
    "until a day": ({"what": "time", "until": "4 Jan 2027"}, "Monday 4 January 2027, 5pm to 6pm"),
    "until nobody knows": ({"what": "time", "until": "soon"}, "Monday 23 November 2026, 5pm to 6pm"),
    "until a day beyond all days": ({"what": "time", "until": "4 Jan 9999"}, "Close it or open it again"),
    "open": ({"what": "open"}, "Monday 23 November 2026, 5pm to 6pm"),
}


@pytest.mark.parametrize(("typed", "first"), DATES.values(), ids=DATES)
def test_the_next_dates_are_seen_before_it_closes(
    site: PartnerSite, partner: FlaskClient, typed: dict[str, str], first: str
) -> None:
    said = words(staff.send(partner, f"{CHESS}/close", {**typed, "button": "dates"}))
    assert first in said.partition("The next dates, as people will see them")[2] or first in said.partition("Why?")[0]
    assert site.services.moderation.of_person(who=site.partner()) == []


def test_what_closes_for_good_has_no_next_dates(partner: FlaskClient) -> None:
    answer = staff.send(partner, f"{CHESS}/close", {"what": "good", "button": "dates"})
    assert "The next dates" not in words(answer).partition("Show the next dates")[0]


def test_a_closed_listing_opens_again(site: PartnerSite, partner: FlaskClient) -> None:
    path = site.content / "listings/chess-corner.yaml"
    closed = "status: temporarily closed\nclosed_until: 2027-01-04\n"
    path.write_text(path.read_text(encoding="utf-8") + closed, encoding="utf-8")
    site.services.look_again()
    staff.send(partner, f"{CHESS}/close", {"what": "open"})
    assert not {"status", "closed_until"} & sent(site).wanted.keys()


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        pytest.param({}, "Choose what is happening", id="nothing chosen"),
        pytest.param({"what": "burnt"}, "Choose one of these", id="not on offer"),
        pytest.param({"what": "time"}, "Write the day on which it opens again", id="no day"),
        pytest.param({"what": "time", "until": "soon"}, "Write the day as in 4 January 2027", id="no date"),
        pytest.param({"what": "time", "until": "3/11/2026"}, "Write a day that is still to come", id="a day gone by"),
        pytest.param({"what": "good"}, "Say in a few words why it closes for good", id="no reason"),
        pytest.param({"what": "open"}, "changes nothing", id="open already"),
    ],
)
def test_a_closure_with_a_fault_says_what_to_write(partner: FlaskClient, typed: dict[str, str], fault: str) -> None:
    answer = staff.send(partner, f"{CHESS}/close", typed)
    assert fault in words(answer)
    assert "There is a problem" in words(answer)


def test_what_was_typed_outlives_a_fault(partner: FlaskClient) -> None:
    answer = staff.send(partner, f"{CHESS}/close", {"what": "time", "until": "soon", "reason": "The roof leaks"})
    assert "The roof leaks" in answer.text
    assert 'value="soon"' in answer.text


def test_some_dates_of_a_session_are_cancelled_in_one_go(site: PartnerSite, partner: FlaskClient) -> None:
    assert "Monday 30 November 2026, 5pm to 6pm" in words(partner.get(f"{CHESS}/cancel"))
    chosen = {"dates": ["0 2026-11-30", "0 2026-12-07"], "note": "The hall is shut."}
    answer = staff.send(partner, f"{CHESS}/cancel", chosen)
    one = sent(site)
    assert (answer.status_code, one.kind, one.state) == (303, What.CANCELLATION, State.WAITING)
    (session,) = one.wanted["sessions"]
    assert [(each["date"], each["change"], each["note"]) for each in session["exceptions"]] == [
        ("2026-11-30", "cancelled", "The hall is shut."),
        ("2026-12-07", "cancelled", "The hall is shut."),
    ]


def test_a_date_that_is_cancelled_is_not_offered_again(site: PartnerSite, partner: FlaskClient) -> None:
    staff.send(partner, f"{CHESS}/cancel", {"dates": ["0 2026-11-30"]})
    one = sent(site)
    moderator = staff.moderator(site.services)
    site.services.moderation.approve(who=moderator, number=one.id, version=one.version, now=site.now)
    said = words(partner.get(f"{CHESS}/cancel"))
    assert "30 November" not in said
    assert "Monday 7 December 2026" in said


@pytest.mark.parametrize("dates", [[], ["0 2026-12-01"], ["7 2026-11-30"], ["../../etc"]])
def test_only_dates_on_offer_are_cancelled(site: PartnerSite, partner: FlaskClient, dates: list[str]) -> None:
    answer = staff.send(partner, f"{CHESS}/cancel", {"dates": dates})
    assert "There is a problem" in words(answer)
    assert not site.services.moderation.of_person(who=site.partner())


def test_a_listing_without_known_dates_has_none_to_cancel(site: PartnerSite) -> None:
    said = words(site.as_partner(COUNCIL).get("/desk/listings/brackenhill-family-hub/cancel"))
    assert "No dates are known in the next four months" in said


def test_an_old_answer_that_was_sent_back_does_not_undo_what_changed_since(
    site: PartnerSite, partner: FlaskClient
) -> None:
    moderator, moderation = staff.moderator(site.services), site.services.moderation
    staff.send(partner, f"{CHESS}/close", {"what": "time", "until": "4 January 2027"})
    one = sent(site)
    moderation.send_back(who=moderator, number=one.id, version=one.version, reason="Until when?", now=site.now)
    path = site.content / "listings/chess-corner.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("960124", "960125"), encoding="utf-8")
    site.services.look_again()
    staff.send(partner, f"{CHESS}/close", {"what": "time", "until": "11 January 2027"})
    newest = moderation.of_person(who=site.partner())[0]
    assert newest.wanted["phones"][0]["number"] == "01632 960125"


def test_every_page_sends_its_own_proof(site: PartnerSite, partner: FlaskClient) -> None:
    assert partner.post(f"{CHESS}/close", data={"what": "open"}).status_code == 400
    with site.services.database.reading() as session:
        assert session.get(Proposal, 1) is None
