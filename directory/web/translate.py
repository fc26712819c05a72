"""The page's language for words and dates, out of Babel's catalogues and formats.

Flask-Babel works out the language anew for every sentence and date, which took half of the time of drawing a card, so
they are looked up here.
"""

import datetime
from functools import cache, lru_cache

from babel.dates import format_date
from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import LazyString
from markupsafe import Markup

from directory.settings import resources
from directory.web.language import current_language


def gettext(message: str, **words: object) -> str:
    """A sentence in the language of the page, with words put in where it names them."""
    told = _sentence(message)
    return told % words if words else told


def ngettext(one: str, many: str, num: int, **words: object) -> str:
    """The sentence for so many, as the language counts."""
    return _sentence_for(one, many, num) % {"num": num, **words}


def lazy_gettext(message: str, **words: object) -> LazyString:
    """A sentence that is looked up whenever it is shown, for tables that are made before there is a page."""
    return LazyString(gettext, message, **words)


def written_date(date: datetime.date, pattern: str) -> str:
    """A date by a pattern of Unicode's locale data, such as ``EEEE d MMMM``."""
    return _written_date(date, pattern, current_language())


def teach_templates(app: Flask) -> None:
    """Lets the templates of an application, once Flask-Babel is set up, look their sentences up here."""
    install = app.jinja_env.install_gettext_callables  # type: ignore[attr-defined]  # added by Jinja's extension
    install(gettext=_sentence, ngettext=_sentence_for, newstyle=True)
    app.jinja_env.globals["_"] = _in_template


def _in_template(message: str, **words: object) -> Markup:
    """What Jinja's own ``_`` gives, without two ways round through the template's context."""
    sentence = _sentence(message)
    return Markup(sentence) % words  # noqa: S704  # nosec B704  # our catalogues' own words; those put in are escaped


@cache
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(resources("translations"), [_locale(language)])


@lru_cache(maxsize=4096)
def _written_date(date: datetime.date, pattern: str, language: str) -> str:
    return format_date(date, pattern, _locale(language))


def _locale(language: str) -> str:
    return language.replace("-", "_")


def _sentence(message: str) -> str:
    return _catalogue(current_language()).gettext(message)


def _sentence_for(one: str, many: str, num: int) -> str:
    return _catalogue(current_language()).ngettext(one, many, num)
