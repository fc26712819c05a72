"""Nobody is sent to another site, whatever the address, the headers or a form say."""

import re

import pytest

from tests.security.house import House, token
from tests.web.deciding_site import CHESS

ELSEWHERE = (
    "https://evil.example.org/",
    "//evil.example.org/",
    "///evil.example.org",
    "/\\evil.example.org",
    "\\/evil.example.org",
    "/\t/evil.example.org",
    "/%09/evil.example.org",
    "/%2f/evil.example.org",
    "/desk\r\nLocation: https://evil.example.org",
    "javascript:alert(1)",
    "data:text/html,x",
    "https:evil.example.org",
    "/desk@evil.example.org\\@x",
    "\u2028//evil.example.org",
)
NAMES = ("next", "then", "url", "to", "return", "reference", "from")
HEADERS = {
    "Host": "directory.example.org",
    "X-Forwarded-Host": "evil.example.org",
    "X-Forwarded-Prefix": "//evil.example.org",
    "X-Script-Name": "//evil.example.org",
    "Forwarded": "host=evil.example.org",
}


def leads_away(location: str) -> bool:
    """Whether a browser would leave the site for an address that an answer names."""
    return not re.fullmatch(r"/(?![/\\])[\x21-\x7e]*", location) or "\\" in location


@pytest.mark.parametrize("who", ["nobody", "half in", "partner", "administrator"])
@pytest.mark.parametrize("elsewhere", ELSEWHERE, ids=ascii)
def test_no_page_leads_to_another_site(house: House, who: str, elsewhere: str) -> None:
    browser = house.browser(who)
    redirected = 0
    for _rule, path in house.takes("GET"):
        headers = {**HEADERS, "Referer": _on_one_line(elsewhere)}
        answer = browser.get(path, query_string=dict.fromkeys(NAMES, elsewhere), headers=headers)
        if answer.location:
            redirected += 1
            assert not leads_away(answer.location), (path, answer.location)
    assert redirected


FORMS = ("/sign-in", "/sign-out", "/account/codes", "/desk/new", f"/listings/{CHESS}/wrong", "/people/invite")


@pytest.mark.parametrize("who", ["nobody", "partner", "administrator"])
def test_no_form_leads_to_another_site(own_house: House, who: str) -> None:
    redirected = 0
    for elsewhere in ELSEWHERE:
        wish = dict.fromkeys(NAMES, elsewhere)
        for path in FORMS:
            browser = own_house.browser(who)
            data = {"csrf_token": token(browser), "email": "ann@example.org", "kind": "gone", **wish}
            answer = browser.post(path, data=data, query_string=wish, headers={"Referer": _on_one_line(elsewhere)})
            redirected += bool(answer.location)
            assert not (answer.location and leads_away(answer.location)), (path, answer.location)
    assert redirected


def _on_one_line(text: str) -> str:
    """What a header can hold of it."""
    return "".join(text.split()).encode("ascii", "ignore").decode()


@pytest.mark.parametrize(
    "path", ["//evil.example.org/desk", "/ur//evil.example.org", "/ur/%2f%2fevil.example.org", "//ur//desk"]
)
def test_two_slashes_lead_to_no_other_host(house: House, path: str) -> None:
    environ = {"PATH_INFO": path, "HTTP_HOST": "directory.example.org"}
    answer = house.browser("partner").get("/", environ_overrides=environ)
    there = (answer.location or "").removeprefix("http://directory.example.org")
    assert not (there and leads_away(there)), answer.location
