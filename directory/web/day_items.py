"""One session on one day in a list, as a piece of HTML that is made once and kept until what it says is no longer so.

A session that is as usual reads the same on each of its days, so that one piece does for all of them: the day stands
above the list.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import request
from markupsafe import Markup

from directory.model.listing import Listing, Phone
from directory.model.place import Point
from directory.model.session import Session
from directory.timetable import Occurrence, On
from directory.web import times, where, words
from directory.web.cards import far
from directory.web.drawn import Drawn, draw, drawn
from directory.web.language import current_language
from directory.web.showing import Showing
from directory.web.translate import gettext


@dataclass(frozen=True)
class Item:
    """The HTML with gaps for the distance and for what holds now alone, and the points that it is measured to."""

    html: Drawn
    with_empty_gaps: str
    points: tuple[Point, ...]


def day_items(rows: Iterable[On], showing: Showing, now: datetime.datetime, near: Point | None = None) -> Markup:
    """Sessions of one day as items of a list, in the language of the page; what is on now says so."""
    whole = "".join(_pieces(rows, showing, now, near))
    return Markup(whole)  # noqa: S704  # nosec B704  # templates' own output, and our own words


def _pieces(rows: Iterable[On], showing: Showing, now: datetime.datetime, near: Point | None) -> Iterator[str]:
    for on in rows:
        item = _item(on, showing)
        gaps = {}
        if near and item.points:
            gaps["distance"] = far(min(near.miles_to(point) for point in item.points))
        if on.occurrence.is_on and is_now(on.occurrence, now):
            gaps["now"] = drawn("parts/on_now.html", ()).filled()
        yield item.html.filled(**gaps) if gaps else item.with_empty_gaps


def is_now(one: Occurrence, now: datetime.datetime) -> bool:
    """Whether the time has begun and has not ended."""
    return one.date == now.date() and one.opens_at <= now.time() < one.closes_at


def _item(on: On, showing: Showing) -> Item:
    made, where_from = showing.made, (current_language(), request.environ.get("SCRIPT_NAME", ""))
    key = ("session", on.slug, on.number, _unusual(on.occurrence), where_from)
    kept: Item | None = made.get(key)
    if kept is None:
        kept = made[key] = _made(on, showing)
    return kept


def _unusual(one: Occurrence) -> tuple[Any, ...] | None:
    """What tells a time that is not as its session says from the others; None for one that is."""
    if one.is_on and not one.is_changed:
        return None
    return one.date, one.opens_at, one.closes_at, one.cancelled, one.moved_to


def _made(on: On, showing: Showing) -> Item:
    snapshot, one = showing.snapshot, on.occurrence
    listing = snapshot.listings[on.slug]
    session = listing.sessions[on.number]
    places = where.whereabouts(listing, snapshot, session.at)
    html = draw(
        "parts/session.html",
        ("distance", "now"),
        listing=listing,
        session=session,
        one=one,
        hours=times.hours(one.opens_at, one.closes_at),
        change=change_of(one, session, showing.today),
        places=where.in_short(listing, snapshot, session.at),
        is_hidden=any(place.hidden for place in places),
        facts=_facts(listing, showing),
        phone=phone_for(listing, showing),
        warning=words.short_warning(listing, snapshot.standing(listing, showing.today)),
    )
    return Item(html, html.filled(), tuple(place.point for place in places if place.point))


def _facts(listing: Listing, showing: Showing) -> list[str]:
    """For whom, at what price and how, as far as the listing says."""
    for_staff = listing.eligibility.audience == "practitioners"
    audience = gettext("For people who work with children and families") if for_staff else None
    price = words.price(listing.cost, showing.today)
    every = (audience, words.ages(listing.eligibility), price, *words.ways_in(listing.access))
    return [one for one in every if one]


def change_of(one: Occurrence, session: Session, today: datetime.date) -> str | None:
    """What is not as usual about a time, in a few words; None where all is."""
    if one.cancelled:
        return gettext("Cancelled")
    if one.moved_to:
        return gettext("Moved to %(date)s", date=times.near_day(one.moved_to, today))
    if one.moved_from:
        return gettext("Moved from %(date)s", date=times.near_day(one.moved_from, today))
    if not one.is_changed:
        return None
    if (one.opens_at, one.closes_at) != (session.opens_at, session.closes_at):
        return gettext("Not at the usual time")
    return gettext("Not in the usual room") if one.room != session.room else gettext("Extra date")


def phone_for(listing: Listing, showing: Showing) -> Phone | None:
    """The one number to call about a listing: its own, else that of the hub or spoke where it is, if that is told."""
    buildings = (place.building for place in where.whereabouts(listing, showing.snapshot))
    every = [*listing.phones, *(phone for one in buildings if one for phone in one.phones)]
    return next((phone for phone in every if phone.takes_calls), None)
