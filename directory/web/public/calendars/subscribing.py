"""The page that tells how to have a calendar on one's phone that keeps itself right."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import abort
from markupsafe import Markup, escape

from directory.model.filters import AGES, Filter
from directory.web import asked, choices
from directory.web.drawn import drawn
from directory.web.headers import never_keep
from directory.web.own_words import own
from directory.web.page import page
from directory.web.public.calendars import feeds
from directory.web.public.calendars.blueprint import calendars
from directory.web.public.calendars.feeds import feed_address, search_feed_address
from directory.web.public.calendars.files import asked_for
from directory.web.search_state import SearchState
from directory.web.showing import Showing, showing, shown
from directory.web.translate import gettext


@dataclass(frozen=True)
class Offer:
    """One calendar to choose: its name, and the query of the page that tells how to have it."""

    name: str
    query: str


@dataclass(frozen=True)
class Chosen:
    """The calendar that was chosen: its name, its address, and the link by which a phone subscribes at once."""

    name: Markup
    address: str

    @property
    def link(self) -> str:
        """The address in the scheme that calendars on phones and computers listen to."""
        return "webcal:" + self.address.partition(":")[2]


@calendars.get("/calendars")
def how() -> str:
    """Which calendars there are, and how to subscribe to the one that was chosen; where from is left out if unknown."""
    now, state, hub = showing(), asked_for(), asked.words("hub")
    if state.words or state.place:
        never_keep()
    is_unknown = bool(state.place) and shown().services.nearby(state.place) is None
    asked_about = replace(state, place="") if is_unknown else state
    chosen = _chosen(asked_about, hub, now) if hub or asked_about.asks_for_something else None
    return page(
        "public/calendars.html",
        title=gettext("Put what’s on in your calendar"),
        description=gettext("Have sessions and groups on your phone. You see it there when one moves or is cancelled."),
        chosen=chosen,
        unknown=drawn("parts/unknown_place.html", ("place",)).filled(place=state.place) if is_unknown else "",
        hubs=list(_hubs(now)),
        categories=[
            _offer("category", one.slug, own(one, "name"))
            for one in now.doors
            if feeds.named("category", one.slug, now)
        ],
        ages=[_offer("age", one, choices.label(Filter("age", one), now.snapshot)) for one in AGES],
        is_hidden_from_robots=chosen is not None,
    )


def _hubs(now: Showing) -> Iterator[Offer]:
    for one in now.snapshot.buildings:
        if feeds.named("hub", one.slug, now):
            yield _offer("hub", one.slug, own(one, "title"))


def _offer(kind: str, name: str, label: str) -> Offer:
    return Offer(label, urlencode({kind: name}))


def _chosen(state: SearchState, hub: str, now: Showing) -> Chosen:
    """The calendar of a hub, of one category or age, or of a search. Ends in a 404 where there is none."""
    if hub:
        feeds.named("hub", hub, now) or abort(404)
        return Chosen(_called(own(now.snapshot.listings[hub], "title")), feed_address("hub", hub))
    if len(state.filters) == 1 and not state.words and not state.place:
        [one] = state.filters
        if feeds.named(one.group, one.value, now):
            return Chosen(_called(_own_label(one, now)), feed_address(one.group, one.value))
    found = feeds.of_search(state, now) or abort(404)
    about = Markup("<bdi>{}</bdi>").format(found.about)
    return Chosen(_called(about) if found.about else own(now.snapshot.site, "title"), search_feed_address(state))


def _own_label(one: Filter, now: Showing) -> Markup:
    """A choice in words; the name of a category is marked where it is in another language."""
    category = now.snapshot.category_by_slug.get(one.value) if one.group == "category" else None
    return own(category, "name") if category else escape(choices.label(one, now.snapshot))


def _called(about: Markup) -> Markup:
    return escape(gettext("What’s on: %(what)s")) % {"what": about}
