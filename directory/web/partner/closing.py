"""Closing for a time or for good, opening again, and cancelling a session on some of its dates."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash
from werkzeug.wrappers import Response

from directory.model.calendar import Calendar
from directory.model.listing import Listing
from directory.moderation import Fields, NotSound, What, fields_of
from directory.timetable import Occurrence, occurrences
from directory.web import times
from directory.web.access import signed_in
from directory.web.partner.changing import changing
from directory.web.partner.own_listings import fresh_draft, go_to, own_listing
from directory.web.partner.sections.boxes import choices, line, lines, needed, one_of, read_by, several
from directory.web.sent_forms import Form
from directory.web.showing import showing, shown
from directory.web.spoken import date as read_date
from directory.web.staff_page import staff_page
from directory.web.translate import gettext, lazy_gettext
from directory.web.words import day

LOOK_AHEAD_DAYS = 120
MOST_DATES = 16
_FOR_A_TIME, _FOR_GOOD, _OPEN = "time", "good", "open"


class CloseForm(Form):
    """Until when it is closed, or why it closes for good."""

    what = one_of(
        lazy_gettext("What is happening?"),
        "",
        (
            (_FOR_A_TIME, lazy_gettext("It closes for a time")),
            (_FOR_GOOD, lazy_gettext("It closes for good")),
            (_OPEN, lazy_gettext("It is open again")),
        ),
        needed(lazy_gettext("Choose what is happening")),
    )
    until = line(
        lazy_gettext("If it closes for a time: on which day does it open again?"),
        lazy_gettext("For example, 4 January 2027"),
        read_by(read_date, lazy_gettext("Write the day as in 4 January 2027")),
        width=20,
    )
    reason = lines(
        lazy_gettext("Why?"),
        lazy_gettext("For our team only: it is not shown on the site. For example, the hall is being painted."),
        rows=3,
    )

    def is_whole(self, today: datetime.date) -> bool:
        """Whether each answer has what it needs: a time its end, an end its reason."""
        if self.what.data == _FOR_A_TIME and not self.until.data:
            self.blame("until", gettext("Write the day on which it opens again"))
        elif self.what.data == _FOR_A_TIME and read_date(self.until.data or "") <= today:
            self.blame("until", gettext("Write a day that is still to come"))
        if self.what.data == _FOR_GOOD and not self.reason.data:
            self.blame("reason", gettext("Say in a few words why it closes for good"))
        return not self.errors

    def taken(self, fields: Fields) -> dict[str, Any]:
        """The listing, closed or opened as the form says."""
        rest = {key: value for key, value in fields.items() if key not in ("status", "closed_until")}
        if self.what.data == _FOR_A_TIME:
            return rest | {"status": "temporarily closed", "closed_until": read_date(self.until.data or "").isoformat()}
        return rest | {"status": "defunct"} if self.what.data == _FOR_GOOD else rest


class CancelForm(Form):
    """Which of the next dates are cancelled, and what people should know."""

    dates = several(
        lazy_gettext("Which dates are cancelled?"), "", (), needed(lazy_gettext("Choose at least one date"))
    )
    note = line(
        lazy_gettext("What should people know?"),
        lazy_gettext("Shown beside the date. For example, “The hall is being painted. Back next week.”"),
    )


@changing.route("/desk/listings/<slug>/close", methods=["GET", "POST"])
def close(slug: str) -> str | Response:
    """Asks whether it closes for a time or for good, and hands that in."""
    listing = own_listing(slug)
    form = CloseForm(data={"what": _OPEN if listing.status == "temporarily closed" else ""})
    if form.validate_on_submit() and form.is_whole(showing().today):
        wanted = form.taken(fields_of(listing))
        sent = _sent(form, "what", What.CLOSURE, listing, wanted, note=form.reason.data or "")
        if sent:
            return sent
    return staff_page("partner/close.html", title=gettext("Close it or open it again"), listing=listing, form=form)


@changing.route("/desk/listings/<slug>/cancel", methods=["GET", "POST"])
def cancel(slug: str) -> str | Response:
    """Offers the next dates of every session, and hands in which of them are cancelled."""
    listing, now = own_listing(slug), showing()
    form = CancelForm()
    form.dates.choices = choices(next_dates(listing, now.today, now.snapshot.calendar))
    if form.validate_on_submit():
        wanted = cancelled(fields_of(listing), form.dates.data or (), form.note.data or "")
        sent = _sent(form, "dates", What.CANCELLATION, listing, wanted)
        if sent:
            return sent
    return staff_page("partner/cancel.html", title=gettext("Cancel a date"), listing=listing, form=form)


def _sent(
    form: Form, blamed: str, kind: What, listing: Listing, wanted: Mapping[str, Any], note: str = ""
) -> Response | None:
    """Hands it in and goes to its page; None, with the faults in the form, where it is not sound."""
    who = signed_in()
    draft = fresh_draft(who, kind, listing)
    try:
        shown().services.moderation.send(who=who, number=draft.id, wanted=wanted, note=note, now=shown().clock())
    except NotSound as error:
        for _key, fault in error.faults:
            form.blame(blamed, fault)
        return None
    flash(gettext("Sent. Thank you for keeping it right."))
    return go_to(f"/desk/proposals/{draft.id}")


def next_dates(listing: Listing, today: datetime.date, calendar: Calendar) -> list[tuple[str, str]]:
    """The next usual dates of every session, soonest first: which session and date it is, and its words."""
    last = today + datetime.timedelta(LOOK_AHEAD_DAYS)
    found = sorted(
        (one, number)
        for number, session in enumerate(listing.sessions)
        for one in occurrences(session, today, last, calendar)
        if one.date not in {exception.date for exception in session.exceptions} and session.falls_on(one.date)
    )
    return [
        (f"{number} {one.date.isoformat()}", _told(one, listing.sessions[number].name))
        for one, number in found[:MOST_DATES]
    ]


def _told(one: Occurrence, name: str | None) -> str:
    when = {"day": day(one.date), "hours": times.hours(one.opens_at, one.closes_at)}
    if name:
        return gettext("%(day)s, %(hours)s: %(name)s", **when, name=name)
    return gettext("%(day)s, %(hours)s", **when)


def cancelled(fields: Fields, chosen: Sequence[str], note: str) -> dict[str, Any]:
    """The listing with sessions cancelled on some dates; each is named as ``next_dates`` names it."""
    sessions = [dict(session) for session in fields.get("sessions", ())]
    for one in sorted(chosen):
        number, _, date = one.partition(" ")
        session = sessions[int(number)]
        exception = {"date": date, "change": "cancelled"} | ({"note": note} if note else {})
        session["exceptions"] = [*session.get("exceptions", ()), exception]
    return {**fields, "sessions": sessions}
