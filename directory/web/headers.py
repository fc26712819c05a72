"""What every answer tells the browser: run only what this site put in the page itself, and ask nobody else."""

import base64
import hashlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, request
from markupsafe import Markup

from directory.settings import resources

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

YEAR = 31_536_000
FRESH_SECONDS = 60
"""How long a browser may show an ordinary page again without asking."""

_ALWAYS = {
    "Strict-Transport-Security": f"max-age={2 * YEAR}; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    # Our own pages may know that somebody came from our results; no other site learns anything.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()",
}


class BuiltFiles:
    """The styles and the scripts that the front-end build made, read once, to be put inside pages."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or resources("static") / "built"

    def _read(self, name: str) -> Markup:
        text = (self._folder / name).read_text(encoding="utf-8").strip()
        return Markup(text)  # noqa: S704  # nosec B704  # our own build's output

    @cached_property
    def site_styles(self) -> Markup:
        """What every page looks like."""
        return self._read("site.css")

    @cached_property
    def listing_styles(self) -> Markup:
        """What listings and hubs need as well."""
        return self._read("listing.css")

    @cached_property
    def day_styles(self) -> Markup:
        """What lists of what is on need as well."""
        return self._read("days.css")

    @cached_property
    def board_styles(self) -> Markup:
        """What the days of a hub need as well, on paper for its door and on a screen on its wall."""
        return self._read("board.css")

    @cached_property
    def exit_script(self) -> Markup:
        """What makes "Exit this page" quick, and hides a page when somebody goes back to it afterwards."""
        return self._read("exit.js")

    @cached_property
    def find_script(self) -> Markup:
        """What suggests as one types in a search box, and tells the place box where one is at one's wish."""
        return self._read("find.js")

    @cached_property
    def board_script(self) -> Markup:
        """What keeps a notice board on a wall new."""
        return self._read("board.js")

    @cached_property
    def staff_styles(self) -> Markup:
        """What staff pages and forms that are sent need as well."""
        return self._read("staff.css")

    @cached_property
    def edit_script(self) -> Markup:
        """What keeps what is typed into a long form from being lost."""
        return self._read("edit.js")

    @cached_property
    def policy(self) -> str:
        """The content security policy: nothing at all but these styles and scripts, known by their hashes.

        Scripts may ask this site alone.
        """
        sheets = (self.site_styles, self.listing_styles, self.day_styles, self.board_styles, self.staff_styles)
        styles = " ".join(_hash(text) for text in sheets)
        scripts = " ".join(
            _hash(text) for text in (self.exit_script, self.find_script, self.board_script, self.edit_script)
        )
        return (
            f"default-src 'none'; style-src {styles}; script-src {scripts}; connect-src 'self'; img-src 'self' data:; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def never_keep() -> None:
    """Says that nothing of this page may stay on the device: searches, and what nobody else should see."""
    g.never_keep = True


def ask_again() -> None:
    """Says that a browser must ask whether the page still holds before it shows it again: what is on this minute."""
    g.ask_again = True


class SafeHeaders:
    """A WSGI layer that adds the headers to every answer, whoever made it."""

    def __init__(self, application: "WSGIApplication", built: BuiltFiles) -> None:
        self._application = application
        self._always = [*_ALWAYS.items(), ("Content-Security-Policy", built.policy)]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answers as the application does, with the headers."""

        def start(status: str, headers: list[tuple[str, str]], failure: Any = None) -> Any:
            return start_response(status, headers + self._always, failure)

        return self._application(environ, start)


def say_how_long_to_keep(app: Flask) -> None:
    """Tells browsers how long they may keep each answer of the application."""

    @app.after_request
    def _finish(response: Response) -> Response:
        headers = response.headers
        # Where somebody is sent to depends on who they are: a browser that kept it would ask them to sign in again.
        if "never_keep" in g or response.status_code != 200:
            headers["Cache-Control"] = "no-store"
            return response
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = f"public, max-age={0 if 'ask_again' in g else FRESH_SECONDS}"
        if request.method in ("GET", "HEAD") and response.status_code == 200:
            response.add_etag()
            response.make_conditional(request)
        return response
