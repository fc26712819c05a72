"""Keeping listings true: asking owners, handing over to hubs, reports of what is wrong, and how true all of it is.

Hides who is asked when, links in mails that do one thing, and what a website answered. Writes listings through
moderation alone.
"""

from directory.truth.figures import Figures, HowTrue
from directory.truth.reports import LONGEST_REPORT, NoSuchReport, ReportClosed, Reported, Reports, Wrong, is_reference

__all__ = [
    "LONGEST_REPORT",
    "Figures",
    "HowTrue",
    "NoSuchReport",
    "ReportClosed",
    "Reported",
    "Reports",
    "Wrong",
    "is_reference",
]
