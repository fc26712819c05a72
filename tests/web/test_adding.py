"""Something new: one question a page, kept at every step, checked, and sent."""

import datetime
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory.moderation import Proposed, State, What
from directory.web.partner.questions import QUESTIONS
from tests import staff
from tests.web.partner_site import CLUB, COUNCIL, PartnerSite, open_partner_site, words

TIME: dict[str, object] = {
    "sessions-0-often": "weekly",
    "sessions-0-day": "wednesday",
    "sessions-0-opens_at": "10",
    "sessions-0-closes_at": "11.30",
    "sessions-0-term": "term_time",
}
ANSWERS: dict[str, dict[str, object]] = {
    "name": {"title": "Singing corner"},
    "sentence": {"summary": "Songs for babies and their grown-ups."},
    "subject": {"category_1": "stay-and-play"},
    "ages": {"minimum_age": "birth", "maximum_age": "18 months"},
    "needs": {"send_needs": ["hearing", "autism"]},
    "times": TIME,
    "place": {"delivery": ["in_person"], "locations-0-at": "brackenhill-family-hub"},
    "price": {"cost": "paid", "prices-0-option": "Each child", "prices-0-amount": "2.50"},
    "joining": {"ways": ["drop_in"]},
    "phones": {"phones-0-number": "01632 960777"},
}


@pytest.fixture
def site(tmp_path: Path) -> PartnerSite:
    return open_partner_site(tmp_path)


@pytest.fixture
def partner(site: PartnerSite) -> FlaskClient:
    return site.as_partner()


def begin(client: FlaskClient, kind: str = "activity", provider: str = CLUB) -> str:
    """Begins something new; the path of its task list."""
    answer = staff.send(client, "/desk/new", {"kind": kind, "provider": provider})
    assert answer.status_code == 303
    return str(answer.location)


def answer_all(client: FlaskClient, path: str) -> None:
    for question, typed in ANSWERS.items():
        answer = staff.send(client, f"{path}/{question}", typed)
        assert answer.status_code == 303, (question, words(answer))


def draft(site: PartnerSite) -> Proposed:
    return site.services.moderation.of_person(who=site.partner())[0]


def statuses(answer: TestResponse) -> list[str]:
    """How far each part of the task list is."""
    found = re.findall(r'class="govuk-task-list__status.*?</div>', answer.text, re.DOTALL)
    return [" ".join(re.sub("<[^>]*>|^.*?>", "", one).split()) for one in found]


def test_something_new_is_sent_and_waits_for_an_answer(site: PartnerSite, partner: FlaskClient) -> None:
    path = begin(partner)
    answer_all(partner, path)
    sent = staff.send(partner, f"{path}/answers")
    one = draft(site)
    assert sent.location == f"/desk/proposals/{one.id}"
    assert (one.kind, one.state, one.title, one.slug) == (What.NEW, State.WAITING, "Singing corner", "singing-corner")
    assert one.wanted == {
        "kind": "activity",
        "title": "Singing corner",
        "summary": "Songs for babies and their grown-ups.",
        "provider": CLUB,
        "categories": ["stay-and-play"],
        "eligibility": {"minimum_age": "0 years", "maximum_age": "18 months", "send_needs": ["hearing", "autism"]},
        "access": {"ways": ["drop_in"]},
        "cost": {"type": "paid", "cost_options": [{"option": "Each child", "amount_pence": 250}]},
        "delivery": ["in_person"],
        "locations": [{"at": "brackenhill-family-hub"}],
        "sessions": [{"day": "wednesday", "opens_at": "10:00", "closes_at": "11:30", "term": "term_time"}],
        "phones": [{"number": "01632 960777"}],
    }


def test_what_is_approved_is_on_the_site(site: PartnerSite, partner: FlaskClient) -> None:
    path = begin(partner)
    answer_all(partner, path)
    staff.send(partner, f"{path}/answers")
    one, moderator = draft(site), staff.moderator(site.services)
    site.services.moderation.approve(who=moderator, number=one.id, version=one.version, now=site.now)
    assert "Songs for babies" in words(partner.get("/listings/singing-corner"))


def test_each_page_asks_one_question_and_leads_to_the_next(partner: FlaskClient) -> None:
    path = begin(partner)
    answer = staff.send(partner, f"{path}/name", ANSWERS["name"])
    assert answer.location == f"{path}/sentence"
    page = partner.get(f"{path}/sentence")
    assert 'name="summary"' in page.text
    assert 'name="title"' not in page.text
    assert f'href="{path}/name"' in page.text


def test_the_last_question_of_a_part_leads_back_to_the_tasks(partner: FlaskClient) -> None:
    path = begin(partner)
    assert staff.send(partner, f"{path}/subject", ANSWERS["subject"]).location == path


