"""The page's language for words and dates: Flask-Babel's functions with the types that it leaves out."""

import datetime

import flask_babel


def gettext(message: str, **words: object) -> str:
    """A sentence in the language of the page, with words put in where it names them."""
    return str(flask_babel.gettext(message, **words))


def ngettext(one: str, many: str, num: int, **words: object) -> str:
    """The sentence for so many, as the language counts."""
    return str(flask_babel.ngettext(one, many, num, **words))


def written_date(date: datetime.date, pattern: str) -> str:
    """A date by a pattern of Unicode's locale data, such as ``EEEE d MMMM``."""
    return str(flask_babel.format_date(date, pattern))
