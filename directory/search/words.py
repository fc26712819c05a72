"""Turns text into terms: the same way for what is indexed and for what people type, so that the two meet.

Words lose case, accents and apostrophes, letters of other scripts that are written in several ways become one, as do
common short forms, and words are cut to their stem.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from Stemmer import Stemmer

from directory.search.other_languages import PARTICLES, SPELLINGS, TAKEN_FOR, bare

_SAY_NOTHING = """
    a an and any are as at be been by can could did do does find for from get go got had has have he her here
    him his how i id if im in into is it its ive just like looking me my near of on or our please she should so
    some than that the their them then there theres these they this those to too up us want wants was we were
    what whats when where wheres which who whos will with would you your
    am coz cos cuz gonna gotta hes ive lets plz pls shes thats theyre theyve wanna weve youre youve
"""
STOP_WORDS = frozenset(_SAY_NOTHING.split()) | PARTICLES
"""Words that say nothing of a need. "no", "not", "cant" and "without" are not among them: they turn a need round."""

_SAY_LITTLE = """
    able about across activities activity actually advice advise after again against ages ago all almost already
    also although always among another anybody anyone anything anyway anywhere apparently around ask asked asking
    available away back bad basically because become before being best between big bit both bring bunch but call
    called came cannot cant class classes club clubs come comes coming completely constantly contact couple
    currently day days details different doesnt doing done dont during each either else email enough ever every
    everybody everyone everything everywhere exactly extra feel feels few finally forever free fri gave gets getting
    give given giving go goes going gone gonna good great group groups happen happened happening hard hardly having
    help helping here hi honestly hours however hows info information instead isnt keep keeping keeps kind kinda
    know known knows lately later let literally little local look looked looks lot lots made main make makes many
    maybe meeting meetings might more most much must myself nearly need needed needing needs never new nice no
    nobody not nothing now nowadays number off often ok okay old one open opening other others out over own people
    perhaps person phone place places please problem problems properly put puts quite rather really recently right
    said same says see seem seems service services session sessions several shall show since somebody somehow
    someone something sometimes somewhere soon sort sorts start starting still stop struggle struggles struggling
    stuff suddenly support sure take taking tell thats theres thing things think thinking though through thurs till
    time times today together told too totally tried try trying tues two under unless until use used usually very
    wanting wants way week weeks well went whenever wherever whether while who whoever whole why within without wont
    work worker works would year years yes yet younger
"""
SOFT_WORDS = frozenset(_SAY_LITTLE.split()) - STOP_WORDS
"""Words that say little of a need by themselves: they count for less in a search, and need not be in a title."""

SHORT_FORMS = {
    "rd": "road", "ave": "avenue", "ln": "lane", "gdns": "gardens", "cres": "crescent", "sq": "square",
    "street": "st", "saint": "st", "ctr": "centre", "center": "centre",
    "yr": "year", "yrs": "years", "mth": "month", "mths": "months",
    "children": "child", "childrens": "child", "men": "man", "mens": "man", "women": "woman", "womens": "woman",
    "teeth": "tooth", "feet": "foot", "wives": "wife", "knives": "knife", "cannot": "cant",
}  # fmt: skip
"""What addresses and notes shorten, and forms that no stem unites. "st" is both saint and street: all are one term."""

_ENGLISH, _ONE_AT_A_TIME = Stemmer("english"), threading.Lock()
# Whoosh's own Porter stemmer leaves "swimming" at "swimm". The stemmer here keeps its word in itself, hence the lock.
LONGEST_WORD = 40
LONGEST_COUNT = 2
"""Digits of a number that counts something; a longer one is a name, such as that of a helpline."""
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_SHORTENED = re.compile("(?<=[a-z])['’](?:ll|ve|re|d)\\b", re.IGNORECASE)
"""What "she'll" and "I'd" shorten says nothing, and without its apostrophe would make other words: shell, id."""
_DASHES = re.compile("[‐‑‒–—−]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_LATIN: dict[str, str | None] = {
    "ł": "l",
    "đ": "d",
    "ø": "o",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "ð": "d",
    "þ": "th",
    "_": " ",
}
_LETTERS = {**str.maketrans(_LATIN), **TAKEN_FOR}
# Vowel signs of Arabic and of the scripts of South Asia belong to their word, though they are no letters.
_SIGNS = "\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a75"
_ASCII_WORD = re.compile(rf"(-?)([a-z0-9]{{1,{LONGEST_WORD}}})")
_WORD = re.compile(rf"(-?)((?:[^\W_]|[{_SIGNS}]){{1,{LONGEST_WORD}}})")

Words = list[tuple[str, str]]
"""The words of a text in order, each after the hyphen, if any, that joins it to the word before."""


def plain(text: str) -> str:
    """The text without case, accents, apostrophes and curly dashes, with one code for each letter of other scripts."""
    text = _SHORTENED.sub(" ", text)
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "").replace("_", " ")
    folded = unicodedata.normalize("NFKD", text.casefold())
    folded = _ACCENTS.sub("", _APOSTROPHES.sub("", folded)).translate(_LETTERS)
    return _DASHES.sub("-", folded)


def split(text: str) -> Words:
    """The words of a text, stop words too; a word past ``LONGEST_WORD`` characters is several."""
    text = plain(text)
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


def telling(words: Iterable[str]) -> list[str]:
    """The words that are not stop words."""
    return [word for word in words if word not in STOP_WORDS]


def words_of(text: str) -> list[str]:
    """The words of a text by themselves."""
    return [word for _, word in split(text)]


def says_little(word: str) -> bool:
    """Whether a word says little of a need by itself: "help" and "4" do."""
    return word in SOFT_WORDS or (word.isdigit() and len(word) <= LONGEST_COUNT)


@lru_cache(maxsize=65_536)
def term(word: str) -> str:
    """What the index knows a word by. Numbers stay as they are."""
    word = SHORT_FORMS.get(word) or SPELLINGS.get(word, word)
    if not word.isascii():
        return bare(word)
    if not word.isalpha():
        return word
    with _ONE_AT_A_TIME:
        return str(_ENGLISH.stemWord(word))


def joined(first: str, second: str) -> str:
    """The term of two words that follow each other: what one gets by writing them as one."""
    return first + term(second)


def ways_to_join(word: str) -> set[str]:
    """Every term that ``joined`` makes of two words which, written as one, are this word."""
    return {joined(word[:cut], word[cut:]) for cut in range(2, len(word) - 1)}


def pairs(words: Words, *, is_name: bool) -> dict[tuple[str, str], None]:
    """The pairs of words that count as one word too, in order.

    In a name those are neighbours, also with "and" between them ("stay and play" is "stay & play"), unless both say
    nothing; in a longer text only what a hyphen joins.
    """
    if not is_name and not any(hyphen for hyphen, _ in words):
        return {}
    next_to = [
        (first, second)
        for (_, first), (hyphen, second) in pairwise(words)
        if (is_name or hyphen) and not (first in STOP_WORDS and second in STOP_WORDS)
    ]
    around = [word for _, word in words if word != "and"] if is_name else []
    said = ((first, second) for first, second in pairwise(around) if STOP_WORDS.isdisjoint((first, second)))
    return dict.fromkeys([*next_to, *said])
