"""The search boxes, drawn by GOV.UK's macros once a language; what a visitor typed is put in afterwards."""

from markupsafe import Markup

from directory.web.drawn import drawn

_GAPS = ("words", "place")


def search_form(words: str = "", place: str = "") -> Markup:
    """The form that asks what somebody needs, and near where."""
    return drawn("forms/search.html", _GAPS).filled(words=words, place=place)


def search_again_form(words: str, place: str) -> Markup:
    """The same form over results: small, so that the first result can be seen."""
    return drawn("forms/search_again.html", _GAPS).filled(words=words, place=place)


def hub_form(place: str = "") -> Markup:
    """The form that asks where somebody lives, to tell them their hub."""
    return drawn("forms/hub.html", _GAPS).filled(place=place)
