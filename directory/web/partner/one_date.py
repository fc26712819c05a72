"""One date of one session, on a page of its own: cancelled with one button, moved, on after all, or an extra one.

Every answer says what people will see then. A trusted provider's is live at once; others wait in the queue's fast lane.
"""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, request
from werkzeug.wrappers import Response

from directory.content import would_be
from directory.model.listing import Listing
from directory.moderation import Fields, Proposed, State, What, fields_of
from directory.web import times
from directory.web.access import signed_in
from directory.web.partner.changing import changing
from directory.web.partner.date_forms import CancelForm, ExtraForm, MoveForm, UndoForm
from directory.web.partner.handing_in import handed_in
from directory.web.partner.own_listings import go_to, own_listing
from directory.web.partner.single_dates import SingleDate, changed_on, single_date
from directory.web.sent_forms import Form
from directory.web.showing import showing, shown
from directory.web.staff_page import staff_page
from directory.web.translate import gettext, lazy_gettext
from directory.web.words import day

NEXT_DATES = 6
SOON = datetime.timedelta(days=2)
"""How near a date is that our team is written to for."""
CANCEL, MOVE, UNDO, ADD = "cancel", "move", "undo", "add"
_FORMS: Mapping[str, type[Form]] = {CANCEL: CancelForm, MOVE: MoveForm, UNDO: UndoForm, ADD: ExtraForm}
_LIVE = {
    CANCEL: lazy_gettext("Cancelled. People can see it now."),
    MOVE: lazy_gettext("Moved. People can see it now."),
    UNDO: lazy_gettext("It is as usual again. People can see it now."),
    ADD: lazy_gettext("The extra date is there. People can see it now."),
}


@dataclass(frozen=True)
class Asked:
    """What somebody wants: to which date it is done, and what the listing is then."""

    date: datetime.date
    wanted: Fields


class Page:
    """The page: the date as it is now, a form for each thing that can be done, and what waits for an answer already."""

    def __init__(self, one: SingleDate) -> None:
        self.one, self.today, self.calendar = one, showing().today, showing().snapshot.calendar
        self.act = request.form.get("act", "")
        self.is_look = "look" in request.form
        self.forms = {
            act: form(prefix=f"{act}-", **({} if act == self.act else {"formdata": None}))
            for act, form in _FORMS.items()
        }
        moderation, slug = shown().services.moderation, one.listing.slug
        self.is_at_once = moderation.publishes_dates(who=signed_in(), slug=slug)
        self.waiting = moderation.waiting_dates(slug=slug).get(one.date)

    @property
    def mark(self) -> str:
        """Tells one state of the date from another: whoever was shown an older one is shown this one first."""
        said = f"{self.one.session.model_dump_json()} {self.waiting and self.waiting.id}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def may_act(self) -> bool:
        """Whether there is nothing to wait for: two answers about one date would only be in each other's way."""
        return self.is_at_once or self.waiting is None

    def asked(self) -> Asked | None:
        """What was asked for; None, with the faults in its form, where that makes no sense."""
        form, one, date = self.forms.get(self.act), self.one, self.one.date
        if form is None or not form.validate_on_submit() or (self.act == UNDO and one.exception is None):
            return None
        exception: Mapping[str, Any] | None = None
        if isinstance(form, CancelForm):
            exception = form.exception()
        elif isinstance(form, MoveForm):
            exception = form.exception(one, self.today)
        elif isinstance(form, ExtraForm):
            extra = form.exception(one.session, self.today, self.calendar)
            date, exception = extra or (date, None)
        if form.errors:
            return None
        return Asked(date, changed_on(fields_of(one.listing), one.number, date, exception))

    def listing_if(self, wanted: Fields) -> Listing | None:
        """The listing as it would be; None, with the faults in the form, where that is no sound listing."""
        listing, faults = would_be(showing().snapshot, self.one.listing.slug, wanted)
        for fault in faults:
            self.forms[self.act].blame("day", fault.message)
        return listing


