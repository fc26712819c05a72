"""The facts of a listing by which somebody can tell whether it is still right, in plain English for mails."""

import datetime
from collections.abc import Iterator

from directory.model.listing import Cost, CostOption, Listing, Location, Phone
from directory.model.session import OpeningHours, Session
from directory.model.snapshot import Snapshot

_TERMS = {"term_time": "in term time only", "holidays": "in school holidays only"}
_WEEKS = {1: "first", 2: "second", 3: "third", 4: "fourth", "last": "last"}
_COSTS = {
    "free": "Free",
    "paid": "There is a charge",
    "donation": "Give what you can",
    "free_if_eligible": "Free for people who qualify",
}


def written(day: datetime.date) -> str:
    """A date, as in 3 November 2026."""
    return f"{day.day} {day:%B %Y}"


def key_facts(listing: Listing, snapshot: Snapshot) -> tuple[str, ...]:
    """When, where, what it costs and whom to call, a line each. An address that safety hides is not told."""
    return tuple(_facts(listing, snapshot))


def _facts(listing: Listing, snapshot: Snapshot) -> Iterator[str]:
    if listing.status == "temporarily closed" and listing.closed_until:
        yield f"Closed until {written(listing.closed_until)}"
    yield from _named("When", list(_times(listing, snapshot)))
    yield from _named("Where", filter(None, (_place(one, snapshot) for one in listing.locations)))
    if listing.cost:
        yield f"Cost: {_price(listing.cost)}"
    yield from _named("Phone", map(_phone, listing.phones))
    if listing.email:
        yield f"Email: {listing.email}"
    if listing.url:
        yield f"Website: {listing.url}"


def _named(name: str, values: Iterator[str] | list[str]) -> Iterator[str]:
    return (f"{name}: {value}" for value in values)


def _times(listing: Listing, snapshot: Snapshot) -> Iterator[str]:
    secret = {one.at for one in listing.locations if _is_hidden(one, snapshot)}
    for session in listing.sessions:
        yield _session(session, snapshot, at=None if session.at in secret else session.at)
    yield from (_opening(one, snapshot) for one in listing.opening_hours)


def _session(one: Session, snapshot: Snapshot, at: str | None) -> str:
    parts = [f"{_pattern(one)}, {_clock(one.opens_at)} to {_clock(one.closes_at)}"]
    if at:
        parts.append(f"at {_name_of(at, snapshot)}")
    if one.room:
        parts.append(f"in {one.room}")
    parts += _term(one, snapshot)
    if one.valid_from:
        parts.append(f"from {written(one.valid_from)}")
    if one.valid_to:
        parts.append(f"until {written(one.valid_to)}")
    name = f"{one.name}: " if one.name else ""
    return name + ", ".join(parts)


def _pattern(one: Session) -> str:
    if one.frequency == "once" and one.date:
        return written(one.date)
    if one.day_of_month:
        return f"day {one.day_of_month} of every month"
    day = (one.day or "monday").capitalize()
    if one.frequency == "monthly":
        return f"the {_WEEKS[one.week]} {day} of the month" if one.week else f"once a month, on a {day}"
    if one.frequency == "irregular":
        return f"some {day}s"
    return f"every {day}" if one.frequency == "weekly" else f"every other {day}"


def _opening(one: OpeningHours, snapshot: Snapshot) -> str:
    days = ", ".join(day.capitalize() for day in one.days)
    return ", ".join([f"open {days}, {_clock(one.opens_at)} to {_clock(one.closes_at)}", *_term(one, snapshot)])


def _term(one: Session | OpeningHours, snapshot: Snapshot) -> list[str]:
    if one.term not in _TERMS:
        return []
    school = next((each.name for each in snapshot.calendar.schools if each.slug == one.school), None)
    return [f"{_TERMS[one.term]} ({school} dates)" if school else _TERMS[one.term]]


def _name_of(at: str, snapshot: Snapshot) -> str:
    building, venue = snapshot.listings.get(at), snapshot.venue_by_slug.get(at)
    return building.title if building else venue.name if venue else at


def _clock(time: datetime.time) -> str:
    if (time.hour, time.minute) == (12, 0):
        return "midday"
    minutes = f":{time:%M}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes}{'am' if time.hour < 12 else 'pm'}"


def _place(location: Location, snapshot: Snapshot) -> str:
    address = snapshot.address_of(location)
    building = snapshot.listings.get(location.at or "")
    if address is None:
        return building.title if building else ""
    if _is_hidden(location, snapshot):
        return "an address that people are told when they get in touch"
    name = building.title if building else address.name
    return ", ".join(part for part in (name, address.address_1, address.city, address.postal_code) if part)


def _is_hidden(location: Location, snapshot: Snapshot) -> bool:
    return location.hide_exact_address or getattr(snapshot.address_of(location), "hide_exact_address", False)


def _price(cost: Cost) -> str:
    options = ", ".join(map(_option, cost.cost_options))
    return options if cost.type == "paid" and options else ", ".join(filter(None, (_COSTS[cost.type], options)))


def _option(one: CostOption) -> str:
    pounds = f"{one.amount_pence / 100:.2f}".removesuffix(".00")
    return f"£{pounds} ({one.option})"


def _phone(one: Phone) -> str:
    use = "" if one.takes_calls else "texts only"
    more = ", ".join(filter(None, (one.description, use, one.hours)))
    return f"{one.number} ({more})" if more else one.number
