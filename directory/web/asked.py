"""What a visitor asked for, read from the address.

Nothing here raises: what makes no sense is as if it were not there.
"""

import re
import string
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import request

from directory.model.filters import GROUPS, Filter, Group, filter_of
from directory.search import GUESSES, ORDERS, Guess, Order

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONGEST = 200
MOST_FILTERS = 20
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


class ReadableQuery:
    """A WSGI layer that lets a query string hold any bytes.

    Werkzeug fails on those that are not UTF-8, and PostgreSQL on the character of number nought, which nobody types.
    """

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answers with every byte that is not ASCII written as a percent code, and with a space for each nought."""
        query: str = environ.get("QUERY_STRING", "")
        if "%00" in query or not query.isprintable() or not query.isascii():
            without = query.replace("%00", "+").replace("\x00", "+")
            environ["QUERY_STRING"] = quote(without, safe=string.printable, encoding="latin-1")
        return self._application(environ, start_response)


def words(name: str) -> str:
    """A text field of the query string on one line, without control characters, at most ``LONGEST`` characters."""
    text = request.args.get(name, "")
    seen = text if text.isprintable() else _UNSEEN.sub(" ", text)
    return " ".join(seen.split())[:LONGEST].strip()


def filters() -> tuple[Filter, ...]:
    """Every filter that is chosen, each once and at most ``MOST_FILTERS``."""
    asked = request.args
    given = ((group, value) for group in GROUPS if group in asked for value in asked.getlist(group))
    found = (filter_of(group, value) for group, value in given)
    return tuple(dict.fromkeys(one for one in found if one))[:MOST_FILTERS]


def senseless() -> tuple[Group, ...]:
    """The groups of filters of which something is asked that makes no sense."""
    asked = request.args
    given = ((group, value) for group in GROUPS if group in asked for value in asked.getlist(group))
    return tuple(dict.fromkeys(group for group, value in given if value and not filter_of(group, value)))


def literal() -> tuple[Guess, ...]:
    """The kinds of guess that the words must not be read for."""
    given = request.args.getlist("literal")
    return tuple(guess for guess in GUESSES if guess in given)


def order() -> Order:
    """The order of results."""
    asked = request.args.getlist("sort")
    return next((one for one in ORDERS if one in asked[:1]), "best")


def page_number() -> int | None:
    """The page of a list that is asked for, from 1; None where it cannot be one."""
    asked, *_ = request.args.getlist("page") or ["1"]
    return int(asked) if _NUMBER.fullmatch(asked) else None
