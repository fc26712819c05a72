"""Corrects words that are misspelt towards the directory's own words, and leaves alone what is right.

Of the directory's words that are a few slips away, by letters or by ear, the likeliest is taken: the one that the
cheapest slips make, the more usual before the less usual. English words that the directory has not stand beside them,
so that "flihgts" is not taken for "rights". Words of other languages are right too; only among English words is a
cheap slip of one of those likelier ("doktor").
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache
from itertools import islice

from directory.search.understanding.spelling.guesses import BY_EAR, LONGEST, Guess, Guesses, Shelf
from directory.search.understanding.spelling.known import SAID_SHORT, english, is_form
from directory.search.understanding.spelling.run_together import LINKS, RunTogether
from directory.search.understanding.spelling.slips import by_letters

SHORTEST, LONG_ENOUGH = 4, 6
"""Letters of the words that are corrected, and of those in another language."""
MOST = (0.72, 0.9, 1.25, 1.5, 1.6, 1.85, 2.2)
"""What slips may cost in all, in words of 4 letters, of 5 and so on."""
AMONG_OTHERS = 0.6
"""What is left of that among words of other languages."""
CHEAP = 0.72
"""What slips may cost where more than they is wrong: the language, or the spaces."""
SURE = 1.05
"""What slips may cost before it is thought that two words were written as one."""
NO_RIVAL = 0.2
"""What no word that the directory has not can be as unlikely as."""
RARE, RARE_AND_LONG, FAR_MORE_USUAL = 56, 50, 17
"""How usual, as ``english`` says, right words are that may be slips, if what is meant is so much more usual."""
RIVALS = 25_000
"""How many of the words of English stand beside the directory's."""
MOST_CUTS = 4
"""How many ways to cut a word into one that is much used, and one with a slip, are tried."""
USED, MUCH_USED = 5, 10
"""How much a word is used that needs no list of English to be believed, and that may be half of a word with a slip."""


class Company(Enum):
    """What language the words beside a word are of."""

    ENGLISH = auto()
    OTHER = auto()
    UNTOLD = auto()


