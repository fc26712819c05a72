"""Closing a listing for a time or for good, and opening it again."""

import datetime
from typing import Any

from flask import flash, request
from werkzeug.wrappers import Response

from directory.model.listing import Listing
from directory.moderation import Fields, What, fields_of
from directory.web.partner.changing import changing
from directory.web.partner.editing import DATES
from directory.web.partner.handing_in import handed_in
from directory.web.partner.own_listings import go_to, own_listing
from directory.web.partner.sections.boxes import line, lines, needed, one_of, read_by
from directory.web.partner.sections.playing_back import PlayedBack, played_back
from directory.web.sent_forms import Form
from directory.web.showing import showing, shown
from directory.web.spoken import Unclear
from directory.web.spoken import date as read_date
from directory.web.staff_page import staff_page
from directory.web.translate import gettext, lazy_gettext

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


@changing.route("/desk/listings/<slug>/close", methods=["GET", "POST"])
def close(slug: str) -> str | Response:
    """Asks whether it closes for a time or for good, and hands that in."""
    listing = own_listing(slug)
    form = CloseForm(data={"what": _OPEN if listing.status == "temporarily closed" else ""})
    is_sent = request.form.get("button") != DATES
    if is_sent and form.validate_on_submit() and form.is_whole(showing().today):
        wanted = form.taken(fields_of(listing))
        sent = handed_in(form, "what", What.CLOSURE, listing, wanted, note=form.reason.data or "")
        if sent:
            flash(gettext("Sent. Thank you for keeping it right."))
            return go_to(f"/desk/proposals/{sent.id}")
    return staff_page(
        "partner/close.html",
        title=gettext("Close it or open it again"),
        listing=listing,
        form=form,
        played=_played(form, listing) if listing.sessions else None,
    )


def _played(form: CloseForm, listing: Listing) -> PlayedBack:
    """The next dates as the form would have them: from the day on which it opens again, and none of what is over."""
    now, calendar = shown().clock(), showing().snapshot.calendar
    if form.what.data == _FOR_GOOD:
        return PlayedBack()
    try:
        opens = read_date(form.until.data or "") if form.what.data == _FOR_A_TIME else now.date()
    except Unclear:
        opens = now.date()
    from_then = datetime.datetime.combine(opens, datetime.time(), now.tzinfo)
    return played_back(listing.sessions, max(now, from_then), calendar)
