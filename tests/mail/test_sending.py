"""Mails are sent once, to a real server on the loopback address or into a folder."""

import datetime
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlmodel import col, update

from directory.mail import Mailer, MailUnusable
from directory.settings import Settings
from directory.tables import Mail, Person
from tests.mail.conftest import NOW, MailServer, Post, free_port

MINUTE = datetime.timedelta(minutes=1)
Start = Callable[..., MailServer]

SENDER = """
import datetime, sys
from pathlib import Path
from directory.mail import Mailer
from directory.settings import Settings
from directory.tables import Database

database = Database(sys.argv[1])
settings = Settings(Path(), Path(), sys.argv[1], smtp_url=sys.argv[2], mail_from="team@example.org")
mailer = Mailer(database, settings)
print("ready", flush=True)
sys.stdin.readline()
print(mailer.send_waiting(now=datetime.datetime.fromisoformat(sys.argv[3])))
"""


def text_of(message: EmailMessage) -> str:
    body = message.get_body()
    assert body is not None
    return "\n".join(str(body.get_content()).split("\r\n")).strip()


def test_a_mail_goes_out_as_it_was_written(post: Post, mail_server: Start) -> None:
    server = mail_server()
    post.write("jo@example.org", subject="Zażółć", text="Dzień dobry\nto Jo\n" + "long " * 300)
    assert post.send(smtp_url=server.url) == 1
    (mail,) = server.taken
    assert mail["To"] == "jo@example.org"
    assert mail["From"] == "Testbridge <team@example.org>"
    assert mail["Subject"] == "Zażółć"
    assert mail["Date"].datetime == NOW
    assert text_of(mail).startswith("Dzień dobry\nto Jo\nlong")


def test_what_was_sent_is_not_sent_again_and_its_words_are_gone(post: Post, mail_server: Start) -> None:
    server = mail_server()
    assert post.write("jo@example.org", key="digest 1")
    assert not post.write("jo@example.org", key="digest 1")
    assert [post.send(smtp_url=server.url), post.send(smtp_url=server.url)] == [1, 0]
    assert not post.write("jo@example.org", key="digest 1")
    assert len(server.taken) == 1
    assert [(one.state, one.to, one.text, one.sent_at) for one in post.rows] == [("sent", "", "", NOW)]


def test_a_mail_to_nobody_is_never_sent(post: Post, mail_server: Start) -> None:
    server = mail_server()
    post.write("", text="a secret")
    assert post.send(smtp_url=server.url) == 0
    assert server.taken == []
    assert [(one.state, one.text) for one in post.rows] == [("nobody", "")]


def test_without_a_server_mails_go_to_the_folder(post: Post) -> None:
    post.write("jo@example.org", text="Come and see")
    assert post.send() == 1
    (file,) = post.settings.mail_folder.iterdir()
    assert file.suffix == ".eml"
    assert file.stat().st_mode & 0o077 == 0
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert text_of(message) == "Come and see"


@pytest.mark.parametrize("post", ["sqlite", "postgresql"], indirect=True)
def test_four_processes_at_once_send_each_mail_once(post: Post, mail_server: Start) -> None:
    server = mail_server()
    for number in range(40):
        post.write(f"p{number}@example.org")
    command = [sys.executable, "-c", SENDER, post.settings.database_url, server.url, NOW.isoformat()]
    pipe = subprocess.PIPE
    senders = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(4)]
    assert [one.stdout and one.stdout.readline() for one in senders] == ["ready\n"] * 4
    for one in senders:
        print("go", file=one.stdin, flush=True)
    sent = [int(one.communicate()[0]) for one in senders]
    assert sum(sent) == 40
    assert Counter(str(mail["To"]) for mail in server.taken) == Counter(
        f"p{number}@example.org" for number in range(40)
    )
    assert set(post.states) == {"sent"}


