"""Somebody tells that something is wrong, and a moderator answers: through the pages, as they do it."""

import datetime
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select
from werkzeug.test import TestResponse

from directory.app import create_app
from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings
from directory.tables import Mail, Report
from directory.truth import Wrong
from directory.web.public.reporting import PER_ADDRESS, PER_LISTING
from tests.staff import moderator, partner, send, sign_in, token_in
from tests.web.rich_content import write_rich_content

NOW = datetime.datetime(2026, 11, 21, 9, 0, tzinfo=LONDON)
HUB = "brackenhill-family-hub"
WRONG = "/listings/toddler-tuesday/wrong"
SAFE = "/listings/safe-start/wrong"
TOLD = {"kind": "times", "text": "Nobody was there.", "answer_to": "neighbour@example.org", "company": ""}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the rich content and its index, made once: what is told lies in the database alone."""
    folder = tmp_path_factory.mktemp("reporting")
    write_rich_content(folder / "content")
    (folder / "index").mkdir()
    return folder


@pytest.fixture
def services(built: Path, tmp_path: Path) -> Services:
    return Services.open(Settings(built / "content", built / "index", f"sqlite:///{tmp_path / 'directory.sqlite'}"))


@pytest.fixture
def app(services: Services) -> Flask:
    return create_app(services, clock=lambda: NOW)


@pytest.fixture
def staff(app: Flask, services: Services) -> FlaskClient:
    """A moderator's browser."""
    return sign_in(app, services, moderator(services, HUB))


def _reports(services: Services) -> list[Report]:
    with services.database.reading() as session:
        return list(session.exec(select(Report)))


def _tell(services: Services, count: int = 1, answer_to: str | None = None, slug: str = "toddler-tuesday") -> None:
    for number in range(count):
        services.reports.take(slug=slug, kind=Wrong.TIMES, text=f"Told {number}", answer_to=answer_to, now=NOW)


def _refused(answer: TestResponse) -> Iterator[tuple[str, str]]:
    """Every message of the summary, with where its link leads."""
    summary = answer.text.partition('<div class="govuk-error-summary"')[2].partition("</ul>")[0]
    yield from re.findall(r'<a href="(#[a-z_]+)">([^<]+)</a>', summary)


@pytest.mark.parametrize("prefix", ["", "/pl", "/ur"])
def test_every_listing_leads_to_the_form(client: FlaskClient, prefix: str) -> None:
    html = client.get(f"{prefix}/listings/toddler-tuesday").text
    assert html.count(f'href="{prefix}{WRONG}"') == 2  # beside how sure we are, and at the foot
    assert "mailto:team@example.org" not in html
    form = client.get(f"{prefix}{WRONG}")
    assert (form.status_code, form.headers["Cache-Control"]) == (200, "no-store")
    assert '<meta name="robots" content="noindex">' in form.text


def test_what_was_told_is_taken_and_thanked_for(client: FlaskClient, services: Services) -> None:
    sent = send(client, WRONG, TOLD)
    assert sent.status_code == 303
    [row] = _reports(services)
    assert (row.slug, row.kind, row.text, row.answer_to) == (
        "toddler-tuesday",
        "times",
        "Nobody was there.",
        "neighbour@example.org",
    )
    thanks = client.get(sent.headers["Location"])
    assert row.reference in thanks.text
    assert "within 2 working days" in thanks.text


def test_the_form_stays_in_the_language_of_whoever_tells(client: FlaskClient) -> None:
    assert send(client, f"/ur{WRONG}", TOLD).headers["Location"].startswith(f"/ur{WRONG}/sent?reference=")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"kind": ""}, [("#kind", "Choose what is wrong")]),
        ({"kind": "other", "text": " "}, [("#text", "Tell us what is wrong")]),
        ({"text": "x" * 2001}, [("#text", "Write at most 2000 characters")]),
        ({"answer_to": "me@"}, [("#answer_to", "Write an e-mail address, such as name@example.org")]),
        (
            {"answer_to": "me@example.org\nBcc: all@example.org"},
            [("#answer_to", "Write an e-mail address, such as name@example.org")],
        ),
    ],
    ids=["no kind", "something else without words", "too long", "no address", "header injection"],
)
def test_what_is_missing_is_told_beside_it_and_nothing_typed_is_lost(
    client: FlaskClient, services: Services, typed: dict[str, str], told: list[tuple[str, str]]
) -> None:
    answer = send(client, WRONG, {**TOLD, "text": "It moved.", **typed})
    assert answer.status_code == 422
    assert list(_refused(answer)) == told
    assert _reports(services) == []
    for name in {"text", "answer_to"} - typed.keys():
        assert {"text": "It moved.", "answer_to": "neighbour@example.org"}[name] in answer.text


