"""What's on, by day and time, as people who look for something to do see it."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from html5lib import parse

from directory.app import create_app
from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings
from tests.web.conftest import HTML
from tests.web.rich_content import write_rich_content

SATURDAY = datetime.datetime(2026, 11, 21, 9, 0, tzinfo=LONDON)
LISTING = """\
kind: activity
title: {title}
summary: Something to do.
provider: testbridge-council
categories: [{category}]
eligibility: {{{who}}}
access: {{ways: [{way}]}}
cost: {{type: {cost}}}
locations:
- {where}
sessions:
{sessions}
{phones}
"""
HERE, HALL = "at: brackenhill-family-hub", "at: corner-hall"


def _listing(title: str, *sessions: str, **said: str) -> str:
    usual = {"category": "talking", "who": "", "way": "drop_in", "cost": "free", "where": HERE, "phones": ""}
    told = "\n".join(f"- {{{one}}}" for one in sessions)
    return LISTING.format(title=title, sessions=told, **usual | said)


LISTINGS = {
    "early-songs": _listing("Early songs", 'day: saturday, opens_at: "08:00", closes_at: "08:45"'),
    "breakfast": _listing("Breakfast together", 'day: saturday, opens_at: "08:30", closes_at: "10:00"'),
    "drumming": _listing(
        "Drumming",
        'day: saturday, opens_at: "14:00", closes_at: "15:00", room: Blue room',
        who="minimum_age: 8 years, maximum_age: 12 years, send_needs: [autism]",
        way="book",
        cost="paid",
        where=HALL,
        phones="phones:\n- number: 01632 960777",
    ),
    "paints": _listing(
        "Paints",
        'day: monday, opens_at: "10:00", closes_at: "11:00", room: Attic, exceptions: ['
        "{date: 2026-11-23, change: cancelled, note: The roof leaks.},"
        '{date: 2026-11-30, change: moved, to_date: 2026-12-03, opens_at: "16:00", closes_at: "17:00"},'
        '{date: 2026-12-07, change: moved, opens_at: "12:00", closes_at: "13:00"},'
        "{date: 2026-12-14, change: moved, room: Cellar},"
        "{date: 2026-12-16, change: extra}]",
    ),
    "carols": _listing("Carols", 'frequency: once, date: 2026-12-22, opens_at: "18:00", closes_at: "19:00"'),
    "refuge-tea": _listing(
        "Tea and safety", 'day: wednesday, opens_at: "10:00", closes_at: "11:00"', category="domestic-abuse"
    ),
}


@dataclass
class Days:
    """A site whose clock a test may turn, and somebody who asks it."""

    services: Services
    now: datetime.datetime = SATURDAY

    def __post_init__(self) -> None:
        self.client: FlaskClient = create_app(self.services, clock=lambda: self.now).test_client()

    def read(self, path: str, status: int = 200) -> str:
        """The words of the page's main part on one line."""
        answer = self.client.get(path)
        assert answer.status_code == status, path
        main = parse(answer.text).find(f".//{HTML}main")
        assert main is not None
        return " ".join(" ".join(main.itertext()).split())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Days:
    """The rich content with more that is on."""
    folder = tmp_path_factory.mktemp("days")
    content = write_rich_content(folder / "content")
    for slug, text in LISTINGS.items():
        (content / "listings" / f"{slug}.yaml").write_text(text, encoding="utf-8")
    index = folder / "index"
    index.mkdir()
    return Days(Services.open(Settings(content, index, f"sqlite:///{folder / 'directory.sqlite'}")))


@pytest.fixture
def days(site: Days) -> Days:
    """The site on a Saturday at nine in the morning. Within a day its clock goes on, and never back."""
    site.now = SATURDAY
    return site


def test_today_leaves_out_what_has_ended_and_tells_what_is_on_now(days: Days) -> None:
    words = days.read("/whats-on")
    assert "Early songs" not in words
    assert re.search(r"Today, Saturday 21 November 8:30am to 10am On now Breakfast together .* 2pm to 3pm Drum", words)


def test_an_item_says_when_what_where_for_whom_how_and_whom_to_call(days: Days) -> None:
    told = "2pm to 3pm Drumming Blue room, Corner Hall, Brackenhill 8 to 12 years · There is a charge · Book a place"
    assert told in days.read("/whats-on")
    assert 'href="tel:01632960777">Call 01632 960777</a>' in days.client.get("/whats-on").text


