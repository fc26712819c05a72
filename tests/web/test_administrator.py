"""What administrators do: people and their roles, the settings, and the log."""

import csv
import datetime
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory.accounts import Held, Role, Who
from directory.app import create_app
from directory.model.freshness import ReviewRules
from directory.services import Services
from tests import staff
from tests.html_checker import NuChecker
from tests.web.partner_site import CLUB, COUNCIL, NOW, PartnerSite, open_partner_site, words

HUB = "brackenhill-family-hub"
PAGES = ("/people", "/people/invite", "/people/1", "/settings", "/log")


@pytest.fixture
def site(tmp_path: Path) -> PartnerSite:
    return open_partner_site(tmp_path)


@pytest.fixture
def ada(site: PartnerSite) -> Who:
    return staff.administrator(site.services)


@pytest.fixture
def client(site: PartnerSite, ada: Who) -> FlaskClient:
    return site.browser(ada)


@pytest.fixture
def pat(site: PartnerSite) -> Who:
    return site.partner(name="Pat Partner")


def change(client: FlaskClient, who: Who, act: str, **typed: str) -> TestResponse:
    """Presses a button of somebody's page, and the button of the page that asks whether to."""
    asks = staff.send(client, f"/people/{who.id}/{act}", typed, opened=f"/people/{who.id}")
    if asks.status_code != 200:
        return asks
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', asks.text))
    return client.post(f"/people/{who.id}/{act}", data=kept, follow_redirects=True)


def now_is(site: PartnerSite, who: Who) -> Who:
    return staff.told(site.services, who.id)


def log(site: PartnerSite) -> list[tuple[int | None, str, str]]:
    return [(one.person, one.what, one.about) for one in site.services.log.read()]


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        pytest.param("", ["Ada Ministrator", "Mo Derator", "Pat Partner"], ["Lee Ft"], id="everybody-who-is-here"),
        pytest.param("?q=brackenhill", ["Mo Derator"], ["Pat Partner"], id="by-hub"),
        pytest.param("?q=PAT.partner@", ["Pat Partner"], ["Mo Derator"], id="by-address"),
        pytest.param("?role=partner", ["Pat Partner"], ["Mo Derator", "Ada Ministrator"], id="by-role"),
        pytest.param("?state=left", ["Lee Ft", "Left on 23 November 2026"], ["Pat Partner"], id="who-has-left"),
        pytest.param("?q=nobody", ["Nobody is like that."], ["Pat Partner"], id="nobody"),
    ],
)
def test_people_are_found_by_what_is_known_of_them(
    site: PartnerSite, client: FlaskClient, pat: Who, query: str, seen: list[str], unseen: list[str]
) -> None:
    staff.moderator(site.services, HUB, name="Mo Derator")
    lee = site.partner(name="Lee Ft")
    site.services.accounts.leave(person=lee.id, by=pat.id, now=NOW)
    told = words(client.get(f"/people{query}"))
    assert [one for one in seen if one not in told] == []
    assert [one for one in unseen if one in told] == []


def test_a_list_of_people_says_what_each_may_do_and_whether_they_can_sign_in(
    site: PartnerSite, client: FlaskClient, pat: Who
) -> None:
    held = Held(Role.MODERATOR, HUB)
    site.services.accounts.invite(email="new@example.org", name="Nova", held=held, by=pat.id, site="", now=NOW)
    told = words(client.get("/people"))
    assert "Partner of Corner Club Not here in the last month" in told
    assert "Moderator of Brackenhill Family Hub Not here in the last month No phone set up yet" in told
    assert "Administrator Last here on 23 November 2026 at 09:00" in told


def test_a_long_list_of_people_has_pages(site: PartnerSite, client: FlaskClient) -> None:
    for number in range(30):
        site.partner(name=f"Partner {number:02}")
    assert "Partner 29" not in words(client.get("/people"))
    assert "Partner 29" in words(client.get("/people?page=2"))
    assert client.get("/people?page=3").status_code == 404


def invite(client: FlaskClient, **typed: str) -> TestResponse:
    form = {"email": "new@example.org", "name": "Nova Newcomer", "role": "partner", "provider": CLUB, "hub": ""}
    return staff.send(client, "/people/invite", form | typed)


