"""Which days a page tells of: a run of them with a name, such as this weekend, or one date."""

import datetime
from dataclasses import dataclass

from directory.model.calendar import Calendar
from directory.web.translate import gettext, lazy_gettext, written_date
from directory.web.words import day as full_day

HERE = "/whats-on"
FURTHEST_DAYS = 366
"""How far back and ahead people may look: further on, hardly any listing says what it will do."""
A_DAY = datetime.timedelta(1)
HOLIDAYS = "school-holidays"
SPANS = ("tomorrow", "this-weekend", "next-7-days", "next-30-days", HOLIDAYS)
"""The runs of days that have a name in an address; today has the bare address."""
NAMES = {
    "today": lazy_gettext("Today"),
    "tomorrow": lazy_gettext("Tomorrow"),
    "this-weekend": lazy_gettext("This weekend"),
    "next-7-days": lazy_gettext("7 days"),
    "next-30-days": lazy_gettext("30 days"),
    HOLIDAYS: lazy_gettext("School holidays"),
}
"""Short enough for three to stand side by side on a phone."""
_TITLES = {
    "today": lazy_gettext("What’s on today"),
    "tomorrow": lazy_gettext("What’s on tomorrow"),
    "this-weekend": lazy_gettext("What’s on this weekend"),
    "next-7-days": lazy_gettext("What’s on in the next 7 days"),
    "next-30-days": lazy_gettext("What’s on in the next 30 days"),
    HOLIDAYS: lazy_gettext("What’s on in the school holidays"),
}
_SATURDAY = 5


@dataclass(frozen=True)
class Days:
    """A run of days, both ends included. ``name`` is one of ``NAMES``, or empty for a date; ``note`` says more."""

    name: str
    first: datetime.date
    last: datetime.date
    title: str
    note: str = ""

    @property
    def path(self) -> str:
        """The path of the page."""
        return path_of(self.name) if self.name else path_of(self.first.isoformat())

    @property
    def is_one(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last

    @property
    def dates(self) -> str:
        """The days as dates."""
        first, last = (written_date(one, "EEEE d MMMM") for one in (self.first, self.last))
        return first if self.is_one else gettext("%(first)s to %(last)s", first=first, last=last)

    @property
    def lead(self) -> str:
        """What there is to say below the title; of a single day, its date stands above its sessions."""
        if self.is_one:
            return self.note
        return gettext("%(name)s: %(dates)s", name=self.note, dates=self.dates) if self.note else self.dates


def path_of(name: str) -> str:
    """The path of a run of days by its name, or of a date."""
    return HERE if name == "today" else f"{HERE}/{name}"


def named(name: str, today: datetime.date, calendar: Calendar) -> Days | None:
    """The days of that name; None for school holidays of which the calendar knows none to come."""
    if name == HOLIDAYS:
        return _holidays(today, calendar)
    saturday = today + A_DAY * ((_SATURDAY - today.weekday()) if today.weekday() <= _SATURDAY else -1)
    first, last = {
        "today": (today, today),
        "tomorrow": (today + A_DAY, today + A_DAY),
        "this-weekend": (saturday, saturday + A_DAY),
        "next-7-days": (today, today + A_DAY * 6),
        "next-30-days": (today, today + A_DAY * 29),
    }[name]
    return Days(name, first, last, str(_TITLES[name]))


def _holidays(today: datetime.date, calendar: Calendar) -> Days | None:
    """The school holidays of now, or the next ones that the borough's calendar knows."""
    coming = (one for one in calendar.holidays if one.ends >= today)
    period = min(coming, key=lambda one: one.starts, default=None)
    return Days(HOLIDAYS, period.starts, period.ends, str(_TITLES[HOLIDAYS]), period.name) if period else None


def title_of(name: str) -> str:
    """The title of the page of that name."""
    return str(_TITLES[name])


def on_date(text: str, today: datetime.date, calendar: Calendar) -> Days | None:
    """The day of a date as in 2026-11-24; None for what is no date, and for one too far off to look at."""
    try:
        date = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    if date.isoformat() != text or abs(date - today) > A_DAY * FURTHEST_DAYS:
        return None
    title = gettext("What’s on: %(date)s", date=full_day(date))
    return Days("", date, date, title, _note(date, today, calendar))


def _note(date: datetime.date, today: datetime.date, calendar: Calendar) -> str:
    holiday = calendar.bank_holiday_names.get(date.toordinal())
    past = gettext("This day has passed.") if date < today else ""
    return gettext("%(holiday)s is a bank holiday. Many groups do not run.", holiday=holiday) if holiday else past
