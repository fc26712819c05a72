"""What people told us is wrong: what waits, oldest first, and the page on which a moderator answers it."""

from collections.abc import Iterable

from flask import Blueprint, abort, flash, redirect, request
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovTextArea
from werkzeug.wrappers import Response
from wtforms import BooleanField, TextAreaField
from wtforms.validators import Length

from directory.model.fields import CONTROL
from directory.model.listing import Listing
from directory.moderation import What
from directory.truth import NoSuchReport, ReportClosed, Reported
from directory.web.access import signed_in
from directory.web.listing_words import name, said
from directory.web.moderator.waiting import hub_name
from directory.web.named import names_of
from directory.web.pagination import paginate
from directory.web.report_words import told
from directory.web.sent_forms import Form
from directory.web.showing import Showing, showing, shown
from directory.web.staff_page import staff_page
from directory.web.translate import gettext, lazy_gettext, ngettext

pages = Blueprint("reports", __name__)

ON_A_PAGE = 25
NO_HUB = "none"
"""What the filter calls what no hub serves."""
LONGEST_ANSWER = 2000
_FACTS = (
    "status",
    "sessions",
    "opening_hours",
    "locations",
    "phones",
    "email",
    "url",
    "booking_url",
    "cost",
    "provider",
)
"""What a moderator holds a report against, in the order in which it is asked about on the telephone."""


class Answer(Form):
    """How a report is closed."""

    answer = TextAreaField(
        lazy_gettext("Your answer"),
        description=lazy_gettext("Say what you found and what you changed, in one or two sentences."),
        filters=[lambda typed: CONTROL.sub("", typed or "").strip()],
        validators=[Length(max=LONGEST_ANSWER, message=lazy_gettext("Write at most %(max)s characters"))],
        widget=GovTextArea(),
    )
    with_alike = BooleanField(
        lazy_gettext("Close the other reports that say the same about this listing too"), widget=GovCheckboxInput()
    )


@pages.get("/reports")
def reports() -> str | Response:
    """What waits, oldest first; of one hub, or the report of a reference that somebody reads out."""
    who, room, now = signed_in(), shown().services.reports, showing()
    asked = {key: request.args.get(key, "").strip() for key in ("hub", "reference")}
    number = _of_reference(asked["reference"])
    if number:
        return redirect(f"{request.script_root}/reports/{number}", 303)
    every = room.open(who=who)
    found = room.open(who=who, hub="" if asked["hub"] == NO_HUB else asked["hub"]) if asked["hub"] else every
    pagination = paginate(request.args.get("page", 1, type=int), len(found), ON_A_PAGE, [("hub", asked["hub"])])
    start = (pagination.current - 1) * ON_A_PAGE
    return staff_page(
        "moderator/reports.html",
        title=gettext("Reports"),
        found=told(found[start : start + ON_A_PAGE], now),
        total=len(every),
        asked=asked,
        hubs=_hubs(every, now),
        pagination=pagination,
    )


def _of_reference(reference: str) -> int | None:
    try:
        return shown().services.reports.of_reference(who=signed_in(), reference=reference).id if reference else None
    except NoSuchReport:
        return None


@pages.get("/reports/<int:number>")
def report(number: int) -> str:
    """One report, beside what the listing says, and the form that closes it."""
    return _page(_found(number))


@pages.post("/reports/<int:number>/close")
def close(number: int) -> str | Response | tuple[str, int]:
    """Closes it, with an answer where one was asked for."""
    seen, form = _found(number), Answer()
    is_sound = form.validate()
    if seen.wants_answer and not form.answer.data:
        form.blame("answer", gettext("Write an answer: the person asked for one"))
        is_sound = False
    if not is_sound:
        return _page(seen, form), 422
    try:
        closed = shown().services.reports.close(
            who=signed_in(),
            number=number,
            answer=form.answer.data or "",
            with_alike=form.with_alike.data,
            now=shown().clock(),
        )
    except ReportClosed:
        return _page(_found(number), was_quicker=True), 409
    flash(ngettext("One report is closed.", "%(num)s reports are closed.", closed))
    return redirect(f"{request.script_root}/reports", 303)


@pages.post("/reports/<int:number>/propose")
def propose(number: int) -> Response | tuple[str, int]:
    """Makes a change of the listing out of it, to be filled in next."""
    try:
        begun = shown().services.reports.propose(who=signed_in(), number=number, now=shown().clock())
    except NoSuchReport:
        abort(404)
    except ReportClosed:
        return _page(_found(number), was_quicker=True), 409
    form = "close" if begun.kind is What.CLOSURE else "edit"
    return redirect(f"{request.script_root}/desk/listings/{begun.slug}/{form}", 303)


def _found(number: int) -> Reported:
    try:
        return shown().services.reports.report(who=signed_in(), number=number)
    except NoSuchReport:
        abort(404)


def _page(seen: Reported, form: Answer | None = None, *, was_quicker: bool = False) -> str:
    now = showing()
    [one] = told([seen], now)
    return staff_page(
        "moderator/report.html",
        title=gettext("Report %(reference)s", reference=seen.reference),
        told=one,
        facts=_facts(one.listing, now),
        form=form or Answer(formdata=None, answer=_first_words(seen)),
        alike=shown().services.reports.alike(seen),
        closed_by=names_of([seen.closed_by]).get(seen.closed_by or 0),
        was_quicker=was_quicker,
    )


def _first_words(seen: Reported) -> str:
    """What most answers say once the change that was made of a report is live; the moderator may write another."""
    return gettext("Thank you. You were right, and we have put it right.") if seen.is_settled else ""


def _facts(listing: Listing | None, now: Showing) -> list[tuple[str, tuple[str, ...]]]:
    if listing is None:
        return []
    fields = listing.model_dump(mode="json", exclude_defaults=True)
    lines_of = ((name(key), said(key, fields.get(key), now.snapshot)) for key in _FACTS)
    return [(key, lines) for key, lines in lines_of if lines]


def _hubs(every: Iterable[Reported], now: Showing) -> list[tuple[str, str]]:
    found = {(one.hub or NO_HUB, hub_name(one.hub, now.snapshot)) for one in every}
    return sorted(found, key=lambda hub: hub[1])
