"""What a listing says that people narrow a search by, as short keys: ``day:tuesday``, ``cost:free``. Pure."""

import datetime
import re
from collections.abc import Iterator

from directory.model.filters import ANY_LANGUAGE, LOW_PENCE, SOME_SEND, TIMES
from directory.model.listing import Cost, Listing
from directory.model.session import OpeningHours, Session
from directory.model.snapshot import Snapshot

SAYS = "says"
"""``says:day`` is the key of every listing that says anything about when it is."""
NO_REFERRAL = frozenset({"drop_in", "book", "self_referral", "contact"})
_POUNDS = re.compile(r"£(\d+(?:\.\d\d)?)|\b(\d{1,2})p\b")


def keys(listing: Listing, snapshot: Snapshot) -> tuple[str, ...]:
    """Every key of a listing, each once."""
    found = [*_categories(listing, snapshot), *_when(listing), *_cost(listing.cost), *_how(listing)]
    found += [*_send(listing), *_languages(listing), *_access(listing)]
    return tuple(dict.fromkeys(found))


def _categories(listing: Listing, snapshot: Snapshot) -> Iterator[str]:
    for slug in listing.categories:
        yield f"category:{slug}"
        if slug in snapshot.parent_of:
            yield f"category:{snapshot.parent_of[slug].slug}"


def _when(listing: Listing) -> Iterator[str]:
    if listing.sessions or listing.opening_hours:
        yield f"{SAYS}:day"
        yield f"{SAYS}:time"
    for session in listing.sessions:
        yield from _session(session)
    for hours in listing.opening_hours:
        yield from _opening(hours)


def _session(session: Session) -> Iterator[str]:
    if session.day:
        yield f"day:{session.day}"
    for name, (first, before) in TIMES.items():
        if first <= session.opens_at.hour < before:
            yield f"time:{name}"
            if session.day:
                yield f"day:{session.day}@{name}"


def _opening(hours: OpeningHours) -> Iterator[str]:
    times = [name for name, span in TIMES.items() if is_open_in(hours.opens_at, hours.closes_at, *span)]
    yield from (f"time:{name}" for name in times)
    for day in hours.days:
        yield f"day:{day}"
        yield from (f"day:{day}@{name}" for name in times)


def is_open_in(opens_at: datetime.time, closes_at: datetime.time, first: int, before: int) -> bool:
    """Whether a door is open in a part of a day, from and before these hours: it is where it is open for any of it."""
    return opens_at.hour < before and (closes_at.hour, closes_at.minute) > (first, 0)


def _cost(cost: Cost | None) -> Iterator[str]:
    if cost is None:
        return
    yield f"{SAYS}:cost"
    if cost.type == "free":
        yield "cost:free"
    if cost.type in ("free", "donation") or _least_pence(cost) <= LOW_PENCE:
        yield "cost:low"
    if cost.type == "free_if_eligible" or cost.haf:
        yield "cost:help"


def _least_pence(cost: Cost) -> int:
    amounts = [option.amount_pence for option in cost.cost_options]
    for pounds, pence in _POUNDS.findall(cost.fees_description or ""):
        amounts.append(round(float(pounds) * 100) if pounds else int(pence))
    return min(amounts, default=LOW_PENCE + 1)


def _how(listing: Listing) -> Iterator[str]:
    if listing.access:
        yield f"{SAYS}:how"
        yield from (f"how:{way}" for way in ("drop_in", "book") if way in listing.access.ways)
        if NO_REFERRAL.intersection(listing.access.ways):
            yield "how:no_referral"
    yield from (f"how:{way}" for way in ("online", "phone", "at_home") if way in listing.delivery)


def _send(listing: Listing) -> Iterator[str]:
    needs = listing.eligibility.send_needs
    yield from (f"send:{need}" for need in ((SOME_SEND, *needs) if needs else ()))


def _languages(listing: Listing) -> Iterator[str]:
    others = [code for code in listing.languages if code != "en"]
    yield from (f"language:{code}" for code in others)
    if others or listing.interpretation_services:
        yield f"language:{ANY_LANGUAGE}"


def _access(listing: Listing) -> Iterator[str]:
    if listing.accessibility:
        yield from (f"access:{facility}" for facility in listing.accessibility.facilities)
