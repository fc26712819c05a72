"""Signing in through the pages: links, codes, limits, and the ways in that must stay shut."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import col, select
from werkzeug.test import TestResponse

from directory.accounts import Accounts, Held, Role, SigningIn
from directory.app import create_app
from directory.services import Services
from directory.settings import Settings
from directory.tables import Database, Mail, SignInLink
from directory.web.showing import EXTENSION, Shown
from tests.small_content import write_small_content
from tests.staff import send, sign_in, token_in
from tests.web.conftest import NOW

MINUTE = datetime.timedelta(minutes=1)
PROVIDER = "testbridge-council"
ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"


@dataclass
class Site:
    """A site of the test's own with a clock that can be put forward, and people who come to it."""

    app: Flask
    services: Services
    now: datetime.datetime = NOW

    def __post_init__(self) -> None:
        shown: Shown = self.app.extensions[EXTENSION]
        shown.services, shown.clock = self.services, lambda: self.now

    def browser(self) -> FlaskClient:
        """Somebody's browser, which remembers nothing yet."""
        return self.app.test_client()

    def invite(self, email: str, held: Held) -> str:
        """Makes a person; the path of their invitation."""
        invited = self.services.accounts.invite(email=email, name="", held=held, by=None, site="", now=self.now)
        return invited.link

    def ask(self, browser: FlaskClient, email: str, next_: str = "") -> TestResponse:
        """Asks for a link on the page."""
        return send(browser, f"/sign-in?next={next_}" if next_ else "/sign-in", {"email": email})

    def mailed(self) -> list[str]:
        """The paths of the links in mails that wait, the newest first."""
        with self.services.database.reading() as session:
            found = session.exec(select(Mail).where(Mail.state == "waiting").order_by(col(Mail.id).desc()))
            texts = [one.text for one in found]
        return [link.partition(":5000")[2] for text in texts for link in re.findall(r"http://\S+/sign-in/\S+", text)]

    def link(self, browser: FlaskClient, email: str, next_: str = "") -> str:
        """Asks for a link and takes it out of the mail."""
        assert self.ask(browser, email, next_).status_code == 303
        return self.mailed()[0]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """The content of a small site, opened once: no test changes it."""
    folder = tmp_path_factory.mktemp("signing-in")
    content = write_small_content(folder / "content")
    (folder / "index").mkdir()
    return Services.open(Settings(content, folder / "index", f"sqlite:///{folder / 'directory.sqlite'}"))


@pytest.fixture(scope="module")
def app(opened: Services) -> Flask:
    """The site, made once: its templates are compiled once."""
    return create_app(opened)


def with_own_people(opened: Services, folder: Path, site_url: str | None = None) -> Services:
    """The same content with a database of the test's own for who signs in."""
    url = f"sqlite:///{folder / 'directory.sqlite'}"
    changed = replace(opened.settings, database_url=url, site_url=site_url)
    database = Database(changed.database_url)
    accounts = Accounts(database)
    signing_in = SigningIn(database, accounts, changed.address)
    return replace(opened, settings=changed, database=database, accounts=accounts, signing_in=signing_in)


@pytest.fixture
def site(app: Flask, opened: Services, tmp_path: Path) -> Site:
    """A partner, a moderator who has never signed in, and nobody else."""
    site = Site(app, with_own_people(opened, tmp_path))
    site.invite("pat@example.org", Held(Role.PARTNER, PROVIDER))
    site.invite("mo@example.org", Held(Role.MODERATOR))
    return site


def is_in(browser: FlaskClient) -> bool:
    """Whether the browser is signed in."""
    return browser.get("/account").status_code == 200


def enrolled(site: Site, browser: FlaskClient) -> tuple[pyotp.TOTP, list[str]]:
    """Signs the moderator in for the first time: what their phone now knows, and their recovery codes."""
    send(browser, site.link(browser, "mo@example.org"))
    page = browser.get("/sign-in/enrol").text
    key = re.search(r'<code class="key" dir="ltr">([A-Z2-7 ]+)</code>', page)
    assert key
    phone = pyotp.TOTP(key[1].replace(" ", ""))
    kept = send(browser, "/sign-in/enrol", {"code": phone.at(site.now)})
    return phone, re.findall(r"<code>([a-z2-7-]{19})</code>", kept.text)


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


def test_a_moderator_needs_a_phone_and_can_do_nothing_else_before(site: Site) -> None:
    browser = site.browser()
    answer = send(browser, site.link(browser, "mo@example.org", "/queue"))
    assert answer.location == "/sign-in/code?next=%2Fqueue"
    assert browser.get(answer.location).location == "/sign-in/enrol?next=%2Fqueue"
    for path in ("/account", "/desk", "/queue"):
        assert browser.get(path).status_code in (303, 404), path
    assert not is_in(browser)


def test_enrolling_shows_ten_recovery_codes_and_signs_in(site: Site) -> None:
    browser = site.browser()
    _, codes = enrolled(site, browser)
    assert len(set(codes)) == 10
    assert is_in(browser)
    assert browser.get("/sign-in/enrol").status_code == 303, "a phone is enrolled once"


