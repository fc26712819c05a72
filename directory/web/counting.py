"""Which requests are counted as searches and as openings. Hides robots, refinements and where a visitor came from."""

import re
from functools import lru_cache

from flask import request

from directory.model.listing import Listing
from directory.search import Query, Results
from directory.web.language import current_language
from directory.web.showing import Showing, shown

RESULTS = "/search?"
_ROBOT = re.compile("bot|crawl|spider|slurp|preview|externalhit|archiver", re.IGNORECASE)
"""How programs that read the web for others call themselves; one that does not say so is taken for a visitor."""


def note_search(query: Query, found: Results, now: Showing) -> None:
    """Counts the search that a page answers, once: not its next pages, nor what it is narrowed to afterwards."""
    is_first = query.page == 1 and not query.filters and not query.literal and query.order == "best"
    if is_first and _is_visit():
        shown().services.searches.note_search(found, current_language(), now.today)


def note_opening(listing: Listing, now: Showing) -> None:
    """Counts that somebody came to the listing from results of ours, for the words that they searched for."""
    came_from = request.environ.get("HTTP_REFERER", "")
    if RESULTS not in came_from or not _is_visit() or now.snapshot.is_sensitive(listing):
        return
    address, _, asked = came_from.partition(RESULTS)
    if _is_ours(address):
        shown().services.searches.note_opening(asked, current_language(), now.today)


def _is_ours(address: str) -> bool:
    """Whether an address lies on this site, as the visitor asked for it or as the site is known outside."""
    host = address.partition("://")[2].partition("/")[0]
    known_as = (shown().services.settings.site_url or "").partition("://")[2].partition("/")[0]
    return bool(host) and host in (request.host, known_as)


def _is_visit() -> bool:
    return request.method == "GET" and not _is_robot(request.environ.get("HTTP_USER_AGENT", ""))


@lru_cache(maxsize=1024)
def _is_robot(program: str) -> bool:
    return bool(_ROBOT.search(program))
