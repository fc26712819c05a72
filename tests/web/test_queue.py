"""The moderators' queue: what waits, how it is decided on, and what happens when two people decide at once."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from html5lib import parse

from directory.moderation import State, What, fields_of
from tests import staff
from tests.web.deciding_site import CHESS, DRUM, HUB, STARS, SUNG, DecidingSite, open_deciding_site
from tests.web.partner_site import COUNCIL, NOW, words

HTML = "{http://www.w3.org/1999/xhtml}"
DAY = datetime.timedelta(1)
PHONES = [{"number": "01632 960155"}]


@pytest.fixture
def site(tmp_path: Path) -> DecidingSite:
    """The site, with nothing that waits."""
    return open_deciding_site(tmp_path)


def _items(site: DecidingSite, query: str = "") -> list[str]:
    """What each item of the queue says, in order."""
    answer = site.client.get(f"/queue{query}")
    assert answer.status_code == 200
    items = parse(answer.text).iter(f"{HTML}li")
    return [" ".join(" ".join(one.itertext()).split()) for one in items if one.get("class") == "queue__item"]


def test_a_queue_with_nothing_in_it_says_so(site: DecidingSite) -> None:
    assert "Nothing waits for an answer" in words(site.client.get("/queue"))


def test_the_queue_tells_what_waits_oldest_first_and_what_is_late(site: DecidingSite) -> None:
    site.propose(DRUM, title="Drums", before=DAY)
    site.propose(CHESS, summary="Chess for everybody.", before=7 * DAY)
    first, second = _items(site)
    assert first.startswith("Chess corner Change Ordinary Corner Club, Brackenhill Family Hub")
    assert "Sent by Pat Partner on 16 November 2026." in first
    assert "An answer was promised by Wednesday 18 November 2026." in first
    assert second.startswith("Drums")
    assert "Answer promised by Tuesday 24 November 2026." in second
    assert "2 wait for an answer. 1 is past the promised day." in words(site.client.get("/queue"))


FILTERS = {
    "everything": ("", ["Chess corner", "Drum corner", "Little Stars stay and play", "Singing corner"]),
    "one hub": (f"?hub={HUB}", ["Chess corner", "Drum corner", "Little Stars stay and play"]),
    "what no hub serves": ("?hub=none", ["Singing corner"]),
    "low risk": ("?risk=low", ["Chess corner"]),
    "high risk": ("?risk=high", ["Little Stars stay and play", "Singing corner"]),
    "what is new": ("?kind=new", ["Singing corner"]),
    "two at once": (f"?hub={HUB}&risk=ordinary&kind=edit", ["Drum corner"]),
    "a hub that there is not": ("?hub=nowhere", []),
}


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> DecidingSite:
    """A site on which four things wait."""
    site = open_deciding_site(tmp_path_factory.mktemp("busy"))
    site.propose(CHESS, phones=PHONES, before=4 * DAY)
    site.propose(DRUM, summary="Drums for all.", before=3 * DAY)
    site.propose(STARS, who=site.site.partner(COUNCIL), cost={"type": "free"}, before=2 * DAY)
    site.propose("", what=What.NEW, before=DAY, **SUNG)
    return site


@pytest.mark.parametrize(("query", "titles"), FILTERS.values(), ids=FILTERS)
def test_the_queue_can_be_narrowed(busy: DecidingSite, query: str, titles: list[str]) -> None:
    found = _items(busy, query)
    assert [any(one.startswith(title) for one in found) for title in titles] == [True] * len(found)
    assert len(found) == len(titles)


def test_nothing_of_the_kind_is_told_apart_from_nothing_at_all(site: DecidingSite) -> None:
    site.propose(CHESS, title="Chess club")
    assert "Nothing that waits is like that." in words(site.client.get("/queue?kind=closure"))


def test_a_long_queue_has_pages(site: DecidingSite) -> None:
    for number in range(26):
        site.propose("", what=What.NEW, **SUNG | {"title": f"Singing {number}"})
    assert len(_items(site)) == 25
    assert len(_items(site, "?page=2")) == 1
    assert site.client.get("/queue?page=3").status_code == 404


def test_new_times_of_a_trusted_provider_are_approved_from_the_queue(site: DecidingSite) -> None:
    site.propose(CHESS, phones=PHONES)
    page = site.client.get("/queue").text
    assert "960124</del>" in page
    assert "960155</ins>" in page
    fields = dict(re.findall(r'name="(csrf_token|version|seen|all)"[^>]* value="([^"]*)"', page[page.index("<ol") :]))
    answer = site.client.post("/queue/1/approve", data=fields)
    assert (answer.status_code, answer.location) == (303, "/queue")
    assert site.live()["phones"] == PHONES
    assert "Approved: Chess corner. People can see it now." in words(site.client.get("/queue"))
    assert "Approved: Chess corner" not in words(site.client.get("/queue"))


def test_a_confirmation_is_approved_from_the_queue(site: DecidingSite) -> None:
    one = site.propose(CHESS, what=What.CONFIRMATION)
    assert "Nothing changes. Pat Partner says that all of it is right." in _items(site)[0]
    assert site.decide(one, "approve", site.client.get("/queue").text, all="yes").status_code == 303
    assert site.live()["checked"] == {"on": "2026-11-23", "by": "provider"}


NOT_QUICK = {
    "other words": {"summary": "Chess for everybody."},
    "a cost": {"cost": {"type": "free"}},
    "words and a phone": {"phones": PHONES, "summary": "Chess for everybody."},
}


@pytest.mark.parametrize("changed", NOT_QUICK.values(), ids=NOT_QUICK)
def test_anything_else_is_opened_first(site: DecidingSite, changed: dict[str, Any]) -> None:
    site.propose(CHESS, **changed)
    assert not _items(site)[0].endswith("Approve : Chess corner")
    assert "/approve" not in site.client.get("/queue").text


def test_what_two_people_change_is_opened_first(site: DecidingSite) -> None:
    site.propose(CHESS, phones=PHONES)
    assert "/queue/1/approve" in site.client.get("/queue").text
    site.propose(CHESS, who=site.second_partner, phones=[{"number": "01632 960166"}])
    assert "/approve" not in site.client.get("/queue").text


def test_a_proposal_shows_only_what_changes_with_the_words_marked(site: DecidingSite) -> None:
    one = site.propose(CHESS, summary="Chess for everybody.", note="We take grown-ups now.")
    page = site.client.get(f"/queue/{one.id}")
    said = words(page)
    assert "On the site now Chess for removed: beginners ." in said
    assert "Proposed Chess for added: everybody ." in said
    assert "We take grown-ups now." in said
    assert re.findall(r'class="difference__name">([^<]+)', page.text) == ["Summary"]


def test_an_approval_takes_everything_unless_told_otherwise(site: DecidingSite) -> None:
    one = site.propose(CHESS, title="Chess club", url="https://chess.example.org/")
    assert site.decide(one, "approve").location == "/queue"
    assert (site.live()["title"], site.live()["url"]) == ("Chess club", "https://chess.example.org/")


def test_some_changes_are_taken_and_others_not(site: DecidingSite) -> None:
    one = site.propose(CHESS, title="Chess club", url="https://chess.example.org/", phones=PHONES)
    site.decide(one, "approve", accept_title="-", reason="The name stays.")
    live = site.live()
    assert (live["title"], live["url"], live["phones"]) == ("Chess corner", "https://chess.example.org/", PHONES)
    assert "Taken: Phone numbers, Website The name stays." in words(site.client.get(f"/queue/{one.id}"))


def test_to_take_nothing_is_no_approval(site: DecidingSite) -> None:
    one = site.propose(CHESS, title="Chess club")
    assert "Take at least one change" in words(site.decide(one, "approve", accept_title="-"))
    assert site.state(one) == State.WAITING


AMENDED = {
    "a title": ({"title": "chess club"}, {"amend_title": "Chess club"}, "title", "Chess club"),
    "lines": (
        {"description": "One.\nTwo."},
        {"amend_description": "One.\r\nThree."},
        "description",
        "One.\nThree.",
    ),
    "a text inside": (
        {"eligibility": {"minimum_age": "5 years", "not_for": "Grown ups"}},
        {"amend_eligibility__not_for": "Grown-ups."},
        "eligibility",
        {"minimum_age": "5 years", "not_for": "Grown-ups."},
    ),
    "a text inside, taken out": (
        {"eligibility": {"minimum_age": "5 years", "not_for": "Grown ups"}},
        {"amend_eligibility__not_for": " "},
        "eligibility",
        {"minimum_age": "5 years"},
    ),
    "nothing, though lines end otherwise": (
        {"description": "One.\nTwo."},
        {"amend_description": "One.\r\nTwo."},
        "description",
        "One.\nTwo.",
    ),
}


@pytest.mark.parametrize(("changed", "typed", "key", "live"), AMENDED.values(), ids=AMENDED)
def test_words_are_put_right_while_approving(
    site: DecidingSite, changed: dict[str, Any], typed: dict[str, str], key: str, live: object
) -> None:
    one = site.propose(CHESS, **changed)
    assert site.decide(one, "approve", **typed).status_code == 303
    assert site.live()[key] == live


def test_words_that_are_not_sound_are_told_beside_their_box_and_kept(site: DecidingSite) -> None:
    one = site.propose(CHESS, url="https://chess.example.org/", title="Chess club")
    answer = site.decide(one, "approve", amend_url="chess dot org", reason="Thank you")
    said = words(answer)
    assert "There is a problem Website: is not a web address" in said
    assert 'href="#amend_url"' in answer.text
    assert 'value="chess dot org"' in answer.text
    assert "Thank you</textarea>" in answer.text
    assert site.live()["title"] == "Chess corner"


@pytest.mark.parametrize(("act", "state"), [("decline", State.DECLINED), ("send-back", State.SENT_BACK)])
def test_a_no_needs_a_reason_which_reaches_the_proposer(site: DecidingSite, act: str, state: State) -> None:
    one = site.propose(CHESS, title="Chess club")
    answer = site.decide(one, act, reason="  ", amend_title="CHESS")
    assert "Write a reason: the person who sent it will read it" in words(answer)
    assert 'value="CHESS"' in answer.text
    assert site.state(one) == State.WAITING
    assert site.decide(one, act, reason="We know of another name.").location == "/queue"
    assert site.state(one) == state
    decisions = site.services.moderation.decisions(who=site.partner, number=one.id)
    assert [(made.outcome, made.reason) for made in decisions] == [(state, "We know of another name.")]
    assert site.live()["title"] == "Chess corner"


def _contested(site: DecidingSite) -> int:
    """A proposal whose summary somebody else changed meanwhile; its title is its own."""
    mine = site.propose(CHESS, summary="Chess for everybody.", title="Chess club")
    theirs = site.propose(CHESS, who=site.second_partner, summary="Chess for the brave.")
    site.approved(theirs)
    return mine.id


def test_what_both_sides_changed_is_shown_in_three_and_asked_about(site: DecidingSite) -> None:
    one = site.services.moderation.proposal(who=site.moderator, number=_contested(site))
    said = words(site.client.get(f"/queue/{one.id}"))
    assert "When it was begun Chess for removed: beginners ." in said
    assert "On the site now Chess for added: the brave ." in said
    assert "Proposed Chess for added: everybody ." in said
    assert "Choose which one is right: Summary" in words(site.decide(one, "approve"))
    assert site.state(one) == State.WAITING


CHOICES = {
    "what is there now": ("keep", "Chess for the brave."),
    "what is proposed": ("take", "Chess for everybody."),
}


@pytest.mark.parametrize(("choice", "summary"), CHOICES.values(), ids=CHOICES)
def test_whichever_is_right_is_kept(site: DecidingSite, choice: str, summary: str) -> None:
    one = site.services.moderation.proposal(who=site.moderator, number=_contested(site))
    assert site.decide(one, "approve", choose_summary=choice).status_code == 303
    assert (site.live()["summary"], site.live()["title"]) == (summary, "Chess club")


def test_a_no_needs_no_choice_between_the_two(site: DecidingSite) -> None:
    one = site.services.moderation.proposal(who=site.moderator, number=_contested(site))
    assert site.decide(one, "decline", reason="It is said already.").status_code == 303
    assert site.state(one) == State.DECLINED


def test_two_that_change_one_field_name_each_other(site: DecidingSite) -> None:
    first = site.propose(CHESS, title="Chess club", url="https://chess.example.org/")
    second = site.propose(CHESS, who=site.second_partner, title="Chess hour")
    for one, other in ((first, second), (second, first)):
        page = site.client.get(f"/queue/{one.id}").text
        assert page.count("Somebody else has proposed a change to this too") == 1
        assert f'href="/queue/{other.id}">proposal {other.id}' in page


@pytest.mark.parametrize("act", ["approve", "decline", "send-back"])
def test_whoever_is_slower_sees_what_was_decided_and_what_they_had_written(site: DecidingSite, act: str) -> None:
    one = site.propose(CHESS, title="Chess club")
    page = site.client.get(f"/queue/{one.id}").text
    site.approved(one)
    said = words(site.decide(one, act, page, reason="My own thoughts."))
    assert "Somebody else was quicker. This is how it stands now." in said
    assert "It was approved. People can see it." in said
    assert "You had written: My own thoughts." in said
    assert "Approved Other Derator on 23 November 2026" in said
    assert site.state(one) == State.APPROVED


def test_a_second_tap_on_approve_is_no_fault(site: DecidingSite) -> None:
    one = site.propose(CHESS, title="Chess club")
    page = site.client.get(f"/queue/{one.id}").text
    assert site.decide(one, "approve", page).status_code == 303
    assert "You have answered this already." in words(site.decide(one, "approve", page))


def test_a_proposal_that_came_again_is_looked_at_again(site: DecidingSite) -> None:
    one, moderation = site.propose(CHESS, title="Chess club"), site.services.moderation
    page = site.client.get(f"/queue/{one.id}").text
    moderation.send_back(who=site.other_moderator, number=one.id, version=one.version, reason="Hm.", now=NOW)
    moderation.send(who=site.partner, number=one.id, wanted={**one.wanted, "title": "Chess hour"}, now=NOW)
    answer = site.decide(one, "approve", page, reason="Good.")
    assert "Somebody else was quicker." in words(answer)
    assert "Good.</textarea>" in answer.text
    assert site.live()["title"] == "Chess corner"
    assert site.decide(one, "approve", answer.text).location == "/queue"
    assert site.live()["title"] == "Chess hour"


def test_a_listing_that_changed_meanwhile_is_looked_at_again(site: DecidingSite) -> None:
    one = site.propose(CHESS, title="Chess club")
    page = site.client.get(f"/queue/{one.id}").text
    site.approved(site.propose(CHESS, who=site.second_partner, phones=PHONES))
    answer = site.decide(one, "approve", page)
    assert "The listing changed while you looked at this." in words(answer)
    assert site.live()["title"] == "Chess corner"
    assert site.decide(one, "approve", answer.text).location == "/queue"
    assert (site.live()["title"], site.live()["phones"]) == ("Chess club", PHONES)


def test_nobody_decides_on_their_own(site: DecidingSite) -> None:
    one = site.propose(CHESS, who=site.moderator, title="Chess club")
    page = site.client.get(f"/queue/{one.id}").text
    assert "You sent this yourself, so somebody else decides." in page
    assert "You sent this yourself, so somebody else decides." in _items(site)[0]
    assert "/approve" not in page
    token = staff.token_in(site.client.get("/queue"))
    for act in ("approve", "decline", "send-back"):
        typed = {"csrf_token": token, "accept_title": "y", "reason": "Because.", "version": str(one.version)}
        assert site.client.post(f"/queue/{one.id}/{act}", data=typed).status_code == 403
    assert site.state(one) == State.WAITING


def test_a_moderator_of_another_hub_finds_nothing(site: DecidingSite) -> None:
    one = site.propose(CHESS, title="Chess club")
    elsewhere = site.site.browser(staff.moderator(site.services, hub="another-hub"))
    assert "Nothing waits for an answer" in words(elsewhere.get("/queue"))
    token = staff.token_in(elsewhere.get("/queue"))
    assert elsewhere.get(f"/queue/{one.id}").status_code == 404
    assert elsewhere.get(f"/queue/{one.id}/preview").status_code == 404
    assert elsewhere.post(f"/queue/{one.id}/approve", data={"csrf_token": token, "all": "yes"}).status_code == 404


def test_nothing_but_what_is_asked_about_can_be_sent(site: DecidingSite) -> None:
    one = site.propose(CHESS, title="Chess club")
    typed = {"accept_provider": "y", "amend_provider": COUNCIL, "amend_summary": "Mine", "amend_internal_note": "Mine"}
    before = site.live()
    assert site.decide(one, "approve", **typed).status_code == 303
    assert site.live() == {**before, "title": "Chess club"}


def test_a_decision_from_another_sites_page_is_refused(site: DecidingSite) -> None:
    one = site.propose(CHESS, title="Chess club")
    answer = site.client.post(f"/queue/{one.id}/approve", data={"all": "yes", "version": str(one.version)})
    assert answer.status_code == 400
    assert site.state(one) == State.WAITING


def test_a_new_listing_is_shown_whole_and_approved(site: DecidingSite) -> None:
    one = site.propose("", what=What.NEW, **SUNG)
    said = words(site.client.get(f"/queue/{one.id}"))
    assert "What it says What kind of listing it is Activity Title Singing corner" in said
    assert site.decide(one, "approve", amend_title="Singing for all").status_code == 303
    assert site.live("singing-corner")["title"] == "Singing for all"


def test_a_closure_says_until_when(site: DecidingSite) -> None:
    one = site.propose(CHESS, what=What.CLOSURE, status="temporarily closed", closed_until="2027-01-10")
    said = words(site.client.get(f"/queue/{one.id}"))
    assert "Proposed added: Closed for a time" in said
    assert "added: Sunday 10 January 2027" in said


def test_the_page_can_be_seen_as_people_will_see_it(site: DecidingSite) -> None:
    one = site.propose(CHESS, title="Chess club", phones=PHONES)
    answer = site.client.get(f"/queue/{one.id}/preview")
    said = words(answer)
    assert "This is what the page would say. Nobody else can see it yet." in said
    assert "Chess club" in said
    assert "Call 01632 960155" in said
    assert '<meta name="robots" content="noindex">' in answer.text
    assert "application/ld+json" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Chess club" not in site.app.test_client().get(f"/listings/{CHESS}").text


def test_a_hub_and_a_new_listing_can_be_seen_before_they_are_live(site: DecidingSite) -> None:
    hub = site.propose(HUB, who=site.other_moderator, summary="Help under a new roof.")
    new = site.propose("", what=What.NEW, **SUNG)
    assert "Help under a new roof." in words(site.client.get(f"/queue/{hub.id}/preview"))
    assert "Songs for all ages." in words(site.client.get(f"/queue/{new.id}/preview"))


def test_what_cannot_be_shown_says_what_to_put_right(site: DecidingSite) -> None:
    one = site.propose("", what=What.NEW, **SUNG)
    (site.site.content / "categories.yaml").write_text(
        (site.site.content / "categories.yaml").read_text().replace("slug: talking", "slug: speaking")
    )
    site.services.look_again()
    said = words(site.client.get(f"/queue/{one.id}/preview"))
    assert "This cannot be shown yet" in said
    assert "Categories: names no category that there is; did you mean speaking?" in said
    assert "Categories: " in words(site.decide(one, "approve"))


def test_messages_go_to_and_fro(site: DecidingSite) -> None:
    one = site.propose(CHESS, title="Chess club")
    empty = staff.send(site.client, f"/queue/{one.id}/message", {"text": " "}, opened=f"/queue/{one.id}")
    assert "Write a message" in words(empty)
    asked = staff.send(site.client, f"/queue/{one.id}/message", {"text": "For whom?"}, opened=f"/queue/{one.id}")
    assert (asked.status_code, asked.location) == (303, f"/queue/{one.id}")
    site.services.moderation.say(who=site.partner, number=one.id, text="For all.", now=NOW)
    assert "Mo Derator on 23 November 2026 For whom? Pat Partner on 23 November 2026 For all." in words(
        site.client.get(f"/queue/{one.id}")
    )


def test_looking_changes_nothing(site: DecidingSite) -> None:
    one = site.propose(CHESS, title="Chess club")
    before = fields_of(site.services.snapshot.listings[CHESS])
    for path in ("/queue", f"/queue/{one.id}", f"/queue/{one.id}/preview"):
        site.client.get(path)
    assert site.services.moderation.proposal(who=site.moderator, number=one.id) == one
    assert fields_of(site.services.snapshot.listings[CHESS]) == before
