"""Listings in the words of schema.org, for search engines that show addresses, hours and phone numbers themselves."""

import datetime
from collections.abc import Iterator
from typing import Any

from directory.model.calendar import LONDON
from directory.model.listing import Listing
from directory.model.session import OpeningHours
from directory.timetable import Occurrence, upcoming
from directory.web.own_words import plain
from directory.web.showing import Showing
from directory.web.times import reopening
from directory.web.where import Whereabouts, areas, whereabouts

NEXT_EVENTS = 4
"""How many of the next times are told: search engines look again, and a page is read on phones."""


def described(listing: Listing, showing: Showing, address: str, now: datetime.datetime) -> dict[str, Any]:
    """The listing as a JSON-LD object; what the listing does not say, and what safety hides, is left out.

    ``subjectOf`` are its next times as events. One that moved is told on its new day alone.
    """
    snapshot = showing.snapshot
    places = whereabouts(listing, snapshot)
    provider = snapshot.providers.get(listing.provider)
    words: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentOffice" if listing.is_building else "Service",
        "@id": address,
        "name": plain(listing, "title"),
        "description": plain(listing, "summary"),
        "url": listing.url or address,
        "alternateName": list(listing.alternate_names),
    }
    if listing.is_building:
        words |= _building(listing, places)
    else:
        words |= _service(listing, places)
        words["provider"] = {"@type": "Organization", "name": provider.name, "url": provider.url} if provider else None
    words["subjectOf"] = list(_events(listing, showing, now))
    words["areaServed"] = [area.striptags() for area in areas(listing, snapshot)]
    cleaned: dict[str, Any] = _without_blanks(words)
    return cleaned


def _building(listing: Listing, places: tuple[Whereabouts, ...]) -> dict[str, Any]:
    return {
        "telephone": [phone.number for phone in listing.phones if phone.takes_calls],
        "email": listing.email,
        "address": _address(places[0]) if places else None,
        "geo": _coordinates(places[0]) if places else None,
        "openingHoursSpecification": [_hours(one) for one in listing.opening_hours],
    }


def _service(listing: Listing, places: tuple[Whereabouts, ...]) -> dict[str, Any]:
    channel = {
        "@type": "ServiceChannel",
        "servicePhone": [
            {"@type": "ContactPoint", "telephone": one.number} for one in listing.phones if one.takes_calls
        ],
        "serviceLocation": [
            {"@type": "Place", "name": place.name, "address": _address(place), "geo": _coordinates(place)}
            for place in places
        ],
        "serviceUrl": listing.booking_url or (listing.access.url if listing.access else None) or listing.url,
        "availableLanguage": list(listing.languages),
    }
    free = {"@type": "Offer", "price": "0", "priceCurrency": "GBP"}
    return {
        "availableChannel": channel,
        "offers": free if listing.cost and listing.cost.type == "free" else None,
        "audience": {"@type": "Audience", "audienceType": listing.eligibility.eligibility_description},
    }


def _events(listing: Listing, showing: Showing, now: datetime.datetime) -> Iterator[dict[str, Any]]:
    calendar, start = showing.snapshot.calendar, now
    reopens = reopening(listing, now.date())
    if reopens:
        start = datetime.datetime.combine(reopens, datetime.time(), LONDON)
    found = sorted(
        (one, number)
        for number, session in enumerate(listing.sessions)
        for one in upcoming((session,), start, calendar, NEXT_EVENTS)
        if one.moved_to is None
    )
    for one, number in found[:NEXT_EVENTS]:
        places = whereabouts(listing, showing.snapshot, listing.sessions[number].at)
        yield _event(one, listing.sessions[number].name or plain(listing, "title"), places)


def _event(one: Occurrence, name: str, places: tuple[Whereabouts, ...]) -> dict[str, Any]:
    begins, ends = (datetime.datetime.combine(one.date, time, LONDON) for time in (one.opens_at, one.closes_at))
    place = places[0] if len(places) == 1 else None
    return {
        "@type": "Event",
        "name": name,
        "startDate": begins.isoformat(timespec="minutes"),
        "endDate": ends.isoformat(timespec="minutes"),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if one.cancelled else 'Scheduled'}",
        "location": {"@type": "Place", "name": _spot(one, place), "address": _address(place)} if place else None,
    }


def _spot(one: Occurrence, place: Whereabouts) -> str | None:
    """The room, or else the place by its name; neither where safety hides the place."""
    return None if place.hidden else one.room or place.name


def _address(place: Whereabouts) -> dict[str, Any]:
    return {
        "@type": "PostalAddress",
        "streetAddress": place.lines[0] if place.lines else None,
        "addressLocality": place.town,
        "postalCode": place.postcode,
        "addressCountry": "GB",
    }


def _coordinates(place: Whereabouts) -> dict[str, Any] | None:
    if place.hidden or not place.is_exact or place.point is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": place.point.latitude, "longitude": place.point.longitude}


def _hours(one: OpeningHours) -> dict[str, Any]:
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [f"https://schema.org/{name.capitalize()}" for name in one.days],
        "opens": f"{one.opens_at:%H:%M}",
        "closes": f"{one.closes_at:%H:%M}",
    }


def _without_blanks(value: Any) -> Any:
    """The value without what is empty, and without objects that hold nothing but their type."""
    if isinstance(value, dict):
        kept = {
            key: cleaned for key, one in value.items() if (cleaned := _without_blanks(one)) not in (None, "", [], {})
        }
        return kept if set(kept) - {"@type"} else None
    if isinstance(value, list):
        return [cleaned for one in value if (cleaned := _without_blanks(one)) is not None]
    return value
