"""One date of a session: cancelled with one button, moved, on after all, an extra one; and what everybody sees then."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory.accounts import Who
from directory.moderation import Fields, Proposed, State, What
from directory.truth import LinkAct
from directory.truth.links import make
from tests import staff
from tests.html_checker import NuChecker
from tests.web.deciding_site import CHESS, DRUM, HUB, DecidingSite, open_deciding_site
from tests.web.partner_site import CLUB, NOW, words

DATES = f"/desk/listings/{CHESS}/dates"
NEXT = f"{DATES}/0/2026-11-30"
LONGEST_NOTE = 200


@pytest.fixture
def site(tmp_path: Path) -> DecidingSite:
    return open_deciding_site(tmp_path)


@pytest.fixture
def partner(site: DecidingSite) -> FlaskClient:
    return site.site.browser(site.partner)


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DecidingSite]:
    """A site for tests in which nothing may be changed, and a look that nothing was."""
    site = open_deciding_site(tmp_path_factory.mktemp("unchanged"))
    before = site.live()
    yield site
    assert site.live() == before
    assert not site.services.moderation.of_person(who=site.partner)


@pytest.fixture
def looking(unchanged: DecidingSite) -> FlaskClient:
    """The browser of a partner on that site."""
    return unchanged.site.browser(unchanged.partner)


def _untrust(site: DecidingSite) -> None:
    (site.site.content / "providers" / f"{CLUB}.yaml").write_text("name: Corner Club\n", encoding="utf-8")
    site.services.look_again()


def press(client: FlaskClient, act: str, path: str = NEXT, page: str | None = None, **typed: str) -> TestResponse:
    """Presses a button of a date's page, with what was typed into its form. ``page`` is one that was opened earlier."""
    opened = page or client.get(path).text
    hidden = dict(re.findall(r'<input type="hidden" name="(csrf_token|seen)" value="([^"]*)"', opened))
    look = {"look": "yes"} if typed.pop("look", "") else {}
    boxes = {f"{act}-{name}": text for name, text in typed.items()}
    return client.post(path, data={"act": act, **hidden, **look, **boxes})


def exceptions(site: DecidingSite) -> list[Fields]:
    """The exceptions of the chess club's session, as its file has them."""
    session = site.live()["sessions"][0]
    return list(session.get("exceptions", ()))


def _sent(site: DecidingSite, who: Who | None = None) -> Proposed:
    [newest, *_] = site.services.moderation.of_person(who=who or site.partner)
    return newest


def test_the_desk_shows_what_is_coming_up_soonest_first(partner: FlaskClient) -> None:
    said = words(partner.get("/desk"))
    coming = said.partition("Coming up")[2].partition("What you keep right")[0]
    assert coming.split(" Cancel or move ")[0].strip() == "Today, Monday 23 November, 5pm to 6pm Chess corner"
    assert coming.count("Cancel or move") == 8
    assert re.findall(r"Monday \d+ \w+", coming)[0:7:3] == ["Monday 23 November"] * 2 + ["Monday 30 November"]


def test_more_dates_are_a_tap_away(partner: FlaskClient) -> None:
    opened = partner.get("/desk").text
    assert 'href="/desk?coming=all#coming"' in opened
    assert words(partner.get("/desk?coming=all")).count("Cancel or move") == 12


def test_somebody_elses_dates_are_not_on_the_desk(partner: FlaskClient) -> None:
    assert "Little Stars" not in words(partner.get("/desk"))


def test_one_button_cancels_for_everybody_at_once(site: DecidingSite, partner: FlaskClient) -> None:
    assert NEXT in partner.get("/desk").text
    answer = press(partner, "cancel", note="The hall is shut.")
    assert (answer.status_code, answer.location) == (303, NEXT)
    said = words(partner.get(NEXT))
    assert "Cancelled. People can see it now." in said
    assert "Monday 30 November, 5pm to 6pm Cancelled The hall is shut." in said
    assert exceptions(site) == [{"date": "2026-11-30", "change": "cancelled", "note": "The hall is shut."}]
    people = words(site.app.test_client().get(f"/listings/{CHESS}"))
    assert "The hall is shut." in people


