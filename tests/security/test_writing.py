"""What people type ends as words: in files, in letters, in the log, and nowhere as anything else."""

import email
import email.policy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from directory.mail import Mailer
from directory.model.slugs import slug_of
from directory.moderation import What, fields_of
from tests import staff
from tests.security.forms import forms_of, walk
from tests.security.house import House, token
from tests.web.deciding_site import CHESS, SUNG
from tests.web.partner_site import CLUB, NOW

HOSTILE_YAML = {
    "a key": "Chess.\nprovider: testbridge-council\nurgent: true",
    "a list": "- one\n- two\n- !!python/object/apply:os.system [id]",
    "two documents": "Chess\n---\nkind: hub\n...\n%YAML 1.1",
    "an anchor": "&all Chess\n*all\n<<: *all",
    "a tag": "!!binary aGVsbG8=\n!include /etc/passwd",
    "a comment": "Chess # and\n# checked by nobody",
    "quotes": "'\"\\x41\\n' \"unclosed\n  deeper: 'x",
    "a block": "|\n  text\n>+\n  more",
    "trailing spaces": "Chess  \n   three spaces\n\n\nend",
    "a mapping": "{a: b, c: [d]} ? x : y",
    "only a word": "null",
    "a number": "0777",
    "a line end of its own": "Chess\x85provider: x\u2028owner: y\u2029z",
    "braces": "{{ 7*7 }} {% include 'x' %} ${7*7}",
}


@pytest.mark.parametrize("text", HOSTILE_YAML.values(), ids=HOSTILE_YAML)
def test_a_text_is_in_the_file_what_it_was_in_the_form(own_house: House, text: str) -> None:
    site, before = own_house.site, own_house.site.live(CHESS)
    line = " ".join(text.split())[:110]
    texts: dict[str, Any] = {
        "description": text,
        "title": f"Chess {line}",
        "eligibility": {"eligibility_description": text, "not_for": line},
    }
    site.approved(site.propose(CHESS, who=site.second_partner, **texts))
    path = own_house.content / "listings" / f"{CHESS}.yaml"
    assert {**before, **texts} == site.live(CHESS)
    own_house.services.look_again()
    assert own_house.services.content.faults == ()
    assert {**before, **texts} == site.live(CHESS)
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert written.keys() == {**before, **texts}.keys()
    assert written["description"] == text
    assert written["provider"] == CLUB


TITLES = (
    "../../site",
    "..\\..\\site",
    "/etc/passwd",
    "site.yaml",
    ".hidden",
    "C:\\x",
    "con",
    "a" * 118,
    "💥",
    "%2e%2e%2fx",
)


@pytest.mark.parametrize("title", TITLES, ids=ascii)
def test_a_title_names_a_file_among_the_listings_alone(own_house: House, title: str) -> None:
    before = {path for path in own_house.content.rglob("*") if path.parent.name != "listings"}
    files = set((own_house.content / "listings").iterdir())
    one = own_house.site.propose("", what=What.NEW, **{**SUNG, "title": title})
    own_house.site.approved(one)
    (made,) = set((own_house.content / "listings").iterdir()) - files
    assert made.name == f"{slug_of(title)}.yaml"
    assert len(made.name) < 90
    assert {path for path in own_house.content.rglob("*") if path.parent.name != "listings"} == before
    assert own_house.browser("nobody").get(f"/listings/{made.stem}").status_code == 200


EXTRA = {
    "slug": "site",
    "provider": "testbridge-council",
    "owner": "testbridge-council",
    "urgent": "true",
    "sensitive": "false",
    "checked": "2026-11-23",
    "checked-on": "2026-11-23",
    "internal_note": "ours",
    "review_every_months": "36",
    "state": "approved",
    "status": "inactive",
    "by": "1",
    "hub": "",
    "risk": "low",
    "version": "99",
    "wanted": '{"urgent": true}',
    "base": "{}",
    "only": "",
    "person": "1",
    "sources-0-note": "us",
    "kind-x": "hub",
    "is_admin": "y",
}


def test_a_form_says_nothing_but_what_its_boxes_ask(own_house: House) -> None:
    browser, moderation = own_house.browser("partner"), own_house.services.moderation
    path = f"/desk/listings/{CHESS}/edit"
    (form,) = [one for one in forms_of(path, next(walk(browser, path))[1]) if one.action.endswith("/edit")]
    title = next(name for name in form.typed if name == "title")
    as_it_stands = {name: form.sent.getlist(name) for name in form.sent if name != "cost"}  # nobody says a price
    data = {**as_it_stands, title: "Chess hall", "csrf_token": token(browser), "button": "send"}
    for _ in range(2):  # hints are given once
        answer = browser.post(path, data={**EXTRA, **data})
        if answer.status_code == 303:
            break
        data["advised"] = [one.partition('"')[0] for one in answer.text.split('name="advised" value="')[1:]]
    sent = moderation.of_person(who=own_house.people["partner"])[0]
    live = fields_of(own_house.services.snapshot.listings[CHESS])
    assert answer.status_code == 303
    assert (sent.state, sent.by, sent.slug, sent.provider) == ("waiting", own_house.people["partner"].id, CHESS, CLUB)
    assert {**sent.wanted} == {**live, "title": "Chess hall"}


