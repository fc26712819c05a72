"""Weighs slips of spelling: how likely it is that a person who meant one word typed another.

A cost of 1 is one plain slip: a wrong letter, one too many, one missing. What fingers and ears mix up costs less:
doubled letters, vowels, two letters the other way round, the next key, letters that sound alike.
"""

import re
from collections.abc import Iterable
from itertools import accumulate

SWAPPED, DOUBLED, CUT_SHORT, NEXT_KEY, ALIKE, SAME_VOWEL, WEAK_VOWEL, VOWEL = 0.6, 0.3, 0.4, 0.75, 0.55, 0.25, 0.4, 0.5
MISSING, MISSING_SOFT, EXTRA, EXTRA_SOFT = 0.9, 0.65, 0.95, 0.7
FIRST = 0.35
"""What a slip in the first letter costs beyond others: people seldom get that wrong."""
JUMBLED = 0.9
"""What it costs at most to have all the letters, and the first one first."""
ENDING = 0.35
"""What it costs beyond the letter to have written one thing for several, or several for one."""
FOREIGN = 0.5
"""What it costs to end in a vowel that English words seldom end in."""
REGULAR = 0.3
"""What it costs to write "nappys" for "nappies", as other words have it."""

_AS_OTHERS = (("ys", "ies"), ("yes", "ies"), ("es", "ies"), ("yed", "ied"), ("t", "ed"), ("n", "ing"))
_VOWELS = frozenset("aeiouyAEIOUW@")
_OFTEN_SILENT = _VOWELS | frozenset("hrwgp")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE = (
    "ck",
    "cs",
    "sz",
    "kq",
    "gj",
    "mn",
    "fv",
    "td",
    "bp",
    "uw",
    "xz",
    "ao",
    "Qf",
    "Qt",
    "Qd",
    "Ck",
    "CZ",
    "Zs",
    "jC",
)


def _wrong_letters() -> dict[str, float]:
    """What it costs to type one letter for another, by both, where that is less than a plain slip."""
    places = {letter: (row, at + row / 2) for row, keys in enumerate(_KEYS) for at, letter in enumerate(keys)}
    costs = {
        one + other: NEXT_KEY
        for one, (row, at) in places.items()
        for other, (its_row, its_at) in places.items()
        if abs(row - its_row) <= 1 and abs(at - its_at) <= 1
    }
    costs |= {pair: ALIKE for both in _ALIKE for pair in (both, both[::-1])}
    for one in _VOWELS:
        for other in _VOWELS:
            same = one.lower() == other.lower()
            costs[one + other] = SAME_VOWEL if same else WEAK_VOWEL if "@" in one + other else VOWEL
    return costs | {one + one: 0.0 for one in (*places, *_VOWELS, *"CZQ")}


_WRONG = _wrong_letters()


def cost(typed: str, meant: str, most: float) -> float:
    """What it costs to have typed one for the other; some number above ``most`` where that is past it."""
    letters = by_letters(typed, meant, most) + ending(typed, meant)
    if letters <= REGULAR:
        return letters
    if typed[0] == meant[0] and letters > JUMBLED and sorted(typed) == sorted(meant):
        return JUMBLED
    as_others = (
        REGULAR + by_letters(typed.removesuffix(end) + right, meant, most)
        for end, right in _AS_OTHERS
        if typed.endswith(end) and meant.endswith(right)
    )
    return min(letters, next(as_others, letters))


def ending(typed: str, meant: str) -> float:
    """What it costs beyond the letters that one word is of a thing, and the other of several, or of doing it."""
    cost = ENDING if typed.endswith("s") != meant.endswith("s") else 0.0
    if typed.endswith("ed") and not meant.endswith("ed"):
        cost += ENDING
    if typed[-1] in "aiou" and meant[-1] != typed[-1]:
        cost += FOREIGN
    return cost


def by_letters(typed: str, meant: str, most: float) -> float:
    """What the letters, or sounds, that differ cost: the least of all ways to make one of the other.

    This is the optimal string alignment distance with the costs above, over what is left between a beginning and an
    end that both have.
    """
    start, end = _same_ends(typed, meant)
    missing = [_missing(meant, at) for at in range(start, len(meant) - end)]
    row = [0.0, *accumulate(missing)]
    before: list[float] = []
    for place in range(start, len(typed) - end):
        letter, extra = typed[place], _extra(typed, place)
        last, before, row = before, row, [row[0] + extra]
        for column, left_out in enumerate(missing):
            at = start + column
            wrong = _WRONG.get(letter + meant[at], 1.0) + (0.0 if place or letter == meant[at] else FIRST)
            best = min(before[column] + wrong, row[column] + left_out, before[column + 1] + extra)
            if last and column and letter == meant[at - 1] and typed[place - 1] == meant[at]:
                best = min(best, last[column - 1] + SWAPPED)
            row.append(best)
        if min(row) > most and min(before) > most:
            return min(row)
    return row[-1]


