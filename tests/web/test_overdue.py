"""What hubs are to check because nobody else did."""

import datetime
from pathlib import Path

import pytest
from flask import Flask
from html5lib import parse

from directory.app import create_app
from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings
from tests.small_content import HUB, LISTING, write_small_content
from tests.staff import administrator, moderator, partner, sign_in

NOW = datetime.datetime(2026, 11, 21, 9, tzinfo=LONDON)
BRACKENHILL, MOORSIDE = "brackenhill-family-hub", "moorside-family-hub"
CHECKED_ON = {"long-ago": "2026-01-10", "lately": "2026-07-25", "fresh": "2026-11-01"}
"""An activity's check holds for four months; the owners are first asked two weeks before."""


@pytest.fixture
def services(tmp_path: Path) -> Services:
    content = write_small_content(tmp_path / "content")
    listings = content / "listings"
    listings.joinpath(f"{MOORSIDE}.yaml").write_text(
        HUB.replace("Brackenhill Family Hub", "Moorside Family Hub").replace("TB5 3DY", "TB6 1AA")
        + _checked("2026-11-01")
    )
    listings.joinpath(f"{BRACKENHILL}.yaml").write_text(HUB + _checked("2026-11-01"))
    listings.joinpath("little-stars.yaml").write_text(LISTING + _checked("2026-11-01"))
    for name, on in CHECKED_ON.items():
        text = LISTING.replace("Little Stars stay and play", f"The {name} club")
        listings.joinpath(f"{name}.yaml").write_text(text + _checked(on))
    elsewhere = LISTING.replace("Little Stars stay and play", "Moorside club").replace(BRACKENHILL, MOORSIDE)
    listings.joinpath("moorside-club.yaml").write_text(elsewhere + _checked("2026-07-25"))
    settings = Settings(content, tmp_path / "index", f"sqlite:///{tmp_path / 'directory.sqlite'}")
    return Services.open(settings)


def _checked(on: str) -> str:
    return f"checked:\n  on: {on}\n  by: provider\n"


@pytest.fixture
def app(services: Services) -> Flask:
    return create_app(services, lambda: NOW)


def _words(html: str) -> str:
    main = parse(html).find(".//{http://www.w3.org/1999/xhtml}main")
    assert main is not None
    return " ".join(" ".join(main.itertext()).split())


def test_a_moderator_sees_what_their_hub_took_over_the_longest_due_first(app: Flask, services: Services) -> None:
    services.truth.remind(now=NOW)
    html = sign_in(app, services, moderator(services, BRACKENHILL)).get("/overdue").text
    told = _words(html)
    assert "2 listings wait." in told
    assert told.index("The long-ago club") < told.index("The lately club")
    assert "To be checked by 10 May 2026. People do not find it any more." in told
    assert "01632 960123" in told
    assert "Moorside club" not in told
    assert "The fresh club" not in told
    assert 'href="/desk/listings/long-ago/check"' in html
    assert 'href="/desk/listings/long-ago/edit"' in html


def test_whoever_decides_everywhere_sees_all(app: Flask, services: Services) -> None:
    services.truth.remind(now=NOW)
    for who in (moderator(services), administrator(services)):
        assert "3 listings wait." in _words(sign_in(app, services, who).get("/overdue").text)


def test_what_its_provider_is_asked_about_stands_apart(app: Flask, services: Services) -> None:
    partner(services, "testbridge-council")
    services.truth.remind(now=NOW)
    told = _words(sign_in(app, services, moderator(services, BRACKENHILL)).get("/overdue").text)
    assert "Nothing waits for you to check. Well done." in told
    assert told.index("We are asking the people who run these") < told.index("The long-ago club")
    assert "To be checked by 10 May 2026. We asked once." in told


def test_a_check_takes_it_off_the_list(app: Flask, services: Services) -> None:
    services.truth.remind(now=NOW)
    mona = moderator(services, BRACKENHILL)
    services.moderation.confirm(who=mona, slug="long-ago", how="by phone", now=NOW)
    services.look_again()
    told = _words(sign_in(app, services, mona).get("/overdue").text)
    assert "1 listing waits." in told
    assert "The long-ago club" not in told


def test_a_partner_may_not_look(app: Flask, services: Services) -> None:
    assert sign_in(app, services, partner(services, "testbridge-council")).get("/overdue").status_code == 403
    assert app.test_client().get("/overdue").status_code == 303
