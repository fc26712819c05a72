"""Who is asked when whether a listing is still right, and when a hub takes over. Pure: no clock, no database, no mail.

Owners are first asked some days before the review date and again at intervals. Where they do not answer, where their
mail does not arrive and where there is nobody to ask, the hub that serves the place takes over. Whatever else owners
are to know goes into the same digest: that a listing is past its date, what is about to change, what else is due soon.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from directory.model.calendar import Calendar
from directory.model.freshness import ReviewRules, Standing, looked_at
from directory.model.listing import Listing

HUB_DIGEST_DAYS = 7
"""Nobody at a hub has two letters about what it took over within so many days."""
GATHERED_DAYS = 21
"""Whoever has a digest anyway is asked at once about what would be asked about by so long after their next one."""
COMING_DAYS = 14
"""How long before holidays, an end or an exception owners are reminded: or so that no digest comes too late for it."""
LATELY_DAYS = 14
"""Who looked at a listing within so many days needs no reminder of what it says."""


class Why(StrEnum):
    """Why an owner is written to about a listing."""

    DUE = "due"
    """It is to be looked at by a date."""
    OVERDUE = "overdue"
    """It is past that date: people are told to call before they travel."""
    SUNK = "sunk"
    """From now on it stands below others in results."""
    GONE = "gone"
    """From now on it is in no results."""
    HOLIDAYS = "holidays"
    """School holidays begin, and it runs in term time or in holidays only."""
    ENDING = "ending"
    """It, or one of its sessions, is about to end, or to open again."""
    EXCEPTION = "exception"
    """A date that is not as usual is near."""


_PAST = {Standing.OVERDUE: Why.OVERDUE, Standing.SUNK: Why.SUNK, Standing.GONE: Why.GONE}


@dataclass(frozen=True, order=True)
class Reason:
    """Why, and the date that it is about. Nobody is told the same of a listing twice."""

    why: Why
    on: datetime.date


@dataclass(frozen=True)
class Asked:
    """How often the owners were asked to look at a listing by a review date, when last, and who has it now."""

    due: datetime.date
    times: int
    last: datetime.date
    is_handed_over: bool = False


@dataclass(frozen=True)
class Kept:
    """One listing with whoever keeps it true: its owners whose mail arrives, its hub (empty for none), what was said.

    ``told``: the reasons other than ``DUE`` that its owners heard of already.
    """

    listing: Listing
    owners: frozenset[int]
    hub: str
    asked: Asked | None = None
    told: frozenset[Reason] = frozenset()


@dataclass(frozen=True)
class Ask:
    """What some people are written about one listing."""

    slug: str
    people: frozenset[int]
    reasons: tuple[Reason, ...]

    @property
    def due(self) -> datetime.date | None:
        """The review date that it asks about; None where it only reminds."""
        return next((one.on for one in self.reasons if one.why is Why.DUE), None)


@dataclass(frozen=True)
class HandOver:
    """A listing that its hub (empty for one that no hub serves) is to look at instead of its owners."""

    slug: str
    hub: str
    due: datetime.date


@dataclass(frozen=True)
class Plan:
    """All that is to be asked and handed over on one day."""

    asks: tuple[Ask, ...]
    handovers: tuple[HandOver, ...]

    @property
    def digests(self) -> Mapping[int, tuple[Ask, ...]]:
        """For each person everything that goes into their one mail."""
        found: dict[int, list[Ask]] = defaultdict(list)
        for ask in self.asks:
            for person in sorted(ask.people):
                found[person].append(ask)
        return {person: tuple(asks) for person, asks in found.items()}


def plan(
    kept: Sequence[Kept],
    rules: ReviewRules,
    calendar: Calendar,
    today: datetime.date,
    resting: Collection[int] = frozenset(),
) -> Plan:
    """Who is asked what today. ``resting``: people whose last digest is not ``letters_every_days`` ago."""
    kept = [one for one in kept if one.listing.is_live_on(today)]
    asks: dict[str, Ask] = {}
    for one in kept:
        free = one.owners.difference(resting)
        reasons = tuple(_reasons(one, rules, calendar, today)) if free else ()
        if reasons:
            asks[one.listing.slug] = Ask(one.listing.slug, free, reasons)
    people = frozenset(person for ask in asks.values() for person in ask.people)
    for one in kept:
        slug, due = one.listing.slug, rules.due(one.listing)
        if one.owners & people and due and _is_due_soon(one, due, rules, today):
            gathered = asks.get(slug, Ask(slug, one.owners & people, ()))
            asks[slug] = Ask(slug, gathered.people, (Reason(Why.DUE, due), *gathered.reasons))
    handovers = (one for kept_one in kept for one in _handed_over(kept_one, rules, today))
    return Plan(tuple(asks.values()), tuple(handovers))


def asked_for_now(one: Kept, due: datetime.date | None) -> Asked | None:
    """What was asked about this review date; what was asked about an earlier one has had its answer."""
    return one.asked if one.asked and due in (one.asked.due, None) else None


def _first_ask(due: datetime.date | None, rules: ReviewRules, today: datetime.date) -> datetime.date:
    """The day of the first ask. What nobody is known to have ever looked at is asked about at once."""
    return due - datetime.timedelta(rules.ask_days_before) if due else today


def _date_asked_about(due: datetime.date | None, rules: ReviewRules, today: datetime.date) -> datetime.date:
    return due or today + datetime.timedelta(rules.ask_days_before)


def _reasons(one: Kept, rules: ReviewRules, calendar: Calendar, today: datetime.date) -> Iterator[Reason]:
    due, standing = rules.due(one.listing), rules.standing(one.listing, today)
    if _asks_now(one, due, rules, today):
        asked = asked_for_now(one, due)
        yield Reason(Why.DUE, asked.due if asked else _date_asked_about(due, rules, today))
    others = [*_past(one.listing, standing, rules)]
    if standing is not Standing.GONE and not _looked_lately(one.listing, today):
        others += _coming(one.listing, rules, calendar, today)
    yield from (reason for reason in dict.fromkeys(others) if reason not in one.told)


def _asks_now(one: Kept, due: datetime.date | None, rules: ReviewRules, today: datetime.date) -> bool:
    """Whether its owners are asked. Those who came after a hub took over what was nobody's are asked too."""
    asked = asked_for_now(one, due)
    if asked is None:
        return today >= _first_ask(due, rules, today)
    is_open = not asked.is_handed_over and asked.times < rules.hub_takes_over_after_asks
    is_new_to_them = asked.is_handed_over and asked.times == 0
    return is_new_to_them or (is_open and today >= _next_step(asked, rules))