def test_what_has_no_number_of_its_own_is_asked_about_at_the_hub_where_it_is(days: Days) -> None:
    assert re.search("Breakfast together .* Call 01632 960100 2pm", days.read("/whats-on"))


def test_a_page_that_was_made_before_tells_what_is_on_this_minute(days: Days) -> None:
    days.now = next_saturday = SATURDAY + datetime.timedelta(7)
    assert "On now Breakfast" in days.read("/whats-on")
    days.now = next_saturday.replace(hour=9, minute=59)
    assert "On now Breakfast" in days.read("/whats-on")
    days.now = next_saturday.replace(hour=10)
    assert "Breakfast" not in days.read("/whats-on")
    days.now = next_saturday.replace(hour=14)
    assert "On now Drumming" in days.read("/whats-on")


@pytest.mark.parametrize(
    ("today", "dates"),
    [
        (datetime.date(2026, 11, 16), "Saturday 21 November to Sunday 22 November"),
        (datetime.date(2026, 11, 20), "Saturday 21 November to Sunday 22 November"),
        (datetime.date(2026, 11, 21), "Saturday 21 November to Sunday 22 November"),
        (datetime.date(2026, 11, 22), "Saturday 21 November to Sunday 22 November"),
        (datetime.date(2026, 11, 23), "Saturday 28 November to Sunday 29 November"),
    ],
    ids=str,
)
def test_this_weekend_is_the_one_that_is_or_comes(days: Days, today: datetime.date, dates: str) -> None:
    days.now = datetime.datetime.combine(today, datetime.time(9), LONDON)
    assert dates in days.read("/whats-on/this-weekend")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/whats-on/tomorrow", "We know of nothing on then. Your family hub may know more."),
        ("/whats-on/next-7-days", "Saturday 21 November to Friday 27 November"),
        ("/whats-on/next-30-days", "Saturday 21 November to Sunday 20 December"),
        ("/whats-on/school-holidays", "Christmas holidays: Saturday 19 December to Sunday 3 January"),
        ("/whats-on/2026-12-22", "6pm to 7pm Carols"),
        ("/whats-on/2026-11-14", "This day has passed."),
        ("/whats-on/2026-12-25", "Christmas Day is a bank holiday."),
        ("/whats-on/2025-11-20", "This day has passed."),
        ("/whats-on/2027-11-22", "What’s on: Monday 22 November 2027"),
    ],
)
def test_runs_of_days_and_dates_say_which_days_they_are(days: Days, path: str, told: str) -> None:
    assert told in days.read(path)


def test_days_stand_in_order_each_with_its_sessions_by_time(days: Days) -> None:
    html = days.client.get("/whats-on/next-7-days").text
    headings = re.findall(r"<h2 class=\"day\">(.*?)</h2>|<span class=\"at\">([^<]*?) *<", html)
    assert [day or time for day, time in headings][:4] == [
        "Today, Saturday 21 November", "8:30am to 10am", "2pm to 3pm", "Monday 23 November",
    ]  # fmt: skip


def test_each_day_of_a_run_can_be_gone_to_and_says_how_much_it_has(days: Days) -> None:
    html = days.client.get("/whats-on/next-7-days?how=drop_in").text
    assert re.search(r'<a href="/whats-on/2026-11-24\?how=drop_in">Tue 24 Nov <span>\(2\)</span></a>', html)


def test_a_cancelled_session_is_struck_through_with_its_note(days: Days) -> None:
    html = days.client.get("/whats-on/2026-11-23").text
    assert re.search(
        r"<s><span class=\"at\">10am to 11am .*?Paints</a></s> <strong class=\"govuk-tag\">Cancelled", html
    )
    assert "Paints Cancelled The roof leaks." in days.read("/whats-on/2026-11-23")


