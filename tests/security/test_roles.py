"""Every address as everybody: what is not for somebody is refused, and trying changes nothing."""

import pytest

from tests.security.house import DECIDES, FOR_A_LINK, PUBLIC, RUNS, STAFF, House, token
from tests.web.deciding_site import CHESS, DRUM

CLOSED_TO = {
    "nobody": STAFF | DECIDES | RUNS,
    "half in": STAFF | DECIDES | RUNS,
    "by a link": STAFF | DECIDES | RUNS,
    "partner": DECIDES | RUNS,
    "other partner": DECIDES | RUNS,
    "hub moderator": RUNS,
    "moderator of another hub": RUNS,
    "moderator": RUNS,
    "administrator": frozenset(),
}
WAITING = ("", "/preview", "/approve", "/decline", "/send-back", "/message")


def test_every_part_of_the_site_is_for_somebody(house: House) -> None:
    assert {rule.endpoint.partition(".")[0] for rule in house.rules} == PUBLIC | STAFF | DECIDES | RUNS


@pytest.mark.parametrize("who", CLOSED_TO)
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_nobody_enters_what_is_not_for_them(house: House, who: str, method: str, prefix: str) -> None:
    browser, before = house.browser(who), house.state()
    data = {"csrf_token": token(browser)} if method == "POST" else None
    tried = 0
    for rule, path in house.takes(method):
        is_for_a_link = who == "by a link" and rule.endpoint in FOR_A_LINK
        if rule.endpoint.partition(".")[0] not in CLOSED_TO[who] or is_for_a_link:
            continue
        answer = browser.open(prefix + path, method=method, data=data)
        told = f"{method} {prefix}{path} as {who}: {answer.status}"
        if who in ("nobody", "half in"):
            assert answer.status_code == 303, told
            assert answer.location.startswith(f"{prefix}/sign-in?next="), told
        else:
            assert answer.status_code == 403, told
        assert answer.headers["Cache-Control"] == "no-store", told
        tried += 1
    assert tried or not CLOSED_TO[who]
    assert house.state() == before


@pytest.mark.parametrize("who", CLOSED_TO)
def test_everybody_enters_what_is_for_them(house: House, who: str) -> None:
    browser = house.browser(who)
    for rule, path in house.takes("GET"):
        if rule.endpoint.partition(".")[0] in PUBLIC | CLOSED_TO[who]:
            continue
        assert browser.get(path).status_code in (200, 303, 404), path
    assert browser.get("/desk").status_code == (403 if who == "by a link" else 303 if "desk" in CLOSED_TO[who] else 200)


@pytest.mark.parametrize("who", ["moderator of another hub"])
def test_what_waits_for_another_hub_is_not_there(house: House, who: str) -> None:
    browser, before = house.browser(who), house.state()
    data = {"csrf_token": token(browser), "version": "1", "all": "y", "reason": "No", "text": "Me", "answer": "Done"}
    for end in WAITING:
        path = f"/queue/{house.waiting}{end}"
        answer = browser.get(path) if end in ("", "/preview") else browser.post(path, data=data)
        assert answer.status_code == 404, path
    for end in ("", "/close", "/propose"):
        path = f"/reports/{house.report}{end}"
        answer = browser.post(path, data=data) if end else browser.get(path)
        assert answer.status_code == 404, path
    assert browser.post(f"/history/{DRUM}/1/bring-back", data={**data, "why": "Mine"}).status_code == 403
    assert house.state() == before


@pytest.mark.parametrize("who", ["other partner", "by a link"])
def test_another_providers_listings_and_drafts_are_not_there(house: House, who: str) -> None:
    browser, before = house.browser(who), house.state()
    listing = DRUM if who == "by a link" else CHESS
    data = {"csrf_token": token(browser), "text": "Me", "title": "Mine", "button": "send"}
    paths = [f"/desk/listings/{listing}/{end}" for end in ("edit", "check", "close", "cancel")]
    paths += [f"/desk/new/{house.draft}", f"/desk/new/{house.draft}/answers", f"/desk/new/{house.draft}/name"]
    paths += [f"/desk/proposals/{house.draft}{end}" for end in ("", "/message", "/withdraw", "/keep")]
    for path in paths:
        for answer in (browser.get(path), browser.post(path, data=data)):
            assert answer.status_code in (403, 404, 405), path
    assert house.state() == before


def test_a_moderator_checks_nothing_in_another_hubs_name(own_house: House) -> None:
    browser = own_house.browser("moderator of another hub")
    before = own_house.state()
    page = browser.get(f"/desk/listings/{CHESS}/check")
    seen = page.text.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
    data = {"csrf_token": token(browser), "how": "visited", "seen": seen}
    assert browser.post(f"/desk/listings/{CHESS}/check", data=data).status_code == 403
    assert own_house.state() == before
