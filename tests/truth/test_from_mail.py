"""The two links of an owner's letter: one person, one listing, one act, and a button that does it."""

import datetime
import re

import pytest
from flask.testing import FlaskClient
from html5lib import parse
from sqlmodel import select
from werkzeug.test import TestResponse

from directory.accounts import Who
from directory.moderation import Act
from directory.tables import Person, StaffSession
from tests.small_content import LISTING
from tests.staff import partner, send, sign_in, token_in
from tests.truth.conftest import ADDRESS, CHECKED, ON_BOTH, Town, play_group

COUNCIL, GROUP = "testbridge-council", "testbridge-play-group"


@pytest.fixture
def olive(town: Town) -> Who:
    """The owner of Little Stars, who was asked on 1 June and opens the letter on 3 June."""
    who = partner(town.services, COUNCIL, "Olive Owner")
    town.remind()
    town.on("2026-06-03")
    return who


@pytest.fixture
def still_right(town: Town, olive: Who) -> str:  # noqa: ARG001  # there is a letter because there is an owner
    return town.link("still-right")


@pytest.fixture
def change(town: Town, olive: Who) -> str:  # noqa: ARG001
    return town.link("change")


@pytest.fixture
def client(town: Town) -> FlaskClient:
    """A browser that never signed in."""
    return town.app.test_client()


def words(answer: TestResponse) -> str:
    main = parse(answer.text).find(".//{http://www.w3.org/1999/xhtml}main")
    assert main is not None
    return " ".join(" ".join(main.itertext()).split())


def seen_in(answer: TestResponse) -> str:
    found = re.search(r'name="seen" value="(\w+)"', answer.text)
    assert found
    return found[1]


def press(client: FlaskClient, path: str) -> TestResponse:
    """Opens the link and presses its button."""
    opened = client.get(path)
    return client.post(path, data={"csrf_token": token_in(opened), "seen": seen_in(opened)}, follow_redirects=True)


def checks(town: Town) -> int:
    return [one.act for one in town.services.moderation.versions(slug="little-stars")].count(Act.CHECKED)


def test_it_shows_the_facts_and_one_button(client: FlaskClient, still_right: str) -> None:
    answer = client.get(still_right)
    told = words(answer)
    for fact in (
        "Is this still right?",
        "Little Stars stay and play",
        "Every Tuesday, 10am to 11:30am",
        "Brackenhill Family Hub",
        "£1.50",
        "01632 960123",
        "Yes, all of this is still right",
    ):
        assert fact in told
    assert answer.text.count("<button") == 1
    assert "has changed since" not in told


def test_opening_a_link_changes_nothing(client: FlaskClient, town: Town, still_right: str, change: str) -> None:
    before = town.read("little-stars")
    for path in (still_right, change) * 3:
        assert client.get(path).status_code == client.head(path).status_code == 200
    assert town.read("little-stars") == before
    with town.services.database.reading() as session:
        assert session.exec(select(StaffSession)).all() == []


@ON_BOTH
def test_one_press_and_the_listing_says_that_its_provider_looked(
    client: FlaskClient, town: Town, still_right: str
) -> None:
    assert "Done, thank you" in words(press(client, still_right))
    checked = town.services.snapshot.listings["little-stars"].checked
    assert checked
    assert (checked.on, checked.by) == (datetime.date(2026, 6, 3), "provider")
    page = words(client.get("/listings/little-stars"))
    assert "Checked by the people who run it on 3 June 2026 ( in answer to our reminder )" in page
    [version, *_] = town.services.moderation.versions(slug="little-stars")
    assert version.act is Act.CHECKED


def test_a_second_press_is_thanked_and_changes_nothing(client: FlaskClient, town: Town, still_right: str) -> None:
    opened = client.get(still_right)
    form = {"csrf_token": token_in(opened), "seen": seen_in(opened)}
    client.post(still_right, data=form)
    town.on("2026-06-10")
    again = town.app.test_client()
    later = again.post(still_right, data={**form, "csrf_token": _csrf(again)}, follow_redirects=True)
    assert "You told us on 3 June 2026 that it is still right." in words(later)
    assert "You told us on 3 June 2026" in words(again.get(still_right))
    assert checks(town) == 1


def _csrf(client: FlaskClient) -> str:
    """The proof that this browser's forms carry, from another form of the site."""
    return token_in(client.get("/listings/little-stars/wrong"))


@pytest.mark.parametrize("act", ["still-right", "change"])
@pytest.mark.parametrize(
    "token",
    ["", "x" * 43, "..%2f..%2fetc", "%00", "' OR 1=1 --", "x" * 3000],
    ids=["none", "made up", "a path", "a null", "SQL", "long"],
)
def test_a_forged_link_is_refused(client: FlaskClient, olive: Who, act: str, token: str) -> None:  # noqa: ARG001
    assert client.get(f"/{act}/{token}").status_code == 404
    assert client.post(f"/{act}/{token}", data={"csrf_token": _csrf(client)}).status_code == 404


def test_a_link_does_its_own_act_alone(client: FlaskClient, still_right: str, change: str) -> None:
    token, other = still_right.rpartition("/")[2], change.rpartition("/")[2]
    assert client.get(f"/change/{token}").status_code == 404
    assert client.get(f"/still-right/{other}").status_code == 404


