"""What a form holds, sound or not, as a draft keeps it: every field by its name, with all of its values."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

_NOT_TYPED = frozenset({"csrf_token", "submit", "button"})
Typed = Mapping[str, Any]


def typed_in(form: MultiDict[str, str]) -> dict[str, list[str]]:
    """What somebody typed into a form that was sent; the proof that it is our own form stays out."""
    return {name: values for name, values in form.lists() if name not in _NOT_TYPED}


def typed_again(typed: Typed) -> MultiDict[str, str]:
    """What a draft keeps, as if it were sent again: what a form is filled with when it is opened anew."""
    return MultiDict({name: values for name, values in typed.items() if isinstance(values, list)})
