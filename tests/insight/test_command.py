"""``directory insight``: each search that failed leads to its repair."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from directory.insight import RARE, SearchCounts
from directory.model.need import Needs
from directory.model.site import SearchChecks
from directory.search import Query, Results
from directory.services import Services
from directory.settings import Settings
from tests.insight.conftest import Counted, Open
from tests.site.opened import NOW

LISTING = "/listings/testbridge-foodbank"


@dataclass(frozen=True)
class Told:
    """What the command says of a site, to people and to programs."""

    text: str
    json: dict[str, Any]
    content: Path


@pytest.fixture(scope="module")
def told(borough: Services, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Of a site where one search found nothing, one nothing that anybody opened, and one what was looked for."""
    url = f"sqlite:///{tmp_path_factory.mktemp('asked') / 'directory.sqlite'}"
    settings = replace(borough.settings, database_url=url)
    site = Counted(replace(borough, settings=settings, searches=SearchCounts(url)))
    site.search("flurble gronk", 6)
    site.search("school uniform", 5)
    site.search("food bank", 7)
    site.search("swimming lessons", RARE - 1)
    site.client.get(LISTING, headers={"Referer": "http://localhost/search?q=food+bank"})
    site.write()
    return Told(site.command(), site.as_json(), settings.content)


def rows(told: Told, table: str) -> list[tuple[str, int]]:
    return [(one["words"], one["asked"]) for one in told.json[table]]


def test_each_search_stands_in_its_tables_and_none_that_is_rare_in_any(told: Told) -> None:
    assert told.json["month"] == "2026-11"
    assert rows(told, "nothing_found") == [("flurble gronk", 6)]
    assert rows(told, "nothing_opened") == [("school uniform", 5)]
    assert rows(told, "most_asked") == [("food bank", 7), ("flurble gronk", 6), ("school uniform", 5)]
    assert [one["opened"] for one in told.json["most_asked"]] == [1, 0, 0]
    assert {one["language"] for one in told.json["most_asked"]} == {"en"}
    assert "swimming" not in told.text


def test_people_read_the_same_in_three_tables(told: Told) -> None:
    headings = ("Nothing found: 1 search", "Found, but nothing opened: 1 search", "Most asked: 3 searches")
    places = [told.text.index(heading) for heading in headings]
    assert places == sorted(places)
    assert told.text.index("flurble gronk") < places[1] < told.text.index("school uniform") < places[2]


def test_a_search_that_is_understood_leads_to_the_file_of_its_need(told: Told) -> None:
    [row] = told.json["nothing_opened"]
    file = told.content / row["repair"]["file"]
    needs = Needs(slug=file.stem, **yaml.safe_load(file.read_text()))
    assert row["repair"]["need"] == "school-uniform"
    assert "school-uniform" in [need.slug for need in needs.needs]
    assert f'Taken for the need "School uniform" (school-uniform) in {file}.' in told.text


def test_a_search_that_nothing_comes_near_leads_to_a_new_need(told: Told) -> None:
    [row] = told.json["nothing_found"]
    assert row["repair"]["need"] is None
    assert f"write a new need in {told.content}/needs/<door>.yaml" in told.text


def test_the_nearest_need_is_named_where_a_search_comes_near_one(site: Counted) -> None:
    site.search("renew my passport", RARE)
    [row] = site.as_json()["nothing_found"]
    assert row["repair"]["need"] in [need.slug for need in site.services.snapshot.needs]
    assert not row["repair"]["is_understood"]
    assert "Nearest is the need" in site.command()


def test_words_of_another_language_have_a_file_of_their_own(site: Counted) -> None:
    for _ in range(RARE):
        site.client.get("/pl/search?q=flurble")
    site.write()
    assert f"go under that need in {site.services.settings.content}/languages/pl.yaml" in site.command()


@pytest.mark.parametrize("words", ["flurble gronk", "null"])
def test_the_promise_can_be_pasted_as_it_stands(site: Counted, words: str) -> None:
    site.search(words, RARE)
    told = site.as_json()
    row = (told["nothing_found"] + told["nothing_opened"])[0]
    pasted = SearchChecks(**yaml.safe_load("promises:\n" + row["repair"]["promise"]))
    assert [one.words for one in pasted.promises] == [row["words"]]
    below = [line.strip() for line in row["repair"]["promise"].splitlines()]
    printed = [line.strip() for line in site.command().splitlines()]
    assert all(line in printed for line in below)


def test_a_search_that_finds_something_by_now_says_so(site: Counted) -> None:
    site.search("food bank", RARE)
    site.services.searches.note_search(_nothing_for("school uniform", site), "en", site.day)
    site.search("school uniform", RARE - 1)
    site.services.searches.note_search(_nothing_for("school uniform", site), "en", site.day)
    site.write()
    [row] = site.as_json()["nothing_found"]
    assert row["words"] == "school uniform"
    assert row["repair"]["found_now"] > 0
    assert "If those are right, the promise alone is missing." in site.command()


def _nothing_for(words: str, site: Counted) -> Results:
    return replace(site.services.search.search(Query(words, NOW)), slugs=(), total=0)


def test_where_nothing_was_counted_it_says_what_to_do(site: Counted, tmp_path: Path) -> None:
    told = site.command()
    assert "No search was counted 5 times in November 2026." in told
    assert "directory insight --month 2026-10" in told
    assert site.as_json()["most_asked"] == []
    assert list(tmp_path.iterdir()) == []


def test_where_counting_is_off_it_says_how_to_turn_it_on(
    opened_with: Open, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIRECTORY_COUNT_SEARCHES", "no")
    site = opened_with(replace(settings, count_searches=False))
    assert "set DIRECTORY_COUNT_SEARCHES=yes" in site.command()