def _leaves(town: Town, olive: Who) -> None:
    with town.services.database.writing() as session:
        session.get_one(Person, olive.id).is_active = False


def _loses_the_provider(town: Town, _olive: Who) -> None:
    town.write("little-stars", (LISTING + CHECKED).replace(COUNCIL, GROUP))


def _time_passes(town: Town, _olive: Who) -> None:
    town.on("2026-08-01")


def _listing_goes(town: Town, _olive: Who) -> None:
    (town.folder / "content" / "listings" / "little-stars.yaml").unlink()
    town.services.look_again()


@pytest.mark.parametrize(
    "happens",
    [_leaves, _loses_the_provider, _time_passes, _listing_goes],
    ids=["the person left", "another provider runs it", "60 days are over", "the listing is gone"],
)
def test_a_link_that_is_over_is_refused_with_a_way_on(
    client: FlaskClient, town: Town, olive: Who, happens: object, still_right: str, change: str
) -> None:
    assert callable(happens)
    opened = client.get(still_right)
    form = {"csrf_token": token_in(opened), "seen": seen_in(opened)}
    happens(town, olive)
    for path in (still_right, change):
        for answer in (client.get(path), client.post(path, data=form)):
            assert answer.status_code == 404
            assert "This link does not work any more" in words(answer)
            assert "team@example.org" in words(answer)
    assert checks(town) == 0


def test_what_changed_since_the_letter_is_shown_and_asked_again(
    client: FlaskClient, town: Town, still_right: str
) -> None:
    town.write("little-stars", (LISTING + CHECKED).replace("01632 960123", "01632 960999"))
    opened = client.get(still_right)
    told = words(opened)
    assert "This has changed since we wrote to you" in told
    assert "removed: 960123" in told
    assert "added: 960999" in told
    without_seen = client.post(still_right, data={"csrf_token": token_in(opened)})
    assert "Somebody changed this a moment ago." in words(without_seen)
    assert checks(town) == 0
    assert "Done, thank you" in words(press(client, still_right))
    assert checks(town) == 1


def test_what_changed_while_the_page_was_open_is_asked_again(client: FlaskClient, town: Town, still_right: str) -> None:
    opened = client.get(still_right)
    form = {"csrf_token": token_in(opened), "seen": seen_in(opened)}
    town.write("little-stars", (LISTING + CHECKED).replace('"11:30"', '"12:00"'))
    answer = client.post(still_right, data=form)
    assert "Somebody changed this a moment ago." in words(answer)
    assert "10am to midday" in words(answer)
    assert checks(town) == 0


def test_a_check_by_somebody_else_is_no_change(client: FlaskClient, town: Town, still_right: str) -> None:
    town.write("little-stars", f"{LISTING}checked:\n  on: 2026-06-02\n  by: hub\n")
    assert "has changed since" not in words(client.get(still_right))


def test_a_press_from_another_site_is_refused(client: FlaskClient, town: Town, still_right: str, change: str) -> None:
    for path in (still_right, change):
        client.get(path)
        assert client.post(path).status_code == 400
    assert checks(town) == 0


def test_the_change_link_opens_the_form_of_its_listing_and_nothing_else(
    client: FlaskClient, town: Town, change: str
) -> None:
    town.write("other", play_group("Other group").replace(GROUP, COUNCIL))
    assert "Change Little Stars stay and play" in words(client.get(change))
    answer = send(client, change)
    assert answer.status_code == 303
    assert answer.location == "/desk/listings/little-stars/edit"
    assert client.get(answer.location).status_code == 200
    for path in ("/desk", "/desk/listings/other/edit", "/account", "/queue", "/desk/listings/little-stars/close"):
        assert client.get(path).status_code in (403, 404), path


def test_a_letter_about_the_end_of_sessions_leads_to_the_next_terms_dates(client: FlaskClient, town: Town) -> None:
    partner(town.services, COUNCIL)
    ending = LISTING.replace("  term: term_time\n", "  valid_to: 2026-06-14\n  room: Room 2\n") + CHECKED
    town.write("little-stars", ending)
    town.remind()
    [mail] = town.mails
    assert "When: every Tuesday, 10am to 11:30am, in Room 2, until 14 June 2026" in mail.text
    link = mail.text.partition("Set the next term's dates:\n" + ADDRESS)[2].partition("\n")[0]
    answer = send(client, link)
    assert answer.location == "/desk/listings/little-stars/next-term"
    assert "It ends on Sunday 14 June 2026." in words(client.get(answer.location))


def test_whoever_is_signed_in_stays_so(town: Town, olive: Who, change: str) -> None:
    client = sign_in(town.app, town.services, olive)
    assert send(client, change).status_code == 303
    assert client.get("/desk").status_code == 200


@pytest.mark.parametrize("language", ["", "/pl", "/ur"])
def test_the_pages_are_private(town: Town, still_right: str, change: str, language: str) -> None:
    site = town.folder / "content" / "site.yaml"
    site.write_text(site.read_text() + "languages: [en, pl, ur]\n")
    town.services.look_again()
    client = town.app.test_client()
    for path in (still_right, change, "/still-right/x"):
        answer = client.get(language + path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert '<meta name="robots" content="noindex">' in answer.text
        assert answer.text.count("<h1") == 1
