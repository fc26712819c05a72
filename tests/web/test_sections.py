"""The parts of a listing as forms: what comes out is what went in, save for what somebody changed."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, FormField

from directory.content import ContentStore
from directory.model.calendar import LONDON, Calendar, Period
from directory.model.listing import Listing
from directory.model.session import Session
from directory.model.snapshot import Snapshot
from directory.moderation import Fields, fields_of
from directory.services import Services
from directory.web import spoken
from directory.web.partner.sections import SECTIONS, SectionForm, When, Where, changed, opened, with_taken
from directory.web.partner.sections.playing_back import played_back
from tests.served import ROOT, TESTBRIDGE

NOW = datetime.datetime(2026, 11, 21, 9, 0, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def asked(app: Flask) -> Iterator[None]:
    """A request of somebody who opens a form."""
    with app.test_request_context("/"):
        yield


def sent(form: SectionForm) -> MultiDict[str, str]:
    """A form as a browser sends it, unchanged."""
    out: MultiDict[str, str] = MultiDict()
    for field in form:
        _put(field, out)
    return out


def _put(field: Field, out: MultiDict[str, str]) -> None:
    if isinstance(field, FieldList | FormField):
        for one in field:
            _put(one, out)
    elif field.name == "csrf_token":
        out.add(field.name, generate_csrf())
    elif field.type == "Several":
        out.setlist(field.name, field.data or [])
    elif isinstance(field.data, bool):
        if field.data:
            out.add(field.name, "y")
    else:
        out.add(field.name, str(field.data or "").replace("\n", "\r\n"))


@pytest.fixture(scope="module", params=[ROOT / "content", TESTBRIDGE], ids=["Dudley", "Testbridge"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The whole content of a directory."""
    return ContentStore(request.param, tmp_path_factory.mktemp("index")).snapshot


def test_forms_that_nobody_changed_give_back_every_listing_as_it_was(whole: Snapshot) -> None:
    for listing in whole.listings.values():
        fields = fields_of(listing)
        filled = [opened(one, fields, whole) for one in SECTIONS]
        assert with_taken(fields, filled) == fields, listing.slug
        again = [opened(type(one), fields, whole, sent(one)) for one in filled]
        assert [one.errors for one in again if not one.validate()] == [], listing.slug
        assert with_taken(fields, again) == fields, listing.slug


@pytest.fixture
def everything(services: Services) -> Listing:
    """The listing that fills in every field."""
    return services.snapshot.listings["toddler-tuesday"]


def typed_over(section: type[SectionForm], fields: Fields, snapshot: Snapshot, **typed: str | list[str]) -> SectionForm:
    """A part of the form as it comes back when somebody typed something over what it showed."""
    values = sent(opened(section, fields, snapshot))
    for name, value in typed.items():
        values.setlist(name.replace("__", "-"), [value] if isinstance(value, str) else value)
    return opened(section, fields, snapshot, values)


ONE_CHANGE = {
    "a title": ("title", "Tots on Tuesday", {"title": "Tots on Tuesday"}),
    "other names": ("alternate_names", "Tots\r\nTiny ones", {"alternate_names": ["Tots", "Tiny ones"]}),
    "no description": ("description", "", {"description": None}),
    "a time": ("sessions-0-closes_at", "noon", {"sessions.0.closes_at": "12:00"}),
    "a bare hour": ("sessions-0-opens_at", "9", {"sessions.0.opens_at": "09:00"}),
    "all year": ("sessions-0-term", "always", {"sessions.0.term": None}),
    "a last date": ("sessions-0-valid_to", "18/12/26", {"sessions.0.valid_to": "2026-12-18"}),
    "a date of a fortnight": ("sessions-1-on", "Fri 27 Nov 2026", {"sessions.1.dtstart": "2026-11-27"}),
    "the third of the month": ("sessions-2-often", "third", {"sessions.2.week": 3}),
    "a phone": ("phones-0-number", "01632 960999", {"phones.0.number": "01632 960999"}),
    "a website": ("url", "www.toddlers.example.org", {"url": "https://www.toddlers.example.org"}),
    "an age": ("maximum_age", "18 months", {"eligibility.maximum_age": "18 months"}),
    "before birth": ("minimum_age", "pregnancy", {"eligibility.minimum_age": "pregnancy"}),
    "for staff": ("audience", "practitioners", {"eligibility.audience": "practitioners"}),
    "a price": ("prices-0-amount", "£3", {"cost.cost_options.0.amount_pence": 300}),
    "a way in": ("ways", ["drop_in"], {"access.ways": ["drop_in"]}),
    "a door": ("locations-0-note", "Ring the bell", {"locations.0.note": "Ring the bell"}),
    "a facility": ("facilities", ["lift"], {"accessibility.facilities": ["lift"]}),
}


