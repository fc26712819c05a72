"""What is on at a hub or spoke: today, in a week that can be hung on the door, and on a screen on the wall."""

import datetime

from flask import Blueprint, abort, make_response, redirect, request
from werkzeug.wrappers import Response

from directory.model.listing import Listing
from directory.web import times, words
from directory.web.headers import ask_again
from directory.web.language import current_language
from directory.web.own_words import plain
from directory.web.page import address, page
from directory.web.public.hub_days import at_hub
from directory.web.public.hub_days import board as notice_board
from directory.web.public.hub_days import week as hub_week
from directory.web.public.listings import building, code
from directory.web.showing import Showing, showing, shown
from directory.web.translate import gettext

hub_days = Blueprint("hub_days", __name__)


def _hub(slug: str, now: Showing) -> Listing:
    """The hub or spoke of an address. Ends the request with 404 where people may see none."""
    found = now.snapshot.listings.get(slug)
    if found is None or not found.is_building or not now.snapshot.is_live(found, now.today):
        abort(404)
    ask_again()
    return found


@hub_days.get("/hubs/<slug>/today")
def today(slug: str) -> str:
    """What is on at the hub today, whoever runs it; where nothing is left today, the next day with something."""
    now, moment = showing(), shown().clock()
    hub = _hub(slug, now)
    day = at_hub.today(slug, now, moment)
    next_day = () if day.to_come else at_hub.next_day(slug, now)
    return page(
        "public/hub_today.html",
        title=gettext("Today at %(hub)s", hub=plain(hub, "title")),
        description=gettext("What is on today at %(hub)s, and when it is open.", hub=plain(hub, "title")),
        hub=building(hub, now),
        day=day,
        next_day=next_day,
        next_words=times.near_day(next_day[0].date, now.today) if next_day else None,
        date=words.day(now.today),
        now_words=times.clock(moment.time()),
        can_exit=now.snapshot.is_sensitive(hub),
    )


@hub_days.get("/hubs/<slug>/week")
@hub_days.get("/hubs/<slug>/week/<date>")
def week(slug: str, date: str | None = None) -> str | Response:
    """A week of the hub, from Monday; on paper one sheet for its door."""
    now = showing()
    hub = _hub(slug, now)
    monday = hub_week.week_of(date or now.today.isoformat(), now.today)
    if monday is None:
        return _no_such_week(hub)
    if date and date != monday.isoformat():
        return redirect(f"{request.script_root}/hubs/{slug}/week/{monday}", 303)
    days = hub_week.week(hub, monday, now)
    path = f"/hubs/{slug}/week" + (f"/{monday}" if date else "")
    return page(
        "public/hub_week.html",
        title=gettext("The week at %(hub)s", hub=plain(hub, "title")),
        description=gettext("What is on in a week at %(hub)s, day by day.", hub=plain(hub, "title")),
        hub=building(hub, now),
        first=words.day(monday),
        last=words.day(monday + datetime.timedelta(6)),
        days=days,
        size=hub_week.size(days),
        is_this_week=monday == hub_week.this_week(now.today),
        earlier=hub_week.week_beside(monday, -1, now.today),
        later=hub_week.week_beside(monday, 1, now.today),
        code=code(address(path, current_language())),
        date=words.date_alone(now.today),
        now_words=times.clock(shown().clock().time()),
        can_exit=now.snapshot.is_sensitive(hub),
        is_hidden_from_robots=date is not None,
    )


def _no_such_week(hub: Listing) -> Response:
    """What to say of a week that cannot be shown, with the way to one that can."""
    told = page(
        "public/hub_no_week.html",
        title=gettext("We cannot show this week"),
        hub=hub,
        can_exit=showing().snapshot.is_sensitive(hub),
        is_hidden_from_robots=True,
    )
    return make_response(told, 404)


@hub_days.get("/hubs/<slug>/board")
def board(slug: str) -> str:
    """A notice board for a screen on the wall: large, and new every minute unless somebody stopped that."""
    now, moment = showing(), shown().clock()
    hub = _hub(slug, now)
    day = at_hub.today(slug, now, moment)
    return page(
        "public/hub_board.html",
        title=gettext("What is on at %(hub)s", hub=plain(hub, "title")),
        hub=building(hub, now),
        board=notice_board.board(day, () if day.to_come else at_hub.next_day(slug, now), now),
        code=code(address(f"/listings/{slug}", current_language())),
        now_words=times.clock(moment.time()),
        is_still=request.args.get("still") == "1",
        can_exit=now.snapshot.is_sensitive(hub),
        is_hidden_from_robots=True,
    )
