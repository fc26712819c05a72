"""The file of one listing: what it says now, and putting a text in its place.

Every text is known by a digest, so that whoever writes can tell whether the file is still the one that they read.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from directory.content.parsing import parse
from directory.content.tree import LISTING, Entry
from directory.content.writing import heading_of, remove, replace
from directory.content.yaml_writer import canonical
from directory.model.fields import SLUG
from directory.model.listing import Listing

NO_FILE = ""
"""The digest of a file that is not there; its text is empty too."""


@dataclass(frozen=True)
class ListingFile:
    """A listing's file at one moment. ``listing`` is None where there is no file, or one that cannot be read."""

    text: str
    digest: str
    listing: Listing | None


def read_listing(folder: Path, slug: str) -> ListingFile:
    """What the file of a listing says now. Raises OSError where it cannot be read."""
    try:
        content = listing_path(folder, slug).read_bytes()
    except FileNotFoundError:
        return ListingFile("", NO_FILE, None)
    return ListingFile(content.decode("utf-8", "replace"), _digest(content), _listing(slug, content))


def listing_in(slug: str, text: str) -> Listing | None:
    """The listing that a text says, as its file would; None where the file would have a fault, or there is none."""
    return _listing(slug, text.encode())


def digest_of(text: str) -> str:
    """By what a file that holds the text is known; an empty text stands for no file."""
    return _digest(text.encode()) if text else NO_FILE


def text_of(listing: Listing, earlier: str = "") -> str:
    """The text of a listing's file, below the comments at the top of what stood there earlier."""
    return heading_of(earlier)[0] + canonical(LISTING, listing)


def put_listing(folder: Path, slug: str, text: str) -> None:
    """Puts the text in the place of a listing's file, at once and on the disk; an empty one takes the file away.

    Raises OSError where that cannot be done. Whoever calls holds ``only_writer``.
    """
    path = listing_path(folder, slug)
    path.parent.mkdir(parents=True, exist_ok=True)
    for draft in path.parent.glob(f".{path.name}.*"):
        draft.unlink(missing_ok=True)  # of a process that was killed
    if text:
        replace(path, text.encode())
    else:
        remove(path)


def _listing(slug: str, content: bytes) -> Listing | None:
    value = parse(Entry(f"{LISTING.name}/{slug}.yaml", LISTING, (0, 0, 0, 0)), content).value
    return value if isinstance(value, Listing) else None


def listing_path(folder: Path, slug: str) -> Path:
    """The file of a listing. Raises ValueError for what is no slug."""
    if not SLUG.fullmatch(slug):
        raise ValueError("only a slug names a listing's file: anything else could name a file elsewhere")
    return folder / LISTING.name / f"{slug}.yaml"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
