"""What is on at a hub, ready to be shown: each session in words, and a day sorted into now, next, later and earlier."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from directory.model.listing import Listing
from directory.timetable import Occurrence, On, Rows
from directory.web import times, words
from directory.web.day_items import change_of
from directory.web.own_words import english
from directory.web.showing import Showing, shown
from directory.web.translate import gettext, written_date

DAYS_AHEAD = 60
"""How far ahead the next day with something on is looked for."""
A_FEW = 50
"""How many sessions are looked through at once for it."""


@dataclass(frozen=True)
class Item:
    """One session of a listing on one day. ``change`` says what is not as usual about it, if anything.

    It is not ``is_on`` where people cannot go: it is cancelled, or moved to another day. ``warning`` says that nobody
    could check the listing for too long. ``name``, ``room`` and ``note`` are the listing's own words.
    """

    listing: Listing
    name: str | None
    date: datetime.date
    opens_at: datetime.time
    closes_at: datetime.time
    room: str | None
    note: str | None
    change: str | None
    is_on: bool
    warning: str | None

    @property
    def hours(self) -> str:
        """From when to when, in words."""
        return times.hours(self.opens_at, self.closes_at)

    @property
    def details(self) -> tuple[Markup, ...]:
        """What to know of this one time, the most important first: that it is off or changed; its name, room, note."""
        change = Markup("<strong>{}</strong>").format(self.change) if self.change else None
        room = escape(gettext("Room: %(room)s")) % {"room": english(self.room)} if self.room else None
        warning = escape(self.warning) if self.warning else None
        return tuple(one for one in (change, english(self.name), room, english(self.note), warning) if one)

    @property
    def facts(self) -> tuple[str, ...]:
        """Who it is for, what it costs and how to join in, each in a few words."""
        listing = self.listing
        found = (words.ages(listing.eligibility), words.price(listing.cost, self.date), *words.ways_in(listing.access))
        return tuple(one for one in found if one)


@dataclass(frozen=True)
class Today:
    """A day at a moment of it: what is on now, what begins next, what comes later, what is off, and what is over."""

    on_now: tuple[Item, ...]
    next: tuple[Item, ...]
    later: tuple[Item, ...]
    off: tuple[Item, ...]
    earlier: tuple[Item, ...]

    @property
    def to_come(self) -> tuple[Item, ...]:
        """What people can still go to."""
        return self.on_now + self.next + self.later


def items(slug: str, first: datetime.date, last: datetime.date, now: Showing) -> tuple[Item, ...]:
    """All that is on at a hub in a run of days, in order of time, cancelled and moved ones among it."""
    return tuple(_items(_rows(slug, first, last, now)[:], now))


def for_all_to_see(several: Iterable[Item], now: Showing) -> tuple[Item, ...]:
    """What may hang on a door or a wall: without what is for workers, and what nobody should be seen to go to."""
    return tuple(
        one
        for one in several
        if one.listing.eligibility.audience == "everyone" and not now.snapshot.is_sensitive(one.listing)
    )


def today(slug: str, now: Showing, moment: datetime.datetime) -> Today:
    """The day of that moment at a hub."""
    whole, clock = items(slug, now.today, now.today, now), moment.time()
    left = [one for one in whole if one.closes_at > clock]
    running = [one for one in left if one.is_on]
    waiting = [one for one in running if one.opens_at > clock]
    soonest = waiting[0].opens_at if waiting else None
    return Today(
        on_now=tuple(one for one in running if one.opens_at <= clock),
        next=tuple(one for one in waiting if one.opens_at == soonest),
        later=tuple(one for one in waiting if one.opens_at != soonest),
        off=tuple(one for one in left if not one.is_on),
        earlier=tuple(one for one in whole if one.closes_at <= clock),
    )


def next_day(slug: str, now: Showing) -> tuple[Item, ...]:
    """What is on at a hub on the next day after today on which people can go to anything; nothing where none is."""
    tomorrow = now.today + datetime.timedelta(1)
    rows = _rows(slug, tomorrow, now.today + datetime.timedelta(DAYS_AHEAD), now)
    pieces = (_items(rows[start : start + A_FEW], now) for start in range(0, len(rows), A_FEW))
    found = (one for piece in pieces for one in piece)
    days = (tuple(group) for _, group in groupby(found, key=lambda one: one.date))
    return next((day for day in days if any(one.is_on for one in day)), ())


def _rows(slug: str, first: datetime.date, last: datetime.date, now: Showing) -> Rows:
    return shown().services.timetables.of(now.snapshot).on(first, last, at=slug)


def _items(rows: Iterable[On], now: Showing) -> Iterator[Item]:
    for row in rows:
        listing = now.snapshot.listings[row.slug]
        if now.snapshot.is_live(listing, now.today):
            yield _item(listing, row, now)


def _item(listing: Listing, row: On, now: Showing) -> Item:
    one, session = row.occurrence, listing.sessions[row.number]
    return Item(
        listing=listing,
        name=session.name,
        date=one.date,
        opens_at=one.opens_at,
        closes_at=one.closes_at,
        room=one.room,
        note=one.note,
        change=_moved(one) or change_of(one, session, now.today),
        is_on=one.is_on,
        warning=words.short_warning(listing, now.snapshot.standing(listing, now.today)),
    )


def _moved(one: Occurrence) -> str | None:
    """Where it moved, by dates alone: on paper, today is soon another day."""
    if one.moved_to and not one.cancelled:
        return gettext("Moved to %(date)s", date=written_date(one.moved_to, "EEEE d MMMM"))
    if one.moved_from:
        return gettext("Moved from %(date)s", date=written_date(one.moved_from, "EEEE d MMMM"))
    return None
