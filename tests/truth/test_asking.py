"""Who is asked when, and when a hub takes over: the rules alone, a day at a time."""

import datetime
from typing import Any

import pytest

from directory.model.calendar import Calendar, Period
from directory.model.freshness import ReviewRules
from directory.model.listing import Listing
from directory.truth.asking import Asked, Kept, Plan, Reason, Why, plan

RULES = ReviewRules(activity_months=4, letters_every_days=7)
"""Letters once a week; first ask 14 days before, again after 14, the hub after two; an activity holds four months."""
HUB = "brackenhill-family-hub"
DUE = datetime.date(2026, 6, 15)
OLIVE, OTTO = 1, 2


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def listing(slug: str = "little-stars", checked: str | None = "2026-02-15", **keys: Any) -> Listing:
    fields = {
        "slug": slug,
        "kind": "activity",
        "title": slug,
        "summary": "Play.",
        "provider": "testbridge-council",
        "categories": ["stay-and-play"],
        "access": {"ways": ["drop_in"]},
        "checked": {"on": checked, "by": "provider"} if checked else None,
    }
    return Listing.model_validate({**fields, **keys})


def kept(one: Listing | None = None, *owners: int, **more: Any) -> Kept:
    return Kept(one or listing(), frozenset(owners), HUB, **more)


def planned(*every: Kept, on: str, resting: frozenset[int] = frozenset(), calendar: Calendar | None = None) -> Plan:
    return plan(every, RULES, calendar or Calendar(), day(on), resting)


def reasons(found: Plan) -> set[tuple[str, str]]:
    return {(reason.why.value, str(reason.on)) for ask in found.asks for reason in ask.reasons}


def asked(times: int, last: str, due: datetime.date = DUE, *, handed: bool = False) -> Asked:
    return Asked(due, times, day(last), handed)


@pytest.mark.parametrize(
    ("on", "before", "is_asked", "is_handed_over"),
    [
        pytest.param("2026-05-31", None, False, False, id="15 days before: not yet"),
        pytest.param("2026-06-01", None, True, False, id="14 days before: first ask"),
        pytest.param("2026-06-14", asked(1, "2026-06-01"), False, False, id="13 days later: not again yet"),
        pytest.param("2026-06-15", asked(1, "2026-06-01"), True, False, id="14 days later: second ask"),
        pytest.param("2026-06-28", asked(2, "2026-06-15"), False, False, id="13 days after the second: still time"),
        pytest.param("2026-06-29", asked(2, "2026-06-15"), False, True, id="14 days after the second: to the hub"),
        pytest.param("2026-07-29", asked(2, "2026-06-15", handed=True), False, False, id="the hub has it already"),
        pytest.param("2026-06-01", asked(2, "2026-02-01", day("2026-02-15")), True, False, id="asked of an older date"),
        pytest.param("2026-06-20", asked(0, "2026-06-01", handed=True), True, False, id="an owner came after the hub"),
    ],
)
def test_owners_are_asked_and_then_the_hub(on: str, before: Asked | None, is_asked: bool, is_handed_over: bool) -> None:
    found = planned(kept(None, OLIVE, asked=before), on=on)
    assert [ask.due for ask in found.asks if ask.due] == ([DUE] if is_asked else [])
    assert [one.slug for one in found.handovers] == (["little-stars"] if is_handed_over else [])


def test_where_there_is_nobody_to_ask_the_hub_has_it_at_once() -> None:
    assert planned(kept(), on="2026-05-31").handovers == ()
    [one] = planned(kept(), on="2026-06-01").handovers
    assert (one.slug, one.hub, one.due) == ("little-stars", HUB, DUE)


def test_an_owner_whose_mail_comes_back_is_nobody() -> None:
    [one] = planned(kept(asked=asked(1, "2026-06-01")), on="2026-06-02").handovers
    assert one.due == DUE


def test_what_nobody_ever_looked_at_is_asked_about_at_once_and_handed_over_in_the_end() -> None:
    new = listing(checked=None)
    [ask] = planned(kept(new, OLIVE), on="2026-06-01").asks
    assert ask.due == day("2026-06-15")
    first = asked(1, "2026-06-01")
    assert planned(kept(new, OLIVE, asked=first), on="2026-06-10").asks == ()
    assert planned(kept(new, OLIVE, asked=first), on="2026-06-15").asks[0].due == DUE
    [one] = planned(kept(new, OLIVE, asked=asked(2, "2026-06-15")), on="2026-06-29").handovers
    assert one.due == DUE


@pytest.mark.parametrize(
    ("on", "why"),
    [
        pytest.param("2026-06-15", set(), id="the date itself"),
        pytest.param("2026-06-16", {("overdue", "2026-06-15")}, id="overdue"),
        pytest.param("2026-08-14", {("sunk", "2026-08-14")}, id="sunk"),
        pytest.param("2026-12-12", {("gone", "2026-12-12")}, id="gone"),
    ],
)
def test_the_owner_is_told_each_time_it_gets_worse(on: str, why: set[tuple[str, str]]) -> None:
    in_hand = asked(2, "2026-06-15", handed=True)
    found = planned(kept(None, OLIVE, asked=in_hand), on=on)
    assert reasons(found) == why
    told = frozenset(Reason(Why(one), day(date)) for one, date in why)
    assert planned(kept(None, OLIVE, asked=in_hand, told=told), on=on).asks == ()