def _next_step(asked: Asked, rules: ReviewRules) -> datetime.date:
    """The day on which owners are asked again, or the hub takes over."""
    return asked.last + datetime.timedelta(rules.ask_again_after_days)


def _is_due_soon(one: Kept, due: datetime.date, rules: ReviewRules, today: datetime.date) -> bool:
    """Whether it saves its owner a mail to be asked now: it was not yet, and half of the time is over."""
    seen = looked_at(one.listing) or today
    ahead = datetime.timedelta(rules.letters_every_days + GATHERED_DAYS)
    is_soon = today >= _first_ask(due, rules, today) - ahead
    is_worth_it = today - seen >= (due - seen) / 2
    return is_soon and is_worth_it and asked_for_now(one, due) is None and today < _first_ask(due, rules, today)


def _past(listing: Listing, standing: Standing, rules: ReviewRules) -> Iterator[Reason]:
    dates = {
        Standing.OVERDUE: rules.due(listing),
        Standing.SUNK: rules.sinks_on(listing),
        Standing.GONE: rules.leaves_on(listing),
    }
    if date := dates.get(standing):
        yield Reason(_PAST[standing], date)


def _looked_lately(listing: Listing, today: datetime.date) -> bool:
    return listing.checked is not None and (today - listing.checked.on).days < LATELY_DAYS


def _coming(listing: Listing, rules: ReviewRules, calendar: Calendar, today: datetime.date) -> Iterator[Reason]:
    """What its owner should look at before it happens."""
    ahead = max(COMING_DAYS, rules.letters_every_days)
    near = range(today.toordinal() + 1, today.toordinal() + ahead + 1)
    terms = {*(one.term for one in listing.sessions), *(one.term for one in listing.opening_hours)}
    if terms - {"always"}:
        starts = (one.starts for one in calendar.holidays)
        yield from (Reason(Why.HOLIDAYS, day) for day in starts if day.toordinal() in near)
    ends = [listing.publish_until, listing.closed_until, *(one.valid_to for one in listing.sessions)]
    yield from (Reason(Why.ENDING, day) for day in ends if day and day.toordinal() in near)
    exceptions = (one.date for session in listing.sessions for one in session.exceptions)
    yield from (Reason(Why.EXCEPTION, day) for day in exceptions if day.toordinal() in near)


def _handed_over(one: Kept, rules: ReviewRules, today: datetime.date) -> Iterator[HandOver]:
    due = rules.due(one.listing)
    asked = asked_for_now(one, due)
    if asked and asked.is_handed_over:
        return
    has_nobody = not one.owners and today >= _first_ask(due, rules, today)
    if has_nobody or (asked and _was_in_vain(asked, rules, today)):
        yield HandOver(one.listing.slug, one.hub, asked.due if asked else _date_asked_about(due, rules, today))


def _was_in_vain(asked: Asked, rules: ReviewRules, today: datetime.date) -> bool:
    return asked.times >= rules.hub_takes_over_after_asks and today >= _next_step(asked, rules)
