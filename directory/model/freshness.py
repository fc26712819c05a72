"""How long a check holds: when a listing is to be looked at again, and what becomes of one that nobody looked at."""

import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from directory.model.fields import Value
from directory.model.listing import Listing

Months = Annotated[int, Field(ge=1, le=36)]
Days = Annotated[int, Field(ge=7, le=730)]


class Standing(StrEnum):
    """How far people may rely on a listing today."""

    CHECKED = "checked"
    """Somebody looked, and the check still holds."""
    UNCONFIRMED = "unconfirmed"
    """Nobody who runs it has confirmed it; what was read of it is not old yet, or it is not known when it was read."""
    OVERDUE = "overdue"
    """Past its review date: people are told to call before they travel."""
    SUNK = "sunk"
    """Long past it: below the others in results."""
    GONE = "gone"
    """So long past it that it is in no results. Who has its address is told why."""


class ReviewRules(Value):
    """How often listings are looked at, by kind and risk, and what follows where they are not.

    Times and phones of an activity age faster than a hub's address. Sensitive and urgent listings are risky: a wrong
    number there does most harm. A listing's own ``review_every_months`` goes before all of these.

    The defaults are the longest times with which a simulated year (``make year``) showed a tenth of the falsehood that
    it shows where nobody looks again.
    """

    building_months: Months = 12
    service_months: Months = 2
    activity_months: Months = 2
    link_months: Months = 2
    risky_months: Months = 2
    ask_days_before: Annotated[int, Field(ge=0, le=60)] = 14
    """How long before the date owners are first asked."""
    ask_again_after_days: Days = 14
    hub_takes_over_after_asks: Annotated[int, Field(ge=1, le=10)] = 2
    """How often owners are asked in vain before the hub that serves the place is."""
    letters_every_days: Annotated[int, Field(ge=7, le=90)] = 21
    """Nobody has two letters about their listings within so many days."""
    sinks_after_days: Days = 60
    leaves_after_days: Days = 180
    """Both counted from the review date."""
    answer_working_days: Annotated[int, Field(ge=1, le=20)] = 2
    """How soon a proposal or a report is promised an answer."""
    reports_for_notice: Annotated[int, Field(ge=2, le=20)] = 3
    """How many open reports of one kind put a notice on a listing."""
    cancellations_at_once: bool = True
    """Whether a trusted provider's cancelled, moved and extra dates are published without anybody's approval."""

    def months_for(self, listing: Listing) -> int:
        """How many months a check of the listing holds."""
        if listing.review_every_months:
            return listing.review_every_months
        if listing.is_building:
            return self.building_months
        by_kind = {"service": self.service_months, "activity": self.activity_months, "link": self.link_months}
        months = by_kind[listing.kind]
        return min(months, self.risky_months) if listing.sensitive or listing.urgent else months

    def due(self, listing: Listing) -> datetime.date | None:
        """The day by which it should be looked at again; None where nobody knows when anybody last did."""
        seen = looked_at(listing)
        return _months_after(seen, self.months_for(listing)) if seen else None

    def sinks_on(self, listing: Listing) -> datetime.date | None:
        """The day from which it stands below others in results; None for never.

        A hub's door and an urgent helpline stay, however old: nothing at all would do more harm.
        """
        return self._after_due(listing, self.sinks_after_days)

    def leaves_on(self, listing: Listing) -> datetime.date | None:
        """The day from which it is in no results; None for never."""
        return self._after_due(listing, max(self.sinks_after_days, self.leaves_after_days))

    def _after_due(self, listing: Listing, days: int) -> datetime.date | None:
        due = self.due(listing)
        return due + datetime.timedelta(days) if due and not listing.is_building and not listing.urgent else None

    def standing(self, listing: Listing, today: datetime.date) -> Standing:
        """How far people may rely on it on that day."""
        due, sinks, leaves = self.due(listing), self.sinks_on(listing), self.leaves_on(listing)
        if due is None or today <= due:
            return Standing.CHECKED if listing.checked else Standing.UNCONFIRMED
        if leaves and today >= leaves:
            return Standing.GONE
        return Standing.SUNK if sinks and today >= sinks else Standing.OVERDUE


def looked_at(listing: Listing) -> datetime.date | None:
    """When somebody last looked: the check, else the newest day on which one of its facts was seen at its source."""
    if listing.checked:
        return listing.checked.on
    return max((source.seen for source in listing.sources), default=None)


def _months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month so many months later; in a shorter month its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    first_of_next = datetime.date(day.year + years + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - datetime.timedelta(1)).day
    return datetime.date(day.year + years, month + 1, min(day.day, last))