@dataclass(frozen=True, eq=False)
class Spelling:
    """The directory's own words with how much each is used, and its words of other languages.

    Those that English has too ("mare", "de") tell another language only where they are among the small words.
    """

    _use: Mapping[str, float]
    _small_words: frozenset[str]
    _elsewhere: frozenset[str]
    _own: Guesses
    _others: Guesses
    _run_together: RunTogether

    @classmethod
    def of(
        cls, words: Mapping[str, float], elsewhere: Collection[str] = (), small_words: Collection[str] = ()
    ) -> "Spelling":
        """The spelling of the directory's own words, by how much each is used, and of words of other languages."""
        others = frozenset(elsewhere).difference(words, english())
        likings = {word: _liking(word, words[word]) for word in sorted(filter(_may_be_meant, words))}
        parts = {word: liking for word, liking in likings.items() if _is_believed(word, words[word])}
        among_others = Guesses.of({word: 0.0 for word in sorted(others) if _is_plain(word)})
        return cls(words, frozenset(small_words), others, Guesses.of(likings), among_others, RunTogether.of(parts))

    def amended(self, words: Mapping[str, float], touched: Iterable[str]) -> "Spelling":
        """The same for other words of the directory's: ``touched`` are those that are used more or less than before.

        None of them may be a word of another language that is only now one of the directory's, or is so no more.
        """
        use = {word: words.get(word, 0) for word in touched if _may_be_meant(word)}
        likings = {word: _liking(word, its) if its else None for word, its in use.items()}
        parts = {word: liking if _is_believed(word, use[word]) else None for word, liking in likings.items()}
        own, run_together = self._own.amended(likings), self._run_together.amended(parts)
        return replace(self, _use=words, _own=own, _run_together=run_together)

    def is_foreign(self, word: str) -> bool:
        """Whether a word is right in another language, and not in English."""
        return word in self._small_words or word in self._elsewhere

    def is_of_another_language(self, words: Sequence[str]) -> bool:
        """Whether more of the words of a search tell another language than are right in English."""
        telling = sum(map(self.is_foreign, words))
        return telling > sum(word not in self._small_words and self._is_right_english(word) for word in words)

    def corrected_elsewhere(self, word: str) -> tuple[str, ...] | None:
        """The word meant in a search of another language; None where it is right, or nothing is very near."""
        if self.is_right(word) or not (LONG_ENOUGH <= len(word) <= LONGEST) or not _is_plain(word):
            return None
        guesses = (self._others.best(word, CHEAP), self._best(word, CHEAP))
        best = min((guess for guess in guesses if guess), key=lambda guess: guess.cost, default=None)
        return (best.word,) if best else None

    def is_right(self, word: str) -> bool:
        """Whether it is a word of English, of the directory or of its other languages."""
        return self.is_foreign(word) or self._is_right_english(word)

    def _is_right_english(self, word: str) -> bool:
        return word in self._use or word in english()

    def corrected(self, word: str, before: str | None = None, after: str | None = None) -> tuple[str, ...] | None:
        """The word or words meant instead of it; None where it is right, or nothing is near enough."""
        if word in self._use or word in self._small_words:
            return None
        if word in SAID_SHORT:
            return (SAID_SHORT[word],) if SAID_SHORT[word] in self._use else None
        if not (SHORTEST <= len(word) <= LONGEST) or not _is_plain(word):
            return None
        if word in english():
            return self._not_so_rare(word)
        company = self._company(before, after)
        if word in self._elsewhere:
            meant = self._best(word, CHEAP) if company is Company.ENGLISH else None
            return (meant.word,) if meant else None
        return None if is_form(word, self._use) else self._meant(word, company)

    def joined(self, first: str, second: str) -> str | None:
        """The one word meant by two of which one is not right: "post natle" for "postnatal"."""
        word = first + second
        if not _is_plain(word) or not SHORTEST < len(word) <= LONGEST or not self._strange((first, second)):
            return None
        if word in self._use:
            return word
        best = self._best(word, CHEAP)
        return best.word if best else None

    def _strange(self, words: Sequence[str]) -> list[str]:
        """The words that neither the directory nor English has."""
        return [word for word in words if not self._is_right_english(word) and _is_plain(word)]

    def _company(self, before: str | None, after: str | None) -> Company:
        beside = [one for one in (before, after) if one and _is_plain(one)]
        strange = self._strange(beside)
        if not strange:
            return Company.ENGLISH if beside else Company.UNTOLD
        return Company.OTHER if len(strange) == len(beside) else Company.UNTOLD

    def _meant(self, word: str, company: Company) -> tuple[str, ...] | None:
        most = MOST[min(len(word) - SHORTEST, len(MOST) - 1)] * (AMONG_OTHERS if company is Company.OTHER else 1)
        best = self._best(word, most)
        if best and best.cost <= CHEAP:
            return (best.word,)
        apart = self._run_together.taken_apart(word)
        if apart and (not best or best.cost > SURE or not LINKS.isdisjoint(apart)):
            return apart
        return (best.word,) if best else self._with_a_slip(word)

    def _with_a_slip(self, word: str) -> tuple[str, ...] | None:
        """Two much used words written as one, with a slip in one of them: "mentalhelth"."""
        cuts = ((word[:cut], word[cut:]) for cut in range(SHORTEST, len(word) - SHORTEST + 1))
        likely = sorted(filter(self._longer_much_used, cuts), key=self._longer_much_used, reverse=True)
        for first, second in likely[:MOST_CUTS]:
            slipped = second if self._is_much_used(first) else first
            best = self._best(slipped, CHEAP)
            if best and self._is_much_used(best.word):
                return (best.word, second) if slipped is first else (first, best.word)
        return None

    def _longer_much_used(self, parts: tuple[str, str]) -> int:
        """The letters of the longer of the parts that is much used; 0 where neither is."""
        return max(len(part) * self._is_much_used(part) for part in parts)

    def _is_much_used(self, word: str) -> bool:
        return self._use.get(word, 0) >= MUCH_USED

    def _best(self, word: str, most: float) -> Guess | None:
        """The likeliest of the directory's English words, unless one that it has not is likelier."""
        best = self._own.best(word, most)
        if best and best.unlikeliness > NO_RIVAL and min(self._rivals(word, most), default=best) < best:
            return None
        return best

    def _rivals(self, word: str, most: float) -> Iterator[Guess]:
        """Usual English words, which the directory has not, that may be meant."""
        for rival in _usual_english().near(word, 1):
            if rival not in self._use:
                its = by_letters(word, rival, most)
                yield Guess(its + 0.25 - 0.01 * (english()[rival] - 75), its, rival)

    def _not_so_rare(self, word: str) -> tuple[str, ...] | None:
        """What is meant by a word that is right, but so rare that it is likelier a slip: "corse"."""
        usual = english()
        most = CHEAP if usual[word] <= RARE_AND_LONG and len(word) > 6 else BY_EAR if usual[word] <= RARE else 0.0
        best = self._best(word, most) if most else None
        return (best.word,) if best and usual.get(best.word, 0) >= usual[word] + FAR_MORE_USUAL else None


def _liking(word: str, use: float) -> float:
    """What speaks for a word: that the directory uses it much, that it is usual in English."""
    usual = english().get(word, 0)
    is_known = 0.2 if usual or use >= USED else 0.0
    return is_known + 0.07 * math.log2(1 + use) + 0.004 * max(usual - 50, 0)


def _is_believed(word: str, use: float) -> bool:
    """Whether a word that is so much used may be a part of words that were written as one."""
    return use >= USED or (use > 0 and word in english())


def _may_be_meant(word: str) -> bool:
    return _is_plain(word) and len(word) > 2


@cache
def _usual_english() -> Shelf:
    return Shelf.of([word for word in islice(english(), RIVALS) if _is_plain(word)])


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalpha()
