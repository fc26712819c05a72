"""Counting from end to end: a browser that searches and opens, a site that is stopped, and what it wrote."""

import json
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Page

from directory.cli import main
from directory.insight import RARE
from tests.served import TESTBRIDGE, served


def test_a_visit_is_counted_by_the_time_the_site_has_stopped(page: Page, tmp_path: Path) -> None:
    with served(TESTBRIDGE, tmp_path) as address:
        for _ in range(RARE):
            page.goto(f"{address}/search?q=food+bank&near=TB5+3DY")
        page.locator(".card a").first.click()
        page.wait_for_url("**/listings/*")
        assert page.context.cookies() == []
    folders = ["--content", str(TESTBRIDGE), "--index", str(tmp_path / "search_index")]
    url = f"sqlite:///{tmp_path / 'directory.sqlite'}"
    done = CliRunner().invoke(main, ["insight", "--json", *folders, "--database-url", url])
    [told] = json.loads(done.stdout)["most_asked"]
    assert (told["words"], told["asked"], told["opened"]) == ("food bank", RARE, 1)
