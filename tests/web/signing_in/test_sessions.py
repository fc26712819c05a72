"""What follows signing in: the way back, cookies, one's own sessions, signing out."""

import re
from pathlib import Path

import pytest

from directory.accounts import Held, Role
from directory.app import create_app
from directory.services import Services
from tests.staff import send, sign_in, token_in
from tests.web.signing_in.conftest import PROVIDER, Site, is_in, with_own_people

ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ("/desk/new", "/desk/new"),
        ("/queue?hub=a", "/queue?hub=a"),
        ("", "/desk"),
        ("desk", "/desk"),
        ("//evil.example.org", "/desk"),
        ("///evil.example.org", "/desk"),
        ("/\\evil.example.org", "/desk"),
        ("\\\\evil.example.org", "/desk"),
        ("/\t/evil.example.org", "/desk"),
        ("/x\r\nSet-Cookie: a=b", "/desk"),
        ("https://evil.example.org", "/desk"),
        ("https:/evil.example.org", "/desk"),
        ("javascript:alert(1)", "/desk"),
        ("/sign-out", "/desk"),
        ("/" + "x" * 600, "/desk"),
    ],
)
def test_the_way_back_leads_nowhere_but_to_this_site(site: Site, asked: str, where: str) -> None:
    browser = site.browser()
    link = site.link(browser, "pat@example.org").partition("?")[0]
    token = token_in(browser.get(link))
    answer = browser.post(link, query_string={"next": asked}, data={"csrf_token": token})
    assert answer.location == where


def test_the_way_back_comes_through_the_mail(site: Site) -> None:
    browser = site.browser()
    page = browser.get("/account?x=1")
    assert page.location == "/sign-in?next=%2Faccount%3Fx%3D1"
    send(browser, page.location, {"email": "pat@example.org"})
    assert send(browser, site.mailed()[0]).location == "/account?x=1"


def test_a_planted_cookie_is_worth_nothing_after_signing_in(site: Site) -> None:
    victim, planted = site.browser(), "p" * 43
    victim.set_cookie("signed-in", planted)
    victim.get("/sign-in")
    forms = victim.get_cookie("forms")
    send(victim, site.link(victim, "pat@example.org"))
    cookie, attacker = victim.get_cookie("signed-in"), site.browser()
    assert cookie
    assert cookie.value != planted
    attacker.set_cookie("signed-in", planted)
    assert not is_in(attacker)
    now = victim.get_cookie("forms")
    assert forms
    assert now is None or now.value != forms.value


def test_signing_in_again_ends_the_session_before(site: Site) -> None:
    browser, copy = site.browser(), site.browser()
    send(browser, site.link(browser, "pat@example.org"))
    cookie = browser.get_cookie("signed-in")
    assert cookie
    copy.set_cookie("signed-in", cookie.value)
    assert is_in(copy)
    send(browser, site.link(browser, "pat@example.org"))
    assert is_in(browser)
    assert not is_in(copy)


def test_one_sees_and_ends_ones_own_sessions(site: Site) -> None:
    phone, desk = site.browser(), site.browser()
    link = site.link(phone, "pat@example.org")
    phone.post(link, data={"csrf_token": token_in(phone.get(link))}, headers={"User-Agent": ANDROID})
    send(desk, site.link(desk, "pat@example.org"))
    page = desk.get("/account").text
    assert "Chrome, Android" in page
    (revoke,) = set(re.findall(r'action="(/account/revoke/\w+)"', page))
    assert send(desk, revoke, opened="/account").status_code == 303
    assert is_in(desk)
    assert not is_in(phone)


def test_signing_out_ends_the_session_itself(site: Site) -> None:
    browser, copy = site.browser(), site.browser()
    send(browser, site.link(browser, "pat@example.org"))
    cookie = browser.get_cookie("signed-in")
    assert cookie
    copy.set_cookie("signed-in", cookie.value)
    assert browser.get("/sign-out").status_code == 405
    assert send(browser, "/sign-out", opened="/account").location == "/"
    assert browser.get_cookie("signed-in") is None
    assert not is_in(copy)


def test_pages_of_people_who_signed_in_stay_on_no_device(site: Site) -> None:
    browser = site.browser()
    send(browser, site.link(browser, "pat@example.org"))
    for path in ("/sign-in", "/sign-in/sent", "/account"):
        answer = browser.get(path)
        assert answer.headers["Cache-Control"] == "no-store", path
        assert '<meta name="robots" content="noindex">' in answer.text, path


def test_behind_tls_no_other_host_can_set_the_cookies(opened: Services, tmp_path: Path) -> None:
    services = with_own_people(opened, tmp_path, site_url="https://directory.example.org")
    site = Site(create_app(services), services)
    settings = site.services.settings
    link = site.invite("pat@example.org", Held(Role.PARTNER, PROVIDER))
    browser = site.browser()
    page = browser.get(link, base_url=settings.address)
    answer = browser.post(link, base_url=settings.address, data={"csrf_token": token_in(page)})
    cookies = answer.headers.getlist("Set-Cookie") + page.headers.getlist("Set-Cookie")
    kept = [one for one in cookies if "Max-Age=0" not in one]
    assert {one.partition("=")[0] for one in kept} == {"__Host-signed-in", "__Host-forms"}
    assert all("Secure" in one and "HttpOnly" in one and "Path=/" in one and "Domain" not in one for one in kept)


def test_the_helpers_of_tests_sign_in(site: Site) -> None:
    (mo,) = site.services.accounts.deciding_at("")
    browser = sign_in(site.app, site.services, mo)
    assert is_in(browser)
