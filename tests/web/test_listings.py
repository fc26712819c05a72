"""One listing's page: all that it says, and nothing that it must not."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

Read = Callable[[str], str]
SHOWN = {
    "title": "Toddler Tuesday",
    "alternate names": "Tots and co",
    "summary": "Play and songs for toddlers.",
    "description": "bring socks",
    "provider": "Testbridge Council",
    "category": "Stay and play",
    "publish until": "On this site until 31 December 2027",
    "ages": "6 months to 4 years",
    "school years": "Nursery",
    "special needs": "Autism",
    "who for": "Any parent or carer with a small child.",
    "not for": "Children at school.",
    "way in": "Just turn up",
    "another way in": "Ask a professional",
    "where to start": "Start at toddlers.example.org",
    "what happens first": "Somebody shows you round.",
    "lowest price": "From £1",
    "price": "Each child: £2.50 with a drink",
    "price until": "Until 31 March 2027",
    "fees": "Pay by card at the door.",
    "haf": "Holiday Activities and Food",
    "online": "Online",
    "venue": "Corner Hall 1 High Street Brackenhill TB5 3AB",
    "note on the place": "Use the side door.",
    "second place": "9 Green Lane Brackenhill Testbridge TB5 3CD",
    "area": "For people who live in: Brackenhill",
    "session name": "Small ones",
    "weekly": "Every Tuesday, 10am to 11:30am In term time only",
    "session note": "Bring a coat.",
    "cancelled": "Cancelled: Tuesday 1 December 2026",
    "why cancelled": "The hall is being painted.",
    "moved": "Moved from Tuesday 8 December 2026 to Wednesday 9 December 2026, 10am to 11:30am",
    "fortnightly": "Every other Friday, 1pm to 2pm Ask which week is next",
    "monthly": "Last Saturday of the month, midday to 1pm",
    "next date": "Tuesday 24 November, 10am to 11:30am",
    "opening hours": "Monday to Wednesday, 9am to 5pm Closed on bank holidays",
    "opening note": "The bell is on the left.",
    "by appointment": "By appointment",
    "phone": "Call 01632 960123 Front desk",
    "phone hours": "Weekday mornings",
    "text": "Text TOTS to 07700 900123",
    "e-mail": "toddlers@example.org",
    "website": "toddlers.example.org",
    "booking": "book.example.org",
    "languages": "English, Polish, Urdu",
    "interpreters": "Ask us two days before.",
    "facility": "Hearing loop",
    "accessibility": "The lift is small.",
    "checked": "Checked by the people who run it on 1 November 2026",
    "how checked": "by phone",
    "review": "We ask for a check every 6 months.",
    "source": "The provider's own page (2025): the times",
    "source seen": "Seen in October 2026",
    "source strength": "From the owner's own page",
    "other record": "record L900",
    "related": "Little Stars stay and play",
    "whom to ask": "Brackenhill Family Hub",
}


@pytest.mark.parametrize("words", SHOWN.values(), ids=SHOWN.keys())
def test_a_listing_shows_every_field_that_is_filled_in(read: Read, words: str) -> None:
    assert "".join(words.split()) in "".join(read("/listings/toddler-tuesday").split())


def test_a_listing_never_shows_what_is_for_staff(client: FlaskClient) -> None:
    for language in ("", "/pl", "/ur"):
        assert "Nobody outside may read this" not in client.get(f"{language}/listings/toddler-tuesday").text


def test_a_listing_hides_what_is_empty(read: Read) -> None:
    words = read("/listings/walking-club-01")
    for heading in ("Contact", "Who it is for", "Cost", "About it", "Opening hours", "Where we read this"):
        assert heading not in words


def test_what_nobody_confirmed_says_so(read: Read) -> None:
    assert "Not yet confirmed by the provider." in read("/listings/little-stars")
    assert "Not yet confirmed" not in read("/listings/toddler-tuesday")


@pytest.mark.parametrize("language", ["", "/pl", "/ur"])
@pytest.mark.parametrize("path", ["/listings/safe-start", "/search?q=safe+start", "/categories/domestic-abuse"])
def test_a_hidden_address_is_nowhere_in_a_page(client: FlaskClient, language: str, path: str) -> None:
    html = client.get(language + path).text
    assert "Safe Start" in html
    assert not [secret for secret in ("77 Hidden Road", "TB5 3ZZ", "53.55", "1.95", "openstreetmap") if secret in html]


def test_a_listing_that_has_ended_says_so_and_offers_no_way_in(read: Read, client: FlaskClient) -> None:
    words = read("/listings/old-club")
    assert "This has ended. It is no longer running." in words
    assert "Talking and language" in words
    assert "Just turn up" not in words
    assert '<meta name="robots" content="noindex">' in client.get("/listings/old-club").text


def test_a_listing_that_is_closed_for_a_time_says_until_when(read: Read) -> None:
    assert "Closed until 1 March 2027" in read("/listings/winter-club")
    assert "Closed until 1 March 2027" in read("/search?q=winter")


def test_a_listing_for_practitioners_says_so(read: Read) -> None:
    assert "For people who work with children and families" in read("/listings/family-panel")


def test_a_hub_shows_its_door_its_phone_whom_it_serves_and_what_is_offered_there(read: Read) -> None:
    words = read("/listings/brackenhill-family-hub")
    for told in (
        "18 Foundry Street Brackenhill TB5 3DY",
        "Call 01632 960100",
        "For people in Brackenhill",
        "What is offered here Little Stars stay and play",
    ):
        assert told in words


def _structured(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    value: dict[str, Any] = json.loads(found[1])
    return value


def test_search_engines_read_a_hub_as_an_office_with_an_address(client: FlaskClient) -> None:
    hub = _structured(client.get("/listings/brackenhill-family-hub").text)
    assert (hub["@type"], hub["name"], hub["telephone"]) == (
        "GovernmentOffice",
        "Brackenhill Family Hub",
        ["01632 960100"],
    )
    assert hub["address"]["postalCode"] == "TB5 3DY"


def test_search_engines_read_a_service_with_its_provider(client: FlaskClient) -> None:
    service = _structured(client.get("/listings/toddler-tuesday").text)
    assert (service["@type"], service["provider"]["name"]) == ("Service", "Testbridge Council")
    assert [place["address"]["postalCode"] for place in service["availableChannel"]["serviceLocation"]] == [
        "TB5 3AB",
        "TB5 3CD",
    ]


def test_search_engines_read_the_next_times_cancelled_ones_as_cancelled(client: FlaskClient) -> None:
    told = _structured(client.get("/listings/toddler-tuesday").text)["subjectOf"]
    assert [(one["startDate"], one["eventStatus"].partition("Event")[2]) for one in told] == [
        ("2026-11-24T10:00+00:00", "Scheduled"),
        ("2026-11-28T12:00+00:00", "Scheduled"),
        ("2026-12-01T10:00+00:00", "Cancelled"),
        ("2026-12-09T10:00+00:00", "Scheduled"),
    ]
    assert (told[0]["name"], told[0]["endDate"]) == ("Small ones", "2026-11-24T11:30+00:00")


def test_the_paper_version_holds_a_code_of_the_clean_address(client: FlaskClient) -> None:
    html = client.get("/listings/toddler-tuesday?near=DY5+3DY").text
    assert '<div class="paper code"><svg' in html
    assert '<p class="paper" dir="ltr">http://localhost/listings/toddler-tuesday</p>' in html


@pytest.mark.parametrize(
    "path", ["/listings/nobody", "/listings/", "/listings/%ff", "/listings/..%2fsite", "/listings/" + "x" * 3000]
)
def test_a_listing_that_is_not_there_is_a_kind_404(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Need help now?" in answer.text
