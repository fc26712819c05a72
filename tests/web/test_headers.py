"""What every answer tells the browser."""

import base64
import hashlib
import re

import pytest
from flask.testing import FlaskClient

PRIVATE = [
    "/search?q=toddler",
    "/search",
    "/need-help-now",
    "/listings/safe-start",
    "/listings/talk-line",
    "/categories/staying-safe",
    "/categories/domestic-abuse",
    "/hubs?near=Brackenhill",
]


@pytest.mark.parametrize("path", ["/", "/listings/toddler-tuesday", "/search?q=x", "/nowhere", "/robots.txt", "/pl"])
def test_every_answer_has_the_safe_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "max-age=" in headers["Strict-Transport-Security"]


@pytest.mark.parametrize("path", ["/", "/listings/toddler-tuesday", "/search?q=toddler", "/ur/need-help-now"])
def test_the_policy_knows_every_style_and_script_of_a_page_by_its_hash(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    inline = re.findall(r"<(style|script)>(.*?)</\1>", answer.text, re.DOTALL)
    assert inline
    for _, text in inline:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]


def test_no_page_holds_what_the_policy_would_stop(client: FlaskClient) -> None:
    html = client.get("/listings/toddler-tuesday").text
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:", html)


@pytest.mark.parametrize("path", PRIVATE)
def test_a_page_that_nobody_else_should_see_is_never_kept(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_an_ordinary_page_is_kept_for_a_minute_and_asked_for_again_cheaply(client: FlaskClient) -> None:
    first = client.get("/listings/toddler-tuesday")
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = client.get("/listings/toddler-tuesday", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/need-help-now", "/listings/safe-start", "/categories/domestic-abuse", "/search?q=danger"]
)
def test_a_page_about_danger_can_be_left_at_once_without_a_script(client: FlaskClient, path: str) -> None:
    html = client.get(path).text
    link = re.search(r'<a href="(https://[^"]+)"[^>]* id="exit"', html)
    assert link
    assert link[1] in _scripts(html)[-1]


def test_the_script_is_small_and_only_where_it_is_needed(client: FlaskClient) -> None:
    (script,) = _scripts(client.get("/need-help-now").text)
    assert len(script) <= 1024
    assert script not in _scripts(client.get("/").text)


def _scripts(html: str) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", html, re.DOTALL)


def test_no_page_sets_a_cookie(client: FlaskClient) -> None:
    assert all("Set-Cookie" not in client.get(path).headers for path in ("/", "/pl/", *PRIVATE))


def test_a_body_that_is_far_too_large_is_refused_without_a_fault(client: FlaskClient) -> None:
    assert client.post("/search", data=b"x" * 200_000).status_code in (405, 413)


def test_pages_are_sent_packed(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) <= 13_000
