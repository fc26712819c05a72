"""When things run, in words: clock times, patterns such as "every Tuesday", opening hours, and the next few dates."""

import datetime
from dataclasses import dataclass

from directory.model.calendar import Calendar
from directory.model.listing import Listing
from directory.model.session import WEEKDAYS, OpeningHours, Session, SessionException, Term, Weekday
from directory.model.snapshot import Snapshot
from directory.timetable import Occurrence, upcoming
from directory.web.language import ENGLISH, current_language
from directory.web.translate import gettext, lazy_gettext, written_date
from directory.web.words import day

EVERY = {
    "monday": lazy_gettext("Every Monday"),
    "tuesday": lazy_gettext("Every Tuesday"),
    "wednesday": lazy_gettext("Every Wednesday"),
    "thursday": lazy_gettext("Every Thursday"),
    "friday": lazy_gettext("Every Friday"),
    "saturday": lazy_gettext("Every Saturday"),
    "sunday": lazy_gettext("Every Sunday"),
}
EVERY_OTHER = {
    "monday": lazy_gettext("Every other Monday"),
    "tuesday": lazy_gettext("Every other Tuesday"),
    "wednesday": lazy_gettext("Every other Wednesday"),
    "thursday": lazy_gettext("Every other Thursday"),
    "friday": lazy_gettext("Every other Friday"),
    "saturday": lazy_gettext("Every other Saturday"),
    "sunday": lazy_gettext("Every other Sunday"),
}
WEEKS = {
    1: lazy_gettext("First %(day)s of the month"),
    2: lazy_gettext("Second %(day)s of the month"),
    3: lazy_gettext("Third %(day)s of the month"),
    4: lazy_gettext("Fourth %(day)s of the month"),
    "last": lazy_gettext("Last %(day)s of the month"),
}
TERMS = {
    "term_time": lazy_gettext("In term time only"),
    "holidays": lazy_gettext("In school holidays only"),
}
SCHOOL_TERMS = {
    "term_time": lazy_gettext("In term time (%(school)s dates)"),
    "holidays": lazy_gettext("In school holidays (%(school)s dates)"),
}
_ANY_MONDAY = datetime.date(2024, 1, 1)


@dataclass(frozen=True)
class Told:
    """One pattern in words: which days, from when to when, what else to know, and the listing's own ``note``."""

    days: str
    hours: str
    facts: tuple[str, ...] = ()
    name: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Date:
    """One date on which something runs, or would have: cancelled ones and those ``moved`` away are told, not hidden."""

    day: str
    hours: str
    ends: datetime.datetime
    cancelled: bool
    note: str | None
    moved: str | None = None
    room: str | None = None


def clock(time: datetime.time) -> str:
    """A time of day: 10am, 10:30am or midday in English, 10:30 on the 24-hour clock in other languages."""
    if current_language() != ENGLISH:
        return f"{time:%H:%M}"
    if (time.hour, time.minute) == (12, 0):
        return "midday"
    minutes = f":{time:%M}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes}{'am' if time.hour < 12 else 'pm'}"


def hours(opens: datetime.time, closes: datetime.time) -> str:
    """A span of time, as in 10am to 11:30am."""
    return gettext("%(start)s to %(end)s", start=clock(opens), end=clock(closes))


def weekday(name: Weekday) -> str:
    """The name of a weekday in the language of the page."""
    return written_date(_ANY_MONDAY + datetime.timedelta(WEEKDAYS.index(name)), "EEEE")


def pattern(session: Session) -> str:
    """The days of a session in a few words, without its times."""
    if session.frequency == "once" and session.date:
        return day(session.date)
    if session.frequency == "monthly":
        return _monthly(session)
    if session.day is None:
        return gettext("Dates vary")
    return str((EVERY if session.frequency == "weekly" else EVERY_OTHER)[session.day])


def _monthly(session: Session) -> str:
    if session.day_of_month:
        return gettext("Day %(number)s of every month", number=session.day_of_month)
    if session.week and session.day:
        return str(WEEKS[session.week]) % {"day": weekday(session.day)}
    return gettext("Once a month, on a %(day)s", day=weekday(session.day or "monday"))


def told(session: Session, today: datetime.date, snapshot: Snapshot) -> Told:
    """A session in words."""
    facts = [*_term(session.term, session.school, snapshot), *place_and_room(session, snapshot)]
    if session.valid_from and session.valid_from > today:
        facts.append(gettext("Starts on %(date)s", date=day(session.valid_from)))
    if session.valid_to:
        facts.append(gettext("Until %(date)s", date=day(session.valid_to)))
    if session.bank_holidays and session.frequency != "once":
        facts.append(gettext("On bank holidays too"))
    if not session.has_known_dates:
        facts.append(gettext("Ask which week is next"))
    return Told(pattern(session), hours(session.opens_at, session.closes_at), tuple(facts), session.name, session.note)


