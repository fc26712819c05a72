"""Plays typed times back as the next dates, so that whoever typed them sees what people will see."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directory.model.calendar import Calendar
from directory.model.session import Session
from directory.timetable import LONGEST_LOOK, Occurrence, upcoming
from directory.web.times import hours, pattern
from directory.web.translate import gettext
from directory.web.words import day

COUNT = 6


@dataclass(frozen=True)
class PlayedDate:
    """One of the next dates, in words: ``moved`` tells to which day one went, and then nobody can go on this one."""

    day: str
    hours: str
    cancelled: bool
    moved: str | None = None
    room: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class PlayedBack:
    """The next dates of all times together, and what cannot be worked out, each as a sentence."""

    dates: tuple[PlayedDate, ...] = ()
    doubts: tuple[str, ...] = ()


def played_back(sessions: Sequence[Session], now: datetime.datetime, calendar: Calendar) -> PlayedBack:
    """The next six dates, and every reason why there may be fewer."""
    found = upcoming(tuple(sessions), now, calendar, COUNT, LONGEST_LOOK)
    doubts = [_unknown(one) for one in sessions if not one.has_known_dates]
    known = [one for one in sessions if one.has_known_dates]
    if len(found) < COUNT:
        doubts += _reasons(known, now.date(), calendar)
    return PlayedBack(tuple(map(_played, found)), tuple(dict.fromkeys(doubts)))


def _played(one: Occurrence) -> PlayedDate:
    moved = gettext("Moved to %(date)s", date=day(one.moved_to)) if one.moved_to else None
    return PlayedDate(day(one.date), hours(one.opens_at, one.closes_at), one.cancelled, moved, one.room)


def _unknown(session: Session) -> str:
    return gettext(
        "%(pattern)s, %(hours)s: we cannot tell which weeks, so people are shown no dates and asked to ring. "
        "If you give us a date on which it runs, we can.",
        pattern=pattern(session),
        hours=hours(session.opens_at, session.closes_at),
    )


def _reasons(sessions: Sequence[Session], today: datetime.date, calendar: Calendar) -> Iterator[str]:
    """Why there are fewer dates than people expect."""
    if any(one.term != "always" and one.frequency != "once" for one in sessions):
        periods = [*calendar.terms, *calendar.holidays]
        last = max((period.ends for period in periods), default=None)
        if last is None or last < today:
            yield gettext(
                "We do not know this year's school terms yet, so people are shown no dates for times in term time or "
                "school holidays."
            )
        else:
            yield gettext("We know the school terms up to %(date)s, so dates after that are not shown.", date=day(last))
    ended = [one for one in sessions if (one.date or one.valid_to or today) < today]
    if ended:
        yield gettext("%(pattern)s: this time is over, so people do not see it.", pattern=pattern(ended[0]))