def test_where_no_mail_is_set_up_the_link_is_shown_once_and_signs_them_in(
    site: PartnerSite, client: FlaskClient
) -> None:
    answer = invite(client)
    link = re.search(r"/sign-in/[\w-]{43}", answer.text)
    assert link
    assert answer.headers["Cache-Control"] == "no-store"
    newcomer = site.app.test_client()
    assert staff.send(newcomer, link[0]).status_code == 303
    assert "Partner of Corner Club" in words(newcomer.get("/account"))
    assert link[0] not in client.get("/people").text


def test_where_mail_is_set_up_the_link_goes_there_and_is_not_shown(site: PartnerSite, ada: Who) -> None:
    settings = replace(site.services.settings, smtp_url="smtp://127.0.0.1:9")
    services = replace(site.services, settings=settings)
    client = staff.sign_in(create_app(services, clock=lambda: NOW), services, ada)
    answer = invite(client)
    assert answer.status_code == 303
    assert "We have sent Nova Newcomer a link." in words(client.get(answer.location))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param({"email": ""}, "Write their e-mail address", id="no-address"),
        pytest.param({"email": "pat at home"}, "Write an e-mail address, as in name@example.org", id="no-real-address"),
        pytest.param({"email": "a@example.org\r\nBcc: b@example.org"}, "Write an e-mail address", id="two-headers"),
        pytest.param({"name": " "}, "Write their name", id="no-name"),
        pytest.param({"role": ""}, "Choose what they are to do", id="no-role"),
        pytest.param({"role": "owner"}, "Not a valid choice", id="no-such-role"),
        pytest.param({"provider": ""}, "Choose the provider that they speak for", id="a-partner-of-nobody"),
        pytest.param({"provider": "no-such"}, "Not a valid choice", id="a-provider-that-is-not"),
        pytest.param({"role": "moderator", "hub": "little-stars"}, "Not a valid choice", id="a-hub-that-is-none"),
        pytest.param({"email": "PAT.partner@example.org"}, "Pat Partner has this address", id="somebody-here"),
    ],
)
@pytest.mark.usefixtures("pat")
def test_an_invitation_that_lacks_something_says_what(
    site: PartnerSite, client: FlaskClient, typed: dict[str, str], told: str
) -> None:
    before = site.services.accounts.people()
    answer = invite(client, **typed)
    assert answer.status_code == 422
    assert told in answer.text
    assert "/sign-in/" not in answer.text
    assert site.services.accounts.people() == before


def test_what_an_invitation_is_not_asked_for_it_does_not_give(site: PartnerSite, client: FlaskClient) -> None:
    invite(client, role="moderator", provider=CLUB, hub=HUB, scope="", is_active="0", id="1", totp_secret="X")
    found = [one for one in site.services.accounts.people() if one.email == "new@example.org"]
    assert [one.held for one in found] == [frozenset({Held(Role.MODERATOR, HUB)})]


def test_a_role_is_given_once_it_was_asked_about(site: PartnerSite, client: FlaskClient, pat: Who, ada: Who) -> None:
    form = {"role": "moderator", "provider": "", "hub": HUB}
    asks = staff.send(client, f"/people/{pat.id}/grant", form, opened=f"/people/{pat.id}")
    assert "New role: Moderator of Brackenhill Family Hub" in words(asks)
    assert now_is(site, pat) == pat
    told = words(change(client, pat, "grant", **form))
    assert "Pat Partner has a new role: Moderator of Brackenhill Family Hub" in told
    assert Held(Role.MODERATOR, HUB) in now_is(site, pat).held
    assert log(site)[0] == (ada.id, "granted a role", f"person {pat.id}")


def test_a_role_without_its_provider_is_asked_for_on_the_same_page(client: FlaskClient, pat: Who) -> None:
    answer = change(client, pat, "grant", role="partner", provider="", hub="")
    assert answer.status_code == 422
    assert "Choose the provider that they speak for" in answer.text


def test_a_role_is_taken_away_once_it_was_asked_about(
    site: PartnerSite, client: FlaskClient, pat: Who, ada: Who
) -> None:
    typed = {"role": "partner", "scope": CLUB}
    staff.send(client, f"/people/{pat.id}/revoke", typed, opened=f"/people/{pat.id}")
    assert now_is(site, pat) == pat
    assert "does not have this role any more: Partner of Corner Club" in words(change(client, pat, "revoke", **typed))
    assert now_is(site, pat).held == frozenset()
    assert log(site)[0] == (ada.id, "revoked a role", f"person {pat.id}")