def test_everybody_sees_it_where_they_look(site: DecidingSite, partner: FlaskClient) -> None:
    press(partner, "cancel", f"{DATES}/0/2026-11-23", note="The hall is shut.")
    visitor = site.app.test_client()
    for path in (f"/listings/{CHESS}", "/whats-on", "/whats-on/2026-11-23", "/hubs/brackenhill-family-hub/today"):
        said = words(visitor.get(path))
        assert "Cancelled" in said, path
        assert "The hall is shut." in said, path


def test_no_note_is_needed(site: DecidingSite, partner: FlaskClient) -> None:
    press(partner, "cancel")
    assert exceptions(site) == [{"date": "2026-11-30", "change": "cancelled"}]


def test_a_session_says_what_it_is_called_and_where_it_is(site: DecidingSite, partner: FlaskClient) -> None:
    session = {**site.live()["sessions"][0], "name": "Beginners", "at": HUB, "room": "Room 2"}
    site.approved(site.propose(CHESS, sessions=[session]))
    told = "5pm to 6pm, Beginners, At Brackenhill Family Hub, In Room 2"
    assert told in words(partner.get(NEXT))
    desk = words(partner.get("/desk")).replace(" ,", ",")
    assert "5pm to 6pm Chess corner, Beginners, At Brackenhill Family Hub, In Room 2" in desk
    press(partner, "move", room="Garden room")
    assert told.replace("In Room 2", "In Garden room") in words(partner.get(NEXT))


def test_what_was_cancelled_is_on_after_all(site: DecidingSite, partner: FlaskClient) -> None:
    before = site.live()
    press(partner, "cancel", note="Snow.")
    page = partner.get(NEXT).text
    assert "It is on after all" in page
    assert "Cancel this session" not in page
    assert press(partner, "undo").location == NEXT
    assert "It is as usual again. People can see it now." in words(partner.get(NEXT))
    assert site.live() == before


MOVES = {
    "another day": ({"day": "1 December 2026"}, {"to_date": "2026-12-01"}),
    "another time": ({"opens_at": "4pm", "closes_at": "half past 5"}, {"opens_at": "16:00", "closes_at": "17:30"}),
    "a later end": ({"closes_at": "7"}, {"closes_at": "19:00"}),
    "another room": ({"room": "Garden room"}, {"room": "Garden room"}),
    "all of it": (
        {"day": "2/12/2026", "opens_at": "10am", "closes_at": "11am", "room": "Room 2", "note": "Side door."},
        {"to_date": "2026-12-02", "opens_at": "10:00", "closes_at": "11:00", "room": "Room 2", "note": "Side door."},
    ),
    "the same day named, at another time": (
        {"day": "30 November 2026", "opens_at": "4pm"},
        {"opens_at": "16:00"},
    ),
}


@pytest.mark.parametrize(("typed", "found"), MOVES.values(), ids=MOVES)
def test_a_date_moves_as_people_say_it(
    site: DecidingSite, partner: FlaskClient, typed: dict[str, str], found: Fields
) -> None:
    assert press(partner, "move", **typed).location == NEXT
    assert exceptions(site) == [{"date": "2026-11-30", "change": "moved", **found}]
    said = words(partner.get(NEXT))
    assert "Moved. People can see it now." in said
    assert "It is as usual after all" in said


FAULTS = {
    "nothing": ("move", {}, "Write what is different: the day, the time or the room"),
    "as it is": ("move", {"day": "30/11/2026", "opens_at": "5pm"}, "Write what is different"),
    "no date": ("move", {"day": "some day"}, "Write a date, such as 3 November 2026"),
    "no such date": ("move", {"day": "31 November 2026"}, "Write a date, such as 3 November 2026"),
    "no leap year": ("move", {"day": "29/2/2027"}, "Write a date, such as 3 November 2026"),
    "a date gone by": ("move", {"day": "22 November 2026"}, "Write a day that is still to come"),
    "years away": ("move", {"day": "1 January 2030"}, "Write a day within the next year"),
    "no time": ("move", {"opens_at": "early"}, "Write a time, such as 10am"),
    "ends before it starts": ("move", {"opens_at": "7pm"}, "Write a time that is later than the start"),
    "markup": ("move", {"room": "<b>2</b>"}, "without HTML code"),
    "an endless note": ("cancel", {"note": "x" * (LONGEST_NOTE + 1)}, "Write at most 200 characters"),
    "no extra day": ("add", {"day": ""}, "Write the day"),
    "an extra date that runs anyway": ("add", {"day": "7/12/2026"}, "There is something on that day already"),
    "an extra date gone by": ("add", {"day": "1/11/2026"}, "Write a day that is still to come"),
}


