"""A site with something real behind every address, and a browser of each kind of person, for a walk of all routes."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlmodel import SQLModel, select

from directory.accounts import Held, Role, Who
from directory.moderation import What
from directory.tables import Mail, StaffSession
from directory.truth import Wrong
from tests import staff
from tests.small_content import HUB as HUB_FILE
from tests.web.deciding_site import CHESS, HUB, DecidingSite, open_deciding_site
from tests.web.partner_site import CLUB, COUNCIL, NOW

OTHER_HUB = "moorside-family-hub"
DRUM = "drum-corner"
_MONDAY = "2026-11-30"
"""A day on which the corners meet."""
HALF_IN_LASTS = datetime.timedelta(minutes=15)
_OTHER_HUB_FILE = HUB_FILE.replace("Brackenhill Family Hub", "Moorside Family Hub").replace("TB5 3DY", "TB6 1AA")
_CALENDAR_FILE = "haf:\n  listing: brackenhill-family-hub\n  runs_in: [summer]\n"


@dataclass
class WalkedSite:
    """The site, what stands in for each argument of an address, and who asks."""

    deciding: DecidingSite
    arguments: Mapping[str, Mapping[str, object]]
    browsers: Mapping[str, FlaskClient]

    def path(self, endpoint: str, rule: str) -> str:
        """The address of a rule, with something real in the place of each of its arguments, and what it asks for."""
        given = self.arguments.get(endpoint, {})
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(given[found[1]]), rule) + str(given.get("asked", ""))

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of the database but for when somebody was last seen, which is written as they look at pages."""
        left_out = StaffSession.__table__.c.last_seen_at  # type: ignore[attr-defined]  # SQLModel's own
        tables = {}
        with self.deciding.services.database.reading() as session:
            for name, table in SQLModel.metadata.tables.items():
                columns = [column for column in table.columns if column is not left_out]
                tables[name] = [tuple(row) for row in session.execute(select(*columns).order_by(*table.primary_key))]
        return tables

    def files(self) -> dict[Path, bytes]:
        """Every content file."""
        return {path: path.read_bytes() for path in self.deciding.site.content.rglob("*.yaml")}


def open_walked_site(folder: Path) -> WalkedSite:
    """The site over a folder."""
    deciding = open_deciding_site(folder)
    content = deciding.site.content
    (content / "listings" / f"{OTHER_HUB}.yaml").write_text(_OTHER_HUB_FILE, encoding="utf-8")
    (content / "pages").mkdir()
    (content / "pages" / "about.yaml").write_text("title: About\nsummary: Who runs it.\nbody: Us.\n", encoding="utf-8")
    (content / "calendar.yaml").write_text(_CALENDAR_FILE, encoding="utf-8")
    deciding.services.look_again()
    return WalkedSite(deciding, _arguments(deciding), _browsers(deciding))