@pytest.mark.parametrize(("box", "said", "expected"), ONE_CHANGE.values(), ids=ONE_CHANGE)
def test_one_changed_box_changes_one_thing(
    everything: Listing, services: Services, box: str, said: str | list[str], expected: dict[str, Any]
) -> None:
    fields, forms = fields_of(everything), []
    for section in SECTIONS:
        values = sent(opened(section, fields, services.snapshot))
        if box in values:
            values.setlist(box, [said] if isinstance(said, str) else said)
        forms.append(opened(section, fields, services.snapshot, values))
    assert [one.errors for one in forms if not one.validate()] == []
    assert dict(_leaves_that_differ(fields, with_taken(fields, forms))) == expected


def _leaves_that_differ(old: Any, new: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in {*old, *new}:
            yield from _leaves_that_differ(old.get(name), new.get(name), f"{key}.{name}".lstrip("."))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new) and isinstance(old[0], dict):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _leaves_that_differ(one, other, f"{key}.{number}")
    elif old != new:
        yield key, new


def test_dates_that_are_not_as_usual_stay_while_they_fit(everything: Listing, services: Services) -> None:
    fields = fields_of(everything)
    later = typed_over(When, fields, services.snapshot, sessions__0__closes_at="12")
    assert len(later.taken(fields)["sessions"][0]["exceptions"]) == 2
    moved = typed_over(When, fields, services.snapshot, sessions__0__day="monday")
    assert "exceptions" not in moved.taken(fields)["sessions"][0]


def test_a_place_that_moved_loses_its_point_on_the_map(services: Services) -> None:
    place = {"name": "Old hall", "city": "Brackenhill", "postal_code": "TB5 3CD", "latitude": 53.5, "longitude": 1.9}
    fields = {"locations": [place]}
    named = typed_over(Where, fields, services.snapshot, locations__0__name="New hall")
    assert named.taken(fields)["locations"] == [{**place, "name": "New hall"}]
    moved = typed_over(Where, fields, services.snapshot, locations__0__postal_code="tb53dy")
    assert moved.taken(fields)["locations"] == [{"name": "Old hall", "city": "Brackenhill", "postal_code": "TB5 3DY"}]


def test_an_empty_row_is_nothing_and_an_emptied_one_goes(everything: Listing, services: Services) -> None:
    fields = fields_of(everything)
    blank = opened(When, fields, services.snapshot, sent(opened(When, fields, services.snapshot)), "add-sessions")
    assert blank.validate()
    assert changed(fields, with_taken(fields, [blank])) == {}
    emptied = dict.fromkeys(("phones__0__number", "phones__0__label", "phones__0__hours"), "")
    form = typed_over(SECTIONS[1], fields, services.snapshot, **emptied)
    assert form.validate()
    assert form.taken(fields)["phones"] == fields["phones"][1:]


def test_a_row_is_taken_away_by_its_button(everything: Listing, services: Services) -> None:
    fields = fields_of(everything)
    form = opened(When, fields, services.snapshot, sent(opened(When, fields, services.snapshot)), "remove-sessions-1")
    kept = fields["sessions"]
    assert form.taken(fields)["sessions"] == [kept[0], kept[2]]


TIMES = {
    "10": "10:00", "10am": "10:00", "10 AM": "10:00", "10:30": "10:30", "10.30": "10:30", "1030": "10:30",
    "2pm": "14:00", "2.15 p.m.": "14:15", "14:30": "14:30", "9:05am": "09:05", "noon": "12:00", "midday": "12:00",
    "12": "12:00", "12am": "00:00", "12:30pm": "12:30", "1": "13:00", "3.30": "15:30", "06:30": "06:30",
    "6:30am": "06:30", "half past 10": "10:30", "half past 2pm": "14:30", "quarter to 11": "10:45",
    "quarter past 4": "16:15", "10 o'clock": "10:00",
}  # fmt: skip


