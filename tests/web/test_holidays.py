"""The school holidays and HAF: what the calendar knows is told, and what it does not know is said not to be known."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from html5lib import parse

from directory.app import create_app
from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings
from tests.small_content import SITE, write_small_content
from tests.web.conftest import HTML

HOLIDAYS = """\
holidays:
- name: Summer holidays
  starts: 2027-07-22
  ends: 2027-09-01
- name: Christmas holidays
  starts: 2026-12-19
  ends: 2027-01-03
- name: February half-term
  starts: 2027-02-13
  ends: 2027-02-21
- name: Easter holidays
  starts: 2027-03-26
  ends: 2027-04-11
- name: Autumn half-term
  starts: 2026-10-24
  ends: 2026-11-01
"""
BANK_HOLIDAYS = """\
bank_holidays:
- date: 2026-12-28
  name: Boxing Day (substitute day)
- date: 2026-12-25
  name: Christmas Day
- date: 2026-08-31
  name: Summer bank holiday
"""
HAF = """\
haf_periods:
- name: Easter activities
  starts: 2027-03-30
  ends: 2027-04-09
- name: Christmas activities
  starts: 2026-12-21
  ends: 2026-12-23
haf:
  listing: haf-programme
  runs_in: [easter, summer, christmas]
  who: Children who get free school meals.
  proof: Type in the code.
  translations:
    pl:
      who: Dzieci, które dostają darmowe obiady.
"""
SCHOOLS = """\
schools:
- slug: hillside
  name: Hillside School
  holidays:
  - name: Early Christmas
    starts: 2026-12-16
    ends: 2027-01-03
  - name: Early autumn
    starts: 2026-10-20
    ends: 2026-10-30
"""
PROGRAMME = """\
kind: activity
title: Testbridge HAF
summary: Activities and lunch in the holidays.
provider: testbridge-council
categories: [stay-and-play]
access: {ways: [book]}
booking_url: https://book.example.org/haf
phones:
- number: 01632 960190
"""
CAMP = """\
kind: activity
title: Camp {number:02}
summary: Games.
provider: testbridge-council
categories: [stay-and-play]
access: {{ways: [book]}}
cost: {{type: free, haf: true}}
sessions:
- frequency: once
  date: 2026-12-22
  opens_at: "10:00"
  closes_at: "12:00"
"""
CANCELLED = """\
  exceptions:
  - date: 2026-12-22
    change: cancelled
"""
Opened = Callable[..., FlaskClient]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Opens a site with a calendar and more listings, on a day at nine in the morning."""

    def made(calendar: str, day: str = "2026-11-22", **listings: str) -> FlaskClient:
        content = write_small_content(tmp_path / "content")
        (content / "site.yaml").write_text(SITE + "languages: [en, pl, ur]\n", encoding="utf-8")
        (content / "calendar.yaml").write_text(calendar, encoding="utf-8")
        for slug, text in {"haf_programme": PROGRAMME, **listings}.items():
            (content / f"listings/{slug.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "index").mkdir()
        services = Services.open(Settings(content, tmp_path / "index", f"sqlite:///{tmp_path}/directory.sqlite"))
        now = datetime.datetime.fromisoformat(day).replace(hour=9, tzinfo=LONDON)
        return create_app(services, clock=lambda: now).test_client()

    return made


def _words(site: FlaskClient, path: str) -> str:
    answer = site.get(path)
    assert answer.status_code == 200, path
    main = next(parse(answer.text).iter(f"{HTML}main"))
    return " ".join(" ".join(main.itertext()).split())


def _links(site: FlaskClient, path: str) -> list[str]:
    main = next(parse(site.get(path).text).iter(f"{HTML}main"))
    return [str(one.get("href")) for one in main.iter(f"{HTML}a")]


def _headings(site: FlaskClient, path: str) -> list[str]:
    main = next(parse(site.get(path).text).iter(f"{HTML}main"))
    return ["".join(one.itertext()) for one in main.iter(f"{HTML}h2")]


def test_the_next_holiday_comes_first_and_those_that_are_over_do_not(opened: Opened) -> None:
    assert _headings(opened(HOLIDAYS), "/holidays") == [
        "Christmas holidays",
        "February half-term",
        "Easter holidays",
        "Summer holidays",
    ]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        pytest.param("2026-11-22", "to Sunday 3 January 2027 It starts in 27 days", id="weeks before"),
        pytest.param("2026-12-18", "It starts tomorrow", id="the day before"),
        pytest.param("2026-12-19", "Now: 16 days left", id="the first day"),
        pytest.param("2027-01-02", "Now: 2 days left", id="the last but one"),
        pytest.param("2027-01-03", "Now: this is the last day", id="the last day"),
        pytest.param("2027-01-04", "Saturday 13 February to Sunday 21 February 2027 It starts in 40 days", id="after"),
        pytest.param("2027-07-21", "It starts tomorrow", id="the summer"),
    ],
)
def test_a_holiday_says_how_long_it_is_to_wait(opened: Opened, day: str, told: str) -> None:
    first = _words(opened(HOLIDAYS, day), "/holidays").partition("sessions")[0].partition("We do not know")[0]
    assert told in first


