"""When a door is open or a line is answered: days of the week, and from when to when."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import HiddenField

from directory.model.session import WEEKDAYS
from directory.web import spoken
from directory.web.partner.sections.boxes import choices, line, read_by, several
from directory.web.partner.sections.section import Rows, in_own_order, was_before, without_empty
from directory.web.times import weekday
from directory.web.translate import gettext, lazy_gettext

_TIME = lazy_gettext("Write a time, such as 9am, 4:30pm or 16:30")


class Opening(Rows):
    """Days with the same hours. An empty row is none."""

    was = HiddenField()
    days = several(lazy_gettext("Open on"), "", ())
    opens_at = line(
        lazy_gettext("Opens at"), lazy_gettext("For example: 9am"), read_by(spoken.time_of_day, _TIME), width=5
    )
    closes_at = line(
        lazy_gettext("Closes at"), lazy_gettext("For example: 4:30pm"), read_by(spoken.time_of_day, _TIME), width=5
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days.choices = choices((one, weekday(one)) for one in WEEKDAYS)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return not (self.days.data or self.opens_at.data or self.closes_at.data)

    @property
    def hours(self) -> tuple[datetime.time, datetime.time]:
        """When it opens and closes, of a row whose times can be read."""
        opens = spoken.time_of_day(self.opens_at.data or "")
        return opens, spoken.time_of_day(self.closes_at.data or "", after=opens)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is well: days, and times in order."""
        if self.is_empty:
            return True
        super().validate(extra_validators)
        missing = {
            "days": gettext("Choose the days on which it is open"),
            "opens_at": gettext("Write when it opens, such as 9am"),
            "closes_at": gettext("Write when it closes, such as 4:30pm"),
        }
        for name, message in missing.items():
            if not self[name].data:
                self[name].errors = [message]
        if not self.errors and self.hours[1] <= self.hours[0]:
            self.closes_at.errors = [gettext("It closes before it opens. Write a later time, such as 5pm.")]
        return not self.errors


def hours_shown(hours: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the rows show of opening hours."""
    return [
        {
            "was": str(number),
            "days": list(one["days"]),
            "opens_at": spoken.written_time(datetime.time.fromisoformat(one["opens_at"])),
            "closes_at": spoken.written_time(datetime.time.fromisoformat(one["closes_at"])),
        }
        for number, one in enumerate(hours)
    ]


def hours_taken(rows: Iterable[Any], before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The opening hours as they are now, of rows without faults; what a row does not show stays."""
    return [_hours(one.form, was_before(one.form, before)) for one in rows if not one.form.is_empty]


def _hours(row: Opening, was: Mapping[str, Any]) -> dict[str, Any]:
    opens, closes = row.hours
    days = in_own_order(was.get("days", ()), row.days.data or [], WEEKDAYS)
    return without_empty({**was, "days": days, "opens_at": f"{opens:%H:%M}", "closes_at": f"{closes:%H:%M}"})
