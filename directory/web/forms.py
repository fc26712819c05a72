"""The search boxes. GOV.UK's macros draw each once a language; what a visitor typed is put in afterwards, escaped."""

from flask import render_template, request
from markupsafe import Markup, escape

from directory.web.language import current_language
from directory.web.showing import showing

_WORDS, _PLACE = "\ue000words\ue000", "\ue000place\ue000"


def search_form(words: str = "", place: str = "") -> Markup:
    """The form that asks what somebody needs, and near where."""
    return _filled("forms/search.html", words, place)


def search_again_form(words: str, place: str) -> Markup:
    """The same form over results: small, so that the first result can be seen."""
    return _filled("forms/search_again.html", words, place)


def hub_form(place: str = "") -> Markup:
    """The form that asks where somebody lives, to tell them their hub."""
    return _filled("forms/hub.html", "", place)


def _filled(template: str, words: str, place: str) -> Markup:
    made = showing().made
    key = ("form", template, current_language(), request.environ.get("SCRIPT_NAME", ""))
    if key not in made:
        made[key] = render_template(template, words=_WORDS, place=_PLACE)
    html: str = made[key]
    filled = html.replace(_WORDS, str(escape(words))).replace(_PLACE, str(escape(place)))
    return Markup(filled)  # noqa: S704  # a template's own output with escaped words in it