def test_a_holiday_more_than_a_year_away_is_not_told_yet(opened: Opened) -> None:
    assert "Easter holidays" not in _headings(opened(HOLIDAYS, "2026-03-25"), "/holidays")


def test_what_is_on_in_a_holiday_is_counted_without_what_is_cancelled(opened: Opened) -> None:
    camp = CAMP.format(number=1)
    site = opened(
        HOLIDAYS, camp_1=camp, camp_2=camp.replace("Camp 01", "Camp 02"), camp_3=CAMP.format(number=3) + CANCELLED
    )
    assert "There are 2 sessions to go to." in _words(site, "/holidays")


def test_what_has_been_in_a_holiday_is_not_counted(opened: Opened) -> None:
    camps = {"camp_1": CAMP.format(number=1), "camp_2": CAMP.format(number=2).replace("2026-12-22", "2026-12-30")}
    assert "There is 1 session to go to." in _words(opened(HOLIDAYS, "2026-12-23", **camps), "/holidays")


def test_a_holiday_leads_to_what_is_on_in_it(opened: Opened) -> None:
    later = CAMP.format(number=2).replace("2026-12-22", "2027-02-16")
    site = opened(HOLIDAYS, camp_1=CAMP.format(number=1), camp_2=later)
    assert _links(site, "/holidays") == ["/whats-on/school-holidays", "/whats-on/2027-02-16"]
    assert [site.get(link).status_code for link in _links(site, "/holidays")] == [200, 200]
    assert "Camp 02" in _words(site, "/whats-on/2027-02-16")


def test_a_holiday_with_nothing_in_it_says_so_and_leads_nowhere(opened: Opened) -> None:
    site = opened(HOLIDAYS)
    assert _words(site, "/holidays").count("We do not know yet what is on in this holiday.") == 4
    assert _links(site, "/holidays") == []


def test_bank_holidays_stand_with_the_holiday_that_they_are_in(opened: Opened) -> None:
    christmas = _words(opened(HOLIDAYS + BANK_HOLIDAYS), "/holidays").partition("February half-term")[0]
    assert "Friday 25 December 2026 Christmas Day Monday 28 December 2026 Boxing Day (substitute day)" in christmas
    assert "31 August" not in christmas


def test_each_holiday_says_whether_haf_runs_in_it(opened: Opened) -> None:
    words = _words(opened(HOLIDAYS + HAF), "/holidays")
    christmas, half_term, easter, summer = (
        words.split(name)[1]
        for name in (
            "Christmas holidays",
            "February half-term",
            "Easter holidays",
            "Summer holidays",
        )
    )
    assert "runs on these days: Monday 21 December to Wednesday 23 December 2026." in christmas
    assert "Holiday Activities and Food (HAF) does not run in this holiday." in half_term.partition("Easter")[0]
    assert "runs on these days: Tuesday 30 March to Friday 9 April 2027." in easter
    assert "runs in this holiday. We do not know the dates yet." in summer


