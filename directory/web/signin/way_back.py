"""Where somebody goes once they are signed in: back to where they were, and never to another site."""

from urllib.parse import quote, urlsplit

from flask import redirect, request
from werkzeug.wrappers import Response

from directory.accounts import Role, Who

_LONGEST = 500
_NEVER = ("/sign-in", "/sign-out")


def safe_path(text: str) -> str:
    """The path of a page of this site, or nothing.

    Browsers take two slashes, of either kind, for another site, and leave line breaks and tabs out before they look.
    """
    is_path = text.startswith("/") and not text.startswith("//") and len(text) <= _LONGEST
    if not is_path or "\\" in text or not text.isprintable() or text.startswith(_NEVER):
        return ""
    parts = urlsplit(text)
    return "" if parts.scheme or parts.netloc else text


def then() -> str:
    """What the address of the next step ends with, so that the way back is not lost."""
    path = safe_path(request.args.get("next", ""))
    return f"?next={quote(path, safe='')}" if path else ""


def step(path: str) -> Response:
    """Goes to the next step of signing in."""
    return redirect(f"{request.script_root}{path}{then()}", 303)


def first_page(who: Who) -> str:
    """The path of the page that somebody came for, or else of the one that their work begins on."""
    decides = who.has(Role.MODERATOR) or who.has(Role.ADMINISTRATOR)
    return safe_path(request.args.get("next", "")) or ("/queue" if decides else "/desk")
