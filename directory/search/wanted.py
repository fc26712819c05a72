"""What the index should hold of a content. Worked out anew for the listings that changed, and for what is at them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from directory.model.snapshot import Snapshot
from directory.search.document import Document, documents


@dataclass(frozen=True)
class Wanted:
    """The revision of each document by slug; the documents themselves are made when they are asked for."""

    snapshot: Snapshot
    revisions: dict[str, str]

    def documents(self, slugs: Collection[str] | None = None) -> Iterator[Document]:
        """Those of these slugs, or all."""
        return documents(self.snapshot, self.revisions.keys() if slugs is None else slugs)


def wanted(snapshot: Snapshot, before: Wanted | None) -> Wanted:
    """What a content wants; ``before`` is what an earlier one did."""
    changed = snapshot.differing_from(before.snapshot) if before else None
    if before is None or changed is None:
        return Wanted(snapshot, dict(_revisions(snapshot, snapshot.listings.keys())))
    touched = changed | frozenset(_at(snapshot, before.snapshot, changed))
    kept = ((slug, revision) for slug, revision in before.revisions.items() if slug not in touched)
    return Wanted(snapshot, {**dict(kept), **dict(_revisions(snapshot, touched))})


def _revisions(snapshot: Snapshot, slugs: Collection[str]) -> Iterable[tuple[str, str]]:
    return ((one.listing.slug, one.revision) for one in documents(snapshot, slugs))


def _at(snapshot: Snapshot, before: Snapshot, changed: Collection[str]) -> Iterator[str]:
    """What is at a hub or spoke that changed: it is found by its name and town, and lies where it does."""
    found = (state.listings.get(slug) for state in (snapshot, before) for slug in changed)
    buildings = {one.slug for one in found if one and one.is_building}
    for listing in snapshot.listings.values() if buildings else ():
        if any(location.at in buildings for location in listing.locations):
            yield listing.slug