def test_nothing_is_said_of_haf_where_nobody_has_told_us(opened: Opened) -> None:
    assert "HAF" not in _words(opened(HOLIDAYS), "/holidays")


def test_dates_of_haf_alone_are_told_without_a_page_that_is_not_there(opened: Opened) -> None:
    site = opened(HOLIDAYS + HAF.partition("haf:\n")[0])
    assert "runs on these days: Monday 21 December to Wednesday 23 December 2026." in _words(site, "/holidays")
    assert "/haf" not in _links(site, "/holidays")


def test_a_holiday_has_its_usual_name_in_the_language_of_the_page(opened: Opened) -> None:
    site = opened(HOLIDAYS)
    assert _headings(site, "/holidays")[:2] == ["Christmas holidays", "February half-term"]
    assert _headings(site, "/ur/holidays")[0] == "کرسمس کی چھٹیاں"


def test_a_school_with_other_holidays_has_its_own(opened: Opened) -> None:
    told = _words(opened(HOLIDAYS + SCHOOLS), "/holidays").partition("Schools with other dates")[2]
    assert "Hillside School Early Christmas Wednesday 16 December 2026 to Sunday 3 January 2027" in told
    assert "Early autumn" not in told


def test_where_no_holidays_are_known_the_page_says_so_and_still_leads_on(opened: Opened) -> None:
    site = opened(BANK_HOLIDAYS + HAF)
    words = _words(site, "/holidays")
    assert "We do not know the dates of the school holidays in Testbridge yet." in words
    assert "Your child's school can tell you." in words
    assert "Friday 25 December 2026 Christmas Day" in words
    assert _links(site, "/holidays") == ["/whats-on", "/whats-on/next-7-days", "/haf"]


def test_haf_is_told_with_its_dates_the_soonest_first(opened: Opened) -> None:
    words = _words(opened(HOLIDAYS + HAF), "/haf")
    told = [
        words.index(part)
        for part in (
            "Christmas holidays Monday 21 December to Wednesday 23 December 2026 It starts in 29 days",
            "Easter holidays Tuesday 30 March to Friday 9 April 2027",
            "Summer holidays We do not know the dates yet.",
            "HAF does not run in half-term. The next half-term is Saturday 13 February to Sunday 21 February 2027.",
        )
    ]
    assert told == sorted(told)


def test_a_period_of_haf_that_is_over_is_not_told(opened: Opened) -> None:
    words = _words(opened(HOLIDAYS + HAF, "2026-12-24"), "/haf")
    assert "21 December" not in words
    assert "Christmas holidays We do not know the dates yet." in words


def test_haf_without_dates_names_its_holidays_and_says_that_it_has_none(opened: Opened) -> None:
    words = _words(opened(HAF[HAF.index("haf:") :]), "/haf")
    assert "Easter holidays Summer holidays Christmas holidays We do not know the dates yet." in words
    assert "HAF does not run in half-term." in words
    assert "The next half-term" not in words


def test_half_term_leads_from_haf_to_what_is_on(opened: Opened) -> None:
    camp = CAMP.format(number=1).replace("2026-12-22", "2027-02-17")
    assert "/whats-on/2027-02-17" in _links(opened(HOLIDAYS + HAF, camp=camp), "/haf")


def test_haf_that_runs_in_half_term_is_not_said_not_to(opened: Opened) -> None:
    words = _words(opened(HOLIDAYS + HAF.replace("[easter,", "[half-term, easter,")), "/haf")
    assert "Half-term We do not know the dates yet." in words
    assert "does not run" not in words


def test_what_is_known_of_haf_is_told_and_the_rest_is_to_be_asked(opened: Opened) -> None:
    site = opened(HAF)
    headings, words = _headings(site, "/haf"), _words(site, "/haf")
    assert "Children who get free school meals." in words
    assert {"Who can go", "How you show that your child can go", "How to book"} <= set(headings)
    assert {"Food", "What is free"}.isdisjoint(headings)
    assert "You can ask: what food there is what is free, and what you pay for how to book" in words
    assert "https://book.example.org/haf" in _links(site, "/haf")
    assert "tel:01632960190" in _links(site, "/haf")


