"""Finds listings by people's words. Hides Whoosh: gives slugs, never content.

``SearchIndex(folder)`` is the whole of it: ``sync(snapshot)`` makes it agree with the content, ``search(Query(...))``
answers, ``refresh()`` notices what another process wrote, ``rebuild(snapshot)`` starts anew. ``Suggestions`` knows what
to suggest to somebody who is still typing.
"""

from directory.search.builds import IndexBusy
from directory.search.half_term import asks_about_haf, asks_about_half_term
from directory.search.index import IndexNotReady, IndexNotWritten, SearchIndex
from directory.search.promises import Broken, broken_promises
from directory.search.query import (
    GUESSES,
    ORDERS,
    Because,
    Choice,
    Correction,
    Fitting,
    Guess,
    Order,
    Query,
    Reason,
    Results,
    Status,
    SyncReport,
    Tag,
    Understood,
)
from directory.search.suggesting import Suggestions

__all__ = [
    "GUESSES",
    "ORDERS",
    "Because",
    "Broken",
    "Choice",
    "Correction",
    "Fitting",
    "Guess",
    "IndexBusy",
    "IndexNotReady",
    "IndexNotWritten",
    "Order",
    "Query",
    "Reason",
    "Results",
    "SearchIndex",
    "Status",
    "Suggestions",
    "SyncReport",
    "Tag",
    "Understood",
    "asks_about_haf",
    "asks_about_half_term",
    "broken_promises",
]
