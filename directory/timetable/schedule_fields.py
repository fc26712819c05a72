"""Open Referral's schedule: its fields, and what they say to whoever knows the standard and nothing else.

The fields are those of Open Referral UK 3.0 (its profile of the schedule table of HSDS 3.0), and those of HSDS that the
profile leaves out but that others send. Nothing is guessed: what cannot be read is refused with what to send instead.
"""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from directory.model.errors import DirectoryError
from directory.model.session import LAST, WEEKDAYS, Weekday

ZONE = "Europe/London"
Keys = dict[str, Any]
"""Keys of a session as content would write them, without those that have their usual value."""
_CODES: Mapping[str, Weekday] = {day[:2].upper(): day for day in WEEKDAYS}
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d(?=(:[0-5]\d(\.\d+)?)?$)")
_NTH = re.compile(r"\+?([1-4]|-1)([A-Z]{2})")
_DAY_OF_MONTH = re.compile(r"\+?([1-9]|[12]\d|3[01])")


class UnreadableSchedule(DirectoryError):
    """A schedule does not say when something runs, or says it in a way that this directory cannot keep."""


class Schedule(BaseModel):
    """One row of Open Referral's schedule, without identifiers. Times are those of clocks in Europe/London.

    ``session`` and ``opening_hours`` are ours, not the standard's: what its fields cannot say (see ``schedules``).
    """

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    dtstart: datetime.date | None = None
    until: datetime.date | None = None
    timezone: str | None = None
    count: int | None = None
    wkst: str | None = None
    freq: str | None = None
    interval: int | None = None
    byday: str | None = None
    byweekno: str | None = None
    bymonthday: str | None = None
    byyearday: str | None = None
    opens_at: str | None = None
    closes_at: str | None = None
    description: str | None = None
    schedule_link: str | None = None
    attending_type: str | None = None
    notes: str | None = None
    session: Keys | None = None
    opening_hours: Keys | None = None

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> "Schedule":
        """A schedule as somebody sent it; raises UnreadableSchedule where a field is not what it should be."""
        try:
            return cls.model_validate({key: value for key, value in said.items() if value != ""})
        except ValidationError as error:
            field = ".".join(str(part) for part in error.errors()[0]["loc"])
            raise UnreadableSchedule(f"{field} cannot be read; send it as Open Referral UK 3.0 has it.") from error

    def written(self) -> dict[str, Any]:
        """The fields that say something, ready for JSON."""
        return self.model_dump(mode="json", exclude_none=True)


def patterns(schedule: Schedule) -> list[Keys]:
    """The sessions that the standard's own fields tell, one for each day of the week or the month.

    Their frequency is irregular, without a day, where the fields name no day at all.
    """
    _check(schedule)
    common = {
        "opens_at": _clock("opens_at", schedule.opens_at),
        "closes_at": _clock("closes_at", schedule.closes_at),
        **({"note": schedule.notes} if schedule.notes else {}),
    }
    if schedule.freq is None:
        return [common | _without_frequency(schedule)]
    starts = max((day for day in (schedule.valid_from, schedule.dtstart) if day), default=None)
    ends = min((day for day in (schedule.valid_to, schedule.until) if day), default=None)
    limits = {key: day.isoformat() for key, day in (("valid_from", starts), ("valid_to", ends)) if day}
    by_frequency = _weekly(schedule) if schedule.freq == "WEEKLY" else _monthly(schedule)
    return [common | limits | keys for keys in by_frequency]


def weekdays(schedule: Schedule) -> list[Weekday]:
    """The days of a weekly schedule, each once, as they are written; the day of ``dtstart`` where none is."""
    codes = _parts(schedule.byday)
    if not codes and schedule.dtstart:
        return [WEEKDAYS[schedule.dtstart.weekday()]]
    if not codes or not _CODES.keys() >= set(codes):
        raise UnreadableSchedule("byday names no days of the week; send them as in MO,TH.")
    return [_CODES[code] for code in codes]


