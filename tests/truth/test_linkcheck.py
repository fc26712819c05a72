"""``directory linkcheck`` against a real web server of this machine that answers as websites do."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from directory.cli import main
from directory.truth import Websites
from directory.truth.visits import Answer, Outcome, Visitor
from tests.small_content import LISTING
from tests.truth.conftest import ON_BOTH, Town

AGENT = "FamilyDirectoryLinks/1 (+https://directory.example.org)"
PAGES = {
    "/fine": 200,
    "/gone": 410,
    "/missing": 404,
    "/broken": 503,
    "/members": 403,
    "/no-head": 200,
    "/moved": (301, "/fine"),
    "/moved-twice": (308, "/moved"),
    "/today-elsewhere": (302, "/fine"),
    "/slash": (301, "/slash/"),
    "/slash/": 200,
    "/round": (301, "/round"),
    "/away-and-gone": (301, "/gone"),
    "/to-a-file": (302, "file:///etc/passwd"),
    "/to-a-name": (302, "http://user:pass@127.0.0.1/"),
    "/to-nonsense": (302, "http://[::1"),
    "/secret": 200,
    "/cut": None,
}
"""What each page answers: a status, with an address for those that lead elsewhere; None hangs up."""
ROBOTS = "User-agent: *\nDisallow: /secret\nCrawl-delay: 0.01\n"


class Website(ThreadingHTTPServer):
    """A website that remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        self.robots: tuple[int, str] = (200, ROBOTS)
        self.at_once, self.most_at_once, self.counting = 0, 0, threading.Lock()

    @property
    def address(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answering(BaseHTTPRequestHandler):
    """One request to it."""

    server: Website

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        site = self.server
        with site.counting:
            site.asked.append((self.command, self.path))
            site.agents.add(self.headers["User-Agent"])
            site.at_once += 1
            site.most_at_once = max(site.most_at_once, site.at_once)
        if self.path == "/robots.txt":
            self._send(*site.robots)
        else:
            self._send_page()
        with site.counting:
            site.at_once -= 1

    def _send_page(self) -> None:
        page = PAGES.get(self.path.partition("?")[0], 404)
        if page is None:
            self.close_connection = True
            return
        status, location = page if isinstance(page, tuple) else (page, "")
        if self.path == "/no-head" and self.command == "HEAD":
            status = 405
        self._send(status, "A page", location)

    def _send(self, status: int, text: str, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Keeps the test's output clean."""


@pytest.fixture
def website() -> Iterator[Website]:
    with Website() as site:
        running = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
        running.start()
        yield site
        site.shutdown()
        running.join()


def visitor() -> Visitor:
    return Visitor(AGENT, may_visit_private=True, gap=0)


@pytest.mark.parametrize(
    ("path", "outcome", "detail"),
    [
        pytest.param("/fine", Outcome.FINE, "", id="there"),
        pytest.param("/gone", Outcome.GONE, "410", id="gone"),
        pytest.param("/missing", Outcome.GONE, "404", id="missing"),
        pytest.param("/broken", Outcome.SILENT, "503", id="out of order"),
        pytest.param("/members", Outcome.FINE, "403", id="does not talk to programs"),
        pytest.param("/no-head", Outcome.FINE, "", id="answers whole requests only"),
        pytest.param("/moved", Outcome.MOVED, "/fine", id="moved for good"),
        pytest.param("/moved-twice", Outcome.MOVED, "/fine", id="moved twice for good"),
        pytest.param("/today-elsewhere", Outcome.FINE, "", id="elsewhere for today"),
        pytest.param("/slash", Outcome.FINE, "", id="a slash is no move"),
        pytest.param("/away-and-gone", Outcome.GONE, "410", id="moved and gone"),
        pytest.param("/round", Outcome.SILENT, "without end", id="round in circles"),
        pytest.param("/cut", Outcome.SILENT, "does not answer", id="hangs up"),
        pytest.param("/secret", Outcome.LEFT_ALONE, "robots.txt", id="robots are to stay away"),
        pytest.param("/to-a-file", Outcome.LEFT_ALONE, "no web page", id="leads to a file"),
        pytest.param("/to-a-name", Outcome.LEFT_ALONE, "no web page", id="leads to a sign-in"),
        pytest.param("/to-nonsense", Outcome.LEFT_ALONE, "", id="leads to nonsense"),
    ],
)
def test_what_a_website_answers_is_understood(website: Website, path: str, outcome: Outcome, detail: str) -> None:
    answer = visitor().visit(website.address + path)
    assert answer.outcome is outcome
    assert detail in answer.detail


def test_it_asks_for_the_head_alone_and_says_who_it_is(website: Website) -> None:
    visitor().visit(f"{website.address}/fine?of=today")
    assert website.asked == [("GET", "/robots.txt"), ("HEAD", "/fine?of=today")]
    assert website.agents == {AGENT}


def test_no_page_is_asked_where_robots_are_to_stay_away(website: Website) -> None:
    visitor().visit(f"{website.address}/secret")
    assert website.asked == [("GET", "/robots.txt")]


@pytest.mark.parametrize(
    ("robots", "outcome"),
    [
        pytest.param((404, "no such file"), Outcome.FINE, id="no robots.txt: all is open"),
        pytest.param((500, "out of order"), Outcome.LEFT_ALONE, id="out of order: all is shut"),
        pytest.param((200, "User-agent: FamilyDirectoryLinks\nDisallow: /"), Outcome.LEFT_ALONE, id="shut to us"),
        pytest.param((200, "User-agent: SomebodyElse\nDisallow: /"), Outcome.FINE, id="shut to another"),
        pytest.param((200, "<html>\x00 nonsense \ufffd"), Outcome.FINE, id="a page in its place"),
    ],
)
def test_it_does_what_robots_txt_says(website: Website, robots: tuple[int, str], outcome: Outcome) -> None:
    website.robots = (robots[0], robots[1].encode("ascii", "replace").decode())
    assert visitor().visit(f"{website.address}/fine").outcome is outcome


def test_nobody_there_is_silence(website: Website) -> None:
    website.server_close()
    assert visitor().visit(f"{website.address}/fine") == Answer(Outcome.SILENT, "it does not answer")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:5000/",
        "http://0.0.0.0/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://172.16.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://[::1]/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "https://127.0.0.1/",
        "http://192.0.2.1:8080/",
        "ftp://192.0.2.1/",
    ],
)
def test_no_listing_leads_it_into_a_private_network(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    def connected(*_: object) -> None:
        raise AssertionError("it connected")

    monkeypatch.setattr("socket.socket.connect", connected)
    assert Visitor(AGENT, gap=0).visit(url).outcome is Outcome.LEFT_ALONE


def test_a_website_cannot_lead_it_into_a_private_network(website: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Visitor(AGENT, may_visit_private=True, gap=0)
    one.visit(f"{website.address}/fine")
    monkeypatch.setattr(one, "_may_visit_private", False)
    website.asked.clear()
    assert one.visit(f"{website.address}/today-elsewhere").outcome is Outcome.LEFT_ALONE
    assert website.asked == []


def test_it_leaves_a_host_in_peace_between_two_requests(website: Website) -> None:
    waits: list[float] = []
    one = Visitor(AGENT, may_visit_private=True, gap=5, wait=waits.append)
    one.visit(f"{website.address}/moved")
    assert len(website.asked) == 3
    assert len(waits) == 2
    assert all(4 < wait <= 5 for wait in waits)


def test_a_host_that_asks_for_more_peace_has_it(website: Website) -> None:
    website.robots = (200, "User-agent: *\nCrawl-delay: 20\n")
    waits: list[float] = []
    Visitor(AGENT, may_visit_private=True, gap=5, wait=waits.append).visit(f"{website.address}/moved")
    assert max(waits) > 15


def with_sites(town: Town, website: Website, *paths: str) -> None:
    """One listing for each path of the website; no other listing has one."""
    bare = LISTING.replace("url: https://little-stars.example.org/\n", "")
    town.write("little-stars", bare)
    for number, path in enumerate(paths):
        title = f"Club {number}"
        text = bare.replace("Little Stars stay and play", title) + f"url: {website.address}{path}\n"
        town.write(f"club-{number}", text)


def run(town: Town, *arguments: str) -> Result:
    settings = town.services.settings
    folders = ["--content", str(settings.content), "--index", str(settings.index)]
    return CliRunner().invoke(main, ["linkcheck", *folders, "--database-url", settings.database_url, *arguments])


def test_what_is_gone_and_what_moved_is_told_by_listing(town: Town, website: Website) -> None:
    with_sites(town, website, "/fine", "/gone", "/moved", "/broken")
    done = run(town, "--private", "--gap", "0")
    assert done.exit_code == 1
    told = done.stdout.splitlines()
    assert [line.split(":")[0] for line in told] == ["club-1", "club-2"]
    assert f"{website.address}/gone is gone since" in told[0]
    assert f"{website.address}/moved is moved: {website.address}/fine" in told[1]
    assert "4 websites asked, 2 faults." in done.stderr


def test_all_is_well_where_every_website_answers(town: Town, website: Website) -> None:
    with_sites(town, website, "/fine", "/members")
    done = run(town, "--private", "--gap", "0")
    assert (done.exit_code, done.stdout) == (0, "")


def test_within_a_day_nothing_is_asked_twice_and_what_is_wrong_is_still_told(town: Town, website: Website) -> None:
    with_sites(town, website, "/fine", "/gone")
    first = run(town, "--private", "--gap", "0")
    asked = len(website.asked)
    again = run(town, "--private", "--gap", "0")
    assert len(website.asked) == asked
    assert (again.exit_code, again.stdout) == (first.exit_code, first.stdout)


@ON_BOTH
def test_two_runs_at_once_ask_each_website_once(town: Town, website: Website) -> None:
    with_sites(town, website, *(f"/fine?{number}" for number in range(12)))
    settings = town.services.settings
    environ = {
        **os.environ,
        "DIRECTORY_CONTENT": str(settings.content),
        "DIRECTORY_INDEX": str(settings.index),
        "DIRECTORY_DATABASE_URL": settings.database_url,
    }
    command = [str(Path(sys.executable).parent / "directory"), "linkcheck", "--private", "--gap", "0"]
    runs = [
        subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(2)
    ]
    assert [one.wait(60) for one in runs] == [0, 0]
    pages = [path for method, path in website.asked if method == "HEAD"]
    assert sorted(pages) == sorted(f"/fine?{number}" for number in range(12))


def test_one_host_has_one_request_at_a_time(town: Town, website: Website) -> None:
    with_sites(town, website, *(f"/fine?{number}" for number in range(12)))
    assert run(town, "--private", "--gap", "0").exit_code == 0
    assert website.most_at_once == 1


def test_a_limit_and_a_dry_run_are_kept(town: Town, website: Website) -> None:
    with_sites(town, website, "/fine", "/gone", "/moved")
    dry = run(town, "--dry-run", "--limit", "2")
    assert dry.stdout.split() == [f"{website.address}/fine", f"{website.address}/gone"]
    assert website.asked == []
    run(town, "--private", "--gap", "0", "--limit", "1")
    assert [path for method, path in website.asked if method == "HEAD"] == ["/fine"]
    assert run(town, "--dry-run").stdout.split() == [f"{website.address}/gone", f"{website.address}/moved"]


def test_websites_of_listings_that_people_do_not_find_are_not_asked(town: Town, website: Website) -> None:
    with_sites(town, website, "/fine")
    town.write("club-0", town.read("club-0") + "status: defunct\n")
    run(town, "--private", "--gap", "0")
    assert website.asked == []


@ON_BOTH
def test_silence_is_told_after_three_days(town: Town, website: Website) -> None:
    with_sites(town, website, "/broken")
    sites = Websites(town.services.database, town.services.content)
    told = [
        len(sites.check(visitor(), now=town.on(day).now).faults) for day in ("2026-06-01", "2026-06-02", "2026-06-04")
    ]
    assert told == [0, 0, 1]
    [fault] = sites.faults(now=town.now)
    assert fault.since
    assert fault.since.date().isoformat() == "2026-06-01"
