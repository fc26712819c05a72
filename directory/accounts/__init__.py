"""People who may sign in: who they are, what they may do, and the log of what they did.

Hides links, codes, sessions and limits, and how each is kept: tokens are known by their hashes alone. Knows no Flask.
"""

from directory.accounts.accounts import Accounts
from directory.accounts.limits import again_at
from directory.accounts.links import LinkState
from directory.accounts.log import AuditLog, Done, note
from directory.accounts.people import (
    WHOLE_DIRECTORY,
    Held,
    HereAlready,
    LastAdministrator,
    NoSuchPerson,
    NoSuchRole,
    NotAnAddress,
    NotOneself,
    Role,
    Who,
    held_in,
)
from directory.accounts.retention import forget
from directory.accounts.roles import Invited
from directory.accounts.roll import Record
from directory.accounts.sessions import OpenSession
from directory.accounts.signing_in import (
    Enrolment,
    Entered,
    HalfIn,
    LinkNotGood,
    NotHalfIn,
    SigningIn,
    TooOften,
    WrongCode,
)
from directory.accounts.tokens import digest, new_token

__all__ = [
    "WHOLE_DIRECTORY",
    "Accounts",
    "AuditLog",
    "Done",
    "Enrolment",
    "Entered",
    "HalfIn",
    "Held",
    "HereAlready",
    "Invited",
    "LastAdministrator",
    "LinkNotGood",
    "LinkState",
    "NoSuchPerson",
    "NoSuchRole",
    "NotAnAddress",
    "NotHalfIn",
    "NotOneself",
    "OpenSession",
    "Record",
    "Role",
    "SigningIn",
    "TooOften",
    "Who",
    "WrongCode",
    "again_at",
    "digest",
    "forget",
    "held_in",
    "new_token",
    "note",
]
