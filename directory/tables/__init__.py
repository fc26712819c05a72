"""What only a database can hold, and the way to it. Rows have no behaviour: a room above decides what they mean."""

from directory.tables.database import (
    Database,
    DatabaseUnusable,
    RowClash,
    create_tables,
    inserting,
    may_hold_tables,
    open_database,
    unusable,
)
from directory.tables.people import (
    Attempt,
    AuditEntry,
    Grant,
    Person,
    RecoveryCode,
    Secret,
    SignInLink,
    StaffSession,
)
from directory.tables.proposals import Decision, ListingVersion, Proposal, ProposalMessage, Publication
from directory.tables.searches import Postcode, SearchCount, SearchSalt, SearchWords
from directory.tables.truth import LastRun, LinkCheck, ListingLink, Mail, OwnerTold, Report, ReviewRequest

__all__ = [
    "Attempt",
    "AuditEntry",
    "Database",
    "DatabaseUnusable",
    "Decision",
    "Grant",
    "LastRun",
    "LinkCheck",
    "ListingLink",
    "ListingVersion",
    "Mail",
    "OwnerTold",
    "Person",
    "Postcode",
    "Proposal",
    "ProposalMessage",
    "Publication",
    "RecoveryCode",
    "Report",
    "ReviewRequest",
    "RowClash",
    "SearchCount",
    "SearchSalt",
    "SearchWords",
    "Secret",
    "SignInLink",
    "StaffSession",
    "create_tables",
    "inserting",
    "may_hold_tables",
    "open_database",
    "unusable",
]
