"""What is counted, and what never is."""

import logging
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from directory.insight import RARE, SearchCounts
from directory.insight.counting import MOST_COUNTED, MOST_NOTED
from directory.insight.stored import MOST_A_DAY
from directory.search import Query, Results, Understood
from directory.settings import Settings, from_environment
from tests.insight.conftest import Counted, Open
from tests.site.opened import ADDRESS, NOW

NAME = "Xanthippe Quibblewick"


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def rows_of(site: Counted, table: str) -> int:
    with sqlite3.connect(site.url.removeprefix("sqlite:///")) as connection:
        found: int = connection.execute(f"select count(*) from {table}").fetchone()[0]
    connection.close()
    return found


def test_a_search_is_told_with_what_it_found_from_the_fifth_time_on(site: Counted) -> None:
    site.search("food bank", RARE - 1)
    assert site.asked == {}
    site.search("food bank")
    [told] = site.insight().most_asked
    assert (told.words, told.language, told.asked, told.opened) == ("food bank", "en", RARE, 0)
    assert told.results == site.services.search.search(Query("food bank", NOW)).total


def test_what_is_rare_is_in_no_byte_of_the_database(site: Counted, tmp_path: Path) -> None:
    site.search(NAME, RARE - 1)
    assert bytes_of(tmp_path)
    for word in NAME.lower().split():
        assert word.encode() not in bytes_of(tmp_path).lower()
    site.search(NAME)
    assert NAME.lower().encode() in bytes_of(tmp_path)


NORMALISED = {
    "capitals and signs": ("FOOD bank!!", "food bank"),
    "a slip of the fingers": ("autisum", "autism"),
    "words that say nothing": ("where can I get a school uniform", "school uniform"),
    "a postcode": ("food bank TB5 3DY", "food bank"),
    "a town": ("food bank in Brackenhill", "food bank"),
    "an age with a number": ("maths year 6", "maths"),
    "an age in a word": ("toddler group", "toddler group"),
    "a telephone number": ("food bank 01632 960123", "food bank"),
    "another language": ("bank żywności", "bank zywnosci"),
}


@pytest.mark.parametrize(("typed", "counted"), NORMALISED.values(), ids=NORMALISED.keys())
def test_only_plain_words_are_counted(site: Counted, typed: str, counted: str) -> None:
    site.search(typed, RARE)
    assert site.asked == {counted: RARE}


NEVER = {
    "danger": "/search?q=my+partner+hits+me",
    "what is called by a dangerous name": "/search?q=domestic+abuse",
    "something sensitive": "/search?q=couples+counselling",
    "something sensitive in two words": "/search?q=lgbt+youth",
    "nothing": "/search?q=",
    "only a place": "/search?q=Brackenhill",
    "the next page": "/search?q=family&page=2",
    "what a search was narrowed to": "/search?q=food+bank&cost=free",
    "the same search in another order": "/search?q=food+bank&sort=nearest",
    "the same words taken literally": "/search?q=food+bank+Brackenhill&literal=near",
    "a long story": "/search?q=flurble+gronk+wibbleton+zzqxjabber+blunderquist+snarfwidget+vrombly",
}


@pytest.mark.parametrize("path", NEVER.values(), ids=NEVER.keys())
def test_what_is_nobodys_business_is_never_counted(site: Counted, path: str) -> None:
    client = site.client
    for _ in range(RARE):
        assert client.get(path).status_code == 200
    site.search("school uniform", RARE)
    assert site.asked == {"school uniform": RARE}
    assert rows_of(site, "searchcount") == 1


@pytest.mark.parametrize("program", ["Mozilla/5.0 (compatible; Examplebot/2.1)", "ExampleCrawler", "some-SPIDER/1"])
def test_programs_that_read_the_web_are_not_counted(site: Counted, tmp_path: Path, program: str) -> None:
    client = site.client
    for _ in range(RARE):
        client.get("/search?q=food+bank", headers={"User-Agent": program})
        client.head("/search?q=food+bank")
    site.write()
    assert list(tmp_path.iterdir()) == []
    site.search("food bank", RARE)
    assert site.asked == {"food bank": RARE}


def test_the_order_of_words_does_not_matter_but_the_language_of_the_page_does(site: Counted) -> None:
    site.search("uniform school", 3)
    site.search("school uniform", 3)
    for _ in range(RARE):
        site.client.get("/pl/search?q=school+uniform")
    site.write()
    told = {(one.words, one.language): one.asked for one in site.insight().most_asked}
    assert told == {("school uniform", "en"): 6, ("school uniform", "pl"): 5}


