"""One listing, hub or spoke: one address each, clean and shareable."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import segno
from flask import Blueprint, abort
from markupsafe import Markup

from directory.model.freshness import Standing
from directory.model.listing import Listing
from directory.model.session import Session
from directory.web import counting, doors, times, words
from directory.web.contact import steps
from directory.web.language import current_language, name_of
from directory.web.own_words import plain
from directory.web.page import address, page
from directory.web.public.calendars.entries import next_to_keep
from directory.web.public.hub_days import at_hub
from directory.web.report_words import notice
from directory.web.schema_org import described
from directory.web.showing import Showing, showing, shown
from directory.web.where import Whereabouts, areas, tellable, whereabouts

listings = Blueprint("listings", __name__)
NEXT_DATES = 4


@dataclass(frozen=True)
class Building:
    """A hub or spoke with what people need to find it."""

    listing: Listing
    places: tuple[Whereabouts, ...]
    opening: tuple[times.Told, ...]
    serves: tuple[str, ...]
    door: str | None


def building(listing: Listing, now: Showing) -> Building:
    """A hub or spoke ready to be shown."""
    serves = sorted(place.name for place in now.snapshot.places.places if place.hub == listing.slug)
    opening = tuple(times.opening(one, now.snapshot) for one in listing.opening_hours)
    door = doors.told(listing, now, shown().clock())
    return Building(listing, whereabouts(listing, now.snapshot), opening, tuple(serves), door)


def known_listing(slug: str, now: Showing) -> Listing | None:
    """The listing of an address that people may know: live, ended, or long unchecked; none that is not out yet."""
    found = now.snapshot.listings.get(slug)
    if found is None or found.status == "inactive" or (found.publish_from and found.publish_from > now.today):
        return None
    return found


@listings.get("/listings/<slug>")
def listing(slug: str) -> str:
    """Everything that a listing says; hubs and spokes have a page of their own kind."""
    now = showing()
    found = known_listing(slug, now) or abort(404)
    if not found.is_live_on(now.today):
        return _ended(found, now)
    if now.snapshot.standing(found, now.today) is Standing.GONE:
        return _left_out(found, now)
    counting.note_opening(found, now)
    where = f"/listings/{slug}"
    return page(
        template_of(found),
        description=plain(found, "summary"),
        told_wrong=notice(shown().services.reports.notice(slug)),
        tell_us=f"{where}/wrong",
        structured=described(found, now, address(where, current_language()), shown().clock()),
        to_keep=next_to_keep(found, now, shown().clock()),
        **facts_of(found, now),
    )


def template_of(found: Listing) -> str:
    """The template of a listing's page: hubs and spokes have one of their own."""
    return "public/hub.html" if found.is_building else "public/listing.html"


def facts_of(found: Listing, now: Showing) -> dict[str, Any]:
    """Everything that the page of a listing says, ready for its template; the listing need not be a published one."""
    places = whereabouts(found, now.snapshot)
    return {
        "title": plain(found, "title"),
        "listing": found,
        "steps": steps(found, places),
        "warning": words.warning(found, now.snapshot.standing(found, now.today)),
        "places": places,
        "provider": now.snapshot.providers.get(found.provider),
        "building": building(found, now) if found.is_building else None,
        "code": code(address(f"/listings/{found.slug}", current_language())),
        "can_exit": now.snapshot.is_sensitive(found),
        "door": doors.told(found, now, shown().clock()),
        "here": at_hub.today(found.slug, now, shown().clock()) if _has_days(found, now) else None,
        **_when(found, now),
        **_who(found, now),
        **_more(found, now),
    }


def _when(found: Listing, now: Showing) -> dict[str, Any]:
    snapshot = now.snapshot
    return {
        "sessions": [
            (times.told(one, now.today, snapshot), times.changes(one, now.today))
            for one in (tellable(every, found, snapshot) for every in found.sessions)
            if _is_to_come(one, now)
        ],
        "dates": times.next_dates(found, shown().clock(), snapshot.calendar, NEXT_DATES),
        "opening": [times.opening(one, snapshot) for one in found.opening_hours],
        "reopens": times.reopening(found, now.today),
    }


