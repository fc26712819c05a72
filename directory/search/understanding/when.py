"""Days and times of day that people ask for: weekdays, dates, "this weekend", "after school"."""

import datetime
import re

from directory.model.calendar import Calendar
from directory.model.filters import Filter
from directory.model.session import WEEKDAYS
from directory.search.understanding.asked import OUTINGS, Asked, Taken, taken, word_set
from directory.search.understanding.dates import Date, date
from directory.search.understanding.holidays import holiday_rules
from directory.search.understanding.phrases import Rule, always, nothing
from directory.search.words import split

_NAMES = (
    "monday mondays mon monady munday poniedzialek poniedzialki somvar somwar الاثنين الإثنين پیر ਸੋਮਵਾਰ",
    """
        tuesday tuesdays tue tues tuesdy tuseday teusday tuedsay wtorek wtorki marti mangalvar الثلاثاء منگل
        ਮੰਗਲਵਾਰ
        """,
    """
        wednesday wednesdays wed weds wensday wendsday wednsday wednesdy wednesay sroda srode srody miercuri
        budhvar الاربعاء الأربعاء بدھ ਬੁੱਧਵਾਰ
        """,
    """
        thursday thursdays thu thur thurs thurday thrusday thurdsay thursdy czwartek czwartki joi jumerat
        veervar الخميس جمعرات ਵੀਰਵਾਰ
        """,
    "friday fridays fri firday fridy piatek piatki vineri jumma shukarvar الجمعة جمعہ ਸ਼ੁੱਕਰਵਾਰ",
    """
        saturday saturdays saterday saturady satuday satday sobota sobote soboty sambata shanivar السبت ہفتہ
        ਸ਼ਨੀਵਾਰ
        """,
    "sunday sundays sunady sundy niedziela niedziele duminica itwar aitvar الاحد الأحد اتوار ਐਤਵਾਰ",
)
_DAY_OF = {word: day for day, names in enumerate(_NAMES) for _, word in split(names)}
_UNSURE_DAY_OF = {"sat": 5, "sun": 6}
"""Short names that are words too: days only beside another word of time."""
_PARTS = {
    "morning": "morning", "mornings": "morning", "am": "morning",
    "afternoon": "afternoon", "afternoons": "afternoon", "pm": "afternoon", "lunchtime": "afternoon",
    "lunchtimes": "afternoon", "evening": "evening", "evenings": "evening", "eve": "evening", "night": "evening",
    "nights": "evening", "rano": "morning", "wieczorem": "evening", "seara": "evening",
}  # fmt: skip
"""What stands after a day for a part of it."""
_TO = frozenset(("to", "til", "till", "until", "through", "thru"))
_NO_WISH_AFTER = word_set(
    """
    until till til since by before after last past yesterday payday moved starts started start starting due not
    """
)
"""Words after which a day says up to when, or since when, something is so."""
_CLOCK = re.compile(r"(\d{1,2})(am|pm)")
_LIFE = word_set(
    """
    due born birthday dob starts starting start started place places apply applying application applications
    admission admissions moving moved move since turns turning wedding expecting pregnant scan operation
    deadline
    """
)
"""Words of dates in a family's life, on which nobody wants to go to a group."""
_LEAVING = word_set(
    "next ends end finishes finish finished leaving leaves leaver leavers options restraint collapse happens"
)
"""Words beside which "after school" is once school is over for good, or how a day there leaves a child."""
_SAT_BEFORE = word_set("on every each this next and or coming to til till") | frozenset(_DAY_OF)
_LEADS = frozenset(("on", "every", "each", "this", "next", "coming", "for"))

_NOT_DAYS = """
    black/man/freaky friday; palm/mothering/remembrance/easter/pancake/shrove sunday/tuesday; maundy thursday;
    ash wednesday; saturday/sunday/weekend job/jobs/work/girl/boy/school/roast; monday blues; sunday times/mail/mirror;
    mothers/fathers/childrens/boxing/sports/pay/snow/inset/training/special/open/bad/good/rainy/big/one/first/
    some/same/last/moving/results/due day; last monday/tuesday/wednesday/thursday/friday/saturday/sunday/night/week;
    night terror/terrors/feed/feeds/shift/shifts/light/sweats/nurse/nanny/bus/out/owl; morning sickness/after;
    after school meltdown/meltdowns/anger; weekend contact/visit/visits/access/dad; todays world; present day;
    christmas/easter presents/present/toys/gifts/hamper/hampers/dinner/tree/egg/eggs/appeal/shoebox/money;
    24/twenty hour/hours/hr; until/till/since/by today/tomorrow/tonight/christmas/easter/now/then/summer;
    before/after christmas/easter/tomorrow; term time/times; in term time; during term/termtime; termtime
"""


