"""What every part of a listing's form is: it fills itself from a listing and gives back the keys that it stands for.

What it cannot show it leaves as it was.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Self

from wtforms import FieldList
from wtforms import Form as Rows

from directory.model.snapshot import Snapshot
from directory.moderation import Fields
from directory.web.partner.sections.boxes import Words
from directory.web.sent_forms import Form

Taken = dict[str, Any]
"""Keys of a listing with their new values; None for a key that is no longer there."""
MOST_ROWS = 12
"""Of phones, times or places: nobody reads more."""
MOST_SENT = 100
"""Rows that are looked at in what is sent: thousands fit into a form, and would keep everybody else waiting."""


class RowList(FieldList):  # type: ignore[type-arg]  # generic in its types alone
    """Rows of a form by their numbers."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> list[int]:
        """The numbers of the rows that were sent. WTForms' own fails on digits such as a raised two."""
        numbered = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,4}})(?:-|$)")
        found = (numbered.match(name) for name in formdata)
        return sorted({int(one[1]) for one in found if one})[:MOST_SENT]


class SectionForm(Form):
    """One part of a listing.

    ``slug`` is its address and its place in a page, ``heading`` what it is called, ``keys`` what it stands for in the
    listing. ``row_lists`` names the fields that people may add rows to and take rows from.
    """

    slug: ClassVar[str]
    heading: ClassVar[Words]
    keys: ClassVar[tuple[str, ...]]
    row_lists: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def filled(fields: Fields) -> dict[str, Any]:
        """What the form shows of a listing: data for its fields."""
        raise NotImplementedError

    def taken(self, fields: Fields) -> Taken:
        """The keys that this part stands for, as they are now; asked of a form without faults.

        ``fields`` is the listing that the form was filled from: what the form does not show comes from there.
        """
        raise NotImplementedError

    def offer(self, snapshot: Snapshot, fields: Fields) -> None:
        """Learns from the content what may be chosen."""

    def press(self, button: str) -> bool:
        """Adds or takes away a row where a button such as add-phones or remove-phones-2 does so; whether it did."""
        act, _, row = button.partition("-")
        name = row.partition("-")[0]
        if name not in self.row_lists or act not in ("add", "remove"):
            return False
        rows = self[name]
        if act == "remove":
            rows.entries[:] = [one for one in rows.entries if one.id != row]
        elif len(rows.entries) < MOST_ROWS:
            rows.append_entry()
        return True

    def with_a_row(self) -> Self:
        """The form with a row to write in, where it has none."""
        for name in self.row_lists:
            if not self[name].entries:
                self[name].append_entry()
        return self


def without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was really said: no key that is empty, false or None."""
    return {key: value for key, value in values.items() if value not in (None, "", False, [], {})}


def in_own_order(was: Iterable[str], chosen: Sequence[str], offered: Iterable[str]) -> list[str]:
    """What is chosen now, in the order in which it was, new ones last; what was not on offer stays."""
    before, on_offer = list(was), set(offered)
    stays = [one for one in before if one in chosen or one not in on_offer]
    return stays + [one for one in chosen if one not in before]


def was_before(row: Any, before: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """What a row was in the listing that the form was filled from; empty for a new row."""
    number = row.was.data or ""
    is_number = number.isdecimal() and len(number) <= 4
    return before[int(number)] if is_number and int(number) < len(before) else {}


__all__ = ["RowList", "Rows", "SectionForm", "Taken", "in_own_order", "was_before", "without_empty"]
