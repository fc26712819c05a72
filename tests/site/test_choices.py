"""What results pages offer to narrow by: every count is what a tap gives, and every tap can be taken back."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.site.opened import ADDRESS, OpenedSite, open_site
from tests.site.walk import Visit, words_of

SEARCHES = [
    "/search?q=stay+and+play",
    "/search?q=parenting&near=TB5+3DY",
    "/search?q=toddler+group+tuesday",
    "/search?q=free+baby+group+brackenhill",
    "/search?q=youth+club&day=friday",
    "/search?q=sports&cost=free&age=11y-15y",
    "/search?q=&day=monday",
    "/search?q=help&category=benefits-and-debt-advice",
]


@pytest.fixture(scope="module")
def testbridge(tmp_path_factory: pytest.TempPathFactory) -> OpenedSite:
    """The invented borough."""
    return open_site("testbridge", tmp_path_factory.mktemp("testbridge"))


def visit(site: OpenedSite, path: str) -> Visit:
    """The page at a path, which must be there."""
    answer = site.client().get(path, base_url=ADDRESS)
    assert answer.status_code == 200, path
    return Visit(path, "the test", answer.status_code, answer.headers, answer.data)


def total(page: Visit) -> int:
    """How many results the heading says there are."""
    found = re.match(r"(\d+) results?", words_of(page.all("h1")[0]))
    return int(found[1]) if found else 0


def choices(page: Visit) -> Iterator[tuple[str, int]]:
    """Where each choice leads, and how many it says that there are then."""
    for box in page.all("details", **{"class": "narrow"}):
        for item in box.iter("li"):
            link, count = item.find("a"), item.find("span")
            if link is not None and count is not None:
                yield link.get("href", ""), int(count.text or "")


@pytest.mark.parametrize("path", SEARCHES)
def test_every_count_is_what_a_tap_gives(testbridge: OpenedSite, path: str) -> None:
    page = visit(testbridge, path)
    offered = list(choices(page))
    assert len(offered) >= 5
    assert {link: total(visit(testbridge, link)) for link, _ in offered} == dict(offered)
    assert 0 not in dict(offered).values()


@pytest.mark.parametrize("path", SEARCHES)
def test_a_choice_adds_one_filter_and_a_tag_takes_it_away(testbridge: OpenedSite, path: str) -> None:
    before = set(parse_qsl(urlsplit(path).query))
    link, _ = next(choices(visit(testbridge, path)))
    assert len(set(parse_qsl(urlsplit(link).query)) - before) == 1
    tags = [
        one.get("href", "") for box in visit(testbridge, link).all("div", **{"class": "tags"}) for one in box.iter("a")
    ]
    assert before in [set(parse_qsl(urlsplit(tag).query)) for tag in tags]


def test_what_was_read_out_of_the_words_can_be_taken_back(testbridge: OpenedSite) -> None:
    page = visit(testbridge, "/search?q=todler+group+tuesday+brackenhill")
    tags = {words_of(one): one.get("href", "") for box in page.all("div", **{"class": "tags"}) for one in box.iter("a")}
    assert set(tags) == {"Remove: Near Brackenhill ×", "Remove: Tuesday ×", "Remove: Age 1 to 3 ×"}
    without = visit(testbridge, tags["Remove: Tuesday ×"])
    assert "literal=day" in without.path
    assert "Remove: Tuesday ×" not in words_of(without.tree)
    assert "Remove: Near Brackenhill ×" in words_of(without.tree)


def test_a_correction_is_said_and_can_be_undone(testbridge: OpenedSite) -> None:
    page = visit(testbridge, "/search?q=autisum+support")
    assert "Showing results for autism support." in words_of(page.tree)
    (undo,) = (one for one in page.all("a") if words_of(one) == "Search instead for autisum support")
    again = visit(testbridge, undo.get("href", ""))
    assert "Showing results for" not in words_of(again.tree)


def test_the_nearest_come_first_where_that_is_asked(testbridge: OpenedSite) -> None:
    page = visit(testbridge, "/search?q=stay+and+play&near=TB5+3DY&sort=nearest")
    miles = [float(one) for one in re.findall(r"([0-9.]+) miles away", page.text)]
    assert len(miles) >= 3
    assert miles == sorted(miles)


def test_the_soonest_come_first_where_that_is_asked(testbridge: OpenedSite) -> None:
    page = visit(testbridge, "/search?q=stay+and+play&sort=soonest")
    first = words_of(page.all("li", **{"class": "card"})[0])
    assert "Today" in first or "Tuesday 24 November" in first


@pytest.mark.parametrize(
    "query",
    ["day=someday&age=old&cost=%00&how=&category=../x&within=999&sort=up&literal=all", "day=2026-99-99&age=9y-1y"],
)
def test_filters_without_sense_are_as_if_they_were_not_there(testbridge: OpenedSite, query: str) -> None:
    assert total(visit(testbridge, f"/search?q=toddler&{query}")) == total(visit(testbridge, "/search?q=toddler"))


def test_what_nobody_has_is_said_with_the_nearest_doors_and_the_hub(testbridge: OpenedSite) -> None:
    page = words_of(visit(testbridge, "/search?q=renew+my+passport&near=TB5+3DY").tree)
    assert "Nothing found for renew my passport" in page
    assert "Call 01632 960100" in page
