"""Whether people ask about half-term, in which Holiday Activities and Food (HAF) does not run in most areas.

Asked of the words themselves, because a calendar that does not know when half-term is reads no days out of them.
"""

from collections.abc import Collection

from directory.search.query import Understood
from directory.search.words import words_of

IN_OTHER_LANGUAGES = (
    *("przerwa semestralna", "przerwie semestralnej", "przerwę semestralną", "przerwa śródsemestralna"),
    *("vacanța intersemestrială", "ہاف ٹرم", "ਹਾਫ ਟਰਮ", "هاف تيرم", "نصف الفصل", "منتصف الفصل"),
)
"""What people call half-term who do not use its English name."""
_ENGLISH = ("half term", "half terms", "halfterm", "halfterms", "half trem", "haf term", "mid term break")
_IN_ITS_MONTHS = (
    *("february", "feb", "october", "oct", "in may", "this may", "whit week"),
    *("luty", "lutym", "październik", "październiku", "februarie", "octombrie", "فروری", "اکتوبر", "فبراير"),
)
"""Beside HAF, months in which schools have no other holiday than half-term."""


def asks_about_half_term(text: str, understood: Understood, haf_needs: Collection[str]) -> bool:
    """Whether a search, as typed or as corrected, names half-term, or HAF in a month that has a half-term alone.

    ``haf_needs`` are the slugs of the needs of people who look for HAF.
    """
    typed = words_of(text)
    said = f" {' '.join(typed)} "
    if understood.corrections:
        meant = {word: one.meant for one in understood.corrections for word in words_of(one.typed)}
        said += f" {' '.join(meant.get(word, word) for word in typed)} "
    names = _HALF_TERM + (_MONTHS if asks_about_haf(understood, haf_needs) else ())
    return any(name in said for name in names)


def asks_about_haf(understood: Understood, haf_needs: Collection[str]) -> bool:
    """Whether HAF is what a search is about before all else."""
    return any(need in haf_needs for need in understood.needs[:1])


def _spoken(names: Collection[str]) -> tuple[str, ...]:
    return tuple(f" {' '.join(words_of(name))} " for name in names)


_HALF_TERM, _MONTHS = _spoken(_ENGLISH + IN_OTHER_LANGUAGES), _spoken(_IN_ITS_MONTHS)
