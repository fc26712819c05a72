"""From one term to the next: the sessions that end, with the next term's dates filled in, ready to be sent."""

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Self

from flask import flash, request
from werkzeug.wrappers import Response
from wtforms import FormField, HiddenField

from directory.model.calendar import Calendar
from directory.model.listing import Listing
from directory.model.session import WEEKDAYS, Session
from directory.moderation import Fields, What, fields_of
from directory.timetable import LONGEST_LOOK, Ending, continued, endings, first_date, usual_term
from directory.web import spoken, times
from directory.web.access import signed_in
from directory.web.partner.changing import SEND, changing
from directory.web.partner.handing_in import handed_in
from directory.web.partner.own_listings import go_to, own_listing
from directory.web.partner.sections.boxes import choices, line, needed, pick, read_by, yes
from directory.web.partner.sections.one_time import DATE, TERMS, TIME
from directory.web.partner.sections.playing_back import PlayedBack, played_back
from directory.web.partner.sections.section import RowList, Rows
from directory.web.partner.state_words import UNFINISHED
from directory.web.sent_forms import Form
from directory.web.showing import showing, shown
from directory.web.staff_page import staff_page
from directory.web.translate import gettext, lazy_gettext
from directory.web.words import date_alone, day

SOON_DAYS = 28
"""How long before its sessions end a listing's desk says so."""


