"""A listing's fields in people's words, and what differs between two versions of one."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from markupsafe import Markup

from directory.content import load
from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from directory.moderation import fields_of
from directory.services import Services
from directory.web.differences import difference, differences, marked
from directory.web.listing_words import NAMES, said
from tests.served import TESTBRIDGE

ADDED = '<ins><span class="govuk-visually-hidden">added: </span>'
REMOVED = '<del><span class="govuk-visually-hidden">removed: </span>'


@pytest.fixture
def snapshot(services: Services) -> Snapshot:
    """The rich content."""
    return services.snapshot


def test_every_key_of_a_listing_has_a_name_and_stands_where_it_does_in_a_file() -> None:
    assert list(NAMES) == [key for key in Listing.model_fields if key != "slug"]


def test_a_listing_that_says_everything_is_told_in_full(snapshot: Snapshot) -> None:
    told = {key: said(key, value, snapshot) for key, value in fields_of(snapshot.listings["toddler-tuesday"]).items()}
    assert told["sessions"] == (
        "Small ones: Every Tuesday, 10am to 11:30am, In term time only, Bring a coat.",
        "Cancelled: Tuesday 1 December 2026, The hall is being painted.",
        "Moved from Tuesday 8 December 2026 to Wednesday 9 December 2026, 10am to 11:30am",
        "Every other Friday, 1pm to 2pm, Ask which week is next",
        "Last Saturday of the month, midday to 1pm",
    )
    assert told["cost"] == (
        "There is a charge",
        "Each child: £2.50, with a drink",
        "Second child: £1, Until 31 March 2027",
        "Pay by card at the door.",
        "A Holiday Activities and Food (HAF) code pays for it.",
    )
    assert told["locations"] == (
        "Corner Hall, Use the side door.",
        "9 Green Lane, Brackenhill, Testbridge, TB5 3CD",
    )
    assert all(told.values())


VALUES: dict[str, tuple[str, Any, tuple[str, ...]]] = {
    "a status that is not written": ("status", None, ("Open as usual",)),
    "a description that is not there": ("description", None, ()),
    "a kind before there was a listing": ("kind", None, ()),
    "no phones": ("phones", None, ()),
    "several lines": ("description", "One.\n\nTwo.", ("One.", "", "Two.")),
    "a phone for texts": (
        "phones",
        [{"number": "07700 900123", "takes_calls": False, "takes_texts": True, "text_keyword": "TOTS"}],
        ("07700 900123, takes texts that begin with TOTS, takes no calls",),
    ),
    "a fortnight's first date": (
        "sessions",
        [
            {
                "frequency": "fortnightly",
                "day": "friday",
                "dtstart": "2026-11-27",
                "opens_at": "9:00",
                "closes_at": "9:45",
            }
        ],
        ("Every other Friday, 9am to 9:45am, one of its dates is Friday 27 November 2026",),
    ),
    "the place and the room of a time": (
        "sessions",
        [
            {
                "day": "monday",
                "opens_at": "9:00",
                "closes_at": "9:45",
                "at": "brackenhill-family-hub",
                "room": "Room 2",
                "exceptions": [
                    {"date": "2026-11-30", "change": "moved", "room": "the hall"},
                    {"date": "2026-12-07", "change": "moved", "opens_at": "9:15", "room": "the hall"},
                ],
            }
        ],
        (
            "Every Monday, 9am to 9:45am, At Brackenhill Family Hub, In Room 2",
            "Different room on Monday 30 November 2026: 9am to 9:45am, in the hall",
            "Different time on Monday 7 December 2026: 9:15am to 9:45am, in the hall",
        ),
    ),
    "a school that the calendar does not know": (
        "sessions",
        [{"day": "monday", "opens_at": "9:00", "closes_at": "9:45", "term": "term_time", "school": "old-school"}],
        ("Every Monday, 9am to 9:45am, In term time (old-school dates)",),
    ),
    "an address that the public is not told": (
        "locations",
        [{"address_1": "77 Hidden Road", "place": "brackenhill", "hide_exact_address": True}],
        ("77 Hidden Road, in the area of Brackenhill, the exact address is not shown to the public",),
    ),
    "a category that is gone": ("categories", ["stay-and-play", "no-such"], ("Stay and play", "no-such")),
    "a provider": ("provider", "testbridge-council", ("Testbridge Council",)),
    "areas": ("service_areas", ["borough", "brackenhill"], ("All of Testbridge", "Brackenhill")),
    "who it is for": (
        "eligibility",
        {"minimum_age": "2 years", "maximum_age": "4 years", "not_for": "Grown-ups alone."},
        ("Ages: 2 to 4 years", "Not for: Grown-ups alone."),
    ),
    "yes": ("by_appointment", True, ("Yes",)),
    "no": ("by_appointment", None, ("No",)),
    "what is not sound": ("cost", {"type": "cheap", "haf": True}, ("cheap", "True")),
}


@pytest.mark.parametrize(("key", "value", "lines"), VALUES.values(), ids=VALUES)
def test_a_value_is_told_in_lines_of_plain_words(
    snapshot: Snapshot, key: str, value: Any, lines: tuple[str, ...]
) -> None:
    assert said(key, value, snapshot) == lines


def test_a_value_is_told_in_the_language_of_the_page(app: Flask, snapshot: Snapshot) -> None:
    session = {"day": "monday", "opens_at": "14:00", "closes_at": "15:30"}
    assert said("sessions", [session], snapshot) == ("Every Monday, 2pm to 3:30pm",)
    with app.test_request_context("/", environ_overrides={"directory.language": "pl"}):
        assert said("sessions", [session], snapshot)[0].endswith("15:30")


TEXTS = {
    "a word in the middle": (
        "A cup of tea.",
        "A cup of coffee.",
        f"A cup of {REMOVED}tea</del>.",
        f"A cup of {ADDED}coffee</ins>.",
    ),
    "a time is one word": (
        "From 10:00 to 11:30",
        "From 10:00 to 11:45",
        f"From 10:00 to {REMOVED}11:30</del>",
        f"From 10:00 to {ADDED}11:45</ins>",
    ),
    "two words beside each other": (
        "We meet in the old hall today",
        "We meet in the new room today",
        f"We meet in the {REMOVED}old hall</del> today",
        f"We meet in the {ADDED}new room</ins> today",
    ),
    "something new": ("", "Bring a coat", "", f"{ADDED}Bring a coat</ins>"),
    "something gone": ("Bring a coat", "", f"{REMOVED}Bring a coat</del>", ""),
    "the same": ("Bring a coat", "Bring a coat", "Bring a coat", "Bring a coat"),
    "nothing in common": (
        "Play and songs",
        "Quite other words here",
        f"{REMOVED}Play and songs</del>",
        f"{ADDED}Quite other words here</ins>",
    ),
    "a new line": ("One\nTwo", "One\nTwo\nThree", "One\nTwo", f"One\nTwo{ADDED}\nThree</ins>"),
    "what would be a script": (
        "Say hello",
        "Say <script>alert(1)</script> hello",
        "Say hello",
        f"Say {ADDED}&lt;script&gt;alert(1)&lt;/script&gt; </ins>hello",
    ),
}


@pytest.mark.parametrize(("old", "new", "marked_old", "marked_new"), TEXTS.values(), ids=TEXTS)
def test_the_words_that_changed_are_marked(old: str, new: str, marked_old: str, marked_new: str) -> None:
    assert marked(old, new) == (Markup(marked_old), Markup(marked_new))


def test_only_what_changed_is_told_in_the_order_of_a_file(snapshot: Snapshot) -> None:
    old = fields_of(snapshot.listings["little-stars"])
    new = {**old, "url": "https://stars.example.org/", "title": "Little Stars"}
    del new["phones"]
    told = differences(old, new, snapshot)
    assert [(one.key, one.name) for one in told] == [
        ("title", "Title"),
        ("phones", "Phone numbers"),
        ("url", "Website"),
    ]
    assert told[1].new == ""


@pytest.mark.parametrize("key", ["title", "description"])
def test_a_listings_own_words_are_known_as_such(snapshot: Snapshot, key: str) -> None:
    assert difference(key, "a", "b", snapshot).is_own_words
    assert not difference("phones", [], None, snapshot).is_own_words


def test_every_listing_of_an_invented_borough_can_be_told(tmp_path: Path) -> None:
    snapshot = load(TESTBRIDGE, tmp_path).snapshot
    assert snapshot
    for listing in snapshot.listings.values():
        for key, value in fields_of(listing).items():
            assert said(key, value, snapshot), (listing.slug, key)
