"""The one change that no moderator has to approve: a trusted provider's own person changes single dates to come.

Somebody stands before a locked hall while a cancellation waits. Everything else waits for another person, and so does
this where the slightest thing is not as the rule has it. Pure.
"""

import datetime

from directory.accounts import Who
from directory.model.snapshot import Snapshot
from directory.moderation.comparing import changed_dates
from directory.moderation.values import Fields, What


def may_publish(who: Who, kind: What, provider: str, snapshot: Snapshot) -> bool:
    """Whether a proposal of that kind by this person, who speaks for that provider, may publish itself.

    Not on a link out of a letter, which may have been passed on; nor by a moderator who only heard of it.
    """
    known = snapshot.providers.get(provider)
    return bool(
        kind is What.CANCELLATION
        and snapshot.site.review.cancellations_at_once
        and known
        and known.trusted
        and who.is_active
        and who.only is None
        and provider in who.providers
    )


def is_of_dates_to_come(before: Fields, after: Fields, today: datetime.date) -> bool:
    """Whether two states of a listing that is open differ in single dates from today on, and in nothing else."""
    days = changed_dates(before, after)
    is_open = before.get("status", "active") == "active"
    return bool(days) and is_open and min(days or ()) >= today
