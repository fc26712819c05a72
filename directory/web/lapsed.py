"""Keeps what somebody typed whose session ended while they typed: a form that takes minutes must not be lost.

A view that can keep it says so here; the gate (``access``) asks before it sends them to sign in. Nothing is shown to
anybody, and nothing is kept that does not carry the proof of coming from a form of this site.
"""

from collections.abc import Callable

from flask import request
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from directory.accounts import Who
from directory.web.showing import shown
from directory.web.signed_in import cookie_name

Keep = Callable[[Who], None]
_KEEPERS: dict[str, Keep] = {}


def keeps_typed(endpoint: str) -> Callable[[Keep], Keep]:
    """Names the function that keeps what was sent to a view, for a person whose session has just ended."""

    def remembered(keep: Keep) -> Keep:
        _KEEPERS[endpoint] = keep
        return keep

    return remembered


def typed_by(endpoint: str) -> tuple[Who, Keep] | None:
    """Who sent this form to that view after their session ended, and what keeps it; None where there is nothing."""
    keep, token = _KEEPERS.get(endpoint), request.cookies.get(cookie_name())
    if request.method != "POST" or keep is None or not token or not _comes_from_our_form():
        return None
    who = shown().services.accounts.lapsed(token, now=shown().clock())
    return (who, keep) if who else None


def _comes_from_our_form() -> bool:
    try:
        validate_csrf(request.form.get("csrf_token") or request.headers.get("X-CSRFToken"))
    except ValidationError:
        return False
    return True
