"""Hides YAML: reads a folder of content files into one snapshot, finds every fault, and writes files back.

The only room that knows the files. ``load`` reads once; ``ContentStore`` keeps a process on the last good content;
``rewrite`` and ``write`` put values back in their canonical form.
"""

from directory.content.faults import Fault
from directory.content.store import BrokenContent, ContentStore, Loaded, load

__all__ = ["BrokenContent", "ContentStore", "Fault", "Loaded", "load"]
