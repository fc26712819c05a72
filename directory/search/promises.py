"""The promises of the content held against the index: a person who types these words sees one of these listings."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from directory.model.site import SearchCheck
from directory.model.snapshot import Snapshot
from directory.search.index import SearchIndex
from directory.search.query import Query


class Broken(NamedTuple):
    """A promise that is not kept, and what is shown instead, first result first."""

    promise: SearchCheck
    shown: tuple[str, ...]

    def __str__(self) -> str:
        promise = self.promise
        wanted = " or ".join(promise.shows)
        within = "first" if promise.within == 1 else f"among the first {promise.within}"
        instead = f"what comes is {', '.join(self.shown)}" if self.shown else "nothing comes"
        return (
            f"“{promise.words}” does not show {wanted} {within}; {instead}. Add these words to the need they are about."
        )


def broken_promises(index: SearchIndex, snapshot: Snapshot, at: datetime.datetime) -> Iterator[Broken]:
    """Every promise that the index does not keep on that day. The index must be in step with the content."""
    for promise in snapshot.search_checks:
        shown = index.search(Query(promise.words, at, per_page=promise.within)).slugs
        if not set(promise.shows).intersection(shown):
            yield Broken(promise, shown)
