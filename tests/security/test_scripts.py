"""Whatever anybody typed, wherever it is shown: no browser runs any of it, and none asks another site for anything."""

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from directory.model.calendar import LONDON
from directory.moderation import What
from tests import staff
from tests.browser import PHONE
from tests.browser_tests.conftest import catch
from tests.security.forms import ADDRESS, FormFound, forms_of, walk
from tests.security.house import House, token
from tests.security.test_csrf import starts
from tests.served import served
from tests.web.deciding_site import CHESS, DRUM
from tests.web.partner_site import CLUB, NOW

SCRIPT = (
    """'"><script>pwned()</script><img src=x onerror=pwned()><svg/onload=pwned()><a href="javascript:pwned()">x</a>"""
)
"""What plain texts may hold: reasons, messages, reports, names."""
ATTRIBUTE = "x\" onfocus=pwned() autofocus tabindex=1 style='color:red' x='"
UNCLOSED = (
    "<img src=https://evil.example.org/x.png onerror=pwned() <svg onload=pwned() {{ 7*7 }} ${7*7} \u2028 </script "
)
"""What gets past the check for HTML in a listing's texts, because no tag of it is ever closed."""
MARKDOWN = (
    "[one](javascript:pwned()) [two](JaVaScRiPt&colonpwned()) [three](java\tscript:pwned())\n\n"
    "[four](data:text/html;base64,PHNjcmlwdD4=)\n\n"
    "![four](https://evil.example.org/x.png) [five](//evil.example.org)\n\n"
    '[six]: javascript:pwned() "x"\n[six] <javascript:pwned()\n\n'
    "`</code <img src=x onerror=pwned()`\n\n    <svg onload=pwned() indented\n"
)
AGENT = "Mozilla/5.0 <script>pwned()</script> Chrome/130 Android"
ADDRESSES = (
    "javascript:pwned()",
    "data:text/html,x",
    'https://evil.example.org/"onclick=pwned()',
    "//evil.example.org",
)
NEVER = "[onfocus], [onerror], [onload], [onclick], [style], img[src^=http], a[href^=javascript]"
BROKEN_IN = "<b style=color:red><img src=data:, onerror=pwned()>"
LISTENING = """
window.told = [];
window.pwned = () => window.told.push('a script ran');
document.addEventListener('securitypolicyviolation',
  (event) => window.told.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
"""
DECIDES_OR_ENDS = ("/approve", "/decline", "/send-back", "/bring-back", "/settings", "/people/invite", "/withdraw")
"""What would take away again what is to be seen."""
PEOPLE = ("nobody", "partner", "moderator", "administrator")
MOST_PAGES = 60


def _typed_everywhere(house: House) -> None:
    """Every form of every page is sent with each of them in every box; what is taken stays, what is not is a draft."""
    for who in ("nobody", "partner", "moderator", "administrator"):
        browser = house.browser(who)
        browser.environ_base["HTTP_USER_AGENT"] = AGENT
        found: dict[str, FormFound] = {}
        for path, tree in walk(browser, *starts(house, who)):
            found |= {re.sub(r"\d+|\w+-corner", "*", form.action): form for form in forms_of(path, tree) if form.typed}
        for form in found.values():
            for text in (UNCLOSED, SCRIPT):
                data = form.with_typed(text)
                data["csrf_token"] = token(browser)
                if not form.action.endswith(DECIDES_OR_ENDS):
                    browser.post(form.action.removeprefix(ADDRESS), data=data)


