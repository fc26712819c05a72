"""What's on: every session of every listing by day and time, from today to a year ahead.

The days stand in the path of an address, and what narrows them in its query, which is that of a search.
"""

from directory.web.public.whats_on.views import whats_on

__all__ = ["whats_on"]
