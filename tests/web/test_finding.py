"""Searching and looking round."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

Read = Callable[[str], str]


def test_the_home_page_asks_offers_the_doors_and_help_now(read: Read) -> None:
    words = read("/")
    for told in ("What do you need?", "Where?", "Under-5s Playing and learning", "Need help now?", "Find your hub"):
        assert told in words


def test_a_door_with_nothing_behind_it_is_not_offered_but_can_be_opened(read: Read) -> None:
    assert "Nothing here yet" not in read("/")
    assert "There is nothing here at the moment." in read("/categories/empty-room")


def test_a_hidden_category_is_not_offered_but_can_be_opened(read: Read) -> None:
    assert "For practitioners" not in read("/")
    assert "Family Panel" in read("/categories/panels")


def test_a_card_says_what_where_when_for_whom_and_at_what_price(read: Read) -> None:
    words = read("/search?q=toddler+tuesday")
    for told in (
        "Toddler Tuesday Play and songs for toddlers.",
        "Corner Hall, Brackenhill",
        "Ages 6 months to 4 years",
        "Cost From £1",
        "How to join in Just turn up",
        "Next Tuesday 24 November, 10am to 11:30am",
        "Checked by the people who run it on 1 November 2026",
    ):
        assert told in words


def test_a_place_brings_distances_to_the_cards(read: Read) -> None:
    assert "away" not in read("/search?q=toddler")
    assert re.search(r"near Brackenhill .* less than half a mile away", read("/search?q=toddler&near=Brackenhill"))


def test_an_unknown_place_is_told_and_everything_is_searched(read: Read) -> None:
    words = read("/search?q=toddler&near=Atlantis")
    assert "We do not know the place “Atlantis”." in words
    assert "Toddler Tuesday" in words


def test_what_was_typed_is_in_the_boxes_again(client: FlaskClient) -> None:
    html = client.get('/search?q="><b>toddler&near=<i>').text
    assert 'value="&#34;&gt;&lt;b&gt;toddler"' in html
    assert "<b>toddler" not in html
    assert 'value="&lt;i&gt;"' in html


def test_urgent_words_bring_the_number_above_everything(read: Read, client: FlaskClient) -> None:
    words = read("/search?q=danger")
    assert words.index("Call 999") < words.index("What do you need?")
    assert 'href="sms:85258?&amp;body=SHOUT"' in client.get("/search?q=suicide").text


def test_nothing_found_is_said_honestly_with_people_to_ask(read: Read) -> None:
    words = read("/search?q=xyzzyplugh&near=Brackenhill")
    for told in ("Nothing found for xyzzyplugh", "Call 01632 960100", "Under-5s", "See everything from A to Z"):
        assert told in words


def test_a_search_for_nothing_asks_again(read: Read) -> None:
    assert "Type a few words in the box." in read("/search?q=++")


def test_long_lists_come_ten_a_page_with_plain_links(client: FlaskClient) -> None:
    first = client.get("/search?q=walking").text
    assert first.count('<li class="card">') == 10
    assert 'href="/search?q=walking&amp;page=2" rel="next"' in first
    assert client.get("/search?q=walking&page=3").text.count('<li class="card">') == 3


@pytest.mark.parametrize("page", ["4", "0", "-1", "x", "", "1.5", "٣", "99999999999999999999"])
def test_a_page_past_the_end_or_without_sense_is_not_there(client: FlaskClient, page: str) -> None:
    assert client.get("/search", query_string={"q": "walking", "page": page}).status_code == 404


def test_the_list_from_a_to_z_has_everything_live_by_its_letter(read: Read, client: FlaskClient) -> None:
    words = read("/a-to-z")
    assert words.index("Brackenhill Family Hub") < words.index("Family Panel") < words.index("Walking club 23")
    assert "Old Club" not in words
    assert "Walking club" not in read("/a-to-z/t")
    assert client.get("/a-to-z/q").status_code == 404


def test_the_hub_of_a_place_comes_first(read: Read) -> None:
    words = read("/hubs?near=TB5+3")
    assert "The hub for TB5 3 Brackenhill Family Hub" in words
    assert "Contains invented postcode data." in words


def test_help_now_lists_whom_to_call_and_what_happens_then(read: Read) -> None:
    words = read("/need-help-now")
    assert words.index("Somebody is in danger") < words.index("You cannot cope")
    assert "They ask where you are and send help." in words


def test_a_content_page_is_written_in_markdown_with_links_that_keep_the_language(client: FlaskClient) -> None:
    html = client.get("/ur/pages/about").text
    assert "<h2>What it is</h2>" in html
    assert '<a href="/ur/a-to-z">the list</a>' in html


def test_every_page_says_that_an_invented_place_is_invented(read: Read) -> None:
    for path in ("/", "/search?q=x", "/listings/talk-line", "/need-help-now", "/pages/about"):
        assert "Testbridge is invented." in read(path)
