"""Keeping listings true: asking owners, handing over to hubs, reports of what is wrong, and how true all of it is.

Hides who is asked when, links in mails that do one thing, and what a website answered. Writes listings through
moderation alone.
"""

from directory.truth.figures import Figures, HowTrue
from directory.truth.links import LinkAct, LinkOver, ListingDiffers, Opened
from directory.truth.reminding import Reminded
from directory.truth.reports import LONGEST_REPORT, NoSuchReport, ReportClosed, Reported, Reports, Wrong, is_reference
from directory.truth.truth import Overdue, Truth
from directory.truth.visits import GAP_SECONDS, Visitor
from directory.truth.websites import LinkFault, Websites

__all__ = [
    "GAP_SECONDS",
    "LONGEST_REPORT",
    "Figures",
    "HowTrue",
    "LinkAct",
    "LinkFault",
    "LinkOver",
    "ListingDiffers",
    "NoSuchReport",
    "Opened",
    "Overdue",
    "Reminded",
    "ReportClosed",
    "Reported",
    "Reports",
    "Truth",
    "Visitor",
    "Websites",
    "Wrong",
    "is_reference",
]
