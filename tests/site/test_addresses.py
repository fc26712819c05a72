"""The addresses that are given to other programs and passed from hand to hand."""

import datetime
import re
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from tests.site.conftest import Walked
from tests.site.opened import ADDRESS, NOW, OpenedSite
from tests.site.walk import PREFIXES

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def test_a_page_for_search_engines_says_its_own_address_and_its_translations(walked: Walked) -> None:
    faults = []
    for page in (one for one in walked.pages if one.is_for_robots):
        rest = page.path.removeprefix(PREFIXES[page.language]).removesuffix("?page=1")
        wanted = {code: ADDRESS + prefix + rest for code, prefix in PREFIXES.items()} | {"x-default": ADDRESS + rest}
        told = {
            one.get("hreflang"): one.get("href") for one in page.all("link", rel="alternate") if not one.get("type")
        }
        if page.canonical != wanted[page.language] or told != wanted:
            faults.append(f"{page.path}: {page.canonical} {told}")
    assert faults == []


def test_what_somebody_typed_is_in_no_address_that_a_page_gives(walked: Walked) -> None:
    faults = []
    for page in (one for one in walked.pages if "q=" in one.path or "near=" in one.path):
        given = page.canonical or page.all("link", rel="alternate") or page.all("meta", property="og:url")
        if given or page.is_for_robots:
            faults.append(f"{page.path}: gives an address with it")
        asked_again = re.compile(r"(/pl|/ur)?(/search|/hubs|/whats-on[a-z0-9/-]*|/calendars|/calendars/search\.ics)\?")
        faults += [
            f"{page.path}: leads to {link}" for link in page.links if "?" in link and not asked_again.match(link)
        ]
    assert faults == []


def test_a_listing_has_one_address_a_language_and_it_is_clean(walked: Walked) -> None:
    paths = [one.path for one in walked.visits.values() if "/listings/" in one.path]
    assert [
        path
        for path in paths
        if not re.fullmatch(r"(/pl|/ur)?/listings/[a-z0-9-]+(/wrong|/calendar\.ics|/[0-9-]{10}/\d{4}\.ics)?", path)
    ] == []


def test_the_site_map_holds_exactly_the_live_public_pages(walked: Walked) -> None:
    told = _site_map(walked)
    shown = {ADDRESS + one.path for one in walked.pages if one.is_for_robots}
    parts_of_lists = {one for one in shown if re.search(r"/a-to-z/|\?page=", one)}
    assert len(told) == len(set(told))
    assert set(told) - shown <= {ADDRESS + path for path in _unlinked(walked.site)}
    assert shown - set(told) == parts_of_lists


def _site_map(walked: Walked) -> list[str]:
    root = ElementTree.fromstring(walked.visits["/sitemap.xml"].text)
    assert root.tag == f"{SITEMAP}urlset"
    return [entry.text or "" for entry in root.iter(f"{SITEMAP}loc")]


def _unlinked(site: OpenedSite) -> set[str]:
    """Pages that the invented content links from nowhere."""
    return {
        f"{prefix}/pages/{slug}"
        for slug, one in site.snapshot.pages.items()
        if not one.in_footer
        for prefix in PREFIXES.values()
    }


def test_every_entry_of_the_site_map_names_its_translations(walked: Walked) -> None:
    root = ElementTree.fromstring(walked.visits["/sitemap.xml"].text)
    for entry in root:
        address = urlsplit(entry.findtext(f"{SITEMAP}loc") or "").path
        rest = re.sub(r"^/(pl|ur)(?=/)", "", address)
        links = {one.get("hreflang"): one.get("href") for one in entry.iter(LINK)}
        assert links == {code: ADDRESS + prefix + rest for code, prefix in PREFIXES.items()}


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
def test_robots_may_read_everything_but_searches(walked: Walked, prefix: str) -> None:
    robots = RobotFileParser()
    robots.parse(walked.visits["/robots.txt"].text.splitlines())
    for path in ("/", "/a-to-z", "/need-help-now", "/hubs", f"/listings/{next(iter(walked.site.snapshot.listings))}"):
        assert robots.can_fetch("*", ADDRESS + prefix + path), path
    assert not robots.can_fetch("*", f"{ADDRESS}{prefix}/search?q=food")
    assert robots.site_maps() == [f"{ADDRESS}/sitemap.xml"]


def test_security_txt_says_whom_to_tell_and_is_not_stale(walked: Walked) -> None:
    text = walked.visits["/.well-known/security.txt"].text
    fields = dict(line.split(": ", 1) for line in text.splitlines() if line and not line.startswith("#"))
    expires = datetime.datetime.fromisoformat(fields["Expires"])
    assert re.match(r"(mailto|https|tel):\S+$", fields["Contact"])
    assert NOW < expires < NOW + datetime.timedelta(days=366)
    assert fields["Canonical"] == f"{ADDRESS}/.well-known/security.txt"
    assert fields["Preferred-Languages"].split(", ") == list(PREFIXES)


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt", "/.well-known/security.txt"])
def test_what_programs_read_has_its_own_kind(walked: Walked, path: str) -> None:
    kind = "application/xml" if path.endswith("xml") else "text/plain"
    assert walked.visits[path].headers["Content-Type"] == f"{kind}; charset=utf-8"


def test_a_language_without_a_slash_leads_to_its_front_door(everything: OpenedSite) -> None:
    answer = everything.client().get("/ur?x=1", base_url=ADDRESS)
    assert answer.status_code in (301, 303, 308)
    assert urlsplit(answer.headers["Location"]).path == "/ur/"
    assert urlsplit(answer.headers["Location"]).netloc in ("", urlsplit(ADDRESS).netloc)
