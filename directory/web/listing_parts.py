"""The parts of a listing that have parts of their own, such as its sessions and prices, in people's words.

Unlike public pages it hides nothing: an address that safety hides is told to those who must see that it changed.
"""

import datetime
from collections.abc import Iterator

from directory.model.listing import (
    BOROUGH,
    NATIONAL,
    Access,
    Accessibility,
    Checked,
    Cost,
    CostOption,
    Eligibility,
    Location,
    Phone,
    Record,
    Source,
    Translation,
)
from directory.model.session import OpeningHours, Session
from directory.model.snapshot import Snapshot
from directory.web import times, words
from directory.web.language import current_language, name_of
from directory.web.translate import gettext, lazy_gettext, ngettext

Lines = tuple[str, ...]
CHECKED_BY = {
    "provider": lazy_gettext("Checked by the people who run it"),
    "hub": lazy_gettext("Checked by a family hub"),
    "moderator": lazy_gettext("Checked by our team"),
}
_LONG_AGO = datetime.date.min
"""A day that every date is after: whoever compares must be told of all of them."""


def listed(*parts: str | None) -> str:
    """Parts of one line, one after the other; those that are missing are left out."""
    return gettext(", ").join(part for part in parts if part)


def eligibility(who: Eligibility) -> Lines:
    """Who it is for."""
    return tuple(_eligibility(who))


def _eligibility(who: Eligibility) -> Iterator[str]:
    if ages := words.ages(who):
        yield gettext("Ages: %(ages)s", ages=ages)
    if who.school_years:
        years = listed(*(str(words.SCHOOL_YEARS[one]) for one in who.school_years))
        yield gettext("School years: %(years)s", years=years)
    if who.send_needs:
        needs = listed(*(str(words.SEND_NEEDS[one]) for one in who.send_needs))
        yield gettext("Special needs and disabilities: %(needs)s", needs=needs)
    if who.eligibility_description:
        yield gettext("For: %(people)s", people=who.eligibility_description)
    if who.not_for:
        yield gettext("Not for: %(people)s", people=who.not_for)
    if who.audience == "practitioners":
        yield gettext("For people who work with children and families")


def access(one: Access) -> Lines:
    """How to get in."""
    ways = [str(words.WAYS[way]) for way in one.ways]
    first = gettext("What happens first: %(steps)s", steps=one.application_process) if one.application_process else None
    start = gettext("Start at %(website)s", website=one.url) if one.url else None
    return tuple(line for line in (*ways, first, start) if line)


def cost(one: Cost) -> Lines:
    """What it costs: every price, those that do not hold yet or any more as well."""
    prices = [_price(option) for option in one.cost_options]
    haf = gettext("A Holiday Activities and Food (HAF) code pays for it.") if one.haf else None
    return tuple(line for line in (str(words.COSTS[one.type]), *prices, one.fees_description, haf) if line)


def _price(one: CostOption) -> str:
    price = gettext("%(option)s: %(price)s", option=one.option, price=words.money(one.amount_pence))
    return listed(price, one.amount_description, _from(one.valid_from), _until(one.valid_to))


def _from(date: datetime.date | None) -> str | None:
    return gettext("From %(date)s", date=words.date_alone(date)) if date else None


def _until(date: datetime.date | None) -> str | None:
    return gettext("Until %(date)s", date=words.date_alone(date)) if date else None


def locations(every: tuple[Location, ...], snapshot: Snapshot) -> Lines:
    """Where it is, with what is hidden from the public."""
    return tuple(listed(*_location(one, snapshot)) for one in every)


