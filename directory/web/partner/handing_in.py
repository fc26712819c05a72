"""Handing a change in from a short form, whose few answers are given at once: with what comes of it."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from directory.model.listing import Listing
from directory.moderation import ListingMoved, NotAllowed, NotSound, NotWritten, ProposalMoved, Proposed, What
from directory.web.access import signed_in
from directory.web.partner.own_listings import fresh_draft
from directory.web.sent_forms import Form
from directory.web.showing import shown
from directory.web.translate import gettext


def handed_in(
    form: Form, blamed: str, kind: What, listing: Listing, wanted: Mapping[str, Any], note: str = ""
) -> Proposed | None:
    """The proposal as it is then: it waits, or is published already. None, with the faults in the form, for neither."""
    who, now, moderation = signed_in(), shown().clock(), shown().services.moderation
    draft = fresh_draft(who, kind, listing)
    try:
        return moderation.send(who=who, number=draft.id, wanted=wanted, note=note, now=now)
    except NotSound as error:
        for _key, fault in error.faults:
            form.blame(blamed, fault)
    except ListingMoved:
        form.blame(blamed, gettext("Somebody changed this listing a moment ago. Please read it again."))
        # What it began from is no more; nor is it to be taken back where a second tap sent the same draft.
        with suppress(NotAllowed, ProposalMoved):
            moderation.withdraw(who=who, number=draft.id, now=now)
    except NotWritten:
        form.blame(blamed, gettext("It could not be written just now. Nothing was lost: try again."))
    return None
