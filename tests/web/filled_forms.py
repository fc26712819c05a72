"""What a browser without script would send of a form on a page."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from html5lib import parse
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

_HTML = "{http://www.w3.org/1999/xhtml}"


def form_in(answer: TestResponse, holding: str = "seen") -> MultiDict[str, str]:
    """The first form of a page that has a field of that name, with all that it holds."""
    forms = (MultiDict(_pairs(one)) for one in parse(answer.text).iter(f"{_HTML}form"))
    return next(one for one in forms if holding in one)


def _pairs(form: Element) -> Iterator[tuple[str, str]]:
    for one in form.iter():
        name = one.get("name")
        if one.tag == f"{_HTML}select" and name:
            options = list(one.iter(f"{_HTML}option"))
            chosen = [option for option in options if "selected" in option.attrib] or options[:1]
            yield name, chosen[0].get("value", "")
        elif one.tag == f"{_HTML}textarea" and name:
            yield name, "".join(one.itertext()).removeprefix("\n").replace("\n", "\r\n")
        elif one.tag == f"{_HTML}input" and name and _is_sent(one):
            yield name, one.get("value", "on")


def _is_sent(box: Element) -> bool:
    return box.get("type") not in ("checkbox", "radio") or "checked" in box.attrib
