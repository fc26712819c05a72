"""Changing a listing on one page, without script: what is sent, what is kept, and what nobody may do."""

import datetime
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from html5lib import parse
from werkzeug.test import TestResponse

from directory.accounts import Held, Role, Who
from directory.app import create_app
from directory.moderation import Proposed, State
from directory.services import Services
from directory.settings import Settings
from tests.html_checker import NuChecker
from tests.served import ROOT, TESTBRIDGE
from tests.staff import browser_session, moderator, partner, person, sign_in
from tests.web.conftest import HTML, NOW
from tests.web.filled_forms import form_in
from tests.web.rich_content import write_rich_content

EDIT = "/desk/listings/toddler-tuesday/edit"
PROVIDER = "testbridge-council"
LARGEST_PAGE = 60_000


@dataclass
class Site:
    """A site of the test's own, whose clock the test moves."""

    services: Services
    now: datetime.datetime = NOW
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        self.app = create_app(self.services, clock=lambda: self.now)

    def own(self, who: Who) -> list[Proposed]:
        """What somebody proposed."""
        return list(self.services.moderation.of_person(who=who))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site over the rich content, for all of these tests: each has people of its own."""
    folder = tmp_path_factory.mktemp("editing")
    index = folder / "index"
    index.mkdir()
    content = write_rich_content(folder / "content")
    return Site(Services.open(Settings(content, index, f"sqlite:///{folder / 'directory.sqlite'}")))


@pytest.fixture
def site(shared: Site) -> Iterator[Site]:
    """The site at nine o'clock, with its listing as it was."""
    path = listing_of(shared)
    before = path.read_text()
    yield shared
    shared.now = NOW
    path.write_text(before)
    shared.services.look_again()


def listing_of(site: Site) -> Path:
    """The file of the listing that is changed."""
    return site.services.settings.content / "listings" / "toddler-tuesday.yaml"


@pytest.fixture
def sam(site: Site, request: pytest.FixtureRequest) -> Who:
    """Somebody who speaks for the provider, and has proposed nothing yet."""
    return partner(site.services, PROVIDER, f"Sam {request.node.name[:100]}")


@pytest.fixture
def browser(site: Site, sam: Who) -> FlaskClient:
    """Sam's browser."""
    return sign_in(site.app, site.services, sam)


Press = Callable[..., TestResponse]


@pytest.fixture
def press(browser: FlaskClient) -> Press:
    """Opens the page, types, and presses a button; ``opened`` is the page where it is open already."""

    def pressed(button: str, opened: TestResponse | None = None, /, **typed: str) -> TestResponse:
        data = form_in(opened or browser.get(EDIT))
        for name, value in typed.items():
            data[name.replace("__", "-")] = value
        data["button"] = button
        return browser.post(EDIT, data=data)

    return pressed


def test_opening_the_page_changes_nothing(site: Site, sam: Who, browser: FlaskClient) -> None:
    assert browser.get(EDIT).status_code == 200
    assert site.own(sam) == []


def test_a_change_is_sent_with_nothing_but_what_was_changed(site: Site, sam: Who, press: Press) -> None:
    answer = press("send", phones__0__number="01632 960777", note="A new line")
    [sent] = site.own(sam)
    assert (answer.status_code, answer.location) == (303, f"/desk/proposals/{sent.id}")
    assert (sent.state, sent.note) == (State.WAITING, "A new line")
    comparison = site.services.moderation.compare(who=sam, number=sent.id)
    assert [one.key for one in comparison.changes] == ["phones"]
    assert comparison.changes[0].wanted[0]["number"] == "01632 960777"


def test_whoever_waits_for_an_answer_is_reminded(browser: FlaskClient, press: Press) -> None:
    sent = press("send", title="Toddler Wednesday")
    again = browser.get(EDIT)
    assert f'<a href="{sent.location}">See what you sent</a>' in again.text
    assert form_in(again)["title"] == "Toddler Tuesday"


