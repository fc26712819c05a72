"""Single dates of a listing's sessions, as the keys of its file hold them: found, and changed. Pure."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directory.model.calendar import Calendar
from directory.model.listing import Listing
from directory.model.session import Session, SessionException
from directory.moderation import Fields
from directory.timetable import Occurrence, occurrences


@dataclass(frozen=True)
class SingleDate:
    """One date of one session: ``usual`` is what its pattern says, None for an extra date; ``exception`` what differs.

    One of the two there always is.
    """

    listing: Listing
    number: int
    date: datetime.date
    usual: Occurrence | None
    exception: SessionException | None

    @property
    def session(self) -> Session:
        """The session whose date it is."""
        return self.listing.sessions[self.number]

    @property
    def is_cancelled(self) -> bool:
        """Whether it is cancelled now."""
        return bool(self.exception and self.exception.change == "cancelled")

    @property
    def last_day(self) -> datetime.date:
        """The day on which it runs now, where it moved; else its own."""
        return (self.exception and self.exception.to_date) or self.date


def single_date(listing: Listing, number: int, date: datetime.date, calendar: Calendar) -> SingleDate | None:
    """A session's date; None where it has no such date, usual or not."""
    if number >= len(listing.sessions):
        return None
    session = listing.sessions[number]
    exception = next((one for one in session.exceptions if one.date == date), None)
    bare = session.model_copy(update={"exceptions": ()})
    usual = next(occurrences(bare, date, date, calendar), None)
    return SingleDate(listing, number, date, usual, exception) if usual or exception else None


def runs_on(session: Session, date: datetime.date, calendar: Calendar) -> bool:
    """Whether something is said of that date already: it runs then, or is cancelled, or has moved away or to it."""
    named = {day for one in session.exceptions for day in (one.date, one.to_date)}
    return date in named or any(occurrences(session, date, date, calendar))


def changed_on(fields: Fields, number: int, date: datetime.date, exception: Mapping[str, Any] | None) -> dict[str, Any]:
    """The listing with one date of one session as the exception says; with none, as the pattern says."""
    sessions = [dict(session) for session in fields["sessions"]]
    others = [one for one in sessions[number].pop("exceptions", ()) if one["date"] != date.isoformat()]
    kept = [*others, {"date": date.isoformat(), **exception}] if exception else others
    if kept:
        sessions[number]["exceptions"] = sorted(kept, key=lambda one: str(one["date"]))
    return {**fields, "sessions": sessions}
