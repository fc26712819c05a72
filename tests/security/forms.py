"""The forms of the site, found as a browser finds them: by following every link and looking at every page."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

ADDRESS = "http://localhost"
_NOT_TYPED = frozenset({"checkbox", "hidden", "radio", "submit", "button"})


@dataclass(frozen=True)
class FormFound:
    """A form on a page: what it would send as it stands, where to, and which of its boxes somebody types in."""

    page: str
    action: str
    sent: MultiDict[str, str]
    typed: tuple[str, ...]

    def with_typed(self, text: str) -> MultiDict[str, str]:
        """What is sent where somebody typed that into every box."""
        told = self.sent.copy()
        for name in self.typed:
            told.setlist(name, [text])
        return told


def walk(client: FlaskClient, *starts: str) -> Iterator[tuple[str, Element]]:
    """Every page in English that links lead to, with its elements: one of each shape, where queries differ in words."""
    seen, waiting = set[str](), deque(starts)
    while waiting:
        path = waiting.popleft()
        shape = re.sub(r"=[^&]*", "=", path)
        if shape in seen:
            continue
        seen.add(shape)
        answer = client.get(path)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        tree = html5lib.parse(answer.text, namespaceHTMLElements=False)
        yield path, tree
        found = (urlsplit(urljoin(ADDRESS + path, link.get("href", ""))) for link in tree.iter("a"))
        here = (one for one in found if f"{one.scheme}://{one.netloc}" == ADDRESS and not one.path.startswith("/ur"))
        waiting += [one.path + (f"?{one.query}" if one.query else "") for one in here]


def forms_of(path: str, tree: Element) -> Iterator[FormFound]:
    """The forms of a page that write."""
    for form in tree.iter("form"):
        if form.get("method", "get").lower() == "post":
            others = filter(None, (button.get("formaction") for button in form.iter("button")))
            actions = [urldefrag(urljoin(ADDRESS + path, one or ""))[0] for one in (form.get("action"), *others)]
            for action in dict.fromkeys(actions):
                yield FormFound(path, action, MultiDict(_sent(form)), tuple(dict.fromkeys(_typed(form))))


def _sent(form: Element) -> Iterator[tuple[str, str]]:
    """What a browser would send, with the first choice of whatever must be chosen."""
    chosen = {one.get("name") for one in form.iter("input") if one.get("checked") is not None}
    for one in form.iter():
        name, kind = one.get("name", ""), one.get("type", "text")
        if not name or kind in ("submit", "button"):
            continue
        if one.tag == "textarea":
            yield name, one.text or ""
        elif one.tag == "select":
            yield name, _option(one)
        elif one.tag == "input" and kind == "radio" and name not in chosen:
            chosen.add(name)
            yield name, one.get("value", "")
        elif one.tag == "input" and (kind not in ("radio", "checkbox") or one.get("checked") is not None):
            yield name, one.get("value", "")


def _option(select: Element) -> str:
    options = list(select.iter("option"))
    selected = [one for one in options if one.get("selected") is not None and one.get("value")]
    wanted: Any = next(iter(selected), next((one for one in options if one.get("value")), None))
    return "" if wanted is None else str(wanted.get("value"))


def _typed(form: Element) -> Iterator[str]:
    for one in form.iter():
        is_box = one.tag == "textarea" or (one.tag == "input" and one.get("type", "text") not in _NOT_TYPED)
        if is_box and one.get("name"):
            yield one.get("name", "")