@changing.route("/desk/listings/<slug>/dates/<int:number>/<date>", methods=["GET", "POST"])
def one_date(slug: str, number: int, date: str) -> str | Response:
    """Shows one date, and does with it what one of the buttons says."""
    listing = own_listing(slug)
    one = single_date(listing, number, _day(date), showing().snapshot.calendar)
    if one is None or one.last_day < showing().today:
        abort(404)
    page = Page(one)
    if request.method == "GET":
        return _drawn(page)
    if request.form.get("seen") != page.mark or not page.may_act:
        return _back(one, gettext("This date was changed a moment ago. This is how it is now."))
    asked = page.asked()
    wanted = page.listing_if(asked.wanted) if asked else None
    if asked is None or wanted is None or page.is_look:
        return _drawn(page, wanted)
    form = page.forms[page.act]
    sent = handed_in(form, "", What.CANCELLATION, listing, asked.wanted)
    return _done(page, asked, sent) if sent else _back(one, *map(str, form.form_errors))


def _day(text: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        abort(404)
    if day.isoformat() != text:  # a date has one address
        abort(404)
    return day


def _path(one: SingleDate, date: datetime.date | None = None) -> str:
    return f"/desk/listings/{one.listing.slug}/dates/{one.number}/{(date or one.date).isoformat()}"


def _back(one: SingleDate, *told: str) -> Response:
    """To the date as it is now, and why nothing was done."""
    for one_reason in told:
        flash(one_reason)
    return go_to(_path(one))


def _done(page: Page, asked: Asked, sent: Proposed) -> Response:
    """On to the date as it is now, with what became of it; to what was sent, where the date is there no more."""
    if sent.state is State.APPROVED:
        flash(str(_LIVE[page.act]))
    elif asked.date <= page.today + SOON:
        flash(
            gettext("Sent. It is soon, so we have written to our team at once. They look at it before anything else.")
        )
    else:
        flash(gettext("Sent. Our team looks at it before anything else."))
    listing = showing().snapshot.listings[page.one.listing.slug]
    is_there = single_date(listing, page.one.number, asked.date, page.calendar)
    return go_to(_path(page.one, asked.date) if is_there else f"/desk/proposals/{sent.id}")


def _drawn(page: Page, wanted: Listing | None = None) -> str:
    one = page.one
    return staff_page(
        "partner/one_date.html",
        title=_title(one),
        page=page,
        one=one,
        listing=one.listing,
        when=_when(one),
        moved_to=day(one.exception.to_date) if one.exception and one.exception.to_date else None,
        mark=page.mark,
        forms=page.forms,
        is_own=bool(page.waiting and page.waiting.by == signed_in().id),
        is_preview=wanted is not None,
        now=_next_dates(one.listing, one.date),
        then=_next_dates(wanted or _usually_wanted(page), one.date),
    )


def _title(one: SingleDate) -> str:
    if one.usual is None:
        return gettext("Extra date: %(day)s", day=day(one.date))
    if one.is_cancelled:
        return gettext("Cancelled: %(day)s", day=day(one.date))
    return gettext("Cancel or move %(day)s", day=day(one.date))


def _when(one: SingleDate) -> list[str]:
    """From when to when it is, what it is called, and where it is, as far as it is said."""
    exception, session = one.exception, one.session
    opens_at = (exception and exception.opens_at) or session.opens_at
    closes_at = (exception and exception.closes_at) or session.closes_at
    there = session.model_copy(update={"room": (exception and exception.room) or session.room})
    return [
        times.hours(opens_at, closes_at),
        *filter(None, [session.name]),
        *times.place_and_room(there, showing().snapshot),
    ]


def _usually_wanted(page: Page) -> Listing:
    """The listing as it will be after what most people come for: what waits is approved, or the date is cancelled."""
    one = page.one
    fields = fields_of(one.listing)
    if page.waiting:
        wanted: Fields = page.waiting.wanted
    elif one.exception is None:
        wanted = changed_on(fields, one.number, one.date, {"change": "cancelled"})
    else:
        wanted = changed_on(fields, one.number, one.date, None)
    return would_be(showing().snapshot, one.listing.slug, wanted)[0] or one.listing


def _next_dates(listing: Listing, date: datetime.date) -> tuple[times.Date, ...]:
    """The next dates that people are shown: from the one that this is about on, where it is further off than those."""
    now, calendar = shown().clock(), showing().snapshot.calendar
    found = times.next_dates(listing, now, calendar, NEXT_DATES)
    if not found or date <= found[-1].ends.date():
        return found
    return times.next_dates(
        listing, now.replace(year=date.year, month=date.month, day=date.day, hour=0), calendar, NEXT_DATES
    )
