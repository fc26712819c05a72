"""No other site's page can have somebody's browser send a form of ours."""

import pytest

from tests.security.forms import ADDRESS, FormFound, forms_of, walk
from tests.security.house import House, token
from tests.web.deciding_site import CHESS

STARTS = ("/", "/desk", "/sign-in", f"/listings/{CHESS}", f"/listings/{CHESS}/wrong")
EVERYBODY = ("nobody", "half in", "by a link", "partner", "moderator", "administrator")
NOT_MET = {
    "adding.answers": "there once every question is answered",
    "proposals.keep": "what only a script sends, with the proof of the form that it keeps",
    "signing_in.confirm": "behind a link out of a mail",
    "signing_in.enrol": "for whoever has no phone yet",
}
"""What takes a form that is on none of the pages which are looked at here, and why."""


def starts(house: House, who: str) -> list[str]:
    """Where somebody begins; links in letters are for anybody who has them."""
    own = {
        "nobody": [f"/still-right/{house.links['still-right']}", f"/change/{house.links['change']}"],
        "half in": ["/sign-in/code", "/sign-in/recovery"],
        "by a link": [f"/desk/listings/{CHESS}/edit"],
        "partner": [f"/desk/new/{house.draft}/answers"],
        "moderator": ["/queue", "/reports", f"/desk/listings/{CHESS}/edit"],
        "administrator": ["/people", "/settings", f"/people/{house.people['other partner'].id}"],
    }
    return [*STARTS, *own[who]]


@pytest.fixture(scope="module")
def forms(house: House) -> dict[str, list[FormFound]]:
    """Every form that each of them finds."""
    return {
        who: [form for path, tree in walk(house.browser(who), *starts(house, who)) for form in forms_of(path, tree)]
        for who in EVERYBODY
    }


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_form_carries_its_proof_and_goes_to_this_site(forms: dict[str, list[FormFound]], who: str) -> None:
    assert forms[who]
    for form in forms[who]:
        assert len(form.sent.getlist("csrf_token")) == 1, (form.page, form.action)
        assert form.sent["csrf_token"], form.page
        assert form.action.startswith(f"{ADDRESS}/"), form.page


def test_the_forms_that_pages_hold_are_all_that_can_be_sent(house: House, forms: dict[str, list[FormFound]]) -> None:
    adapter = house.app.url_map.bind("localhost")
    actions = {form.action.removeprefix(ADDRESS).partition("?")[0] for found in forms.values() for form in found}
    reached = {adapter.match(action, "POST")[0] for action in actions}
    assert {rule.endpoint for rule, _ in house.takes("POST")} - reached == set(NOT_MET)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("proof", ["none", "empty", "another browser's", "made up", "of a link"])
def test_nothing_is_taken_without_the_proof_of_this_browser(house: House, who: str, proof: str) -> None:
    browser, before = house.browser(who), house.state()
    token(browser)
    theirs = {
        "none": {},
        "empty": {"csrf_token": ""},
        "another browser's": {"csrf_token": token(house.browser("partner"))},
        "made up": {"csrf_token": "ImFiYyI.aSEjJQ.x"},
        "of a link": {"csrf_token": house.links["change"]},
    }[proof]
    data = {"reason": "No", "text": "Me", "version": "1", "all": "y", "email": "ann@example.org", "sure": "y", **theirs}
    headers = {"Origin": "https://evil.example.org", "Referer": "https://evil.example.org/"}
    for rule, path in house.takes("POST"):
        answer = browser.post(path, data=data, headers=headers)
        assert answer.status_code in (400, 303, 403), (rule.endpoint, answer.status)
        if answer.status_code == 303:
            assert answer.location.startswith("/sign-in?next="), rule.endpoint
    assert house.state() == before


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml", "", "multipart/form-data"])
def test_what_is_no_form_is_not_taken_for_one(house: House, kind: str) -> None:
    browser, before = house.browser("administrator"), house.state()
    body = '{"csrf_token": "%s", "reason": "No", "version": 1}' % token(browser)  # noqa: UP031  # braces all round
    for rule, path in house.takes("POST"):
        answer = browser.post(path, data=body, content_type=kind)
        assert answer.status_code == 400, (rule.endpoint, answer.status)
    assert house.state() == before