def code_of(day: Weekday) -> str:
    """A day of the week as the standard writes it, as in MO."""
    return day[:2].upper()


def _check(schedule: Schedule) -> None:
    if schedule.timezone not in (None, ZONE):
        raise UnreadableSchedule(
            f"timezone is not {ZONE}; leave it out and send the times that clocks show there, summer and winter."
        )
    if schedule.freq not in (None, "WEEKLY", "MONTHLY"):
        raise UnreadableSchedule("freq is neither WEEKLY nor MONTHLY; send one of them, or dtstart alone for one date.")
    if schedule.count is not None:
        raise UnreadableSchedule("count is not kept; send valid_to, the last date on which it runs.")
    if schedule.byweekno or schedule.byyearday:
        raise UnreadableSchedule("byweekno and byyearday are not kept; send one schedule for each date, with dtstart.")


def _clock(field: str, said: str | None) -> str:
    found = _CLOCK.match(said or "")
    if not found:
        raise UnreadableSchedule(
            f"{field} is not a time of day; send hours and minutes as clocks in {ZONE} show them, as in 10:30, without"
            " an offset."
        )
    return found[0]


def _without_frequency(schedule: Schedule) -> Keys:
    if schedule.byday or schedule.bymonthday:
        raise UnreadableSchedule("freq is missing; send WEEKLY or MONTHLY with byday, MONTHLY with bymonthday.")
    only = schedule.valid_from if schedule.valid_from == schedule.valid_to else None
    date = schedule.dtstart or only
    return {"frequency": "once", "date": date.isoformat()} if date else {"frequency": "irregular"}


def _weekly(schedule: Schedule) -> list[Keys]:
    days = weekdays(schedule)
    if schedule.interval in (None, 1):
        return [{"day": day} for day in days]
    if schedule.interval != 2:
        raise UnreadableSchedule("interval is neither 1 nor 2 weeks; send one schedule for each date, with dtstart.")
    if len(days) > 1 and schedule.wkst not in (None, "MO"):
        raise UnreadableSchedule("wkst is not MO; send one schedule for each day, each with its own dtstart.")
    return [{"frequency": "fortnightly", "day": day, **_anchor(schedule.dtstart, day)} for day in days]


def _anchor(dtstart: datetime.date | None, day: Weekday) -> Keys:
    """The day of the week that holds ``dtstart``: RFC 5545 counts weeks from there, each from its Monday."""
    if dtstart is None:
        return {}
    return {"dtstart": (dtstart + datetime.timedelta(WEEKDAYS.index(day) - dtstart.weekday())).isoformat()}


def _monthly(schedule: Schedule) -> list[Keys]:
    if schedule.interval not in (None, 1):
        raise UnreadableSchedule("interval is not 1 month; send one schedule for each date, with dtstart.")
    if schedule.byday and schedule.bymonthday:
        raise UnreadableSchedule("byday and bymonthday are both there; send one of them.")
    if schedule.byday:
        return [{"frequency": "monthly", **_nth(part)} for part in _parts(schedule.byday)]
    own = str(schedule.dtstart.day) if schedule.dtstart else ""
    found = [_DAY_OF_MONTH.fullmatch(part) for part in _parts(schedule.bymonthday) or [own]]
    if not all(found):
        raise UnreadableSchedule("bymonthday names no days of the month; send them as in 1,15.")
    return [{"frequency": "monthly", "day_of_month": int(one[1])} for one in found if one]


def _nth(part: str) -> Keys:
    found = _NTH.fullmatch(part)
    if not found or found[2] not in _CODES:
        raise UnreadableSchedule("byday names no day of a month; send 1 to 4 or -1 before the day, as in 2TU or -1FR.")
    return {"day": _CODES[found[2]], "week": LAST if found[1] == "-1" else int(found[1])}


def _parts(said: str | None) -> list[str]:
    return list(dict.fromkeys(part.strip().upper() for part in (said or "").split(",") if part.strip()))