def _arguments(deciding: DecidingSite) -> Mapping[str, Mapping[str, object]]:
    """By endpoint, what is real: all of it belongs to the club, whose listings the first hub serves."""
    services, partner = deciding.services, deciding.partner
    deciding.approved(deciding.propose(DRUM, summary="Drums for all ages."))
    deciding.approved(deciding.propose(DRUM, summary="Drums for everybody."))
    waiting = {"number": deciding.propose(summary="Chess for all ages.").id}
    draft = services.moderation.begin(who=partner, kind=What.NEW, slug="", provider=CLUB, now=NOW)
    services.moderation.keep(who=partner, number=draft.id, typed={"kind": ["activity"]}, now=NOW)
    services.reports.take(slug=CHESS, kind=Wrong.TIMES, text="Six, not five.", answer_to=None, now=NOW)
    [report] = services.reports.open(who=deciding.moderator)
    listing, new, told = {"slug": CHESS}, {"number": draft.id, "question": "name"}, {"number": report.id}
    person, hub = {"number": partner.id}, {"slug": HUB, "date": _MONDAY}
    endpoints: dict[str, Mapping[str, object]] = {
        "account.revoke": {"handle": "0" * 16},
        "browsing.a_to_z": {"letter": "c"},
        "browsing.category": {"slug": "stay-and-play"},
        "history.versions": {"slug": DRUM},
        "history.compare": {"slug": DRUM, "a": 1, "b": 2},
        "history.bring_back": {"slug": DRUM, "number": 1},
        "pages.content_page": {"slug": "about"},
        "reporting.reported": {"slug": CHESS, "asked": f"?reference={report.reference}"},
        "signing_in.confirm": {"token": _invitation(deciding)},
        "truth.table": {"name": "by-hub"},
        "changing.one_date": {**listing, "number": 0, "date": _MONDAY},
        "calendars.session": {**listing, "date": _MONDAY, "time": "1700"},
        "calendars.feed": {"kind": "hub", "name": HUB, "asked": "?q=chess"},
        "whats_on.day": {"date": _MONDAY},
        **dict.fromkeys(("hub_days.today", "hub_days.week", "hub_days.board"), hub),
        **dict.fromkeys(("adding.tasks", "adding.question", "adding.answers"), new),
        **dict.fromkeys((f"changing.{one}" for one in ("edit", "check", "close", "cancel", "next_term")), listing),
        **dict.fromkeys(("listings.listing", "reporting.report", "calendars.series"), listing),
        **dict.fromkeys((f"people.{one}" for one in ("person", "grant", "revoke", "leave")), person),
        **dict.fromkeys((f"proposals.{one}" for one in ("proposal", "message", "withdraw", "keep")), waiting),
        **dict.fromkeys(
            (f"queue.{one}" for one in ("proposal", "preview", "approve", "decline", "send_back", "message")), waiting
        ),
        **dict.fromkeys((f"reports.{one}" for one in ("report", "close", "propose")), told),
    }
    return endpoints | _links_of_a_letter(deciding)


def _invitation(deciding: DecidingSite) -> str:
    invited = deciding.services.accounts.invite(
        email="nova@example.org", name="Nova", held=Held(Role.PARTNER, COUNCIL), by=None, site="", now=NOW
    )
    return invited.link.rpartition("/")[2]


def _links_of_a_letter(deciding: DecidingSite) -> dict[str, Mapping[str, object]]:
    deciding.services.truth.remind(now=NOW)
    with deciding.services.database.reading() as session:
        letters = "\n".join(session.exec(select(Mail.text)))
    acts = {"from_mail.still_right": "still-right", "from_mail.change": "change"}
    return {name: {"token": _first(rf"/{act}/([\w-]+)", letters)} for name, act in acts.items()}


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, pattern
    return found[1]


def _browsers(deciding: DecidingSite) -> Mapping[str, FlaskClient]:
    site, services = deciding.site, deciding.services
    left = site.partner(name="Lee Ft")
    browsers = {
        "nobody": site.app.test_client(),
        "partner": site.browser(deciding.partner),
        "partner of others": site.browser(site.partner(COUNCIL)),
        "moderator": site.browser(deciding.moderator),
        "moderator of the hub": site.browser(staff.moderator(services, HUB)),
        "moderator of another hub": site.browser(staff.moderator(services, OTHER_HUB)),
        "administrator": site.browser(staff.administrator(services)),
        "by a letter": _by_a_letter(deciding, CHESS),
        "by a letter about another": _by_a_letter(deciding, DRUM),
        "without a code": _without_a_code(deciding, staff.moderator(services, name="Mo Half In")),
        "left": site.browser(left),
    }
    services.accounts.leave(person=left.id, by=None, now=NOW)
    return browsers


def _by_a_letter(deciding: DecidingSite, slug: str) -> FlaskClient:
    accounts = deciding.services.accounts
    return _with_cookie(deciding, accounts.start_limited(person=deciding.partner.id, only=f"change:{slug}", now=NOW))


def _without_a_code(deciding: DecidingSite, who: Who) -> FlaskClient:
    token = staff.start_session(deciding.services, who, NOW)
    with deciding.services.database.writing() as session:
        [row] = session.exec(select(StaffSession).where(StaffSession.person_id == who.id))
        row.has_code, row.expires_at = False, NOW + HALF_IN_LASTS
    return _with_cookie(deciding, token)


def _with_cookie(deciding: DecidingSite, token: str) -> FlaskClient:
    client = deciding.site.app.test_client()
    client.set_cookie("signed-in", token)
    return client