def test_a_recipient_who_is_refused_is_remembered_and_not_tried_again(post: Post, mail_server: Start) -> None:
    server = mail_server()
    server.refuses["gone@example.org"] = "550 No such person"
    with post.database.writing() as session:
        session.add(Person(id=7, email="gone@example.org", name="Gone", created_at=NOW))
    post.write("gone@example.org", person=7, key="a")
    post.write("here@example.org", key="b")
    assert post.send(smtp_url=server.url) == 1
    assert post.send(after=30 * MINUTE, smtp_url=server.url) == 0
    assert post.states == ["failed", "sent"]
    with post.database.reading() as session:
        assert session.get_one(Person, 7).mail_failed_at == NOW


def test_a_server_that_is_away_and_comes_back_gets_the_mail_once(post: Post, mail_server: Start) -> None:
    port = free_port()
    post.write("jo@example.org")
    assert post.send(smtp_url=f"smtp://127.0.0.1:{port}") == 0
    server = mail_server(port)
    assert post.send(after=MINUTE / 2, smtp_url=server.url) == 0, "too early"
    assert post.send(after=MINUTE, smtp_url=server.url) == 1
    assert post.send(after=90 * MINUTE, smtp_url=server.url) == 0
    assert len(server.taken) == 1


def test_a_server_that_is_away_is_called_once_for_all_mails(post: Post) -> None:
    for number in range(3):
        post.write(f"p{number}@example.org")
    post.send(smtp_url=f"smtp://127.0.0.1:{free_port()}")
    assert [(one.state, one.tries, one.next_try_at) for one in post.rows] == [("waiting", 1, NOW + MINUTE)] * 3


@pytest.mark.parametrize("answer", ["451 Try again", "452 Full"])
def test_a_busy_server_is_asked_again_with_growing_gaps_and_given_up(
    post: Post, mail_server: Start, answer: str
) -> None:
    server = mail_server()
    server.answer = answer
    post.write("jo@example.org")
    asked, at = [], datetime.timedelta(0)
    while post.states == ["waiting"]:
        post.send(after=at, smtp_url=server.url)
        (row,) = post.rows
        if row.next_try_at:
            asked.append((row.next_try_at - NOW - at) / MINUTE)
            at = row.next_try_at - NOW
    assert asked == [1, 5, 15, 60, 180, 360, 720, 1440]
    assert post.states == ["failed"]
    assert server.taken == []


def test_a_mail_whose_sender_died_is_sent_after_some_minutes(post: Post, mail_server: Start) -> None:
    server = mail_server()
    post.write("jo@example.org")
    with post.database.writing() as session:
        claimed = {"state": "sending", "tries": 1, "next_try_at": NOW + 10 * MINUTE}
        session.exec(update(Mail).where(col(Mail.state) == "waiting").values(**claimed))
    assert post.send(after=9 * MINUTE, smtp_url=server.url) == 0
    assert post.send(after=10 * MINUTE, smtp_url=server.url) == 1


def test_a_line_break_cannot_add_a_header(post: Post, mail_server: Start) -> None:
    server = mail_server()
    post.write("jo@example.org", key="a", subject="Hello\r\nBcc: spy@example.org\n\nWords")
    post.write("jo@example.org\r\nBcc: spy@example.org", key="b")
    post.write("jo@example.org, spy@example.org", key="c")
    assert post.send(smtp_url=server.url) == 1
    (mail,) = server.taken
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Hello Bcc: spy@example.org Words"
    assert post.states == ["sent", "failed", "failed"]


@pytest.mark.parametrize(
    "url",
    ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:notaport", "smtp://me:pw@mail.example.org"],
)
def test_an_address_that_is_no_mail_server_is_refused_without_saying_its_password(post: Post, url: str) -> None:
    settings = Settings(Path(), Path(), post.settings.database_url, smtp_url=url)
    with pytest.raises(MailUnusable) as refused:
        Mailer(post.database, settings)
    assert "pw" not in str(refused.value)


def test_what_went_long_ago_is_forgotten(post: Post) -> None:
    post.write("jo@example.org", key="a")
    post.send()
    post.write("later@example.org", key="b")
    mailer = Mailer(post.database, post.settings)
    assert mailer.forget(now=NOW + datetime.timedelta(days=300)) == 0
    assert mailer.forget(now=NOW + datetime.timedelta(days=401)) == 1
    assert post.states == ["waiting"]
