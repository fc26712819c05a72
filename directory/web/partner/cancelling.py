"""Cancelling several dates of a listing in one go, and the way to each of them."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from flask import flash
from werkzeug.wrappers import Response

from directory.model.calendar import Calendar
from directory.model.listing import Listing
from directory.moderation import Fields, State, What, fields_of
from directory.timetable import Occurrence, occurrences
from directory.web import times
from directory.web.partner.changing import changing
from directory.web.partner.handing_in import handed_in
from directory.web.partner.own_listings import go_to, own_listing
from directory.web.partner.sections.boxes import choices, line, needed, several
from directory.web.partner.single_dates import changed_on
from directory.web.sent_forms import Form
from directory.web.showing import showing
from directory.web.staff_page import staff_page
from directory.web.translate import gettext, lazy_gettext
from directory.web.words import day

LOOK_AHEAD_DAYS = 120
MOST_DATES = 16
Dated = tuple[int, Occurrence]
"""The number of a session, and one of its times."""


class CancelForm(Form):
    """Which of the next dates are cancelled, and what people should know."""

    dates = several(
        lazy_gettext("Which dates are cancelled?"), "", (), needed(lazy_gettext("Choose at least one date"))
    )
    note = line(
        lazy_gettext("What should people know?"),
        lazy_gettext("Shown beside the date. For example, “The hall is being painted. Back next week.”"),
    )


@changing.route("/desk/listings/<slug>/cancel", methods=["GET", "POST"])
def cancel(slug: str) -> str | Response:
    """Offers the next dates of every session, and hands in which of them are cancelled."""
    listing, now = own_listing(slug), showing()
    form, found = CancelForm(), next_usual(listing, now.today, now.snapshot.calendar)
    form.dates.choices = choices((_name(*one), told(one[1], listing.sessions[one[0]].name)) for one in found)
    if form.validate_on_submit():
        wanted = cancelled(fields_of(listing), form.dates.data or (), form.note.data or "")
        sent = handed_in(form, "dates", What.CANCELLATION, listing, wanted)
        if sent:
            is_live = sent.state is State.APPROVED
            flash(
                gettext("Cancelled. People can see it now.")
                if is_live
                else gettext("Sent. Thank you for keeping it right.")
            )
            return go_to(f"/desk/proposals/{sent.id}")
    title = gettext("Cancel dates")
    return staff_page("partner/cancel.html", title=title, listing=listing, form=form, found=_ways(listing, found))


def next_usual(listing: Listing, today: datetime.date, calendar: Calendar) -> list[Dated]:
    """The next times of every session that are as usual, soonest first."""
    last = today + datetime.timedelta(LOOK_AHEAD_DAYS)
    found = (
        (number, one)
        for number, session in enumerate(listing.sessions)
        for one in occurrences(session, today, last, calendar)
        if one.date not in {exception.date for exception in session.exceptions} and session.falls_on(one.date)
    )
    return sorted(found, key=lambda one: (one[1], one[0]))[:MOST_DATES]


def _ways(listing: Listing, found: Iterable[Dated]) -> list[tuple[str, str]]:
    """The path of each date's own page, and its words."""
    return [(f"{number}/{one.date.isoformat()}", told(one, listing.sessions[number].name)) for number, one in found]


def _name(number: int, one: Occurrence) -> str:
    return f"{number} {one.date.isoformat()}"


def told(one: Occurrence, name: str | None) -> str:
    """One time in words."""
    when = {"day": day(one.date), "hours": times.hours(one.opens_at, one.closes_at)}
    if name:
        return gettext("%(day)s, %(hours)s: %(name)s", **when, name=name)
    return gettext("%(day)s, %(hours)s", **when)


def cancelled(fields: Fields, chosen: Sequence[str], note: str) -> Fields:
    """The listing with sessions cancelled on some dates; each is the number of a session and a date."""
    exception: dict[str, Any] = {"change": "cancelled", **({"note": note} if note else {})}
    for one in chosen:
        number, _, date = one.partition(" ")
        fields = changed_on(fields, int(number), datetime.date.fromisoformat(date), exception)
    return fields
