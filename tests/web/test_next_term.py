"""Last term's sessions go on in the next: filled in from the calendar, played back, and sent as one change."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from html5lib import parse
from werkzeug.test import TestResponse

from directory.moderation import Fields, Risk, State, What
from tests import staff
from tests.html_checker import NuChecker
from tests.web.filled_forms import form_in
from tests.web.partner_site import PartnerSite, open_partner_site, words

PAGE = "/desk/listings/chess-corner/next-term"
TERMS = """\
terms:
- name: Autumn term, second half
  starts: 2026-11-02
  ends: 2026-12-18
- name: Spring term, first half
  starts: 2027-01-04
  ends: 2027-02-12
- name: Spring term, second half
  starts: 2027-02-22
  ends: 2027-03-25
holidays:
- name: Christmas holidays
  starts: 2026-12-19
  ends: 2027-01-03
- name: February half-term
  starts: 2027-02-13
  ends: 2027-02-21
"""
AUTUMN = TERMS.partition("- name: Spring")[0]
NO_TERMS = """\
bank_holidays:
- date: 2026-12-25
  name: Christmas Day
"""
MONDAY = {
    "day": "monday",
    "opens_at": "17:00",
    "closes_at": "18:00",
    "room": "Room 2",
    "valid_from": "2026-11-02",
    "valid_to": "2026-12-18",
    "exceptions": [
        {"date": "2026-11-16", "change": "cancelled"},
        {"date": "2026-12-07", "change": "cancelled", "note": "The hall is shut."},
    ],
}
THURSDAY = {
    "name": "Beginners",
    "frequency": "fortnightly",
    "day": "thursday",
    "dtstart": "2026-11-05",
    "opens_at": "16:00",
    "closes_at": "17:00",
    "term": "term_time",
    "valid_to": "2026-12-18",
}
Sessions = list[dict[str, Any]]
Opened = Callable[..., "NextTerm"]


class NextTerm:
    """The page over a listing with some sessions, and the browser that is on it."""

    def __init__(self, site: PartnerSite, sessions: Sessions, calendar: str) -> None:
        self.site = site
        (site.content / "calendar.yaml").write_text(calendar)
        self.write(sessions)
        self.browser = site.as_partner()

    def write(self, sessions: Sessions) -> None:
        """Has the listing's file say these sessions."""
        path = self.site.content / "listings" / "chess-corner.yaml"
        before, _, rest = path.read_text().partition("sessions:")
        path.write_text(f"{before}sessions: {sessions}\nphones:{rest.partition('phones:')[2]}".replace("'", '"'))
        self.site.services.look_again()

    def press(self, button: str, **typed: str | None) -> TestResponse:
        """Opens the page, types, and presses a button; what is None is not ticked."""
        data = form_in(self.browser.get(PAGE))
        for name, value in typed.items():
            data.pop(name.replace("__", "-"), None)
            if value is not None:
                data[name.replace("__", "-")] = value
        return self.browser.post(PAGE, data={**data, "button": button})

    def sent(self) -> Fields:
        """The sessions of what was sent in."""
        (only,) = self.site.services.moderation.of_person(who=self.site.partner())
        assert (only.kind, only.state) == (What.EDIT, State.WAITING)
        found: Fields = only.wanted
        return found


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    site = open_partner_site(tmp_path)

    def made(*sessions: dict[str, Any], calendar: str = TERMS) -> NextTerm:
        return NextTerm(site, list(sessions), calendar)

    return made


def dates(answer: TestResponse) -> list[str]:
    """The dates that are played back."""
    page = parse(answer.text, namespaceHTMLElements=False)
    return ["".join(one.itertext()).strip() for one in page.iterfind(".//div[@id='dates']/ul/li")]


def test_the_page_is_ready_to_be_sent_as_it_opens(opened: Opened) -> None:
    one = opened(MONDAY, THURSDAY)
    page = one.browser.get(PAGE)
    said = words(page)
    assert "It ends on Friday 18 December 2026." in said
    assert "Next: Spring term, 4 January 2027 to 25 March 2027." in said
    assert dates(page) == [
        "Monday 4 January 2027, 5pm to 6pm, Room 2",
        "Monday 11 January 2027, 5pm to 6pm, Room 2",
        "Thursday 14 January 2027, 4pm to 5pm",
        "Monday 18 January 2027, 5pm to 6pm, Room 2",
        "Monday 25 January 2027, 5pm to 6pm, Room 2",
        "Thursday 28 January 2027, 4pm to 5pm",
    ]
    assert one.press("send").status_code == 303


def test_what_is_sent_is_the_next_term_beside_what_still_runs(opened: Opened) -> None:
    one = opened(MONDAY, THURSDAY)
    assert one.press("send").status_code == 303
    old, new, fortnight, next_fortnight = one.sent()["sessions"]
    assert old == {**MONDAY, "exceptions": MONDAY["exceptions"][1:]}
    assert {key: new.get(key) for key in ("valid_from", "valid_to", "term", "room", "exceptions")} == {
        "valid_from": "2027-01-04",
        "valid_to": "2027-03-25",
        "term": "term_time",
        "room": "Room 2",
        "exceptions": None,
    }
    assert fortnight == THURSDAY
    assert (next_fortnight["dtstart"], next_fortnight["name"]) == ("2027-01-14", "Beginners")


