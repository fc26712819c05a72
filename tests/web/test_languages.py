"""The language of a page is told by its address, and kept by every link."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.support import Translations
from flask.testing import FlaskClient

from directory.settings import resources
from tests.small_content import write_small_content

LINKS = re.compile(r'<a [^>]*href="(/[^"]*)"')


def gettext_in(language: str, message: str) -> str:
    """The message as the shipped catalogue of a language has it."""
    return str(Translations.load(resources("translations"), [language]).gettext(message))


def test_an_address_without_a_prefix_is_english(client: FlaskClient) -> None:
    assert '<html lang="en" dir="ltr">' in client.get("/a-to-z").text


@pytest.mark.parametrize(("code", "direction"), [("pl", "ltr"), ("ur", "rtl")])
def test_a_prefix_chooses_the_language_and_its_direction(client: FlaskClient, code: str, direction: str) -> None:
    assert f'<html lang="{code}" dir="{direction}">' in client.get(f"/{code}/a-to-z").text


@pytest.mark.parametrize(
    "path", ["/", "/a-to-z", "/hubs", "/search?q=toddler", "/listings/toddler-tuesday", "/pages/about"]
)
def test_every_link_of_a_page_keeps_the_language(client: FlaskClient, path: str) -> None:
    links = LINKS.findall(re.sub(r'<nav class="tongues".*?</nav>', "", client.get(f"/ur{path}").text, flags=re.DOTALL))
    assert links
    assert [link for link in links if not link.startswith("/ur/")] == []


def test_the_switch_leads_to_the_same_page_and_search_in_each_language(client: FlaskClient) -> None:
    html = client.get("/pl/search?q=toddler+group&near=Brackenhill").text
    assert '<a href="/search?q=toddler+group&amp;near=Brackenhill" lang="en" hreflang="en">English</a>' in html
    assert '<a href="/ur/search?q=toddler+group&amp;near=Brackenhill" lang="ur" hreflang="ur">اردو</a>' in html
    assert 'lang="pl" hreflang="pl" aria-current="true">Polski</a>' in html


def test_search_engines_are_told_of_every_language_without_what_was_typed(client: FlaskClient) -> None:
    html = client.get("/pl/listings/toddler-tuesday?near=DY5+3DY").text
    assert '<link rel="canonical" href="http://localhost/pl/listings/toddler-tuesday">' in html
    assert '<link rel="alternate" hreflang="ur" href="http://localhost/ur/listings/toddler-tuesday">' in html
    assert '<link rel="alternate" hreflang="x-default" href="http://localhost/listings/toddler-tuesday">' in html


def test_a_language_without_a_slash_is_sent_on(client: FlaskClient) -> None:
    answer = client.get("/pl?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/pl/?x=1")


@pytest.mark.parametrize("path", ["/en/", "/de/", "/PL/", "/pl/pl/"])
def test_a_language_that_the_site_does_not_speak_is_no_page(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_page_says_that_its_translation_is_not_checked_and_english_does_not(read: Callable[[str], str]) -> None:
    note = gettext_in("pl", "These words were translated from English. A native reader has not checked them yet.")
    assert note in read("/pl/")
    assert "translated from English" not in read("/")


def test_a_listing_falls_back_to_english_and_says_so(client: FlaskClient) -> None:
    html = client.get("/pl/listings/toddler-tuesday").text
    assert "<h1>Wtorek dla maluchów</h1>" in html
    assert '<p class="lead" lang="en" dir="ltr">Play and songs for toddlers.</p>' in html
    assert "<h1>Toddler Tuesday</h1>" in client.get("/listings/toddler-tuesday").text


def test_a_site_in_english_alone_shows_no_switch(small_site: Callable[[Path], FlaskClient], tmp_path: Path) -> None:
    client = small_site(write_small_content(tmp_path / "content"))
    assert 'class="tongues"' not in client.get("/").text
    assert client.get("/pl/").status_code == 404
