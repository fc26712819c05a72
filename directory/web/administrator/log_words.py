"""What the log tells, in people's words: each act, and what it was about with the way there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directory.model.snapshot import Snapshot
from directory.web.translate import gettext, lazy_gettext

ACTS = {
    "signed in": lazy_gettext("Signed in"),
    "used a link": lazy_gettext("Used a link to sign in"),
    "signed out": lazy_gettext("Signed out"),
    "came by a link": lazy_gettext("Came by the link in a letter"),
    "enrolled a phone": lazy_gettext("Set up a phone"),
    "lost a phone": lazy_gettext("Said that a phone is lost"),
    "made recovery codes": lazy_gettext("Made new recovery codes"),
    "revoked a session": lazy_gettext("Signed somebody out of a browser"),
    "invited": lazy_gettext("Invited somebody"),
    "granted a role": lazy_gettext("Gave a role"),
    "revoked a role": lazy_gettext("Took a role away"),
    "left": lazy_gettext("Said that somebody has left"),
    "tidied up": lazy_gettext("Deleted what was old"),
    "proposed": lazy_gettext("Sent in a change"),
    "withdrew": lazy_gettext("Took a change back"),
    "wrote a message": lazy_gettext("Wrote a message"),
    "approved": lazy_gettext("Approved a change"),
    "published by rule": lazy_gettext("Changed a date at once: the provider is trusted"),
    "declined": lazy_gettext("Declined a change"),
    "sent back": lazy_gettext("Sent a change back"),
    "checked": lazy_gettext("Checked a listing"),
    "brought back": lazy_gettext("Brought an earlier version back"),
    "dropped: file moved": lazy_gettext("Dropped a change: the file was changed by hand"),
    "report proposed": lazy_gettext("Made a change of a report"),
    "report closed": lazy_gettext("Closed a report"),
    "exported": lazy_gettext("Took a table home"),
    "changed review rules": lazy_gettext("Changed the settings for checks"),
    "trusted a provider": lazy_gettext("Trusted a provider"),
    "trusted no more": lazy_gettext("Stopped trusting a provider"),
}
"""Each act by what the log calls it. One that is not here is shown as the log has it."""


@dataclass(frozen=True)
class About:
    """What something was about, and the path of its page where there is one."""

    words: str
    path: str = ""


def act_words(what: str) -> str:
    """An act in words."""
    known = ACTS.get(what)
    return str(known) if known else what.capitalize()


def about_words(about: str, names: Mapping[int, str], snapshot: Snapshot) -> About:
    """What it was about: a person by name, a listing by title, a proposal by number."""
    kind, _, which = about.partition(" ")
    if kind == "person" and which.isdecimal():
        return About(names.get(int(which), about), f"/people/{which}")
    if kind == "listing":
        listing = snapshot.listings.get(which)
        return About(listing.title if listing else which, f"/history/{which}")
    if kind == "proposal":
        return About(gettext("Change %(number)s", number=which), f"/queue/{which}")
    if kind == "report":
        return About(gettext("Report %(reference)s", reference=which), f"/reports?reference={which}")
    if kind == "provider":
        provider = snapshot.providers.get(which)
        return About(provider.name if provider else which)
    return About(about)


def detail_words(details: Mapping[str, Any]) -> str:
    """The small print of an act on one line, as the log has it."""
    return ", ".join(f"{key}: {value}" for key, value in details.items() if value not in ("", None))
