"""The language of a page, told by its address alone: no cookie, and a link that is shared opens in the same language.

English stands at the root; every other language under its code, as in ``/pl/a-to-z``.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from flask import has_request_context, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ENGLISH = "en"
_KEY = "directory.language"


class LanguagePrefix:
    """A WSGI layer that moves a language's prefix from the path to the script name, so that every link keeps it."""

    def __init__(self, application: "WSGIApplication", languages: Callable[[], tuple[str, ...]]) -> None:
        self._application = application
        self._languages = languages

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answers as the application does, in the language that the path begins with."""
        path: str = environ.get("PATH_INFO", "")
        code, slash, rest = path[1:].partition("/")
        if code == ENGLISH or code not in self._languages():
            return self._application(environ, start_response)
        if not slash:
            query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
            start_response(
                "303 See Other",
                [("Location", f"{environ.get('SCRIPT_NAME', '')}/{code}/{query}"), ("Content-Length", "0")],
            )
            return [b""]
        environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{code}"
        environ["PATH_INFO"] = f"/{rest}"
        environ[_KEY] = code
        return self._application(environ, start_response)


def current_language() -> str:
    """The code of the language that the address asks for."""
    return request.environ.get(_KEY, ENGLISH) if has_request_context() else ENGLISH


def path_in(language: str, path: str) -> str:
    """A path of this site, such as ``/a-to-z``, in a language."""
    return path if language == ENGLISH else f"/{language}{path}"


def outer_root() -> str:
    """The script name that a server or proxy gave, without the language's prefix; mostly empty."""
    root: str = request.environ.get("SCRIPT_NAME", "")
    language = current_language()
    return root if language == ENGLISH else root.removesuffix(f"/{language}")


@lru_cache(maxsize=64)
def direction(language: str) -> str:
    """``rtl`` or ``ltr``, as Unicode's locale data has it."""
    return Locale.parse(language, sep="-").text_direction


@lru_cache(maxsize=64)
def own_name(language: str) -> str:
    """A language's name in itself, as in ``Polski``, with a capital letter where its script has one."""
    name = Locale.parse(language, sep="-").get_display_name(language.partition("-")[0]) or language
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=512)
def name_of(code: str, language: str) -> str:
    """What a language is called in another language; the bare code where Unicode's locale data has no name for it."""
    names = Locale.parse(language, sep="-").languages
    name = names.get(code.replace("-", "_")) or names.get(code.partition("-")[0]) or code
    return str(name[:1].upper() + name[1:])
