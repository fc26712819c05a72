"""One listing in a list, as a piece of HTML that is made once and kept until what it says is no longer so."""

import datetime
from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext, ngettext
from markupsafe import Markup

from directory.model.listing import Listing
from directory.model.place import Point
from directory.web import times, where, words
from directory.web.language import current_language
from directory.web.showing import Showing

_DISTANCE = "<!--far-->"
NEXT_DATES = 2


@dataclass(frozen=True)
class Card:
    """The HTML before and after the distance, the points that it is measured to, and when the card must be made again."""

    before: Markup
    after: Markup
    points: tuple[Point, ...]
    good_until: datetime.datetime


def card(listing: Listing, showing: Showing, now: datetime.datetime, near: Point | None = None) -> Markup:
    """The card of a listing in the language of the page; with how far it is where a place is given."""
    key = ("card", listing.slug, current_language(), request.environ.get("SCRIPT_NAME", ""))
    kept: Card | None = showing.made.get(key)
    if kept is None or now >= kept.good_until:
        kept = showing.made[key] = _made(listing, showing, now)
    if near is None or not kept.points:
        return kept.before + kept.after
    return kept.before + far(min(near.miles_to(point) for point in kept.points)) + kept.after


def far(miles: float) -> str:
    """A distance as the crow flies, in words."""
    if miles < 0.5:
        return gettext("less than half a mile away")
    if miles < 10:
        return gettext("%(miles)s miles away", miles=f"{miles:.1f}")
    return ngettext("%(num)s mile away", "%(num)s miles away", round(miles))


def _made(listing: Listing, showing: Showing, now: datetime.datetime) -> Card:
    snapshot = showing.snapshot
    dates = times.next_dates(listing, now, snapshot.calendar, NEXT_DATES)
    html = render_template(
        "card.html",
        listing=listing,
        places=where.in_short(listing, snapshot),
        ages=words.ages(listing.eligibility),
        price=words.price(listing.cost, showing.today),
        ways=words.ways_in(listing.access),
        dates=dates,
        reopens=times.reopening(listing, showing.today),
        checked=words.checked(listing),
        distance=Markup(_DISTANCE),
    )
    before, _, after = html.partition(_DISTANCE)
    points = tuple(place.point for place in where.whereabouts(listing, snapshot) if place.point)
    return Card(Markup(before), Markup(after), points, _good_until(dates, now))  # noqa: S704  # a template's own output


def _good_until(dates: tuple[times.Date, ...], now: datetime.datetime) -> datetime.datetime:
    midnight = datetime.datetime.combine(now.date() + datetime.timedelta(1), datetime.time(), now.tzinfo)
    return min([midnight, *(one.ends for one in dates)])
