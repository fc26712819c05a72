"""The history of a listing: every version, what differs between two, and bringing one back."""

from pathlib import Path

import pytest

from directory.moderation import Act
from tests import staff
from tests.web.deciding_site import CHESS, HUB, DecidingSite, open_deciding_site
from tests.web.partner_site import words


@pytest.fixture
def site(tmp_path: Path) -> DecidingSite:
    """A site on which the title of one listing was changed twice; it has three versions."""
    site = open_deciding_site(tmp_path)
    site.approved(site.propose(CHESS, title="Chess club", note="We are a club now."))
    site.approved(site.propose(CHESS, who=site.second_partner, title="Chess hour", phones=[{"number": "01632 960155"}]))
    return site


def _bring_back(site: DecidingSite, number: int, why: str) -> str:
    """Presses the button of the page that shows what would change; where that leads, or what it says."""
    page = f"/history/{CHESS}/3/{number}"
    answer = staff.send(site.client, f"/history/{CHESS}/{number}/bring-back", {"why": why}, opened=page)
    return answer.location or words(answer)


def test_a_listing_that_never_changed_has_no_history_yet(site: DecidingSite) -> None:
    assert "It has not changed since the directory began to keep its history." in words(
        site.client.get("/history/drum-corner")
    )


def test_every_version_tells_what_who_when_and_why(site: DecidingSite) -> None:
    site.services.moderation.confirm(who=site.moderator, slug=CHESS, how="by phone", now=site.site.now)
    said = words(site.client.get(f"/history/{CHESS}"))
    newest, third, second, first = (said.index(f"Version {number} ") for number in (4, 3, 2, 1))
    # The boxes that choose two versions name each of them as well, before the list.
    rest = said[said.index("Version 4 Newest") :]
    assert newest < third < second < first
    assert rest.startswith("Version 4 Newest Checked , Monday 23 November 2026 at 9am Checked by Mo Derator")
    assert (
        "Version 2 Approved , Monday 23 November 2026 at 9am Asked for by Pat Partner proposal 1 "
        "Done by Other Derator We are a club now." in rest
    )
    assert "Version 1 Found in the file" in rest


def test_any_two_versions_are_compared(site: DecidingSite) -> None:
    chosen = site.client.get(f"/history/{CHESS}?from=1&to=3")
    assert (chosen.status_code, chosen.location) == (303, f"/history/{CHESS}/1/3")
    said = words(site.client.get(chosen.location))
    assert "Version 1 Chess removed: corner Version 3 Chess added: hour" in said
    assert "Phone numbers Version 1 01632 removed: 960124 Version 3 01632 added: 960155" in said


def test_two_versions_that_say_the_same_are_told_so(site: DecidingSite) -> None:
    assert "Both say the same." in words(site.client.get(f"/history/{CHESS}/2/2"))


def test_an_older_version_is_brought_back_in_one_step(site: DecidingSite) -> None:
    page = words(site.client.get(f"/history/{CHESS}/3/1"))
    assert "If you bring version 1 back, this is what changes on the site." in page
    assert _bring_back(site, 1, "The club rang.") == f"/history/{CHESS}"
    assert site.live()["title"] == "Chess corner"
    assert site.live()["phones"] == [{"number": "01632 960124"}]
    said = words(site.client.get(f"/history/{CHESS}"))
    assert "Version 1 is back. People can see it now." in said
    assert "Version 4 Newest Brought back" in said
    assert "Done by Mo Derator The club rang." in said


def test_bringing_back_needs_a_reason(site: DecidingSite) -> None:
    assert "Write why you bring this version back" in _bring_back(site, 1, " ")
    assert site.live()["title"] == "Chess hour"


def test_a_version_that_fits_no_longer_says_why_and_keeps_the_reason(site: DecidingSite) -> None:
    taken = site.propose("drum-corner", title="Chess corner")
    site.approved(taken)
    page = f"/history/{CHESS}/3/1"
    answer = staff.send(site.client, f"/history/{CHESS}/1/bring-back", {"why": "They rang."}, opened=page)
    assert "It cannot come back as it was." in words(answer)
    assert "They rang.</textarea>" in answer.text
    assert site.live()["title"] == "Chess hour"


@pytest.mark.parametrize(
    "path",
    [
        "/history/no-such",
        f"/history/{CHESS}/1/9",
        f"/history/{CHESS}/0/1",
        "/history/no-such/1/2",
        "/history/..%2Fsite",
    ],
)
def test_what_never_was_is_not_found(site: DecidingSite, path: str) -> None:
    assert site.client.get(path).status_code == 404


def test_a_version_that_never_was_does_not_come_back(site: DecidingSite) -> None:
    typed = {"why": "Because."}
    opened = f"/history/{CHESS}/3/1"
    assert staff.send(site.client, f"/history/{CHESS}/9/bring-back", typed, opened=opened).status_code == 404
    assert staff.send(site.client, "/history/drum-corner/1/bring-back", typed, opened=opened).status_code == 404


def test_a_moderator_of_another_hub_looks_and_brings_nothing_back(site: DecidingSite) -> None:
    elsewhere = site.site.browser(staff.moderator(site.services, hub="another-hub"))
    answer = staff.send(elsewhere, f"/history/{CHESS}/1/bring-back", {"why": "Mine."}, opened=f"/history/{CHESS}/3/1")
    assert answer.status_code == 403
    assert site.live()["title"] == "Chess hour"


def test_a_moderator_of_its_hub_brings_it_back(site: DecidingSite) -> None:
    here = site.site.browser(staff.moderator(site.services, hub=HUB))
    answer = staff.send(here, f"/history/{CHESS}/2/bring-back", {"why": "A mistake."}, opened=f"/history/{CHESS}/3/2")
    assert answer.status_code == 303
    assert [one.act for one in site.services.moderation.versions(slug=CHESS)] == [
        Act.BROUGHT_BACK,
        Act.APPROVED,
        Act.APPROVED,
        Act.FOUND,
    ]