def _said(house: House) -> None:
    """What people say to each other, and what the public tells."""
    site, moderation, now = house.site, house.services.moderation, NOW
    for text in (SCRIPT, ATTRIBUTE, UNCLOSED, MARKDOWN):
        moderation.say(who=site.partner, number=house.waiting, text=text, now=now)
        moderation.say(who=site.moderator, number=house.waiting, text=text, now=now)
    browser = house.browser("nobody")
    for kind, text in zip(("gone", "times", "contact", "other"), (SCRIPT, ATTRIBUTE, UNCLOSED, MARKDOWN), strict=True):
        data = {"csrf_token": token(browser), "kind": kind, "text": text, "answer_to": "'><svg/onload@example.org"}
        data = data | ({"answer_to": "ann'{{7*7}}@example.org"} if kind != "gone" else {})
        browser.post(f"/listings/{CHESS}/wrong", data=data)
    answered = site.propose("film-corner", title="Films", note=SCRIPT)
    moderation.send_back(who=site.moderator, number=answered.id, version=answered.version, reason=SCRIPT, now=now)
    refused = site.propose("film-corner", who=site.second_partner, summary="Films.", note=ATTRIBUTE)
    moderation.decline(who=site.moderator, number=refused.id, version=refused.version, reason=SCRIPT, now=now)
    moderation.bring_back(who=site.moderator, slug=DRUM, number=1, why=SCRIPT, now=now)
    for name in (SCRIPT, ATTRIBUTE):
        site.propose(DRUM, who=staff.partner(house.services, CLUB, name), summary=f"By {name[:9]}", note=name)


def _published(house: House) -> None:
    """A listing all of whose texts are hostile, as far as they are taken, is approved."""
    texts: dict[str, Any] = {
        "title": f"Sneaky {ATTRIBUTE}"[:120],
        "summary": UNCLOSED[:200],
        "description": MARKDOWN,
        "alternate_names": [ATTRIBUTE, "${7*7}{{7*7}}"],
        "opening_note": ATTRIBUTE,
        "eligibility": {"eligibility_description": UNCLOSED, "not_for": ATTRIBUTE},
        "access": {"ways": ["drop_in"], "application_process": MARKDOWN[:590]},
        "cost": {
            "type": "paid",
            "fees_description": UNCLOSED,
            "cost_options": [{"option": ATTRIBUTE, "amount_pence": 1}],
        },
        "phones": [{"number": "01632 960124", "description": ATTRIBUTE}],
        "email": "a'{{7*7}}`|@example.org",
        "url": "https://evil.example.org/'onclick=pwned()",
        "interpretation_services": ATTRIBUTE,
        "accessibility": {"description": UNCLOSED},
        "translations": {"ur": {"title": ATTRIBUTE, "summary": UNCLOSED[:200], "description": MARKDOWN}},
    }
    one = house.site.propose(CHESS, who=house.site.second_partner, **texts)
    house.site.approved(one)
    new = house.site.propose("", what=What.NEW, **{**SUNG_BADLY, "summary": UNCLOSED[:200], "description": MARKDOWN})
    assert house.site.state(new) == "waiting"


