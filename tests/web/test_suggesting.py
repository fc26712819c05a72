"""Suggestions as somebody types, and what the script of the search boxes is told."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.rich_content import write_rich_content

Suggest = Callable[..., list[dict[str, str]]]
SCRIPT_BYTES = 4 * 1024
UNDER_5S = """\
needs:
- slug: stay-and-play-groups
  name: Stay and play
  words: [stay and play]
- slug: playing-outside
  name: Playing outside
  words: [walks]
  finds: [walking club]
- slug: plainsong
  name: Plainsong
  words: [plainsong]
- slug: play-that-is-safe
  name: Play where somebody listens
  words: [talk to somebody]
  finds: [safe start]
"""
STAYING_SAFE = """\
needs:
- slug: hurt-at-home
  name: Playground of fear
  words: [hurt at home]
  finds: [toddler]
"""


@pytest.fixture
def site(tmp_path: Path, small_site: Callable[[Path], FlaskClient]) -> FlaskClient:
    """The rich content with a few needs."""
    content = write_rich_content(tmp_path / "content")
    (content / "needs").mkdir()
    (content / "needs" / "under-5s.yaml").write_text(UNDER_5S, encoding="utf-8")
    (content / "needs" / "staying-safe.yaml").write_text(STAYING_SAFE, encoding="utf-8")
    return small_site(content)


@pytest.fixture
def suggest(site: FlaskClient) -> Suggest:
    """What is suggested for a text."""

    def rows(text: str, prefix: str = "") -> list[dict[str, str]]:
        answer = site.get(f"{prefix}/suggest", query_string={"q": text})
        assert answer.status_code == 200
        told: list[dict[str, str]] = json.loads(answer.text)["rows"]
        return told

    return rows


def test_a_listing_is_suggested_by_any_name_with_what_it_is_and_where(suggest: Suggest) -> None:
    told = {"label": "Toddler Tuesday", "kind": "Activity", "path": "/listings/toddler-tuesday"}
    assert suggest("todd") == suggest("tues todd") == suggest("tots") == suggest("todlder") == [told]
    assert suggest("brack")[0]["kind"] == "Family hub"


def test_a_category_is_suggested_before_what_only_has_such_a_word(suggest: Suggest) -> None:
    rows = suggest("stay and p")
    assert rows[0] == {"label": "Stay and play", "kind": "Topic", "path": "/categories/stay-and-play"}
    assert [one["label"] for one in rows[1:]] == ["Little Stars stay and play"]


def test_a_need_is_searched_for_by_its_name_if_anything_answers_it(suggest: Suggest, site: FlaskClient) -> None:
    assert suggest("playing") == [{"label": "Playing outside", "kind": "Search"}]
    assert suggest("plainsong") == []
    assert "Walking club" in site.get("/search?q=Playing+outside").text


def test_what_has_ended_or_is_not_offered_is_not_suggested(suggest: Suggest) -> None:
    assert suggest("old club") == []
    assert suggest("empty") == []
    assert "/categories/panels" not in [one.get("path") for one in suggest("panels")]


@pytest.mark.parametrize(
    ("part", "whole", "label"),
    [
        ("safe", "start safe", "Safe Start"),
        ("domestic", "domestic abuse", "Domestic abuse"),
        ("talk lin", "talk line", "Talk Line"),
        ("playground fea", "playground of fear", "Playground of fear"),
        ("play where some", "play where somebody listens", "Play where somebody listens"),
    ],
)
def test_what_is_sensitive_comes_only_once_its_whole_name_is_typed(
    suggest: Suggest, part: str, whole: str, label: str
) -> None:
    assert suggest(part) == []
    assert [one["label"] for one in suggest(whole)] == [label]


def test_a_page_in_another_language_is_told_what_is_english(suggest: Suggest) -> None:
    (polish,) = suggest("wtorek", "/pl")
    assert polish["label"] == "Wtorek dla maluchów"
    assert polish["path"] == "/pl/listings/toddler-tuesday"
    assert "lang" not in polish
    assert suggest("toddler", "/pl") == [polish]
    assert suggest("walk", "/ur")[0]["lang"] == "en"
    assert suggest("wtorek") == []


def test_at_most_eight_come_and_how_many_is_said(site: FlaskClient) -> None:
    told = json.loads(site.get("/suggest?q=walk").text)
    assert (len(told["rows"]), told["told"]) == (8, "8 suggestions")
    assert json.loads(site.get("/suggest?q=toddler").text)["told"] == "1 suggestion"
    assert json.loads(site.get("/suggest?q=zzxx").text) == {"told": "", "rows": []}


def test_nothing_of_what_was_typed_is_kept(site: FlaskClient) -> None:
    answer = site.get("/suggest?q=todd")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "application/json"
    assert "Set-Cookie" not in answer.headers
    assert "ETag" not in answer.headers


@pytest.mark.parametrize(
    "text",
    ["", "a", "x" * 10_000, "🏠" * 3_000, "\x00\x07\x1b[", "' OR 9=9 --", "NOT OR *", "\u202e\ud7ff", " "],
)
def test_any_text_has_an_answer(site: FlaskClient, text: str) -> None:
    answer = site.get("/suggest", query_string={"q": text})
    assert (answer.status_code, json.loads(answer.text)["rows"]) == (200, [])


def test_bytes_that_are_no_text_and_no_question_at_all_have_an_answer(site: FlaskClient) -> None:
    for path in ("/suggest", "/suggest?q=%ff%fe", "/suggest?q=a&q=b", "/suggest?" + "q" * 8_000):
        assert site.get(path).status_code == 200


def _scripts(html: str) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", html, re.DOTALL)


@pytest.mark.parametrize("path", ["/", "/search?q=walking", "/hubs", "/ur/"])
def test_the_script_stands_after_each_search_box_and_is_small(client: FlaskClient, path: str) -> None:
    html = client.get(path).text
    script = _scripts(html)[0]
    assert 500 < len(script.encode()) <= SCRIPT_BYTES
    assert f"</form>\n<script>{script}" in html


@pytest.mark.parametrize("path", ["/listings/toddler-tuesday", "/a-to-z"])
def test_a_page_without_a_search_box_has_no_script(client: FlaskClient, path: str) -> None:
    assert _scripts(client.get(path).text) == []


def test_the_script_may_ask_this_site_and_for_where_one_is_and_nobody_else(client: FlaskClient) -> None:
    headers = client.get("/").headers
    assert "connect-src 'self';" in headers["Content-Security-Policy"]
    assert "geolocation=(self)" in headers["Permissions-Policy"]


def test_results_near_where_somebody_is_say_so_and_tell_how_far(read: Callable[[str], str]) -> None:
    words = read("/search?q=toddler&near=53.58,+1.98")
    assert re.search(r"for toddler near where you are .* less than half a mile away", words)
    assert "53.58" not in words


def test_the_hub_near_where_somebody_is_comes_first(read: Callable[[str], str]) -> None:
    assert "The hub near where you are Brackenhill Family Hub" in read("/hubs?near=53.58,1.98")
    assert "We do not know which hub is near where you are." in read("/hubs?near=52.48,-2.11")


def test_robots_are_asked_to_leave_suggestions_alone(client: FlaskClient) -> None:
    robots: Any = client.get("/robots.txt").text.splitlines()
    assert {"Disallow: /suggest", "Disallow: /ur/suggest"} <= set(robots)