def _location(one: Location, snapshot: Snapshot) -> Iterator[str | None]:
    building, venue = snapshot.listings.get(one.at or ""), snapshot.venue_by_slug.get(one.at or "")
    place = snapshot.place_by_slug.get(one.place or "")
    yield building.title if building else venue.name if venue else one.at
    yield from dict.fromkeys((one.name, one.address_1, one.city, one.post_town, one.postal_code))
    if place and place.name != one.city:
        yield gettext("in the area of %(place)s", place=place.name)
    if one.latitude is not None and one.longitude is not None:
        yield gettext("on the map at %(latitude)s %(longitude)s", latitude=one.latitude, longitude=one.longitude)
    yield one.note
    if one.hide_exact_address:
        yield gettext("the exact address is not shown to the public")


def areas(every: tuple[str, ...], snapshot: Snapshot) -> Lines:
    """Whom it serves by where they live."""
    wide = {BOROUGH: gettext("All of %(area)s", area=snapshot.site.area), NATIONAL: gettext("Anywhere in the country")}
    places = snapshot.place_by_slug
    return tuple(wide.get(slug) or (places[slug].name if slug in places else slug) for slug in every)


def sessions(every: tuple[Session, ...], snapshot: Snapshot) -> Lines:
    """Each session in a line, and each date on which one is not as usual in a line below it."""
    return tuple(line for one in every for line in (_session(one, snapshot), *_changes(one)))


def _session(one: Session, snapshot: Snapshot) -> str:
    told = times.told(one, _LONG_AGO, snapshot)
    known = gettext("one of its dates is %(date)s", date=words.day(one.dtstart)) if one.dtstart else None
    line = listed(told.days, told.hours, *told.facts, known, told.note)
    return gettext("%(name)s: %(times)s", name=told.name, times=line) if told.name else line


def _changes(one: Session) -> Iterator[str]:
    return (listed(change, note) for change, note in times.changes(one, _LONG_AGO))


def opening_hours(every: tuple[OpeningHours, ...], snapshot: Snapshot) -> Lines:
    """When the door is open, a line for each pattern."""
    told = (times.opening(one, snapshot) for one in every)
    return tuple(listed(one.days, one.hours, *one.facts, one.note) for one in told)


def phones(every: tuple[Phone, ...]) -> Lines:
    """Each number in a line, with what it is for."""
    return tuple(listed(*_phone(one)) for one in every)


def _phone(one: Phone) -> Iterator[str | None]:
    yield one.number
    yield one.description
    yield one.hours
    if one.takes_texts and one.text_keyword:
        yield gettext("takes texts that begin with %(keyword)s", keyword=one.text_keyword)
    elif one.takes_texts:
        yield gettext("takes texts")
    if not one.takes_calls:
        yield gettext("takes no calls")


def languages(every: tuple[str, ...]) -> Lines:
    """The names of languages, in one line."""
    return (listed(*(name_of(one, current_language()) for one in every)),) if every else ()


def accessibility(one: Accessibility) -> Lines:
    """What helps people to get in and around."""
    facilities = [str(words.FACILITIES[facility]) for facility in one.facilities]
    return tuple(line for line in (*facilities, one.description) if line)


def checked(one: Checked) -> Lines:
    """When a person looked, who, and how."""
    return (listed(str(CHECKED_BY[one.by]), words.date_alone(one.on), one.how),)


def review(months: int) -> Lines:
    """How often somebody is to look."""
    return (ngettext("Every month", "Every %(num)s months", months),)


def sources(every: tuple[Source, ...]) -> Lines:
    """Where its facts were seen, a source a line."""
    return tuple(
        listed(
            one.name,
            one.dated,
            one.fact,
            one.url,
            gettext("seen on %(date)s", date=words.date_alone(one.seen)),
            str(words.STRENGTHS[one.strength]),
        )
        for one in every
    )


def record(one: Record) -> Lines:
    """Its record in another system."""
    return (listed(one.system, one.id),)


def translations(every: dict[str, Translation]) -> Lines:
    """What somebody translated, a field a line, after the name of its language."""
    return tuple(
        gettext("%(language)s: %(text)s", language=name_of(code, current_language()), text=text)
        for code, one in sorted(every.items())
        for text in (one.title, one.summary, one.description)
        if text
    )
