"""People who may sign in: who they are, what they may do, and the log of what they did.

Hides links, codes, sessions and limits, and how each is kept: tokens are known by their hashes alone. Knows no Flask.
"""

from directory.accounts.accounts import Accounts
from directory.accounts.limits import again_at
from directory.accounts.log import note
from directory.accounts.people import (
    WHOLE_DIRECTORY,
    Held,
    LastAdministrator,
    NoSuchPerson,
    NoSuchRole,
    NotAnAddress,
    Role,
    Who,
    held_in,
)
from directory.accounts.roles import Invited
from directory.accounts.sessions import OpenSession

__all__ = [
    "WHOLE_DIRECTORY",
    "Accounts",
    "Held",
    "Invited",
    "LastAdministrator",
    "NoSuchPerson",
    "NoSuchRole",
    "NotAnAddress",
    "OpenSession",
    "Role",
    "Who",
    "again_at",
    "held_in",
    "note",
]
