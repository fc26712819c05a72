"""How true are we: the page, its charts, and the tables that staff take home."""

import csv
import datetime
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from html5lib import parse
from sqlmodel import select

from directory.app import create_app
from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings
from directory.tables import AuditEntry, SearchCount, SearchWords
from directory.truth import Wrong
from directory.web.charts import Part, bar, share
from directory.web.moderator.true_tables import TABLES
from directory.web.spreadsheets import plain_cell
from tests.staff import administrator, moderator, partner, sign_in
from tests.web.rich_content import write_rich_content

NOW = datetime.datetime(2026, 11, 21, 9, 0, tzinfo=LONDON)
HUB = "brackenhill-family-hub"
PAYLOAD = "=HYPERLINK(A1)"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """A directory with a second hub, a listing that is late, a report that waits, and a search in vain."""
    folder = tmp_path_factory.mktemp("figures-pages")
    (folder / "index").mkdir()
    content = write_rich_content(folder / "content")
    hub = (content / f"listings/{HUB}.yaml").read_text(encoding="utf-8")
    (content / "listings/another-hub.yaml").write_text(hub.replace("Brackenhill F", "Another F"), encoding="utf-8")
    stars = content / "listings/little-stars.yaml"
    late = "checked:\n  on: 2026-07-01\n  by: provider\n"
    stars.write_text(stars.read_text(encoding="utf-8") + late, encoding="utf-8")
    services = Services.open(Settings(content, folder / "index", f"sqlite:///{folder / 'directory.sqlite'}"))
    services.reports.take(slug="little-stars", kind=Wrong.GONE, text="", answer_to=None, now=NOW)
    with services.database.writing() as session:
        session.add(SearchWords(key="k", month="2026-11", language="en", words=PAYLOAD))
        session.add(SearchCount(key="k", day=NOW.date(), asked=7, opened=0, results=0))
    return services


@pytest.fixture(scope="module")
def app(services: Services) -> Flask:
    return create_app(services, clock=lambda: NOW)


@pytest.fixture
def staff(app: Flask, services: Services) -> FlaskClient:
    return sign_in(app, services, moderator(services))


def _cells(client: FlaskClient, name: str) -> list[list[str]]:
    answer = client.get(f"/how-true/{name}.csv")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_whole_is_told_in_a_sentence(staff: FlaskClient) -> None:
    html = staff.get("/how-true").text
    told = re.search(r"(\d+) of (\d+) live listings are within their review date: (\d+) in 100\.", html)
    assert told
    checked, live, percent = map(int, told.groups())
    assert 0 < checked < live
    assert percent == 100 * checked // live


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_a_caption_heads_and_a_spreadsheet_of_the_same(staff: FlaskClient, name: str) -> None:
    page = parse(staff.get("/how-true").text, namespaceHTMLElements=False)
    rows = _cells(staff, name)
    shown = page.find(f".//caption[@id='table-{name}']/..")
    if shown is None:
        assert len(rows) == 1
        return
    heads = ["".join(one.itertext()) for one in shown.findall("./thead/tr/th[@scope='col']")]
    assert heads == rows[0]
    assert len(shown.findall("./tbody/tr/th[@scope='row']")) == len(rows) - 1
    assert page.find(f".//a[@href='/how-true/{name}.csv']") is not None


def test_a_moderator_of_one_hub_sees_the_whole_and_their_hub_first(app: Flask, services: Services) -> None:
    for hub, name in ((HUB, "Brackenhill Family Hub"), ("another-hub", "Another Family Hub")):
        rows = _cells(sign_in(app, services, moderator(services, hub)), "by-hub")
        assert rows[1][0] == name
        assert len(rows) == 4  # two hubs, and what no hub serves


def test_what_is_late_is_told_with_what_came_of_it(staff: FlaskClient) -> None:
    [_, late] = _cells(staff, "overdue")
    assert late == [
        "Little Stars stay and play",
        "1 November 2026",
        "20",
        "People are told to call first",
        "Brackenhill Family Hub",
    ]


def test_what_waits_is_told_by_hub(staff: FlaskClient) -> None:
    assert _cells(staff, "reports")[1:] == [["Brackenhill Family Hub", "1", "0", "0"]]


def test_whoever_cannot_be_asked_is_told_until_they_can(services: Services, staff: FlaskClient) -> None:
    assert _cells(staff, "nobody")[1][0] == "Testbridge Council"
    who = partner(services, "testbridge-council")
    assert len(_cells(staff, "nobody")) == 1
    services.accounts.leave(person=who.id, by=None, now=NOW)
    assert len(_cells(staff, "nobody")) == 2


def test_a_search_in_vain_is_told_and_no_spreadsheet_runs_it(staff: FlaskClient) -> None:
    assert PAYLOAD in staff.get("/how-true").text
    assert _cells(staff, "searches")[1:] == [[f"'{PAYLOAD}", "en", "7"]]


def test_a_spreadsheet_is_kept_nowhere_and_noted_in_the_log(app: Flask, services: Services) -> None:
    who = administrator(services)
    answer = sign_in(app, services, who).get("/how-true/by-hub.csv")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="how-true-by-hub-2026-11-21.csv"'
    with services.database.reading() as session:
        noted = session.exec(select(AuditEntry.about).where(AuditEntry.person_id == who.id)).all()
    assert noted == ["how true by-hub"]


@pytest.mark.parametrize("name", ["no-such-table", "..%2f..%2fetc", "by-hub.csv"])
def test_there_is_no_spreadsheet_of_anything_else(staff: FlaskClient, name: str) -> None:
    assert staff.get(f"/how-true/{name}.csv").status_code == 404


@pytest.mark.parametrize("path", ["/how-true", "/how-true/by-hub.csv"])
def test_partners_see_no_figures(app: Flask, services: Services, path: str) -> None:
    assert sign_in(app, services, partner(services, "toy-library")).get(path).status_code == 403


def test_every_chart_says_in_words_what_it_shows(staff: FlaskClient) -> None:
    page = parse(staff.get("/how-true").text, namespaceHTMLElements=False)
    charts = [one for one in page.iter() if one.tag.endswith("svg") and one.get("class") == "chart"]
    assert charts
    assert all(one.get("role") == "img" and one.get("aria-label") for one in charts)
    assert all(one.get("style") is None for one in page.iter())


@pytest.mark.parametrize(
    ("parts", "widths"),
    [
        ([Part(1, "good"), Part(3, "poor")], [("good", "0", "25"), ("poor", "25", "75")]),
        ([Part(0, "good"), Part(2, "poor")], [("poor", "0", "100")]),
        ([Part(1, "good"), Part(2, "fair")], [("good", "0", "33.33"), ("fair", "33.33", "66.67")]),
        ([Part(0, "good")], []),
    ],
    ids=["a quarter", "nothing good", "a third", "nothing at all"],
)
def test_the_parts_of_a_bar_are_as_wide_as_their_numbers(parts: list[Part], widths: list[tuple[str, str, str]]) -> None:
    drawn = re.findall(r'class="chart__(\w+)" x="([\d.]+)" width="([\d.]+)"', bar(parts, "words"))
    assert drawn == widths


def test_the_words_of_a_chart_are_escaped() -> None:
    assert "<b>" not in share(50, '"><b>')


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+44 1632", "'+44 1632"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("\r=1", "'\r=1"),
        ("stay = play", "stay = play"),
        (-5, -5),
    ],
)
def test_no_cell_is_a_formula(typed: str | int, written: str | int) -> None:
    assert plain_cell(typed) == written
