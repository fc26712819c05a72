"""A whole page: the frame round every page, made once a language, and what its head tells browsers and other sites."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import current_app, render_template, request
from markupsafe import Markup

from directory.model.site import Page
from directory.web.headers import BuiltFiles, never_keep
from directory.web.language import ENGLISH, current_language, direction, outer_root, own_name, path_in
from directory.web.own_words import plain
from directory.web.showing import Showing, shown, showing

EXIT_TO = "https://www.bbc.co.uk/weather"
"""Where "Exit this page" goes: a page that anybody may have open. The script knows it too."""
BUILT = "directory.built"


@dataclass(frozen=True)
class Frame:
    """What stands round every page in one language, as HTML."""

    header: Markup
    notices: Markup
    footer: Markup


@dataclass(frozen=True)
class Translation:
    """The same page in another language."""

    code: str
    name: str
    path: str
    address: str
    is_current: bool


def built() -> BuiltFiles:
    """The styles and the script of the front-end build."""
    files: BuiltFiles = current_app.extensions[BUILT]
    return files


def site_root() -> str:
    """The address of the site without a slash at its end: as configured, else as the visitor's request names it."""
    configured = shown().services.settings.site_url
    return configured or request.host_url.rstrip("/") + outer_root()


def address(path: str, language: str = ENGLISH) -> str:
    """The whole address of a path of this site in a language: clean and shareable."""
    return site_root() + quote(path_in(language, path), safe="/?&=-._~")


def page(template: str, *, title: str, is_private: bool = False, can_exit: bool = False, **words: Any) -> str:
    """A page as HTML. ``is_private``: nothing of it may stay on the device; ``can_exit``: it shows "Exit this page"."""
    if is_private or can_exit:
        never_keep()
    now = showing()
    canonical = words.pop("canonical", None) or request.path
    return render_template(
        template,
        title=title,
        frame=_frame(now),
        site_title=plain(now.snapshot.site, "title"),
        translations=_translations(now, canonical),
        canonical=address(canonical, current_language()),
        is_private=is_private or can_exit,
        can_exit=can_exit,
        **words,
    )


def _translations(now: Showing, canonical: str) -> tuple[Translation, ...]:
    """This page in every language, with what was searched for kept in the link but not in the address for others."""
    query = request.query_string.decode("ascii", "ignore")
    here = quote(request.path) + (f"?{query}" if query else "")
    current, outer = current_language(), outer_root()
    return tuple(
        Translation(code, own_name(code), outer + path_in(code, here), address(canonical, code), code == current)
        for code in now.snapshot.site.languages
    )


def _frame(now: Showing) -> Frame:
    section = request.endpoint if request.endpoint in ("hubs.hubs", "browsing.a_to_z", "pages.need_help_now") else None
    key = ("frame", current_language(), request.environ.get("SCRIPT_NAME", ""), section)
    kept: Frame | None = now.made.get(key)
    if kept is None:
        kept = now.made[key] = _made(now, section)
    return kept


def _made(now: Showing, section: str | None) -> Frame:
    snapshot = now.snapshot
    pages = tuple(one for one in snapshot.pages.values() if one.in_footer)
    names = {
        "site": snapshot.site,
        "section": section,
        "pages": tuple(sorted(pages, key=_place_in_footer)),
        "is_unchecked": current_language() in snapshot.site.unchecked_languages,
    }
    pieces = (
        current_app.jinja_env.get_template(f"frame/{part}.html").render(names)
        for part in ("header", "notices", "footer")
    )
    return Frame(*(Markup(piece) for piece in pieces))  # noqa: S704  # templates' own output


def _place_in_footer(one: Page) -> tuple[bool, str]:
    return one.audience == "practitioners", one.title


def template_words() -> dict[str, Any]:
    """What every template may use without being given it."""
    language = current_language()
    return {
        "language": language,
        "direction": direction(language),
        "root": request.environ.get("SCRIPT_NAME", ""),
        "styles": Markup(built().site_styles),  # noqa: S704  # our own build's output
        "listing_styles": Markup(built().listing_styles),  # noqa: S704
        "exit_script": Markup(built().exit_script),  # noqa: S704
        "exit_to": EXIT_TO,
    }
