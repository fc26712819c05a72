"""Which keys of a listing a proposal may change, by who proposes it, and how risky that is. Pure."""

from collections.abc import Iterable

from directory.accounts import Role, Who
from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from directory.moderation.values import NotAllowed, Risk, What

PARTNER_KEYS = frozenset(
    {
        "title", "alternate_names", "summary", "description", "categories", "status", "closed_until", "publish_from",
        "publish_until", "eligibility", "access", "cost", "delivery", "locations", "service_areas", "sessions",
        "opening_hours", "opening_note", "by_appointment", "phones", "email", "url", "booking_url", "languages",
        "interpretation_services", "accessibility", "translations", "related",
    }
)  # fmt: skip
"""What a provider's person may propose. Who keeps a listing, how often it is looked at and what is said of it inside
the team is not theirs to change, and a form that sends such a key was tampered with."""
STAFF_KEYS = frozenset(Listing.model_fields) - {"slug", "checked", "source"}
"""What a moderator may propose or amend. That somebody looked is said by an act of its own."""
PARTNER_KINDS = ("service", "activity", "link")
"""What a partner may propose as new: hubs and spokes are the team's."""
_TIMES_AND_PHONES = frozenset({"sessions", "opening_hours", "phones"})
_DOES_HARM = frozenset({"eligibility", "cost"})


def is_staff(who: Who) -> bool:
    """Whether they decide somewhere, on a full sign-in."""
    return who.only is None and (who.has(Role.MODERATOR) or who.has(Role.ADMINISTRATOR))


def refuse_keys(who: Who, changed: Iterable[str], kind: What) -> None:
    """Raises ``NotAllowed`` where a change is not this person's to propose.

    What is new brings its kind and its provider with it.
    """
    partner_keys = PARTNER_KEYS | {"kind", "provider"} if kind is What.NEW else PARTNER_KEYS
    allowed = STAFF_KEYS if is_staff(who) else partner_keys
    refused = sorted(set(changed) - allowed)
    if refused:
        raise NotAllowed("not yours to change: " + ", ".join(refused))


def refuse_amending(keys: Iterable[str]) -> None:
    """Raises ``NotAllowed`` where a key is no moderator's to amend."""
    refused = sorted(set(keys) - STAFF_KEYS)
    if refused:
        raise NotAllowed("not to be amended: " + ", ".join(refused))


def risk_of(kind: What, listing: Listing, changed: Iterable[str], snapshot: Snapshot) -> Risk:
    """How much harm a wrong approval could do; ``listing`` as it is proposed, or live where that is riskier."""
    keys = set(changed)
    if kind is What.NEW or snapshot.is_sensitive(listing) or keys & _DOES_HARM:
        return Risk.HIGH
    provider = snapshot.providers.get(listing.provider)
    is_small = kind is not What.CLOSURE and keys <= _TIMES_AND_PHONES
    return Risk.LOW if is_small and provider and provider.trusted else Risk.ORDINARY
