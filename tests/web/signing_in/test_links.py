"""Signing in by a link: the ways in that must stay shut, and what nobody may learn."""

import datetime
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlmodel import col, select

from directory.accounts import Held, Role
from directory.tables import Mail, SignInLink
from tests.staff import send, token_in
from tests.web.signing_in.conftest import MINUTE, PROVIDER, Site, is_in


def test_a_partner_signs_in_with_a_link_and_a_button(site: Site) -> None:
    browser = site.browser()
    answer = send(browser, site.link(browser, "pat@example.org"))
    assert (answer.status_code, answer.location) == (303, "/desk")
    assert is_in(browser)
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("signed-in="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_looking_at_a_link_uses_nothing_up(site: Site) -> None:
    browser = site.browser()
    link = site.link(browser, "pat@example.org")
    for _ in range(3):
        assert browser.get(link).status_code == 200
        assert browser.head(link).status_code == 200
        assert site.browser().get(link).status_code == 403
    assert not is_in(browser)
    send(browser, link)
    assert is_in(browser)


def replayed(_site: Site, browser: FlaskClient, link: str) -> FlaskClient:
    send(browser, link)
    browser.delete_cookie("signed-in")
    return browser


def in_another_browser(site: Site, _browser: FlaskClient, _link: str) -> FlaskClient:
    another = site.browser()
    site.ask(another, "stranger@example.org")
    return another


def too_late(site: Site, browser: FlaskClient, _link: str) -> FlaskClient:
    site.now += 15 * MINUTE
    return browser


def after_they_left(site: Site, browser: FlaskClient, _link: str) -> FlaskClient:
    (pat,) = site.services.accounts.speaking_for(PROVIDER)
    site.services.accounts.leave(person=pat.id, by=None, now=site.now)
    return browser


@pytest.mark.parametrize(
    ("spoil", "status"),
    [
        pytest.param(replayed, 410, id="replayed"),
        pytest.param(in_another_browser, 403, id="other-browser"),
        pytest.param(too_late, 410, id="expired"),
        pytest.param(after_they_left, 410, id="left"),
    ],
)
def test_a_link_that_is_not_good_signs_nobody_in(
    site: Site, spoil: Callable[[Site, FlaskClient, str], FlaskClient], status: int
) -> None:
    browser = site.browser()
    link = site.link(browser, "pat@example.org")
    browser = spoil(site, browser, link)
    assert browser.get(link).status_code == status
    answer = browser.post(link, data={"csrf_token": token_in(browser.get("/sign-in"))})
    assert answer.status_code == status
    assert "Ask for another link" in answer.text
    assert not is_in(browser)


@pytest.mark.parametrize("forged", ["x", "a" * 43, "%00" * 8, "..%2f..%2fdesk", "' OR 1=1 --"])
def test_a_forged_link_signs_nobody_in(site: Site, forged: str) -> None:
    browser = site.browser()
    site.link(browser, "pat@example.org")
    answer = browser.post(f"/sign-in/{forged}", data={"csrf_token": token_in(browser.get("/sign-in"))})
    assert answer.status_code in (404, 410)
    assert not is_in(browser)


def test_the_hash_of_a_link_in_the_database_is_no_link(site: Site) -> None:
    browser = site.browser()
    link = site.link(browser, "pat@example.org")
    with site.services.database.reading() as session:
        hashes = [one.token_hash for one in session.exec(select(SignInLink))]
    assert not any(one in link for one in hashes)
    assert [browser.get(f"/sign-in/{one}").status_code for one in hashes] == [410] * len(hashes)


def test_an_invitation_works_in_the_first_browser_that_confirms_it(site: Site) -> None:
    link = site.invite("new@example.org", Held(Role.PARTNER, PROVIDER))
    site.now += datetime.timedelta(days=2)
    first, second = site.browser(), site.browser()
    assert second.get(link).status_code == 200
    send(first, link)
    assert is_in(first)
    assert second.get(link).status_code == 410


def test_an_invitation_ends_after_three_days(site: Site) -> None:
    link = site.invite("new@example.org", Held(Role.PARTNER, PROVIDER))
    site.now += datetime.timedelta(days=3)
    assert site.browser().get(link).status_code == 410


def test_nobody_learns_from_the_answer_who_has_an_account(site: Site) -> None:
    told = []
    with site.services.database.reading() as session:
        before = len(session.exec(select(Mail)).all())
    for email in ("pat@example.org", "nobody@example.org", "mo@example.org"):
        browser = site.browser()
        answer = site.ask(browser, email)
        headers = [(name, re.sub(r"=[^;]{20,}", "=...", value)) for name, value in answer.headers if name != "Date"]
        told.append((answer.status_code, headers, answer.text, browser.get(answer.location).text))
    assert told[0] == told[1] == told[2]
    with site.services.database.reading() as session:
        rows = session.exec(select(Mail).order_by(col(Mail.id))).all()[before:]
    assert [(one.state, bool(one.text), one.to) for one in rows] == [
        ("waiting", True, "pat@example.org"),
        ("nobody", False, ""),
        ("waiting", True, "mo@example.org"),
    ], "as many rows are written for one as for the other"


@pytest.mark.parametrize("email", ["pat@example.org", "nobody@example.org"])
def test_too_many_links_are_refused_until_the_hour_is_over(site: Site, email: str) -> None:
    browser = site.browser()
    statuses = [site.ask(browser, email).status_code for _ in range(6)]
    assert statuses == [303] * 5 + [429]
    assert "10:00" in site.ask(browser, email).text
    assert site.ask(browser, "mo@example.org").status_code == 303, "others on the same Wi-Fi are not locked out"
    site.now += 60 * MINUTE
    assert site.ask(browser, email).status_code == 303


def test_one_place_cannot_ask_for_ever(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.accounts.signing_in.LINKS_AN_HOUR_FROM_ONE_PLACE", 3)
    browser = site.browser()
    assert [site.ask(browser, f"p{one}@example.org").status_code for one in range(4)] == [303, 303, 303, 429]


def test_a_proxy_of_ours_tells_where_requests_come_from_and_a_visitor_cannot(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.accounts.signing_in.LINKS_AN_HOUR_FROM_ONE_PLACE", 1)
    site.services.settings = replace(site.services.settings, proxies=1)
    browser = site.browser()
    statuses = []
    for told in ("192.0.2.1", "192.0.2.2", "made-up, 192.0.2.1", "192.0.2.9, 192.0.2.2", "192.0.2.3"):
        token = token_in(browser.get("/sign-in"))
        data = {"email": "pat@example.org", "csrf_token": token}
        statuses.append(browser.post("/sign-in", data=data, headers={"X-Forwarded-For": told}).status_code)
    assert statuses == [303, 303, 429, 429, 303]


@pytest.mark.parametrize(
    ("email", "message"),
    [("", "Write your e-mail address"), ("pat", "Write an e-mail address"), ("a@b.org\r\nBcc: c@d.org", "Write an")],
    ids=["nothing", "no-address", "line-break"],
)
def test_what_is_no_address_is_said_beside_the_box(site: Site, email: str, message: str) -> None:
    answer = site.ask(site.browser(), email)
    assert answer.status_code == 200
    assert message in answer.text
    assert 'href="#email"' in answer.text


def test_a_form_whose_cookie_is_gone_is_shown_once_more_with_what_was_typed(site: Site) -> None:
    browser = site.browser()
    answer = browser.post("/sign-in", data={"email": "pat@example.org"})
    assert answer.status_code == 400
    assert 'value="pat@example.org"' in answer.text
    assert site.mailed() == [], "nothing is sent for a form of another site"


def test_the_links_in_mails_lead_to_the_site_and_not_where_the_request_says(site: Site) -> None:
    browser = site.browser()
    token = token_in(browser.get("/sign-in"))
    browser.post(
        "/sign-in",
        data={"email": "pat@example.org", "csrf_token": token},
        headers={"Host": "localhost", "X-Forwarded-Host": "evil.example.org"},
    )
    with site.services.database.reading() as session:
        texts = [one.text for one in session.exec(select(Mail)) if one.to == "pat@example.org"]
    assert texts
    assert not any("evil" in one for one in texts)
