"""What is asked of one date of a session: why it is cancelled, where it moves, when an extra one is."""

import datetime
from typing import Any

from directory.model.calendar import Calendar
from directory.model.session import Session
from directory.timetable import LONGEST_LOOK
from directory.web.partner.sections.boxes import line, needed, read_by
from directory.web.partner.sections.one_time import DATE, TIME
from directory.web.partner.single_dates import SingleDate, runs_on
from directory.web.sent_forms import Form
from directory.web.spoken import date as read_date
from directory.web.spoken import time_of_day
from directory.web.translate import gettext, lazy_gettext

_ROOM = lazy_gettext("Which room? (optional)")
_ROOM_HINT = lazy_gettext("For example: “Room 2” or “the garden room”.")
_NOTE = lazy_gettext("What should people know? (optional)")


class CancelForm(Form):
    """What people should know of a date that is cancelled."""

    note = line(_NOTE, lazy_gettext("Shown beside the date. For example: “The boiler is broken. Back next week.”"))

    def exception(self) -> dict[str, Any]:
        """What the date is from then on."""
        return {"change": "cancelled", **_said(note=self.note.data)}


class UndoForm(Form):
    """A button alone: the date is as usual again."""


class _TimesForm(Form):
    """A day, from when to when, in which room, and a note."""

    day = line(lazy_gettext("Date"), lazy_gettext("For example: 3 November 2026"), read_by(read_date, DATE), width=20)
    opens_at = line(lazy_gettext("From"), lazy_gettext("For example: 10am"), read_by(time_of_day, TIME), width=10)
    closes_at = line(lazy_gettext("To"), lazy_gettext("For example: 11:30am"), read_by(time_of_day, TIME), width=10)
    room = line(_ROOM, _ROOM_HINT, limit=120)
    note = line(_NOTE, lazy_gettext("Shown beside the date. For example: “We meet at the side door.”"))

    def _date(self, today: datetime.date) -> datetime.date | None:
        """The day that was typed; blamed where it is over, or too far off for anybody to find it."""
        if not self.day.data:
            return None
        day = read_date(self.day.data)
        if day < today:
            self.blame("day", gettext("Write a day that is still to come"))
        elif day > today + datetime.timedelta(LONGEST_LOOK):
            self.blame("day", gettext("Write a day within the next year"))
        return day

    def _hours(self, session: Session) -> tuple[datetime.time, datetime.time]:
        """From when to when it runs; what was not typed is as usual."""
        opens_at = time_of_day(self.opens_at.data) if self.opens_at.data else session.opens_at
        closes_at = time_of_day(self.closes_at.data, opens_at) if self.closes_at.data else session.closes_at
        if closes_at <= opens_at:
            self.blame("closes_at", gettext("Write a time that is later than the start"))
        return opens_at, closes_at


class MoveForm(_TimesForm):
    """Where a date moves: to another day, another time or another room. What is left empty stays as it is."""

    day = line(
        lazy_gettext("On which day is it instead?"),
        lazy_gettext("Leave it empty if the day stays. For example: 3 November 2026"),
        read_by(read_date, DATE),
        width=20,
    )

    def exception(self, one: SingleDate, today: datetime.date) -> dict[str, Any] | None:
        """What the date is from then on; None, with the fault beside its box, where that makes no sense."""
        session, (opens_at, closes_at), day = one.session, self._hours(one.session), self._date(today)
        found = _said(
            to_date=day.isoformat() if day and day != one.date else "",
            opens_at=f"{opens_at:%H:%M}" if opens_at != session.opens_at else "",
            closes_at=f"{closes_at:%H:%M}" if closes_at != session.closes_at else "",
            room=self.room.data if self.room.data != session.room else "",
        )
        if not found and not self.errors:
            self.blame("day", gettext("Write what is different: the day, the time or the room"))
        return None if self.errors else {"change": "moved", **found, **_said(note=self.note.data)}


class ExtraForm(_TimesForm):
    """When an extra date is. What is left empty is as usual."""

    day = line(
        lazy_gettext("On which day is it too?"),
        lazy_gettext("For example: 3 November 2026"),
        needed(lazy_gettext("Write the day")),
        read_by(read_date, DATE),
        width=20,
    )

    def exception(
        self, session: Session, today: datetime.date, calendar: Calendar
    ) -> tuple[datetime.date, dict[str, Any]] | None:
        """The extra date, and what it is; None, with the fault beside its box, where that makes no sense."""
        (opens_at, closes_at), day = self._hours(session), self._date(today)
        if day and runs_on(session, day, calendar):
            self.blame("day", gettext("There is something on that day already. Choose it on your desk to change it."))
        if day is None or self.errors:
            return None
        # On a day of its pattern, outside term or on a bank holiday, it is one that takes place after all.
        change = "moved" if session.falls_on(day) else "extra"
        hours = {"opens_at": f"{opens_at:%H:%M}", "closes_at": f"{closes_at:%H:%M}"}
        return day, {"change": change, **hours, **_said(room=self.room.data, note=self.note.data)}


def _said(**values: str | None) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
