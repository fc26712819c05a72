"""Hides YAML: reads a folder of content files into one snapshot, finds every fault, and writes files back.

The only room that knows the files. ``load`` reads once; ``ContentStore`` keeps a process on the last good content;
``write`` and ``rewrite`` put values into files in their canonical form.
"""

from directory.content.faults import Fault
from directory.content.starting import start
from directory.content.store import BrokenContent, ContentStore, Loaded, Report, check, load
from directory.content.tree import LISTING, PAGE, PROMISES, PROVIDER, SINGLES, Kind
from directory.content.writing import Rewrite, rewrite, write

__all__ = [
    "LISTING",
    "PAGE",
    "PROMISES",
    "PROVIDER",
    "SINGLES",
    "BrokenContent",
    "ContentStore",
    "Fault",
    "Kind",
    "Loaded",
    "Report",
    "Rewrite",
    "check",
    "load",
    "rewrite",
    "start",
    "write",
]
