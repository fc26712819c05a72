"""Knows which words are right, whether or not the directory has them.

The list of English is the one that symspellpy ships: 82,834 words, American and British, each with how often a thousand
billion words of web pages have it. It is read once a process, from disk; nothing else of that package is used.
"""

import math
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib.resources import files

_LIST = "frequency_dictionary_en_82_765.txt"
_SHORTEST_STEM = 4
_USUAL_STEM = 70
_HISSES = ("s", "x", "z", "ch", "sh")
_NEEDS_ES = re.compile("(?:[sxz]|[cs]h|[^aeiou]y)$")
_DOUBLES = re.compile("[^aeiou]*[aeiou][bdfgklmnprst]|.*[aeiou]l")

SAID_SHORT = {
    "2day": "today", "2moro": "tomorrow", "2morro": "tomorrow", "2morow": "tomorrow", "2morrow": "tomorrow",
    "2mrw": "tomorrow", "tmrw": "tomorrow", "tmoro": "tomorrow", "tomoz": "tomorrow", "tmoz": "tomorrow",
    "2nite": "tonight", "2night": "tonight", "nite": "night", "wknd": "weekend", "wkend": "weekend", "b4": "before",
    "bday": "birthday", "appt": "appointment", "skl": "school", "uni4m": "uniform", "ppl": "people",
    "sum1": "someone", "some1": "someone", "any1": "anyone", "ne1": "anyone", "every1": "everyone", "txt": "text",
    "msg": "message", "luv": "love", "preg": "pregnant", "preggers": "pregnant", "preggo": "pregnant",
    "brekkie": "breakfast", "brekky": "breakfast", "gr8": "great", "4ever": "forever", "wiv": "with",
    "wivout": "without", "babba": "baby", "bubba": "baby", "ecma": "eczema", "exma": "eczema", "ekma": "eczema",
    "bruvver": "brother", "bruv": "brother", "yoof": "youth", "wimmin": "women", "fink": "think",
    "enuf": "enough",
}  # fmt: skip
"""What is written short, or as it is said, too far from the word to be told by its slips."""


@cache
def english() -> Mapping[str, int]:
    """English words with how usual each is, as ten times the logarithm of its count: "the" has 104, a rare word 50.

    They are as ``directory.search.words.plain`` writes them: "dont".
    """
    fields = files("symspellpy").joinpath(_LIST).read_text(encoding="utf-8-sig").split()
    usual = {word: int(10 * math.log10(int(count))) for word, count in zip(fields[::2], fields[1::2], strict=True)}
    for word in [word for word in usual if "'" in word]:
        usual.setdefault(word.replace("'", ""), usual.pop(word))
    return usual


def is_form(word: str, own: Collection[str]) -> bool:
    """Whether a word that is not in the list is one of those that are made of right words as English makes them.

    The list has nearly every form of the words that it has; it lacks those of words that only a directory knows
    ("childminding"), and some plurals.
    """
    usual = english()
    plurals = (stem for stem in _singular(word) if usual.get(stem, 0) >= _USUAL_STEM)
    compared = (word.removesuffix(end) + "y" for end in ("ier", "iest") if word.endswith(end))
    made = (stem for stem in (*_singular(word), *_verb(word)) if stem in own and stem not in usual)
    return any(len(stem) >= _SHORTEST_STEM for stem in (*plurals, *made)) or any(stem in usual for stem in compared)


def _singular(word: str) -> Iterator[str]:
    if word.endswith("ies"):
        yield word[:-3] + "y"
    elif word.endswith("es") and word[:-2].endswith((*_HISSES, "o")):
        yield word[:-2]
    elif word.endswith("s") and not _NEEDS_ES.search(word[:-1]):
        yield word[:-1]


def _verb(word: str) -> Iterator[str]:
    """What -ed or -ing was put to."""
    stem = word.removesuffix("ed") if word.endswith("ed") else word.removesuffix("ing")
    if stem == word:
        return
    yield stem + "e"
    if stem[-1:] == stem[-2:-1] and _DOUBLES.fullmatch(stem[:-1]):
        yield stem[:-1]
    elif not _DOUBLES.fullmatch(stem) and not stem.endswith("e") and (word.endswith("ing") or stem[-1:] != "y"):
        yield stem