@pytest.mark.parametrize("typed", [{}, {"role": "partner", "scope": COUNCIL}, {"role": "king", "scope": CLUB}])
def test_a_role_that_they_do_not_have_is_not_asked_about(
    site: PartnerSite, client: FlaskClient, pat: Who, typed: dict[str, str]
) -> None:
    assert change(client, pat, "revoke", **typed).status_code == 303
    assert now_is(site, pat) == pat


def test_somebody_is_signed_out_of_one_browser(site: PartnerSite, client: FlaskClient, pat: Who) -> None:
    lost, kept = site.browser(pat), site.browser(pat)
    handle = site.services.accounts.sessions_of(pat.id, now=NOW)[0].handle
    assert "Pat Partner is signed out there." in words(change(client, pat, "revoke", session=handle))
    assert sorted(browser.get("/desk").status_code for browser in (lost, kept)) == [200, 303]


def test_whoever_has_left_is_signed_out_at_once_and_has_no_role(
    site: PartnerSite, client: FlaskClient, pat: Who
) -> None:
    theirs = site.browser(pat)
    assert theirs.get("/desk").status_code == 200
    staff.send(client, f"/people/{pat.id}/leave", opened=f"/people/{pat.id}")
    assert theirs.get("/desk").status_code == 200
    assert "They have left. Nothing signs them in." in words(change(client, pat, "leave"))
    assert theirs.get("/desk").status_code == 303
    gone = now_is(site, pat)
    assert (gone.is_active, gone.held) == (False, frozenset())
    for act in ("grant", "revoke", "leave"):
        assert staff.send(client, f"/people/{pat.id}/{act}", opened="/people/invite").status_code == 404


@pytest.mark.parametrize(("act", "typed"), [("leave", {}), ("revoke", {"role": "administrator", "scope": ""})])
def test_there_is_always_an_administrator_and_nobody_shuts_themselves_out(
    site: PartnerSite, client: FlaskClient, ada: Who, act: str, typed: dict[str, str]
) -> None:
    alone = change(client, ada, act, **typed)
    assert (alone.status_code, "This is the only administrator." in alone.text) == (409, True)
    bob = staff.administrator(site.services, "Bob Second")
    oneself = change(client, ada, act, **typed)
    assert (oneself.status_code, "You cannot take this away from yourself." in oneself.text) == (409, True)
    assert now_is(site, ada) == ada
    change(site.browser(bob), ada, act, **typed)
    assert not now_is(site, ada).has(Role.ADMINISTRATOR)


def test_nobody_has_a_number_that_was_never_given(client: FlaskClient) -> None:
    assert client.get("/people/99").status_code == 404
    assert client.get("/people/99999999999999999999").status_code == 404


def save(client: FlaskClient, **typed: object) -> TestResponse:
    """Opens the settings, types over some of them, and saves."""
    opened = client.get("/settings").text
    form: dict[str, object] = {"trusted": re.findall(r'name="trusted"[^>]*value="([^"]*)"[^>]*checked', opened)}
    form |= {name: value for name in ReviewRules.model_fields for value in re.findall(_box(name), opened)}
    form["seen"] = re.findall(_box("seen"), opened)
    return staff.send(client, "/settings", form | {"one_more": ""} | typed)


def _box(name: str) -> str:
    return rf'<input[^>]* name="{name}"[^>]* value="([^"]*)"'


def test_a_setting_is_written_into_the_content_and_the_log(site: PartnerSite, client: FlaskClient, ada: Who) -> None:
    before = site.services.rules.now().review
    answer = save(client, activity_months="9", one_more=CLUB)
    assert answer.status_code == 303
    assert "The settings are saved." in words(client.get("/settings"))
    snapshot, wanted = site.services.snapshot, before.model_copy(update={"activity_months": 9})
    assert (snapshot.site.review, snapshot.providers[CLUB].trusted) == (wanted, True)
    assert "\n  activity_months: 9\n" in (site.content / "site.yaml").read_text(encoding="utf-8")
    rules, trusted = sorted(site.services.log.read()[:2], key=lambda one: one.what)
    assert (rules.person, rules.what, rules.details) == (
        ada.id,
        "changed review rules",
        {"activity_months": f"{before.activity_months} to 9"},
    )
    assert (trusted.what, trusted.about) == ("trusted a provider", f"provider {CLUB}")


