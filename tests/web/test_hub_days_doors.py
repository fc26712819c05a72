"""Whether a door is open, in words: on hubs, on the list of hubs, and on listings with opening hours."""

import pytest

from tests.small_content import HUB
from tests.web.hub_content import HOURS, SLUG, HubSite, activity, write_hub

TERM_ONLY = HOURS + "  term: term_time\n"
ALL_HOURS = """\
opening_hours:
- days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]
  opens_at: "00:00"
  closes_at: "23:59"
  bank_holidays: true
"""
TWICE_A_DAY = """\
opening_hours:
- days: [tuesday]
  opens_at: "09:00"
  closes_at: "12:00"
- days: [tuesday]
  opens_at: "12:00"
  closes_at: "15:00"
- days: [tuesday]
  opens_at: "18:00"
  closes_at: "20:00"
"""
MIXED = """\
opening_hours:
- days: [monday]
  opens_at: "09:00"
  closes_at: "12:00"
- days: [monday]
  opens_at: "13:00"
  closes_at: "17:00"
  term: term_time
"""
CLOSED = HOURS + "status: temporarily closed\nclosed_until: 2027-03-01\n"
SUNDAYS = """\
opening_hours:
- days: [sunday]
  opens_at: "00:30"
  closes_at: "05:00"
"""
SESSION = '- day: tuesday\n  opens_at: "10:00"\n  closes_at: "11:00"'
NO_PHONE = HUB.replace("phones:\n- number: 01632 960100\n", "email: hub@example.org\n")
HUBS = {
    "usual": HUB + HOURS,
    "term": HUB + TERM_ONLY,
    "always": HUB + ALL_HOURS,
    "twice": HUB + TWICE_A_DAY,
    "closed": HUB + CLOSED,
    "sundays": HUB + SUNDAYS,
    "mixed": HUB + MIXED,
    "silent": NO_PHONE + TERM_ONLY,
}
LISTINGS = {
    "line": activity("Help line", SESSION) + HOURS,
    "answered": activity("Front desk", SESSION) + "phones:\n- number: 01632 960199\n  hours: Weekdays 9am to 5pm\n",
}
DOORS = {
    "open": ("usual", "2026-11-24T10:00", "Open now, closes at 5pm"),
    "opens on the minute": ("usual", "2026-11-24T09:00", "Open now, closes at 5pm"),
    "an hour before it closes": ("usual", "2026-11-24T16:00", "Open now, closes at 5pm"),
    "closes soon": ("usual", "2026-11-24T16:40", "Open now. Closes in 20 minutes."),
    "closes in a minute": ("usual", "2026-11-24T16:59", "Open now. Closes in 1 minute."),
    "closed on the minute": ("usual", "2026-11-24T17:00", "Closed now. Opens at 9am tomorrow."),
    "opens today": ("usual", "2026-11-24T07:00", "Closed now. Opens at 9am today."),
    "over the weekend": ("usual", "2026-11-27T18:00", "Closed now. Opens at 9am on Monday."),
    "on a Sunday": ("usual", "2026-11-29T12:00", "Closed now. Opens at 9am tomorrow."),
    "on a bank holiday": ("usual", "2026-12-25T10:00", "Closed today: Christmas Day. Opens at 9am on Monday."),
    "in a day beyond the week": ("twice", "2026-12-22T21:00", "Closed now. Opens at 9am on Tuesday 29 December."),
    "hours that touch": ("twice", "2026-11-24T11:30", "Open now, closes at 3pm"),
    "between two": ("twice", "2026-11-24T16:00", "Closed now. Opens at 6pm today."),
    "day and night": ("always", "2026-11-24T23:30", "Open now"),
    "in term time": ("term", "2026-11-24T10:00", "Open now, closes at 5pm"),
    "in the holidays": ("term", "2026-12-22T10:00", "Closed now."),
    "on a day that no calendar knows": (
        "term",
        "2027-02-02T10:00",
        "We do not know if it is open now. Call before you go.",
    ),
    "closed for a time": ("closed", "2026-11-24T10:00", "Closed until 1 March 2027"),
    "when clocks go back": ("sundays", "2026-10-25T00:45", "Open now, closes at 5am"),
    "when clocks go forward": ("sundays", "2027-03-28T04:30", "Open now. Closes in 30 minutes."),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> HubSite:
    """A site with a hub for each kind of hours, and one of which none are known."""
    folder = tmp_path_factory.mktemp("doors")
    hubs = {name: text.replace("Brackenhill Family Hub", f"{name} hub") for name, text in HUBS.items()}
    content = write_hub(folder / "content", hubs | LISTINGS, HUB)
    return HubSite(content, folder)


@pytest.mark.parametrize(("hub", "moment", "told"), DOORS.values(), ids=DOORS)
def test_a_door_tells_whether_it_is_open(site: HubSite, hub: str, moment: str, told: str) -> None:
    for path in (f"/listings/{hub}", "/hubs", f"/hubs/{hub}/today", f"/hubs/{hub}/board"):
        assert f">{told}<" in site.page(path, moment), path


def test_a_door_without_a_number_says_to_check(site: HubSite) -> None:
    told = "We do not know if it is open now. Please check before you go."
    assert told in site.page("/hubs/silent/today", "2027-02-02T10:00")


def test_a_door_of_which_no_hours_are_known_says_nothing(site: HubSite) -> None:
    for path in (f"/listings/{SLUG}", *(f"/hubs/{SLUG}/{one}" for one in ("today", "week", "board"))):
        text = site.page(path, "2026-11-24T10:00")
        assert "Open now" not in text, path
        assert "Closed" not in text, path


@pytest.mark.parametrize(
    ("hub", "monday", "told"),
    [
        ("usual", "2026-11-23", "Open 9am to 5pm"),
        ("twice", "2026-11-23", "Open 9am to midday, midday to 3pm, 6pm to 8pm"),
        ("term", "2027-02-01", "Ask if open 9am to 5pm"),
        ("mixed", "2027-02-01", "Open 9am to midday. Ask if also 1pm to 5pm."),
        ("term", "2026-12-21", "Closed"),
        ("usual", "2026-12-21", "Closed: Christmas Day"),
        ("closed", "2026-11-23", "Closed"),
    ],
    ids=["usual", "several", "not known", "partly known", "holidays", "bank holiday", "closed for a time"],
)
def test_a_week_tells_the_hours_of_each_day(site: HubSite, hub: str, monday: str, told: str) -> None:
    assert f">{told}<" in site.page(f"/hubs/{hub}/week/{monday}", "2026-11-24T10:00")


def test_a_hub_that_is_closed_for_longer_names_no_holiday(site: HubSite) -> None:
    assert "Christmas" not in site.page("/hubs/closed/week/2026-12-21", "2026-11-24T10:00")


@pytest.mark.parametrize(("hub", "days"), [("usual", 5), ("sundays", 6), ("always", 7)])
def test_a_weekend_stands_in_a_week_where_the_door_is_open(site: HubSite, hub: str, days: int) -> None:
    page = site.page(f"/hubs/{hub}/week", "2026-11-24T10:00")
    assert page.count('<section class="day">') == days


def test_a_listing_with_opening_hours_tells_whether_it_is_open(site: HubSite) -> None:
    assert "Open now, closes at 5pm" in site.page("/listings/line", "2026-11-24T10:00")
    assert "Open now" not in site.page("/listings/answered", "2026-11-24T10:00")


def test_a_door_is_told_in_the_language_of_the_page(site: HubSite) -> None:
    text = site.page("/ur/hubs/usual/today", "2026-11-24T10:00")
    assert "17:00" in text
    assert "5pm" not in text
