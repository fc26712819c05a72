"""Phrases for days and times: "tonight", "this weekend", "in the mornings", "after school"."""

import datetime

from directory.model.calendar import Calendar
from directory.model.filters import Filter
from directory.model.session import WEEKDAYS
from directory.search.understanding.wishes.asked import OUTINGS, word_set
from directory.search.understanding.wishes.holidays import holiday_rules
from directory.search.understanding.wishes.phrases import NONE, Gives, Rule, always, nothing

DATES_OF_A_LIFE = word_set(
    """
    due born dob birthday apply applying application applications admission admissions moving moved move since turns
    wedding funeral scan operation deadline interview exam exams results starts
    """
)
"""Words of dates in a family's life, on which nobody looks for a group."""
_LEAVING = word_set(
    "next ends end finishes finish finished leaving leaves leaver leavers options restraint collapse happens"
)
"""Words beside which "after school" is once school is over for good, or how a day there leaves a child."""

_NOT_DAYS = """
    black/man/freaky friday; palm/mothering/remembrance/easter/pancake/shrove sunday/tuesday; maundy thursday; ash
    wednesday; saturday/sunday/weekend job/jobs/work/girl/boy/school/roast; monday blues; sunday
    times/mail/mirror;
    mothers/fathers/childrens/boxing/sports/pay/snow/inset/training/special/open/bad/good/rainy/big/one/first/
    some/same/last/moving/results/due day; last
    monday/tuesday/wednesday/thursday/friday/saturday/sunday/night/week; night
    terror/terrors/feed/feeds/shift/shifts/light/sweats/nurse/nanny/bus/out/owl; morning sickness/after; after
    school meltdown/meltdowns/anger; weekend contact/visit/visits/access/dad; todays world; present day; طول
    اليوم; christmas/easter presents/present/toys/gifts/hamper/hampers/dinner/tree/egg/eggs/appeal/shoebox/money;
    24/twenty hour/hours/hr; until/till/since/by today/tomorrow/tonight/christmas/easter/now/then/summer;
    before/after christmas/easter/tomorrow; term time/times; in term time; during term/termtime; termtime;
    evening/evenings and/or/n weekend/weekends; weekend/weekends and/or/n evening/evenings
"""


def day_rules(calendar: Calendar) -> tuple[Rule, ...]:
    """The phrases for days and times, those of holidays by what the calendar knows."""
    return (Rule(nothing, _NOT_DAYS), *_DAYS, *_TIMES, *holiday_rules(calendar))


def _on(first: datetime.date, last: datetime.date | None = None) -> tuple[Filter, ...]:
    return (Filter("day", f"{first}..{last}" if last and last != first else f"{first}"),)


def _after(today: datetime.date, days: int) -> datetime.date:
    return today + datetime.timedelta(days=days)


def _today_at(part: str) -> Gives:
    return lambda today: (*_on(today), Filter("time", part))


def _week(weeks: int) -> Gives:
    """What is left of this week, Monday to Sunday, or the week so many weeks later."""
    return lambda today: _on(
        max(today, _after(today, 7 * weeks - today.weekday())), _after(today, 7 * weeks + 6 - today.weekday())
    )


def _weekend(weeks: int) -> Gives:
    """What is left of this weekend, or the one so many weeks later."""
    return lambda today: _on(
        max(today, _after(today, 7 * weeks + 5 - today.weekday())), _after(today, 7 * weeks + 6 - today.weekday())
    )


def _month(months: int) -> Gives:
    """What is left of this month, or the month so many months later."""

    def gives(today: datetime.date) -> tuple[Filter, ...]:
        first = today.replace(day=1)
        for _ in range(months):
            first = _after(first, 31).replace(day=1)
        return _on(max(today, first), _after(_after(first, 31).replace(day=1), -1))

    return gives


def _go_out(gives: Gives, phrases: str, wants: frozenset[str] = NONE) -> Rule:
    return Rule(gives, phrases, wants, DATES_OF_A_LIFE, to_go_to=True)


_DAYS = (
    _go_out(_on, "today/2day/todays; dzis/dzisiaj; azi/astazi; aaj; آج; اليوم; ਅੱਜ"),
    _go_out(_today_at("morning"), "this morning"),
    _go_out(_today_at("afternoon"), "this afternoon/aft"),
    _go_out(
        _today_at("evening"),
        """
        tonight/tonite/2nite/2night/tonights; this evening; today evening; to night; dzis wieczorem; diseara; aaj raat
        """,
    ),
    _go_out(
        lambda today: _on(_after(today, 1)),
        """
        tomorrow/tomorow/tommorow/tommorrow/tomorrows/tmrw/tomoz/tomo/tmr/2moro/2morrow/2mrw/2moz; jutro; ਭਲਕੇ
        """,
    ),
    _go_out(_week(0), "later/~ this week", OUTINGS),
    _go_out(_week(1), "next week"),
    _go_out(_month(0), "this month", OUTINGS),
    _go_out(_month(1), "next month", OUTINGS),
    _go_out(_weekend(0), "this/coming/the weekend/wkend/weekened; this coming weekend; this week end"),
    _go_out(_weekend(1), "next weekend/wkend; next week end"),
    _go_out(
        always(*(Filter("day", day) for day in WEEKDAYS[5:])),
        """
        weekend/weekends/wkend/wkends/weekened; at/on/over/every the/a/~ weekend/weekends/wkend;
        at/on the/~ week end/ends; w weekend; weekendy; weekendowe
        """,
    ),
    _go_out(
        always(*(Filter("day", day) for day in WEEKDAYS[:5])),
        "weekday/weekdays/midweek; week day/days; during the week; mon fri",
    ),
)
_TIMES = (
    _go_out(
        always(Filter("time", "morning")),
        """
        morning/mornings; in the morning/mornings; early/every/weekday morning/mornings; before school; rano;
        dimineata; صبح
        """,
        OUTINGS,
    ),
    _go_out(
        always(Filter("time", "afternoon")),
        """
        afternoon/afternoons; in the afternoon/afternoons; lunchtime/lunchtimes; lunch time/times; at/over
        lunch; midday; popoludniu; po poludniu; dupa amiaza
        """,
        OUTINGS,
    ),
    _go_out(
        always(Filter("time", "evening")),
        """
        evening/evenings; in/on the evening/evenings; at night; after work; nights; night time; nighttime;
        wieczorem; seara; شام
        """,
        OUTINGS,
    ),
    Rule(
        always(Filter("time", "after-school")),
        "after/afterschool school/club/clubs/care; afterschool; po szkole; dupa scoala",
        unless=_LEAVING,
        to_go_to=True,
    ),
)