def test_a_day_of_which_all_is_cancelled_leads_to_the_next_with_something(days: Days) -> None:
    words = days.read("/whats-on/2026-11-23")
    assert "We know of nothing else on then that fits. The next day with something on: Tuesday 24 November" in words


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2026-11-30", "10am to 11am Paints Moved to Thursday 3 December"),
        ("2026-12-03", "4pm to 5pm Paints Moved from Monday 30 November Attic"),
        ("2026-12-07", "midday to 1pm Paints Not at the usual time Attic"),
        ("2026-12-14", "10am to 11am Paints Not in the usual room Cellar"),
        ("2026-12-16", "10am to 11am Paints Extra date"),
        ("2026-12-28", "10am to 11am Paints Attic"),
    ],
)
def test_what_is_not_as_usual_is_marked(days: Days, date: str, told: str) -> None:
    assert told in days.read(f"/whats-on/{date}")


def test_an_empty_day_leads_to_the_next_with_the_same_choices_and_to_the_hub(days: Days) -> None:
    html = days.client.get("/whats-on/tomorrow?how=book&near=TB5+3DY").text
    assert 'href="/whats-on/2026-11-28?near=TB5+3DY&amp;how=book">Saturday 28 November</a>' in html
    assert 'href="tel:01632960100"' in html


def test_nothing_at_all_ahead_still_leads_to_people_and_to_all_results(days: Days) -> None:
    words = days.read("/whats-on?q=xyzzyplugh")
    assert "See everything that we found, whenever it is on" in words
    assert "Call 01632 960100" in words
    assert "The next day" not in words


@pytest.mark.parametrize(
    ("query", "shown", "left_out"),
    [
        ("how=book", "Drumming", "Breakfast"),
        ("how=drop_in", "Breakfast", "Drumming"),
        ("cost=free", "Breakfast", "Drumming"),
        ("age=5y-10y", "Drumming", "Little Stars"),
        ("send=some", "Drumming", "Breakfast"),
        ("time=afternoon", "Drumming", "Breakfast"),
        ("time=morning", "Breakfast", "Drumming"),
        ("day=monday", "Paints", "Drumming"),
        ("day=2026-11-23..2026-11-25", "Paints", "Drumming"),
        ("q=drumming", "Drumming", "Breakfast"),
        ("q=drumming+on+monday", "Monday, and others", "Breakfast"),
        ("q=paints+on+monday", "10am to 11am Paints Cancelled", "Breakfast"),
        ("q=paints+on+23+november", "10am to 11am Paints Cancelled", "Breakfast"),
        ("q=drumming+on+saturday", "2pm to 3pm", "Breakfast"),
        ("category=stay-and-play", "Little Stars", "Drumming"),
    ],
)
def test_choices_and_words_narrow_the_days_and_their_times(days: Days, query: str, shown: str, left_out: str) -> None:
    words = days.read(f"/whats-on/next-7-days?{query}")
    body = words[words.rindex("Remove:") :]
    assert shown in body
    assert left_out not in body


def test_a_place_brings_distances_and_how_far_is_too_far(days: Days) -> None:
    assert "less than half a mile away" in days.read("/whats-on?near=Brackenhill")
    assert "Drumming" in days.read("/whats-on?near=Brackenhill&within=1")
    assert "We do not know the place “Atlantis”." in days.read("/whats-on?near=Atlantis")


def test_all_that_was_asked_can_be_taken_away_one_by_one(days: Days) -> None:
    html = days.client.get("/whats-on?q=drumming&near=TB5+3DY&how=book&age=5y-10y").text
    for without in (
        "near=TB5+3DY&amp;age=5y-10y&amp;how=book",
        "q=drumming&amp;age=5y-10y&amp;how=book",
        "q=drumming&amp;near=TB5+3DY&amp;how=book",
        "q=drumming&amp;near=TB5+3DY&amp;age=5y-10y",
    ):
        assert f'<li><a href="/whats-on?{without}"><span class="govuk-visually-hidden">Remove:' in html


def test_the_form_holds_what_was_chosen_and_what_it_does_not_offer(days: Days) -> None:
    html = days.client.get("/whats-on?q=drumming&age=5y-10y&category=talking&literal=day").text
    assert re.search(r'<option value="5y-10y" selected[^>]*>', html)
    assert '<input type="hidden" name="category" value="talking">' in html
    assert '<input type="hidden" name="literal" value="day">' in html
    assert 'value="drumming"' in html