class NextTime(Rows):
    """One session of the next term, as a row over the one that ends."""

    ending: Ending | None
    today: datetime.date
    number = HiddenField()
    carry = yes(lazy_gettext("It goes on"))
    first = line(
        lazy_gettext("First date"),
        lazy_gettext("For example: 4 January 2027"),
        needed(lazy_gettext("Write the first date")),
        read_by(spoken.date, DATE),
        width=20,
    )
    last = line(
        lazy_gettext("Last date"),
        lazy_gettext("For example: 25 March 2027"),
        needed(lazy_gettext("Write the last date")),
        read_by(spoken.date, DATE),
        width=20,
    )
    day = pick(lazy_gettext("On which day?"), "", ())
    opens_at = line(lazy_gettext("From"), "", needed(TIME), read_by(spoken.time_of_day, TIME), width=5)
    closes_at = line(lazy_gettext("To"), "", needed(TIME), read_by(spoken.time_of_day, TIME), width=5)
    term = pick(lazy_gettext("When in the year?"), "", TERMS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day.choices = choices((one, times.weekday(one)) for one in WEEKDAYS)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is well with a session that goes on: its dates and times in order."""
        if not (self.ending and self.carry.data):
            return True
        if super().validate(extra_validators):
            for name, message in self._out_of_order().items():
                self[name].errors = [message]
        return not self.errors

    def _out_of_order(self) -> Mapping[str, str]:
        found = {}
        first, last = spoken.date(self.first.data or ""), spoken.date(self.last.data or "")
        if self._is_fortnightly and WEEKDAYS[first.weekday()] != self.day.data:
            found["first"] = gettext("This date is another day of the week. Write a date on which it runs.")
        if not 0 <= (last - self.today).days <= LONGEST_LOOK:
            found["last"] = gettext("Write a last date in the next twelve months. Is the year right?")
        if self.hours[1] <= self.hours[0]:
            found["closes_at"] = gettext("It ends before it starts. Write a later time, such as 2pm.")
        if last < first:
            found["last"] = gettext("The last date is before the first. Swap the two.")
        return found

    @property
    def _is_fortnightly(self) -> bool:
        return self.ending is not None and self.ending.session.frequency == "fortnightly"

    @property
    def hours(self) -> tuple[datetime.time, datetime.time]:
        """When it starts and ends, of a row whose times can be read."""
        opens = spoken.time_of_day(self.opens_at.data or "")
        return opens, spoken.time_of_day(self.closes_at.data or "", after=opens)

    def renewed(self, was: Session) -> Session:
        """The session of the next term, after the one that ``was``. Raises ``ValueError`` for what cannot be read."""
        opens, closes = self.hours
        first, last = spoken.date(self.first.data or ""), spoken.date(self.last.data or "")
        goes_by_terms = self.term.data != "always"
        changed = {
            "exceptions": (),
            "day": self.day.data if was.day else None,
            "dtstart": first if was.frequency == "fortnightly" else None,
            "opens_at": opens,
            "closes_at": closes,
            "valid_from": first,
            "valid_to": last,
            "term": self.term.data,
            "school": was.school if goes_by_terms else None,
        }
        return Session.model_validate({**was.model_dump(), **changed})


class NextTermForm(Form):
    """A row for each session that ends. ``seen`` tells over which sessions the page was made."""

    times = RowList(FormField(NextTime))
    seen = HiddenField()

    def over(self, ending: Sequence[Ending], today: datetime.date) -> Self:
        """The form, each row with the session that it follows; one that the page did not offer follows none."""
        by_number = {str(one.number): one for one in ending}
        for row in self.times:
            row.form.ending, row.form.today = by_number.get(row.form.number.data), today
        return self

    @property
    def going_on(self) -> list[tuple[NextTime, Ending]]:
        """The rows that are ticked, each with the session that it follows."""
        rows = (row.form for row in self.times)
        return [(row, row.ending) for row in rows if row.ending and row.carry.data]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is well, and something goes on."""
        if not super().validate(extra_validators):
            return False
        if not self.going_on:
            self.blame("", gettext("Choose at least one time that goes on"))
        return bool(self.going_on)


@changing.route("/desk/listings/<slug>/next-term", methods=["GET", "POST"])
def next_term(slug: str) -> str | Response:
    """Offers each session that ends with the next term's dates, plays them back, and hands them in as one change."""
    listing, today, calendar = own_listing(slug), showing().today, showing().snapshot.calendar
    ending = endings(listing.sessions, today, calendar)
    form = NextTermForm(data=_filled(ending, listing, today, calendar)).over(ending, today)
    if form.is_submitted() and form.seen.data != _mark(listing):
        form = NextTermForm(formdata=None, data=_filled(ending, listing, today, calendar)).over(ending, today)
        form.blame("", gettext("Somebody changed this listing a moment ago. Please read it again."))
    elif request.form.get("button") == SEND and form.validate_on_submit():
        wanted = _wanted(form, listing, today, calendar)
        sent = handed_in(form, "", What.EDIT, listing, wanted)
        if sent:
            flash(gettext("Sent. Thank you for keeping it right."))
            return go_to(f"/desk/proposals/{sent.id}")
    return _page(form, listing, ending)


def _filled(ending: Sequence[Ending], listing: Listing, today: datetime.date, calendar: Calendar) -> dict[str, Any]:
    return {"times": [_row(one, today, calendar) for one in ending], "seen": _mark(listing)}


def _row(one: Ending, today: datetime.date, calendar: Calendar) -> dict[str, Any]:
    session = one.session
    first = first_date(session, one.next, today, calendar) if one.next else None
    return {
        "number": str(one.number),
        "carry": True,
        "first": spoken.written_date(first) if first else "",
        "last": spoken.written_date(one.next.ends) if one.next else "",
        "day": session.day or "",
        "opens_at": spoken.written_time(session.opens_at),
        "closes_at": spoken.written_time(session.closes_at),
        "term": usual_term(session, one.next, calendar),
    }


def _mark(listing: Listing) -> str:
    """Tells the sessions over which the page was made from any others."""
    said = json.dumps(fields_of(listing).get("sessions", ()), sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _wanted(form: NextTermForm, listing: Listing, today: datetime.date, calendar: Calendar) -> Fields:
    renewed = {one.number: row.renewed(one.session) for row, one in form.going_on}
    sessions = continued(listing.sessions, renewed, today, calendar)
    return fields_of(listing.model_copy(update={"sessions": sessions}))


def _page(form: NextTermForm, listing: Listing, ending: Sequence[Ending]) -> str:
    now, who = showing(), signed_in()
    own = [one for one in shown().services.moderation.of_person(who=who) if one.slug == listing.slug]
    told = {str(one.number): times.told(one.session, now.today, now.snapshot) for one in ending}
    return staff_page(
        "partner/next_term.html",
        title=gettext("Set the next term's dates"),
        listing=listing,
        form=form,
        ending={str(one.number): one for one in ending},
        told=told,
        words={str(one.number): ending_words(one.on, now.today) for one in ending},
        played=_played(form),
        unsent=any(one.kind is What.EDIT and one.state in UNFINISHED and one.typed for one in own),
        is_limited=who.only is not None,
        date=date_alone,
    )


def _played(form: NextTermForm) -> PlayedBack:
    """The first dates of the next term, of all rows that can be read."""
    found = []
    for row, one in form.going_on:
        try:
            found.append(row.renewed(one.session))
        except ValueError:  # a half-typed row has no dates yet
            continue
    return played_back(found, shown().clock(), showing().snapshot.calendar)


def ending_words(on: datetime.date | None, today: datetime.date) -> str:
    """When a session ends, or ended, in a sentence."""
    if on is None:
        return gettext("We do not know the school terms yet, so people see no dates.")
    return (
        gettext("It ends on %(date)s.", date=day(on)) if on >= today else gettext("It ended on %(date)s.", date=day(on))
    )


def desk_words(listing: Listing, today: datetime.date, calendar: Calendar) -> str | None:
    """What a desk says of sessions that end within four weeks, or have ended; None where none do."""
    found = [one.on for one in endings(listing.sessions, today, calendar)]
    known = [on for on in found if on]
    soonest = min(known, default=None)
    if soonest is None:
        return ending_words(None, today) if found else None
    if soonest < today:
        return gettext("Your sessions ended on %(date)s.", date=date_alone(soonest))
    if (soonest - today).days > SOON_DAYS:
        return None
    return gettext("Your sessions end on %(date)s.", date=date_alone(soonest))
