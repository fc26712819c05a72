"""The cookies of people who signed in, or are about to. Pages that everybody may read never ask for them."""

import re

from flask import request, session
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts import Who
from directory.web.showing import shown

DAY = 12 * 60 * 60
"""Seconds that the cookie lives: as long as a session may at most."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def is_behind_tls() -> bool:
    """Whether people reach the site by https alone, so that cookies may say so."""
    return (shown().services.settings.site_url or "").startswith("https://")


def cookie_name(name: str = "signed-in") -> str:
    """A cookie's name: behind TLS one that no other host and no plain http can set (``__Host-``)."""
    return f"__Host-{name}" if is_behind_tls() else name


def token_of_request(name: str = "signed-in") -> str:
    """What a cookie of ours holds; empty where there is none, or something that we never made."""
    token = request.cookies.get(cookie_name(name), "")
    return token if _TOKEN.fullmatch(token) else ""


def person_of_request() -> Who | None:
    """Whose request this is; None for nobody, and for a session that is over."""
    token = token_of_request()
    return shown().services.accounts.signed_in(token, now=shown().clock()) if token else None


def remember(response: AnyResponse, token: str, name: str = "signed-in", seconds: int = DAY) -> None:
    """Puts a session, or another token of ours, into the browser."""
    response.set_cookie(
        cookie_name(name), token, max_age=seconds, path="/", httponly=True, samesite="Lax", secure=is_behind_tls()
    )


def forget(response: AnyResponse) -> None:
    """Takes the session out of the browser."""
    response.delete_cookie(cookie_name(), path="/", httponly=True, samesite="Lax", secure=is_behind_tls())


def begin(response: AnyResponse, token: str) -> None:
    """Puts a new session into the browser in place of whatever there was, and with it a new proof for forms.

    Somebody who had planted a cookie before, of either kind, is left with one that opens nothing.
    """
    before = token_of_request()
    if before:
        shown().services.accounts.sign_out(before, now=shown().clock())
    session.clear()
    remember(response, token)


def device() -> str:
    """What somebody signs in with, in two proper names: enough to know one's own phone from somebody else's."""
    told = request.user_agent.string
    browser = next((name for mark, name in _BROWSERS if mark in told), "")
    system = next((name for mark, name in _SYSTEMS if mark in told), "")
    return ", ".join(filter(None, (browser, system)))


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
"""What each names itself by; those that name others too come before them."""
