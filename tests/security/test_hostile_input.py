"""Whatever people who signed in send is answered kindly, on both databases, and nothing of it is in any log."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory.web.partner.sections.section import MOST_SENT
from tests.postgres import NewDatabase
from tests.security.forms import ADDRESS, FormFound, forms_of, walk
from tests.security.house import House, token
from tests.security.test_csrf import starts
from tests.web.deciding_site import CHESS

MARK = "zqxmarkzqx"
"""What nothing but these tests types, to be looked for where it must not be."""
NUMBERS = ("0", "-1", "9" * 10, "9" * 30, "9" * 5000, "1e9", "٣", "1%00")
WORDS = (
    "%00",
    f"{MARK}%00b",
    f"{MARK}%0d%0aSet-Cookie:%20a=b",
    "..%2f..%2fsite",
    "%2e%2e",
    "..%5c..%5csite",
    f"{CHESS}%2f..%2fsite.yaml",
    CHESS.upper(),
    f"{CHESS}.yaml",
    f"{CHESS}%20",
    "x" * 3000,
    "%ff%fe",
    "%ed%a0%80",
    "%e2%80%ae",
)
TYPED = (
    f"\x00{MARK}\x00\x01\u202e\ufeff",
    "\x00\x01\u202e",
    f"{MARK}\r\nERROR:root:{MARK}\r\n %s %(title)s {{0}} {{{{ 7*7 }}}} ' OR 1=1; --",
    "9" * 400 + "\ud7ff\U0010ffff" + "é" * 3000,
)
NAMES = (
    "q",
    "hub",
    "risk",
    "kind",
    "page",
    "reference",
    "title",
    "provider",
    "but",
    "person",
    "what",
    "about",
    "from",
    "to",
)
BOTH = pytest.mark.parametrize("house", ["sqlite", "postgresql"], indirect=True)
STRICTER = pytest.mark.parametrize("house", ["postgresql"], indirect=True)
"""The database that takes less."""


@pytest.fixture(scope="module")
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house on the database that the test names."""
    new_postgres: NewDatabase | None = None
    if getattr(request, "param", "sqlite") == "postgresql":
        new_postgres = request.getfixturevalue("new_postgres")
    folder: Path = tmp_path_factory.mktemp("hostile")
    made = House(folder, new_postgres() if new_postgres else None)
    yield made
    made.services.database.close()


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever happens, no log says what was typed, and none speaks of a fault of ours."""
    caplog.set_level(logging.DEBUG)
    yield
    for one in caplog.records:
        told = one.getMessage() + (one.exc_text or "")
        assert one.levelno < logging.ERROR, told
        assert MARK not in told
        assert "\r" not in told


def answered(answer: TestResponse, told: str) -> None:
    """Holds an answer to what every answer is."""
    assert answer.status_code < 500, f"{answer.status} for {told}"
    for name, value in answer.headers:
        assert not re.search(r"[\r\n\x00]", name + value), told
    assert "a=b" not in str(answer.headers.getlist("Set-Cookie")), told


@BOTH
def test_any_address_is_answered(house: House) -> None:
    browser, before = house.browser("administrator"), house.state()
    proof = token(browser)
    for rule in (one for one in house.rules if one.arguments):
        for value in NUMBERS if "<int:" in rule.rule else WORDS:
            path = re.sub(r"<(?:\w+:)?\w+>", value, rule.rule)
            if "GET" in (rule.methods or ()):
                answered(browser.get(path), path[:200])
            else:
                answered(browser.post(path, data={"csrf_token": proof}), path[:200])
    assert house.state() == before


@STRICTER
def test_any_question_is_answered(house: House) -> None:
    browser = house.browser("administrator")
    for rule, path in house.takes("GET"):
        if rule.endpoint.startswith(("queue", "reports", "desk", "log", "people", "history", "proposals", "overdue")):
            for value in (*WORDS, *NUMBERS):
                query = "&".join(f"{name}={value[:400]}" for name in NAMES)
                answered(browser.get(f"{path}?{query}"), f"{path}?...={value[:200]}")


@STRICTER
@pytest.mark.parametrize("who", ["nobody", "half in", "partner", "administrator"])
def test_anything_typed_into_any_form_is_answered(house: House, who: str) -> None:
    browser = house.browser(who)
    forms = {_key(form): form for path, tree in walk(browser, *starts(house, who)) for form in forms_of(path, tree)}
    assert forms
    for form in [one for one in forms.values() if one.typed and not one.action.endswith("/sign-out")]:
        for text in TYPED:
            answered(_send(browser, form, text), f"{form.action} {text[:40]!r}")


def _key(form: FormFound) -> tuple[str, tuple[str, ...]]:
    return re.sub(r"\w+-corner|\d+", "*", form.action), form.typed


def _send(browser: FlaskClient, form: FormFound, text: str) -> TestResponse:
    data = form.with_typed(text)
    data["csrf_token"] = token(browser)
    return browser.post(form.action.removeprefix(ADDRESS), data=data)


TOO_MUCH = {
    "one long text": {"text": "x" * 70_000},
    "ten thousand boxes": {f"box-{number}": "x" for number in range(10_000)},
    "very many rows": {f"phones-{number}-number": "x" for number in range(4_000)},
}


@pytest.mark.parametrize("kind", TOO_MUCH)
@pytest.mark.parametrize(
    "path", ["/sign-in", f"/desk/listings/{CHESS}/edit", f"/listings/{CHESS}/wrong", "/people/invite"]
)
def test_a_form_that_is_far_too_large_is_refused_kindly(house: House, path: str, kind: str) -> None:
    browser, before = house.browser("administrator"), house.state()
    answer = browser.post(path, data={"csrf_token": token(browser), **TOO_MUCH[kind]})
    assert answer.status_code == 413
    assert "We could not do that" in answer.text
    assert house.state() == before


def test_a_form_of_as_many_rows_as_fit_is_answered(house: House) -> None:
    browser = house.browser("partner")
    path = f"/desk/listings/{CHESS}/edit"
    rows = {f"sessions-{number}-note": "x" for number in range(1_500)}
    answered(browser.post(path, data={"csrf_token": token(browser), "button": "keep", **rows}), "very many rows")
    answered(browser.post(path, data={"csrf_token": token(browser), "button": "send", **rows}), "very many rows")
    opened = browser.get(path)
    answered(opened, path)
    assert 1 < len(set(re.findall(r'name="sessions-(\d+)-', opened.text))) <= MOST_SENT


@pytest.mark.parametrize("number", ["\u00b2", "9" * 5000, "-1", "0x1", "\u0663"], ids=ascii)
def test_a_row_whose_number_is_none_is_no_fault(house: House, number: str) -> None:
    browser, path = house.browser("other partner"), "/desk/listings/little-stars/edit"
    typed = {
        f"sessions-{number}-note": "x",
        "sessions-0-was": number,
        "phones-0-was": number,
        "locations-0-was": number,
    }
    for button in ("keep", "send", "dates", f"remove-sessions-{number}", f"add-sessions-{number}"):
        answered(browser.post(path, data={"csrf_token": token(browser), "button": button, **typed}), button[:40])


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_no_page_knows_another_way_to_write(house: House, method: str) -> None:
    browser, before = house.browser("administrator"), house.state()
    proof = {"X-CSRFToken": token(browser)}
    for _rule, path in house.takes("GET"):
        assert browser.open(path, method=method, headers=proof).status_code == 405, path
    assert house.state() == before


def test_looking_sends_nothing(house: House) -> None:
    browser, before = house.browser("administrator"), house.state()
    for rule, path in house.takes("POST"):
        if "GET" not in (rule.methods or ()):
            answer = browser.get(path, query_string={"csrf_token": token(browser), "sure": "y", "reason": "No"})
            assert answer.status_code in (404, 405), path
            assert browser.head(path).status_code in (404, 405), path
    assert house.state() == before
