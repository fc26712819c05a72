"""Above its results, a search about half-term or HAF says honestly which runs when."""

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from html5lib import parse

from directory.app import create_app
from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings
from tests.web.conftest import HTML

BOROUGH = Path(__file__).parents[1] / "data" / "testbridge" / "content"
NOT_IN_HALF_TERM = "Holiday Activities and Food (HAF) does not run in half-term."
NEXT_HAF = "HAF runs next on these days: Monday 21 December to Thursday 24 December 2026."


class Borough:
    """The invented borough with its calendar changed, as it is seen on one day or another."""

    def __init__(self, folder: Path, change: Callable[[str], str] = str) -> None:
        content = folder / "content"
        shutil.copytree(BOROUGH, content)
        calendar = (content / "calendar.yaml").read_text(encoding="utf-8")
        (content / "calendar.yaml").write_text(change(calendar), encoding="utf-8")
        (folder / "index").mkdir()
        self._services = Services.open(Settings(content, folder / "index", f"sqlite:///{folder}/directory.sqlite"))
        self._sites: dict[str, FlaskClient] = {}

    def site(self, day: str = "2026-11-22") -> FlaskClient:
        """Somebody who asks for pages at nine in the morning of the day."""
        if day not in self._sites:
            now = datetime.datetime.fromisoformat(day).replace(hour=9, tzinfo=LONDON)
            self._sites[day] = create_app(self._services, clock=lambda: now).test_client()
        return self._sites[day]

    def note(self, words: str, day: str = "2026-11-22", language: str = "") -> str:
        """What stands in the box above the results, then its links; empty where there is none."""
        answer = self.site(day).get(f"{language}/search", query_string={"q": words})
        assert answer.status_code == 200
        boxes = [one for one in parse(answer.text).iter(f"{HTML}div") if one.get("class") == "govuk-inset-text"]
        found = [box for box in boxes if any(str(one.get("href")).endswith("/haf") for one in box.iter(f"{HTML}a"))]
        assert len(found) <= 1
        links = [str(one.get("href")) for box in found for one in box.iter(f"{HTML}a")]
        return " ".join([*(word for box in found for word in " ".join(box.itertext()).split()), *links])


def _without_dates(calendar: str) -> str:
    """What the calendar says of HAF and nothing else: no holiday, no period has dates."""
    return calendar[calendar.index("haf:\n") :]


@pytest.fixture(scope="module")
def borough(tmp_path_factory: pytest.TempPathFactory) -> Borough:
    """A borough that knows its holidays."""
    return Borough(tmp_path_factory.mktemp("borough"))


@pytest.fixture(scope="module")
def undated(tmp_path_factory: pytest.TempPathFactory) -> Borough:
    """A borough that knows no dates."""
    return Borough(tmp_path_factory.mktemp("undated"), _without_dates)


HALF_TERM = (
    *("half term", "half-term club", "HALF TERM", "what is on in half term for my 6 year old", "halfterm activities"),
    *("hlaf term club", "half trem", "haf term activities", "haf half term", "is there haf at february half term"),
    *(
        "haf february",
        "haf in october",
        "HAF luty",
        "haf w październiku",
        "przerwa semestralna",
        "w przerwie semestralnej",
    ),
    *("ہاف ٹرم", "HAF فروری", "vacanța intersemestrială", "ਹਾਫ਼ ਟਰਮ", "نصف الفصل"),
)
OTHERS = (
    "stay and play",
    "my other half",
    "half price swimming",
    "food bank",
    "term time only",
    "swimming february",
    "",
)


@pytest.mark.parametrize("words", HALF_TERM)
def test_a_search_about_half_term_says_that_haf_does_not_run_then(borough: Borough, words: str) -> None:
    assert NOT_IN_HALF_TERM in borough.note(words)


@pytest.mark.parametrize("words", HALF_TERM)
def test_it_says_so_where_nobody_knows_when_half_term_is(undated: Borough, words: str) -> None:
    note = undated.note(words)
    assert f"{NOT_IN_HALF_TERM} We do not know the dates of the next half-term yet." in note
    assert note.endswith("/whats-on /haf")


@pytest.mark.parametrize("words", OTHERS)
def test_other_searches_say_nothing_of_haf(borough: Borough, words: str) -> None:
    assert borough.note(words) == ""


def test_what_runs_in_half_term_is_a_link_away(borough: Borough) -> None:
    note = borough.note("half term club")
    assert "The next half-term is Saturday 13 February to Sunday 21 February 2027. See what is on in half-term" in note
    assert NEXT_HAF in note
    day, haf = note.split()[-2:]
    assert haf == "/haf"
    assert "2027-02-13" <= day.rpartition("/")[2] <= "2027-02-21"
    site = borough.site()
    assert [site.get(day).status_code, site.get(haf).status_code] == [200, 200]


@pytest.mark.parametrize(
    ("day", "half_term"),
    [
        pytest.param("2027-02-21", "Saturday 13 February to Sunday 21 February 2027", id="its last day"),
        pytest.param("2027-02-22", "Saturday 29 May to Sunday 6 June 2027", id="the day after"),
    ],
)
def test_the_half_term_is_that_of_now_or_the_next(borough: Borough, day: str, half_term: str) -> None:
    assert f"The next half-term is {half_term}." in borough.note("half term", day)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        pytest.param("HAF", "Monday 21 December to Thursday 24 December 2026", id="the next"),
        pytest.param("holiday activities and food", "Monday 21 December to Thursday 24 December 2026", id="its name"),
        pytest.param(
            "haf at easter", "Tuesday 30 March to Friday 9 April 2027", id="those of the holiday that is named"
        ),
        pytest.param("haf in the summer holidays", "Monday 26 July to Friday 20 August 2027", id="the summer"),
    ],
)
def test_a_search_for_haf_says_when_it_runs_next(borough: Borough, words: str, days: str) -> None:
    note = borough.note(words)
    assert f"HAF runs next on these days: {days}." in note
    assert NOT_IN_HALF_TERM not in note


def test_a_search_for_haf_names_its_holidays_where_nobody_knows_the_dates(undated: Borough) -> None:
    note = undated.note("haf")
    assert "HAF runs in these holidays: Christmas holidays, Easter holidays, Summer holidays." in note
    assert "We do not know the dates yet." in note


def test_links_of_the_note_stay_in_the_language_of_the_page(borough: Borough) -> None:
    assert borough.note("half term", language="/ur").endswith("/ur/haf")


def test_nothing_comes_between_a_person_in_danger_and_help(borough: Borough) -> None:
    page = borough.site().get("/search?q=half+term+i+want+to+kill+myself").text
    assert "85258" in page or "116 123" in page
    assert NOT_IN_HALF_TERM not in page
