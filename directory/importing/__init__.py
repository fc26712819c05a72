"""Brings listings from elsewhere into content files, or says of each why it cannot.

``plan`` reads and decides and writes nothing; ``carry_out`` writes what a plan decided. Each foreign shape is a module
of its own; the first is ``records``, one JSON object a line.
"""

from directory.importing.plan import Outcome, Plan, Row, carry_out, plan
from directory.importing.towns import UnreadableTowns, read_towns

__all__ = ["Outcome", "Plan", "Row", "UnreadableTowns", "carry_out", "plan", "read_towns"]