def test_what_was_typed_stays_beside_its_fault(site: Site, sam: Who, press: Press) -> None:
    answer = press("send", phones__0__number="12", sessions__0__opens_at="late", title="Tiny tots")
    assert answer.status_code == 200
    page = parse(answer.text)
    summary = next(one for one in page.iter() if one.get("class") == "govuk-error-summary")
    links = [one.get("href", "")[1:] for one in summary.iter(f"{HTML}a")]
    assert links == ["sessions-0-opens_at", "phones-0-number"]
    boxes = {one.get("id"): one.get("value") for one in page.iter(f"{HTML}input")}
    assert [boxes[link] for link in links] == ["late", "12"]
    assert boxes["title"] == "Tiny tots"
    [kept] = site.own(sam)
    assert (kept.state, kept.typed["title"]) == (State.DRAFT, ["Tiny tots"])


def test_the_page_is_valid_html_in_every_state(browser: FlaskClient, press: Press, nu_checker: NuChecker) -> None:
    states = [
        browser.get(EDIT),
        press("add-sessions"),
        press("dates"),
        press("send", phones__0__number="07700 900999"),
        press("send", phones__0__number="12"),
    ]
    assert [nu_checker.errors(one.text) for one in states] == [[]] * len(states)


def test_the_parts_with_faults_lie_open(press: Press) -> None:
    answer = press("send", phones__0__number="12")
    opened = [one.get("id") for one in parse(answer.text).iter(f"{HTML}details") if "open" in one.attrib]
    assert "part-contact" in opened
    assert "part-about" not in opened


def test_sending_an_unchanged_listing_is_no_change(site: Site, sam: Who, press: Press) -> None:
    assert "have not changed anything" in press("send").text
    assert [one.state for one in site.own(sam)] == [State.DRAFT]


def test_hints_are_given_once_and_are_no_wall(site: Site, sam: Who, press: Press) -> None:
    hinted = press("send", phones__0__number="07700 900999")
    assert "Before you send it" in hinted.text
    assert "07700 900999 is a mobile" in hinted.text
    assert [one.state for one in site.own(sam)] == [State.DRAFT]
    assert press("send", hinted).status_code == 303
    assert [one.state for one in site.own(sam)] == [State.WAITING]


def test_a_new_hint_is_shown_after_an_old_one(press: Press) -> None:
    hinted = press("send", phones__0__number="07700 900999")
    again = press("send", hinted, email="sam@gmail.com")
    assert "somebody&#39;s own address" in again.text


def test_a_name_that_another_listing_has_is_asked_about(press: Press) -> None:
    assert "Is it the same as “Little Stars stay and play”?" in press("send", title="Little Stars").text


def test_what_moderation_refuses_is_told_beside_its_box(site: Site, press: Press) -> None:
    taken = site.services.snapshot.listings["little-stars"].title
    place = {"locations__0__at": "brackenhill-family-hub", "locations__0__note": ""}
    answer = press("send", press("send", title=taken, **place))
    assert answer.status_code == 200
    assert 'href="#title"' in answer.text
    assert "at the same place" in answer.text


def test_a_change_that_is_saved_is_there_again(site: Site, sam: Who, browser: FlaskClient, press: Press) -> None:
    answer = press("save", title="Half a na", sessions__0__opens_at="some time")
    assert (answer.status_code, answer.location) == (303, EDIT)
    again = browser.get(EDIT)
    assert "saved" in again.text
    assert (form_in(again)["title"], form_in(again)["sessions-0-opens_at"]) == ("Half a na", "some time")
    other = sign_in(site.app, site.services, partner(site.services, PROVIDER, "Kim Partner"))
    assert form_in(other.get(EDIT))["title"] == "Toddler Tuesday"
    assert len(site.own(sam)) == 1


def test_saving_by_itself_answers_with_nothing(site: Site, sam: Who, press: Press) -> None:
    answer = press("keep", title="Half a na")
    assert (answer.status_code, answer.text) == (204, "")
    assert press("keep", title="Half a name").status_code == 204
    [kept] = site.own(sam)
    assert kept.typed["title"] == ["Half a name"]
    assert not {"csrf_token", "button"} & set(kept.typed)


def test_enter_in_a_box_saves_and_never_sends(browser: FlaskClient) -> None:
    page = parse(browser.get(EDIT).text)
    form = next(one for one in page.iter(f"{HTML}form") if "data-keep" in one.attrib)
    first = next(one for one in form.iter(f"{HTML}button") if one.get("type") != "button")
    assert first.get("value") == "save"