def test_every_rule_can_be_set(client: FlaskClient) -> None:
    html = client.get("/settings").text
    assert [name for name in ReviewRules.model_fields if not re.search(_box(name), html)] == []


def _cancels_at_once(site: PartnerSite) -> bool:
    return site.services.snapshot.site.review.cancellations_at_once


def test_whether_trusted_providers_cancel_at_once_is_a_tick(site: PartnerSite, client: FlaskClient) -> None:
    assert _cancels_at_once(site)
    save(client, cancellations_at_once=[])
    assert not _cancels_at_once(site)
    assert "cancellations_at_once: false" in (site.content / "site.yaml").read_text(encoding="utf-8")
    assert log(site)[0][1:] == ("changed review rules", "settings")
    save(client, cancellations_at_once="y")
    assert _cancels_at_once(site)


def test_trust_ends_with_the_tick(site: PartnerSite, client: FlaskClient) -> None:
    save(client, one_more=CLUB)
    assert site.services.rules.now().trusted == {CLUB}
    save(client, trusted=[])
    assert not site.services.snapshot.providers[CLUB].trusted
    assert log(site)[0][1:] == ("trusted no more", f"provider {CLUB}")


def test_saving_what_holds_already_writes_nothing(site: PartnerSite, client: FlaskClient) -> None:
    before = (site.content / "site.yaml").read_bytes()
    lines = log(site)
    assert save(client).status_code == 303
    assert (site.content / "site.yaml").read_bytes() == before
    assert log(site) == lines


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param({"activity_months": "0"}, "Write a whole number from 1 to 36", id="too-small"),
        pytest.param({"activity_months": "4.5"}, "Write a whole number from 1 to 36", id="not-whole"),
        pytest.param({"activity_months": "٤"}, "Write a whole number from 1 to 36", id="other-digits"),
        pytest.param({"sinks_after_days": "9" * 500}, "Write a whole number from 7 to 730", id="endless"),
        pytest.param({"leaves_after_days": "30"}, "Write no fewer days than until it goes below", id="in-wrong-order"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_beside_its_field(
    site: PartnerSite, client: FlaskClient, typed: dict[str, str], told: str
) -> None:
    before = site.services.rules.now()
    answer = save(client, **typed)
    assert answer.status_code == 422
    assert answer.text.count(told) == 2  # in the summary and beside the field
    assert site.services.rules.now() == before


def test_a_setting_that_somebody_else_changed_meanwhile_is_not_overwritten(
    site: PartnerSite, client: FlaskClient
) -> None:
    stale = re.findall(_box("seen"), client.get("/settings").text)
    save(client, activity_months="5")
    answer = save(client, activity_months="9", seen=stale)
    assert answer.status_code == 409
    assert "Somebody else changed the settings meanwhile." in answer.text
    assert site.services.snapshot.site.review.activity_months == 5


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("site.yaml", "area: Testbridge # as people call it\n", id="a-note-inside"),
        pytest.param("providers/corner-club.yaml", "name: Corner Club\n# since 2019\n", id="a-note-of-a-provider"),
    ],
)
def test_a_file_with_notes_of_its_own_is_left_to_people(
    site: PartnerSite, client: FlaskClient, path: str, text: str
) -> None:
    file = site.content / path
    file.write_text(
        file.read_text(encoding="utf-8").replace("area: Testbridge\n", text) if path == "site.yaml" else text
    )
    site.services.look_again()
    before, lines = {one: one.read_bytes() for one in site.content.rglob("*.yaml")}, log(site)
    answer = save(client, activity_months="5", one_more=CLUB)
    assert answer.status_code == 409
    assert f"The file {path} has notes that would be lost" in answer.text
    assert {one: one.read_bytes() for one in site.content.rglob("*.yaml")} == before
    assert log(site) == lines


