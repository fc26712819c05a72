"""What programs read."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.app import create_app
from directory.search import SearchIndex
from directory.services import Services
from directory.web.showing import Made

URL = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_site_map_lists_every_page_in_every_language_and_each_of_them_is_there(client: FlaskClient) -> None:
    root = ElementTree.fromstring(client.get("/sitemap.xml").data)
    paths = [str(found.text).removeprefix("http://localhost") for found in root.iter(f"{URL}loc")]
    assert {"/", "/ur/listings/toddler-tuesday", "/pl/pages/about", "/categories/talking"} <= set(paths)
    assert not {"/listings/old-club", "/categories/empty-room", "/categories/panels"} & set(paths)
    assert [path for path in paths if client.get(path).status_code != 200] == []


def test_robots_may_not_search_in_any_language(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert {"Disallow: /search", "Disallow: /pl/search", "Disallow: /ur/search"} <= set(lines)
    assert "Sitemap: http://localhost/sitemap.xml" in lines


def test_whom_to_tell_of_a_hole_is_said_with_a_day_until_which_it_holds(client: FlaskClient) -> None:
    text = client.get("/.well-known/security.txt").text
    assert "Contact: mailto:security@example.org\n" in text
    assert "Expires: 2027-05-20T00:00:00Z\n" in text


def test_a_process_that_is_up_and_ready_says_so(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").text.startswith("ready: 31 listings")


@pytest.fixture
def without_index(services: Services, tmp_path: Path) -> Flask:
    """A site whose index was never made."""
    return create_app(replace(services, search=SearchIndex(tmp_path)))


def test_a_site_without_an_index_is_not_ready_and_says_that_it_will_be_back(without_index: Flask) -> None:
    client = without_index.test_client()
    assert client.get("/readyz").status_code == 503
    answer = client.get("/search?q=toddler")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "120")
    assert "We will be back soon" in answer.text
    assert 'href="tel:999"' in answer.text
    assert client.get("/listings/toddler-tuesday").status_code == 200


def test_a_fault_of_ours_is_a_kind_500_without_its_cause(services: Services) -> None:
    app = create_app(services)

    def broken() -> str:
        raise RuntimeError("the cause")

    app.view_functions["pages.need_help_now"] = broken
    answer = app.test_client().get("/need-help-now")
    assert answer.status_code == 500
    assert "Sorry, something went wrong" in answer.text
    assert "the cause" not in answer.text


def test_what_pages_keep_does_not_grow_for_ever() -> None:
    made = Made(most=100)
    for number in range(105):
        made["card", number] = "html"
    assert len(made) == 5
