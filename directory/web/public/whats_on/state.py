"""What a page of days was asked for beside its days, as it stands in its address: a search, and a page of its results.

Unlike a search for listings, what makes no sense is told, and answered with nothing else: a list of days that left it
out would send somebody to a session that is not for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from flask import request

from directory.web import asked, choices
from directory.web.search_state import SearchState
from directory.web.translate import gettext

_OUR_ZONE = "Europe/London"


@dataclass(frozen=True)
class DaysState(SearchState):
    """The words, the place and every choice, and the ``path`` of the days that they narrow."""

    path: str = ""

    @classmethod
    def of_path(cls, path: str) -> Self:
        """The state that the address asks for, on the page of those days."""
        return cls(asked.words("q"), asked.words("near"), asked.filters(), asked.literal(), path=path)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The parameters of the address, in a fixed order; nothing for what was not asked."""
        return ((name, value) for name, value in super().pairs() if value)

    @property
    def link(self) -> str:
        """The address of the first page of the state."""
        return self.link_to(self.path)

    def link_to(self, path: str) -> str:
        """The address of the same choices on other days."""
        query = urlencode(tuple(self.pairs()))
        return f"{request.environ.get('SCRIPT_NAME', '')}{path}" + (f"?{query}" if query else "")

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked beside the days."""
        return bool(self.words or self.place or self.filters)

    def chosen(self, group: str) -> list[str]:
        """What was chosen in a group."""
        return [one.value for one in self.filters if one.group == group]


def faults() -> Iterator[str]:
    """What the address asks for that makes no sense, each as a sentence that says what to do."""
    zones = {*request.args.getlist("zone"), *request.args.getlist("tz")}
    if not zones <= {_OUR_ZONE, ""}:
        yield gettext("All times are UK times. We cannot show them in another time zone.")
    for group in asked.senseless():
        yield gettext("%(group)s: we do not know this choice. Please choose again.", group=choices.group_name(group))
    if asked.page_number() is None:
        yield gettext("There is no such page of this list. Start at the first page.")