def test_a_code_is_taken_once_and_only_near_its_time(site: Site) -> None:
    phone, _ = enrolled(site, site.browser())
    first_code = phone.at(site.now)
    browser = site.browser()
    send(browser, site.link(browser, "mo@example.org"))
    assert "not the code" in send(browser, "/sign-in/code", {"code": first_code}).text, "it was used to enrol"
    site.now += 10 * MINUTE
    for seconds in (-90, 90):
        wrong = phone.at(site.now + datetime.timedelta(seconds=seconds))
        assert "not the code" in send(browser, "/sign-in/code", {"code": wrong}).text
    code = phone.at(site.now - datetime.timedelta(seconds=30))
    answer = send(browser, "/sign-in/code", {"code": f"{code[:3]} {code[3:]}"})
    assert answer.location == "/queue"
    assert is_in(browser)
    again = site.browser()
    send(again, site.link(again, "mo@example.org"))
    assert "not the code" in send(again, "/sign-in/code", {"code": code}).text
    assert not is_in(again)


def test_the_cookie_of_the_first_step_is_not_that_of_the_second(site: Site) -> None:
    phone, _ = enrolled(site, site.browser())
    site.now += MINUTE
    browser, watcher = site.browser(), site.browser()
    send(browser, site.link(browser, "mo@example.org"))
    half = browser.get_cookie("signed-in")
    send(browser, "/sign-in/code", {"code": phone.at(site.now)})
    assert half
    watcher.set_cookie("signed-in", half.value)
    assert is_in(browser)
    assert not is_in(watcher)
    assert watcher.get("/sign-in/code").status_code == 303


def test_codes_cannot_be_tried_out(site: Site) -> None:
    phone, codes = enrolled(site, site.browser())
    site.now += 60 * MINUTE
    browser = site.browser()
    send(browser, site.link(browser, "mo@example.org"))
    for _ in range(8):
        assert "not the code" in send(browser, "/sign-in/code", {"code": "000000"}).text
    assert "10:15" in send(browser, "/sign-in/code", {"code": phone.at(site.now)}).text
    assert "10:15" in send(browser, "/sign-in/recovery", {"code": codes[0]}).text
    assert not is_in(browser)


def test_a_recovery_code_signs_in_once(site: Site) -> None:
    _, codes = enrolled(site, site.browser())
    first, second = site.browser(), site.browser()
    send(first, site.link(first, "mo@example.org"))
    assert "not one of your" in send(first, "/sign-in/recovery", {"code": "aaaa-bbbb-cccc-dddd"}).text
    send(first, "/sign-in/recovery", {"code": codes[3].upper().replace("-", " ")})
    assert is_in(first)
    send(second, site.link(second, "mo@example.org"))
    assert "was used before" in send(second, "/sign-in/recovery", {"code": codes[3]}).text
    assert not is_in(second)


def test_whoever_lost_their_phone_sets_up_another(site: Site) -> None:
    old, codes = enrolled(site, site.browser())
    browser = site.browser()
    send(browser, site.link(browser, "mo@example.org"))
    answer = send(browser, "/sign-in/recovery", {"code": codes[0], "has_lost_phone": "y"})
    assert answer.location == "/sign-in/enrol"
    assert not is_in(browser)
    site.now += MINUTE
    page = browser.get("/sign-in/enrol").text
    assert old.secret not in page.replace(" ", "")
    key = re.search(r'<code class="key" dir="ltr">([A-Z2-7 ]+)</code>', page)
    assert key
    new = pyotp.TOTP(key[1].replace(" ", ""))
    assert "not the code" in send(browser, "/sign-in/enrol", {"code": old.at(site.now)}).text
    assert "Keep your recovery codes" in send(browser, "/sign-in/enrol", {"code": new.at(site.now)}).text
    assert is_in(browser)


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


def test_new_recovery_codes_take_the_place_of_the_old(site: Site) -> None:
    browser = site.browser()
    _, old = enrolled(site, browser)
    made = re.findall(r"<code>([a-z2-7-]{19})</code>", send(browser, "/account/codes", opened="/account").text)
    assert len(made) == 10
    assert not set(made) & set(old)
    again = site.browser()
    send(again, site.link(again, "mo@example.org"))
    assert "not one of your" in send(again, "/sign-in/recovery", {"code": old[0]}).text
    send(again, "/sign-in/recovery", {"code": made[0]})
    assert is_in(again)


def test_a_form_whose_cookie_is_gone_is_shown_once_more_with_what_was_typed(site: Site) -> None:
    browser = site.browser()
    answer = browser.post("/sign-in", data={"email": "pat@example.org"})
    assert answer.status_code == 400
    assert 'value="pat@example.org"' in answer.text
    assert site.mailed() == [], "nothing is sent for a form of another site"


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


def test_the_helpers_of_tests_sign_in(site: Site) -> None:
    (mo,) = site.services.accounts.deciding_at("")
    browser = sign_in(site.app, site.services, mo)
    assert is_in(browser)