def day_rules(calendar: Calendar) -> tuple[Rule, ...]:
    """The phrases for days and times, those of holidays by what the calendar knows."""
    return (*_FIXED, *_TIMES, *holiday_rules(calendar))


def read_day(asked: Asked, place: int) -> Taken | None:
    """The weekdays or the date whose words start at the place, with the part of the day right after."""
    found = date(asked, place)
    if found:
        return _dated(asked, found, place)
    word = asked.words[place]
    if _CLOCK.fullmatch(word) or (word.isdecimal() and asked.word(place + 1) in ("am", "pm")):
        return _by_the_clock(asked, place)
    at = place
    while at < place + 3 and (asked.word(at) in _LEADS or (at > place and asked.word(at) == "a")):
        at += 1
    first = _weekday(asked, at)
    return None if first is None else _weekdays(asked, place, at, first)


def may_start(word: str) -> bool:
    """Whether a day can start with the word: so little is asked of most words of a search."""
    return word[0].isdecimal() or word in _STARTS


def _weekdays(asked: Asked, place: int, at: int, first: int) -> Taken | None:
    dated = date(asked, at + 1, weekday=first)
    if dated:
        return _dated(asked, dated, place)
    lead, last = asked.word(at - 1) if at > place else "", at + 1
    until = _weekday(asked, last + 1) if asked.word(last) in _TO else None
    if until is not None and until > first:
        days = [Filter("day", WEEKDAYS[day]) for day in range(first, until + 1)]
        last += 2
    elif lead in ("this", "next", "coming"):
        days = [Filter("day", _that_day(asked.today, first, is_next=lead == "next").isoformat())]
    else:
        days = [Filter("day", WEEKDAYS[first])]
    return _unless_trouble(asked, days, place, last)


def part_of_day(asked: Asked, place: int) -> Taken | None:
    """The part of a day that is said at a place, right after the day: there, "night" alone is plain enough."""
    clock = _CLOCK.fullmatch(asked.word(place))
    part = _part_by_hour(int(clock[1]), clock[2]) if clock else _PARTS.get(asked.word(place))
    return taken([Filter("time", part)], place, place + 1) if part else None


def _dated(asked: Asked, found: Date, place: int) -> Taken:
    days = [Filter("day", found.day.isoformat())] if found.day else []
    return _unless_trouble(asked, days, place, found.last)


def _may_go(asked: Asked) -> bool:
    return asked.said.isdisjoint(_LIFE) and not asked.is_of_trouble


def _unless_trouble(asked: Asked, days: list[Filter], place: int, last: int) -> Taken:
    is_wish = asked.word(place - 1) not in _NO_WISH_AFTER and _may_go(asked)
    return taken(days if is_wish else [], place, last)


def _by_the_clock(asked: Asked, place: int) -> Taken | None:
    found = _CLOCK.fullmatch(asked.words[place])
    hour, half, last = (
        (int(found[1]), found[2], place + 1)
        if found
        else (int(asked.words[place][:4]), asked.word(place + 1), place + 2)
    )
    before = asked.word(place - 1)
    if hour > 12 and before.isdecimal() and int(before[:4]) <= 12:
        hour = int(before[:4])
    part = _part_by_hour(hour, half)
    is_wish = part and _may_go(asked) and not asked.said.isdisjoint(OUTINGS)
    if not is_wish or before in _NO_WISH_AFTER - {"after"}:
        return Taken((), last)
    return taken([Filter("time", part)] if part else [], place, last)


def _part_by_hour(hour: int, half: str) -> str | None:
    if not 1 <= hour <= 12:
        return None
    if half == "am":
        return "morning" if 5 <= hour <= 11 else None
    return "afternoon" if hour == 12 or hour < 5 else "evening"


def _weekday(asked: Asked, place: int) -> int | None:
    word = asked.word(place)
    if word not in _UNSURE_DAY_OF:
        return _DAY_OF.get(word)
    day = _UNSURE_DAY_OF[word]
    is_sure = asked.word(place - 1) in _SAT_BEFORE or asked.word(place + 1) in _SURE_AFTER
    return day if is_sure or date(asked, place + 1, weekday=day) else None


def _that_day(today: datetime.date, weekday: int, *, is_next: bool) -> datetime.date:
    """The first such day from today on; for "next friday" the one of the week that starts next Monday."""
    ahead = 7 - today.weekday() + weekday if is_next else (weekday - today.weekday()) % 7
    return today + datetime.timedelta(days=ahead)


_SURE_AFTER = (frozenset(_PARTS) | frozenset(_DAY_OF)) - {"eve"}
_STARTS = (
    frozenset(_DAY_OF)
    | frozenset(_UNSURE_DAY_OF)
    | _LEADS
    | word_set(
        """
    january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec the
    """
    )
)


def _on(first: datetime.date, last: datetime.date | None = None) -> tuple[Filter, ...]:
    return (Filter("day", f"{first}..{last}" if last and last != first else f"{first}"),)


