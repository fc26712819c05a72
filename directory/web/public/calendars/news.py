"""What is new, what changed and what was checked, for programs that read news (Atom, RFC 4287). It names nobody."""

import datetime
from dataclasses import dataclass

from flask import Response, render_template

from directory.model.listing import Listing
from directory.moderation import LastChange
from directory.web.calendar_entries import may_be_kept
from directory.web.calendar_files import moment
from directory.web.language import current_language
from directory.web.lately import last_changes
from directory.web.own_words import plain
from directory.web.page import address
from directory.web.public.calendars.blueprint import calendars
from directory.web.showing import Showing, showing
from directory.web.translate import gettext

MOST = 50
LATELY = datetime.timedelta(90)
MIMETYPE = "application/atom+xml"


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
    told = _entries(now)
    start_of_day = moment(now.today, datetime.time())
    body = render_template(
        "news.xml",
        title=plain(now.snapshot.site, "title"),
        subtitle=gettext("What is new and what has changed"),
        here=address("/news.atom", current_language()),
        home=address("/", current_language()),
        updated=told[0].updated if told else f"{start_of_day:%Y-%m-%dT%H:%M:%SZ}",
        entries=told,
    )
    return Response(body, content_type=f"{MIMETYPE}; charset=utf-8")


def _entries(now: Showing) -> list[Entry]:
    changes = last_changes(now)
    found = (_entry(one, changes.get(one.slug), now) for one in now.live if may_be_kept(one, now))
    return sorted((one for one in found if one), key=lambda one: (one.at, one.id), reverse=True)[:MOST]


def _entry(listing: Listing, change: LastChange | None, now: Showing) -> Entry | None:
    """The last change that the history knows, or else that somebody checked it; None for what is no news any more."""
    lately = moment(now.today - LATELY, datetime.time())
    checked = moment(listing.checked.on, datetime.time()) if listing.checked else None
    title, link = plain(listing, "title"), address(f"/listings/{listing.slug}", current_language())
    if change and change.at >= lately:
        at = change.at
        told = gettext("New: %(title)s", title=title) if change.is_new else gettext("Changed: %(title)s", title=title)
    elif checked and checked >= lately:
        at, told = checked, gettext("Checked: %(title)s", title=title)
    else:
        return None
    return Entry(f"{link}#{at:%Y%m%dT%H%M%SZ}", told, plain(listing, "summary"), link, at)
