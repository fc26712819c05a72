"""The content's own words: translated where somebody did, else in English and marked up as English."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from directory.web.language import ENGLISH, current_language, direction


def translated(thing: Any, field: str) -> tuple[str | None, bool]:
    """A field of a piece of content in the language of the page, and whether that language has it."""
    language = current_language()
    if language == ENGLISH:
        return getattr(thing, field), True
    translations: Mapping[str, Any] = thing.translations
    value = getattr(translations.get(language), field, None)
    return (value, True) if value else (getattr(thing, field, None), False)


def plain(thing: Any, field: str) -> str:
    """The field as text, for places that cannot say in which language it is, such as a title."""
    return translated(thing, field)[0] or ""


def own(thing: Any, field: str) -> Markup:
    """The field as HTML, marked up as English where it is not in the language of the page."""
    value, is_translated = translated(thing, field)
    return escape(value or "") if is_translated else english(value)


def english(text: str | None) -> Markup:
    """Words that nobody translates, such as an address or a note, marked up as English on pages in other languages."""
    if current_language() == ENGLISH or not text:
        return escape(text or "")
    return Markup('<span lang="en" dir="ltr">{}</span>').format(text)


def number(text: str) -> Markup:
    """A phone number or postcode, which reads from left to right in every language."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(text) if current_language() != ENGLISH else escape(text)


def language_marks(thing: Any, field: str) -> Markup:
    """The attributes for an element that holds nothing but this field."""
    return Markup("") if translated(thing, field)[1] else Markup(' lang="en" dir="ltr"')


def english_marks() -> Markup:
    """The attributes for an element that holds nothing but untranslated words of the content."""
    return Markup("") if current_language() == ENGLISH else Markup(' lang="en" dir="ltr"')


def page_marks() -> Markup:
    """The attributes for an element with words of the page that stands within words of the content."""
    language = current_language()
    return Markup("") if language == ENGLISH else Markup(' lang="{}" dir="{}"').format(language, direction(language))
