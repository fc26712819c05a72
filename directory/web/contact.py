"""The next thing to do about a listing: call, text, go there, look it up, book."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from directory.model.listing import Listing, Phone
from directory.web.own_words import number as left_to_right
from directory.web.translate import gettext
from directory.web.where import Whereabouts


@dataclass(frozen=True)
class Step:
    """A thing to do, with the link that does it. ``detail`` is what the listing itself says of it."""

    label: str
    href: str
    detail: str | None = None


def dial(number: str) -> str:
    """A phone number without spaces and brackets, as a link needs it."""
    return re.sub(r"[^\d+]", "", number)


def text_link(number: str, keyword: str | None) -> str:
    """The link that begins a text message; a keyword is already written in it."""
    return f"sms:{dial(number)}" + (f"?&body={quote(keyword)}" if keyword else "")


def text_label(number: str, keyword: str | None) -> Markup:
    """What to text, and to which number."""
    if keyword:
        return escape(gettext("Text %(keyword)s to %(number)s")) % {"keyword": keyword, "number": left_to_right(number)}
    return escape(gettext("Text %(number)s")) % {"number": left_to_right(number)}


def steps(listing: Listing, places: tuple[Whereabouts, ...]) -> tuple[Step, ...]:
    """Everything that a person can do next, what is quickest first."""
    calls = [_call(phone) for phone in listing.phones if phone.takes_calls]
    texts = [
        Step(text_label(one.number, one.text_keyword), text_link(one.number, one.text_keyword), one.description)
        for one in listing.phones
        if one.takes_texts
    ]
    roads = [Step(gettext("Get directions"), place.directions) for place in places[:1] if place.directions]
    others = [*calls, *texts, *roads, *_website(listing)]
    is_booked = listing.access is not None and listing.access.ways[0] == "book"
    return tuple([*_booking(listing), *others] if is_booked else [*others, *_booking(listing)])


def _call(phone: Phone) -> Step:
    label = escape(gettext("Call %(number)s")) % {"number": left_to_right(phone.number)}
    return Step(label, f"tel:{dial(phone.number)}", phone.description)


def _booking(listing: Listing) -> list[Step]:
    found = [Step(gettext("Book a place"), listing.booking_url)] if listing.booking_url else []
    start = listing.access.url if listing.access else None
    if start and start not in (listing.booking_url, listing.url):
        found.append(Step(gettext("Ask online"), start))
    return found


def _website(listing: Listing) -> list[Step]:
    return [Step(gettext("Visit the website"), listing.url)] if listing.url else []


def host(url: str) -> str:
    """The name of a website, short enough to read and to type."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