SUNG_BADLY: dict[str, Any] = {
    "kind": "activity",
    "title": f"Song {ATTRIBUTE}"[:120],
    "provider": CLUB,
    "categories": ["talking"],
    "access": {"ways": ["drop_in"]},
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, str]]:
    """A house whose every page shows what somebody hostile typed, and its address."""
    folder: Path = tmp_path_factory.mktemp("scripts")
    house = House(folder)
    _said(house)
    _published(house)
    _typed_everywhere(house)
    with served(house.content, folder) as address:
        yield house, address


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone on which every page tells of what it should not do."""
    context = browser.new_context(viewport={"width": PHONE["width"], "height": PHONE["height"]})
    context.set_default_timeout(30_000)
    context.add_init_script(LISTENING)
    yield context
    context.close()


def _watched(page: Page) -> list[str]:
    told: list[str] = []
    page.on("console", lambda one: told.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: told.append(str(error)))

    def refuse(dialog: Dialog) -> None:
        told.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    return told


def _pages(house: House, who: str) -> list[str]:
    """Addresses of pages in English and Urdu, every kind of page before the second of any kind."""
    found = [path for path, _ in walk(house.browser(who), *starts(house, who))]
    kinds: dict[str, int] = {}
    ranked = []
    for path in found:
        kind = re.sub(r"\d+|\w+-corner|[\w-]{43}", "*", path.partition("?")[0])
        kinds[kind] = kinds.get(kind, 0) + 1
        ranked.append((kinds[kind], path))
    return [path for _, path in sorted(ranked)][:MOST_PAGES]


def test_a_script_that_got_through_would_be_seen(hostile: tuple[House, str], phone: BrowserContext) -> None:
    """The watch itself: without it nothing below could fail."""
    page = phone.new_page()
    told = _watched(page)
    page.goto(hostile[1])
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<b style=color:red><img src=data:, onerror=pwned()>')"
    )
    page.wait_for_function("window.told.length > 1")
    assert {one.partition(" ")[0] for one in page.evaluate("window.told")} == {"script-src-attr", "style-src-attr"}
    assert any("Content Security Policy" in one for one in told)
    assert page.locator(NEVER).count() == 2
    page.evaluate("pwned()")
    assert "a script ran" in page.evaluate("window.told")


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_runs_what_somebody_typed(hostile: tuple[House, str], phone: BrowserContext, who: str) -> None:
    house, address = hostile
    caught = catch(phone)
    if who != "nobody":
        cookie = staff.browser_session(house.services, house.people[who], datetime.datetime.now(LONDON))
        phone.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": address}])
    page = phone.new_page()
    told = _watched(page)
    shown = 0
    for path in _pages(house, who):
        answer = page.goto(address + path)
        assert answer is not None
        assert answer.status in (200, 404, 410), path
        shown += "pwned" in page.content()
        assert (told, page.evaluate("window.told"), [one.url for one in caught]) == ([], [], []), path
        assert page.locator(NEVER).count() == 0, path
    assert shown > 5, "pages show what was typed"


REFLECTED = (
    "/search?q={}&near={}",
    "/ur/search?q={}",
    "/hubs?near={}",
    "/categories/{}",
    "/listings/{}",
    "/suggest?q={}",
    "/sign-in?next=/{}",
    "/desk?q={}",
    "/desk/similar?title=sneaky{}",
    "/queue?hub={}&risk={}&kind={}",
    "/reports?hub={}&reference={}",
    "/history/{}",
    "/people?q={}&role={}&state={}",
    "/log?about={}&what={}&person={}&from={}",
    "/ur/log?about={}",
)


@pytest.mark.parametrize(
    "text", [SCRIPT, ATTRIBUTE, "javascript:pwned()", "</title></style></textarea>" + SCRIPT], ids=range(4)
)
def test_no_page_runs_what_its_address_says(hostile: tuple[House, str], phone: BrowserContext, text: str) -> None:
    house, address = hostile
    caught = catch(phone)
    cookie = staff.browser_session(house.services, house.people["administrator"], datetime.datetime.now(LONDON))
    phone.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": address}])
    page = phone.new_page()
    told = _watched(page)
    for path in REFLECTED:
        page.goto(address + path.replace("{}", quote(text, safe="")))
        errors = [one for one in told if "status of 404" not in one]
        assert (errors, page.evaluate("window.told || []"), [one.url for one in caught]) == ([], [], []), path


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_listing_leads_to_an_address_that_is_none(own_house: House, address: str) -> None:
    browser: FlaskClient = own_house.browser("partner")
    path = f"/desk/listings/{CHESS}/edit"
    form = next(one for one in forms_of(path, next(walk(browser, path))[1]) if one.action.endswith("/edit"))
    data = form.sent.copy()
    data["button"] = "send"
    for name in ("url", "booking_url", "access_url"):
        data[name] = address
    before = len(own_house.services.moderation.of_person(who=own_house.people["partner"]))
    answer = browser.post(path, data=data)
    assert answer.status_code == 200
    assert 'href="javascript' not in answer.text
    own = own_house.services.moderation.of_person(who=own_house.people["partner"])
    assert not any(one.wanted and address in str(one.wanted) for one in own)
    assert len(own) >= before


def test_the_servers_log_says_nothing_of_what_was_typed(hostile: tuple[House, str]) -> None:
    house, address = hostile
    for path in REFLECTED:
        with suppress(HTTPError):
            urlopen(address + path.replace("{}", quote(f"{SCRIPT}\r\nERROR pwned")))
    log = (house.content.parent / "log.txt").read_text(encoding="utf-8")
    assert "Serving" in log
    assert "pwned" not in log
    assert "Traceback" not in log