@pytest.mark.parametrize("path", ["/people/invite", f"/listings/{CHESS}/wrong", f"/desk/listings/{CHESS}/close"])
def test_a_role_or_a_state_is_nobodys_to_slip_in(own_house: House, path: str) -> None:
    who = "administrator" if path.startswith("/people") else "partner"
    browser = own_house.browser(who)
    data = {
        **EXTRA,
        "csrf_token": token(browser),
        "role": "partner",
        "provider": CLUB,
        "hub": "",
        "scope": "x",
        "id": "1",
    }
    data |= {
        "email": "new@example.org",
        "name": "New",
        "kind": "times",
        "text": "x",
        "what": "time",
        "until": "1 May 2027",
    }
    assert browser.post(path, data=data).status_code in (200, 303)
    new = [one for one in own_house.services.accounts.people() if one.email == "new@example.org"]
    assert [sorted(held) for held in ([(one.role.value, one.scope) for one in who.held] for who in new)] == (
        [[("partner", CLUB)]] if who == "administrator" else []
    )
    reports = own_house.services.reports.open(who=own_house.people["moderator"])
    assert {one.closed_by for one in reports} == {None}
    own = own_house.services.moderation.of_person(who=own_house.people["partner"])
    assert {one.state.value for one in own} <= {"draft", "waiting", "approved"}
    assert [one.state for one in own if one.kind is What.CLOSURE] in ([], ["waiting"])


HEADER = "Ann\r\nBcc: everybody@example.org\nSubject: Prize\r\n\r\n<b>Click</b>"


def test_no_name_title_or_message_adds_a_header_to_a_letter(own_house: House, tmp_path: Path) -> None:
    site, services = own_house.site, own_house.services
    browser = own_house.browser("administrator")
    invited = {
        "csrf_token": token(browser),
        "email": "new@example.org",
        "name": HEADER,
        "role": "partner",
        "provider": CLUB,
        "hub": "",
    }
    assert browser.post("/people/invite", data=invited).status_code in (200, 303)
    ann = staff.partner(services, CLUB, HEADER)
    one = site.propose(CHESS, who=ann, title="Chess =?utf-8?q?Bcc:?= \u2028 hall", note=HEADER)
    services.moderation.say(who=ann, number=one.id, text=HEADER, now=NOW)
    services.moderation.decline(who=site.moderator, number=one.id, version=one.version, reason=HEADER, now=NOW)
    reported = {
        "csrf_token": token(browser),
        "kind": "other",
        "text": HEADER,
        "answer_to": "ann@example.org\nBcc: x@example.org",
    }
    assert browser.post(f"/listings/{CHESS}/wrong", data=reported).status_code == 422
    assert browser.post(f"/listings/{CHESS}/wrong", data={**reported, "answer_to": ""}).status_code == 303
    folder = tmp_path / "letters"
    sent = Mailer(services.database, replace(services.settings, mail_folder=folder)).send_waiting(now=NOW)
    letters = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in folder.glob("*.eml")
    ]
    assert len(letters) == sent > 5
    known = {who.email for who in services.accounts.people()}
    for letter in letters:
        assert set(letter.keys()) <= HEADERS
        assert len(letter.keys()) == len(set(letter.keys()))
        assert {one.addr_spec for one in letter["To"].addresses} <= known
        assert len(letter["To"].addresses) == 1
        assert letter.get_content_type() == "text/plain"


HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
}


def test_links_open_their_own_door_alone(own_house: House) -> None:
    """A token of one kind is none of another, however it is presented."""
    links = own_house.links
    new = own_house.services.accounts.invite(
        email="new@example.org", name="New", held=next(iter(own_house.site.partner.held)), by=None, site="", now=NOW
    )
    invitation = new.link.rpartition("/")[2]
    tokens = {"still-right": links["still-right"], "change": links["change"], "sign-in": invitation}
    for kind, secret in tokens.items():
        for door in tokens:
            browser = own_house.browser("nobody")
            status = browser.get(f"/{door}/{secret}").status_code
            assert status == (200 if door == kind else 410 if door == "sign-in" else 404), (kind, door)
        for forged in (
            secret[:-1] + "!",
            secret[:-1],
            secret.swapcase(),
            secret + "%00",
            f"{secret}%20",
            f"%20{secret}",
        ):
            assert browser.get(f"/{kind}/{forged}").status_code in (404, 410), (kind, forged)
        browser.set_cookie("signed-in", secret)
        assert browser.get("/desk").status_code == 303


def test_a_cookie_planted_before_a_letters_link_is_worth_nothing(own_house: House) -> None:
    victim, planted = own_house.browser("nobody"), own_house.browser("other partner")
    theirs = planted.get_cookie("signed-in")
    assert theirs
    victim.set_cookie("signed-in", theirs.value)
    proof = token(victim)
    path = f"/change/{own_house.links['change']}"
    assert victim.post(path, data={"csrf_token": proof}).status_code == 303
    now = victim.get_cookie("signed-in")
    assert now
    assert now.value != theirs.value
    assert planted.get("/desk").status_code == 303, "the session that was planted is over"
    assert victim.post(f"/desk/listings/{CHESS}/edit", data={"csrf_token": proof}).status_code == 400
    assert victim.get("/desk").status_code == 403, "the link is for one listing"
