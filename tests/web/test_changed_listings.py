"""Pages that were made before a change of listings say after it what they would say on a site started anew."""

from pathlib import Path

import pytest
from flask import Flask

from directory.app import create_app
from directory.services import Services
from directory.settings import Settings
from tests.web.conftest import NOW
from tests.web.rich_content import write_rich_content

PATHS = (
    "/", "/search?q=toddler", "/search?q=hub", "/search?q=nothing-like-it", "/search?q=&day=tuesday",
    "/ur/search?q=toddler", "/listings", "/hubs", "/suggest?q=todd", "/sitemap.xml",
    "/whats-on/next-7-days", "/ur/whats-on/next-7-days?q=toddler", "/whats-on/2026-11-24",
)  # fmt: skip


def site(folder: Path, content: Path) -> tuple[Services, Flask]:
    folder.mkdir()
    services = Services.open(Settings(content, folder, f"sqlite:///{folder / 'directory.sqlite'}"))
    return services, create_app(services, clock=lambda: NOW)


def answers(services: Services, app: Flask) -> dict[str, tuple[int, bytes]]:
    client, categories = app.test_client(), services.snapshot.category_by_slug
    paths = (*PATHS, *(f"/categories/{slug}" for slug in categories))
    return {path: ((got := client.get(path)).status_code, got.data) for path in paths}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("toddler-tuesday", "title: ", "title: Better ", id="another title"),
        pytest.param("toddler-tuesday", "title: ", "title: A ", id="another place among the titles"),
        pytest.param("toddler-tuesday", "\nsummary: ", "\nstatus: inactive\nsummary: ", id="a listing that goes"),
        pytest.param("toddler-tuesday", "[stay-and-play]", "[talking]", id="another category"),
        pytest.param("toddler-tuesday", "summary: ", "summary: Trombones. ", id="new words"),
        pytest.param(
            "little-stars",
            "term: term_time",
            "term: term_time\n  exceptions: [{date: 2026-11-24, change: cancelled}]",
            id="a cancelled session",
        ),
        pytest.param("brackenhill-family-hub", "title: ", "title: New ", id="a hub with others at it"),
        pytest.param("brackenhill-family-hub", "city: ", "city: Old ", id="a hub that moves"),
    ],
)
def test_pages_after_a_change_are_those_of_a_site_started_anew(tmp_path: Path, file: str, old: str, new: str) -> None:
    content = write_rich_content(tmp_path / "content")
    services, app = site(tmp_path / "first", content)
    before = answers(services, app)
    path = content / "listings" / f"{file}.yaml"
    draft = path.with_name(f".{path.name}")
    draft.write_text(path.read_text().replace(old, new, 1))
    draft.replace(path)
    services.glance()
    after = answers(services, app)
    assert after != before
    assert after == answers(*site(tmp_path / "second", content))
