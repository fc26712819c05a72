"""What people tell us is wrong, in words: on the form, on lists of reports, and on a listing until somebody looks."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import LazyString

from directory.model.listing import Listing
from directory.truth import Reported, Wrong
from directory.web.showing import Showing
from directory.web.translate import gettext, lazy_gettext, ngettext

KINDS: dict[Wrong, LazyString] = {
    Wrong.GONE: lazy_gettext("It is closed or gone"),
    Wrong.TIMES: lazy_gettext("The times or the place are wrong"),
    Wrong.CONTACT: lazy_gettext("The phone number or the website does not work"),
    Wrong.OTHER: lazy_gettext("Something else is wrong"),
}
_NOTICES: dict[Wrong, LazyString] = {
    Wrong.GONE: lazy_gettext("Several people told us that this is closed or gone. We are checking."),
    Wrong.TIMES: lazy_gettext("Several people told us that the times or the place are wrong. We are checking."),
    Wrong.CONTACT: lazy_gettext(
        "Several people told us that the phone number or the website does not work. We are checking."
    ),
    Wrong.OTHER: lazy_gettext("Several people told us that something here is wrong. We are checking."),
}


def notice(wrong: Wrong | None) -> str | None:
    """What stands on a listing that several people said the same about; None for nothing."""
    return str(_NOTICES[wrong]) if wrong else None


@dataclass(frozen=True)
class Told:
    """A report in words. ``listing`` is None where it is gone by now, and ``hub`` where no hub serves it."""

    report: Reported
    listing: Listing | None
    hub: Listing | None
    title: str
    kind: str
    age: str
    is_late: bool


def told(reports: Iterable[Reported], now: Showing) -> list[Told]:
    """The reports in words, in their order."""
    return [_told(one, now) for one in reports]


def _told(one: Reported, now: Showing) -> Told:
    listings = now.snapshot.listings
    listing, days = listings.get(one.slug), (now.today - one.at.date()).days
    return Told(
        report=one,
        listing=listing,
        hub=listings.get(one.hub),
        title=listing.title if listing else one.slug,
        kind=str(KINDS[one.kind]),
        age=ngettext("%(num)s day ago", "%(num)s days ago", days) if days else gettext("Today"),
        is_late=one.closed_at is None and one.promised_by < now.today,
    )
