"""A change of one listing while it is being typed: its forms, what they change, and what could be mended."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from govuk_frontend_wtf.main import flatten_errors
from werkzeug.datastructures import MultiDict

from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from directory.moderation import Fields, fields_of
from directory.web.listing_words import name
from directory.web.partner.advice import Advice, advice_on
from directory.web.partner.sections import SECTIONS, SectionForm, When, changed, opened, with_taken
from directory.web.partner.sections.blaming import blame, box_of
from directory.web.partner.sections.playing_back import PlayedBack, played_back
from directory.web.partner.seen import FIELD, sealed, unsealed
from directory.web.partner.similar import Similar, places_of, similar

NOTE = "note"
NOTE_AT_MOST = 600


@dataclass
class Editing:
    """The forms over a listing. ``seen``: the listing as they were opened over it; ``faults`` have no box."""

    listing: Listing
    snapshot: Snapshot
    seen: Fields
    forms: Sequence[SectionForm]
    note: str = ""
    faults: list[str] = field(default_factory=list)

    @classmethod
    def opened(
        cls, listing: Listing, snapshot: Snapshot, typed: MultiDict[str, str] | None = None, button: str = ""
    ) -> "Editing":
        """The forms with what was typed, or else with what the listing says."""
        live = fields_of(listing)
        seen = (unsealed(typed.get(FIELD, "")) if typed else None) or live
        forms = [opened(one, seen, snapshot, typed, button) for one in SECTIONS]
        note = " ".join(typed.get(NOTE, "").split())[:NOTE_AT_MOST] if typed else ""
        return cls(listing, snapshot, seen, forms, note)

    @property
    def sealed(self) -> str:
        """What the page carries, to know next time what it was opened over."""
        return sealed(self.seen)

    def is_sound(self) -> bool:
        """Whether no box has a fault; each box with one says so from now on."""
        faulty = [one for one in self.forms if not one.validate()]
        return not faulty

    @cached_property
    def changes(self) -> dict[str, Any]:
        """The keys that the person changed, with their new values; asked of forms without faults."""
        return changed(self.seen, with_taken(self.seen, self.forms))

    def wanted(self, base: Fields) -> Fields:
        """The whole listing that is proposed: what the change was begun from, with what the person changed."""
        return {key: value for key, value in {**base, **self.changes}.items() if value is not None}

    @property
    def moved(self) -> list[str]:
        """The names of what somebody else changed on the site since the form was opened."""
        return [str(name(key)) for key in changed(self.seen, fields_of(self.listing))]

    def blame(self, faults: Sequence[tuple[str, str]]) -> None:
        """Shows what moderation would not take."""
        self.faults += blame(self.forms, faults)

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every fault with a link to its box, for the summary on top."""
        listed = [one for form in self.forms for one in flatten_errors(_errors(form))]
        return [*({"text": one} for one in self.faults), *listed]

    def advice(self) -> list[tuple[Advice, str]]:
        """What could be mended in what was changed, each with its box; asked of forms without faults."""
        advice = advice_on(self.wanted(self.seen), self.seen, self.listing.slug, self.snapshot)
        return [(one, box_of(one.key)) for one in advice]

    def alike(self) -> Sequence[Similar]:
        """Other listings that a new name makes this one look like; none while the name stays."""
        if "title" not in self.changes:
            return ()
        now = self.wanted(self.seen)
        places = places_of(now.get("locations", ()))
        title, provider = str(now["title"]), self.listing.provider
        return similar(title, self.snapshot, provider=provider, places=places, but=self.listing.slug)

    def played_back(self, now: datetime.datetime) -> PlayedBack:
        """The next dates of the times as they are typed."""
        when = next(one for one in self.forms if isinstance(one, When))
        return played_back(when.readable_sessions(self.seen), now, self.snapshot.calendar)


def _errors(form: SectionForm) -> Mapping[str, Any]:
    """The errors of a form by the names of its boxes, without those of no box."""
    return {str(key): value for key, value in form.errors.items() if key}
