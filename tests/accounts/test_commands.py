"""``directory invite`` and ``directory tidy``, as people and timers call them."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlmodel import select

from directory.accounts import Accounts, Held, Role
from directory.cli import main
from directory.tables import Database, Mail
from tests.small_content import write_small_content

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Calls a command over a small content."""
    for name in [name for name in os.environ if name.startswith("DIRECTORY_")]:
        monkeypatch.delenv(name)
    write_small_content(tmp_path / "content")
    (tmp_path / "index").mkdir()
    monkeypatch.setenv("DIRECTORY_CONTENT", str(tmp_path / "content"))
    monkeypatch.setenv("DIRECTORY_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("DIRECTORY_DATABASE_URL", url_in(tmp_path))
    monkeypatch.setenv("DIRECTORY_SITE_URL", "https://directory.example.org")
    return lambda *arguments: CliRunner().invoke(main, arguments)


def url_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'directory.sqlite'}"


def test_invite_prints_the_link_where_no_mail_is_set_up(run: Run, tmp_path: Path) -> None:
    done = run("invite", "Pat@example.org", "--role", "partner", "--provider", "testbridge-council", "--name", "Pat")
    assert done.exit_code == 0, done.output
    assert re.search(r"^https://directory\.example\.org/sign-in/[\w-]{43}$", done.output, re.MULTILINE)
    (pat,) = Accounts(Database(url_in(tmp_path))).people()
    assert (pat.name, pat.email) == ("Pat", "pat@example.org")
    assert pat.held == {Held(Role.PARTNER, "testbridge-council")}


def test_invite_mails_the_link_and_does_not_print_it_where_a_server_is_set_up(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIRECTORY_SMTP_URL", "smtp://127.0.0.1:9")  # nobody listens on the port for throwing away
    done = run("invite", "mo@example.org", "--role", "moderator", "--hub", "brackenhill-family-hub")
    assert done.exit_code == 0, done.output
    assert "/sign-in/" not in done.output
    with Database(url_in(tmp_path)).reading() as session:
        (mail,) = session.exec(select(Mail)).all()
    assert (mail.to, mail.state) == ("mo@example.org", "waiting")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("pat", "--role", "administrator"), "not an e-mail address"),
        (("pat@example.org", "--role", "partner"), "needs a provider"),
        (("pat@example.org", "--role", "partner", "--provider", "nobody"), "no 'nobody'"),
        (("pat@example.org", "--role", "moderator", "--hub", "little-stars"), "no hub 'little-stars'"),
        (("pat@example.org", "--role", "king"), "Invalid value"),
        (("pat@example.org",), "Missing option"),
    ],
)
def test_invite_says_what_is_wrong_and_lets_nobody_in(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    done = run("invite", *arguments)
    assert done.exit_code in (1, 2)
    assert says in done.output
    assert Accounts(Database(url_in(tmp_path))).people() == ()


def test_tidy_may_run_at_any_time(run: Run) -> None:
    run("invite", "ada@example.org", "--role", "administrator")
    assert [run("tidy").output, run("tidy").output] == ["There was nothing to forget.\n"] * 2
