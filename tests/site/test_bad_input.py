"""Whatever anybody sends is answered, soon, kindly, and without repeating a script."""

import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.site.opened import OpenedSite
from tests.site.walk import walk

ALLOWED = {200, 303, 304, 308, 400, 404, 405, 410, 413}
SOON = 3.0
"""Seconds that an answer may take on a machine that does many things at once; the usual one takes a hundredth."""
SCRIPT = "<script>alert(1)</script>"
ATTRIBUTE = "\" onfocus=alert(1) autofocus x='"
NASTY = (
    "",
    " ",
    SCRIPT,
    ATTRIBUTE,
    "javascript:alert(1)",
    "{{ 7*7 }}{% for x in () %}",
    "%(place)s %s {0}",
    "' OR 1=1; DROP TABLE listings; --",
    "NOT OR AND title:[a TO",
    "../../../../etc/passwd",
    "//evil.example.org/\\",
    "food\x00bank\x07\x1b\x7f",
    "line\r\nSet-Cookie: a=b",
    "\u202eabc\u2066\ufeff\u200f",
    "کھانا بینک \u0627\u064b",
    "\ue000words\ue000 \ue000place\ue000 \ue000here\ue000 \ue000link\ue000 <!--far-->",
    "\ud800 half",
    "🍞" * 50,
    "x" * 20_000,
    "word " * 3_000,
    "a\u0301" * 3_000,
    "-1",
    "0",
    "1e9",
    "9" * 400,
    "٣",
)
LANGUAGES = ("*", "ur;q=9", "xx-yy-zz;;;q=,", "en" * 5000, "\xff\xfe", "")
HOSTS = ("directory.example.org", "evil.example.org", '"><script>alert(1)</script>', "a b", "[::1", "", "x" * 3000, "é")

anything = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=80), st.text(alphabet="<>&\"'/%{}\\\x00\u202e", max_size=20)
)
many = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _ask(site: OpenedSite, path: bytes, query: str = "", **environ: Any) -> tuple[int, str]:
    """One request made of raw bytes, as a server would hand them on: status and text of the answer.

    Of a calendar no text, for no browser may read it as a page.
    """
    began = time.perf_counter()
    builder = EnvironBuilder(path="/", method=environ.pop("REQUEST_METHOD", "GET"))
    raw = builder.get_environ() | {"PATH_INFO": path.decode("latin-1"), "QUERY_STRING": query} | environ
    parts, status, headers = run_wsgi_app(site.app, raw, buffered=True)
    body = b"".join(parts)
    seconds = time.perf_counter() - began
    told = f"{status} after {seconds:.1f} s for {path!r} {query[:200]!r}"
    assert int(status.split()[0]) in ALLOWED, told
    assert seconds < SOON, told
    assert not [value for pair in headers for value in pair if re.search(r"[\r\n\x00]", value)], told
    assert "Set-Cookie" not in headers or b'name="csrf_token"' in body, "a cookie without a form to send"
    is_calendar = headers.get("Content-Type", "").startswith("text/calendar") and "nosniff" in headers.values()
    return int(status.split()[0]), "" if is_calendar else body.decode("utf-8", "surrogateescape")


def _check_nothing_runs(text: str) -> None:
    assert not re.search(r"""(?:href|action|src)=["']?(?://|javascript:)""", text)
    assert SCRIPT not in text
    assert "<script>alert" not in text
    assert not re.search(r"<[^>]*\sonfocus=alert", re.sub(r'"[^"]*"', '""', text))


def _rules(site: OpenedSite) -> Iterator[tuple[str, tuple[str, ...]]]:
    for rule in site.app.url_map.iter_rules():
        yield rule.rule, tuple(sorted(rule.arguments))


def _fields(site: OpenedSite) -> set[tuple[str, str]]:
    """Every field of every form and every key of every link, with the path that it belongs to."""
    found = set()
    for page in (one for one in walk(site).values() if one.is_page and one.language == "en"):
        for form in page.all("form"):
            path = form.get("action") or urlsplit(page.path).path  # one that names no page is sent to its own
            found |= {(path, one.get("name", "")) for one in form.iter("input") if one.get("name")}
        for link in page.links:
            path = re.sub(r"^/(pl|ur)(?=/)", "", urlsplit(link).path)
            found |= {(path, key) for key, _ in parse_qsl(urlsplit(link).query)}
    return found


@pytest.fixture(scope="module")
def fields(everything: OpenedSite) -> dict[str, list[str]]:
    """The names that each path takes in its query; ``page`` and one unknown name are tried everywhere."""
    found: dict[str, list[str]] = {rule: ["page", "unknown"] for rule, arguments in _rules(everything) if not arguments}
    for path, name in sorted(_fields(everything)):
        names = found.setdefault(path, ["page", "unknown"])
        names += [name] if name not in names else []
    return found


def test_the_names_that_pages_take_are_all_tried(fields: dict[str, list[str]]) -> None:
    assert {"q", "near", "page"} <= set(fields["/search"])
    assert "near" in fields["/hubs"]
    assert "/a-to-z" in fields