def test_rows_are_added_and_taken_away_without_script(press: Press) -> None:
    more = press("add-phones", phones__0__number="01632 960777")
    assert {"phones-0-number", "phones-2-number"} <= set(form_in(more))
    fewer = press("remove-phones-0", more)
    assert "phones-0-number" not in form_in(fewer)
    assert "phones-1-number" in form_in(fewer)


def test_half_typed_times_are_played_back_as_dates(press: Press) -> None:
    answer = press("dates", sessions__0__day="monday", sessions__0__opens_at="2", sessions__0__closes_at="3.30")
    assert "Monday 23 November 2026, 2pm to 3:30pm" in " ".join(answer.text.split())
    assert "There is a problem" not in answer.text
    assert "There is a problem" not in press("dates", sessions__0__opens_at="lat").text


def move(site: Site, **words: str) -> None:
    """Changes the listing's file, as an approval elsewhere does."""
    text = listing_of(site).read_text()
    for old, new in words.items():
        assert old in text
        text = text.replace(old, new)
    listing_of(site).write_text(text)
    site.services.look_again()


def test_a_form_over_an_older_listing_undoes_nothing(site: Site, sam: Who, browser: FlaskClient, press: Press) -> None:
    opened = browser.get(EDIT)
    move(site, **{"Play and songs for toddlers.": "Play, songs and toast.", "01632 960123": "01632 960666"})
    told = press("dates", opened, title="Toddler Wednesday")
    assert "Somebody else has changed this listing" in told.text
    assert press("send", told, title="Toddler Wednesday").status_code == 303
    [sent] = site.own(sam)
    comparison = site.services.moderation.compare(who=sam, number=sent.id)
    assert [(one.key, one.is_contested) for one in comparison.changes] == [("title", False)]
    assert comparison.merged["summary"] == "Play, songs and toast."
    assert comparison.merged["phones"][0]["number"] == "01632 960666"


def test_a_listing_that_was_tampered_with_in_the_form_is_not_believed(site: Site, sam: Who, press: Press) -> None:
    assert press("send", seen="bm90IG91cnM", title="Toddler Wednesday").status_code == 303
    [sent] = site.own(sam)
    changes = site.services.moderation.compare(who=sam, number=sent.id).changes
    assert [one.key for one in changes] == ["title"]


def test_what_no_box_asks_for_is_not_looked_at(site: Site, sam: Who, press: Press) -> None:
    extra = {"provider": "other", "slug": "other", "checked": "2026-11-21", "urgent": "y", "internal_note": "mine"}
    assert press("send", title="Toddler Wednesday", **extra).status_code == 303
    [sent] = site.own(sam)
    assert set(sent.wanted) == set(sent.base)
    assert {key for key in sent.wanted if sent.wanted[key] != sent.base[key]} == {"title"}


def test_a_change_that_was_sent_back_opens_with_its_reason(
    site: Site, sam: Who, browser: FlaskClient, press: Press
) -> None:
    press("send", title="Toddler Wednesday")
    [sent] = site.own(sam)
    who = moderator(site.services)
    moderation = site.services.moderation
    moderation.send_back(who=who, number=sent.id, version=sent.version, reason="Which Wednesday?", now=NOW)
    again = browser.get(EDIT)
    assert "Which Wednesday?" in again.text
    assert form_in(again)["title"] == "Toddler Wednesday"
    assert press("send", again, title="Toddler Thursday").location == f"/desk/proposals/{sent.id}"
    assert [one.state for one in site.own(sam)] == [State.WAITING]


def test_what_was_typed_when_a_session_ended_is_kept(site: Site, sam: Who, browser: FlaskClient, press: Press) -> None:
    opened = browser.get(EDIT)
    site.now = NOW + datetime.timedelta(hours=13)
    answer = press("send", opened, title="Half a na")
    assert (answer.status_code, answer.location) == (303, f"/sign-in?next={EDIT.replace('/', '%2F')}")
    [kept] = site.own(sam)
    assert (kept.state, kept.typed["title"]) == (State.DRAFT, ["Half a na"])
    assert "what you typed is kept" in browser.get(answer.location).text
    again = sign_in(site.app, site.services, sam)
    assert form_in(again.get(EDIT))["title"] == "Half a na"


