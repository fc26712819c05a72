"""Three-way comparison: a proposal, made on the listing as it once was, against the listing as it is now. Pure."""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from directory.model.listing import Listing
from directory.moderation.values import BothChanged, FieldChange, Fields

GROUPS = ("eligibility", "access", "cost", "accessibility", "translations")
"""Keys that hold keys of their own: two people may change different ones of those."""
_ORDER = {key: place for place, key in enumerate(Listing.model_fields)}


class Outcome(NamedTuple):
    """What becomes of a value; ``is_contested`` where both sides changed it, and then it is what was proposed."""

    value: Any
    is_contested: bool = False


def changed_keys(base: Fields, wanted: Fields) -> tuple[str, ...]:
    """The keys that a proposal changes, in the order of a listing."""
    keys = (key for key in {*base, *wanted} if base.get(key) != wanted.get(key))
    return tuple(sorted(keys, key=lambda key: (_ORDER.get(key, len(_ORDER)), key)))


def changed_dates(before: Fields, after: Fields) -> frozenset[datetime.date] | None:
    """The days on which sessions are not as they were; None where two states differ in more than single dates.

    One that is moved is about the day that it leaves and the day that it goes to.
    """
    old, new = before.get("sessions") or [], after.get("sessions") or []
    if changed_keys(before, after) != ("sessions",) or _but_dates(old) != _but_dates(new):
        return None
    differing = [one for pair in zip(old, new, strict=True) for one in _differing(*pair)]
    days = (one.get(key) for one in differing for key in ("date", "to_date"))
    return frozenset(datetime.date.fromisoformat(day) for day in days if day)


def changes(
    base: Fields, live: Fields, wanted: Fields, others: Mapping[int, Collection[str]] | None = None
) -> Iterator[FieldChange]:
    """What a proposal still changes of what is live; what both sides changed alike is done already.

    ``others``: the keys that other waiting proposals change, by their number.
    """
    for key in changed_keys(base, wanted):
        outcome = _merged(key, base.get(key), live.get(key), wanted.get(key))
        if outcome.value == live.get(key) and not outcome.is_contested:
            continue
        also = tuple(sorted(number for number, keys in (others or {}).items() if key in keys))
        yield FieldChange(key, base.get(key), live.get(key), outcome.value, outcome.is_contested, also)


def applied(
    live: Fields, found: Sequence[FieldChange], accepted: Collection[str] | None, amended: Fields | None = None
) -> Fields:
    """The listing with the accepted changes made, or all, and amended values in place of proposed ones.

    Raises ``BothChanged`` where all are to be made and somebody has to decide about some first.
    """
    ours = amended or {}
    undecided = tuple(one.key for one in found if one.is_contested and one.key not in ours)
    if accepted is None and undecided:
        raise BothChanged(undecided)
    made = {one.key: one.wanted for one in found if accepted is None or one.key in accepted}
    return without_nothing({**live, **made, **ours})


def merged(live: Fields, found: Sequence[FieldChange]) -> Fields:
    """The listing with every change made, and the live value kept where both sides changed one."""
    return applied(live, found, [one.key for one in found if not one.is_contested])


def without_nothing(fields: Fields) -> dict[str, Any]:
    """The keys that hold something, in the order of a listing."""
    kept = {key: value for key, value in fields.items() if value is not None}
    return dict(sorted(kept.items(), key=lambda pair: _ORDER.get(pair[0], len(_ORDER))))


def _merged(key: str, base: Any, live: Any, wanted: Any) -> Outcome:
    plain = _one(base, live, wanted)
    if not plain.is_contested:
        return plain
    if key in GROUPS and all(isinstance(side, dict) for side in (base, live, wanted)):
        return _group(base, live, wanted)
    if key == "sessions" and all(isinstance(side, list) for side in (base, live, wanted)):
        return _sessions(base, live, wanted) or plain
    return plain


def _one(base: Any, live: Any, wanted: Any) -> Outcome:
    if wanted in (base, live):
        return Outcome(live)
    return Outcome(wanted, is_contested=live != base)


def _group(base: dict[str, Any], live: dict[str, Any], wanted: dict[str, Any]) -> Outcome:
    keys = [*live, *(key for key in wanted if key not in live)]
    found = {key: _one(base.get(key), live.get(key), wanted.get(key)) for key in keys}
    value = {key: one.value for key, one in found.items() if one.value is not None}
    return Outcome(value or None, any(one.is_contested for one in found.values()))


def _sessions(base: list[Any], live: list[Any], wanted: list[Any]) -> Outcome | None:
    """Sessions of which both sides changed nothing but single dates; None where they changed more.

    Two people often cancel two dates of one session: neither may undo the other's.
    """
    if not _but_dates(base) == _but_dates(live) == _but_dates(wanted):
        return None
    found = [_dates(*three) for three in zip(base, live, wanted, strict=True)]
    return Outcome([one.value for one in found], any(one.is_contested for one in found))


def _but_dates(sessions: list[Any]) -> list[Any]:
    return [{key: value for key, value in one.items() if key != "exceptions"} for one in sessions]


def _differing(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """The exceptions that only one of two states of a session has, or has in these words."""
    before, after = old.get("exceptions", []), new.get("exceptions", [])
    return [*(one for one in before if one not in after), *(one for one in after if one not in before)]


def _dates(base: dict[str, Any], live: dict[str, Any], wanted: dict[str, Any]) -> Outcome:
    by_date = [{one["date"]: one for one in side.get("exceptions", [])} for side in (base, live, wanted)]
    group = _group(*by_date)
    exceptions = [group.value[date] for date in sorted(group.value or {})]
    return Outcome({**live, "exceptions": exceptions} if exceptions else _but_dates([live])[0], group.is_contested)
