"""iCalendar files (RFC 5545 and 7986): hides their format, and what Google, Apple and Outlook each need of it.

Every date is an event of its own rather than one rule with exceptions: terms, bank holidays and moved dates are exact
that way, in every client. Times are written in UTC, so that no client has to know a zone, or its summer time.
"""

import datetime
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from icalendar import Calendar, Event, Timezone

from directory.model.calendar import LONDON

MIMETYPE = "text/calendar"
REFRESH = datetime.timedelta(hours=1)
"""How often a client that subscribes is asked to look again. Google looks when it likes, mostly once a day."""
_PRODUCT = "-//Family information directory//What is on//EN"
_END, _START_OF_EVENT, _END_OF_EVENT = b"END:VCALENDAR\r\n", b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"
_MADE_AT = re.compile(rb"DTSTAMP:.*?\r\n")


@dataclass(frozen=True)
class Entry:
    """One event. ``uid`` stays the same for good, also when it moves; ``sequence`` rises whenever it changes.

    Times are aware. ``changed_at`` is None where nobody knows when it last changed.
    """

    uid: str
    begins: datetime.datetime
    ends: datetime.datetime
    title: str
    text: str
    place: str
    address: str
    is_cancelled: bool = False
    sequence: int = 0
    changed_at: datetime.datetime | None = None


@dataclass(frozen=True)
class Contents:
    """A file of events. ``feed_address`` is where a client looks again; None for a file that is added once."""

    name: str
    entries: tuple[Entry, ...]
    feed_address: str | None = None


def moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """The moment at which clocks in London show that time of that day, in UTC."""
    return datetime.datetime.combine(day, time, LONDON).astimezone(datetime.UTC)


def written(contents: Contents, made_at: datetime.datetime) -> bytes:
    """The file, as it was made at that moment."""
    calendar = _calendar(contents)
    if not contents.entries:
        # A calendar has to hold something. An empty feed tells the zone, which adds no event.
        calendar.add_component(Timezone.from_tzid(str(LONDON), first_date=made_at.date(), last_date=made_at.date()))
    whole: bytes = calendar.to_ical()
    is_feed, made = contents.feed_address is not None, made_at.astimezone(datetime.UTC)
    events = (_event(entry, made, is_feed=is_feed) for entry in contents.entries)
    return b"".join((whole.removesuffix(_END), *events, _END))


def mark_of(file: bytes) -> str:
    """What is the same for two files that differ in nothing but when they were made."""
    return hashlib.sha256(_MADE_AT.sub(b"", file)).hexdigest()[:32]


def domain_of(address: str) -> str:
    """What stands behind the @ of every ``uid``: the host of the site, so that no other site's are the same."""
    return urlsplit(address).hostname or "localhost"


def _calendar(contents: Contents) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("method", "PUBLISH")
    calendar.add("calscale", "GREGORIAN")
    # RFC 7986 has names for these; Apple, Google and Outlook read the older ones.
    calendar.add("name", contents.name)
    calendar.add("x-wr-calname", contents.name)
    calendar.add("x-wr-timezone", str(LONDON))
    if contents.feed_address:
        calendar.add("source", contents.feed_address, parameters={"VALUE": "URI"})
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", f"PT{REFRESH // datetime.timedelta(hours=1)}H")
    return calendar


def _event(entry: Entry, made_at: datetime.datetime, *, is_feed: bool) -> bytes:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", made_at)
    event.add("dtstart", entry.begins)
    event.add("dtend", entry.ends)
    event.add("sequence", entry.sequence)
    if entry.changed_at:
        event.add("last-modified", entry.changed_at)
    own: bytes = event.to_ical()
    # Whoever follows all that is on somewhere is not busy at all of it.
    is_free = is_feed or entry.is_cancelled
    return own.removesuffix(_END_OF_EVENT) + _told(
        entry.title, entry.text, entry.place, entry.address, entry.is_cancelled, is_free
    )


@lru_cache(maxsize=2000)
def _told(title: str, text: str, place: str, address: str, is_cancelled: bool, is_free: bool) -> bytes:
    """The rest of an event, which is mostly the same for all dates of a listing: long lines take long to fold."""
    event = Event()
    event.add("summary", title)
    event.add("description", text)
    event.add("url", address)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    if place:
        event.add("location", place)
    if is_free:
        event.add("transp", "TRANSPARENT")
    whole: bytes = event.to_ical()
    return whole.removeprefix(_START_OF_EVENT)


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries by time, and by name where several begin together."""
    return tuple(sorted(entries, key=lambda one: (one.begins, one.title.casefold(), one.uid)))
