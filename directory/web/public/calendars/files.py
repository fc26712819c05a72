"""Calendar files: one date, a whole series, and feeds to subscribe to."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, abort, request

from directory.model.filters import GROUPS, filter_of
from directory.model.listing import Listing
from directory.search import GUESSES, ORDERS
from directory.timetable import On
from directory.web.language import current_language
from directory.web.own_words import plain
from directory.web.page import site_root
from directory.web.public.calendars import feeds
from directory.web.public.calendars.blueprint import calendars
from directory.web.public.calendars.entries import at_time, entries, may_be_kept
from directory.web.public.calendars.entries import series as dates_to_come
from directory.web.public.calendars.feeds import Feed, feed_address, search_feed_address
from directory.web.public.calendars.ics import MIMETYPE, Contents, in_order, mark_of, written
from directory.web.search_state import SearchState
from directory.web.showing import Made, Showing, showing, shown

MOST_KEPT = 40
"""How many files are kept for whoever asks next: a full feed takes some 300 kB."""
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3])([0-5][0-9])")
_ZONES = ("", "Europe/London")


@dataclass(frozen=True)
class _File:
    """A file as it is sent. ``mark`` is the same for another that says the same."""

    body: bytes
    mark: str


@calendars.get("/listings/<slug>/<date>/<time>.ics")
def session(slug: str, date: str, time: str) -> Response:
    """One session of one day. Where it has moved, the address that people kept gives its new day."""
    now = showing()
    found = _listing(slug, now)
    rows = at_time(found, _day(date), _time(time), now) or abort(404)
    return _sent(_file_of(rows, plain(found, "title"), now), f"{slug}-{date}")


@calendars.get("/listings/<slug>/calendar.ics")
def series(slug: str) -> Response:
    """Every date of a listing that is known, a year ahead at most."""
    now = showing()
    found = _listing(slug, now)
    rows = dates_to_come(found, now) or abort(404)
    return _sent(_kept((slug,), now, lambda: _file_of(rows, plain(found, "title"), now)), slug)


@calendars.get("/calendars/search.ics")
@calendars.get("/calendars/<kind>/<name>.ics")
def feed(kind: str = "", name: str = "") -> Response:
    """The next dates at a hub, of a category, for an age or of a search, for calendars that look again by themselves.

    A search is asked for by the same parameters as its results.
    """
    now = showing()
    if not kind:
        return _feed_of_search(now)
    found = feeds.named(kind, name, now) or abort(404)
    return _sent(_kept((kind, name), now, lambda: _file_of_feed(found, feed_address(kind, name), now)), name)


def _feed_of_search(now: Showing) -> Response:
    state = asked_for()
    found, address = feeds.of_search(state, now) or abort(400), search_feed_address(state)
    answer = _sent(_kept((address,), now, lambda: _file_of_feed(found, address, now)), "search")
    answer.headers["Cache-Control"] = "private, no-cache"  # what somebody looks for is for nobody in between
    return answer


def asked_for() -> SearchState:
    """The search that the address names. Ends in a 400 where a choice makes no sense: a feed is read by no person.

    On a page somebody sees that a choice was not taken; a calendar would fill with what nobody asked for.
    """
    given, allowed = request.args, {"literal": GUESSES, "sort": ORDERS, "zone": _ZONES, "tz": _ZONES}
    chosen = ((group, value) for group in GROUPS for value in given.getlist(group))
    is_sound = all(filter_of(group, value) for group, value in chosen)
    if not is_sound or any(value not in values for key, values in allowed.items() for value in given.getlist(key)):
        abort(400)
    return SearchState.of_request()


def _listing(slug: str, now: Showing) -> Listing:
    found = now.snapshot.listings.get(slug)
    return found if found and may_be_kept(found, now) else abort(404)


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text) if _DATE.fullmatch(text) else abort(404)
    except ValueError:
        abort(404)


def _time(text: str) -> datetime.time:
    found = _TIME.fullmatch(text) or abort(404)
    return datetime.time(int(found[1]), int(found[2]))


def _file_of(rows: tuple[On, ...], name: str, now: Showing) -> _File:
    return _written(Contents(name, in_order(entries(rows, now))))


def _file_of_feed(found: Feed, address: str, now: Showing) -> _File:
    return _written(Contents(found.name, in_order(entries(found.rows(now.today), now)), address))


def _written(contents: Contents) -> _File:
    body = written(contents, _this_hour())
    return _File(body, mark_of(body))


def _this_hour() -> datetime.datetime:
    """When a file is made, as all processes tell it: they make it anew every hour."""
    return shown().clock().replace(minute=0, second=0, microsecond=0)


def _kept(key: tuple[str, ...], now: Showing, make: Callable[[], _File]) -> _File:
    """The file that was made for somebody else in this hour, of this content; else a new one."""
    files: Made = now.made.setdefault(("calendar files",), Made(MOST_KEPT))
    whole = (*key, current_language(), site_root(), _this_hour())
    kept: _File | None = files.get(whole)
    if kept is None:
        kept = files[whole] = make()
    return kept


def _sent(file: _File, name: str) -> Response:
    """The file, shown rather than saved where a phone can: that is where it offers to add it."""
    answer = Response(file.body, content_type=f"{MIMETYPE}; charset=utf-8; method=PUBLISH")
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    answer.set_etag(file.mark, weak=True)
    return answer
