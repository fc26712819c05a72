"""Every word of the interface is in every language that is shipped, whole, and with everything that is put into it."""

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
CATALOGUES = sorted((ROOT / "translations").glob("*/LC_MESSAGES/messages.po"))
SHIPPED = ["pl", "ur"]
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")
LETTERS = {"ur": re.compile(r"[\u0600-\u06ff]"), "pl": re.compile(r"[a-ząćęłńóśźż]", re.IGNORECASE)}
Key = tuple[str, str | None]


KEYWORDS = re.findall(r"--keyword (\S+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
"""The names that mark words for translation, beside Babel's own."""


@pytest.fixture(scope="module")
def source() -> dict[Key, Message]:
    """Every message that the code and the templates hold now, singular and plural, by text and context."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    methods = [(one["pattern"], one["method"]) for one in mappings]
    options = {one["pattern"]: {key: one[key] for key in one.keys() - {"pattern", "method"}} for one in mappings}
    keywords = {**DEFAULT_KEYWORDS, **parse_keywords(KEYWORDS)}
    found = Catalog()
    for folder in ("directory", "templates"):
        inside = [
            (pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods if pattern.startswith(folder)
        ]
        told = {pattern.removeprefix(f"{folder}/"): one for pattern, one in options.items()}
        for *_, message, _comments, context in extract_from_dir(ROOT / folder, inside, told, keywords=keywords):
            found.add(message, context=context)
    return {_key(message): message for message in found if message.id}


def _key(message: Message) -> Key:
    return (message.id if isinstance(message.id, str) else message.id[0]), message.context


def _texts(message: Message | None) -> list[str]:
    if message is None:
        return []
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


@pytest.fixture(scope="module", params=SHIPPED)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    """A language's catalogue."""
    with (ROOT / "translations" / request.param / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=request.param)


def _entry(catalogue: Catalog, key: Key) -> Message | None:
    return catalogue.get(key[0], key[1])


def test_the_shipped_languages_are_those_that_the_contents_speak() -> None:
    assert [path.parts[-3] for path in CATALOGUES] == SHIPPED
    for site in ("content/site.yaml", "tests/data/testbridge/content/site.yaml"):
        told = re.search(r"^languages:\n((?:- \w+\n)+)", (ROOT / site).read_text(encoding="utf-8"), re.MULTILINE)
        assert told
        assert told[1].split() == ["-", "en", "-", "pl", "-", "ur"]


def test_the_words_of_code_and_templates_are_found(source: dict[Key, Message]) -> None:
    assert ("Find your hub", None) in source
    assert ("Every Monday", None) in source
    assert source["%(num)s mile away", None].pluralizable
    assert len(source) > 150


def test_every_word_has_an_entry_that_is_neither_empty_nor_a_guess(
    source: dict[Key, Message], catalogue: Catalog
) -> None:
    missing = [key for key in source if not all(one.strip() for one in _texts(_entry(catalogue, key)) or [""])]
    guessed = [key for key in source if (found := _entry(catalogue, key)) and found.fuzzy]
    assert (missing, guessed) == ([], [])


def test_every_plural_has_every_form_of_the_language(source: dict[Key, Message], catalogue: Catalog) -> None:
    plurals = [key for key, message in source.items() if message.pluralizable]
    found = {key: len(_texts(_entry(catalogue, key))) for key in plurals}
    assert plurals
    assert found == dict.fromkeys(plurals, catalogue.num_plurals)


def test_what_is_put_into_the_words_is_put_into_their_translation(
    source: dict[Key, Message], catalogue: Catalog
) -> None:
    faults = []
    for key, message in source.items():
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        wanted, may = set(PLACEHOLDER.findall(ids[-1])), set(PLACEHOLDER.findall(" ".join(ids)))
        for number, text in enumerate(_texts(_entry(catalogue, key))):
            has = set(PLACEHOLDER.findall(text))
            is_one = message.pluralizable and number == 0
            if not has <= may or (not wanted <= has and not (is_one and wanted - has == {"num"})):
                faults.append((key[0], text))
        faults += [(key[0], text) for text in _texts(_entry(catalogue, key)) if _unfillable(text, may)]
    assert faults == []


def _unfillable(text: str, names: set[str]) -> bool:
    """Whether Python would fail to put the names in."""
    try:
        return not (text % dict.fromkeys(names, "x") if names else text)
    except (KeyError, TypeError, ValueError):
        return True


def test_a_translation_is_in_its_own_language(source: dict[Key, Message], catalogue: Catalog) -> None:
    texts = {(key[0], text) for key in source for text in _texts(_entry(catalogue, key))}
    copied = [text for english, text in texts if text == english and len(english.split()) > 2]
    letters = LETTERS[str(catalogue.locale)]
    bare = [PLACEHOLDER.sub("", text) for _, text in texts]
    foreign = [text for text in bare if re.search("[A-Za-z]{4}", text) and not letters.search(text)]
    assert (copied, foreign) == ([], [])


def test_nothing_is_in_a_catalogue_that_nobody_says_any_more(source: dict[Key, Message], catalogue: Catalog) -> None:
    assert [_key(message) for message in catalogue if message.id and _key(message) not in source] == []
