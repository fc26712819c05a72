"""On a page in Polish or Urdu, what is still in English says that it is."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from babel.messages.pofile import read_po

from tests.site.conftest import Walked
from tests.site.opened import ROOT
from tests.site.walk import Visit

UNREAD = ("style", "script", "svg")
SPOKEN = ("aria-label", "placeholder", "title", "alt")
WORDS = re.compile(r"[A-Za-z’']+")
URDU = re.compile(r"[\u0600-\u06ff]")
SMALL_WORDS = {"the", "and", "with", "your", "you", "from", "who", "are", "our", "this", "of", "for", "is", "not"}
"""What English cannot do without; names of one thing hold one of them at most."""
LANGUAGES = ("pl", "ur")


def _is_english(piece: str, language: str) -> bool:
    words = WORDS.findall(piece)
    if language == "ur":
        return len(words) > 2 and not URDU.search(piece)
    return sum(word.lower() in SMALL_WORDS for word in words) > 1


def _own(element: Element) -> Iterator[str]:
    """What is read out in the page's own language, piece by piece.

    What somebody typed, in ``bdi``, is theirs; a translator's prose gives English names as people will meet them.
    """
    is_theirs = element.tag in UNREAD or element.tag == "bdi" or element.get("class") == "prose"
    if is_theirs or element.get("lang") or element.get("dir") == "ltr":
        return
    yield from (element.get(name, "") for name in SPOKEN)
    yield element.text or ""
    for child in element:
        yield from _own(child)
        yield child.tail or ""


def _pieces(page: Visit) -> list[str]:
    body = page.all("body")[0]
    return [" ".join(piece.split()) for piece in _own(body) if piece.strip()]


def _sources(language: str) -> set[str]:
    """The English of every string of the interface that is long enough not to be a name or a word of both languages."""
    path: Path = ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        found = [one.id for one in read_po(file) if one.id]
    return {text for text in found if isinstance(text, str) and len(text) > 12 and "%(" not in text}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_of_the_interface_is_left(walked: Walked, language: str) -> None:
    pages, english = [one for one in walked.pages if one.language == language], _sources(language)
    faults = [(page.path, piece) for page in pages for piece in _pieces(page) if piece in english]
    assert len(english) > 80
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_left_in_english_is_marked_as_english(walked: Walked, language: str) -> None:
    pages = [one for one in walked.pages if one.language == language and one.plain_path != "/search"]
    faults = {(one, page.plain_path) for page in pages for one in _pieces(page) if _is_english(one, language)}
    assert len(pages) > 30
    assert sorted(faults) == []


def test_marks_of_a_language_are_true(walked: Walked) -> None:
    faults = []
    for page in walked.pages:
        marked = [one for one in page.elements if one.get("lang") and one.tag != "html" and not one.get("hreflang")]
        if page.language == "en" and marked:
            faults.append(f"{page.path}: {marked[0].attrib} on a page in English")
        faults += [f"{page.path}: {one.attrib}" for one in marked if (one.get("lang"), one.get("dir")) != ("en", "ltr")]
    assert faults == []
