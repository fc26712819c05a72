"""A small invented directory with people in it, for tests of what they propose and decide."""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from directory.accounts import Who
from directory.model.calendar import LONDON
from directory.moderation import Fields, Moderation, Proposed, Version, What, fields_of
from directory.services import Services
from directory.settings import Settings
from tests.small_content import write_small_content
from tests.staff import moderator, partner

NOW = datetime.datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
STARS, HUB, COUNCIL = "little-stars", "brackenhill-family-hub", "testbridge-council"
BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
"""Has a test run on both databases: what it is about is said in SQL."""
PROVIDERS = {
    "other-charity": "name: Other Charity\n",
    "trusted-club": "name: Trusted Club\ntrusted: true\n",
}


@dataclass
class World:
    """The services over one folder, with a partner of the council and two moderators of all of it."""

    services: Services
    partner: Who
    moderator: Who
    other_moderator: Who

    @property
    def moderation(self) -> Moderation:
        """The room under test."""
        return self.services.moderation

    def live(self, slug: str = STARS) -> dict[str, Any]:
        """What a listing says now, as keys."""
        return dict(fields_of(self.services.snapshot.listings[slug]))

    def file(self, slug: str = STARS) -> Path:
        """The file of a listing."""
        return self.services.settings.content / "listings" / f"{slug}.yaml"

    def begin(self, who: Who | None = None, kind: What = What.EDIT, slug: str = STARS) -> Proposed:
        """A draft, by the partner unless somebody else is named."""
        slug = "" if kind is What.NEW else slug
        return self.moderation.begin(who=who or self.partner, kind=kind, slug=slug, provider=COUNCIL, now=NOW)

    def send(self, draft: Proposed, changed: Fields, who: Who | None = None, note: str = "") -> Proposed:
        """A proposal that waits: the draft's listing as it was begun, with these keys changed."""
        wanted = {**draft.base, **changed}
        return self.moderation.send(who=who or self.partner, number=draft.id, wanted=wanted, note=note, now=NOW)

    def propose(self, who: Who | None = None, kind: What = What.EDIT, slug: str = STARS, **changed: Any) -> Proposed:
        """A proposal that waits, begun on what is live."""
        return self.send(self.begin(who, kind, slug), changed, who)

    def propose_new(self, title: str, **changed: Any) -> Proposed:
        """A proposal for a new listing, like Little Stars but for its title."""
        return self.send(self.begin(kind=What.NEW), {**self.live(), "title": title, **changed})

    def approve(self, proposal: Proposed, **how: Any) -> Version:
        """The moderator's approval of a proposal as it is given."""
        how = {"who": self.moderator, "now": NOW, "version": proposal.version, **how}
        return self.moderation.approve(number=proposal.id, **how)

    def again(self, proposal: Proposed) -> Proposed:
        """A proposal as it is now."""
        return self.moderation.proposal(who=self.moderator, number=proposal.id)


def settings_for(folder: Path, database_url: str = "") -> Settings:
    """Where everything of a world lies."""
    url = database_url or f"sqlite:///{folder / 'directory.sqlite'}"
    return Settings(content=folder / "content", index=folder / "index", database_url=url)


def write_content(folder: Path) -> Path:
    """The files of a world."""
    content = write_small_content(folder / "content")
    for slug, text in PROVIDERS.items():
        (content / "providers" / f"{slug}.yaml").write_text(text)
    return content


def open_world(settings: Settings) -> World:
    """The world over a folder with content."""
    services = Services.open(settings)
    people = moderator(services, name="Mo Derator"), moderator(services, name="Deci Der")
    return World(services, partner(services, COUNCIL), *people)