def test_the_task_list_tells_how_far_each_part_is(partner: FlaskClient) -> None:
    path = begin(partner)
    assert set(statuses(partner.get(path))) == {"Not started"}
    staff.send(partner, f"{path}/name", ANSWERS["name"])
    staff.send(partner, f"{path}/price", ANSWERS["price"])
    staff.send(partner, f"{path}/phones", {"phones-0-number": "12"})
    told = statuses(partner.get(path))
    assert told == [
        "Not finished",
        "Not started",
        "Not started",
        "Not started",
        "Done",
        "Not started",
        "Needs attention",
        "Not started",
    ]


def test_what_is_typed_is_kept_sound_or_not(site: PartnerSite, partner: FlaskClient) -> None:
    path = begin(partner)
    answer = staff.send(partner, f"{path}/ages", {"minimum_age": "quite small", "maximum_age": "4"})
    assert "There is a problem" in words(answer)
    again = site.as_partner().get(f"{path}/ages")
    assert 'value="quite small"' in again.text
    assert "Write an age, such as 18 months" in words(again)


def test_it_can_be_saved_for_later(site: PartnerSite, partner: FlaskClient) -> None:
    path = begin(partner)
    answer = staff.send(partner, f"{path}/sentence", {"summary": "", "button": "later"})
    assert answer.location == path
    assert "A new listing without a name yet" in words(site.as_partner().get("/desk"))


def test_an_answer_outlives_a_session_that_ends_meanwhile(site: PartnerSite, partner: FlaskClient) -> None:
    path = begin(partner)
    token = staff.token_in(partner.get(f"{path}/sentence"))
    site.now += datetime.timedelta(hours=13)
    answer = partner.post(f"{path}/sentence", data={"summary": "Songs for all.", "csrf_token": token})
    assert answer.location.startswith("/sign-in?next=")
    assert 'value="Songs for all."' in site.as_partner().get(f"{path}/sentence").text


def test_a_question_that_is_not_answered_has_no_faults_yet(partner: FlaskClient) -> None:
    path = begin(partner)
    staff.send(partner, f"{path}/sentence", ANSWERS["sentence"])
    assert "There is a problem" not in words(partner.get(f"{path}/name"))


def test_a_draft_that_was_begun_is_gone_on_with(site: PartnerSite, partner: FlaskClient) -> None:
    path = begin(partner)
    staff.send(partner, f"{path}/name", ANSWERS["name"])
    assert begin(partner, "service") == path
    assert "You began this before" in words(partner.get(path))
    assert draft(site).typed["kind"] == ["activity"]


def test_times_are_played_back_as_the_next_dates(partner: FlaskClient) -> None:
    path = begin(partner)
    page = staff.send(partner, f"{path}/times", {**TIME, "button": "dates"})
    assert "Wednesday 25 November 2026, 10am to 11:30am" in words(page)


def test_another_number_is_added_without_a_script(partner: FlaskClient) -> None:
    path = begin(partner)
    page = staff.send(partner, f"{path}/phones", {"phones-0-number": "01632 960777", "button": "add-phones"})
    assert 'name="phones-1-number"' in page.text
    assert 'value="01632 960777"' in page.text


def test_a_website_is_not_asked_for_a_time_or_a_place(partner: FlaskClient) -> None:
    path = begin(partner, "link")
    assert len(statuses(partner.get(path))) == 6
    assert partner.get(f"{path}/times").status_code == 404


def test_nothing_is_sent_before_what_is_needed_is_answered(site: PartnerSite, partner: FlaskClient) -> None:
    path = begin(partner)
    staff.send(partner, f"{path}/name", ANSWERS["name"])
    page = partner.get(f"{path}/answers")
    assert "Before you can send this" in words(page)
    assert f'href="{path}/joining?then=answers"' in page.text
    assert "Send it in" not in page.text
    forced = staff.send(partner, f"{path}/answers", opened=f"{path}/name")
    assert "Before you can send this" in words(forced)
    assert draft(site).state is State.DRAFT


def test_all_answers_are_told_back_each_with_a_way_to_change_it(partner: FlaskClient) -> None:
    path = begin(partner)
    answer_all(partner, path)
    page = partner.get(f"{path}/answers")
    said = words(page)
    for told in ("Singing corner", "Every Wednesday, 10am to 11:30am", "01632 960777", "Hearing", "£2.50", "Not said"):
        assert told in said, told
    assert "The next dates, as people will see them Wednesday 25 November 2026, 10am to 11:30am" in said
    changed = staff.send(partner, f"{path}/price?then=answers", {"cost": "free"})
    assert changed.location == f"{path}/answers"
    assert "£2.50" not in words(partner.get(f"{path}/answers"))


