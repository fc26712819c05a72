"""Reading changes nothing, and nothing but reading is possible."""

import pytest

from tests.site.conftest import Walked
from tests.site.opened import OpenedSite


def test_reading_changes_no_byte_of_content_index_or_database(walked: Walked) -> None:
    assert any(path.startswith("content/listings/") for path in walked.before)
    assert any(path.startswith("search_index/") for path in walked.before)
    assert walked.after == walked.before


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_public_page_takes_anything_in(everything: OpenedSite, method: str) -> None:
    paths = ["/", "/search?q=food", "/hubs", "/listings/toddler-tuesday", "/need-help-now", "/sitemap.xml", "/ur/"]
    before = everything.fingerprint()
    for path in paths:
        answer = everything.client().open(path, method=method, data={"q": "food"})
        assert answer.status_code == 405, path
        assert "GET" in answer.headers["Allow"]
    assert everything.fingerprint() == before


@pytest.mark.parametrize("path", ["/", "/search?q=walk", "/listings/toddler-tuesday", "/robots.txt", "/healthz"])
def test_asking_for_the_head_alone_gives_the_same_headers(everything: OpenedSite, path: str) -> None:
    whole, head = everything.client().get(path), everything.client().head(path)
    assert head.data == b""
    told = dict(whole.headers)
    assert {**dict(head.headers), "Date": ""} == {**told, "Date": ""}
