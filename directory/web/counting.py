"""Which requests are counted as searches and as openings. Hides robots, refinements and where a visitor came from."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import request

from directory.model.listing import Listing
from directory.search import Query, Results
from directory.web.language import current_language
from directory.web.showing import Showing, shown

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

RESULTS = "/search?"
_ROBOT = re.compile("bot|crawl|spider|slurp|preview|externalhit|archiver", re.IGNORECASE)
"""How programs that read the web for others call themselves; one that does not say so is taken for a visitor."""


def note_search(query: Query, found: Results, now: Showing) -> None:
    """Counts the search that a page answers, once: not its next pages, nor what it is narrowed to afterwards."""
    is_first = query.page == 1 and not query.filters and not query.literal and query.order == "best"
    if is_first and _is_visit(request.environ):
        shown().services.searches.note_search(found, current_language(), now.today)


def note_opening(listing: Listing, now: Showing) -> None:
    """Counts that somebody came to the listing from results of ours, for the words that they searched for."""
    environ = request.environ
    address, results, asked = environ.get("HTTP_REFERER", "").partition(RESULTS)
    if not results or not _is_visit(environ) or now.snapshot.is_sensitive(listing):
        return
    services, host = shown().services, _host(address)
    if host and host in (environ.get("HTTP_HOST"), _host(services.settings.site_url or "")):
        services.searches.note_opening(asked, current_language(), now.today)


def _host(address: str) -> str:
    return address.partition("://")[2].partition("/")[0]


def _is_visit(environ: "WSGIEnvironment") -> bool:
    return environ["REQUEST_METHOD"] == "GET" and not _is_robot(environ.get("HTTP_USER_AGENT", ""))


@lru_cache(maxsize=1024)
def _is_robot(program: str) -> bool:
    return bool(_ROBOT.search(program))
