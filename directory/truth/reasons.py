"""Why an owner is written to about a listing, in a sentence of their letter."""

import datetime
from collections.abc import Iterator

from directory.mail.letters.facts import written
from directory.model.freshness import looked_at
from directory.model.listing import Listing
from directory.truth.asking import Reason, Why

_SENTENCES = {
    Why.DUE: "Please look at it by {date}.",
    Why.OVERDUE: "Nobody has looked at it since {since}. People who see it are told to call before they travel.",
    Why.SUNK: "Nobody has looked at it since {since}. From now on people see it below all others.",
    Why.GONE: "Nobody has looked at it since {since}, so we have taken it out of our lists. You can bring it back.",
    Why.HOLIDAYS: "School holidays begin on {date}. Are its times right for term time and holidays?",
}
_CHANGES = {
    "cancelled": "that {date} is cancelled",
    "extra": "that {date} is an extra date",
    "moved": "that what is usually on {date} is at another time",
}
_LATE = "Please look at it as soon as you can: it was to be done by {date}."


def in_words(reason: Reason, listing: Listing, today: datetime.date) -> str:
    """The sentence for one reason."""
    if reason.why is Why.ENDING:
        return " ".join(_ends(listing, reason.on))
    if reason.why is Why.EXCEPTION:
        return " ".join(_exceptions(listing, reason.on))
    is_late = reason.why is Why.DUE and reason.on < today
    sentence = _LATE if is_late else _SENTENCES[reason.why]
    return sentence.format(date=written(reason.on), since=_since(listing))


def _since(listing: Listing) -> str:
    seen = looked_at(listing)
    return f"{seen:%B %Y}" if seen else "it was added"


def _ends(listing: Listing, day: datetime.date) -> Iterator[str]:
    if listing.publish_until == day:
        yield f"It is on the site until {written(day)} only."
    if listing.closed_until == day:
        yield f"It says that it is closed until {written(day)}."
    if any(one.valid_to == day for one in listing.sessions):
        yield f"It says that its sessions run until {written(day)} only."


def _exceptions(listing: Listing, day: datetime.date) -> Iterator[str]:
    changes = {one.change for session in listing.sessions for one in session.exceptions if one.date == day}
    for change in sorted(changes):
        yield f"It says {_CHANGES[change].format(date=written(day))}."
