"""A visitor who starts at the front door and follows every link of the site."""

import re
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.datastructures import Headers

from tests.site.opened import ADDRESS, OpenedSite

PREFIXES = {"en": "", "pl": "/pl", "ur": "/ur"}
DIRECTIONS = {"en": "ltr", "pl": "ltr", "ur": "rtl"}
NARROWED = "/search?q=stay+and+play"
"""The search of which every choice is tried, in every language."""
ALL_ALIKE = (
    r".*/wrong",
    r"/whats-on/\d.*",
    r"/whats-on[^?]*\?.*",
    r"/whats-on/next-30-days.*",
    r"/hubs/.*/week/.*",
    r"/listings/.*\.ics",
    r"/calendars/.*\.ics.*",
)
MOST_ALIKE = 12
"""Pages of which there are hundreds, one for each listing or each day, and how many are tried in each language."""
MACHINES = ("/sitemap.xml", "/robots.txt", "/.well-known/security.txt", "/healthz", "/readyz")


@dataclass(frozen=True)
class Visit:
    """One answer of the site, and the page whose link led to it."""

    path: str
    found_on: str
    status: int
    headers: Headers
    body: bytes = field(repr=False)

    @property
    def is_page(self) -> bool:
        """Whether it is something for people to look at."""
        return self.headers.get("Content-Type", "").startswith("text/html")

    @property
    def language(self) -> str:
        """The language that the address asks for."""
        first = urlsplit(self.path).path.split("/")[1]
        return first if first in PREFIXES else "en"

    @property
    def plain_path(self) -> str:
        """The path without its language and without what was asked of it."""
        return urlsplit(self.path).path.removeprefix(PREFIXES[self.language]) or "/"

    @property
    def text(self) -> str:
        """The answer as it was sent."""
        return self.body.decode()

    @cached_property
    def _parsed(self) -> tuple[Element, list[Any]]:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        return parser.parse(self.text), parser.errors

    @property
    def tree(self) -> Element:
        """The page as a browser reads it."""
        return self._parsed[0]

    @property
    def parse_errors(self) -> list[Any]:
        """Where the page's HTML is not what it should be."""
        return self._parsed[1]

    @cached_property
    def elements(self) -> list[Element]:
        """Every element, in order."""
        return list(self.tree.iter("*"))

    @cached_property
    def _by_tag(self) -> dict[str, list[Element]]:
        found = defaultdict[str, list[Element]](list)
        for one in self.elements:
            found[one.tag].append(one)
        return found

    def all(self, tag: str, /, **attributes: str) -> list[Element]:
        """The elements of that tag with those attributes, in order."""
        found = self._by_tag.get(tag, [])
        return [one for one in found if all(one.get(key) == value for key, value in attributes.items())]

    @property
    def is_form(self) -> bool:
        """Whether there is a form on it that is sent, and not one that only asks."""
        return any(one.get("method", "get").lower() != "get" for one in self.all("form"))

    @property
    def is_for_robots(self) -> bool:
        """Whether search engines may show the page."""
        return self.is_page and not self.all("meta", name="robots")

    @property
    def canonical(self) -> str | None:
        """The address that the page gives as its own."""
        links = self.all("link", rel="canonical")
        return links[0].get("href") if links else None

    @cached_property
    def links(self) -> tuple[str, ...]:
        """Where its links lead inside the site, each as a path with its query and fragment."""
        found = (urljoin(ADDRESS + self.path, one.get("href", "")) for one in (*self.all("a"), *self.all("link")))
        inside = (one.removeprefix(ADDRESS) for one in found if one.startswith(ADDRESS + "/"))
        return tuple(dict.fromkeys(inside))


def words_of(element: Element) -> str:
    """An element's text on one line."""
    return " ".join("".join(element.itertext()).split())


def starts(site: OpenedSite) -> list[str]:
    """Where a visitor begins: the front door, what robots ask for, and searches, which nothing links to."""
    postcode, word = site.postcode.replace(" ", "+"), site.common_word
    asked = (
        "/search",
        "/search?q=stay+and+play",
        f"/search?q={word}&page=2",
        f"/search?q={word}&near={postcode}",
        f"/search?q={word}&near=Atlantis",
        f"/search?near={postcode}",
        "/search?q=zzxxqqyyzz",
        f"/search?q=zzxxqqyyzz&near={postcode}",
        "/search?q=suicide",
        "/search?q=danger",
        "/search?q=%3Cb%3Ebread%3C%2Fb%3E+%26+%22milk%22",
        "/search?q=%DA%A9%DA%BE%D8%A7%D9%86%D8%A7",
        f"/hubs?near={postcode}",
        "/hubs?near=Atlantis",
        *(f"/listings/{slug}" for slug, one in site.snapshot.listings.items() if one.status == "defunct"),
    )
    return ["/", *MACHINES, *(prefix + path for prefix in PREFIXES.values() for path in asked)]


def walk(site: OpenedSite) -> dict[str, Visit]:
    """Everything that can be reached, by path. An answer that is no 200 is kept, and not followed."""
    client, visits, alike = site.client(), dict[str, Visit](), Counter[tuple[str, str]]()
    waiting = deque((path, "the start") for path in starts(site))
    while waiting:
        path, found_on = waiting.popleft()
        kind = _alike(path)
        if path in visits or (kind and alike[kind] >= MOST_ALIKE):
            continue
        if kind:
            alike[kind] += 1
        answer = client.get(path, base_url=ADDRESS)
        visit = Visit(path, found_on, answer.status_code, answer.headers, answer.data)
        visits[path] = visit
        if visit.is_page and visit.status == 200:
            links = (urldefrag(link).url for link in visit.links)
            waiting.extend((link, path) for link in links if _is_followed(link, path))
    return visits


def _alike(path: str) -> tuple[str, str] | None:
    """The language and the kind of a page of which there are many; None for others."""
    prefix = next((one for one in PREFIXES.values() if one and path.startswith(f"{one}/")), "")
    plain = path.removeprefix(prefix)
    return next(((prefix, kind) for kind in ALL_ALIKE if re.fullmatch(kind, plain)), None)


def _is_followed(link: str, page: str) -> bool:
    """Whether a visitor of the page goes there: choices that narrow a search have no end, so one search's are tried."""
    more = set(parse_qsl(urlsplit(link).query)) - set(parse_qsl(urlsplit(page).query))
    return {name for name, _ in more} <= {"page"} or "/search?" not in page or page.endswith(NARROWED)