def _term(term: Term, school: str | None, snapshot: Snapshot) -> list[str]:
    """Whose terms or holidays it goes by, where it goes by any."""
    if term == "always":
        return []
    name = next((one.name for one in snapshot.calendar.schools if one.slug == school), school)
    return [str(SCHOOL_TERMS[term]) % {"school": name}] if name else [str(TERMS[term])]


def place_name(slug: str, snapshot: Snapshot) -> str:
    """The name of a hub, spoke or venue."""
    building, venue = snapshot.listings.get(slug), snapshot.venue_by_slug.get(slug)
    return building.title if building else venue.name if venue else slug


def place_and_room(session: Session, snapshot: Snapshot) -> list[str]:
    """At which of a listing's places a session is, and in which room there, where it says so."""
    at = [gettext("At %(place)s", place=place_name(session.at, snapshot))] if session.at else []
    return [*at, gettext("In %(room)s", room=session.room)] if session.room else at


def changes(session: Session, today: datetime.date) -> tuple[tuple[str, str | None], ...]:
    """What is coming that is not as usual, each with the listing's own note."""
    return tuple(
        (_with_room(_change(one, session), one), one.note)
        for one in session.exceptions
        if (one.to_date or one.date) >= today
    )


def _with_room(change: str, exception: SessionException) -> str:
    """What changes, with the room where it says one."""
    return gettext("%(change)s, in %(room)s", change=change, room=exception.room) if exception.room else change


def _change(exception: SessionException, session: Session) -> str:
    date = day(exception.date)
    span = hours(exception.opens_at or session.opens_at, exception.closes_at or session.closes_at)
    if exception.change == "cancelled":
        return gettext("Cancelled: %(date)s", date=date)
    if exception.change == "extra":
        return gettext("Extra date: %(date)s, %(hours)s", date=date, hours=span)
    if exception.to_date:
        return gettext(
            "Moved from %(date)s to %(new_date)s, %(hours)s", date=date, new_date=day(exception.to_date), hours=span
        )
    if exception.opens_at or exception.closes_at:
        return gettext("Different time on %(date)s: %(hours)s", date=date, hours=span)
    return gettext("Different room on %(date)s: %(hours)s", date=date, hours=span)


def opening(one: OpeningHours, snapshot: Snapshot) -> Told:
    """Opening hours in words; days that follow each other are told as from one to the other."""
    facts = _term(one.term, one.school, snapshot)
    facts.append(gettext("Open on bank holidays") if one.bank_holidays else gettext("Closed on bank holidays"))
    return Told(_days(one), hours(one.opens_at, one.closes_at), tuple(facts), None, one.note)


def _days(one: OpeningHours) -> str:
    numbers = sorted(WEEKDAYS.index(name) for name in one.days)
    names = [weekday(WEEKDAYS[number]) for number in numbers]
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return gettext("%(first_day)s to %(last_day)s", first_day=names[0], last_day=names[-1])
    return gettext(", ").join(names)


def next_dates(listing: Listing, now: datetime.datetime, calendar: Calendar, count: int) -> tuple[Date, ...]:
    """The next ``count`` dates of a listing's sessions that have not ended; none while it is closed.

    Those that are cancelled or moved away come with them as far as they fall between, at most as many again.
    """
    reopens = reopening(listing, now.date())
    start = datetime.datetime.combine(reopens, datetime.time(), now.tzinfo) if reopens else now
    found = upcoming(listing.sessions, start, calendar, 2 * count)
    last = [place for place, one in enumerate(found) if one.is_on][:count]
    enough = last[-1] + 1 if len(last) == count else len(found)
    return tuple(_dated(one, now) for one in found[:enough])


def _dated(one: Occurrence, now: datetime.datetime) -> Date:
    today = now.date()
    return Date(
        day=near_day(one.date, today),
        hours=hours(one.opens_at, one.closes_at),
        ends=datetime.datetime.combine(one.date, one.closes_at, now.tzinfo),
        cancelled=one.cancelled,
        note=one.note,
        moved=gettext("Moved to %(date)s", date=near_day(one.moved_to, today)) if one.moved_to else None,
        room=one.room,
    )


def near_day(date: datetime.date, today: datetime.date) -> str:
    """A date as people say it who are near to it: with today or tomorrow, and with its year where it is another."""
    if date == today:
        return gettext("Today, %(date)s", date=written_date(date, "EEEE d MMMM"))
    if date == today + datetime.timedelta(1):
        return gettext("Tomorrow, %(date)s", date=written_date(date, "EEEE d MMMM"))
    return written_date(date, "EEEE d MMMM") if date.year == today.year else day(date)


def reopening(listing: Listing, today: datetime.date) -> datetime.date | None:
    """The day on which a listing that is closed for a time opens again, if that day is still to come."""
    if listing.status != "temporarily closed" or listing.closed_until is None or listing.closed_until <= today:
        return None
    return listing.closed_until