@pytest.mark.parametrize(("said", "time"), TIMES.items(), ids=TIMES)
def test_times_are_read_as_people_write_them(said: str, time: str) -> None:
    assert f"{spoken.time_of_day(said):%H:%M}" == time


ENDS = {"7 after 6pm": ("7", 18, "19:00"), "8.30 after 6pm": ("8.30", 18, "20:30"), "11 after 10": ("11", 10, "11:00")}


@pytest.mark.parametrize(("said", "opens", "time"), ENDS.values(), ids=ENDS)
def test_an_end_is_after_its_start(said: str, opens: int, time: str) -> None:
    assert f"{spoken.time_of_day(said, after=datetime.time(opens)):%H:%M}" == time


def test_every_time_is_read_as_it_is_written() -> None:
    times = [datetime.time(hour, minute) for hour in range(24) for minute in range(0, 60, 5)]
    assert [spoken.time_of_day(spoken.written_time(one)) for one in times] == times


DATES = ["3/11/2026", "03.11.26", "3-11-2026", "3 Nov 2026", "3 November 2026", "3rd november 2026", "Tue 3 Nov 2026",
         "Tuesday, 3 November 2026", "2026-11-03"]  # fmt: skip


@pytest.mark.parametrize("said", DATES)
def test_dates_are_read_as_people_write_them(said: str) -> None:
    assert spoken.date(said) == datetime.date(2026, 11, 3)


AGES = {"6 months": 6, "18 mths": 18, "4": 48, "4 years": 48, "4 yrs": 48, "birth": 0, "0": 0, "Pregnancy": -1}
PRICES = {"3,50": 350, "3": 300, "£3": 300, "2.50": 250, "£ 2.50": 250, "50p": 50, "1,200": 120000}


@pytest.mark.parametrize(("said", "months"), AGES.items(), ids=AGES)
def test_ages_are_read_as_people_write_them(said: str, months: int) -> None:
    assert spoken.age(said) == months


@pytest.mark.parametrize(("said", "pence"), PRICES.items(), ids=PRICES)
def test_prices_are_read_as_people_write_them(said: str, pence: int) -> None:
    assert spoken.pence(said) == pence


UNREADABLE = [
    (spoken.time_of_day, ["", "late", "25", "10:75", "14pm", "ten", "1-2", "half past 20pm"]),
    (spoken.date, ["", "soon", "31/2/2026", "3/13/2026", "3 Foo 2026", "3 November", "2026"]),
    (spoken.age, ["", "old", "4-6", "500 years", "-3"]),
    (spoken.pence, ["", "free", "3.5.0", "-3", "999999", "3.555"]),
    (spoken.day_of_month, ["", "0", "32", "Monday"]),
]


@pytest.mark.parametrize(("reader", "texts"), UNREADABLE, ids=[one[0].__name__ for one in UNREADABLE])
def test_what_cannot_be_read_is_refused(reader: Any, texts: list[str]) -> None:
    for text in texts:
        with pytest.raises(spoken.Unclear):
            reader(text)


