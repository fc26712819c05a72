"""Contents in memory with nothing in them but sessions."""

from collections.abc import Mapping, Sequence
from typing import Any

from directory.model.calendar import Calendar
from directory.model.listing import Listing
from directory.model.session import Session
from directory.model.site import Contact, Site
from directory.model.snapshot import Snapshot
from tests.timetable.rules import CALENDAR

SITE = Site(title="Testbridge", strapline="Invented", area="Testbridge", contact=Contact(name="The team"))


def listing(slug: str, sessions: Sequence[Session], **keys: Any) -> Listing:
    """An activity with these sessions, under the title that its slug makes."""
    said = {
        "kind": "activity",
        "summary": "Songs and play.",
        "provider": "testbridge-council",
        "access": {"ways": ["drop_in"]},
    }
    named = {"slug": slug, "title": slug.capitalize(), "categories": ["stay-and-play"], "sessions": tuple(sessions)}
    return Listing.model_validate(said | named | keys)


def snapshot_of(sessions: Mapping[str, Sequence[Session]], calendar: Calendar = CALENDAR) -> Snapshot:
    """A content with an activity for each slug."""
    return snapshot([listing(slug, some) for slug, some in sessions.items()], calendar)


def snapshot(listings: Sequence[Listing], calendar: Calendar = CALENDAR) -> Snapshot:
    """A content with these listings."""
    found = {one.slug: one for one in sorted(listings, key=lambda one: f"{one.slug}.yaml")}
    return Snapshot("one", SITE, (), found, {}, {}, calendar=calendar)
