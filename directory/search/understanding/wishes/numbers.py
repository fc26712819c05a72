"""Numbers as people type them in a search, and signs that lose their meaning once a text is cut into words."""

import re

_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty
"""
NUMBER_WORDS = {word: number for number, word in enumerate(_WORDS.split())}
_PLURALS = """
    zeros ones twos threes fours fives sixes sevens eights nines tens elevens twelves thirteens fourteens fifteens
    sixteens seventeens eighteens nineteens twenties
"""
PLURAL_WORDS = {word: number for number, word in enumerate(_PLURALS.split())}
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_PRICE = re.compile(r"£\s?(\d{1,4})(?:\.(\d\d))?(?!\d)")
_AND_MORE = re.compile(r"(?<![\d+])(\d{1,2}\s?(?:yrs?|years?|months?|mths?)?)\+(?![\d+])", re.IGNORECASE)
_SPAN = re.compile(r"(?<![\d/.:-])(\d{1,2})\s?[-–—]\s?(\d{1,2})(?![\d/.:-]|\s?[-–—]\s?\d)")
_HALF = re.compile(r"(?<=\d)(?:\s?½|\s1/2(?!\d))|(?<=\d)\.5(?!\d)")
_DATE = re.compile(
    r"(?<![\d/.-])(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d\d))?(?![\d/-]|\s?(?:y|m(?!ay|ar)|old|hours?\b))"
)
_DAYS = re.compile(r"\b((?:mon|tue|wed|thu|fri|sat)\w*)\s?[-–—]\s?((?:tue|wed|thu|fri|sat|sun)\w*)", re.IGNORECASE)
_NO_DATE_AFTER = re.compile(r"(?:year|years|yr|yrs|age|ages|aged|stage|ks|£)\s?$", re.IGNORECASE)


def number(word: str) -> int | None:
    """The number that a word is: digits, up to three, or a word up to twenty."""
    if word.isdecimal():
        return int(word) if len(word) <= 3 else None
    return NUMBER_WORDS.get(word)


def with_signs_said(text: str) -> str:
    """The text with signs that change what a number means as words: "£5" is "5 pounds", "5+" is "5 plus".

    "3-5" is "3 to 5", "2½" is "2 and a half", "24/11" is "24 november", and "24/7" stays what it is. To be done
    before the text is cut into words, of what people type only: listings are indexed as they are.
    """
    text = _DAYS.sub(r"\1 to \2", text)
    if not any(letter.isdecimal() for letter in text):
        return text
    text = _PRICE.sub(_price, text)
    text = _HALF.sub(" and a half", text)
    text = _DATE.sub(_date, text)
    text = _SPAN.sub(_span, text)
    return _AND_MORE.sub(r"\1 plus ", text)


def _price(found: re.Match[str]) -> str:
    return f"{found[1]} pounds {found[2] or ''}".rstrip() + " "


def _span(found: re.Match[str]) -> str:
    return f"{found[1]} to {found[2]}" if int(found[1]) < int(found[2]) else found[0]


def _date(found: re.Match[str]) -> str:
    day, month, year = int(found[1]), int(found[2]), found[3] or ""
    if _NO_DATE_AFTER.search(found.string[: found.start()]) or (day, month, year) in _NO_DATES:
        return found[0]
    if not (1 <= day <= 31 and 1 <= month <= 12) or ("." in found[0] and not year):
        return found[0]
    return f"{day} {MONTHS[month - 1]} {'20' + year if len(year) == 2 else year}".rstrip()


_NO_DATES = {(24, 7, ""), (7, 7, ""), (1, 2, ""), (1, 1, "")}
"""Always open, every day, a half, and one person for one."""
