"""The cookie of people who signed in, and whose it is. Pages that everybody may read never ask for it."""

from flask import Response, request

from directory.accounts import Who
from directory.web.showing import shown

DAY = 12 * 60 * 60
"""Seconds that the cookie lives: as long as a session may at most."""


def is_behind_tls() -> bool:
    """Whether people reach the site by https alone, so that cookies may say so."""
    return (shown().services.settings.site_url or "").startswith("https://")


def cookie_name() -> str:
    """The cookie's name: behind TLS one that no other host and no plain http can set (``__Host-``)."""
    return "__Host-signed-in" if is_behind_tls() else "signed-in"


def person_of_request() -> Who | None:
    """Whose request this is; None for nobody, and for a session that is over."""
    token = request.cookies.get(cookie_name())
    return shown().services.accounts.signed_in(token, now=shown().clock()) if token else None


def remember(response: Response, token: str) -> None:
    """Puts a session into the browser."""
    response.set_cookie(
        cookie_name(), token, max_age=DAY, path="/", httponly=True, samesite="Lax", secure=is_behind_tls()
    )


def forget(response: Response) -> None:
    """Takes the session out of the browser."""
    response.delete_cookie(cookie_name(), path="/", httponly=True, samesite="Lax", secure=is_behind_tls())