def test_advice_is_given_and_is_no_wall(partner: FlaskClient) -> None:
    path = begin(partner)
    answer_all(partner, path)
    staff.send(partner, f"{path}/phones", {"phones-0-number": "07700 900123"})
    staff.send(partner, f"{path}/online", {"email": "somebody@gmail.com"})
    said = words(partner.get(f"{path}/answers"))
    assert "07700 900123 is a mobile" in said
    assert "looks like somebody's own address" in said
    assert staff.send(partner, f"{path}/answers").status_code == 303


def test_what_may_be_the_same_is_shown(partner: FlaskClient) -> None:
    path = begin(partner)
    answer_all(partner, path)
    staff.send(partner, f"{path}/name", {"title": "The chess corner"})
    page = partner.get(f"{path}/answers")
    assert "Is it one of these already?" in words(page)
    assert 'href="/listings/chess-corner"' in page.text


def test_what_no_box_can_tell_is_put_right_before_it_is_sent(partner: FlaskClient) -> None:
    path = begin(partner)
    answer_all(partner, path)
    staff.send(partner, f"{path}/name", {"title": "Chess corner"})
    page = staff.send(partner, f"{path}/answers")
    assert "Before you can send this" in words(page)
    assert f'href="{path}/name?then=answers"' in page.text


def test_what_was_sent_back_opens_with_its_answers(site: PartnerSite, partner: FlaskClient) -> None:
    path = begin(partner)
    answer_all(partner, path)
    staff.send(partner, f"{path}/answers")
    one, moderator = draft(site), staff.moderator(site.services)
    site.services.moderation.send_back(
        who=moderator, number=one.id, version=one.version, reason="Which room?", now=site.now
    )
    assert 'value="Singing corner"' in partner.get(f"{path}/name").text
    staff.send(partner, f"{path}/sentence", {"summary": "Songs for babies in the blue room."})
    assert staff.send(partner, f"{path}/answers").status_code == 303
    assert draft(site).wanted["summary"] == "Songs for babies in the blue room."


def test_a_draft_is_nobody_elses(site: PartnerSite, partner: FlaskClient) -> None:
    path = begin(partner)
    for stranger in (site.as_partner(COUNCIL), site.as_moderator()):
        assert stranger.get(path).status_code == 404
        assert stranger.get(f"{path}/name").status_code == 404
        assert stranger.get(f"{path}/answers").status_code == 404


def test_nobody_adds_for_a_provider_that_they_do_not_speak_for(site: PartnerSite, partner: FlaskClient) -> None:
    answer = staff.send(partner, "/desk/new", {"kind": "activity", "provider": COUNCIL})
    assert answer.status_code == 303
    assert draft(site).provider == CLUB


def test_a_hub_cannot_be_added_like_this(partner: FlaskClient) -> None:
    assert "Choose one of these" in words(staff.send(partner, "/desk/new", {"kind": "hub", "provider": CLUB}))


def test_a_form_cannot_say_what_is_not_its_writers_to_say(site: PartnerSite, partner: FlaskClient) -> None:
    path = begin(partner)
    answer_all(partner, path)
    more = {"title": "Singing corner", "urgent": "true", "provider": COUNCIL, "kind": "hub", "checked": "2026-11-23"}
    staff.send(partner, f"{path}/name", more)
    staff.send(partner, f"{path}/answers")
    assert not {"urgent", "checked"} & draft(site).wanted.keys()
    assert (draft(site).wanted["provider"], draft(site).wanted["kind"]) == (CLUB, "activity")


def test_an_open_page_keeps_its_question_and_no_other(site: PartnerSite, partner: FlaskClient) -> None:
    path = begin(partner)
    staff.send(partner, f"{path}/name", ANSWERS["name"])
    token = staff.token_in(partner.get(f"{path}/sentence"))
    typed = {"question": "sentence", "summary": "Half a sen", "title": "Overwritten"}
    answer = partner.post(f"/desk/proposals/{draft(site).id}/keep", data=typed, headers={"X-CSRFToken": token})
    assert answer.status_code == 204
    assert draft(site).typed["summary"] == ["Half a sen"]
    assert draft(site).typed["title"] == ["Singing corner"]
    assert "Not finished" in statuses(partner.get(path))


def test_every_question_has_a_page(partner: FlaskClient) -> None:
    path = begin(partner)
    for one in QUESTIONS:
        assert words(partner.get(f"{path}/{one.slug}")).count(str(one.title)), one.slug
    assert partner.get(f"{path}/no-such-question").status_code == 404


def test_every_box_of_a_listings_form_is_asked_for_once() -> None:
    asked = [(one.section, field) for one in QUESTIONS for field in one.fields]
    boxes = {
        (section, name)
        for section in {one.section for one in QUESTIONS}
        for name in vars(section)
        if hasattr(getattr(section, name), "field_class")
    }
    assert sorted(map(str, asked)) == sorted(map(str, boxes))
