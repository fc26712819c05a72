"""Every page is valid HTML by the Nu HTML checker."""

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.html_checker import NuChecker
from tests.site.conftest import Walked
from tests.site.opened import ADDRESS, ROOT, OpenedSite
from tests.site.walk import Visit

AT_ONCE = 4
STYLE = re.compile(r"(?<=<style>).+?(?=</style>)", re.DOTALL)


def _with_each_style_once(pages: Iterable[Visit]) -> Iterator[str]:
    """The pages as HTML; a style sheet that an earlier one held is left out, as the checker is slow to read them."""
    known = set[str]()
    for page in pages:
        kept = {text: "" if text in known else text for text in STYLE.findall(page.text)}
        known.update(kept)
        yield STYLE.sub(lambda found: kept[found[0]], page.text)  # noqa: B023  # called at once


def test_every_page_is_valid(walked: Walked, nu_checker: NuChecker) -> None:
    pages = walked.pages
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = pool.map(nu_checker.errors, _with_each_style_once(pages))
        faults = {page.path: errors for page, errors in zip(pages, found, strict=True) if errors}
    assert len(pages) > 90
    assert faults == {}


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_pages_that_say_no_are_valid_too(everything: OpenedSite, nu_checker: NuChecker, prefix: str) -> None:
    for path, status in (("/no-such-page", 404), ("/search?q=food&page=9999", 404)):
        answer = everything.client().get(prefix + path, base_url=ADDRESS)
        assert (answer.status_code, nu_checker.errors(answer.data)) == (status, [])


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_a_fault_of_ours_is_told_kindly_and_validly(
    everything: OpenedSite, nu_checker: NuChecker, monkeypatch: pytest.MonkeyPatch, prefix: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(Path("secret"))

    monkeypatch.setattr(everything.services.search, "search", fail)
    answer = everything.client().get(f"{prefix}/search?q=food", base_url=ADDRESS)
    assert answer.status_code == 500
    assert nu_checker.errors(answer.data) == []
    assert "999" in answer.text
    assert "secret" not in answer.text
    assert "Content-Security-Policy" in answer.headers


def test_what_a_proxy_shows_while_the_site_is_down_is_valid_and_needs_nothing_else(nu_checker: NuChecker) -> None:
    page = (ROOT / "static" / "back-soon.html").read_text(encoding="utf-8")
    assert nu_checker.errors(page) == []
    assert not re.search(r"https?://|src=|url\(", page)
    assert "999" in page
