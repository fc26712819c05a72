"""Who may enter which view. Everything is shut until it is opened on purpose.

A view that nobody thought about answers 403.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request

View = TypeVar("View", bound=Callable[..., Any])
_MARK = "who_may_enter"
EVERYONE = "everyone"


def open_to_everyone(view: View) -> View:
    """Opens a view to the whole public, signed in or not."""
    setattr(view, _MARK, EVERYONE)
    return view


def who_may_enter(view: Callable[..., Any] | None) -> str | None:
    """Whom a view was opened to, or None for a view that was never opened."""
    return getattr(view, _MARK, None)


def _refuse_what_is_not_open() -> None:
    if request.endpoint is None:
        return
    if who_may_enter(current_app.view_functions.get(request.endpoint)) != EVERYONE:
        abort(403)


def guard(app: Flask) -> None:
    """Puts the gate before every view of the application, those of blueprints included."""
    app.before_request(_refuse_what_is_not_open)
