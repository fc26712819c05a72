"""The whole life of a proposal, every version of every listing, and the one way in which a listing's file is written.

Hides states and who may move what where, three-way comparison, and how an approval survives a crash: file, then
decision and version in one transaction, then index. Content is the truth, the database the memory, the index a cache.
"""

from directory.moderation.comparing import changed_dates
from directory.moderation.lately import LastChange
from directory.moderation.moderation import Moderation
from directory.moderation.rules import Ruled, Rules, RulesMoved
from directory.moderation.values import (
    Act,
    BothChanged,
    ByRule,
    Comparison,
    Decided,
    FieldChange,
    Fields,
    ListingMoved,
    Message,
    NoSuchProposal,
    NotAllowed,
    NotSound,
    NotWritten,
    ProposalMoved,
    Proposed,
    Risk,
    State,
    Version,
    What,
    fields_of,
)

__all__ = [
    "Act",
    "BothChanged",
    "ByRule",
    "Comparison",
    "Decided",
    "FieldChange",
    "Fields",
    "LastChange",
    "ListingMoved",
    "Message",
    "Moderation",
    "NoSuchProposal",
    "NotAllowed",
    "NotSound",
    "NotWritten",
    "ProposalMoved",
    "Proposed",
    "Risk",
    "Ruled",
    "Rules",
    "RulesMoved",
    "State",
    "Version",
    "What",
    "changed_dates",
    "fields_of",
]