def test_long_lists_come_twenty_a_page_with_days_carried_on(days: Days) -> None:
    first, second = (days.client.get(f"/whats-on/next-30-days?page={number}").text for number in (1, 2))
    assert first.count('<li class="card on">') == 20
    assert 'href="/whats-on/next-30-days?page=2" rel="next"' in first
    last_day = re.findall('<h2 class="day">(.*?)</h2>', first)[-1]
    begins = re.findall('<h2 class="day">(.*?)</h2>', second)[0]
    assert begins.removesuffix(" (continued)") == last_day or " (continued)" not in begins
    assert days.client.get("/whats-on/next-30-days?page=9").status_code == 404


def test_a_school_holiday_that_nobody_knows_is_said_to_be_unknown(days: Days) -> None:
    days.now = datetime.datetime(2027, 2, 1, 9, tzinfo=LONDON)
    words = days.read("/whats-on/school-holidays")
    assert "We do not know the dates of the next school holidays yet." in words
    assert "What’s on in the next 30 days" in words


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("today", "2026-11-21"),
        ("Tomorrow", "2026-11-22"),
        ("saturday", "2026-11-21"),
        ("next tuesday", "2026-11-24"),
        ("on Fri", "2026-11-27"),
        ("3 december", "2026-12-03"),
        ("Thursday 3rd Dec", "2026-12-03"),
        ("24/11", "2026-11-24"),
        ("20 November", "2027-11-20"),
        ("3 January", "2027-01-03"),
        ("3/12/2026", "2026-12-03"),
        ("2026-12-03", "2026-12-03"),
    ],
)
def test_a_day_is_picked_in_ones_own_words(days: Days, said: str, date: str) -> None:
    answer = days.client.get("/whats-on/this-weekend", query_string={"date": said, "q": "songs"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/whats-on/{date}?q=songs")


@pytest.mark.parametrize(("language", "said"), [("pl", "3 grudnia"), ("pl", "czwartek 3 grudnia"), ("ur", "۳ دسمبر")])
def test_a_day_is_picked_in_ones_own_language(days: Days, language: str, said: str) -> None:
    answer = days.client.get(f"/{language}/whats-on", query_string={"date": said})
    assert answer.headers["Location"] == f"/{language}/whats-on/2026-12-03"


BAD_QUERIES = [
    ("age=zz", "Age: we do not know this choice."),
    ("cost=x", "Cost: we do not know this choice."),
    ("within=9", "How far away: we do not know this choice."),
    ("time=noonish", "Time of day: we do not know this choice."),
    ("day=2026-02-30", "Day: we do not know this choice."),
    ("page=0", "There is no such page of this list."),
    ("page=99999999999", "There is no such page of this list."),
    ("page=-1", "There is no such page of this list."),
    ("page=two", "There is no such page of this list."),
    ("zone=Mars", "All times are UK times."),
    ("tz=America/New_York", "All times are UK times."),
    ("date=31+february", "Write the day in another way"),
    ("date=never", "Write the day in another way"),
    ("date=99999999999999999999", "Write the day in another way"),
]


@pytest.mark.parametrize(("query", "told"), BAD_QUERIES)
def test_what_makes_no_sense_is_told_with_the_form_as_it_was(days: Days, query: str, told: str) -> None:
    path = f"/whats-on/next-7-days?q=drumming&{query}"
    assert told in days.read(path, 400)
    html = days.client.get(path).text
    assert 'value="drumming"' in html
    assert '<details class="pick" open>' in html


def test_uk_time_may_be_asked_for(days: Days) -> None:
    assert "Drumming" in days.read("/whats-on?zone=Europe/London")


@pytest.mark.parametrize(
    "date",
    [
        "2026-02-30", "2027-02-29", "2026-13-01", "2026-11-00", "0000-00-00", "9999-12-31", "0001-01-01", "2027-11-23",
        "2025-11-19", "20261124", "2026-W48-2", "2026-11-24T10:00", "24-11-2026", "yesterday", "٢٠٢٦-١١-٢٤",
        "next-8-days",
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_shown_is_not_there_and_leads_on(days: Days, date: str) -> None:
    words = days.read(f"/whats-on/{date}", 404)
    for told in ("Choose a day from a year ago to a year ahead.", "Today", "Find your hub and ask a person"):
        assert told in words


def test_a_leap_day_is_a_day(days: Days) -> None:
    days.now = datetime.datetime(2027, 12, 1, 9, tzinfo=LONDON)
    assert "Tuesday 29 February 2028" in days.read("/whats-on/2028-02-29")


def test_what_is_asked_for_is_private_and_days_alone_are_not(days: Days) -> None:
    for path in ("/whats-on?q=drumming", "/whats-on?near=TB5", "/whats-on?how=book", "/whats-on?zone=Mars"):
        answer = days.client.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert 'content="noindex"' in answer.text
    answer = days.client.get("/whats-on")
    assert answer.headers["Cache-Control"] == "public, max-age=0"
    assert "noindex" not in answer.text
    assert '<link rel="canonical" href="http://localhost/whats-on">' in answer.text


@pytest.mark.parametrize(
    ("path", "has_way_off"),
    [
        ("/whats-on/2026-11-25", False),
        ("/whats-on/2026-11-25?q=safety", True),
        ("/whats-on/2026-11-25?category=domestic-abuse", True),
        ("/whats-on/2026-11-24?category=domestic-abuse", True),
        ("/whats-on?q=danger", True),
        ("/whats-on/2026-11-25?how=drop_in", False),
    ],
)
def test_a_quick_way_off_stands_where_somebody_may_need_it(days: Days, path: str, *, has_way_off: bool) -> None:
    assert ('id="exit"' in days.client.get(path).text) is has_way_off


def test_words_of_danger_bring_the_number_above_the_days(days: Days) -> None:
    words = days.read("/whats-on?q=danger")
    assert words.index("Call 999") < words.index("Tomorrow")


def test_results_lead_to_the_same_by_day(days: Days) -> None:
    html = days.client.get("/search?q=drumming&near=TB5+3DY&how=book&sort=soonest").text
    assert 'href="/whats-on/next-7-days?q=drumming&amp;near=TB5+3DY&amp;how=book">See these by day' in html
    assert "See these by day" not in days.client.get("/search?q=walking").text


def test_the_front_page_and_the_top_of_every_page_lead_to_what_is_on(days: Days) -> None:
    html = days.client.get("/ur/").text
    for path in ("/ur/whats-on", "/ur/whats-on/this-weekend"):
        assert f'href="{path}"' in html
    assert '<a href="/whats-on" aria-current="page">' in days.client.get("/whats-on").text


def test_a_card_says_where_a_session_moved(days: Days) -> None:
    days.now = datetime.datetime(2026, 11, 26, 9, tzinfo=LONDON)
    words = days.read("/search?q=paints")
    assert "Next Monday 30 November, 10am to 11am Moved to Thursday 3 December Then Thursday 3 December" in words


def test_a_listing_says_where_a_session_moved_and_two_times_to_go_to(days: Days) -> None:
    days.now = datetime.datetime(2026, 11, 22, 9, tzinfo=LONDON)
    words = days.read("/listings/paints")
    assert "Tomorrow, Monday 23 November, 10am to 11am Cancelled The roof leaks." in words
    assert "Monday 30 November, 10am to 11am Moved to Thursday 3 December" in words
    assert "Thursday 3 December, 4pm to 5pm" in words


def test_the_soonest_come_first_in_results_that_are_ordered_so(days: Days) -> None:
    words = days.read("/search?q=&category=talking&how=drop_in&sort=soonest")
    assert words.index("Breakfast together") < words.index("Paints") < words.index("Carols")


def test_a_hidden_place_is_told_by_neither_its_room_nor_the_number_of_its_hub(
    tmp_path: Path, small_site: Callable[[Path], FlaskClient]
) -> None:
    content = write_rich_content(tmp_path / "content")
    hidden = _listing("Quiet tea", 'day: saturday, opens_at: "10:00", closes_at: "11:00", room: Nook', where=HERE)
    text = hidden.replace(HERE, f"{HERE}\n  hide_exact_address: true")
    (content / "listings" / "quiet-tea.yaml").write_text(text, encoding="utf-8")
    html = small_site(content).get("/whats-on").text
    item = html[html.index("Quiet tea") :].partition("</li>")[0]
    for secret in ("Nook", "Brackenhill Family Hub", "01632 960100"):
        assert secret not in item