def _has_days(found: Listing, now: Showing) -> bool:
    """Whether there are pages of what is on at the listing, day by day: at a hub or spoke that people may see."""
    return found.is_building and now.snapshot.is_live(found, now.today)


def _is_to_come(one: Session, now: Showing) -> bool:
    """Whether a session is not over for good; the dates of one that is are of no use to anybody."""
    last = one.valid_to or (one.date if one.frequency == "once" else None)
    return last is None or last >= now.today or bool(times.changes(one, now.today))


def _who(found: Listing, now: Showing) -> dict[str, Any]:
    facilities = found.accessibility.facilities if found.accessibility else ()
    return {
        "ages": words.ages(found.eligibility),
        "years": [words.SCHOOL_YEARS[one] for one in found.eligibility.school_years],
        "needs": [words.SEND_NEEDS[one] for one in found.eligibility.send_needs],
        "price": words.price(found.cost, now.today),
        "prices": words.options_on(found.cost, now.today) if found.cost else (),
        "ways": [words.WAYS[one] for one in found.access.ways] if found.access else [],
        "delivery": [words.DELIVERY[one] for one in found.delivery],
        "areas": areas(found, now.snapshot),
        "languages": [name_of(one, current_language()) for one in found.languages],
        "facilities": [words.FACILITIES[one] for one in facilities],
    }


def _more(found: Listing, now: Showing) -> dict[str, Any]:
    snapshot = now.snapshot
    offered = snapshot.shown_at.get(found.slug, ())
    hub = snapshot.hub_for(found)
    return {
        "categories": [snapshot.category_by_slug[one] for one in found.categories if one in snapshot.category_by_slug],
        "related": _live(found.related, now),
        "offered": sorted(_live(offered, now), key=lambda one: one.title.casefold()),
        "hub": hub if hub != found else None,
        "about_haf": _is_of_haf(found, now),
    }


def _is_of_haf(found: Listing, now: Showing) -> bool:
    """Whether there is a page about Holiday Activities and Food that says more: for the programme and what takes it."""
    haf = now.snapshot.calendar.haf
    return haf is not None and (found.slug == haf.listing or bool(found.cost and found.cost.haf))


def _live(slugs: tuple[str, ...], now: Showing) -> list[Listing]:
    return [one for one in now.snapshot.in_order(tuple(dict.fromkeys(slugs))) if now.snapshot.is_live(one, now.today)]


def _ended(found: Listing, now: Showing) -> str:
    """The page of a listing that has ended: whoever kept the link is told so, and where to look instead."""
    return _instead("public/ended.html", found, now)


def _left_out(found: Listing, now: Showing) -> str:
    """The page of a listing that nobody could check for so long that it is in no results: how to ask, and whom."""
    return _instead("public/left_out.html", found, now, why=words.left_out(found))


def _instead(template: str, found: Listing, now: Showing, **more: Any) -> str:
    known = (now.snapshot.category_by_slug.get(one) for one in found.categories)
    return page(
        template,
        title=plain(found, "title"),
        listing=found,
        categories=[one for one in known if one and one.slug in now.in_category],
        hub=now.snapshot.hub_for(found),
        tell_us=f"/listings/{found.slug}/wrong",
        can_exit=now.snapshot.is_sensitive(found),
        is_hidden_from_robots=True,
        **more,
    )


@lru_cache(maxsize=1000)
def code(link: str) -> Markup:
    """A link as a QR code for paper and for screens on a wall."""
    drawing = segno.make(link, error="m", micro=False).svg_inline(border=2, omitsize=True)
    return Markup(drawing)  # noqa: S704  # nosec B704  # segno draws paths only