def test_an_unknown_kind_is_refused(client: FlaskClient, services: Services) -> None:
    assert send(client, WRONG, {**TOLD, "kind": "<script>"}).status_code == 422
    assert _reports(services) == []


def test_a_lost_cookie_loses_nothing_that_was_typed(client: FlaskClient, services: Services) -> None:
    answer = client.post(WRONG, data={**TOLD, "csrf_token": "old"})
    assert answer.status_code == 400
    assert "Nobody was there." in answer.text
    assert 'value="times" checked' in answer.text
    assert _reports(services) == []
    again = client.post(WRONG, data={**TOLD, "csrf_token": token_in(answer)})
    assert again.status_code == 303


def test_a_program_that_fills_in_everything_is_asked_again(client: FlaskClient, services: Services) -> None:
    answer = send(client, WRONG, {**TOLD, "company": "Buy things"})
    assert answer.status_code == 422
    assert _reports(services) == []
    assert "Nobody was there." in answer.text
    assert "Buy things" not in answer.text


def test_nobody_sees_the_box_that_must_stay_empty(client: FlaskClient) -> None:
    assert re.search(r'<div hidden>[^\n]*<input [^>]*name="company"[^\n]*</div>', client.get(WRONG).text)


@pytest.mark.parametrize(("path", "can_exit"), [(WRONG, False), (SAFE, True), (f"{SAFE}/sent?reference=AAA-AAA", True)])
def test_the_form_of_a_sensitive_listing_can_be_left_at_once(client: FlaskClient, path: str, can_exit: bool) -> None:
    answer = client.get(path)
    assert ('id="exit"' in answer.text) is can_exit
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("slug", ["no-such-listing", "..%2f..%2fsite", "%00"])
def test_there_is_no_form_about_what_there_is_not(client: FlaskClient, slug: str) -> None:
    assert client.get(f"/listings/{slug}/wrong").status_code == 404


@pytest.mark.parametrize("reference", ["", "ABC", "<script>", "AAA-AA1", "aaa-aaa"])
def test_no_page_thanks_for_a_reference_that_cannot_be(client: FlaskClient, reference: str) -> None:
    assert client.get(f"{WRONG}/sent", query_string={"reference": reference}).status_code == 404


def test_a_listing_that_very_many_tell_about_keeps_what_the_next_one_typed(
    client: FlaskClient, services: Services
) -> None:
    for _ in range(PER_LISTING):
        services.accounts.may_try(key="report listing toddler-tuesday", limit=1, seconds=3600, now=NOW)
    answer = send(client, WRONG, TOLD)
    assert answer.status_code == 429
    assert "Nobody was there." in answer.text
    assert send(client, SAFE, TOLD).status_code == 303
    assert [row.slug for row in _reports(services)] == ["safe-start"]


def test_the_wifi_of_a_hub_is_not_shut_out(client: FlaskClient) -> None:
    assert PER_ADDRESS >= 100
    token = token_in(client.get(WRONG))
    sent = [client.post(WRONG, data={**TOLD, "csrf_token": token}).status_code for _ in range(PER_LISTING)]
    assert set(sent) == {303}


def test_a_notice_stands_on_the_page_until_somebody_has_looked(
    client: FlaskClient, staff: FlaskClient, services: Services
) -> None:
    notice = "Several people told us that the times or the place are wrong. We are checking."
    _tell(services, 2)
    assert notice not in client.get("/listings/toddler-tuesday").text
    _tell(services)
    assert notice in client.get("/listings/toddler-tuesday").text
    send(staff, "/reports/1/close", {"answer": "Right again.", "with_alike": "y"}, opened="/reports/1")
    assert notice not in client.get("/listings/toddler-tuesday").text


def test_no_listings_page_asks_the_database(client: FlaskClient, services: Services) -> None:
    _tell(services, 3)
    services.database.close()
    Path(services.settings.database_url.removeprefix("sqlite:///")).unlink()
    services.database.engine.dispose()
    assert "We are checking." in client.get("/listings/toddler-tuesday").text
    assert not Path(services.settings.database_url.removeprefix("sqlite:///")).exists()


def test_what_people_typed_is_shown_as_text(staff: FlaskClient, services: Services) -> None:
    payload = "<script>alert(1)</script>"
    services.reports.take(slug="toddler-tuesday", kind=Wrong.OTHER, text=payload, answer_to=None, now=NOW)
    for path in ("/reports", "/reports/1"):
        html = staff.get(path).text
        assert payload not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_reports_wait_oldest_first_with_their_promise(staff: FlaskClient, services: Services) -> None:
    for day, slug in ((20, "toddler-tuesday"), (16, HUB)):
        at = NOW.replace(day=day)
        services.reports.take(slug=slug, kind=Wrong.GONE, text="", answer_to=None, now=at)
    html = staff.get("/reports").text
    assert html.index("Brackenhill Family Hub</a></h2>") < html.index("Toddler Tuesday</a></h2>")
    assert "Answer by Tuesday 24 November 2026" in html
    assert html.count("Answer is late") == 1