def test_what_is_not_ticked_does_not_go_on(opened: Opened) -> None:
    one = opened(MONDAY, THURSDAY)
    assert one.press("send", times__1__carry=None).status_code == 303
    assert [each["day"] for each in one.sent()["sessions"]] == ["monday", "monday", "thursday"]
    assert "Choose at least one time that goes on" in words(
        opened(MONDAY).press("send", times__0__carry=None, times__1__carry=None)
    )


def test_a_changed_day_and_time_are_played_back_and_sent(opened: Opened) -> None:
    one = opened(MONDAY)
    typed = {"times__0__day": "tuesday", "times__0__opens_at": "4.30", "times__0__first": "12/1/27"}
    assert dates(one.press("dates", **typed))[0] == "Tuesday 12 January 2027, 4:30pm to 6pm, Room 2"
    assert one.press("send", **typed).status_code == 303
    new = one.sent()["sessions"][1]
    assert (new["day"], new["opens_at"], new["valid_from"]) == ("tuesday", "16:30", "2027-01-12")


def test_a_fortnight_is_counted_from_the_first_date_that_is_chosen(opened: Opened) -> None:
    one = opened(THURSDAY)
    shown = dates(one.press("dates", times__0__first="7 January 2027"))
    assert shown[:2] == ["Thursday 7 January 2027, 4pm to 5pm", "Thursday 21 January 2027, 4pm to 5pm"]
    wrong = one.press("send", times__0__first="6 January 2027")
    assert "This date is another day of the week" in words(wrong)


def test_a_fortnight_of_which_nobody_said_which_weeks_is_asked_for(opened: Opened) -> None:
    unknown = {key: value for key, value in THURSDAY.items() if key != "dtstart"}
    one = opened(unknown)
    assert form_in(one.browser.get(PAGE))["times-0-first"] == ""
    assert "Write the first date" in words(one.press("send"))


def test_a_listing_that_ended_keeps_only_what_is_to_come(opened: Opened) -> None:
    over = {**MONDAY, "valid_from": "2026-09-07", "valid_to": "2026-10-19", "exceptions": []}
    once = {"frequency": "once", "date": "2026-10-20", "opens_at": "10:00", "closes_at": "11:00"}
    one = opened(over, once)
    assert "It ended on Monday 19 October 2026." in words(one.browser.get(PAGE))
    assert one.press("send").status_code == 303
    assert [each["valid_from"] for each in one.sent()["sessions"]] == ["2026-11-23"]


def test_without_a_known_term_the_two_dates_are_asked_for_and_why(opened: Opened) -> None:
    one = opened({**MONDAY, "term": "term_time"}, calendar=AUTUMN)
    page = one.browser.get(PAGE)
    assert "We do not know the dates of the next school term yet" in words(page)
    assert "Write the first date" in words(one.press("send"))
    typed = {"times__0__first": "4/1/2027", "times__0__last": "25/3/2027"}
    assert dates(one.press("dates", **typed))[:2] == [
        "Monday 4 January 2027, 5pm to 6pm, Room 2",
        "Monday 11 January 2027, 5pm to 6pm, Room 2",
    ]
    assert one.press("send", **typed).status_code == 303


@pytest.mark.parametrize(
    "calendar", [NO_TERMS, TERMS.partition("- name: Spring")[0]], ids=["no terms", "the last term"]
)
def test_a_time_without_an_end_ends_with_the_last_known_term(opened: Opened, calendar: str) -> None:
    endless = {"day": "monday", "opens_at": "17:00", "closes_at": "18:00", "term": "term_time"}
    one = opened(endless, calendar=calendar)
    assert one.press("send", times__0__first="4/1/2027", times__0__last="25/3/2027").status_code == 303
    ends = [each["valid_to"] for each in one.sent()["sessions"]]
    assert ends == (["2026-12-18", "2027-03-25"] if calendar != NO_TERMS else ["2027-03-25"])


WRONG = {
    "no last date": ({"times__0__last": ""}, "Write the last date"),
    "a date that is none": ({"times__0__first": "31 February 2027"}, "Write a date, such as"),
    "dates swapped": ({"times__0__last": "3 January 2027"}, "The last date is before the first"),
    "times swapped": ({"times__0__closes_at": "4pm"}, "It ends before it starts"),
    "a time that is none": ({"times__0__opens_at": "late"}, "Write a time, such as"),
    "no such day": ({"times__0__day": "someday"}, "Choose from the list"),
    "a far year": ({"times__0__last": "25/3/2972"}, "Is the year right?"),
    "a year that is over": ({"times__0__first": "4/1/26", "times__0__last": "25/3/26"}, "Is the year right?"),
}


@pytest.mark.parametrize(("typed", "message"), WRONG.values(), ids=WRONG)
def test_a_fault_is_told_and_nothing_is_sent(opened: Opened, typed: dict[str, str], message: str) -> None:
    one = opened(MONDAY)
    assert message in words(one.press("send", **typed))
    assert one.site.services.moderation.of_person(who=one.site.partner()) == []