def _same_ends(one: str, other: str) -> tuple[int, int]:
    """How many letters both begin with, and how many of what is left both end with."""
    shorter = min(len(one), len(other))
    start = end = 0
    while start < shorter and one[start] == other[start]:
        start += 1
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return start, end


def _missing(meant: str, at: int) -> float:
    letter = meant[at]
    if letter in (meant[at - 1 : at], meant[at + 1 : at + 2]):
        return DOUBLED
    if at and at == len(meant) - 1 and meant.endswith("ing"):
        return CUT_SHORT
    if at and at == len(meant) - 2 and letter in _VOWELS and meant[-1] in "lnr":
        return CUT_SHORT
    return (MISSING_SOFT if letter in _OFTEN_SILENT else MISSING) + (0.0 if at else FIRST)


def _extra(typed: str, at: int) -> float:
    letter, before, after = typed[at], typed[at - 1 : at], typed[at + 1 : at + 2]
    if letter in (before, after):
        return DOUBLED
    if letter in _VOWELS or letter == "h":
        extra = EXTRA_SOFT
    else:
        extra = NEXT_KEY if NEXT_KEY in (_WRONG.get(letter + before), _WRONG.get(letter + after)) else EXTRA
    return extra + (0.0 if at else FIRST)


# How English is heard, in order; words stand between line ends. C, Z and Q are the sounds of ch, sh and th; the vowels
# A, E, I, O and U are the long ones, W is the one of "saw" and @ the one of "her".
_HEARD = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?<=\n)[kgp]n", "n"),
        (r"(?<=\n)ps", "s"),
        (r"(?<=\n)(?:wr|rh)", "r"),
        (r"(?<=\n)wh(?!o)", "w"),
        (r"sch", "sk"),
        (r"(?<=sy)ch|ch(?=r)", "k"),
        (r"ph", "f"),
        (r"rh", "r"),
        (r"(?<=[^aeiouy\n])(?:[aeiou]l|le)(?=s?\n)", "@l"),
        (r"ea(?=[dfv]|l?th)", "e"),
        (r"ou?r(?=[^aeiouyr\n])|au(?!gh)|aw|al(?=k)", "W"),
        (r"(?:[cst]|ss)i[ao]n|[sc]h[uio]n|shn", "Zn"),
        (r"(?:[cstz]|ss|x)i(?=[ao]|en)|ss?u(?=re)|sh", "Z"),
        (r"ou(?=s\n)", "u"),
        (r"t?ch|t(?=ure?\n)", "C"),
        (r"(?<=s)th(?=m)|(?<=s)t(?=[lm]|en)", ""),
        (r"th", "Q"),
        (r"s?c(?=[eiy])|z", "s"),
        (r"dg(?=[eiy])|g(?=[eiy])", "j"),
        (r"ck|c", "k"),
        (r"qu?", "kw"),
        (r"x", "ks"),
        (r"(?<=m)b(?=\n)|(?<=e)b(?=t)", ""),
        (r"eigh|iegh", "A"),
        (r"igh", "I"),
        (r"[ao]ugh", "W"),
        (r"(?<=\S)w?h(?=[^aeiouyAIO])|gh", ""),
        (r"(.)\1+(?<![eo]e)(?<!oo)", r"\1"),
        (r"ai|ay|a(?=[^aeiouy\n]es?\n)", "A"),
        (r"ee|o?ea|ie|ei|ey|(?<=[^aeiouy])[iy](?=\n)", "E"),
        (r"i(?=[^aeiouy\n]es?\n)", "I"),
        (r"oa|ow|oe|o(?=[^aeiouy\n]es?\n)", "O"),
        (r"oo|ou|ew|ue|ui|u(?=[^aeiouy\n]es?\n)", "U"),
        (r"[eiou]r(?=[^aeiouy])|(?<=[^aeiouy\n])re(?=s?\n)|(?<=[^aeiouy\n])ar?(?=\n)", "@"),
        (r"(?<=[^aeiouyAEIOU@\n])e(?=s?\n)", ""),
        (r"(?<!\n)y", "i"),
    )
)


def heard(words: Iterable[str]) -> list[str]:
    """How each word sounds: words that are heard alike are the same. All at once, which is many times as fast."""
    text = "".join(f"\n{word}" for word in words) + "\n"
    for pattern, sound in _HEARD:
        text = pattern.sub(sound, text)
    return text.split("\n")[1:-1]
