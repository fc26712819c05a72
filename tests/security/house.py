"""A house with something behind every door, the people who may and may not come in, and what tells what moved."""

import datetime
import hashlib
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from flask.testing import FlaskClient
from sqlmodel import SQLModel, col, select
from werkzeug.routing import Rule

from directory.accounts import Who
from directory.moderation import What
from directory.tables import Mail, StaffSession
from directory.truth import Wrong
from directory.web.moderator.true_tables import TABLES
from directory.web.partner.questions import QUESTIONS
from tests import staff
from tests.web.deciding_site import CHESS, DRUM, HUB, DecidingSite
from tests.web.partner_site import CLUB, COUNCIL, NOW, open_partner_site

PUBLIC = frozenset(
    {
        "browsing",
        "calendars",
        "finding",
        "from_mail",
        "holidays",
        "hub_days",
        "hubs",
        "listings",
        "machines",
        "pages",
        "reporting",
        "signing_in",
        "suggesting",
        "whats_on",
    }
)
STAFF = frozenset({"account", "adding", "changing", "desk", "proposals"})
DECIDES = frozenset({"history", "overdue", "queue", "reports", "truth"})
RUNS = frozenset({"log", "people", "settings"})
"""Every part of the site by who it is for."""
FOR_A_LINK = frozenset(
    {
        "changing.edit",
        "proposals.keep",
        "proposals.proposal",
        "proposals.similar",
        "changing.cancel",
        "changing.one_date",
        "changing.next_term",
    }
)
"""All that the link in a letter opens."""


class House:
    """The site with proposals, a report, a history and letters; ``people`` by what they are."""

    def __init__(self, folder: Path, database_url: str | None = None) -> None:
        self.site = DecidingSite(open_partner_site(folder, database_url))
        self.services, self.app, self.content = self.site.services, self.site.app, folder / "content"
        self.rules = list(self.app.url_map.iter_rules())
        self.people: dict[str, Who] = {
            "partner": self.site.partner,
            "other partner": self.site.site.partner(COUNCIL, "Cleo Council"),
            "hub moderator": staff.moderator(self.services, HUB),
            "moderator of another hub": staff.moderator(self.services, "quarry-family-hub"),
            "moderator": self.site.moderator,
            "administrator": staff.administrator(self.services),
        }
        self._end_one_soon()
        self._fill()

    def _end_one_soon(self) -> None:
        """Lets a listing's sessions end, so that the next term's dates can be set."""
        path = self.content / "listings" / "film-corner.yaml"
        path.write_text(path.read_text().replace('"18:00"\n', '"18:00"\n  valid_to: 2026-12-14\n'))
        self.services.look_again()

    def _fill(self) -> None:
        site, moderation = self.site, self.services.moderation
        site.approved(site.propose(DRUM, title="Drums"))
        self.waiting = site.propose(CHESS, title="Chess club", summary="Chess for everybody.", note="We grew.").id
        moderation.say(who=site.partner, number=self.waiting, text="Is it clear?", now=NOW)
        moderation.say(who=site.moderator, number=self.waiting, text="It is.", now=NOW)
        draft = moderation.begin(who=site.partner, kind=What.NEW, slug="", provider=CLUB, now=NOW)
        self.draft = moderation.keep(who=site.partner, number=draft.id, typed={"kind": ["activity"]}, now=NOW).id
        reports = self.services.reports
        reports.take(slug=CHESS, kind=Wrong.TIMES, text="It is at six.", answer_to="ann@example.org", now=NOW)
        self.report = reports.open(who=site.moderator)[0].id
        self.services.truth.remind(now=NOW)
        self.links = dict(re.findall(r"/(still-right|change)/([\w-]{43})", self._letter()))

    def letters(self) -> list[tuple[str, str, str]]:
        """Every letter that waits: to whom, its subject, its text."""
        with self.services.database.reading() as session:
            return [(one.to, one.subject, one.text) for one in session.exec(select(Mail).order_by(col(Mail.id)))]

    def _letter(self) -> str:
        """What the partner is asked about their listings."""
        own = (text for to, _, text in self.letters() if to == self.site.partner.email)
        return next(text for text in own if "/still-right/" in text)

    def browser(self, who: str) -> FlaskClient:
        """The browser of one of the people; of nobody; of who came by a link, or has not given their code yet."""
        if who == "nobody":
            return self.app.test_client()
        if who == "half in":
            return self._with_session(self.people["moderator"], has_code=False)
        if who == "by a link":
            return self._with_session(self.site.partner, only=f"change:{CHESS}")
        return staff.sign_in(self.app, self.services, self.people[who])

    def _with_session(self, who: Who, *, has_code: bool = True, only: str | None = None) -> FlaskClient:
        token = secrets.token_urlsafe(32)
        row = StaffSession(
            token_hash=hashlib.sha256(token.encode()).hexdigest(),
            person_id=who.id,
            created_at=NOW,
            last_seen_at=NOW,
            expires_at=NOW + datetime.timedelta(minutes=15),
            has_code=has_code,
            only=only,
        )
        with self.services.database.writing() as session:
            session.add(row)
        client = self.app.test_client()
        client.set_cookie("signed-in", token)
        return client

    def path(self, rule: Rule) -> str:
        """An address of a page that is there."""
        area = rule.endpoint.partition(".")[0]
        numbers = {
            "changing": 0,
            "reports": self.report,
            "people": self.people["other partner"].id,
            "adding": self.draft,
        }
        words = {
            "slug": {"browsing": "under-5s", "history": DRUM, "hub_days": HUB, "pages": "privacy"}.get(area, CHESS),
            "token": self.links["change" if rule.endpoint == "from_mail.change" else "still-right"],
            "question": QUESTIONS[0].slug,
            "name": HUB if area == "calendars" else next(iter(TABLES)),
            "kind": "hub",
            "date": "2026-11-30",
            "time": "1700",
            "handle": "0" * 16,
            "letter": "c",
            "number": "1" if area == "history" else str(numbers.get(area, self.waiting)),
            "a": "2",
            "b": "1",
        }
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: words[found[1]], rule.rule)

    def takes(self, method: str) -> Iterator[tuple[Rule, str]]:
        """Every rule that takes that method, with an address of it."""
        yield from ((rule, self.path(rule)) for rule in self.rules if method in (rule.methods or ()))

    def state(self) -> dict[str, str]:
        """Everything that the content and the database hold, but for when sessions were seen and attempts counted."""
        files = {str(path): path.read_text() for path in sorted(self.content.rglob("*.yaml"))}
        with self.services.database.reading() as session:
            rows = {
                table.name: repr(sorted(map(repr, session.execute(table.select()).all())))
                for table in SQLModel.metadata.sorted_tables
                if table.name not in ("attempt", "staffsession")
            }
        return files | rows


def token(client: FlaskClient) -> str:
    """A proof that is good for every form in this browser."""
    return staff.token_in(client.get("/sign-in"))