@pytest.mark.parametrize("number", ["7", "x", ""], ids=["unknown", "a word", "none"])
def test_a_row_that_was_not_on_the_page_is_nothing(opened: Opened, number: str) -> None:
    said = words(opened(MONDAY).press("send", times__0__number=number))
    assert "Choose at least one time that goes on" in said


def test_nothing_is_made_of_sessions_that_changed_meanwhile(opened: Opened) -> None:
    one = opened(MONDAY)
    data = form_in(one.browser.get(PAGE))
    one.write([{**MONDAY, "opens_at": "16:00"}])
    answer = one.browser.post(PAGE, data={**data, "button": "send"})
    assert "Somebody changed this listing a moment ago" in words(answer)
    assert form_in(answer)["times-0-opens_at"] == "4pm"


def test_once_the_next_term_is_set_nothing_is_left_to_set(opened: Opened) -> None:
    spring = {**MONDAY, "valid_from": "2027-01-04", "valid_to": "2027-03-25", "exceptions": []}
    one = opened(MONDAY, spring)
    page = words(one.browser.get(PAGE))
    assert "Monday 4 January 2027" not in page
    assert "It ends on Thursday 25 March 2027." in page
    assert "Set the next term's dates" not in words(one.browser.get("/desk"))


def test_times_without_an_end_need_nothing(opened: Opened) -> None:
    one = opened({"day": "monday", "opens_at": "17:00", "closes_at": "18:00"})
    assert "None of its times comes to an end" in words(one.browser.get(PAGE))
    assert "Set the next term's dates" not in words(one.browser.get("/desk"))


def test_the_desk_says_when_sessions_end_until_the_next_are_sent(opened: Opened) -> None:
    one = opened(MONDAY)
    assert "Your sessions end on 18 December 2026. Set the next term's dates" in words(one.browser.get("/desk"))
    one.press("send")
    assert "Your sessions end on" not in words(one.browser.get("/desk"))


def test_what_comes_to_an_end_stands_above_what_needs_nothing(opened: Opened) -> None:
    one = opened({"day": "monday", "opens_at": "17:00", "closes_at": "18:00"})
    chess, drum = (one.site.content / "listings" / f"{name}-corner.yaml" for name in ("chess", "drum"))
    chess.write_text(chess.read_text().replace("2026-06-01", "2026-11-02"))
    one.site.services.look_again()
    before = words(one.browser.get("/desk")).partition("What you keep right")[2]
    assert before.index("Chess corner") < before.index("Drum corner")
    drum.write_text(drum.read_text().replace('"18:00"', '"18:00"\n  valid_to: 2026-12-14', 1))
    one.site.services.look_again()
    after = words(one.browser.get("/desk")).partition("What you keep right")[2]
    assert after.index("Your sessions end on 14 December 2026.") < after.index("Chess corner")


def test_for_a_trusted_provider_it_is_a_small_change(opened: Opened) -> None:
    one = opened(MONDAY)
    (one.site.content / "providers" / "corner-club.yaml").write_text("name: Corner Club\ntrusted: true\n")
    one.site.services.look_again()
    one.press("send")
    (sent,) = one.site.services.moderation.of_person(who=one.site.partner())
    assert sent.risk is Risk.LOW


def test_what_is_approved_goes_live_and_is_told_in_words(opened: Opened) -> None:
    one = opened(MONDAY)
    one.press("send")
    (sent,) = one.site.services.moderation.of_person(who=one.site.partner())
    mona = staff.moderator(one.site.services)
    one.site.services.moderation.approve(who=mona, number=sent.id, version=sent.version, now=one.site.now)
    said = words(one.browser.get("/listings/chess-corner"))
    assert "In term time only · In Room 2 · Starts on Monday 4 January 2027 · Until Thursday 25 March 2027" in said


@pytest.mark.parametrize("slug", ["little-stars", "no-such-listing"])
def test_the_page_of_anything_else_is_not_there(opened: Opened, slug: str) -> None:
    assert opened(MONDAY).browser.get(f"/desk/listings/{slug}/next-term").status_code == 404


def test_what_was_typed_elsewhere_and_not_sent_is_warned_of(opened: Opened) -> None:
    one = opened(MONDAY)
    edit = "/desk/listings/chess-corner/edit"
    one.browser.post(edit, data={**form_in(one.browser.get(edit)), "title": "Chess club", "button": "save"})
    assert "It is thrown away if you send this" in words(one.browser.get(PAGE))
    one.press("send")
    assert "title" not in [key for key in one.sent() if one.sent()[key] == "Chess club"]


def test_the_page_is_valid_html_in_every_state(opened: Opened, nu_checker: NuChecker) -> None:
    one = opened(MONDAY, THURSDAY)
    states = [
        one.browser.get(PAGE),
        one.press("dates", times__0__first="soon"),
        one.press("send", times__0__first="soon", times__1__closes_at="3pm"),
    ]
    assert [nu_checker.errors(each.text) for each in states] == [[]] * len(states)
