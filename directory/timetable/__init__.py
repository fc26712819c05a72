"""One calendar of everything: turns what listings say into dates. Pure, and quick.

``occurrences(session, first, last, calendar)`` are the dates of one session; ``Timetables.of(snapshot)`` is the
``Timetable`` of a whole content, which tells what is on, when, out of thousands of listings. Both tell what was
cancelled or moved away too, so that pages can say so rather than leave it out. ``door(hours, now, calendar)`` tells
whether a door is open. ``endings`` are the sessions of a listing that a new term is to follow.
``schedules(session, calendar)`` are a session as Open Referral has it, and ``sessions(schedules)`` the way back.
"""

from directory.timetable.doors import Door, Opening, door, hours_on
from directory.timetable.occurrences import LONGEST_LOOK, Occurrence, occurrences, upcoming
from directory.timetable.schedule_fields import Schedule, UnreadableSchedule
from directory.timetable.schedules import opening_hours, schedule_of_hours, schedules, sessions
from directory.timetable.terms import Ending, continued, endings, first_date, usual_term
from directory.timetable.timetable import On, Rows, Timetable, Timetables

__all__ = [
    "LONGEST_LOOK",
    "Door",
    "Ending",
    "Occurrence",
    "On",
    "Opening",
    "Rows",
    "Schedule",
    "Timetable",
    "Timetables",
    "UnreadableSchedule",
    "continued",
    "door",
    "endings",
    "first_date",
    "hours_on",
    "occurrences",
    "opening_hours",
    "schedule_of_hours",
    "schedules",
    "sessions",
    "upcoming",
    "usual_term",
]
