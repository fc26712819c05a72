"""What the calendar on somebody's phone says of a session: in the words of the language that it was asked for in.

A place that safety hides is no more exact here than on a page, and what is sensitive never gets here at all: a calendar
is seen by whoever picks up the phone.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from directory.model.listing import Listing
from directory.model.session import Session
from directory.model.snapshot import Snapshot
from directory.moderation import LastChange
from directory.timetable import LONGEST_LOOK, Occurrence, On, occurrences
from directory.web import times, words
from directory.web.language import current_language
from directory.web.lately import last_changes
from directory.web.own_words import plain
from directory.web.page import address, site_root
from directory.web.public.calendars.ics import Entry, domain_of, moment
from directory.web.showing import Showing
from directory.web.translate import gettext
from directory.web.where import Whereabouts, whereabouts

YEAR = datetime.timedelta(365)
"""How far ahead the dates of a whole series go."""
SOON = datetime.timedelta(60)
A_FEW = 4
"""How many dates a page offers one by one, and how far ahead it looks for them."""
_STATES = 3
"""As usual, changed or cancelled: each comes after the other within one version of a listing."""


def may_be_kept(listing: Listing, now: Showing) -> bool:
    """Whether its dates may be added to calendars: it is live, and it harms nobody if somebody else sees it there."""
    return now.snapshot.is_live(listing, now.today) and not now.snapshot.is_sensitive(listing)


def dates_of(listing: Listing, first: datetime.date, last: datetime.date, snapshot: Snapshot) -> Iterator[On]:
    """Every time of all its sessions while it is open and published, those of one session after those of another."""
    opens, closes = map(datetime.date.fromordinal, listing.open_between)
    first, last = max(first, opens), min(last, closes)
    for number, session in enumerate(listing.sessions):
        for one in occurrences(session, first, last, snapshot.calendar):
            yield On(listing.slug, number, one)


def series(listing: Listing, now: Showing) -> tuple[On, ...]:
    """Its dates from today on, at most a year ahead."""
    rows = dates_of(listing, now.today, now.today + YEAR, now.snapshot)
    return tuple(one for one in rows if one.occurrence.moved_to is None)


@dataclass(frozen=True)
class ToKeep:
    """One date to add to a calendar: which, in words, and the path of its file."""

    label: str
    path: str


def next_to_keep(listing: Listing, now: Showing, clock: datetime.datetime) -> tuple[ToKeep, ...]:
    """The next few dates on which people can go, the soonest first; none of what should not stand in a calendar."""
    if not may_be_kept(listing, now):
        return ()
    rows = dates_of(listing, now.today, now.today + SOON, now.snapshot)
    to_come = (one.occurrence for one in rows if one.occurrence.is_on)
    found = sorted(one for one in to_come if one.date > now.today or one.closes_at > clock.time())
    by_path = {f"/listings/{listing.slug}/{one.date}/{one.opens_at:%H%M}.ics": one for one in found}
    return tuple(ToKeep(_label(one, now.today), path) for path, one in islice(by_path.items(), A_FEW))


def _label(one: Occurrence, today: datetime.date) -> str:
    return times.near_day(one.date, today) + gettext(", ") + times.hours(one.opens_at, one.closes_at)


def at_time(listing: Listing, day: datetime.date, time: datetime.time, now: Showing) -> tuple[On, ...]:
    """What begins then, or would usually; where that has moved, what came of it. Mostly one."""
    if abs(day - now.today) > datetime.timedelta(LONGEST_LOOK):
        return ()
    rows = (
        row
        for row in dates_of(listing, day, day, now.snapshot)
        if time in (row.occurrence.opens_at, listing.sessions[row.number].opens_at)
    )
    followed = (_followed(row, listing, now) for row in rows)
    return tuple(one for one in followed if one.occurrence.moved_to is None)


def _followed(row: On, listing: Listing, now: Showing) -> On:
    """The row, or, where it moved to another day, the one that it became."""
    to = row.occurrence.moved_to
    moved = dates_of(listing, to, to, now.snapshot) if to else ()
    same = (one for one in moved if (one.number, one.occurrence.moved_from) == (row.number, row.occurrence.date))
    return next(same, row)


def entries(rows: Iterable[On], now: Showing) -> Iterator[Entry]:
    """The events of rows. Of one that moved, only where it went to: clients move what they have by its ``uid``."""
    known: dict[str, _Words] = {}
    changes = last_changes(now)
    for row in rows:
        if row.occurrence.moved_to is None:
            listing = now.snapshot.listings[row.slug]
            told = known.get(row.slug) or known.setdefault(row.slug, _Words(listing, now))
            yield _entry(row, told, changes.get(row.slug))


def _entry(row: On, told: "_Words", change: LastChange | None) -> Entry:
    one = row.occurrence
    begins, ends = moment(one.date, one.opens_at), moment(one.date, one.closes_at)
    state = 2 if one.cancelled else 1 if one.is_changed else 0
    return Entry(
        uid=_uid(row, told),
        begins=begins,
        # Clocks that go forward may leave nothing between two times, which clients take for a fault.
        ends=max(ends, begins + datetime.timedelta(minutes=1)),
        title=told.title(row),
        text=told.text(row),
        place=told.place(row),
        address=told.link,
        is_cancelled=one.cancelled,
        sequence=(change.number if change else 0) * _STATES + state,
        changed_at=change.at if change else None,
    )


def _uid(row: On, told: "_Words") -> str:
    """Told by the day and the time at which it usually is, which stay the same when it is moved or cancelled.

    Sessions of one listing that begin together are counted.
    """
    sessions = told.listing.sessions
    day, opens_at = row.occurrence.moved_from or row.occurrence.date, sessions[row.number].opens_at
    before = sum(one.opens_at == opens_at and _knows(one, day) for one in sessions[: row.number])
    return f"{row.slug}-{day:%Y%m%d}T{opens_at:%H%M}{f'-{before + 1}' if before else ''}@{told.domain}"


def _knows(session: Session, day: datetime.date) -> bool:
    """Whether it might be on that day, by its pattern or as an exception."""
    return session.falls_on(day) or any(one.date == day for one in session.exceptions)


class _Words:
    """What the events of one listing say, worked out once."""

    def __init__(self, listing: Listing, now: Showing) -> None:
        self.listing = listing
        self._now = now
        self.link = address(f"/listings/{listing.slug}", current_language())
        self.domain = domain_of(site_root())

    @cached_property
    def _places(self) -> tuple[Whereabouts, ...]:
        return whereabouts(self.listing, self._now.snapshot)

    def title(self, row: On) -> str:
        """The listing and its session by name, and first of all that it is cancelled."""
        name, title = self.listing.sessions[row.number].name, plain(self.listing, "title")
        whole = gettext("%(title)s: %(session)s", title=title, session=name) if name else title
        return gettext("Cancelled: %(title)s", title=whole) if row.occurrence.cancelled else whole

    def text(self, row: On) -> str:
        """What is special about the day, then what to know of the listing, then where to look again."""
        one = row.occurrence
        return "\n".join(line for line in (*_special(one), *self._facts, self.link) if line)

    @cached_property
    def _facts(self) -> tuple[str | None, ...]:
        listing, now = self.listing, self._now
        ages, price = words.ages(listing.eligibility), words.price(listing.cost, now.today)
        calls = [phone.number for phone in listing.phones if phone.takes_calls]
        hidden = gettext(
            "We do not show the exact address, to keep people safe. You will be told it when you get in touch."
        )
        return (
            plain(listing, "summary"),
            self._doubt,
            gettext("Ages: %(ages)s", ages=ages) if ages else None,
            gettext("Cost: %(price)s", price=price) if price else None,
            *words.ways_in(listing.access),
            *(gettext("Call %(number)s", number=number) for number in calls[:1]),
            hidden if any(place.hidden for place in self._places) else None,
        )

    @property
    def _doubt(self) -> str | None:
        if self.listing.checked is None:
            return gettext("Not yet confirmed by the provider.") + " " + gettext("Please check before you travel.")
        return words.warning(self.listing, self._now.snapshot.standing(self.listing, self._now.today))

    def place(self, row: On) -> str:
        """The room and the address, or as much of it as people may be told; how else to join in where there is none."""
        at = self.listing.sessions[row.number].at
        pairs = zip(self.listing.locations, self._places, strict=True)
        places = [place for location, place in pairs if at is None or location.at == at]
        if not places:
            return gettext(", ").join(str(words.DELIVERY[way]) for way in self.listing.delivery if way != "in_person")
        room = row.occurrence.room if len(places) == 1 and not places[0].hidden else None
        return "; ".join(_in_one_line(place, room) for place in places)


def _special(one: Occurrence) -> Iterator[str | None]:
    if one.moved_from:
        yield gettext("Moved from %(date)s", date=words.day(one.moved_from))
    yield one.note


def _in_one_line(place: Whereabouts, room: str | None) -> str:
    if place.hidden:
        return place.town or ""
    parts = dict.fromkeys((room, place.name, *place.lines, place.postcode))
    return ", ".join(part for part in parts if part) or place.town or ""
