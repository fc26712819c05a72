"""Changes of single dates in the moderators' queue: first, the soonest first, in one tap; and what a rule published."""

import datetime
import re
from pathlib import Path

import pytest
from html5lib import parse
from werkzeug.test import TestResponse

from directory.accounts import Who
from directory.moderation import Proposed, State, What
from tests import staff
from tests.html_checker import NuChecker
from tests.web.deciding_site import CHESS, DRUM, HUB, DecidingSite, open_deciding_site
from tests.web.partner_site import CLUB, NOW, words

HTML = "{http://www.w3.org/1999/xhtml}"
FILM = "film-corner"
DAY = datetime.timedelta(1)


@pytest.fixture
def site(tmp_path: Path) -> DecidingSite:
    """The site, whose club is not trusted."""
    site = open_deciding_site(tmp_path)
    trust(site, "false")
    return site


def trust(site: DecidingSite, is_trusted: str = "true") -> None:
    """Has the club be trusted, or not."""
    path = site.site.content / "providers" / f"{CLUB}.yaml"
    path.write_text(f"name: Corner Club\ntrusted: {is_trusted}\n", encoding="utf-8")
    site.services.look_again()


def cancel(site: DecidingSite, date: str, slug: str = CHESS, who: Who | None = None, **more: str) -> Proposed:
    """A cancellation that is sent in."""
    session = site.live(slug)["sessions"][0]
    exceptions = [*session.get("exceptions", ()), {"date": date, "change": "cancelled", **more}]
    return site.propose(slug, who=who, what=What.CANCELLATION, sessions=[{**session, "exceptions": exceptions}])


def items(site: DecidingSite, path: str = "/queue") -> list[str]:
    """What each item of the queue says, in order."""
    found = parse(site.client.get(path).text).iter(f"{HTML}li")
    return [" ".join(" ".join(one.itertext()).split()) for one in found if one.get("class") == "queue__item"]


def approve(site: DecidingSite, one: Proposed) -> TestResponse:
    """Taps the button of a proposal in the queue itself."""
    page = site.client.get("/queue").text
    form = page.partition(f'action="/queue/{one.id}/approve"')[2].partition("</form>")[0]
    return site.client.post(f"/queue/{one.id}/approve", data=dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)))


def test_single_dates_stand_first_the_soonest_first(site: DecidingSite) -> None:
    site.propose(DRUM, title="Drums", before=7 * DAY)
    cancel(site, "2026-12-07", FILM)
    cancel(site, "2026-11-23")
    cancel(site, "2026-11-30", DRUM)
    first, second, third, fourth = items(site)
    assert first.startswith("Chess corner Change of dates Ordinary Monday 23 November 2026 It is today.")
    assert second.startswith("Drum corner Change of dates Ordinary Monday 30 November 2026 In 7 days.")
    assert third.startswith("Film corner Change of dates Ordinary Monday 7 December 2026 In 14 days.")
    assert fourth.startswith("Drums")
    said = words(site.client.get("/queue"))
    assert said.index("Cancelled and changed dates") < said.index("Film corner") < said.index("Everything else")


def test_a_date_is_approved_with_one_tap_in_the_queue(site: DecidingSite) -> None:
    one = cancel(site, "2026-11-30")
    assert approve(site, one).location == "/queue"
    assert site.live()["sessions"][0]["exceptions"] == [{"date": "2026-11-30", "change": "cancelled"}]
    assert site.state(one) == State.APPROVED


def test_two_dates_of_one_session_do_not_bar_each_other(site: DecidingSite) -> None:
    first, second = cancel(site, "2026-11-30"), cancel(site, "2026-12-07", who=site.second_partner)
    assert [approve(site, one).status_code for one in (first, second)] == [303, 303]
    assert [one["date"] for one in site.live()["sessions"][0]["exceptions"]] == ["2026-11-30", "2026-12-07"]


def test_what_two_people_say_of_one_date_is_opened_first(site: DecidingSite) -> None:
    first = cancel(site, "2026-11-30", note="Snow.")
    cancel(site, "2026-11-30", who=site.second_partner, note="Painters.")
    assert "/approve" not in site.client.get("/queue").text
    assert approve(site, first).status_code == 400
    assert "exceptions" not in site.live()["sessions"][0]


def test_nobody_approves_their_own_cancellation(site: DecidingSite) -> None:
    cancel(site, "2026-11-30", who=site.moderator)
    assert "/approve" not in site.client.get("/queue").text
    assert "You sent this yourself, so somebody else decides." in items(site)[0]


def test_a_date_that_is_over_is_no_hurry_any_more(site: DecidingSite) -> None:
    cancel(site, "2026-11-23")
    site.site.now = NOW + DAY
    site.client = site.site.browser(site.moderator)
    said = words(site.client.get("/queue"))
    assert "Chess corner Change of dates" in said
    assert "Cancelled and changed dates" not in said


def test_the_fast_lane_is_narrowed_like_everything(site: DecidingSite) -> None:
    cancel(site, "2026-11-30")
    assert len(items(site, f"/queue?hub={HUB}&kind=cancellation")) == 1
    assert items(site, "/queue?kind=edit") == []


def test_what_a_rule_published_is_looked_over_and_brought_back(site: DecidingSite) -> None:
    trust(site)
    before = site.live()
    one = cancel(site, "2026-11-30", note="Snow.")
    said = words(site.client.get("/queue"))
    assert "Nothing waits for an answer." in said
    assert "Published by rule" in said
    [told] = items(site)
    assert told.startswith("Chess corner Corner Club Pat Partner on 23 November 2026, 9am")
    assert "added:" in told
    back = re.search(r'href="(/history/chess-corner/\d+/\d+)"', site.client.get("/queue").text)
    assert back
    assert "Cancelled: Monday 30 November 2026" in words(site.client.get(back[1]))
    number = back[1].rpartition("/")[2]
    staff.send(site.client, f"/history/{CHESS}/{number}/bring-back", {"why": "It is on."}, opened=back[1])
    assert site.live() == before
    assert "It was published by rule" in words(site.client.get(f"/queue/{one.id}"))
    assert "Published by rule: the provider is trusted" in words(site.client.get(f"/history/{CHESS}"))


def test_what_was_published_long_ago_is_in_the_history_alone(site: DecidingSite) -> None:
    trust(site)
    cancel(site, "2026-12-14")
    site.site.now = NOW + 15 * DAY
    site.client = site.site.browser(site.moderator)
    assert "Published by rule" not in words(site.client.get("/queue"))


def test_another_hubs_moderator_sees_none_of_it(site: DecidingSite) -> None:
    trust(site)
    cancel(site, "2026-11-30")
    elsewhere = site.site.browser(staff.moderator(site.services, hub="another-hub"))
    assert "Published by rule" not in words(elsewhere.get("/queue"))


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_the_queue_with_dates_in_it_is_sound_html(site: DecidingSite, nu_checker: NuChecker, prefix: str) -> None:
    cancel(site, "2026-11-30")
    site.propose(DRUM, title="Drums")
    trust(site)
    cancel(site, "2026-12-07", FILM)
    page = site.client.get(f"{prefix}/queue")
    assert page.text.count('class="queue__item"') == 3
    assert nu_checker.errors(page.text) == []
