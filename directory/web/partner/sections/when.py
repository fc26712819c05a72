"""When it runs, asked as people say it: every Tuesday in term time, 10 to 11:30."""

import datetime
from collections.abc import Mapping
from typing import Any

from wtforms import FormField

from directory.model.session import Session
from directory.model.snapshot import Snapshot
from directory.moderation import Fields
from directory.web import spoken
from directory.web.partner.sections.boxes import Words, line, yes
from directory.web.partner.sections.one_time import WEEKS, Time
from directory.web.partner.sections.opening import Opening, hours_shown, hours_taken
from directory.web.partner.sections.section import RowList, SectionForm, Taken, was_before
from directory.web.times import place_name
from directory.web.translate import lazy_gettext


class When(SectionForm):
    """Sessions, opening hours, and what else to say of times."""

    slug = "when"
    heading = lazy_gettext("When it is on")
    keys = ("sessions", "opening_hours", "by_appointment", "opening_note")
    row_lists = ("sessions", "opening")

    sessions = RowList(FormField(Time))
    opening = RowList(FormField(Opening))
    by_appointment = yes(lazy_gettext("People need an appointment"))
    opening_note = line(
        lazy_gettext("Anything else about times? (optional)"),
        lazy_gettext("For example: “The line is busy on Mondays.”"),
    )

    @staticmethod
    def filled(fields: Fields) -> dict[str, Any]:
        """What the form shows of a listing."""
        return {
            "sessions": [_shown(str(number), one) for number, one in enumerate(fields.get("sessions", ()))],
            "opening": hours_shown(fields.get("opening_hours", ())),
            "by_appointment": fields.get("by_appointment", False),
            "opening_note": fields.get("opening_note", ""),
        }

    def taken(self, fields: Fields) -> Taken:
        """The keys of the listing as they are now."""
        before = fields.get("sessions", ())
        sessions = [one.form.session(was_before(one.form, before)) for one in self.sessions if not one.form.is_empty]
        return {
            "sessions": sessions or None,
            "opening_hours": hours_taken(self.opening, fields.get("opening_hours", ())) or None,
            "by_appointment": self.by_appointment.data or None,
            "opening_note": self.opening_note.data or None,
        }

    def offer(self, snapshot: Snapshot, fields: Fields) -> None:
        """Offers the listing's own places where it has several, and the schools whose terms the calendar knows."""
        places = _places(fields, snapshot)
        schools = [(one.slug, one.name) for one in snapshot.calendar.schools]
        for row in self.sessions:
            row.form.offer(places, schools)

    def readable_sessions(self, fields: Fields) -> tuple[Session, ...]:
        """The times that can be made sense of, for playing their dates back."""
        before = fields.get("sessions", ())
        found = (_readable(one.form, was_before(one.form, before)) for one in self.sessions if not one.form.is_empty)
        return tuple(one for one in found if one)


def _places(fields: Fields, snapshot: Snapshot) -> list[tuple[str, Words]]:
    """The hubs and venues at which times may be, by slug and name; none of a listing whose times are all at one."""
    said = [one["at"] for one in fields.get("locations", ()) if "at" in one]
    named = [one["at"] for one in fields.get("sessions", ()) if "at" in one]
    if len(said) < 2 and not named:
        return []
    return [(slug, place_name(slug, snapshot)) for slug in dict.fromkeys([*said, *named])]


def _readable(row: Time, was: Mapping[str, Any]) -> Session | None:
    try:
        return Session.model_validate(row.session(was))
    except ValueError:  # a half-typed row has no dates yet
        return None


def _shown(number: str, session: Mapping[str, Any]) -> dict[str, Any]:
    dates = {key: spoken.written_date(datetime.date.fromisoformat(session[key])) for key in _DATES if key in session}
    on = dates.get("date") or dates.get("dtstart") or str(session.get("day_of_month", ""))
    times = {key: _time_shown(session[key]) for key in ("opens_at", "closes_at")}
    return {
        "was": number,
        "often": _often(session),
        "day": session.get("day", ""),
        "on": on,
        **times,
        "at": session.get("at", ""),
        "room": session.get("room", ""),
        "term": session.get("term", "always"),
        "school": session.get("school", ""),
        "bank_holidays": session.get("bank_holidays", False),
        "valid_from": dates.get("valid_from", ""),
        "valid_to": dates.get("valid_to", ""),
        "name": session.get("name", ""),
        "note": session.get("note", ""),
    }


_DATES = ("date", "dtstart", "valid_from", "valid_to")


def _time_shown(text: str) -> str:
    return spoken.written_time(datetime.time.fromisoformat(text))


def _often(session: Mapping[str, Any]) -> str:
    frequency = str(session.get("frequency", "weekly"))
    if frequency == "monthly" and "day_of_month" in session:
        return "by date"
    named = {week: name for name, week in WEEKS.items()}
    return named.get(session.get("week", ""), frequency)
