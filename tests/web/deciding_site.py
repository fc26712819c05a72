"""The partners' site with proposals on it, for tests of what moderators do."""

import datetime
import re
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory.accounts import Who
from directory.moderation import Fields, Proposed, What, fields_of
from tests import staff
from tests.web.partner_site import CLUB, NOW, PartnerSite, open_partner_site

CHESS, DRUM, STARS = "chess-corner", "drum-corner", "little-stars"
HUB = "brackenhill-family-hub"
SUNG: dict[str, Any] = {
    "kind": "activity",
    "title": "Singing corner",
    "summary": "Songs for all ages.",
    "provider": CLUB,
    "categories": ["talking"],
    "access": {"ways": ["drop_in"]},
}
"""A listing that there is not yet. No hub serves it."""


class DecidingSite:
    """The site with a trusted club, its partner, and a moderator of the whole directory who looks at it."""

    def __init__(self, site: PartnerSite) -> None:
        (site.content / "providers" / f"{CLUB}.yaml").write_text("name: Corner Club\ntrusted: true\n", encoding="utf-8")
        site.services.look_again()
        self.site, self.services, self.app = site, site.services, site.app
        self.partner = site.partner(name="Pat Partner")
        self.second_partner = site.partner(name="Quinn Partner")
        self.moderator = staff.moderator(self.services, name="Mo Derator")
        self.other_moderator = staff.moderator(self.services, name="Other Derator")
        self.client: FlaskClient = site.browser(self.moderator)

    def live(self, slug: str = CHESS) -> Fields:
        """What a listing says on the site."""
        return fields_of(self.services.snapshot.listings[slug])

    def propose(
        self,
        slug: str = CHESS,
        *,
        who: Who | None = None,
        what: What = What.EDIT,
        note: str = "",
        before: datetime.timedelta = datetime.timedelta(),
        **changed: Any,
    ) -> Proposed:
        """A proposal that waits: of the club's partner where nobody else is named, so long before now."""
        person, moderation, now = who or self.partner, self.services.moderation, NOW - before
        draft = moderation.begin(who=person, kind=what, slug=slug, provider=CLUB, now=now)
        wanted = {key: value for key, value in {**draft.base, **changed}.items() if value is not None}
        return moderation.send(who=person, number=draft.id, wanted=wanted, note=note, now=now)

    def approved(self, one: Proposed, *, who: Who | None = None) -> None:
        """Somebody, else the other moderator, approves all of a proposal."""
        by = who or self.other_moderator
        self.services.moderation.approve(who=by, number=one.id, version=one.version, now=self.site.now)

    def state(self, one: Proposed) -> str:
        """Where a proposal is in its life."""
        return self.services.moderation.proposal(who=self.moderator, number=one.id).state

    def decide(self, one: Proposed, act: str, page: str | None = None, **typed: str) -> TestResponse:
        """Presses a button of the proposal's page, with the ticks that the page has set and what was typed.

        A value of "-" takes a tick away. ``page`` is one that was opened earlier.
        """
        opened = page or self.client.get(f"/queue/{one.id}").text
        ticked = dict.fromkeys(re.findall(r'name="(accept_\w+)"[^>]* checked', opened), "y")
        hidden = dict(re.findall(r'<input[^>]* name="(csrf_token|version|seen)"[^>]* value="([^"]*)"', opened))
        boxes = {key: text for key, text in {**ticked, **hidden, **typed}.items() if text != "-"}
        return self.client.post(f"/queue/{one.id}/{act}", data=boxes)


def open_deciding_site(folder: Path) -> DecidingSite:
    """The site over a folder."""
    return DecidingSite(open_partner_site(folder))