@pytest.mark.parametrize(("act", "typed", "fault"), FAULTS.values(), ids=FAULTS)
def test_what_makes_no_sense_is_told_beside_its_box_and_kept(
    unchanged: DecidingSite, looking: FlaskClient, act: str, typed: dict[str, str], fault: str
) -> None:
    answer = press(looking, act, **typed)
    said = words(answer)
    assert "There is a problem" in said
    assert said.count(fault) == 2
    assert all(text in answer.text for text in typed.values() if "<" not in text)
    assert exceptions(unchanged) == []


def test_the_next_six_dates_are_shown_before_and_after(partner: FlaskClient) -> None:
    said = words(partner.get(NEXT))
    _, now, then = re.split("The next dates that people are shown|The next dates, if you cancel it", said)
    assert now.count("5pm to 6pm") == 6
    assert "Monday 30 November, 5pm to 6pm Cancelled" not in now
    assert "Monday 30 November, 5pm to 6pm Cancelled" in then
    press(partner, "cancel")
    assert "Monday 30 November, 5pm to 6pm Cancelled" in words(partner.get(NEXT))


def test_a_move_can_be_looked_at_first(site: DecidingSite, partner: FlaskClient) -> None:
    answer = press(partner, "move", day="1 December 2026", opens_at="4pm", look="yes")
    said = words(answer)
    then = said.partition("The next dates, if you send this")[2].partition("The next dates that people are shown")[0]
    assert "Monday 30 November, 5pm to 6pm Moved to Tuesday 1 December" in then
    assert "Tuesday 1 December, 4pm to 6pm" in then
    assert 'value="1 December 2026"' in answer.text
    assert exceptions(site) == []
    press(partner, "move", page=answer.text, day="1 December 2026", opens_at="4pm")
    assert exceptions(site)[0]["to_date"] == "2026-12-01"


def test_an_extra_date_is_added_and_taken_away(site: DecidingSite, partner: FlaskClient) -> None:
    before = site.live()
    extra = f"{DATES}/0/2026-12-05"
    assert press(partner, "add", day="5 December 2026", opens_at="2pm", closes_at="4pm").location == extra
    assert exceptions(site) == [
        {"date": "2026-12-05", "change": "extra", "opens_at": "14:00", "closes_at": "16:00"},
    ]
    assert "Saturday 5 December, 2pm to 4pm" in words(partner.get(extra))
    assert "Saturday 5 December, 2pm to 4pm" in words(partner.get("/desk?coming=all"))
    done = press(partner, "undo", extra)
    assert done.location == f"/desk/proposals/{_sent(site).id}"
    assert site.live() == before
    assert partner.get(extra).status_code == 404


def test_an_extra_date_on_its_weekday_outside_term_is_one_too(site: DecidingSite) -> None:
    moderator, stars = site.client, "/desk/listings/little-stars/dates/0"
    answer = press(moderator, "add", f"{stars}/2026-12-01", day="22 December 2026")
    assert answer.status_code == 303
    site.approved(_sent(site, site.moderator))
    [exception] = site.live("little-stars")["sessions"][0]["exceptions"]
    assert (exception["date"], exception["opens_at"]) == ("2026-12-22", "10:00")
    assert "Extra date: Tuesday 22 December 2026" in words(moderator.get(f"{stars}/2026-12-22"))