WRONG = {
    "a time": ({"sessions-0-opens_at": "late"}, "sessions-0-opens_at", "such as 10am"),
    "an end before its start": ({"sessions-0-closes_at": "9am"}, "sessions-0-closes_at", "ends before it starts"),
    "no day": ({"sessions-0-day": ""}, "sessions-0-day", "day of the week"),
    "another weekday": ({"sessions-1-on": "26/11/2026"}, "sessions-1-on", "another day of the week"),
    "dates swapped": (
        {"sessions-0-valid_from": "4/1/2027", "sessions-0-valid_to": "1/1/2027"}, "sessions-0-valid_to", "Swap"),
    "no date": ({"sessions-0-often": "once", "sessions-0-on": ""}, "sessions-0-on", "Write a date"),
    "a phone": ({"phones-0-number": "12"}, "phones-0-number", "digits"),
    "words without a phone": ({"phones-0-number": ""}, "phones-0-number", "Write the phone number"),
    "an e-mail address": ({"email": "somebody"}, "email", "name@example.org"),
    "a website": ({"url": "our page"}, "url", "https://"),
    "no title": ({"title": " "}, "title", "Write the name"),
    "a long summary": ({"summary": "x" * 201}, "summary", "200"),
    "HTML": ({"summary": "<script>alert(1)</script>"}, "summary", "HTML"),
    "a category that is not": ({"category_1": "nothing"}, "category_1", "list"),
    "ages swapped": ({"minimum_age": "5", "maximum_age": "4"}, "maximum_age", "Swap"),
    "an age": ({"minimum_age": "old"}, "minimum_age", "18 months"),
    "a price": ({"prices-0-amount": "cheap"}, "prices-0-amount", "2.50"),
    "a price for nothing": ({"prices-0-option": ""}, "prices-0-option", "what the price is for"),
    "words about no cost": ({"cost": ""}, "cost", "Choose what it costs"),
    "no way in": ({"ways": []}, "ways", "do first"),
    "two places at once": ({"locations-0-city": "Brackenhill"}, "locations-0-at", "not both"),
    "a postcode": ({"locations-1-postal_code": "nowhere"}, "locations-1-postal_code", "DY8"),
    "opening without days": ({"opening-0-days": []}, "opening-0-days", "days"),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "box", "message"), WRONG.values(), ids=WRONG)
def test_a_fault_is_told_beside_its_box(
    everything: Listing, services: Services, typed: dict[str, Any], box: str, message: str
) -> None:
    fields = fields_of(everything)
    found: dict[str, str] = {}
    for section in SECTIONS:
        values = sent(opened(section, fields, services.snapshot))
        for name, value in typed.items():
            values.setlist(name, value if isinstance(value, list) else [value])
        form = opened(section, fields, services.snapshot, values)
        if not form.validate():
            found.update(_boxes(form))
    assert list(found) == [box]
    assert message in found[box]


def _boxes(form: Any) -> Iterator[tuple[str, str]]:
    for field in form:
        if isinstance(field, FieldList | FormField):
            yield from _boxes(field)
        elif field.errors:
            yield field.name, str(field.errors[0])


def session(**keys: Any) -> Session:
    return Session.model_validate({"opens_at": "10:00", "closes_at": "11:30", **keys})


TERM = Period(name="Autumn", starts=datetime.date(2026, 9, 2), ends=datetime.date(2026, 12, 18))


def test_times_are_played_back_as_the_next_six_dates() -> None:
    played = played_back([session(day="tuesday")], NOW, Calendar())
    assert [one.day for one in played.dates][:2] == ["Tuesday 24 November 2026", "Tuesday 1 December 2026"]
    assert (len(played.dates), played.dates[0].hours, played.doubts) == (6, "10am to 11:30am", ())


def test_what_moved_is_played_back_on_both_days_and_in_its_room() -> None:
    moved = {"date": "2026-11-24", "change": "moved", "to_date": "2026-11-26", "room": "The hall"}
    first, second, third = played_back(
        [session(day="tuesday", room="Room 2", exceptions=[moved])], NOW, Calendar()
    ).dates[:3]
    assert (first.day, first.moved) == ("Tuesday 24 November 2026", "Moved to Thursday 26 November 2026")
    assert (second.day, second.moved, second.room) == ("Thursday 26 November 2026", None, "The hall")
    assert third.room == "Room 2"


DOUBTS = {
    "no terms known": (session(day="tuesday", term="term_time"), Calendar(), 0, "do not know this year's school terms"),
    "terms to Christmas": (
        session(day="tuesday", term="term_time"), Calendar(terms=(TERM,)), 4, "up to Friday 18 December 2026"),
    "which weeks": (session(day="friday", frequency="fortnightly"), Calendar(), 0, "cannot tell which weeks"),
    "over": (session(frequency="once", date="2026-11-01"), Calendar(), 0, "is over"),
}  # fmt: skip


@pytest.mark.parametrize(("one", "calendar", "count", "doubt"), DOUBTS.values(), ids=DOUBTS)
def test_what_cannot_be_worked_out_is_said(one: Session, calendar: Calendar, count: int, doubt: str) -> None:
    played = played_back([one], NOW, calendar)
    assert len(played.dates) == count
    assert doubt in played.doubts[0]
