"""The second step of moderators and administrators: codes of a phone, and recovery codes."""

import datetime
import re

import pyotp

from tests.staff import send
from tests.web.signing_in.conftest import MINUTE, Site, enrolled, is_in


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
