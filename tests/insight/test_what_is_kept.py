"""How long counts are kept."""

import datetime
import sqlite3
from typing import Any

from directory.insight import RARE
from tests.insight.conftest import Counted


def rows(site: Counted, question: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(site.url.removeprefix("sqlite:///")) as connection:
        found = connection.execute(question).fetchall()
    connection.close()
    return found


def search_on(site: Counted, day: str, words: str, times: int) -> None:
    site.day = datetime.date.fromisoformat(day)
    site.search(words, times)


def test_a_month_is_counted_day_by_day_and_told_as_a_whole(site: Counted) -> None:
    search_on(site, "2026-11-03", "food bank", 3)
    search_on(site, "2026-11-24", "food bank", 4)
    assert site.asked == {"food bank": 7}
    assert rows(site, "select day, asked from searchcount order by day") == [("2026-11-03", 3), ("2026-11-24", 4)]


def test_each_month_is_told_by_itself(site: Counted) -> None:
    search_on(site, "2026-11-30", "food bank", RARE)
    search_on(site, "2026-12-01", "food bank", RARE - 1)
    assert site.asked == {}
    site.day = datetime.date(2026, 11, 1)
    assert site.asked == {"food bank": RARE}


def test_what_was_rare_goes_when_its_month_is_over_and_the_rest_stays(site: Counted) -> None:
    search_on(site, "2026-11-30", "food bank", RARE)
    search_on(site, "2026-11-30", "flurble gronk", RARE - 1)
    assert len(rows(site, "select * from searchcount")) == 2
    site.day = datetime.date(2026, 12, 1)
    site.write()
    assert rows(site, "select day, asked from searchcount") == [("2026-11-30", RARE)]
    assert rows(site, "select * from searchsalt") == []


def test_the_same_words_have_another_key_in_another_month(site: Counted) -> None:
    search_on(site, "2026-11-30", "food bank", RARE)
    search_on(site, "2026-12-01", "food bank", RARE)
    assert len({key for (key,) in rows(site, "select key from searchwords")}) == 2


def test_words_are_kept_for_thirteen_months(site: Counted) -> None:
    search_on(site, "2026-11-30", "food bank", RARE)
    site.day = datetime.date(2027, 12, 31)
    site.write()
    assert rows(site, "select words from searchwords") == [("food bank",)]
    site.day = datetime.date(2028, 1, 1)
    site.write()
    assert rows(site, "select words from searchwords") == []
    assert rows(site, "select key from searchcount") == []


def test_the_results_that_are_told_are_those_of_the_last_day(site: Counted) -> None:
    search_on(site, "2026-11-03", "flurble", RARE)
    assert [one.asked.words for one in site.insight().nothing_found] == ["flurble"]
    [key] = rows(site, "select key from searchcount")
    with sqlite3.connect(site.url.removeprefix("sqlite:///")) as connection:
        connection.execute(
            "insert into searchcount (key, day, asked, opened, results) values (?, ?, 1, 0, 7)", (*key, "2026-11-04")
        )
    connection.close()
    [told] = site.insight().most_asked
    assert (told.asked, told.results) == (RARE + 1, 7)
    assert site.insight().nothing_found == ()
