"""One listing in a list, as a piece of HTML that is made once and kept until what it says is no longer so."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from flask import request
from markupsafe import Markup

from directory.model.listing import Listing
from directory.model.place import Point
from directory.web import times, where, words
from directory.web.drawn import Drawn, draw
from directory.web.language import current_language
from directory.web.showing import Showing
from directory.web.translate import gettext, ngettext

NEXT_DATES = 2


@dataclass(frozen=True)
class Card:
    """The HTML with a gap for the distance, the points that it is measured to, and when the card must be made again."""

    html: Drawn
    without_distance: str
    points: tuple[Point, ...]
    good_until: datetime.datetime


def cards(listings: Iterable[Listing], showing: Showing, now: datetime.datetime, near: Point | None = None) -> Markup:
    """The cards of listings in the language of the page, as items of a list; with distances where a place is given."""
    return cards_for_now(listings, showing, now, near)[0]


def cards_for_now(
    listings: Iterable[Listing], showing: Showing, now: datetime.datetime, near: Point | None = None
) -> tuple[Markup, datetime.datetime]:
    """The same, and until when they are good."""
    made, where_from = showing.made, (current_language(), request.environ.get("SCRIPT_NAME", ""))
    pieces: list[str] = []
    good_until = _midnight(now)
    for listing in listings:
        key = ("card", listing.slug, where_from)
        kept: Card | None = made.get(key)
        if kept is None or now >= kept.good_until:
            kept = made[key] = _made(listing, showing, now)
        good_until = min(good_until, kept.good_until)
        if near and kept.points:
            pieces.append(kept.html.filled(distance=far(min(near.miles_to(point) for point in kept.points))))
        else:
            pieces.append(kept.without_distance)
    whole = "".join(pieces)
    return Markup(whole), good_until  # noqa: S704  # nosec B704  # templates' own output, and our own words


def far(miles: float) -> str:
    """A distance as the crow flies, in words."""
    if miles < 0.5:
        return gettext("less than half a mile away")
    if miles < 10:
        return gettext("%(miles)s miles away", miles=f"{miles:.1f}")
    return ngettext("%(num)s mile away", "%(num)s miles away", round(miles))


def _made(listing: Listing, showing: Showing, now: datetime.datetime) -> Card:
    snapshot = showing.snapshot
    standing = snapshot.standing(listing, showing.today)
    dates = times.next_dates(listing, now, snapshot.calendar, NEXT_DATES)
    html = draw(
        "card.html",
        ("distance",),
        listing=listing,
        places=where.in_short(listing, snapshot),
        ages=words.ages(listing.eligibility),
        price=words.price(listing.cost, showing.today),
        ways=words.ways_in(listing.access),
        dates=dates,
        reopens=times.reopening(listing, showing.today),
        checked=words.checked(listing),
        warning=words.short_warning(listing, standing),
    )
    points = tuple(place.point for place in where.whereabouts(listing, snapshot) if place.point)
    return Card(html, html.filled(), points, _good_until(dates, now))


def _good_until(dates: tuple[times.Date, ...], now: datetime.datetime) -> datetime.datetime:
    return min([_midnight(now), *(one.ends for one in dates)])


def _midnight(now: datetime.datetime) -> datetime.datetime:
    return datetime.datetime.combine(now.date() + datetime.timedelta(1), datetime.time(), now.tzinfo)