def test_a_heading_of_a_file_stays(site: PartnerSite, client: FlaskClient) -> None:
    file = site.content / "site.yaml"
    file.write_text("# Ours.\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    site.services.look_again()
    save(client, link_months="7")
    assert file.read_text(encoding="utf-8").startswith("# Ours.\n\ntitle: ")


def test_what_no_form_offers_is_not_trusted(site: PartnerSite, client: FlaskClient) -> None:
    for slug in ("no-such-provider", "../site", "corner-club/../../x"):
        assert save(client, one_more=slug, trusted=[slug]).status_code == 403
    assert site.services.rules.now().trusted == frozenset()


@pytest.fixture
def told_log(site: PartnerSite, pat: Who, ada: Who) -> Services:
    """A log with a few lines on two days."""
    services, yesterday = site.services, NOW - datetime.timedelta(days=1)
    services.log.note(person=pat.id, what="signed in", about=f"person {pat.id}", now=yesterday)
    services.log.note(person=pat.id, what="proposed", about="proposal 7", now=NOW, listing="chess-corner")
    services.log.note(person=ada.id, what="approved", about="listing chess-corner", now=NOW, version=2)
    services.log.note(person=ada.id, what="=1+1", about="@SUM(A1)", now=NOW, note="<script>alert(1)</script>")
    return services


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        pytest.param("", ["=1+1", "approved", "proposed", "signed in"], id="everything"),
        pytest.param("?person={pat}", ["proposed", "signed in"], id="of-one-person"),
        pytest.param("?what=approved", ["approved"], id="one-act"),
        pytest.param("?about=listing", ["approved"], id="about-listings"),
        pytest.param("?from=2026-11-23", ["=1+1", "approved", "proposed"], id="since-a-day"),
        pytest.param("?to=2026-11-22", ["signed in"], id="until-a-day"),
        pytest.param("?person={pat}&what=approved", [], id="nothing"),
        pytest.param("?person=-1&from=soon", ["=1+1", "approved", "proposed", "signed in"], id="nonsense"),
    ],
)
@pytest.mark.usefixtures("told_log")
def test_the_log_shows_what_is_asked_for_newest_first(
    client: FlaskClient, pat: Who, query: str, seen: list[str]
) -> None:
    path = query.format(pat=pat.id)
    table = client.get(f"/log.csv{path}").data.decode("utf-8-sig")
    acts = [row["What"].removeprefix("'") for row in csv.DictReader(io.StringIO(table)) if row["What"] != "exported"]
    assert acts == seen
    told = words(client.get(f"/log{path}"))
    shown = {
        "=1+1": "=1+1: @SUM(A1)",
        "approved": "Approved a change : Chess corner",
        "proposed": "Sent in a change : Change 7",
        "signed in": "Signed in : Pat Partner",
    }
    assert [act for act, text in shown.items() if text.replace(" :", ":") in told.replace(" :", ":")] == seen


@pytest.mark.usefixtures("told_log")
def test_a_log_that_is_taken_home_runs_in_no_spreadsheet_and_is_noted(
    site: PartnerSite, client: FlaskClient, ada: Who
) -> None:
    answer = client.get("/log.csv?what==1%2B1")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="log-2026-11-23.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    [row] = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert (row["What"], row["About"], row["Name"]) == ("'=1+1", "'@SUM(A1)", "Ada Ministrator")
    assert log(site)[0] == (ada.id, "exported", "log")


@pytest.mark.usefixtures("told_log")
def test_nothing_in_the_log_is_taken_for_markup(client: FlaskClient) -> None:
    html = client.get("/log").text
    assert "<script>alert" not in html
    assert "note: &lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_date_that_is_none_is_said_to_be_none(client: FlaskClient) -> None:
    assert "Write a date, as in 2026-09-30" in words(client.get("/log?from=soon"))


def test_a_long_log_has_pages_that_keep_what_was_asked(site: PartnerSite, client: FlaskClient, ada: Who) -> None:
    for number in range(60):
        site.services.log.note(person=ada.id, what="exported", about=f"how true {number:02}", now=NOW)
    first = client.get("/log?what=exported")
    assert "60 lines" in words(first)
    assert "how true 00" not in first.text
    assert "what=exported&amp;page=2" in first.text
    assert "how true 00" in words(client.get("/log?what=exported&page=2"))
    assert client.get("/log?what=exported&page=3").status_code == 404


@pytest.mark.parametrize("language", ["", "/ur"])
@pytest.mark.usefixtures("pat")
def test_every_page_of_administrators_is_sound_html(client: FlaskClient, nu_checker: NuChecker, language: str) -> None:
    for path in PAGES:
        answer = client.get(f"{language}{path}")
        assert nu_checker.errors(answer.data) == [], path
        [heading] = re.findall(r"<h1[^>]*>(.*?)</h1>", answer.text)
        assert re.search(rf"<title>\s*{re.escape(re.sub('<.*?>', '', heading))}", answer.text), path
