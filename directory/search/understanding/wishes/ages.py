"""Ages that people write in numbers: of one child, of several, or of a group."""

from typing import NamedTuple

from directory.model.filters import Filter
from directory.search.understanding.wishes.amounts import AND, OLD, SAYS_HOW_OLD, TO, Amount, amount
from directory.search.understanding.wishes.asked import Asked, Taken, taken, word_set
from directory.search.understanding.wishes.numbers import NUMBER_WORDS, PLURAL_WORDS
from directory.search.understanding.wishes.school_years import YEAR_WORDS, school_years

OLDEST = 25
"""Years: past this age nobody looks for things by age."""
WIDEST = 18
"""Years: "0-19 service" asks for a service of that name, not for an age."""
_MOST_AGES = 6
_AGE = frozenset(("age", "aged", "ages", "agegroup", "agd", "wiek", "umar"))
_BETWEEN_AGEAND_NUMBER = frozenset(
    ("of", "group", "groups", "range", "between", "from", "is", "about", "around", "under", "over")
)
_UNDER = frozenset(("under", "unders", "below", "u", "younger", "less"))
_OVER = frozenset(("over", "overs", "above", "older"))
_UP = frozenset(("over", "up", "above", "upwards", "older", "onwards"))
_DOWN = frozenset(("under", "below", "younger", "less"))
_GOES_ON = word_set("and or but with who whos not cant wont isnt has hes shes needs is doesnt wants")
_WAITED = word_set(
    """
    waiting waited wait list been being lived living married together since last past next after before within every
    took takes had having suffering suffered ago later than first took lasted lasting
    """
)
"""Words after which so many months are how long something took."""
_HOW_LONG = word_set(
    """
    ago rent arrears sentence waiting wait free later notice probation prison behind sober clean apart separated
    overdue list delay late now left pay wages bill bills contract tenancy lease course courses check checks
    review reviews funding fund development developmental jab jabs vaccination vaccinations vaccine vaccines
    imms immunisations injection injections scan scans visa degree apprenticeship plan bond mortgage loan
    programme anniversary booster assessment offer trial placement suspension exclusion ban limit limits rule appeal
    """
)
"""Words before which so many months are how long, or when, something is."""
_NOT_AGES = word_set(
    """
    minute minutes min mins hour hours hr hrs mile miles metre metres km stone kg lb lbs pound pounds quid pence
    p percent bed beds bedroom bedrooms bed people adults adult parents kids children times time days day week
    weeks am pm oclock in of out th st nd rd x hours oz ml g night nights pack quid things meals tickets other
    others steps weeks term more extra places rooms different boys girls babies dogs cats january february march
    april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov
    dec
    """
)
"""Words that say what else a bare number counts."""
_OF_PARENTS = word_set(
    "mum mam mom mummy mother dad daddy father parent parents kids children baby toddler son daughter"
)
"""Words beside which "im 22" is the age of who looks after a child."""
_GROWN_UPS = word_set("boyfriend girlfriend man woman husband wife partner guy house car dog debt building")
"""Words after which "20 year old" is not the age of who is asked for."""
_NOT_AGES_AFTER = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tues tue weds wed thurs thu fri sat sun at
    mondays tuesdays wednesdays thursdays fridays saturdays sundays size phone call ring text tel postcode level
    tier grade band unit room flat number no bus route
    """
)
_PREGNANT = frozenset(
    ("pregnant", "pregnancy", "gone", "along", "preg", "preggers", "pregnent", "pregant", "expecting")
)
_PREGNANCY = (Filter("age", "pregnancy"),)
FIRST_WORDS = (
    frozenset(NUMBER_WORDS)
    | frozenset(PLURAL_WORDS)
    | YEAR_WORDS
    | _AGE
    | _UNDER
    | _OVER
    | frozenset(("up", "from", "between", "birth", "a", "an"))
)


class _Ages(NamedTuple):
    """Ages that stand together, the last place after them, and whether "old" was said of the last of them."""

    spans: tuple[tuple[Amount, Amount], ...]
    last: int

    @property
    def end(self) -> Amount:
        return self.spans[-1][1]

    @property
    def is_bare(self) -> bool:
        return not any(one.unit for span in self.spans for one in span)


def may_start(word: str) -> bool:
    """Whether an age can start with the word: so little is asked of most words of a search."""
    return word in FIRST_WORDS or word[0].isdecimal() or (word[0] in "yu" and not word.isalpha())


def read(asked: Asked, place: int) -> Taken | None:
    """The ages whose words start at the place; None where none do."""
    word = asked.words[place]
    if word in YEAR_WORDS or word[0] == "y":
        return school_years(asked, place)
    if word in _UNDER or word in _OVER or word in ("up", "from", "between", "birth"):
        return _bounded(asked, place)
    if word in _AGE:
        return _after_age(asked, place)
    if word[0] == "u" and word[1:].rstrip("s").isdecimal():
        return _filtered(_below(int(word[1:].rstrip("s")), "y"), place, place + 1)
    return _numbered(asked, place)


def _bounded(asked: Asked, place: int) -> Taken | None:
    """Ages with a word before that says from where or up to where they go."""
    word = asked.words[place]
    if word == "birth":
        last = amount(asked, place + 2) if asked.word(place + 1) in TO else None
        return _filtered(f"0m-{last.value}", place, last.last) if last else None
    start = place + 1 + (asked.word(place + 1) in ("than", "to")) + (asked.word(place + 1) == "the")
    has_age = asked.word(start) in ("age", "ages")
    found = _together(asked, start + has_age + (asked.word(start + 1) == "of" and has_age), word == "between")
    if found is None or (found.is_bare and not found.end.is_several and asked.word(found.last) in _NOT_AGES):
        return None
    if word in ("from", "between", "up") and found.is_bare and not has_age and not found.end.is_several:
        return _from(asked, place, found, word)
    if _is_how_long(asked, place, found) or found.end.is_short:
        return None
    first = found.spans[0][0]
    value = _bounded_value(word, first, found)
    return _filtered(value, place, found.last)


def _from(asked: Asked, place: int, found: _Ages, word: str) -> Taken | None:
    """Bare numbers after "from" or "between", which are ages only as a span that no hour or day stands beside."""
    (first, last), is_span = found.spans[0], len(found.spans) == 1
    if (
        word == "up"
        or not is_span
        or not 0 <= first.many < last.many <= OLDEST
        or asked.word(place - 1) in _NOT_AGES_AFTER
    ):
        return None
    return _filtered(f"{first.value}-{last.value}", place, found.last)


def _bounded_value(word: str, first: Amount, found: _Ages) -> str | None:
    if word in _UNDER:
        return _below(first.many, first.unit or "y")
    if word == "up":
        return f"0m-{found.end.value}"
    if word in _OVER or (word == "from" and first == found.end):
        return _above(first)
    return _span_value(first, found.end)


def _after_age(asked: Asked, place: int) -> Taken | None:
    start, bound = place + 1, ""
    while asked.word(start) in _BETWEEN_AGEAND_NUMBER:
        bound = asked.word(start)
        start += 1
    found = _together(asked, start, bound == "between")
    if found is None or (found.is_bare and asked.word(found.last) in ("of", "percent")):
        return None
    if bound in ("under", "over"):
        return _filtered(_bounded_value(bound, found.spans[0][0], found), place, found.last)
    return _as_ages(asked, found, place)


def _numbered(asked: Asked, place: int) -> Taken | None:
    """Ages that start with a number."""
    found = _together(asked, place, asked.word(place - 1) == "between")
    if found is None:
        return None
    after = asked.word(found.last)
    is_age_too = found.is_bare and 11 < found.end.many <= OLDEST
    if after in _PREGNANT and not found.end.is_old and not is_age_too:
        return taken(_PREGNANCY, place, found.last + 1)
    if asked.word(place - 1) in ("im", "am", "now", "is") and found.end.is_short and not found.end.is_old:
        is_weeks = asked.word(found.last - 1).startswith(("w", "wk"))
        return taken(_PREGNANCY, place, found.last) if is_weeks and asked.word(place - 1) != "is" else None
    return _as_ages(asked, found, place) if _is_age(asked, found, place) else None


def _is_age(asked: Asked, found: _Ages, place: int) -> bool:
    if found.end.is_old or any(one.is_old for span in found.spans for one in span):
        return asked.word(found.last) not in _GROWN_UPS
    if found.end.is_short or _is_how_long(asked, place, found):
        return False
    if not found.is_bare:
        return not (asked.said & _PREGNANT and found.end.unit == "m")
    return _is_bare_age(asked, found, place)


def _is_bare_age(asked: Asked, found: _Ages, place: int) -> bool:
    first, last = found.spans[0]
    before, after = asked.word(place - 1), asked.word(found.last)
    if after in _NOT_AGES or before in _NOT_AGES_AFTER or last.many > OLDEST:
        return False
    if (
        _open_end(asked, found.last)
        or after in _PREGNANT
        or (place == 0 and after in ("and", "with") and first.many > 9)
    ):
        return True
    if first is not last:
        return first.many < last.many
    if before not in SAYS_HOW_OLD or first.is_several or asked.words[place] == "zero":
        return False
    if before in ("im", "am") and first.many > 17 and not asked.said.isdisjoint(_OF_PARENTS):
        return False
    is_text_speak = asked.words[place] in ("2", "4", "one", "1")
    return not is_text_speak or not after or after in _GOES_ON


def _is_how_long(asked: Asked, place: int, found: _Ages) -> bool:
    """Whether the words around say that it is a length of time: "waiting 8 months", "for 2 years"."""
    if found.is_bare or found.end.is_old:
        return False
    before, after = asked.word(place - 1), asked.word(found.last)
    if after in _HOW_LONG or before in _WAITED or before == "in":
        return True
    if before in ("for", "over", "about", "nearly", "almost", "than", "of", "a", "the", "only", "them", "it"):
        return not _WAITED.isdisjoint(asked.words[:place])
    return False


def _together(asked: Asked, place: int, and_is_to: bool) -> _Ages | None:
    """Amounts that stand together: "3", "3 to 5", "3, 5 and 7", "6 months to 2 years"."""
    spans: list[tuple[Amount, Amount]] = []
    found = amount(asked, place)
    last = place
    while found and len(spans) < _MOST_AGES:
        end, last = found, found.last
        joins = asked.word(last)
        further = amount(asked, last + 1) if joins in TO or (and_is_to and joins == "and") else None
        if further:
            end, last = further, further.last
        spans.append((found, end))
        found = _next_amount(asked, last) if not end.is_old or asked.word(last) in AND else None
    return _Ages(tuple(_with_units(spans)), last) if spans else None


def _next_amount(asked: Asked, place: int) -> Amount | None:
    if asked.word(place) in AND:
        return amount(asked, place + 1)
    found = amount(asked, place)
    return found if found and asked.word(place) not in ("a", "an") else None


def _with_units(spans: list[tuple[Amount, Amount]]) -> list[tuple[Amount, Amount]]:
    """The spans with the units of those after them: the 3 of "3 to 6 months" is months too."""
    unit, whole = "", []
    for first, last in reversed(spans):
        is_one = first is last
        end = last if last.unit else last._replace(unit=unit)
        start = end if is_one else first if first.unit else first._replace(unit=end.unit)
        unit = start.unit
        whole.append((start, end))
    return whole[::-1]


def _open_end(asked: Asked, place: int) -> str:
    """Which way "5 plus" and "5 and over" go on, up, or "5 and under", down; empty for neither."""
    if asked.word(place) in ("plus", "upwards", "onwards"):
        return "up"
    after = asked.word(place + 1) if asked.word(place) in ("and", "or") else ""
    return "up" if after in _UP else "down" if after in _DOWN else ""


def _as_ages(asked: Asked, found: _Ages, place: int) -> Taken | None:
    way = _open_end(asked, found.last)
    first, end = found.spans[0][0], found.end
    if way:
        last = found.last + (1 if asked.word(found.last) not in ("and", "or") else 2)
        return _filtered(_above(first) if way == "up" else f"0m-{end.value}", place, last)
    last = found.last + (asked.word(found.last) in OLD)
    values = [_span_value(*span) for span in found.spans]
    return taken([Filter("age", value) for value in dict.fromkeys(values) if value], place, last)


def _span_value(first: Amount, last: Amount) -> str | None:
    if _years(first) > OLDEST:
        return None
    if first == last:
        return first.value
    if not 0 <= _years(last) - _years(first) < WIDEST:
        return None
    return f"{first.value}-{last.value}"


def _below(count: int, unit: str) -> str | None:
    if count < 1 or (unit == "y" and count > OLDEST):
        return None
    if unit == "y" and count > 18:
        return f"16y-{count - 1}y"
    return f"0m-{11 if (count, unit) == (1, 'y') else count - 1}{'m' if count == 1 else unit}"


def _above(first: Amount) -> str | None:
    years = _years(first)
    return f"{first.value}-{'17y' if years < 16 else '25y'}" if years < OLDEST else None


def _years(one: Amount) -> float:
    return one.many / 12 if one.unit == "m" else one.many


def _filtered(value: str | None, place: int, last: int) -> Taken:
    return taken([Filter("age", value)] if value else [], place, last)
