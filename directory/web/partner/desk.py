"""The desk: what is somebody's to keep right, what is due first, and what they have sent in."""

import datetime
from dataclasses import dataclass

from flask import Blueprint, request

from directory.accounts import Role, Who
from directory.model.freshness import Standing
from directory.model.listing import Listing
from directory.model.place import name_key
from directory.model.snapshot import Snapshot
from directory.web import words
from directory.web.access import signed_in
from directory.web.partner.coming_up import coming_up
from directory.web.partner.next_term import desk_words
from directory.web.partner.state_words import Progress, progress
from directory.web.report_words import told
from directory.web.showing import showing, shown
from directory.web.staff_page import staff_page
from directory.web.translate import gettext, lazy_gettext

pages = Blueprint("desk", __name__)
MOST_SHOWN = 40
"""Listings on one page: what is due comes first, and the box finds the others."""
MOST_FOUND = 20
ANSWERED_SHOWN = 5
_LATE = frozenset({Standing.OVERDUE, Standing.SUNK, Standing.GONE})
_TAGS = {
    Standing.CHECKED: ("green", lazy_gettext("Checked")),
    Standing.UNCONFIRMED: ("yellow", lazy_gettext("Not confirmed yet")),
    Standing.OVERDUE: ("red", lazy_gettext("Needs a check")),
    Standing.SUNK: ("red", lazy_gettext("Needs a check")),
    Standing.GONE: ("red", lazy_gettext("Needs a check")),
}
_FOLLOWS = {
    Standing.OVERDUE: lazy_gettext("People are told to call before they travel."),
    Standing.SUNK: lazy_gettext("It now stands below others in searches."),
    Standing.GONE: lazy_gettext("It no longer comes up in searches."),
}


@dataclass(frozen=True)
class Kept:
    """One listing that somebody keeps right.

    ``colour`` is that of its tag, ``follows`` what comes of its lateness, ``ends`` what is to be said of sessions that
    come to an end.
    """

    listing: Listing
    colour: str
    tag: str
    checked: str
    due: datetime.date | None
    is_late: bool
    follows: str | None
    proposal: Progress | None
    ends: str | None


@pages.get("/desk")
def desk() -> str:
    """A partner's own listings and proposals; moderators find any listing."""
    person, now = signed_in(), showing()
    asked = request.args.get("q", "").strip()[:100]
    may_find_all = person.has(Role.MODERATOR) or person.has(Role.ADMINISTRATOR)
    own = [one for one in now.snapshot.listings.values() if _is_theirs(one, person) and _is_kept(one)]
    sent = [progress(one, now) for one in shown().services.moderation.of_person(who=person)]
    by_slug = {one.proposal.slug: one for one in reversed(sent) if one.proposal.slug and one.is_open}
    coming, has_more = coming_up({one.slug for one in own}, all_of_it="coming" in request.args)
    kept = sorted((_kept(one, now.snapshot, now.today, by_slug) for one in own), key=_urgency)
    return staff_page(
        "partner/desk.html",
        title=gettext("Your listings"),
        coming=coming,
        has_more_coming=has_more,
        kept=kept[:MOST_SHOWN],
        total=len(kept),
        late=sum(one.is_late for one in kept),
        reported=told(shown().services.reports.open_for([one.slug for one in own]), now),
        open_ones=[one for one in sent if one.is_open],
        answered=[one for one in sent if not one.is_open][:ANSWERED_SHOWN],
        may_find=may_find_all or len(kept) > MOST_SHOWN,
        may_find_all=may_find_all,
        asked=asked,
        found=_found(asked, now.snapshot, person, may_find_all=may_find_all) if asked else (),
    )


def _is_theirs(listing: Listing, person: Who) -> bool:
    """Whether they speak for who runs it, or for who is to keep it right instead; what moderators may is no matter."""
    return not person.providers.isdisjoint((listing.provider, listing.owner or listing.provider))


def _is_kept(listing: Listing) -> bool:
    """Whether anybody still has to keep it right: what is over for good has no facts that can go wrong."""
    return listing.status not in ("inactive", "defunct")


def _kept(listing: Listing, snapshot: Snapshot, today: datetime.date, waiting: dict[str, Progress]) -> Kept:
    standing = snapshot.standing(listing, today)
    colour, tag = _TAGS[standing]
    follows = _FOLLOWS.get(standing)
    return Kept(
        listing,
        colour,
        str(tag),
        words.checked(listing),
        snapshot.site.review.due(listing),
        standing in _LATE,
        str(follows) if follows else None,
        waiting.get(listing.slug),
        desk_words(listing, today, snapshot.calendar) if listing.slug not in waiting else None,
    )


def _urgency(one: Kept) -> tuple[bool, bool, bool, datetime.date, str]:
    """What is late first and longest, then what comes to an end, what nobody confirmed, and what is due soonest."""
    is_confirmed = one.listing.checked is not None
    return not one.is_late, one.ends is None, is_confirmed, one.due or datetime.date.min, one.listing.title.casefold()


def _found(asked: str, snapshot: Snapshot, person: Who, *, may_find_all: bool) -> list[Listing]:
    """The listings whose names hold everything that was typed, of those that are the person's to change."""
    wanted = name_key(asked).split()
    found = (
        one
        for one in snapshot.listings.values()
        if (may_find_all or _is_theirs(one, person))
        and all(word in name_key(" ".join([one.title, *one.alternate_names])) for word in wanted)
    )
    return sorted(found, key=lambda one: one.title.casefold())[:MOST_FOUND]
