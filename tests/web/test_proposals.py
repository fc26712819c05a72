"""What a proposer sees of a proposal, says about it, and keeps in it."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from directory.accounts import Who
from directory.moderation import Proposed, State, What
from tests import staff
from tests.web.partner_site import CLUB, COUNCIL, PartnerSite, open_partner_site, words

SLUG = "chess-corner"


@pytest.fixture
def site(tmp_path: Path) -> PartnerSite:
    return open_partner_site(tmp_path)


@pytest.fixture
def partner(site: PartnerSite) -> FlaskClient:
    return site.as_partner()


def draft(site: PartnerSite, who: Who | None = None) -> Proposed:
    person = who or site.partner()
    return site.services.moderation.begin(who=person, kind=What.EDIT, slug=SLUG, provider=CLUB, now=site.now)


def send(site: PartnerSite, who: Who | None = None, **changes: object) -> Proposed:
    """Sends a change of the chess corner in."""
    person = who or site.partner()
    begun = draft(site, person)
    wanted = {**begun.base, **changes}
    return site.services.moderation.send(
        who=person, number=begun.id, wanted=wanted, note="As agreed by phone", now=site.now
    )


def test_a_proposal_shows_what_changes_and_when_it_is_answered(site: PartnerSite, partner: FlaskClient) -> None:
    one = send(site, summary="Chess for everybody.")
    answer = partner.get(f"/desk/proposals/{one.id}")
    said = words(answer)
    assert "We will answer by the end of Wednesday 25 November 2026." in said
    assert "As agreed by phone" in said
    assert "everybody</ins>" in answer.text
    assert "beginners</del>" in answer.text
    assert "01632 960124" not in said


def test_the_urdu_word_for_a_mark_does_not_turn_the_english_round_it(site: PartnerSite, partner: FlaskClient) -> None:
    one = send(site, summary="Chess for everybody.")
    page = partner.get(f"/ur/desk/proposals/{one.id}").text
    assert re.search(r'<ins><span class="govuk-visually-hidden" lang="ur" dir="rtl">[^<]+ </span>everybody</ins>', page)


def test_a_late_answer_is_owned_up_to(site: PartnerSite) -> None:
    one = send(site, summary="Chess for everybody.")
    site.now = site.now.replace(day=27)
    said = words(site.as_partner().get(f"/desk/proposals/{one.id}"))
    assert "We promised an answer by Wednesday 25 November 2026. We are sorry that it is late." in said


def test_a_day_begins_at_midnight_here_in_summer_too(site: PartnerSite) -> None:
    site.now = site.now.replace(year=2026, month=7, day=1, hour=0, minute=30)
    one = send(site, summary="Chess for everybody.")
    client, path = site.as_partner(), f"/desk/proposals/{one.id}"
    staff.send(client, f"{path}/message", {"text": "Good morning"}, opened=path)
    said = words(client.get(path))
    assert "We will answer by the end of Friday 3 July 2026." in said
    assert "You Wednesday 1 July 2026 Good morning" in said


def test_a_proposal_of_somebody_else_is_not_there(site: PartnerSite) -> None:
    one = send(site, summary="Chess for everybody.")
    stranger = site.as_partner(COUNCIL)
    assert stranger.get(f"/desk/proposals/{one.id}").status_code == 404
    assert stranger.get("/desk/proposals/999").status_code == 404


def test_another_draft_of_the_same_provider_is_its_writers_own(site: PartnerSite) -> None:
    begun = draft(site)
    colleague = site.browser(site.partner(CLUB, "Colleague at the club"))
    assert colleague.get(f"/desk/proposals/{begun.id}").status_code == 404


def test_proposer_and_moderator_talk_about_it(site: PartnerSite, partner: FlaskClient) -> None:
    one = send(site, summary="Chess for everybody.")
    path = f"/desk/proposals/{one.id}"
    moderator = staff.moderator(site.services, name="Mo Derator")
    site.services.moderation.say(who=moderator, number=one.id, text="For grown-ups too?", now=site.now)
    answer = staff.send(partner, f"{path}/message", {"text": "Yes: 5 & up <3"}, opened=path)
    assert answer.location == path
    page = partner.get(path)
    assert "Mo Derator" in words(page)
    assert "For grown-ups too?" in words(page)
    assert "You" in words(page)
    assert "Yes: 5 &amp; up &lt;3" in page.text


def test_an_empty_message_is_asked_for_again(site: PartnerSite, partner: FlaskClient) -> None:
    path = f"/desk/proposals/{send(site, summary='Chess for everybody.').id}"
    said = words(staff.send(partner, f"{path}/message", {"text": "  "}, opened=path))
    assert "There is a problem" in said
    assert "Write your message" in said


def test_the_reason_of_a_decision_is_told(site: PartnerSite, partner: FlaskClient) -> None:
    one = send(site, summary="Chess for everybody.")
    moderator = staff.moderator(site.services)
    site.services.moderation.decline(
        who=moderator, number=one.id, version=one.version, reason="It is for children only.", now=site.now
    )
    said = words(partner.get(f"/desk/proposals/{one.id}"))
    assert "Not approved" in said
    assert "It is for children only." in said
    assert "Take it back" not in said


def test_what_was_sent_back_is_gone_on_with(site: PartnerSite, partner: FlaskClient) -> None:
    one = send(site, summary="Chess for everybody.")
    moderator = staff.moderator(site.services)
    site.services.moderation.send_back(
        who=moderator, number=one.id, version=one.version, reason="Who is everybody?", now=site.now
    )
    page = partner.get(f"/desk/proposals/{one.id}")
    assert "Who is everybody?" in words(page)
    assert f'href="/desk/listings/{SLUG}/edit"' in page.text


def test_a_proposal_is_taken_back_before_anybody_decides(site: PartnerSite, partner: FlaskClient) -> None:
    one = send(site, summary="Chess for everybody.")
    path = f"/desk/proposals/{one.id}"
    assert staff.send(partner, f"{path}/withdraw", opened=path).location == "/desk"
    assert site.services.moderation.proposal(who=site.partner(), number=one.id).state is State.WITHDRAWN
    assert "Withdrawn" in words(partner.get(path))


@pytest.mark.parametrize(("act", "typed"), [("withdraw", {}), ("message", {"text": "Wait!"})])
def test_what_comes_too_late_is_told_so(
    site: PartnerSite, partner: FlaskClient, act: str, typed: dict[str, str]
) -> None:
    one = send(site, summary="Chess for everybody.")
    path = f"/desk/proposals/{one.id}"
    token = staff.token_in(partner.get(path))
    moderator = staff.moderator(site.services)
    site.services.moderation.approve(who=moderator, number=one.id, version=one.version, now=site.now)
    assert partner.post(f"{path}/{act}", data={**typed, "csrf_token": token}).location == path
    said = words(partner.get(path))
    assert "That came too late" in said
    assert "It is on the site." in said


def test_who_may_decide_is_led_to_the_queue(site: PartnerSite) -> None:
    one = send(site, summary="Chess for everybody.")
    assert site.as_moderator().get(f"/desk/proposals/{one.id}").location == f"/queue/{one.id}"


def test_nobody_takes_back_what_is_not_theirs(site: PartnerSite) -> None:
    one = send(site, summary="Chess for everybody.")
    stranger = site.as_partner(COUNCIL)
    refused = staff.send(stranger, f"/desk/proposals/{one.id}/withdraw", opened="/desk/new")
    assert refused.status_code == 404
    assert site.services.moderation.proposal(who=site.partner(), number=one.id).state is State.WAITING


def test_two_waiting_changes_of_one_field_are_told_of_each_other(site: PartnerSite, partner: FlaskClient) -> None:
    colleague = site.partner(CLUB, "Colleague at the club")
    mine = send(site, summary="Chess for everybody.")
    send(site, colleague, summary="Chess for nobody.")
    said = words(partner.get(f"/desk/proposals/{mine.id}"))
    assert "Another change to this is waiting for an answer." in said
    assert "Chess for nobody" not in said


def test_a_field_that_changed_meanwhile_is_told(site: PartnerSite, partner: FlaskClient) -> None:
    one = send(site, summary="Chess for everybody.")
    path = site.content / f"listings/{SLUG}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("for beginners", "for masters"), encoding="utf-8")
    site.services.look_again()
    assert "The listing was changed here too after you began." in words(partner.get(f"/desk/proposals/{one.id}"))


def keep(client: FlaskClient, number: int, typed: dict[str, object]) -> int:
    token = staff.token_in(client.get("/desk/new"))
    answer = client.post(f"/desk/proposals/{number}/keep", data=typed, headers={"X-CSRFToken": token})
    return answer.status_code


def test_a_page_that_is_open_keeps_what_is_typed_sound_or_not(site: PartnerSite, partner: FlaskClient) -> None:
    begun = draft(site)
    assert keep(partner, begun.id, {"title": "", "ways": ["book", "drop_in"]}) == 204
    kept = site.services.moderation.proposal(who=site.partner(), number=begun.id)
    assert kept.typed == {"title": [""], "ways": ["book", "drop_in"]}


def test_nothing_is_kept_in_somebody_elses_draft(site: PartnerSite) -> None:
    begun = draft(site)
    assert keep(site.as_partner(COUNCIL), begun.id, {"title": "Mine now"}) == 404
    assert site.services.moderation.proposal(who=site.partner(), number=begun.id).typed == {}


def test_nothing_is_kept_in_what_waits_for_an_answer(site: PartnerSite, partner: FlaskClient) -> None:
    one = send(site, summary="Chess for everybody.")
    assert keep(partner, one.id, {"title": "Too late"}) == 403


def test_nothing_is_kept_without_the_proof_of_our_own_page(site: PartnerSite, partner: FlaskClient) -> None:
    begun = draft(site)
    assert partner.post(f"/desk/proposals/{begun.id}/keep", data={"title": "Forged"}).status_code == 400
    assert site.services.moderation.proposal(who=site.partner(), number=begun.id).typed == {}


def test_who_came_by_a_link_sees_proposals_of_its_listing_alone(site: PartnerSite) -> None:
    who, accounts = site.partner(), site.services.accounts
    one = send(site, summary="Chess for everybody.")
    for slug, status in ((SLUG, 200), ("drum-corner", 404)):
        client = site.app.test_client()
        client.set_cookie(
            "signed-in", accounts.start_limited(person=who.id, only=f"change:{slug}", now=site.now, device="Phone")
        )
        page = client.get(f"/desk/proposals/{one.id}")
        assert page.status_code == status, slug
        assert "Take it back" not in page.text
