"""The parts of a listing as forms: what each asks, what it shows of a listing, and what it takes from what was typed.

For every page on which a listing is changed or added. A part that nobody changed gives back the listing's own keys.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from directory.model.snapshot import Snapshot
from directory.moderation import Fields
from directory.web.partner.sections.about import About
from directory.web.partner.sections.contact import Contact
from directory.web.partner.sections.cost import Cost
from directory.web.partner.sections.know import GoodToKnow
from directory.web.partner.sections.people import People
from directory.web.partner.sections.section import SectionForm, Taken
from directory.web.partner.sections.way_in import WayIn
from directory.web.partner.sections.when import When
from directory.web.partner.sections.where import Where

SECTIONS: tuple[type[SectionForm], ...] = (When, Contact, About, People, Cost, WayIn, Where, GoodToKnow)
"""Every part, in the order in which they are asked on a change: what ages fastest comes first."""

__all__ = [
    "SECTIONS",
    "About",
    "Contact",
    "Cost",
    "GoodToKnow",
    "People",
    "SectionForm",
    "Taken",
    "WayIn",
    "When",
    "Where",
    "changed",
    "opened",
    "with_taken",
]


def opened(
    section: type[SectionForm],
    fields: Fields,
    snapshot: Snapshot,
    typed: MultiDict[str, str] | None = None,
    button: str = "",
) -> SectionForm:
    """A part of a listing's form: as it was typed where something was, else as the listing says.

    ``button`` is that of a row to add or to take away, as ``press`` knows it.
    """
    form = section(formdata=typed, data=section.filled(fields))
    form.press(button)
    form.with_a_row().offer(snapshot, fields)
    return form


def with_taken(fields: Fields, forms: Iterable[SectionForm]) -> dict[str, Any]:
    """The whole listing with what the forms say in place of what it said; asked of forms without faults."""
    now: dict[str, Any] = dict(fields)
    for form in forms:
        now.update(form.taken(fields))
    return {key: value for key, value in now.items() if value is not None}


def changed(fields: Fields, now: Mapping[str, Any]) -> dict[str, Any]:
    """The keys in which two listings differ, with their new values; None for a key that is gone."""
    keys = [*fields, *(key for key in now if key not in fields)]
    return {key: now.get(key) for key in keys if fields.get(key) != now.get(key)}
