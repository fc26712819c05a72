"""At which of its places, in which room and by whose terms a time is: asked, kept, told, and hidden where need be."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory.moderation import Fields
from tests.small_content import PLACES
from tests.web.filled_forms import form_in
from tests.web.partner_site import PartnerSite, open_partner_site, words

EDIT = "/desk/listings/chess-corner/edit"
VENUE = """\
venues:
- slug: corner-hall
  name: Corner Hall
  address_1: 1 High Street
  city: Brackenhill
  postal_code: TB5 3AB
"""
SCHOOLS = """\
schools:
- slug: st-lukes
  name: St Luke's school
  terms:
  - name: Autumn term
    starts: 2026-09-07
    ends: 2026-12-16
"""
LOCATIONS = "- at: brackenhill-family-hub\n- at: corner-hall\n"
SESSION: dict[str, Any] = {
    "day": "monday",
    "opens_at": "17:00",
    "closes_at": "18:00",
    "term": "term_time",
    "school": "st-lukes",
    "at": "corner-hall",
    "room": "Room 2",
    "exceptions": [{"date": "2026-12-07", "change": "moved", "room": "The garden room"}],
}


@pytest.fixture
def site(tmp_path: Path) -> PartnerSite:
    """Chess corner is at two places, and its school has terms of its own."""
    site = open_partner_site(tmp_path)
    (site.content / "places.yaml").write_text(PLACES + VENUE)
    calendar = site.content / "calendar.yaml"
    calendar.write_text(calendar.read_text() + SCHOOLS)
    write(site, LOCATIONS)
    return site


def write(site: PartnerSite, locations: str) -> None:
    """Has the file of Chess corner say these places, and its one time."""
    path = site.content / "listings" / "chess-corner.yaml"
    before, _, rest = path.read_text().partition("locations:")
    session = str([SESSION]).replace("'", '"').replace('"term_time"', "term_time")
    path.write_text(f"{before}locations:\n{locations}sessions: {session}\nphones:{rest.partition('phones:')[2]}")
    site.services.look_again()


@pytest.fixture
def partner(site: PartnerSite) -> FlaskClient:
    return site.as_partner()


def send(partner: FlaskClient, **typed: str) -> TestResponse:
    """Opens the form, types and sends it."""
    return partner.post(EDIT, data={**form_in(partner.get(EDIT)), **typed, "button": "send"})


def wanted(site: PartnerSite) -> Fields:
    (only,) = site.services.moderation.of_person(who=site.partner())
    return only.wanted


def test_nothing_is_lost_when_something_else_is_changed(site: PartnerSite, partner: FlaskClient) -> None:
    assert send(partner, opening_note="Ring the bell.").status_code == 303
    assert wanted(site)["sessions"] == [SESSION]


CHANGES = {
    "another room": ({"sessions-0-room": "The hall"}, {**SESSION, "room": "The hall"}),
    "no room": ({"sessions-0-room": ""}, {key: SESSION[key] for key in SESSION if key != "room"}),
    "another place": ({"sessions-0-at": "brackenhill-family-hub"}, {**SESSION, "at": "brackenhill-family-hub"}),
    "the borough's terms": ({"sessions-0-school": ""}, {key: SESSION[key] for key in SESSION if key != "school"}),
    "all year": (
        {"sessions-0-term": "always"},
        {key: SESSION[key] for key in SESSION if key not in ("term", "school")},
    ),
}


@pytest.mark.parametrize(("typed", "session"), CHANGES.values(), ids=CHANGES)
def test_each_can_be_changed(
    site: PartnerSite, partner: FlaskClient, typed: dict[str, str], session: dict[str, Any]
) -> None:
    assert send(partner, **typed).status_code == 303
    assert wanted(site)["sessions"] == [session]


def test_a_school_of_a_new_time_is_kept(site: PartnerSite, partner: FlaskClient) -> None:
    more = partner.post(EDIT, data={**form_in(partner.get(EDIT)), "button": "add-sessions"})
    new = {"day": "friday", "opens_at": "5pm", "closes_at": "6pm", "term": "holidays", "school": "st-lukes"}
    typed = {f"sessions-1-{name}": said for name, said in new.items()}
    assert partner.post(EDIT, data={**form_in(more), **typed, "button": "send"}).status_code == 303
    assert wanted(site)["sessions"][1] == {**new, "opens_at": "17:00", "closes_at": "18:00"}


def test_what_is_no_choice_is_not_asked(tmp_path: Path) -> None:
    boxes = form_in(open_partner_site(tmp_path).as_partner().get(EDIT))
    assert "sessions-0-room" in boxes
    assert not {"sessions-0-at", "sessions-0-school"} & set(boxes)


def test_a_place_that_goes_is_asked_for_again(partner: FlaskClient) -> None:
    said = words(send(partner, **{"locations-1-at": "", "locations-1-name": "", "locations-1-note": ""}))
    assert "is not one of the locations" in said


@pytest.mark.parametrize("box", ["sessions-0-at", "sessions-0-school"])
def test_what_was_not_offered_is_refused(partner: FlaskClient, box: str) -> None:
    assert "Choose from the list" in words(send(partner, **{box: "nowhere"}))


def test_people_read_where_and_by_whose_terms_it_is(partner: FlaskClient) -> None:
    said = words(partner.get("/listings/chess-corner"))
    assert "In term time (St Luke's school dates) · At Corner Hall · In Room 2" in said
    assert '"location": {"@type": "Place", "address": {' in partner.get("/listings/chess-corner").text
    assert "Different room on Monday 7 December 2026: 5pm to 6pm, in The garden room" in said


def test_a_place_that_must_stay_secret_is_not_told(site: PartnerSite, partner: FlaskClient) -> None:
    write(site, LOCATIONS + "  hide_exact_address: true\n")
    said = partner.get("/listings/chess-corner").text
    assert "Chess" in said
    for told in ("Corner Hall", "Room 2", "The garden room"):
        assert told not in said, told


def test_a_moderator_reads_what_changes_in_words(site: PartnerSite, partner: FlaskClient) -> None:
    send(partner, **{"sessions-0-at": "brackenhill-family-hub", "sessions-0-room": "The hall"})
    (sent,) = site.services.moderation.of_person(who=site.partner())
    said = words(site.as_moderator().get(f"/queue/{sent.id}"))
    for told in ("Corner Hall", "Room 2", "Brackenhill Family Hub", "The hall", "St Luke's school dates"):
        assert told in said, told
