"""The model's short codes as people's words, in the language of the page: ages, costs, ways in, facilities."""

import datetime

from directory.model.age import PREGNANCY
from directory.model.freshness import Standing, looked_at
from directory.model.listing import Access, Cost, CostOption, Eligibility, Listing
from directory.web.translate import gettext, lazy_gettext, ngettext, written_date

KINDS = {
    "hub": lazy_gettext("Family hub"),
    "spoke": lazy_gettext("Family hub spoke"),
    "service": lazy_gettext("Service"),
    "activity": lazy_gettext("Activity"),
    "link": lazy_gettext("Website or helpline"),
}
WAYS = {
    "drop_in": lazy_gettext("Just turn up"),
    "book": lazy_gettext("Book a place first"),
    "self_referral": lazy_gettext("Ask for it yourself"),
    "professional_referral": lazy_gettext("Ask a professional, such as a teacher, health visitor or GP, to refer you"),
    "contact": lazy_gettext("Get in touch first"),
}
SHORT_WAYS = {**WAYS, "professional_referral": lazy_gettext("Through a professional")}
COSTS = {
    "free": lazy_gettext("Free"),
    "paid": lazy_gettext("There is a charge"),
    "donation": lazy_gettext("Give what you can"),
    "free_if_eligible": lazy_gettext("Free for people who qualify"),
}
DELIVERY = {
    "in_person": lazy_gettext("In person"),
    "online": lazy_gettext("Online"),
    "phone": lazy_gettext("By phone"),
    "at_home": lazy_gettext("In your home"),
}
SCHOOL_YEARS = {
    "nursery": lazy_gettext("Nursery"),
    "reception": lazy_gettext("Reception"),
    **{str(year): lazy_gettext("Year %(number)s", number=year) for year in range(1, 14)},
}
SEND_NEEDS = {
    "any": lazy_gettext("Any special educational need or disability"),
    "autism": lazy_gettext("Autism"),
    "adhd": lazy_gettext("ADHD"),
    "speech_and_language": lazy_gettext("Speech and language"),
    "learning": lazy_gettext("Learning"),
    "hearing": lazy_gettext("Hearing"),
    "vision": lazy_gettext("Sight"),
    "multi_sensory": lazy_gettext("Both hearing and sight"),
    "physical": lazy_gettext("Physical disability"),
    "mental_health": lazy_gettext("Mental health"),
}
FACILITIES = {
    "step_free": lazy_gettext("No steps"),
    "accessible_toilet": lazy_gettext("Accessible toilet"),
    "changing_places": lazy_gettext("Changing Places toilet"),
    "accessible_parking": lazy_gettext("Accessible parking"),
    "lift": lazy_gettext("Lift"),
    "hearing_loop": lazy_gettext("Hearing loop"),
    "quiet_room": lazy_gettext("Quiet room"),
    "sensory_room": lazy_gettext("Sensory room"),
    "bsl_interpreter": lazy_gettext("British Sign Language interpreter"),
    "easy_read": lazy_gettext("Easy read information"),
    "large_print": lazy_gettext("Large print information"),
    "assistance_dogs": lazy_gettext("Assistance dogs welcome"),
    "baby_changing": lazy_gettext("Baby changing"),
    "pram_parking": lazy_gettext("Room for prams"),
    "breastfeeding_friendly": lazy_gettext("You can breastfeed here"),
}
STRENGTHS = {
    "A": lazy_gettext("From the owner's own page or a government page."),
    "B": lazy_gettext("From another public body, charity or newspaper. Please check before you rely on it."),
}
PAST = frozenset({Standing.OVERDUE, Standing.SUNK, Standing.GONE})
"""Where a listing is past its review date, which it has only if somebody looked once."""


def day(date: datetime.date) -> str:
    """A date with its weekday, and with its year, as in Tuesday 24 November 2026."""
    return written_date(date, "EEEE d MMMM y")


def date_alone(date: datetime.date) -> str:
    """A date without its weekday, as in 24 November 2026."""
    return written_date(date, "d MMMM y")