def test_a_date_that_moved_is_found_on_its_new_day(site: DecidingSite, partner: FlaskClient) -> None:
    press(partner, "move", day="25 November 2026", opens_at="4pm")
    desk = partner.get("/desk")
    assert "Wednesday 25 November, 4pm to 6pm Chess corner" in words(desk)
    assert desk.text.count(f'href="{NEXT}"') == 1
    site.site.now = NOW + datetime.timedelta(days=3)
    assert site.site.browser(site.partner).get(NEXT).status_code == 404


def test_two_changes_of_one_session_stand_beside_each_other(site: DecidingSite, partner: FlaskClient) -> None:
    press(partner, "cancel", f"{DATES}/0/2026-12-07")
    press(partner, "move", room="Room 2")
    assert [one["date"] for one in exceptions(site)] == ["2026-11-30", "2026-12-07"]


NO_SUCH = {
    "a day without it": f"{DATES}/0/2026-12-01",
    "another session": f"{DATES}/1/2026-11-30",
    "an endless number": f"{DATES}/99999999999999999999/2026-11-30",
    "no number": f"{DATES}/x/2026-11-30",
    "a negative number": f"{DATES}/-1/2026-11-30",
    "a day gone by": f"{DATES}/0/2026-11-16",
    "no such day": f"{DATES}/0/2026-11-31",
    "no leap year": f"{DATES}/0/2027-02-29",
    "a date written otherwise": f"{DATES}/0/20261130",
    "a week": f"{DATES}/0/2026-W49-1",
    "no date": f"{DATES}/0/tomorrow",
    "a year too far": f"{DATES}/0/99999-01-01",
    "the year nought": f"{DATES}/0/0000-01-01",
    "somebody else's": "/desk/listings/little-stars/dates/0/2026-11-24",
    "no listing": "/desk/listings/nothing/dates/0/2026-11-30",
}


@pytest.mark.parametrize("path", NO_SUCH.values(), ids=NO_SUCH)
def test_a_date_that_there_is_not_is_not_found(looking: FlaskClient, path: str) -> None:
    for answer in (looking.get(path), press(looking, "cancel", path, page=looking.get(NEXT).text)):
        assert answer.status_code == 404
        assert "This page is not here" in answer.text


def test_looking_changes_nothing(site: DecidingSite, partner: FlaskClient) -> None:
    before = site.live()
    for path in ("/desk", "/desk?coming=all", NEXT, f"/desk/listings/{CHESS}/cancel"):
        partner.get(path)
    assert site.live() == before
    assert not site.services.moderation.of_person(who=site.partner)


def test_a_button_of_another_sites_page_does_nothing(site: DecidingSite, partner: FlaskClient) -> None:
    assert partner.post(NEXT, data={"act": "cancel"}).status_code == 400
    assert exceptions(site) == []


@pytest.mark.parametrize("act", ["", "delete", "csrf_token", "undo"])
def test_a_button_that_there_is_not_does_nothing(unchanged: DecidingSite, looking: FlaskClient, act: str) -> None:
    assert press(looking, act).status_code == 200
    assert exceptions(unchanged) == []


def test_of_two_who_cancel_one_date_the_second_is_told(site: DecidingSite, partner: FlaskClient) -> None:
    second = site.site.browser(site.second_partner)
    page = second.get(NEXT).text
    press(partner, "cancel", note="The hall is shut.")
    assert press(second, "cancel", page=page, note="No heating.").location == NEXT
    said = words(second.get(NEXT))
    assert "This date was changed a moment ago. This is how it is now." in said
    assert "The hall is shut." in said
    assert len(exceptions(site)) == 1
    assert not site.services.moderation.of_person(who=site.second_partner)


def test_a_second_tap_cancels_nothing_twice(site: DecidingSite, partner: FlaskClient) -> None:
    page = partner.get(NEXT).text
    assert [press(partner, "cancel", page=page).location for _ in range(2)] == [NEXT, NEXT]
    said = words(partner.get(NEXT))
    assert "Cancelled. People can see it now." in said
    assert len(exceptions(site)) == 1
    assert len(site.services.moderation.of_person(who=site.partner)) == 1


def test_times_that_changed_meanwhile_are_read_first(site: DecidingSite, partner: FlaskClient) -> None:
    page = partner.get(NEXT).text
    times = [{"day": "monday", "opens_at": "16:00", "closes_at": "17:00"}]
    site.approved(site.propose(CHESS, who=site.second_partner, sessions=times))
    press(partner, "cancel", page=page)
    assert "This date was changed a moment ago." in words(partner.get(NEXT))
    assert exceptions(site) == []


