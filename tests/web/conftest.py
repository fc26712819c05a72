"""A site over the rich content at a known moment: Saturday 21 November 2026, nine in the morning."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from html5lib import parse

from directory.app import create_app
from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings
from tests.web.rich_content import write_rich_content

NOW = datetime.datetime(2026, 11, 21, 9, 0, tzinfo=LONDON)
HTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """The stores over the rich content."""
    folder = tmp_path_factory.mktemp("rich")
    content = write_rich_content(folder / "content")
    index = folder / "index"
    index.mkdir()
    return Services.open(Settings(content, index, f"sqlite:///{folder / 'directory.sqlite'}"))


@pytest.fixture(scope="session")
def app(services: Services) -> Flask:
    """The site."""
    return create_app(services, clock=lambda: NOW)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who asks for pages."""
    return app.test_client()


@pytest.fixture
def read(client: FlaskClient) -> Callable[[str], str]:
    """The words of a page, as one line of text, after a good answer."""

    def words(path: str) -> str:
        answer = client.get(path)
        assert answer.status_code == 200, path
        body = parse(answer.text).find(f"{HTML}body")
        assert body is not None
        return " ".join(" ".join(body.itertext()).split())

    return words


@pytest.fixture
def small_site(tmp_path: Path) -> Callable[[Path], FlaskClient]:
    """Makes a site over a content folder of the test's own."""

    def made(content: Path) -> FlaskClient:
        index = tmp_path / "index"
        index.mkdir()
        services = Services.open(Settings(content, index, f"sqlite:///{tmp_path / 'directory.sqlite'}"))
        return create_app(services, clock=lambda: NOW).test_client()

    return made