@pytest.mark.parametrize("prefix", ["", "/ur"])
@many
@given(data=st.data())
def test_any_query_of_any_page_is_answered(
    everything: OpenedSite, fields: dict[str, list[str]], prefix: str, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(sorted(fields)))
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(fields[path]), anything), min_size=1, max_size=5))
    query = urlencode([(key, _bytes(value)) for key, value in pairs])
    status, text = _ask(everything, (prefix + path).encode(), query)
    _check_nothing_runs(text)
    assert status in {200, 303, 400, 404, 405}


@pytest.mark.parametrize("value", NASTY, ids=ascii)
def test_every_nasty_value_in_every_field_is_answered(
    everything: OpenedSite, fields: dict[str, list[str]], value: str
) -> None:
    for path, names in fields.items():
        for name in names:
            pairs = [(name, _bytes(value)), (name, b"food"), ("q", _bytes(value))]
            _, text = _ask(everything, path.encode(), urlencode(pairs))
            _check_nothing_runs(text)


@many
@given(raw=st.binary(max_size=200))
@example(raw=b"q=%ff%fe&near=%00")
@example(raw=b"q=\xff\xfe&near=%zz&page=%")
@example(raw=b"&&&===;;;q")
def test_a_query_that_is_no_text_is_answered(everything: OpenedSite, raw: bytes) -> None:
    for path in (b"/search", b"/hubs", b"/", b"/a-to-z", b"/ur/search"):
        _ask(everything, path, raw.decode("latin-1"))


@pytest.mark.parametrize("prefix", ["", "/ur"])
@many
@given(data=st.data())
def test_any_path_is_answered(everything: OpenedSite, prefix: str, data: st.DataObject) -> None:
    rule, arguments = data.draw(st.sampled_from(sorted(_rules(everything))))
    path = prefix + rule
    for name in arguments:
        path = path.replace(f"<{name}>", data.draw(anything))
    _, text = _ask(everything, _bytes(path))
    _check_nothing_runs(text)


@many
@given(raw=st.binary(max_size=200))
@example(raw=b"/\xff\xfe/listings/\x00")
@example(raw=b"//evil.example.org")
@example(raw=b"/ur\xd8")
def test_a_path_that_is_no_text_is_answered(everything: OpenedSite, raw: bytes) -> None:
    _, text = _ask(everything, raw)
    _check_nothing_runs(text)


@pytest.mark.parametrize("value", NASTY, ids=ascii)
def test_every_nasty_value_in_every_path_is_answered(everything: OpenedSite, value: str) -> None:
    for rule, arguments in _rules(everything):
        for name in arguments:
            _, text = _ask(everything, _bytes(rule.replace(f"<{name}>", value)))
            _check_nothing_runs(text)


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host[:20])
def test_any_host_is_answered_and_never_repeated_as_markup(everything: OpenedSite, host: str) -> None:
    for path in (b"/", b"/search", b"/listings/toddler-tuesday", b"/robots.txt", b"/ur", b"/ur/"):
        _, text = _ask(everything, path, "q=food", HTTP_HOST=host)
        _check_nothing_runs(text)
    status, text = _ask(everything, b"/sitemap.xml", HTTP_HOST=host)
    if status == 200:
        assert ElementTree.fromstring(text).tag.endswith("urlset")


@pytest.mark.parametrize("value", LANGUAGES, ids=lambda value: ascii(value)[:20])
def test_any_wish_for_a_language_is_answered(everything: OpenedSite, value: str) -> None:
    names = ("ACCEPT_LANGUAGE", "ACCEPT_ENCODING", "ACCEPT", "COOKIE", "IF_NONE_MATCH", "IF_MODIFIED_SINCE", "RANGE")
    for name in names:
        for path in (b"/search", b"/a-to-z"):
            _ask(everything, path, "q=food", **{f"HTTP_{name}": value})


@many
@given(
    method=st.sampled_from(["POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "BREW"]),
    kind=st.sampled_from(
        ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "\xff"]
    ),
    body=st.one_of(st.binary(max_size=300), st.just(b"q=food&" * 20_000)),
)
def test_any_body_is_answered(everything: OpenedSite, method: str, kind: str, body: bytes) -> None:
    for path in ("/", "/search", "/listings/toddler-tuesday", "/no-such-page"):
        answer = everything.client().open(path, method=method, data=body, content_type=kind)
        assert answer.status_code in ALLOWED


def test_what_was_typed_is_shown_as_words(everything: OpenedSite) -> None:
    client = everything.client()
    for value in (SCRIPT, ATTRIBUTE, "\ue000place\ue000", "Tom & <b>Jerry</b>"):
        for path in (f"/search?q={quote(value)}", f"/search?q=zz&near={quote(value)}", f"/hubs?near={quote(value)}"):
            answer = client.get(path)
            assert answer.status_code == 200
            assert "<b>Jerry" not in answer.text
            _check_nothing_runs(answer.text)
