"""Hides YAML: reads a folder of content files into one snapshot, finds every fault, and writes files back.

The only room that knows the files. ``load`` reads once; ``ContentStore`` keeps a process on the last good content;
``write`` and ``rewrite`` put values into files in their canonical form.
"""

from directory.content.amending import Amendment, ForHandsOnly, amend
from directory.content.faults import Fault
from directory.content.one_listing import (
    ListingFile,
    digest_of,
    listing_in,
    listing_path,
    put_listing,
    read_listing,
    text_of,
)
from directory.content.soundness import left_without, would_be
from directory.content.starting import start
from directory.content.store import BrokenContent, ContentStore, Loaded, Report, check, load
from directory.content.tree import LISTING, PAGE, PROMISES, PROVIDER, SINGLES, Kind
from directory.content.writing import Rewrite, only_writer, rewrite, write

__all__ = [
    "LISTING",
    "PAGE",
    "PROMISES",
    "PROVIDER",
    "SINGLES",
    "Amendment",
    "BrokenContent",
    "ContentStore",
    "Fault",
    "ForHandsOnly",
    "Kind",
    "ListingFile",
    "Loaded",
    "Report",
    "Rewrite",
    "amend",
    "check",
    "digest_of",
    "left_without",
    "listing_in",
    "listing_path",
    "load",
    "only_writer",
    "put_listing",
    "read_listing",
    "rewrite",
    "start",
    "text_of",
    "would_be",
    "write",
]
