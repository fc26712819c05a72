"""Knows the words of the danger rules again in what people type: in their other forms, and with a slip.

Only ``danger`` may use it. Small letters without accents and apostrophes, as ``directory.search.words.split`` gives
them, are meant throughout.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from directory.search.understanding.spelling import english
from directory.search.understanding.spelling.slips import by_letters
from directory.search.words import split

SHORTEST_WITH_SLIP = 4
"""Letters of a word that may have a slip: of two and three letters, every slip is another word."""
SHORTEST_BY_SOUND = 6
"""Letters of a word that may be written as it sounds: shorter ones sound like too many others."""
MOST_BY_SOUND = 0.25
"""What each letter of such a word may cost, as ``slips`` weighs them: "squaddie" sounds like "suicide", but is far."""
NEARLY_AS_NEAR = 0.35
"""What a slip may cost beyond the cheapest."""
SHORTEST_START = 3
"""Letters that a word has before its star."""
_VOWELS = frozenset("aeiouy")
_SAME_LETTERS = str.maketrans("أإآٱىیئېةۃہھۂەکؤےںگ", "ااااييييههههههكوينك")
_UNSURE_SIGNS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u0a01\u0a02\u0a3c\u0a70\u0a71]")
_SOUNDS = str.maketrans("ckqzxvj", "sssssfg", "aeiouyhw")
_JOINED_ON = ("وال", "بال", "لل", "ال", "و", "ف", "ب", "ل")
"""What Arabic joins to the front of a word: and, so, with, to, the."""
_PLAIN = re.compile("[a-z0-9 ]*")
_DOUBLE = re.compile(r"(.)\1+")
_LONG_RUN = re.compile(r"(.)\1{2,}")


class DangerWords:
    """The words of the rules, each with a number. A right English word stands for its -s, -ed and -ing forms too.

    A word with a star at its end, as in "samobojc*", is any word that starts so.
    Words that are ``right_elsewhere`` in what people look for are no slips of one of the rules.
    """

    def __init__(self, spellings: Mapping[str, Iterable[str]], right_elsewhere: Collection[str]) -> None:
        self._right_elsewhere = frozenset(map(_one_script, right_elsewhere))
        self._spellings = {_only_word(word): others for word, others in spellings.items()}
        self._numbers: dict[str, int] = {}
        self._by_form: dict[str, tuple[int, ...]] = {}
        self._by_start: dict[str, tuple[int, ...]] = {}
        self._by_half: dict[str, list[str]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)

    @property
    def right(self) -> frozenset[str]:
        """Every whole word of the rules that is rightly spelt, as people type it."""
        return frozenset(word for word in self._numbers if not word.endswith("*"))

    def add(self, word: str) -> int:
        """The number of a word of the rules; all must be added before the first is read."""
        if word not in self._numbers:
            self._numbers[word] = len(self._numbers)
            if word.endswith("*"):
                start = _one_script(word[:-1])
                self._by_start[start] = (*self._by_start.get(start, ()), self._numbers[word])
                return self._numbers[word]
            for spelling in (word, *map(_only_word, self._spellings.get(word, ()))):
                for form in _forms(spelling) if word in english() else [_one_script(spelling)]:
                    self._learn(form, self._numbers[word])
        return self._numbers[word]

    def _learn(self, form: str, number: int) -> None:
        if form not in self._by_form and len(form) >= SHORTEST_WITH_SLIP:
            half = len(form) // 2
            self._by_half[form[:half] + "-"].append(form)
            self._by_half["-" + form[half:]].append(form)
            if len(form) >= SHORTEST_BY_SOUND:
                self._by_sound[_sound(form)].append(form)
        self._by_form[form] = (*self._by_form.get(form, ()), number)

    def read(self, word: str, meant: Sequence[str] = ()) -> tuple[int, ...]:
        """The numbers of the words of the rules that a typed word may be. A right word is no slip.

        ``meant`` is what was looked for instead of it: where that is nearer than any word of the rules, it is that.
        """
        word = _one_script(word)
        known = self._known(word)
        if known or len(word) < SHORTEST_WITH_SLIP or word in english() or word in self._right_elsewhere:
            return known
        drawn_out = _LONG_RUN.sub(r"\1", word)
        if drawn_out != word:
            return self._by_form.get(drawn_out) or self._slipped(_LONG_RUN.sub(r"\1\1", word), meant)
        return self._slipped(word, meant)

    def _known(self, word: str) -> tuple[int, ...]:
        starts = (self._by_start.get(word[:length], ()) for length in range(SHORTEST_START, len(word) + 1))
        known = self._by_form.get(word, ()) + tuple(number for numbers in starts for number in numbers)
        return known or next((found for rest in _without_joined(word) if (found := self._by_form.get(rest))), ())

    def _slipped(self, word: str, meant: Sequence[str]) -> tuple[int, ...]:
        costs = {form: by_letters(word, form, len(word)) for form in self._near(word)}
        rivals = {one: by_letters(word, one, len(word)) for one in meant[:1] if len(meant) == 1}
        costs |= rivals
        most = min(costs.values(), default=0.0) + (0.0 if rivals else NEARLY_AS_NEAR)
        near = sorted(form for form, cost in costs.items() if cost <= most)
        return tuple({number for form in near for number in self._known(form)})

    def _near(self, word: str) -> Iterator[str]:
        """The words of the rules that a typed word may be a slip of."""
        swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
        yield from (form for form in swapped if form in self._by_form and len(form) >= SHORTEST_WITH_SLIP)
        for length in (len(word) - 1, len(word), len(word) + 1):
            half = length // 2
            same_end = word[len(word) - (length - half) :]
            alike = (*self._by_half.get(word[:half] + "-", ()), *self._by_half.get("-" + same_end, ()))
            yield from (form for form in alike if len(form) == length and _is_one_slip(word, form))
        if len(word) >= SHORTEST_BY_SOUND - 1:
            alike = tuple(self._by_sound.get(_sound(word), ()))
            most = MOST_BY_SOUND * len(word)
            yield from (form for form in alike if by_letters(word, form, most) <= most)


def rule_words(text: str) -> list[str]:
    """The words of a text of the rules, each with its star if it has one."""
    if _PLAIN.fullmatch(text):
        return text.split()
    words: list[str] = []
    for part in text.split() if "*" in text else [text]:
        words += [word for _, word in split(part)]
        if words and part.endswith("*"):
            words[-1] += "*"
    return words


def _only_word(word: str) -> str:
    return "".join(part for _, part in split(word))


def _one_script(word: str) -> str:
    """The word with the letters of Urdu and Arabic keyboards made one, and without the signs that people leave out."""
    return word if word.isascii() else _UNSURE_SIGNS.sub("", word.translate(_SAME_LETTERS)) or word


def _without_joined(word: str) -> Iterator[str]:
    return (word.removeprefix(start) for start in _JOINED_ON if word.startswith(start))


def _forms(word: str) -> Iterator[str]:
    """The word, and what English makes of it: hit, hits, hitting, and hittin as it is spoken."""
    yield word
    if len(word) < 3:
        return
    usual = english()
    yield word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s")
    forms = [form for form in _more_forms(word) if form in usual]
    yield from forms
    going = [form[:-1] for form in (word, *forms) if form.endswith("ing")]
    yield from (form for form in going if form not in usual)


def _more_forms(word: str) -> Iterator[str]:
    """The -ed and -ing forms of a word; some of a word that has none are no words."""
    if word.endswith("e"):
        yield from (word + "d", word[:-1] + "ing")
    elif word.endswith("y") and word[-2] not in _VOWELS:
        yield from (word[:-1] + "ies", word[:-1] + "ied", word + "ing")
    else:
        yield from (word + "ed", word + "ing", word + word[-1] + "ed", word + word[-1] + "ing")


def _sound(word: str) -> str:
    """The consonants of a word after its first letter, those that sound alike as one."""
    single = _DOUBLE.sub(r"\1", word.replace("ph", "f"))
    return single[:1] + single[1:].translate(_SOUNDS)


def _is_one_slip(typed: str, form: str) -> bool:
    """Whether one slip lies between the two: letters swapped, one missing, one too many, or one for another.

    The shorter the word, the less may be wrong: of four letters two may be swapped or one doubled; of five and six,
    no consonant may stand for another; and the first letter is always right, or swapped with the second.
    """
    at = next((n for n, (one, other) in enumerate(zip(typed, form, strict=False)) if one != other), len(typed))
    if typed[at : at + 2] == form[at : at + 2][::-1] and typed[at + 2 :] == form[at + 2 :]:
        return True
    if at == 0 or not typed.isascii():
        return at > 0 and len(form) >= 6 and typed[at + 1 :] == form[at + 1 :]
    if len(typed) > len(form):
        is_doubled = typed[at : at + 1] == typed[at - 1]
        return typed[at + 1 :] == form[at:] and (len(form) > 4 or is_doubled)
    if len(typed) < len(form):
        is_double = form[at] == form[at - 1]
        return typed[at:] == form[at + 1 :] and (len(form) > 4 or is_double)
    is_vowel = {typed[at : at + 1], form[at : at + 1]} <= _VOWELS
    return typed[at + 1 :] == form[at + 1 :] and (len(form) >= 7 or (is_vowel and len(form) > 4))
