"""A change of one listing while it is being typed: its forms, what they change, and what could be mended."""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from textwrap import shorten
from typing import Any

from flask import request
from govuk_frontend_wtf.main import flatten_errors
from werkzeug.datastructures import MultiDict

from directory.model.listing import Listing
from directory.model.snapshot import Snapshot
from directory.moderation import Fields, fields_of
from directory.web.listing_words import name, said
from directory.web.partner.advice import advice_on
from directory.web.partner.sections import SECTIONS, SectionForm, When, changed, opened, with_taken
from directory.web.partner.sections.blaming import blame, box_of
from directory.web.partner.sections.playing_back import PlayedBack, played_back
from directory.web.partner.seen import FIELD, sealed, unsealed
from directory.web.partner.similar import Similar, places_of, similar
from directory.web.translate import gettext

NOTE = "note"
NOTE_AT_MOST = 600
ADVISED = "advised"
DATES = "dates"
KEYS = frozenset({"kind", "provider", *(key for section in SECTIONS for key in section.keys)})
"""What the page knows of a listing: all that its boxes stand for, and what hints ask for."""
SHORT = 90
"""Letters of what a part says now that stand beside its name."""


@dataclass(frozen=True)
class Hint:
    """Something to think about before sending: a sentence, where it leads, and the box that it is about."""

    text: str
    href: str
    box: str

    @property
    def digest(self) -> str:
        """What the page remembers that the hint was given by."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Part:
    """One part of the page: its form, what the listing says there now, and whether it lies open."""

    form: SectionForm
    now: str
    is_open: bool


@dataclass
class Editing:
    """The forms over a listing.

    ``seen``: the listing as they were opened over it; ``advised``: hints that the person was given before; ``faults``
    have no box.
    """

    listing: Listing
    snapshot: Snapshot
    seen: Fields
    forms: Sequence[SectionForm]
    note: str = ""
    advised: frozenset[str] = frozenset()
    is_typed: bool = False
    button: str = ""
    faults: list[str] = field(default_factory=list)

    @classmethod
    def opened(
        cls, listing: Listing, snapshot: Snapshot, typed: MultiDict[str, str] | None = None, button: str = ""
    ) -> "Editing":
        """The forms with what was typed, or else with what the listing says."""
        live = _known(listing)
        seen = (unsealed(typed.get(FIELD, "")) if typed else None) or live
        forms = [opened(one, seen, snapshot, typed, button) for one in SECTIONS]
        if typed is None:
            return cls(listing, snapshot, seen, forms)
        note = " ".join(typed.get(NOTE, "").split())[:NOTE_AT_MOST]
        return cls(listing, snapshot, seen, forms, note, frozenset(typed.getlist(ADVISED)), True, button)

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
        return [str(name(key)) for key in changed(self.seen, _known(self.listing))]

    def blame(self, faults: Sequence[tuple[str, str]]) -> None:
        """Shows what moderation would not take."""
        self.faults += blame(self.forms, faults)

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every fault with a link to its box, for the summary on top."""
        listed = [one for form in self.forms for one in flatten_errors(_errors(form))]
        return [*({"text": one} for one in self.faults), *listed]

    @cached_property
    def advice(self) -> list[Hint]:
        """What could be mended in what was changed, and other listings that it looks like; asked of sound forms."""
        now = self.wanted(self.seen)
        advice = [
            Hint(one.text, f"#{box_of(one.key)}", box_of(one.key))
            for one in advice_on(now, self.seen, self.listing.slug, self.snapshot)
        ]
        return advice + [
            Hint(
                gettext("Is it the same as “%(title)s”?", title=one.listing.title),
                f"{request.script_root}/listings/{one.listing.slug}",
                "title",
            )
            for one in self._alike(now)
        ]

    @property
    def has_new_advice(self) -> bool:
        """Whether there is a hint that the person has not been given yet."""
        return not {one.digest for one in self.advice} <= self.advised

    def _alike(self, now: Fields) -> Sequence[Similar]:
        """Other listings that a new name makes this one look like; none while the name stays."""
        if "title" not in self.changes:
            return ()
        return similar(
            str(now["title"]),
            self.snapshot,
            provider=self.listing.provider,
            places=places_of(now.get("locations", ())),
            but=self.listing.slug,
        )

    def parts(self, hints: Sequence[Hint] = ()) -> list[Part]:
        """The parts of the page: those that were changed, and those with something to look at, lie open."""
        boxes = {one.box for one in hints}
        return [Part(one, self._now(one), self._is_open(one, boxes)) for one in self.forms]

    def _is_open(self, form: SectionForm, boxes: set[str]) -> bool:
        is_marked = bool(form.errors) or any(box in form for box in boxes)
        return is_marked or self._is_pressed(form) or (self.is_typed and self._is_changed(form))

    def _is_pressed(self, form: SectionForm) -> bool:
        """Whether the button that was pressed belongs to the part."""
        if self.button == DATES:
            return isinstance(form, When)
        return any(self.button.partition("-")[2].startswith(name) for name in form.row_lists)

    def _is_changed(self, form: SectionForm) -> bool:
        """Whether something else is typed than the part shows of the listing."""
        return bool(_said(form.data) != _said(opened(type(form), self.seen, self.snapshot).data))

    def _now(self, form: SectionForm) -> str:
        """What the listing says there now, cut short."""
        lines = [line for key in form.keys if key in self.seen for line in said(key, self.seen[key], self.snapshot)]
        return shorten(" · ".join(line for line in lines if line), SHORT, placeholder=" …")

    def played_back(self, now: datetime.datetime) -> PlayedBack:
        """The next dates of the times as they are typed."""
        when = next(one for one in self.forms if isinstance(one, When))
        return played_back(when.readable_sessions(self.seen), now, self.snapshot.calendar)


def _errors(form: SectionForm) -> Mapping[str, Any]:
    """The errors of a form by the names of its boxes, without those of no box."""
    return {str(key): value for key, value in form.errors.items() if key}


def _known(listing: Listing) -> Fields:
    return {key: value for key, value in fields_of(listing).items() if key in KEYS}


def _said(data: Any) -> Any:
    """What boxes hold, in a shape to compare: nothing typed is the same as nothing there."""
    if isinstance(data, Mapping):
        return {key: _said(value) for key, value in data.items() if value and key != "csrf_token"}
    return [_said(one) for one in data] if isinstance(data, list) else data
