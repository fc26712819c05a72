"""One calendar of everything: turns what listings say into dates. Pure, and quick.

``occurrences(session, first, last, calendar)`` are the dates of one session; ``Timetables.of(snapshot)`` is the
``Timetable`` of a whole content, which tells what is on, when, out of thousands of listings. Both tell what was
cancelled or moved away too, so that pages can say so rather than leave it out.
"""

from directory.timetable.occurrences import LONGEST_LOOK, Occurrence, occurrences, upcoming
from directory.timetable.timetable import On, Rows, Timetable, Timetables

__all__ = [
    "LONGEST_LOOK",
    "Occurrence",
    "On",
    "Rows",
    "Timetable",
    "Timetables",
    "occurrences",
    "upcoming",
]
