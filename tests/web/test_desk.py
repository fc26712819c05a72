"""The desk: what is somebody's to keep right, and what they sent in."""

from pathlib import Path

import pytest

from directory.moderation import What
from tests.web.partner_site import COUNCIL, NOW, PartnerSite, open_partner_site, words


@pytest.fixture
def site(tmp_path: Path) -> PartnerSite:
    return open_partner_site(tmp_path)


def test_what_is_late_longest_comes_first(site: PartnerSite) -> None:
    _, _, said = words(site.as_partner().get("/desk")).partition("What you keep right")
    assert said.index("Film corner") < said.index("Chess corner") < said.index("Drum corner")
    assert "2 listings need a check" in words(site.as_partner().get("/desk"))


def test_every_listing_says_how_far_it_is_relied_on(site: PartnerSite) -> None:
    said = words(site.as_partner().get("/desk"))
    assert "A check was due on 5 May 2026. It no longer comes up in searches." in said
    assert "A check was due on 1 October 2026. People are told to call before they travel." in said
    assert "The next check is due on 3 March 2027." in said


def test_nobody_sees_listings_of_another_provider(site: PartnerSite) -> None:
    assert "Little Stars" not in words(site.as_partner().get("/desk?q=little+stars"))


def test_a_listing_that_nobody_confirmed_says_so(site: PartnerSite) -> None:
    assert "Not confirmed yet" in words(site.as_partner(COUNCIL).get("/desk"))


def test_somebody_without_listings_is_shown_how_to_add_one(site: PartnerSite) -> None:
    (site.content / "providers/new-people.yaml").write_text("name: New People\n", encoding="utf-8")
    site.services.look_again()
    assert "There is no listing of yours yet" in words(site.as_partner("new-people").get("/desk"))


def test_what_is_closed_for_good_is_nobodys_to_check(site: PartnerSite) -> None:
    path = site.content / "listings/film-corner.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "status: defunct\n", encoding="utf-8")
    site.services.look_again()
    assert "Film corner" not in words(site.as_partner().get("/desk"))


def test_moderators_find_any_listing_by_words_of_its_name(site: PartnerSite) -> None:
    answer = site.as_moderator().get("/desk?q=STARS+little")
    assert "Little Stars stay and play" in words(answer)
    assert 'href="/history/little-stars"' in answer.text


def test_a_search_that_finds_nothing_says_what_to_try(site: PartnerSite) -> None:
    assert "Try fewer words" in words(site.as_moderator().get("/desk?q=zebra"))


def test_partners_with_a_few_listings_need_no_box_to_find_them(site: PartnerSite) -> None:
    assert "Find a listing by its name" not in words(site.as_partner().get("/desk"))


def test_what_is_sent_in_waits_under_its_listing_with_the_day_of_the_answer(site: PartnerSite) -> None:
    _propose_a_new_title(site)
    said = words(site.as_partner().get("/desk"))
    assert "We will answer by the end of Wednesday 25 November 2026." in said
    assert "Change: Waiting for an answer" in said


def test_a_draft_waits_to_be_finished(site: PartnerSite) -> None:
    moderation, who = site.services.moderation, site.partner()
    moderation.begin(who=who, kind=What.EDIT, slug="chess-corner", provider="corner-club", now=NOW)
    assert "Not sent yet" in words(site.as_partner().get("/desk"))


def test_the_desk_speaks_the_language_of_its_address(site: PartnerSite) -> None:
    answer = site.as_partner().get("/ur/desk")
    assert 'dir="rtl"' in answer.text
    assert 'href="/ur/desk/listings/chess-corner/check"' in answer.text


def _propose_a_new_title(site: PartnerSite) -> int:
    moderation, who = site.services.moderation, site.partner()
    draft = moderation.begin(who=who, kind=What.EDIT, slug="chess-corner", provider="corner-club", now=NOW)
    wanted = {**draft.base, "title": "Chess corner for everybody"}
    return moderation.send(who=who, number=draft.id, wanted=wanted, now=NOW).id