HOLIDAYS = Calendar(holidays=(Period(name="Summer holidays", starts=day("2026-07-20"), ends=day("2026-09-01")),))
TUESDAY = {"day": "tuesday", "opens_at": "10:00", "closes_at": "11:00"}


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        pytest.param({"sessions": [{**TUESDAY, "term": "term_time"}]}, ("holidays", "2026-07-20"), id="term time"),
        pytest.param({"sessions": [{**TUESDAY, "term": "holidays"}]}, ("holidays", "2026-07-20"), id="holidays only"),
        pytest.param(
            {"opening_hours": [{"days": ["monday"], "opens_at": "9:00", "closes_at": "17:00", "term": "term_time"}]},
            ("holidays", "2026-07-20"),
            id="open in term time",
        ),
        pytest.param({"sessions": [TUESDAY]}, None, id="all year: holidays change nothing"),
        pytest.param({"publish_until": "2026-07-15"}, ("ending", "2026-07-15"), id="the listing ends"),
        pytest.param(
            {"status": "temporarily closed", "closed_until": "2026-07-16"},
            ("ending", "2026-07-16"),
            id="it opens again",
        ),
        pytest.param(
            {"sessions": [{**TUESDAY, "valid_to": "2026-07-14"}]}, ("ending", "2026-07-14"), id="a session ends"
        ),
        pytest.param({"publish_until": "2026-07-21"}, None, id="an end that is further off"),
        pytest.param({"sessions": [{**TUESDAY, "valid_to": "2026-07-06"}]}, None, id="an end that is over"),
        pytest.param(
            {"sessions": [{**TUESDAY, "exceptions": [{"date": "2026-07-14", "change": "cancelled"}]}]},
            ("exception", "2026-07-14"),
            id="a cancelled date",
        ),
    ],
)
def test_owners_are_reminded_of_what_is_two_weeks_away(keys: dict[str, Any], why: tuple[str, str] | None) -> None:
    fresh = listing(checked="2026-05-01", **keys)
    found = planned(kept(fresh, OLIVE), on="2026-07-06", calendar=HOLIDAYS)
    assert reasons(found) == ({why} if why else set())
    assert found.handovers == ()


def test_who_looked_lately_needs_no_reminder() -> None:
    ending = listing(checked="2026-07-01", publish_until="2026-07-15")
    assert planned(kept(ending, OLIVE), on="2026-07-06").asks == ()


def test_nobody_is_reminded_twice_of_the_same() -> None:
    ending = listing(checked="2026-05-01", publish_until="2026-07-15")
    told = frozenset({Reason(Why.ENDING, day("2026-07-15"))})
    assert planned(kept(ending, OLIVE, told=told), on="2026-07-06").asks == ()


def test_one_person_has_everything_in_one_letter() -> None:
    found = planned(kept(listing("a"), OLIVE), kept(listing("b"), OLIVE, OTTO), on="2026-06-01")
    assert {person: [ask.slug for ask in asks] for person, asks in found.digests.items()} == {
        OLIVE: ["a", "b"],
        OTTO: ["b"],
    }


def test_what_is_due_soon_goes_into_a_letter_that_is_written_anyway() -> None:
    soon = listing("soon", checked="2026-03-10")
    assert planned(kept(soon, OLIVE), on="2026-06-01").asks == ()
    found = planned(kept(listing(), OLIVE), kept(soon, OLIVE), on="2026-06-01")
    assert [(ask.slug, ask.due) for ask in found.asks] == [("little-stars", DUE), ("soon", day("2026-07-10"))]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(kept(listing("late", checked="2026-03-20"), OLIVE), id="more than four weeks on"),
        pytest.param(kept(listing("someone-elses", checked="2026-03-10"), OTTO), id="another person's"),
        pytest.param(
            kept(listing("short", checked="2026-05-25", review_every_months=1), OLIVE), id="looked at a week ago"
        ),
        pytest.param(
            kept(listing("again", checked="2026-03-10"), OLIVE, asked=asked(1, "2026-05-20", day("2026-07-10"))),
            id="asked about already",
        ),
    ],
)
def test_a_letter_gathers_nothing_else(other: Kept) -> None:
    found = planned(kept(listing(), OLIVE), other, on="2026-06-01")
    assert [ask.slug for ask in found.asks] == ["little-stars"]


def test_who_had_a_letter_this_week_has_none_today() -> None:
    assert planned(kept(None, OLIVE), on="2026-06-01", resting=frozenset({OLIVE})).asks == ()
    [ask] = planned(kept(None, OLIVE, OTTO), on="2026-06-01", resting=frozenset({OLIVE})).asks
    assert ask.people == {OTTO}


@pytest.mark.parametrize(
    "keys",
    [{"status": "defunct"}, {"status": "inactive"}, {"publish_until": "2026-05-01"}, {"publish_from": "2026-09-01"}],
    ids=["ended", "withdrawn", "published until last month", "not published yet"],
)
def test_nobody_is_asked_about_what_people_cannot_see(keys: dict[str, str]) -> None:
    found = planned(kept(listing(**keys), OLIVE), kept(listing("nobodys", **keys)), on="2026-06-20")
    assert (found.asks, found.handovers) == ((), ())
