"""What people search for, counted without personal data, and what that says of the content.

Hides what is never counted, how little is kept of it, and how a search that failed leads to its repair. Pages note what
they answered; the watch of a process takes that in and writes it; ``insight_into`` reads a month.
"""

from directory.insight.counting import SearchCounts
from directory.insight.findings import Finding, Insight, Repair, found_nothing, insight_into
from directory.insight.stored import RARE, Asked

__all__ = ["RARE", "Asked", "Finding", "Insight", "Repair", "SearchCounts", "found_nothing", "insight_into"]