def test_reports_are_shown_for_one_hub(app: Flask, services: Services) -> None:
    _tell(services)
    _tell(services, slug="talk-line")
    client = sign_in(app, services, moderator(services))
    everything = client.get("/reports").text
    assert "Toddler Tuesday</a>" in everything
    assert "Talk Line</a>" in everything
    assert "Talk Line</a>" not in client.get(f"/reports?hub={HUB}").text
    assert "Toddler Tuesday</a>" not in client.get("/reports?hub=none").text


def test_a_reference_that_somebody_reads_out_leads_to_its_report(staff: FlaskClient, services: Services) -> None:
    _tell(services)
    reference = _reports(services)[0].reference
    assert staff.get(f"/reports?reference={reference.lower()}").headers["Location"] == "/reports/1"
    assert "No report that you look after has this reference" in staff.get("/reports?reference=zzz").text


def test_whoever_asked_for_an_answer_must_get_one(staff: FlaskClient, services: Services) -> None:
    _tell(services, answer_to="neighbour@example.org")
    answer = send(staff, "/reports/1/close", {"answer": " "}, opened="/reports/1")
    assert answer.status_code == 422
    assert list(_refused(answer)) == [("#answer", "Write an answer: the person asked for one")]
    assert "neighbour@example.org" not in answer.text
    done = send(staff, "/reports/1/close", {"answer": "It is Thursday now."}, opened="/reports/1")
    assert done.headers["Location"] == "/reports"
    assert "One report is closed." in staff.get("/reports").text
    with services.database.reading() as session:
        assert session.exec(select(Mail.text).where(Mail.to == "neighbour@example.org")).one()


def test_a_second_moderator_is_told_that_somebody_was_quicker(
    app: Flask, staff: FlaskClient, services: Services
) -> None:
    _tell(services)
    other = sign_in(app, services, moderator(services, HUB, "Quick Moderator"))
    token = token_in(staff.get("/reports/1"))
    send(other, "/reports/1/close", {"answer": "Done."}, opened="/reports/1")
    late = staff.post("/reports/1/close", data={"csrf_token": token, "answer": "Mine."})
    assert late.status_code == 409
    assert "Somebody else closed this report first" in late.text
    assert "Quick Moderator" in late.text


@pytest.mark.parametrize(("kind", "form"), [(Wrong.TIMES, "edit"), (Wrong.GONE, "close")])
def test_a_change_is_made_of_a_report_in_one_step(
    staff: FlaskClient, services: Services, kind: Wrong, form: str
) -> None:
    services.reports.take(slug="toddler-tuesday", kind=kind, text="", answer_to=None, now=NOW)
    begun = send(staff, "/reports/1/propose", opened="/reports/1")
    assert begun.headers["Location"] == f"/desk/listings/toddler-tuesday/{form}"
    assert staff.get(begun.headers["Location"]).status_code == 200
    assert "See the change that was made of this report" in staff.get("/reports/1").text


def test_whoever_runs_a_listing_sees_on_their_desk_what_was_told(app: Flask, services: Services) -> None:
    _tell(services, answer_to="neighbour@example.org")
    desk = sign_in(app, services, partner(services, "testbridge-council")).get("/desk").text
    assert '<blockquote dir="auto">Told 0</blockquote>' in desk
    assert "neighbour@example.org" not in desk
    assert "Told 0" not in sign_in(app, services, partner(services, "another-provider")).get("/desk").text


@pytest.mark.parametrize("who", ["another hub", "partner", "nobody"])
def test_reports_are_for_those_who_look_after_the_listing(app: Flask, services: Services, who: str) -> None:
    _tell(services)
    browsers: dict[str, Callable[[], FlaskClient]] = {
        "another hub": lambda: sign_in(app, services, moderator(services, "another-hub")),
        "partner": lambda: sign_in(app, services, partner(services, "testbridge-council")),
        "nobody": app.test_client,
    }
    assert browsers[who]().get("/reports/1").status_code == {"another hub": 404, "partner": 403, "nobody": 303}[who]


def test_closing_needs_the_proof_of_a_form(staff: FlaskClient, services: Services) -> None:
    _tell(services)
    assert staff.post("/reports/1/close", data={"answer": "x"}).status_code == 400
    assert staff.post("/reports/1/propose").status_code == 400
    assert _reports(services)[0].state == "open"
