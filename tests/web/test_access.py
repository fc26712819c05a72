"""Nobody enters a view that was not opened on purpose."""

from urllib.parse import quote

import pytest
from flask import Flask

from directory.app import create_app
from directory.services import Services
from directory.web.access import who_may_enter
from tests.staff import partner, sign_in


def test_every_view_says_who_may_enter(app: Flask) -> None:
    assert [name for name in app.view_functions if who_may_enter(name) is None] == []


def test_a_view_that_nobody_opened_is_refused(services: Services) -> None:
    app = create_app(services)

    @app.get("/secret")
    def secret() -> str:
        return "secret"

    answer = app.test_client().get("/secret")
    assert answer.status_code == 403
    assert "secret" not in answer.text.replace("/secret", "")


@pytest.mark.parametrize(
    ("method", "path", "referrer", "back"),
    [
        pytest.param("GET", "/account?a=1", None, "/account?a=1", id="a-page"),
        pytest.param("GET", "/ur/account", None, "/account", id="a-page-in-another-language"),
        pytest.param("POST", "/account/codes", "http://localhost/account?a=1", "/account?a=1", id="a-form"),
        pytest.param("POST", "/ur/account/codes", "http://localhost/ur/account", "/account", id="a-form-in-urdu"),
        pytest.param("POST", "/account/codes", "http://evil.example.org/account", "/desk", id="another-sites-form"),
        pytest.param("POST", "/account/codes", None, "/desk", id="a-form-from-nowhere"),
    ],
)
def test_whoever_is_not_signed_in_comes_back_to_the_page(
    app: Flask, method: str, path: str, referrer: str | None, back: str
) -> None:
    headers = {"Referer": referrer} if referrer else {}
    answer = app.test_client().open(path, method=method, headers=headers)
    root = "/ur" if path.startswith("/ur/") else ""
    assert (answer.status_code, answer.location) == (303, f"{root}/sign-in?next={quote(back, safe='')}")


def test_pages_for_others_are_refused_to_people_who_are_signed_in(app: Flask, services: Services) -> None:
    client = sign_in(app, services, partner(services, "testbridge-council"))
    assert client.get("/account").status_code == 200
    assert client.get("/queue").status_code == 403
