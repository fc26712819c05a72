"""A proposal, made on an older version, held against what is live now."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.moderation import BothChanged
from directory.moderation.comparing import applied, changed_keys, changes, merged

BASE = {"title": "Stars", "summary": "Play.", "cost": {"type": "paid", "haf": True}}
MON, TUE = ({"day": day, "opens_at": "10:00", "closes_at": "11:00"} for day in ("monday", "tuesday"))


def _off(session: dict[str, Any], *dates: str, note: str = "") -> dict[str, Any]:
    exceptions = [{"date": date, "change": "cancelled", **({"note": note} if note else {})} for date in dates]
    return {**session, "exceptions": exceptions}


CASES = [
    # what it is about, the key, base, live, wanted, then what it will be and whether both changed it
    ("only the proposal", "summary", "a", "a", "b", "b", False),
    ("both, differently", "summary", "a", "c", "b", "b", True),
    ("it takes away what live changed", "summary", "a", "c", None, None, True),
    ("it changes what was taken away", "summary", "a", None, "b", "b", True),
    ("both add one, differently", "email", None, "c@x.org", "b@x.org", "b@x.org", True),
    ("different keys of one group", "cost", {"type": "paid"}, {"type": "free"}, {"type": "paid", "haf": True},
     {"type": "free", "haf": True}, False),
    ("the same key of a group", "cost", {"type": "paid"}, {"type": "free"}, {"type": "donation"},
     {"type": "donation"}, True),
    ("the group's other key survives a dispute", "cost", {"type": "paid"}, {"type": "free", "haf": True},
     {"type": "donation"}, {"type": "donation", "haf": True}, True),
    ("a group that one side takes away", "cost", {"type": "paid"}, {"type": "free"}, None, None, True),
    ("two languages", "translations", {"pl": {"title": "A"}}, {"pl": {"title": "B"}},
     {"pl": {"title": "A"}, "ur": {"title": "C"}}, {"pl": {"title": "B"}, "ur": {"title": "C"}}, False),
    ("two lists", "phones", [1], [1, 2], [1, 3], [1, 3], True),
    ("two dates of one session", "sessions", [MON], [_off(MON, "2026-12-07")], [_off(MON, "2026-12-14")],
     [_off(MON, "2026-12-07", "2026-12-14")], False),
    ("the same date of one session", "sessions", [MON], [_off(MON, "2026-12-07", note="Snow")],
     [_off(MON, "2026-12-07")], [_off(MON, "2026-12-07")], True),
    ("a date put back beside another", "sessions", [_off(MON, "2026-12-07")], [_off(MON, "2026-12-07", "2026-12-14")],
     [MON], [_off(MON, "2026-12-14")], False),
    ("a date and another day", "sessions", [MON], [TUE], [_off(MON, "2026-12-07")], [_off(MON, "2026-12-07")], True),
    ("a date of each of two sessions", "sessions", [MON, TUE], [_off(MON, "2026-12-07"), TUE],
     [MON, _off(TUE, "2026-12-08")], [_off(MON, "2026-12-07"), _off(TUE, "2026-12-08")], False),
    ("sessions in another order", "sessions", [MON, TUE], [TUE, MON], [_off(MON, "2026-12-07"), TUE],
     [_off(MON, "2026-12-07"), TUE], True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "base", "live", "wanted", "expected", "is_contested"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_what_becomes_of_a_key(key: str, base: Any, live: Any, wanted: Any, expected: Any, is_contested: bool) -> None:
    then, now, proposed = ({key: side} if side is not None else {} for side in (base, live, wanted))
    (change,) = changes(then, now, proposed)
    assert (change.wanted, change.is_contested) == (expected, is_contested)


@pytest.mark.parametrize(
    ("live", "wanted"),
    [({**BASE, "summary": "Sing."}, {**BASE, "summary": "Sing."}), ({**BASE, "summary": "Sing."}, BASE)],
    ids=["both made the same change", "it changes nothing"],
)
def test_there_is_nothing_left_to_change(live: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert list(changes(BASE, live, wanted)) == []


def test_whoever_approves_all_must_decide_about_what_both_changed() -> None:
    live, wanted = {**BASE, "summary": "Sing."}, {**BASE, "summary": "Dance.", "title": "Suns"}
    found = list(changes(BASE, live, wanted))
    with pytest.raises(BothChanged) as told:
        applied(live, found, None)
    assert told.value.keys == ("summary",)
    assert applied(live, found, ["title"]) == {**live, "title": "Suns"}
    assert applied(live, found, ["title", "summary"]) == wanted
    assert applied(live, found, None, {"summary": "Both."}) == {**wanted, "summary": "Both."}
    assert merged(live, found) == {**live, "title": "Suns"}


KEYS = ("title", "summary", "cost", "phones", "sessions")
VALUES = st.none() | st.sampled_from(["a", "b", {"type": "free"}, {"type": "paid", "haf": True}, [MON], [TUE]])
LISTINGS = st.fixed_dictionaries(dict.fromkeys(KEYS, VALUES)).map(
    lambda keys: {key: value for key, value in keys.items() if value is not None}
)


@given(LISTINGS, LISTINGS, LISTINGS)
def test_what_only_one_side_changed_is_never_lost(
    base: dict[str, Any], live: dict[str, Any], wanted: dict[str, Any]
) -> None:
    found = list(changes(base, live, wanted))
    result = merged(live, found)
    contested = {change.key for change in found if change.is_contested}
    for key in {*changed_keys(base, live)} - {*changed_keys(base, wanted)} | contested:
        assert result.get(key) == live.get(key)
    for key in {*changed_keys(base, wanted)} - {*changed_keys(base, live)}:
        assert result.get(key) == wanted.get(key)


@given(LISTINGS, LISTINGS)
def test_without_a_change_meanwhile_a_proposal_is_what_was_proposed(
    base: dict[str, Any], wanted: dict[str, Any]
) -> None:
    assert applied(base, list(changes(base, base, wanted)), None) == wanted
