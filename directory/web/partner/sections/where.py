"""Where it happens: at hubs and venues, at addresses of its own, or nowhere in particular."""

from collections.abc import Mapping
from typing import Any

from wtforms import FormField, HiddenField

from directory.model.fields import Postcode
from directory.model.snapshot import Snapshot
from directory.moderation import Fields
from directory.web.partner.sections.boxes import choices, line, one_line, pick, several, sound, yes
from directory.web.partner.sections.section import (
    RowList,
    Rows,
    SectionForm,
    Taken,
    in_own_order,
    was_before,
    without_empty,
)
from directory.web.translate import gettext, lazy_gettext
from directory.web.words import DELIVERY

OWN_ADDRESS = lazy_gettext("Another place: write its address below")
_OWN_KEYS = ("name", "address_1", "city", "postal_code")


def _postcode(text: str | None) -> str:
    """A postcode in capitals, with the space that people leave out."""
    bare = one_line(text).upper()
    joined = bare.replace(" ", "")
    return f"{joined[:-3]} {joined[-3:]}" if 5 <= len(joined) <= 7 else bare


class Place(Rows):
    """One place: a hub or venue, or an address. An empty row is no place."""

    was = HiddenField()
    at = pick(lazy_gettext("Which place?"), "", ())
    name = line(lazy_gettext("Name of the building"), lazy_gettext("For example: “St Luke's church hall”."), limit=120)
    address_1 = line(lazy_gettext("Building number and street"))
    city = line(lazy_gettext("Town or neighbourhood"), limit=120)
    postal_code = line(
        lazy_gettext("Postcode"),
        "",
        sound(Postcode, lazy_gettext("Write a whole postcode, such as DY8 1XF")),
        tidied_by=_postcode,
        width=10,
        autocapitalize="characters",
    )
    note = line(
        lazy_gettext("How to find the door (optional)"),
        lazy_gettext("For example: “Use the side door by the car park.”"),
    )
    hide_exact_address = yes(
        lazy_gettext("Keep the street and the postcode secret"),
        lazy_gettext("For a refuge, or a group that only tells people who have booked."),
    )

    @property
    def own(self) -> dict[str, str]:
        """The parts of an address of its own that are written."""
        return {key: text for key in _OWN_KEYS if (text := self[key].data)}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return not (self.at.data or self.own or self.note.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is well: a hub or an address, and not both."""
        if self.is_empty:
            return True
        is_sound = super().validate(extra_validators)
        if self.at.data and self.own:
            self.at.errors = [gettext("Choose a place from the list or write an address, not both")]
            return False
        if not self.at.data and not self.own and not self.was.data:
            self.at.errors = [gettext("Choose the place, or write its address")]
            return False
        return is_sound


class Where(SectionForm):
    """In which way it is given, and at which places."""

    slug = "where"
    heading = lazy_gettext("Where it is")
    keys = ("delivery", "locations")
    row_lists = ("locations",)

    delivery = several(
        lazy_gettext("How do people take part?"), lazy_gettext("Choose every way that there is."), DELIVERY.items()
    )
    locations = RowList(FormField(Place))

    @staticmethod
    def filled(fields: Fields) -> dict[str, Any]:
        """What the form shows of a listing."""
        keys = ("at", *_OWN_KEYS, "note")
        rows = [
            {
                "was": str(number),
                **{key: one.get(key, "") for key in keys},
                "hide_exact_address": one.get("hide_exact_address", False),
            }
            for number, one in enumerate(fields.get("locations", ()))
        ]
        return {"delivery": list(fields.get("delivery", ())), "locations": rows}

    def taken(self, fields: Fields) -> Taken:
        """The keys of the listing as they are now."""
        before = fields.get("locations", ())
        rows = [_location(one.form, was_before(one.form, before)) for one in self.locations if not one.form.is_empty]
        delivery = in_own_order(fields.get("delivery", ()), self.delivery.data or [], DELIVERY)
        return {"delivery": delivery or None, "locations": [row for row in rows if row] or None}

    def offer(self, snapshot: Snapshot, fields: Fields) -> None:  # noqa: ARG002  # the same for every part of a listing
        """Offers every hub, spoke and venue."""
        named = [(one.slug, one.title) for one in snapshot.buildings]
        named += sorted(((one.slug, one.name) for one in snapshot.venue_by_slug.values()), key=lambda one: one[1])
        offered = choices([("", OWN_ADDRESS), *named])
        for row in self.locations:
            row.form.at.choices = offered


def _location(row: Place, was: Mapping[str, Any]) -> dict[str, Any]:
    """A place as it is now. A place that moved is no longer where its point on the map was."""
    shown = {"at": row.at.data, **{key: row[key].data for key in _OWN_KEYS}}
    has_moved = any((shown[key] or "") != was.get(key, "") for key in ("at", "address_1", "postal_code", "city"))
    kept = {} if has_moved else was
    is_hidden = {"hide_exact_address": row.hide_exact_address.data}
    return without_empty({**kept, **shown, "note": row.note.data, **is_hidden})