CAME_FROM = {
    "results": (f"{ADDRESS}/search?q=food+bank", 1),
    "results near a place": (f"{ADDRESS}/search?q=Food+Bank&near=TB5+3DY", 1),
    "results that were narrowed": (f"{ADDRESS}/search?q=food+bank&cost=free&page=2", 1),
    "the home page": (f"{ADDRESS}/", 0),
    "other words": (f"{ADDRESS}/search?q=swimming", 0),
    "a search elsewhere": ("https://elsewhere.example.net/search?q=food+bank", 0),
    "what only looks like us": (f"{ADDRESS}.example.net/search?q=food+bank", 0),
    "nowhere": ("", 0),
    "no address": ("/search?q=food+bank", 0),
    "no words": (f"{ADDRESS}/search?cost=free", 0),
}


@pytest.mark.parametrize(("came_from", "opened"), CAME_FROM.values(), ids=CAME_FROM.keys())
def test_a_listing_opened_from_results_counts_for_their_words(site: Counted, came_from: str, opened: int) -> None:
    site.search("food bank", RARE)
    answer = site.client.get("/listings/testbridge-foodbank", base_url=ADDRESS, headers={"Referer": came_from})
    assert answer.status_code == 200
    site.write()
    assert site.opened == {"food bank": opened}


def test_a_site_that_was_not_told_its_address_knows_its_own_results(opened_with: Open, settings: Settings) -> None:
    site = opened_with(replace(settings, site_url=None))
    site.search("food bank", RARE)
    for came_from in ("/search?q=food+bank", "://search?q=food+bank", "http://localhost/search?q=food+bank"):
        site.client.get("/listings/testbridge-foodbank", headers={"Referer": came_from})
    site.write()
    assert site.opened == {"food bank": 1}


def test_an_opening_counts_for_the_language_of_the_page(site: Counted) -> None:
    client = site.client
    for _ in range(RARE):
        client.get("/pl/search?q=food+bank")
    client.get("/pl/listings/testbridge-foodbank", headers={"Referer": "http://localhost/pl/search?q=food+bank"})
    site.write()
    assert [(one.language, one.opened) for one in site.insight().most_asked] == [("pl", 1)]


def test_opening_something_sensitive_is_not_counted(site: Counted) -> None:
    site.search("food bank", RARE)
    [*sensitive] = sorted(site.services.snapshot.sensitive_listings)[:3]
    assert sensitive
    for slug in sensitive:
        site.client.get(f"/listings/{slug}", headers={"Referer": "http://localhost/search?q=food+bank"})
    site.write()
    assert site.opened == {"food bank": 0}


def test_processes_that_write_at_once_add_to_each_other(opened_with: Open, settings: Settings) -> None:
    sites = [opened_with(settings) for _ in range(4)]
    sites[0].services.searches.prepare()
    threads = [threading.Thread(target=site.search, args=("food bank", 3)) for site in sites]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sites[0].asked == {"food bank": 12}
    assert rows_of(sites[0], "searchcount") == 1


def test_a_database_that_cannot_be_written_costs_no_page_and_one_line_of_log(
    opened_with: Open, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    in_the_way = tmp_path / "counts"
    in_the_way.write_text("a file where the folder should be")
    site = opened_with(settings)
    with caplog.at_level(logging.INFO):
        site.search(NAME, 3)
        site.search(NAME, 2)
    assert len(caplog.records) == 1
    assert "cannot be counted" in caplog.text
    assert "quibblewick" not in caplog.text.lower()
    in_the_way.unlink()
    site.write()
    assert site.asked == {NAME.lower(): RARE}


def test_counting_can_be_turned_off(opened_with: Open, settings: Settings, tmp_path: Path) -> None:
    site = opened_with(replace(settings, count_searches=False))
    site.search("food bank", RARE)
    assert list(tmp_path.iterdir()) == []
    assert site.asked == {}


@pytest.mark.parametrize(
    ("said", "is_on"), [("", True), ("yes", True), ("1", True), ("no", False), ("OFF", False), ("0", False)]
)
def test_the_environment_turns_counting_on_and_off(said: str, is_on: bool) -> None:
    assert from_environment({"DIRECTORY_COUNT_SEARCHES": said}).count_searches is is_on
    assert from_environment({}).count_searches


def test_a_program_that_makes_searches_up_fills_neither_memory_nor_disk(site: Counted, settings: Settings) -> None:
    counts, made_up = SearchCounts(settings.database_url), 0

    def letters(number: int) -> str:
        return "".join("abcdefghij"[int(digit)] for digit in str(number))

    def ask_many() -> None:
        nonlocal made_up
        for _ in range(MOST_NOTED + 500):
            made_up += 1
            counts.note_search(Results((), 0, Understood(words=(letters(made_up),))), "en", site.day)
        counts.take_in(site.services.snapshot, site.services.search.search)

    for _ in range(2 * MOST_A_DAY // MOST_COUNTED):
        for _ in range(MOST_COUNTED // MOST_NOTED + 1):
            ask_many()
        counts.write(site.day)
    assert made_up > 2 * MOST_A_DAY
    assert rows_of(site, "searchcount") == MOST_A_DAY
