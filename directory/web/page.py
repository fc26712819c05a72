"""A whole page: the frame round every page, made once a language, and what its head tells browsers and other sites.

What is the same for every visitor is drawn by templates once and kept; what is not is put in afterwards, escaped.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import current_app, render_template, request
from markupsafe import Markup

from directory.model.site import Page
from directory.web.drawn import drawn, gap
from directory.web.headers import BuiltFiles, never_keep
from directory.web.language import ENGLISH, current_language, direction, outer_root, own_name, path_in
from directory.web.own_words import plain
from directory.web.showing import Showing, showing, shown

EXIT_TO = "https://www.bbc.co.uk/weather"
"""Where "Exit this page" goes: a page that anybody may have open. The script knows it too."""
BUILT = "directory.built"
_NAVIGATION = ("whats_on.whats_on", "hubs.hubs", "browsing.a_to_z", "pages.need_help_now")
_TOP_GAPS = ("here",)
_FOOTER_GAPS = ("tell_us",)
_PAGE_GAPS = ("title", "top")


@dataclass(frozen=True)
class Language:
    """A language that the site speaks, with what stands before the path of a page in it."""

    code: str
    name: str
    prefix: str
    is_current: bool


def built() -> BuiltFiles:
    """The styles and the scripts of the front-end build."""
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
    """A page as HTML. ``is_private``: nothing of it may stay on the device; ``can_exit``: it shows "Exit this page".

    ``is_hidden_from_robots`` among the words leaves out what is meant for search engines and for those who share links;
    ``tell_us`` is the path of the form that says what is wrong with what the page is about.
    """
    if is_private or can_exit:
        never_keep()
    now = showing()
    if not words.get("is_hidden_from_robots"):
        words |= _addresses(now)
    frame = _frame(now, is_private=is_private or can_exit, can_exit=can_exit, tell_us=words.get("tell_us"))
    return render_template(template, title=title, top=_top(now), **frame, **words)


def quick_page(
    template: str,
    gaps: Mapping[str, str],
    *,
    title: str,
    can_exit: bool,
    is_private: bool = True,
    description: str | None = None,
) -> bytes:
    """A page that many ask for at once: its template is drawn once, and shows nothing but the gaps.

    Search engines are told to leave it alone, unless it has a ``description`` for them.
    """
    is_private = is_private or can_exit
    if is_private:
        never_keep()
    now = showing()
    known = {} if description is None else _told_to_robots(now, description)

    def words() -> Mapping[str, Any]:
        frame = _frame(now, is_private=is_private, can_exit=can_exit)
        return {**frame, **(_words_for_robots(now) if known else {"is_hidden_from_robots": True})}

    whole = drawn(template, (*_PAGE_GAPS, *known, *gaps), can_exit, is_private, bool(known), words=words)
    return whole.sent(title=title, top=_top(now), **known, **gaps)


def _told_to_robots(now: Showing, description: str) -> dict[str, str]:
    """What the head of a public page says of it, by the names of the gaps for it."""
    own = _addresses(now)
    others = {f"alternate{number}": link for number, (_, link) in enumerate(own["alternates"])}
    return {"description": description, "canonical": own["canonical"], **others}


def _words_for_robots(now: Showing) -> dict[str, Any]:
    """What the template of a public page is given beside its gaps."""
    codes = ("x-default", *now.snapshot.site.languages)
    return {"alternates": [(code, gap(f"alternate{number}")) for number, code in enumerate(codes)]}


def _here() -> str:
    """The path of this page without its language, and what was asked of it; never a link to another host."""
    query = request.query_string.decode("ascii", "ignore")
    return quote("/" + request.path.lstrip("/")) + (f"?{query}" if query else "")


def _addresses(now: Showing) -> dict[str, Any]:
    """The page's whole address, and those of its translations: without what a visitor typed."""
    number = request.args.get("page", "")
    path = request.path + (f"?page={number}" if number.isdecimal() and number != "1" else "")
    codes = now.snapshot.site.languages
    return {
        "canonical": address(path, current_language()),
        "alternates": [("x-default", address(path)), *((code, address(path, code)) for code in codes)],
    }


def _frame(now: Showing, *, is_private: bool, can_exit: bool, tell_us: str | None = None) -> dict[str, Any]:
    """What ``base.html`` needs to know of the site and of the kind of page."""
    footer = drawn("frame/footer.html", _FOOTER_GAPS, bool(tell_us), words=lambda: _footer_words(now, tell_us))
    return {
        "site_title": plain(now.snapshot.site, "title"),
        "footer": footer.filled(tell_us=tell_us or ""),
        "is_private": is_private,
        "can_exit": can_exit,
    }


def _top(now: Showing) -> Markup:
    """What stands above every page, with links to this page in the other languages."""
    section = request.endpoint if request.endpoint in _NAVIGATION else None
    return drawn("frame/top.html", _TOP_GAPS, section, words=lambda: _top_words(now, section)).filled(here=_here())


def _top_words(now: Showing, section: str | None) -> Mapping[str, Any]:
    site, current = now.snapshot.site, current_language()
    languages = [
        Language(code, own_name(code), outer_root() + path_in(code, ""), code == current) for code in site.languages
    ]
    is_unchecked = current in site.unchecked_languages
    return {"site": site, "section": section, "languages": languages, "is_unchecked": is_unchecked}


def _footer_words(now: Showing, tell_us: str | None) -> Mapping[str, Any]:
    pages = (one for one in now.snapshot.pages.values() if one.in_footer)
    return {"site": now.snapshot.site, "pages": sorted(pages, key=_place_in_footer), "can_tell_us": bool(tell_us)}


def _place_in_footer(one: Page) -> tuple[bool, str]:
    return one.audience == "practitioners", one.title


def template_words() -> dict[str, Any]:
    """What every template may use without being given it."""
    language, files = current_language(), built()
    return {
        "language": language,
        "direction": direction(language),
        "root": request.environ.get("SCRIPT_NAME", ""),
        "styles": files.site_styles,
        "listing_styles": files.listing_styles,
        "board_styles": files.board_styles,
        "day_styles": files.day_styles,
        "staff_styles": files.staff_styles,
        "board_script": files.board_script,
        "exit_script": files.exit_script,
        "edit_script": files.edit_script,
        "find_script": files.find_script,
        "exit_to": EXIT_TO,
    }
