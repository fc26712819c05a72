"""One pattern of times, asked as people say it: every Tuesday in term time, 10 to 11:30, in Room 2."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import HiddenField

from directory.model.session import WEEKDAYS, Session
from directory.web import spoken
from directory.web.partner.sections.boxes import CHOOSE, Words, choices, line, pick, read_by, yes
from directory.web.partner.sections.section import Rows, without_empty
from directory.web.times import weekday
from directory.web.translate import gettext, lazy_gettext

OFTEN = {
    "weekly": lazy_gettext("Every week"),
    "fortnightly": lazy_gettext("Every other week"),
    "first": lazy_gettext("The first one of each month"),
    "second": lazy_gettext("The second one of each month"),
    "third": lazy_gettext("The third one of each month"),
    "fourth": lazy_gettext("The fourth one of each month"),
    "last": lazy_gettext("The last one of each month"),
    "by date": lazy_gettext("The same date each month"),
    "once": lazy_gettext("On one date only"),
    "monthly": lazy_gettext("Once a month, but the week changes"),
    "irregular": lazy_gettext("Some weeks only"),
}
WEEKS: dict[str, int | str] = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": "last"}
_WITH_A_DATE = ("fortnightly", "once", "by date")
_WITHOUT_A_DAY = ("once", "by date")
TERMS = (
    ("always", lazy_gettext("All year")),
    ("term_time", lazy_gettext("In term time only")),
    ("holidays", lazy_gettext("In school holidays only")),
)
MOST_SCHOOLS = lazy_gettext("Those of most schools here")
TIME = lazy_gettext("Write a time, such as 10am, 2:30pm or 14:30")
DATE = lazy_gettext("Write a date, such as 3 November 2026 or 3/11/2026")
_PATTERN = ("frequency", "day", "week", "day_of_month", "date", "dtstart")


class Time(Rows):
    """One pattern of times. An empty row is none."""

    was = HiddenField()
    often = pick(lazy_gettext("How often?"), "", OFTEN.items())
    day = pick(lazy_gettext("On which day?"), "", ())
    on = line(
        lazy_gettext("Date"),
        lazy_gettext(
            "For every other week: a date on which it runs, so that we know which weeks. For one date only: that date, "
            "such as 3 November 2026 or 3/11/2026. For the same date each month: its number, such as 15."
        ),
        width=20,
    )
    opens_at = line(
        lazy_gettext("From"),
        lazy_gettext("For example: 10am"),
        read_by(spoken.time_of_day, TIME),
        width=5,
    )
    closes_at = line(
        lazy_gettext("To"),
        lazy_gettext("For example: 11:30am"),
        read_by(spoken.time_of_day, TIME),
        width=5,
    )
    at = pick(lazy_gettext("At which of its places?"), "", ())
    room = line(
        lazy_gettext("Which room? (optional)"),
        lazy_gettext("For example: “Room 2” or “the garden room”."),
        limit=120,
    )
    term = pick(lazy_gettext("When in the year?"), "", TERMS)
    school = pick(lazy_gettext("Whose terms?"), lazy_gettext("Only for times in term time or in school holidays."), ())
    bank_holidays = yes(lazy_gettext("It runs on bank holidays too"))
    valid_from = line(
        lazy_gettext("First date (optional)"),
        lazy_gettext("Only if it has not started yet. For example: 3 November 2026"),
        read_by(spoken.date, DATE),
        width=20,
    )
    valid_to = line(
        lazy_gettext("Last date (optional)"),
        lazy_gettext("Only if you know that it ends. For example: 18 December 2026"),
        read_by(spoken.date, DATE),
        width=20,
    )
    name = line(
        lazy_gettext("What this time is called (optional)"),
        lazy_gettext("If there are several: “Babies” or “Beginners”."),
        limit=120,
    )
    note = line(
        lazy_gettext("Anything else about this time? (optional)"),
        lazy_gettext("For example: “Ring first if it snows.” For some weeks only, say here which."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day.choices = [("", CHOOSE), *((one, weekday(one)) for one in WEEKDAYS)]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it; what a new row says by itself does not count."""
        texts = (self.day, self.on, self.opens_at, self.closes_at, self.name, self.note, self.room)
        return not any(field.data for field in texts)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is well: a day or a date, and times in order."""
        if self.is_empty:
            return True
        super().validate(extra_validators)
        for name, message in (*self._missing(), *self._out_of_order()):
            if not self[name].errors:
                self[name].errors = [message]
        return not self.errors

    def _missing(self) -> list[tuple[str, str]]:
        found = [
            (name, message)
            for name, message in (
                ("opens_at", gettext("Write when it starts, such as 10am")),
                ("closes_at", gettext("Write when it ends, such as 11:30am")),
            )
            if not self[name].data
        ]
        if self.often.data not in _WITHOUT_A_DAY and not self.day.data:
            found.append(("day", gettext("Choose the day of the week")))
        return found + self._unclear_date()

    def _unclear_date(self) -> list[tuple[str, str]]:
        often, said = self.often.data, self.on.data
        if often not in _WITH_A_DATE or (often == "fortnightly" and not said):
            return []
        try:
            if often == "by date":
                spoken.day_of_month(said or "")
                return []
            date = spoken.date(said or "")
        except spoken.Unclear:
            is_number = often == "by date"
            return [("on", gettext("Write the day of the month, such as 15") if is_number else str(DATE))]
        if often == "fortnightly" and self.day.data and WEEKDAYS[date.weekday()] != self.day.data:
            return [("on", gettext("This date is another day of the week. Write a date on which it runs."))]
        return []

    def _out_of_order(self) -> list[tuple[str, str]]:
        found = []
        if self._are_said("opens_at", "closes_at") and self.hours[1] <= self.hours[0]:
            found.append(("closes_at", gettext("It ends before it starts. Write a later time, such as 2pm.")))
        if self._are_said("valid_from", "valid_to"):
            first, last = spoken.date(str(self.valid_from.data)), spoken.date(str(self.valid_to.data))
            if last < first:
                found.append(("valid_to", gettext("The last date is before the first. Swap the two.")))
        return found

    def _are_said(self, *names: str) -> bool:
        return all(self[name].data and not self[name].errors for name in names)

    @property
    def goes_by_terms(self) -> bool:
        """Whether it runs in term time or in school holidays only."""
        return bool(self.term.data != "always")

    def offer(self, places: Sequence[tuple[str, Words]], schools: Sequence[tuple[str, Words]]) -> None:
        """Offers places and schools, each by its slug and name; where there are none, nothing is asked of them."""
        for name, nothing, offered in (("at", CHOOSE, places), ("school", MOST_SCHOOLS, schools)):
            if offered:
                getattr(self, name).choices = choices([("", nothing), *offered])
            else:
                del self[name]

    @property
    def hours(self) -> tuple[datetime.time, datetime.time]:
        """When it starts and ends, of a row whose times can be read."""
        opens = spoken.time_of_day(self.opens_at.data or "")
        return opens, spoken.time_of_day(self.closes_at.data or "", after=opens)

    def pattern(self) -> dict[str, Any]:
        """Which days: the keys of a session that say so, of a row without faults."""
        often, said = str(self.often.data), self.on.data or ""
        if often == "once":
            return {"frequency": "once", "date": spoken.date(said).isoformat()}
        if often == "by date":
            return {"frequency": "monthly", "day_of_month": spoken.day_of_month(said)}
        if often in WEEKS:
            return {"frequency": "monthly", "day": self.day.data, "week": WEEKS[often]}
        dtstart = spoken.date(said).isoformat() if often == "fortnightly" and said else None
        return {"frequency": often if often != "weekly" else None, "day": self.day.data, "dtstart": dtstart}

    def session(self, was: Mapping[str, Any]) -> dict[str, Any]:
        """The session as it is now, of a row without faults; dates that are not as usual stay where they still fit."""
        opens, closes = self.hours
        kept = {key: value for key, value in was.items() if key not in _PATTERN}
        said = {
            **self.pattern(),
            "name": self.name.data,
            "opens_at": f"{opens:%H:%M}",
            "closes_at": f"{closes:%H:%M}",
            "room": self.room.data,
            "term": self.term.data if self.goes_by_terms else None,
            "bank_holidays": self.bank_holidays.data,
            "valid_from": _iso(self.valid_from.data),
            "valid_to": _iso(self.valid_to.data),
            "note": self.note.data,
            **{name: self[name].data for name in ("at", "school") if name in self},
        }
        if not self.goes_by_terms:
            said["school"] = None
        return _with_fitting_exceptions(without_empty({**kept, **said}))


def _iso(text: str | None) -> str | None:
    return spoken.date(text).isoformat() if text else None


def _with_fitting_exceptions(session: dict[str, Any]) -> dict[str, Any]:
    exceptions = session.pop("exceptions", [])
    bare = Session.model_validate(session)
    fitting = [one for one in exceptions if _fits(one, bare)]
    return {**session, "exceptions": fitting} if fitting else session


def _fits(exception: Mapping[str, Any], session: Session) -> bool:
    """Whether a date that is not as usual still means something once the days or times changed."""
    closes = exception.get("closes_at") or f"{session.closes_at:%H:%M}"
    if closes <= (exception.get("opens_at") or f"{session.opens_at:%H:%M}"):
        return False
    falls_on = session.falls_on(datetime.date.fromisoformat(exception["date"]))
    return not session.has_known_dates or falls_on != (exception["change"] == "extra")