def test_a_provider_that_is_not_trusted_is_told_that_it_waits(site: DecidingSite, partner: FlaskClient) -> None:
    _untrust(site)
    assert "Our team looks at it before anything else." in words(partner.get(NEXT))
    press(partner, "cancel", note="The hall is shut.")
    said = words(partner.get(NEXT))
    assert "Sent. Our team looks at it before anything else." in said
    assert "You have sent a change of this date. It waits for an answer." in said
    assert "Cancel this session" not in said
    assert "The next dates, when our team has agreed" in said
    assert (_sent(site).kind, _sent(site).state) == (What.CANCELLATION, State.WAITING)
    assert exceptions(site) == []


def test_a_date_that_is_soon_says_that_the_team_was_written_to(site: DecidingSite, partner: FlaskClient) -> None:
    _untrust(site)
    today = f"{DATES}/0/2026-11-23"
    press(partner, "cancel", today)
    assert "so we have written to our team at once" in words(partner.get(today))


def test_a_colleague_sees_that_one_has_sent_it(site: DecidingSite, partner: FlaskClient) -> None:
    _untrust(site)
    second = site.site.browser(site.second_partner)
    page = second.get(NEXT).text
    press(partner, "cancel")
    press(second, "cancel", page=page)
    assert "A colleague has sent a change of this date. It waits for an answer." in words(second.get(NEXT))
    assert not site.services.moderation.of_person(who=site.second_partner)


def test_a_link_out_of_a_letter_cancels_once_the_team_has_looked(site: DecidingSite) -> None:
    client = _by_letter(site, CHESS)
    assert "Only one date is different? Cancel or move it" in words(client.get(f"/desk/listings/{CHESS}/edit"))
    assert f'href="{NEXT}"' in client.get(f"/desk/listings/{CHESS}/cancel").text
    assert "Our team looks at it before anything else." in words(client.get(NEXT))
    assert press(client, "cancel").location == NEXT
    assert "You have sent a change of this date." in words(client.get(NEXT))
    assert exceptions(site) == []


def test_a_link_for_another_listing_opens_no_date(site: DecidingSite) -> None:
    client = _by_letter(site, DRUM)
    for path in (NEXT, f"/desk/listings/{CHESS}/cancel"):
        assert client.get(path).status_code == 404


def _by_letter(site: DecidingSite, slug: str) -> FlaskClient:
    """The browser of the partner, who came by the link in a letter that is for one listing."""
    listing = site.services.snapshot.listings[slug]
    with site.services.database.writing() as session:
        token = make(session, act=LinkAct.CHANGE, listing=listing, person=site.partner.id, now=NOW)
    client = site.app.test_client()
    staff.send(client, f"/change/{token}")
    return client


def test_several_dates_at_once_are_live_at_once_too(site: DecidingSite, partner: FlaskClient) -> None:
    dates = {"dates": ["0 2026-11-30", "0 2026-12-07"], "note": "Snow."}
    answer = staff.send(partner, f"/desk/listings/{CHESS}/cancel", dates)
    assert "Cancelled. People can see it now." in words(partner.get(answer.location))
    assert [one["date"] for one in exceptions(site)] == ["2026-11-30", "2026-12-07"]


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_every_state_of_the_page_is_sound_html(partner: FlaskClient, nu_checker: NuChecker, prefix: str) -> None:
    pages = [partner.get(prefix + NEXT).text, partner.get(f"{prefix}/desk").text]
    pages.append(press(partner, "move", prefix + NEXT, day="never").text)
    pages.append(press(partner, "move", prefix + NEXT, day="1/12/2026", look="yes").text)
    press(partner, "cancel", note="The hall is shut.")
    pages.append(partner.get(prefix + NEXT).text)
    pages.append(partner.get(f"{prefix}/desk/listings/{CHESS}/cancel").text)
    assert [nu_checker.errors(page) for page in pages] == [[]] * len(pages)
