"""Letters that ask owners whether their listings are still right, and that hand listings over to a hub.

One letter holds all that one person is to look at.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from directory.mail.letters.facts import written
from directory.mail.outbox import Letter

MOST_NAMED = 20
"""How many listings a hub's letter names; the others wait on the page that it links to."""


@dataclass(frozen=True)
class Asked:
    """One listing in an owner's letter: why it is in there, what it says, and its links.

    ``next_term`` is empty where none of its sessions ends.
    """

    title: str
    reasons: tuple[str, ...]
    facts: tuple[str, ...]
    still_right: str
    change: str
    next_term: str = ""


@dataclass(frozen=True)
class HandedOver:
    """One listing in a hub's letter."""

    title: str
    due: datetime.date
    phones: tuple[str, ...]


def digest(
    *, name: str, site: str, contact: str, listings: Sequence[Asked], good_until: datetime.date, is_due: bool
) -> Letter:
    """Asks an owner to look at their listings. ``is_due``: one of them is to be looked at by a date."""
    is_one = len(listings) == 1
    what = listings[0].title if is_one else f"your {len(listings)} listings"
    are = "Is" if is_one else "Are"
    return Letter(
        f"{are} {what} still right?" if is_due else f"A reminder about {what}",
        f"""\
Hello {name},

{are} {what} in the {site} still right?
Please read what {"it says" if is_one else "each of them says"}. If all of it is right, open "Still right" and press
the button there. You do not need to sign in.

{_listed(listings)}
The links are for you alone, and work until {written(good_until)}. Please do not pass this letter on.

You get one letter for all your listings, and few of them. If you do not look after them any more, please tell us:
{contact}.
""",
    )


def _listed(listings: Sequence[Asked]) -> str:
    return "\n".join(map(_section, listings))


def _section(one: Asked) -> str:
    line = "-" * min(len(one.title), 70)
    reasons, facts = "\n".join(one.reasons), "\n".join(f"  {fact}" for fact in one.facts)
    next_term = f"Set the next term's dates:\n{one.next_term}\n" if one.next_term else ""
    return f"""\
{one.title}
{line}
{reasons}

{facts}

Still right:
{one.still_right}
Change it:
{one.change}
{next_term}"""


def taken_over(*, name: str, listings: Sequence[HandedOver], waiting: int, link: str) -> Letter:
    """Tells somebody at a hub what is to be rung up now. ``waiting``: how many do in all, those told before too."""
    count = f"{len(listings)} listings" if len(listings) > 1 else listings[0].title
    named = "\n".join(map(_call, listings[:MOST_NAMED]))
    more = f"and {len(listings) - MOST_NAMED} more\n" if len(listings) > MOST_NAMED else ""
    return Letter(
        f"Please check {count}",
        f"""\
Hello {name},

The people who run what is named here did not answer us, or we do not know who they are. Please ring them. Then say
on our site that it is still right, or change it.

{named}
{more}
All that waits for you, {waiting} in all:
{link}

You get a letter like this once a week at most.
""",
    )


def _call(one: HandedOver) -> str:
    phones = ", ".join(one.phones) or "no phone number"
    return f"* {one.title}: {phones} (to be checked by {written(one.due)})"
