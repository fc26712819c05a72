"""What pages for people who signed in tell the browser, behind TLS as in life."""

import datetime
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from directory.app import create_app
from tests.security.house import PUBLIC, House
from tests.staff import browser_session
from tests.web.compiled_templates import share_compiled_templates
from tests.web.partner_site import NOW

SITE = "https://directory.example.org"


def clock() -> datetime.datetime:
    return NOW


@pytest.fixture(scope="module")
def browser(house: House) -> FlaskClient:
    """An administrator's browser on the site as it stands behind TLS."""
    services = replace(house.services, settings=replace(house.services.settings, site_url=SITE))
    app = share_compiled_templates(create_app(services, clock=clock))
    cookie = browser_session(services, house.people["administrator"], NOW)
    client = app.test_client()
    client.set_cookie(cookie["name"], cookie["value"], domain="directory.example.org", secure=True)
    return client


def test_pages_for_staff_stay_on_no_device_and_set_safe_cookies(house: House, browser: FlaskClient) -> None:
    asked = 0
    for rule, path in house.takes("GET"):
        if rule.endpoint.partition(".")[0] in PUBLIC:
            continue
        answer = browser.get(path, base_url=SITE)
        assert answer.status_code in (200, 303, 404), path
        assert answer.headers["Cache-Control"] == "no-store", path
        assert "script-src 'sha256-" in answer.headers["Content-Security-Policy"], path
        assert "unsafe" not in answer.headers["Content-Security-Policy"], path
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], path
        for cookie in answer.headers.getlist("Set-Cookie"):
            name, *attributes = cookie.split("; ")
            assert name.startswith("__Host-"), path
            assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(attributes), path
            assert not any(one.startswith("Domain") for one in attributes), path
        asked += answer.status_code == 200
    assert asked > 15


@pytest.mark.parametrize("path", ["/desk", "/queue", "/log", "/ur/people", "/desk/new/1"])
def test_the_way_to_sign_in_is_not_remembered(house: House, path: str) -> None:
    """A browser that kept it would ask whoever has just signed in to sign in again."""
    answer = house.browser("nobody").get(path)
    assert answer.status_code == 303
    assert answer.headers["Cache-Control"] == "no-store"