def test_where_haf_has_no_phone_the_hubs_are_whom_to_ask(opened: Opened) -> None:
    site = opened(HAF, haf_programme=PROGRAMME.partition("phones:")[0])
    assert "Brackenhill Family Hub Call 01632 960100" in _words(site, "/haf")


def test_a_programme_that_is_not_to_be_seen_is_not_linked(opened: Opened) -> None:
    site = opened(HAF, haf_programme=PROGRAMME + "status: inactive\n")
    assert not [link for link in _links(site, "/haf") if "haf-programme" in link or "book.example.org" in link]


def test_clubs_that_take_haf_are_told_with_their_next_dates(opened: Opened) -> None:
    clubs = _words(opened(HAF, camp=CAMP.format(number=1)), "/haf").partition("Clubs that take HAF")[2]
    assert "Camp 01" in clubs
    assert "Tuesday 22 December" in clubs
    assert "Little Stars" not in clubs


def test_the_programme_itself_is_no_club_that_takes_haf(opened: Opened) -> None:
    site = opened(HAF, haf_programme=PROGRAMME + "cost: {type: free_if_eligible, haf: true}\n")
    assert "Testbridge HAF" not in _words(site, "/haf")


def test_what_is_of_haf_leads_to_the_page_of_it_and_nothing_else_does(opened: Opened) -> None:
    site = opened(HAF, camp=CAMP.format(number=1))
    paths = ("/listings/haf-programme", "/listings/camp", "/listings/little-stars")
    assert ["/haf" in _links(site, path) for path in paths] == [True, True, False]


def test_no_listing_leads_to_a_page_of_haf_that_is_not_there(opened: Opened) -> None:
    assert "/haf" not in _links(opened(HOLIDAYS, camp=CAMP.format(number=1)), "/listings/camp")


def test_no_club_that_takes_haf_is_said_not_to_be_known(opened: Opened) -> None:
    assert "We do not know yet which clubs take HAF." in _words(opened(HAF), "/haf")


def test_many_clubs_that_take_haf_are_on_several_pages(opened: Opened) -> None:
    site = opened(HAF, **{f"camp_{number}": CAMP.format(number=number) for number in range(1, 13)})
    assert "Camp 11" not in _words(site, "/haf")
    assert "Camp 12" in _words(site, "/haf?page=2")
    assert [site.get(f"/haf?page={page}").status_code for page in ("3", "0", "-1", "x", "9" * 30)] == [404] * 5


def test_haf_is_told_in_the_language_of_the_page_where_somebody_wrote_it(opened: Opened) -> None:
    html = opened(HAF).get("/pl/haf").text
    assert "<p>Dzieci, które dostają darmowe obiady.</p>" in html
    assert '<p lang="en" dir="ltr">Type in the code.</p>' in html


def test_there_is_no_page_of_haf_where_nobody_has_told_us_of_it(opened: Opened) -> None:
    site = opened(HOLIDAYS)
    assert site.get("/haf").status_code == 404
    assert "/haf<" not in site.get("/sitemap.xml").text


def test_search_engines_are_told_of_both_pages(opened: Opened) -> None:
    told = opened(HAF).get("/sitemap.xml").text
    assert [f"{path}<" in told for path in ("/holidays", "/haf", "/ur/haf")] == [True, True, True]


@pytest.mark.parametrize(
    ("calendar", "is_told"),
    [
        pytest.param(HOLIDAYS + HAF, True, id="HAF that does not run in half-term"),
        pytest.param(HOLIDAYS + HAF.replace("[easter,", "[half-term, easter,"), False, id="HAF that does"),
        pytest.param(HOLIDAYS, False, id="no HAF that we know of"),
    ],
)
def test_a_search_says_that_haf_does_not_run_in_half_term_only_where_that_is_so(
    opened: Opened, calendar: str, is_told: bool
) -> None:
    words = _words(opened(calendar), "/search?q=half+term+club")
    assert ("Holiday Activities and Food (HAF) does not run in half-term." in words) is is_told
