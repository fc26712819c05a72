"""The form that picks another day and narrows the days that are shown, drawn once for each set of choices."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from directory.model.filters import AGES, COSTS, MILES, SOME_SEND, TIMES, Filter, Group
from directory.web import choices
from directory.web.drawn import drawn
from directory.web.public.whats_on.state import DaysState
from directory.web.showing import Showing
from directory.web.translate import gettext

_OFFERED: dict[Group, tuple[str, ...]] = {
    "within": MILES,
    "age": AGES,
    "time": tuple(TIMES),
    "cost": COSTS,
    "how": ("drop_in", "book"),
    "send": (SOME_SEND,),
}
"""What one may choose, by group; what else an address asks for stays as it is."""
_GAPS = ("action", "date", "words", "place", "others")


def days_form(state: DaysState, now: Showing, said: str = "", *, is_open: bool = False) -> Markup:
    """The form as it stands for a state; ``said`` is what was typed as a day.

    It is closed also where something was chosen: that stands on tags, and on a phone the form would hide the list.
    """
    picked = {group: _picked(state, group) for group in _OFFERED}
    shown = {Filter(group, value) for group, value in picked.items() if value}
    others = [one for one in state.filters if one not in shown] + [("literal", guess) for guess in state.literal]
    form = drawn("forms/days.html", _GAPS, is_open, *picked.values(), words=lambda: _words(picked, now, is_open))
    root = DaysState(words="", place="", path=state.path).link
    return form.filled(action=root, date=said, words=state.words, place=state.place, others=_hidden(others))


def _picked(state: DaysState, group: Group) -> str:
    return next((one for one in state.chosen(group) if one in _OFFERED[group]), "")


def _words(picked: dict[Group, str], now: Showing, is_open: bool) -> dict[str, Any]:
    return {"is_open": is_open, "selects": [_select(group, value, now) for group, value in picked.items()]}


def _select(group: Group, picked: str, now: Showing) -> dict[str, Any]:
    """A group as the macro of a select takes it."""
    options = [{"value": "", "text": gettext("Any"), "selected": not picked}]
    for value in _OFFERED[group]:
        label = choices.label(Filter(group, value), now.snapshot)
        options.append({"value": value, "text": label, "selected": value == picked})
    return {"id": group, "name": group, "label": {"text": choices.group_name(group)}, "items": options}


def _hidden(others: Iterable[tuple[str, str]]) -> Markup:
    field = Markup('<input type="hidden" name="{}" value="{}">')
    return Markup("").join(field.format(name, value) for name, value in others)
