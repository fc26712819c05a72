"""What is new, what changed and what was checked, for programs that read news (Atom, RFC 4287). It names nobody."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from flask import Response, render_template
from flask_babel import LazyString

from directory.model.listing import Listing
from directory.moderation import LastChange
from directory.web.language import current_language
from directory.web.lately import last_changes
from directory.web.own_words import plain
from directory.web.page import address, site_root
from directory.web.public.calendars.blueprint import calendars
from directory.web.public.calendars.entries import may_be_kept
from directory.web.public.calendars.ics import moment
from directory.web.showing import Showing, showing, shown
from directory.web.translate import gettext, lazy_gettext

MOST = 50
LATELY = datetime.timedelta(90)
MIMETYPE = "application/atom+xml"


NEW = lazy_gettext("New: %(title)s")
CHANGED = lazy_gettext("Changed: %(title)s")
CHECKED = lazy_gettext("Checked: %(title)s")


class _Found(NamedTuple):
    """A listing, when something happened to it, and what."""

    listing: Listing
    at: datetime.datetime
    told: LazyString


@dataclass(frozen=True)
class Entry:
    """One piece of news. ``id`` is another for each change, so that readers show it again."""

    id: str
    title: str
    summary: str
    link: str
    at: datetime.datetime

    @property
    def updated(self) -> str:
        """When it changed, as RFC 3339 writes it."""
        return f"{self.at:%Y-%m-%dT%H:%M:%SZ}"


@calendars.get("/news.atom")
def news() -> Response:
    """The newest changes, the latest first."""
    now = showing()
    key = ("news", current_language(), site_root(), shown().clock().hour)
    body: str = now.made.get(key) or now.made.setdefault(key, _written(now))
    return Response(body, content_type=f"{MIMETYPE}; charset=utf-8")


def _written(now: Showing) -> str:
    told = _entries(now)
    start_of_day = moment(now.today, datetime.time())
    return render_template(
        "news.xml",
        title=plain(now.snapshot.site, "title"),
        subtitle=gettext("What is new and what has changed"),
        here=address("/news.atom", current_language()),
        home=address("/", current_language()),
        updated=told[0].updated if told else f"{start_of_day:%Y-%m-%dT%H:%M:%SZ}",
        entries=told,
    )


def _entries(now: Showing) -> list[Entry]:
    changes, since = last_changes(now), moment(now.today - LATELY, datetime.time())
    found = (_found(one, changes.get(one.slug), since) for one in now.live if may_be_kept(one, now))
    newest = sorted((one for one in found if one), key=lambda one: (one.at, one.listing.slug), reverse=True)
    return [_entry(one) for one in newest[:MOST]]


def _found(listing: Listing, change: LastChange | None, since: datetime.datetime) -> _Found | None:
    """The last change that the history knows, or else that somebody checked it; None for what is no news any more."""
    if change and change.at >= since:
        return _Found(listing, change.at, NEW if change.is_new else CHANGED)
    checked = moment(listing.checked.on, datetime.time()) if listing.checked else None
    return _Found(listing, checked, CHECKED) if checked and checked >= since else None


def _entry(one: _Found) -> Entry:
    link = address(f"/listings/{one.listing.slug}", current_language())
    told = str(one.told) % {"title": plain(one.listing, "title")}
    return Entry(f"{link}#{one.at:%Y%m%dT%H%M%SZ}", told, plain(one.listing, "summary"), link, one.at)
