"""People are told how far they can rely on a listing, and what nobody can vouch for is not offered."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from html5lib import parse

from directory.app import create_app
from directory.services import Services
from directory.settings import Settings
from tests.small_content import HUB, LISTING, SITE, write_small_content
from tests.web.conftest import HTML, NOW

CHECKED_ON = {
    "fresh": "2026-11-01",
    "overdue": "2026-06-15",
    "sunk": "2026-05-01",
    "gone": "2025-12-01",
}
"""When each listing was checked; an activity's check holds for four months."""
WARNING = {
    "overdue": "We have not been able to check this since June 2026. Call before you travel.",
    "sunk": "We have not been able to check this since May 2026. Call before you travel.",
}


class Clock:
    """A clock that can be put forward."""

    now = NOW

    def __call__(self) -> datetime.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(tmp_path: Path, clock: Clock) -> FlaskClient:
    content = write_small_content(tmp_path / "content")
    (content / "site.yaml").write_text(f"{SITE}languages: [en, pl, ur]\n")
    for name, on in CHECKED_ON.items():
        text = LISTING.replace("Little Stars stay and play", f"The {name} club")
        text += f"checked:\n  on: {on}\n  by: provider\nrelated:\n- little-stars\n"
        (content / "listings" / f"{name}.yaml").write_text(text)
    everything = "\n".join(f"- {name}" for name in CHECKED_ON)
    (content / "listings" / "little-stars.yaml").write_text(f"{LISTING}related:\n{everything}\n")
    old_hub = f"{HUB}checked:\n  on: 2020-01-01\n  by: hub\n"
    (content / "listings" / "brackenhill-family-hub.yaml").write_text(old_hub)
    services = Services.open(Settings(content, tmp_path / "index", f"sqlite:///{tmp_path / 'directory.sqlite'}"))
    return create_app(services, clock).test_client()


Words = Callable[[str], str]


@pytest.fixture
def words(site: FlaskClient) -> Words:
    def of(path: str) -> str:
        answer = site.get(path)
        assert answer.status_code == 200, path
        main = parse(answer.text).find(f".//{HTML}main")
        assert main is not None
        return " ".join(" ".join(main.itertext()).split())

    return of


def test_a_check_that_holds_is_told_with_its_date(words: Words) -> None:
    told = words("/listings/fresh")
    assert "Checked by the people who run it on 1 November 2026" in told
    assert "not been able to check" not in told


@pytest.mark.parametrize("name", WARNING)
def test_past_its_date_people_are_told_to_call_first(words: Words, name: str) -> None:
    assert WARNING[name] in words(f"/listings/{name}")


def test_a_card_says_so_in_short(words: Words) -> None:
    told = words("/categories/stay-and-play")
    assert "Not checked since June 2026. Call before you travel." in told
    assert "Checked by the people who run it on 1 November 2026" in told


def test_without_a_phone_people_are_not_told_to_call(tmp_path: Path, site: FlaskClient, words: Words) -> None:
    file = tmp_path / "content" / "listings" / "overdue.yaml"
    file.write_text(file.read_text().replace("phones:\n- number: 01632 960123\n", ""))
    site.application.extensions["directory"].services.look_again()
    assert "since June 2026. Please check before you travel." in words("/listings/overdue")


@pytest.mark.parametrize(
    "path",
    [
        "/categories/stay-and-play",
        "/a-to-z",
        "/a-to-z/t",
        "/listings/little-stars",
        "/listings/brackenhill-family-hub",
    ],
)
def test_what_nobody_could_check_for_long_is_not_offered(words: Words, path: str) -> None:
    told = words(path)
    assert "The gone club" not in told
    assert "The sunk club" in told


def test_search_engines_are_not_sent_there(site: FlaskClient) -> None:
    sitemap = site.get("/sitemap.xml").text
    assert "/listings/sunk" in sitemap
    assert "/listings/gone" not in sitemap


def test_who_kept_its_address_is_told_why_and_whom_to_ask(site: FlaskClient, words: Words) -> None:
    told = words("/listings/gone")
    for part in (
        "nobody could tell us since December 2025 whether it is still right",
        "Ask before you go.",
        "01632 960123",
        "Brackenhill Family Hub",
        "Call 01632 960100",
    ):
        assert part in told
    assert "10am" not in told
    assert '<meta name="robots" content="noindex">' in site.get("/listings/gone").text


def test_a_hub_stays_however_old_with_a_warning(words: Words) -> None:
    assert "Brackenhill Family Hub" in words("/hubs")
    assert "We have not been able to check this since January 2020." in words("/listings/brackenhill-family-hub")


def test_pages_that_are_kept_change_over_at_midnight(clock: Clock, words: Words) -> None:
    clock.now = datetime.datetime(2027, 3, 1, 23, 59, tzinfo=NOW.tzinfo)
    assert "Checked by the people who run it on 1 November 2026" in words("/categories/stay-and-play")
    clock.now += datetime.timedelta(minutes=2)
    assert "Not checked since November 2026." in words("/categories/stay-and-play")
    assert "not been able to check this since November 2026" in words("/listings/fresh")


@pytest.mark.parametrize("name", CHECKED_ON)
@pytest.mark.parametrize("language", ["", "/pl", "/ur"])
def test_every_standing_has_a_page_in_every_language(site: FlaskClient, language: str, name: str) -> None:
    html = site.get(f"{language}/listings/{name}").text
    assert html.count("<h1") == 1
    assert f"The {name} club</h1>" in html
