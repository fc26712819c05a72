"""What hubs are to look at because nobody else did, with the number to ring."""

from flask import Blueprint

from directory.model.freshness import Standing
from directory.truth import Overdue
from directory.web import asked
from directory.web.access import signed_in
from directory.web.pagination import paginate
from directory.web.showing import shown
from directory.web.staff_page import staff_page
from directory.web.translate import gettext, lazy_gettext, ngettext
from directory.web.words import date_alone

pages = Blueprint("overdue", __name__)
ROWS_A_PAGE = 20
STANDINGS = {
    Standing.OVERDUE: lazy_gettext("People are told to call before they travel."),
    Standing.SUNK: lazy_gettext("People see it below all others."),
    Standing.GONE: lazy_gettext("People do not find it any more."),
}
"""What its standing means for people."""


@pages.get("/overdue")
def overdue() -> str:
    """What was handed over to the person's hub, the longest due first, then what providers are still asked about."""
    found = shown().services.truth.overdue(who=signed_in(), now=shown().clock())
    handed_over = [one for one in found if one.is_handed_over]
    pagination = paginate(asked.page_number(), len(handed_over), ROWS_A_PAGE)
    start = (pagination.current - 1) * ROWS_A_PAGE
    return staff_page(
        "moderator/overdue.html",
        title=gettext("Listings to check"),
        total=len(handed_over),
        handed_over=handed_over[start : start + ROWS_A_PAGE],
        asked_about=[one for one in found if not one.is_handed_over][:ROWS_A_PAGE],
        pagination=pagination,
        standings=STANDINGS,
        in_words=_in_words,
    )


def _in_words(one: Overdue) -> str:
    """Since when it waits, and how often its provider was asked."""
    due = gettext("To be checked by %(date)s.", date=date_alone(one.due))
    if not one.times_asked:
        return due
    times = ngettext("We asked once.", "We asked %(num)s times.", one.times_asked)
    return f"{due} {times}"