def _after(today: datetime.date, days: int) -> datetime.date:
    return today + datetime.timedelta(days=days)


def _weekend(today: datetime.date, weeks: int = 0) -> tuple[Filter, ...]:
    """As much as is left of this weekend, or the one so many weeks later."""
    saturday = _after(today, 5 - today.weekday() + 7 * weeks)
    return _on(max(today, saturday), _after(saturday, 1))


def _month(today: datetime.date, ahead: int) -> tuple[Filter, ...]:
    first = today.replace(day=1)
    for _ in range(ahead):
        first = _after(first, 31).replace(day=1)
    return _on(max(today, first), _after(_after(first, 31).replace(day=1), -1))


_MON_TO_FRI = tuple(Filter("day", day) for day in WEEKDAYS[:5])
_SAT_AND_SUN = tuple(Filter("day", day) for day in WEEKDAYS[5:])
_TODAY = "today/2day/todays; dzis/dzisiaj; azi/astazi; aaj; آج; اليوم; ਅੱਜ"
_TOMORROW = """
        tomorrow/tomorow/tommorow/tommorrow/tomorrows/tmrw/tomoz/tomo/tmr/2moro/2morrow/2mrw/2moz; jutro; غدا;
        ਭਲਕੇ
        """
_TONIGHT = """
        tonight/tonite/2nite/2night/tonights; this evening; today evening; to night; dzis wieczorem; diseara;
        aaj raat
        """


def _evening(today: datetime.date) -> tuple[Filter, ...]:
    return (*_on(today), Filter("time", "evening"))


_FIXED = (
    Rule(nothing, _NOT_DAYS),
    Rule(_on, _TODAY, unless=_LIFE, to_go_to=True),
    Rule(lambda today: (*_on(today), Filter("time", "morning")), "this morning", unless=_LIFE, to_go_to=True),
    Rule(
        lambda today: (*_on(today), Filter("time", "afternoon")),
        "this afternoon; this aft",
        unless=_LIFE,
        to_go_to=True,
    ),
    Rule(_evening, _TONIGHT, unless=_LIFE, to_go_to=True),
    Rule(lambda today: _on(_after(today, 1)), _TOMORROW, unless=_LIFE, to_go_to=True),
    Rule(
        lambda today: _on(today, _after(today, 6 - today.weekday())),
        "this/in week; later this week",
        wants=OUTINGS,
        unless=_LIFE,
        to_go_to=True,
    ),
    Rule(
        lambda today: _on(_after(today, 7 - today.weekday()), _after(today, 13 - today.weekday())),
        "next week",
        unless=_LIFE,
        to_go_to=True,
    ),
    Rule(lambda today: _month(today, 0), "this month", unless=_LIFE, to_go_to=True),
    Rule(lambda today: _month(today, 1), "next month", unless=_LIFE, to_go_to=True),
    Rule(
        _weekend,
        "this/coming/the weekend/wkend/weekened; this coming weekend; this week end",
        unless=_LIFE,
        to_go_to=True,
    ),
    Rule(lambda today: _weekend(today, 1), "next weekend/wkend; next week end", unless=_LIFE, to_go_to=True),
    Rule(
        always(*_SAT_AND_SUN),
        """
        weekend/weekends/wkend/wkends/weekened; at/on/over/every the/a/~ weekend/weekends/wkend; at/on the/~
        week end/ends; w weekend; weekendy; weekendowe
        """,
        unless=_LIFE,
        to_go_to=True,
    ),
    Rule(
        always(*_MON_TO_FRI),
        "weekday/weekdays/midweek; week day/days; during the week; mon fri",
        unless=_LIFE,
        to_go_to=True,
    ),
)
_TIMES = (
    Rule(
        always(Filter("time", "morning")),
        """
        morning/mornings; in the morning/mornings; early/every/weekday morning/mornings; before school; rano;
        dimineata; صبح
        """,
        wants=OUTINGS,
        unless=_LIFE,
        to_go_to=True,
    ),
    Rule(
        always(Filter("time", "afternoon")),
        """
        afternoon/afternoons; in the afternoon/afternoons; lunchtime/lunchtimes; lunch time/times; at/over
        lunch; midday; popoludniu; po poludniu; dupa amiaza
        """,
        wants=OUTINGS,
        unless=_LIFE,
        to_go_to=True,
    ),
    Rule(
        always(Filter("time", "evening")),
        """
        evening/evenings; in/on the evening/evenings; at night; after work; nights; night time; nighttime;
        wieczorem; seara; شام
        """,
        wants=OUTINGS,
        unless=_LIFE,
        to_go_to=True,
    ),
    Rule(
        always(Filter("time", "after-school")),
        "after/afterschool school/club/clubs/care; afterschool; po szkole; dupa scoala",
        unless=_LEAVING,
        to_go_to=True,
    ),
)
