"""Whether a door is open or a line is answered, told in a sentence or two, such as "Open now, closes at 5pm"."""

import datetime
from collections.abc import Iterable

from directory.model.calendar import LONDON
from directory.model.listing import Listing
from directory.timetable import Door, Opening, door, hours_on
from directory.web import times, words
from directory.web.showing import Showing
from directory.web.translate import gettext, ngettext, written_date

SOON_MINUTES = 60
"""From how few minutes before it closes people are told in minutes."""
WEEK = 7


def told(listing: Listing, now: Showing, moment: datetime.datetime) -> str | None:
    """What to tell of the door of a listing at a moment in Europe/London; None where it says no opening hours.

    Good for the minute of that moment and no longer.
    """
    reopens = times.reopening(listing, now.today)
    if reopens:
        return gettext("Closed until %(date)s", date=words.date_alone(reopens))
    if not listing.opening_hours:
        return None
    here = door(listing.opening_hours, moment, now.snapshot.calendar)
    if here.is_open is None:
        return _unknown(listing)
    return _open(here, moment) if here.is_open else _closed(here, moment)


def on_day(listing: Listing, day: datetime.date, now: Showing) -> str | None:
    """When the door is open on a day, or that it is closed; None where the listing says no opening hours."""
    if not listing.opening_hours:
        return None
    reopens, calendar = times.reopening(listing, now.today), now.snapshot.calendar
    spans = () if reopens and day < reopens else hours_on(listing.opening_hours, day, calendar)
    sure, unsure = _hours(one for one in spans if one.is_sure), _hours(one for one in spans if not one.is_sure)
    if sure and unsure:
        return gettext("Open %(hours)s. Ask if also %(more_hours)s.", hours=sure, more_hours=unsure)
    if sure or unsure:
        return gettext("Open %(hours)s", hours=sure) if sure else gettext("Ask if open %(hours)s", hours=unsure)
    holiday = calendar.bank_holiday_names.get(day.toordinal())
    return gettext("Closed: %(holiday)s", holiday=holiday) if holiday and not reopens else gettext("Closed")


def is_open_on(listing: Listing, day: datetime.date, now: Showing) -> bool:
    """Whether the door is open at any time of a day, for all that is known."""
    return bool(hours_on(listing.opening_hours, day, now.snapshot.calendar))


def _hours(spans: Iterable[Opening]) -> str:
    return gettext(", ").join(times.hours(one.opens_at, one.closes_at) for one in spans)


def _unknown(listing: Listing) -> str:
    """What to say where the calendar does not know the day: never open or closed falsely."""
    if any(phone.takes_calls for phone in listing.phones):
        return gettext("We do not know if it is open now. Call before you go.")
    return gettext("We do not know if it is open now. Please check before you go.")


def _open(here: Door, moment: datetime.datetime) -> str:
    closes, minutes = here.closes_at, here.minutes_left
    if closes is None or minutes is None:
        return gettext("Open now")
    if minutes < SOON_MINUTES:
        return ngettext("Open now. Closes in %(num)s minute.", "Open now. Closes in %(num)s minutes.", minutes)
    if closes.date() != moment.astimezone(LONDON).date():
        return gettext("Open now")
    return gettext("Open now, closes at %(time)s", time=times.clock(closes.time()))


def _closed(here: Door, moment: datetime.datetime) -> str:
    today = moment.astimezone(LONDON).date()
    opens = here.opens_at
    is_all_day = here.bank_holiday and not (opens and opens.date() == today)
    now = gettext("Closed today: %(holiday)s.", holiday=here.bank_holiday) if is_all_day else gettext("Closed now.")
    return f"{now} {_opens(opens, today)}" if opens else now


def _opens(opens: datetime.datetime, today: datetime.date) -> str:
    time, days = times.clock(opens.time()), (opens.date() - today).days
    if days == 0:
        return gettext("Opens at %(time)s today.", time=time)
    if days == 1:
        return gettext("Opens at %(time)s tomorrow.", time=time)
    day = written_date(opens.date(), "EEEE" if days < WEEK else "EEEE d MMMM")
    return gettext("Opens at %(time)s on %(day)s.", time=time, day=day)