def test_nothing_is_kept_of_a_form_that_is_not_ours(site: Site, sam: Who, browser: FlaskClient, press: Press) -> None:
    opened = browser.get(EDIT)
    site.now = NOW + datetime.timedelta(hours=13)
    assert press("send", opened, csrf_token="forged").status_code == 303
    site.now = NOW + datetime.timedelta(days=3)
    assert press("send", opened).status_code == 303
    assert site.own(sam) == []


def test_nothing_is_kept_of_somebody_whose_listing_it_is_not(site: Site) -> None:
    stranger = partner(site.services, "other-provider", "Otto Other")
    browser = sign_in(site.app, site.services, stranger)
    token = form_in(sign_in(site.app, site.services, partner(site.services, PROVIDER)).get(EDIT))["csrf_token"]
    site.now = NOW + datetime.timedelta(hours=13)
    assert browser.post(EDIT, data={"csrf_token": token, "title": "Mine"}).status_code == 303
    assert site.own(stranger) == []


def test_a_form_without_its_proof_is_refused(site: Site, sam: Who, browser: FlaskClient) -> None:
    assert browser.post(EDIT, data={"title": "Mine", "button": "send"}).status_code == 400
    assert site.own(sam) == []


STRANGERS = {
    "somebody of another provider": (Held(Role.PARTNER, "other-provider"), 404),
    "a moderator": (Held(Role.MODERATOR), 200),
    "an administrator": (Held(Role.ADMINISTRATOR), 200),
}


@pytest.mark.parametrize(("held", "status"), STRANGERS.values(), ids=STRANGERS)
def test_a_listing_is_changed_by_its_own_people_and_staff(site: Site, held: Held, status: int) -> None:
    who = person(site.services, f"Some {held.role}", held)
    assert sign_in(site.app, site.services, who).get(EDIT).status_code == status


def test_a_link_out_of_a_mail_changes_its_listing_alone(site: Site, sam: Who) -> None:
    token = site.services.accounts.start_limited(person=sam.id, only="change:toddler-tuesday", now=NOW)
    browser = site.app.test_client()
    browser.set_cookie(browser_session(site.services, sam, NOW)["name"], token)
    data = form_in(browser.get(EDIT))
    assert browser.get("/desk/listings/little-stars/edit").status_code == 404
    assert browser.get("/desk").status_code == 403
    sent = browser.post(EDIT, data={**data.to_dict(flat=False), "title": "Toddler Wednesday", "button": "send"})
    assert sent.status_code == 303
    assert browser.get(sent.location).status_code == 200


def test_names_like_one_that_is_typed_are_told_to_the_script(browser: FlaskClient) -> None:
    asked = {"title": "Little Stars", "provider": PROVIDER, "but": "toddler-tuesday"}
    answer = browser.get("/ur/desk/similar", query_string=asked)
    [first, *_] = answer.get_json()
    assert (first["title"], first["path"]) == ("Little Stars stay and play", "/ur/listings/little-stars")
    assert answer.headers["Cache-Control"] == "no-store"
    assert browser.get("/desk/similar").get_json() == []


@pytest.mark.parametrize("content", [ROOT / "content", TESTBRIDGE], ids=["Dudley", "Testbridge"])
def test_the_fullest_listings_make_pages_under_60_kb(content: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    index.mkdir()
    copied = shutil.copytree(content, tmp_path / "content")
    services = Services.open(Settings(copied, index, f"sqlite:///{tmp_path / 'directory.sqlite'}"))
    site = Site(services)
    browser = sign_in(site.app, services, moderator(services))
    fullest = max(services.snapshot.listings.values(), key=lambda one: len(one.model_dump_json()))
    most_rows = max(services.snapshot.listings.values(), key=lambda one: len(one.sessions) + len(one.locations))
    for listing in (fullest, most_rows):
        for language in ("", "/ur"):
            answer = browser.get(f"{language}/desk/listings/{listing.slug}/edit", headers={"Accept-Encoding": "gzip"})
            assert answer.headers["Content-Encoding"] == "gzip"
            assert len(answer.data) < LARGEST_PAGE, listing.slug
