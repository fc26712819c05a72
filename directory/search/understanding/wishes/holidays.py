"""School holidays, bank holidays and months by their names. Where the calendar does not know the dates, no wish."""

import datetime
from collections.abc import Callable, Iterator

from directory.model.calendar import Calendar, Period
from directory.model.filters import Filter
from directory.model.haf import HolidayKind
from directory.search.half_term import IN_OTHER_LANGUAGES
from directory.search.understanding.wishes.asked import OUTINGS, word_set
from directory.search.understanding.wishes.dates import MONTH_OF
from directory.search.understanding.wishes.phrases import Gives, Rule

_NEED = word_set(
    """
    afford money debt debts presents present toys toy gifts gift hamper hampers food hungry meals meal dinner
    help struggling skint bills heating loan loans grant grants cost costs voucher vouchers uniform
    """
)
"""Words of those who cannot pay for the holidays, and want help before them."""
_PLANS = word_set(
    """
    due born birthday starts starting start started place places apply applying application applications
    admission admissions moving moved move since turns turning turn wedding expecting pregnant baby scan
    deadline abroad
    """
)
_UNLESS_NEED = _PLANS | _NEED
_AT = "at/over/during/for/this/next/the/in/~"
_HOLIDAYS = "holiday/holidays/hols/hol/break/vacation"
_SEASONS = {"autumn/october/oct": (10, 11), "february/feb/spring": (2,), "may/summer/whit/whitsun/june": (5, 6)}
_FIXED_DAYS = {
    "christmas/xmas eve": (12, 24),
    "christmas/xmas day": (12, 25),
    "boxing day": (12, 26),
    "new years/year eve": (12, 31),
    "new years/year day": (1, 1),
}


def holiday_rules(calendar: Calendar) -> tuple[Rule, ...]:
    """The phrases for holidays and months."""
    return (*_of_schools(calendar), *_of_banks(calendar), *_of_months())


def _of_schools(calendar: Calendar) -> Iterator[Rule]:
    half = f"half term/terms/trem {_HOLIDAYS}/week/~; halfterm/halfterms {_HOLIDAYS}/week/~; mid term break"
    half = "; ".join((half, *IN_OTHER_LANGUAGES))
    yield Rule(_next(calendar, _is("half-term")), half, unless=_PLANS, to_go_to=True)
    for season, months in _SEASONS.items():
        named = f"{season} half term/terms {_HOLIDAYS}/week/~; {season} halfterm"
        yield Rule(_next(calendar, _is("half-term", months)), named, unless=_PLANS, to_go_to=True)
    christmas = f"{_AT} christmas/xmas/crimbo/winter {_HOLIDAYS}; at/over/during/for/this christmas/xmas"
    yield Rule(_next(calendar, _is("christmas")), christmas, unless=_UNLESS_NEED, to_go_to=True)
    easter = f"{_AT} easter {_HOLIDAYS}/weekend/~"
    yield Rule(_next(calendar, _is("easter")), easter, unless=_UNLESS_NEED, to_go_to=True)
    summer = (
        f"{_AT} summer {_HOLIDAYS}; this/over/during summer; in/over/during the summer; six/6 weeks/week {_HOLIDAYS}"
    )
    yield Rule(_next(calendar, _is("summer")), summer, unless=_UNLESS_NEED, to_go_to=True)
    anyone = """
        in/during/over/for/~ the/~ school/schools holiday/holidays/hols/break; in/during/over/through the
        holidays/hols; this holidays
        """
    yield Rule(_next(calendar, lambda _one: True), anyone, unless=_UNLESS_NEED, to_go_to=True)


def _is(kind: HolidayKind, months: tuple[int, ...] = ()) -> Callable[[Period], bool]:
    """Whether a period is of the kind, and has a day in one of the months."""
    return lambda one: one.kind == kind and (not months or bool({one.starts.month, one.ends.month} & set(months)))


def _next(calendar: Calendar, is_meant: Callable[[Period], bool]) -> Gives:
    """What is left of the next holiday that is meant; nothing where the calendar has none."""
    periods = sorted((one for one in calendar.holidays if is_meant(one)), key=lambda one: one.starts)

    def gives(today: datetime.date) -> tuple[Filter, ...]:
        found = next((one for one in periods if one.ends >= today), None)
        return _days(max(today, found.starts), found.ends) if found else ()

    return gives


def _of_banks(calendar: Calendar) -> Iterator[Rule]:
    days = sorted((one.date, one.name.casefold()) for one in calendar.bank_holidays)

    def next_named(name: str) -> Gives:
        dates = [day for day, its in days if name in its]
        return lambda today: next((_days(day, day) for day in dates if day >= today), ())

    yield Rule(
        next_named(""),
        "bank holiday monday/weekend/~; bankholiday; on/this/next bank holiday",
        unless=_PLANS,
        to_go_to=True,
    )
    yield Rule(next_named("good friday"), "on/~ good friday", unless=_PLANS, to_go_to=True)
    yield Rule(next_named("easter monday"), "on/~ easter monday", unless=_PLANS, to_go_to=True)
    for phrases, (month, day) in _FIXED_DAYS.items():
        yield Rule(_next_date(month, day), "; ".join((phrases, f"on {phrases}")), unless=_UNLESS_NEED, to_go_to=True)


def _next_date(month: int, day: int) -> Gives:
    def gives(today: datetime.date) -> tuple[Filter, ...]:
        this_year = today.replace(month=month, day=day)
        found = this_year if this_year >= today else this_year.replace(year=today.year + 1)
        return _days(found, found)

    return gives


def _of_months() -> Iterator[Rule]:
    for name, month in MONTH_OF.items():
        yield Rule(
            _next_month(month),
            f"in/during/throughout {name}; in early/late/mid {name}",
            wants=OUTINGS,
            unless=_PLANS,
            to_go_to=True,
        )


def _next_month(month: int) -> Gives:
    def gives(today: datetime.date) -> tuple[Filter, ...]:
        first = datetime.date(today.year + (month < today.month), month, 1)
        last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
        return _days(max(first, today), last)

    return gives


def _days(first: datetime.date, last: datetime.date) -> tuple[Filter, ...]:
    return (Filter("day", f"{first}" if first == last else f"{first}..{last}"),)
