"""The page's language for words and dates.

Flask-Babel says how dates are written. It works out the language anew for every sentence, which took a third of the
time of drawing a card, so sentences are looked up here.
"""

import datetime
from functools import cache

import flask_babel
from babel.support import NullTranslations, Translations
from flask import Flask

from directory.settings import resources
from directory.web.language import current_language


def gettext(message: str, **words: object) -> str:
    """A sentence in the language of the page, with words put in where it names them."""
    told = _sentence(message)
    return told % words if words else told


def ngettext(one: str, many: str, num: int, **words: object) -> str:
    """The sentence for so many, as the language counts."""
    return _sentence_for(one, many, num) % {"num": num, **words}


def written_date(date: datetime.date, pattern: str) -> str:
    """A date by a pattern of Unicode's locale data, such as ``EEEE d MMMM``."""
    return str(flask_babel.format_date(date, pattern))


def teach_templates(app: Flask) -> None:
    """Lets the templates of an application, once Flask-Babel is set up, look their sentences up here."""
    install = app.jinja_env.install_gettext_callables  # type: ignore[attr-defined]  # added by Jinja's extension
    install(gettext=_sentence, ngettext=_sentence_for, newstyle=True)


@cache
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(resources("translations"), [language.replace("-", "_")])


def _sentence(message: str) -> str:
    return _catalogue(current_language()).gettext(message)


def _sentence_for(one: str, many: str, num: int) -> str:
    return _catalogue(current_language()).ngettext(one, many, num)