def month(date: datetime.date) -> str:
    """The month of a date, as in November 2026: enough to say how old a fact is."""
    return written_date(date, "LLLL y")


def age(months: int) -> str:
    """One age in months, as people say it."""
    if months == PREGNANCY:
        return gettext("pregnancy")
    if months % 12 or months == 12:
        return ngettext("%(num)s month", "%(num)s months", months)
    return ngettext("%(num)s year", "%(num)s years", months // 12)


def ages(who: Eligibility) -> str | None:
    """The ages it is for, with a capital letter, or None where the listing does not say."""
    text = _ages(who)
    return text[:1].upper() + text[1:] if text else None


def _ages(who: Eligibility) -> str | None:
    low, high = who.minimum_age, who.maximum_age
    if low is None and high is None:
        return None
    if low is None or (low == 0 and high is not None and high < 12):
        return gettext("Up to %(age)s", age=age(high or 0))
    if high is None:
        return gettext("From birth") if low == 0 else gettext("From %(age)s", age=age(low))
    if low == high:
        return age(low)
    if low % 12 == 0 and high % 12 == 0 and low >= 0 and not (low == 12 or high == 12):
        return gettext("%(low)s to %(high)s years", low=low // 12, high=high // 12)
    return gettext("%(low)s to %(high)s", low=age(low), high=age(high))


def money(pence: int) -> str:
    """A price, as in £3 or £3.50."""
    amount = str(pence // 100) if pence % 100 == 0 else f"{pence / 100:.2f}"
    return gettext("£%(amount)s", amount=amount)


def options_on(cost: Cost, today: datetime.date) -> tuple[CostOption, ...]:
    """The prices that hold on a day."""
    return tuple(one for one in cost.cost_options if (one.valid_from or today) <= today <= (one.valid_to or today))


def price(cost: Cost | None, today: datetime.date) -> str | None:
    """What it costs in a few words, or None where the listing does not say."""
    if cost is None:
        return None
    prices = {one.amount_pence for one in options_on(cost, today)}
    if cost.type != "paid" or not prices:
        return str(COSTS[cost.type])
    lowest = money(min(prices))
    return lowest if len(prices) == 1 else gettext("From %(price)s", price=lowest)


def ways_in(access: Access | None) -> tuple[str, ...]:
    """The ways in, short enough for a card."""
    return tuple(str(SHORT_WAYS[way]) for way in access.ways) if access else ()


def checked(listing: Listing) -> str:
    """When somebody last looked and found it true, or that nobody who runs it has confirmed it yet."""
    if listing.checked is None:
        return gettext("Not yet confirmed by the provider")
    date = date_alone(listing.checked.on)
    by = {
        "provider": gettext("Checked by the people who run it on %(date)s", date=date),
        "hub": gettext("Checked by a family hub on %(date)s", date=date),
        "moderator": gettext("Checked by our team on %(date)s", date=date),
    }
    return by[listing.checked.by]


def warning(listing: Listing, standing: Standing) -> str | None:
    """What to know of a listing that nobody could check for too long; None where a check still holds."""
    told = gettext("We have not been able to check this since %(month)s.", month=_unchecked_since(listing))
    return f"{told} {_before_travelling(listing)}" if standing in PAST else None


def short_warning(listing: Listing, standing: Standing) -> str | None:
    """The same in the few words that a card has room for."""
    told = gettext("Not checked since %(month)s.", month=_unchecked_since(listing))
    return f"{told} {_before_travelling(listing)}" if standing in PAST else None


def left_out(listing: Listing) -> str:
    """Why a listing is in no results any more."""
    return gettext(
        "We leave this out of our lists, because nobody could tell us since %(month)s whether it is still right.",
        month=_unchecked_since(listing),
    )


def _unchecked_since(listing: Listing) -> str:
    since = looked_at(listing)
    return month(since) if since else ""


def _before_travelling(listing: Listing) -> str:
    can_call = any(phone.takes_calls for phone in listing.phones)
    return gettext("Call before you travel.") if can_call else gettext("Please check before you travel.")
