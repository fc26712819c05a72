"""What differs between two versions of a listing, field by field: the old words beside the new, what changed marked.

Marks are told in words too, for people who hear a page.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from markupsafe import Markup, escape

from directory.model.snapshot import Snapshot
from directory.web.listing_words import NAMES, OWN_WORDS, name, said
from directory.web.own_words import page_marks
from directory.web.translate import gettext

# A time, a web address or "drop-in" is one word; a comma after it is not part of it.
_PIECES = re.compile(r"\n|[^\S\n]+|[^\W_]+(?:[.:'’@/_-]+[^\W_]+)*|.", re.DOTALL)
LIKE_ENOUGH = 0.3
"""Below this share of words in common two texts are told as one taken away and one put in its place."""
Run = tuple[bool, str]
"""Whether a stretch of text changed, and the stretch."""


@dataclass(frozen=True)
class Difference:
    """One field in two versions: each side whole and escaped, with ``<del>`` or ``<ins>`` round what changed.

    A side on which nothing is said is empty. ``is_own_words``: both are the listing's own, untranslated words.
    """

    key: str
    name: str
    old: Markup
    new: Markup
    is_own_words: bool


def difference(key: str, old: Any, new: Any, snapshot: Snapshot) -> Difference:
    """One key of a listing in two versions; ``None`` is a key that is not there."""
    before, after = ("\n".join(said(key, value, snapshot)) for value in (old, new))
    marked_old, marked_new = marked(before, after)
    return Difference(key, name(key), marked_old, marked_new, key in OWN_WORDS)


def differences(old: Mapping[str, Any], new: Mapping[str, Any], snapshot: Snapshot) -> tuple[Difference, ...]:
    """Every key whose value differs between two listings, in the order in which a content file has them."""
    keys = (key for key in NAMES if old.get(key) != new.get(key))
    return tuple(difference(key, old.get(key), new.get(key), snapshot) for key in keys)


def marked(old: str, new: str) -> tuple[Markup, Markup]:
    """Two texts with the words marked that only one of them has."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    # difflib leaves out what is said all the time as a place to begin: without that a long text takes seconds.
    match = SequenceMatcher(str.isspace, before, after)
    if match.ratio() < LIKE_ENOUGH:
        return _side([(True, old)], "del"), _side([(True, new)], "ins")
    steps = match.get_opcodes()
    olds = ((step != "equal", "".join(before[start:end])) for step, start, end, _, _ in steps)
    news = ((step != "equal", "".join(after[start:end])) for step, _, _, start, end in steps)
    return _side(_joined(olds), "del"), _side(_joined(news), "ins")


def _joined(runs: Iterable[Run]) -> list[Run]:
    """The same text in fewer runs: the space between two changed words has changed with them."""
    joined: list[Run] = []
    for changed, text in filter(lambda run: run[1], runs):
        if changed and len(joined) > 1 and joined[-1][1].isspace() and joined[-2][0]:
            between, before = joined.pop()[1], joined.pop()[1]
            joined.append((True, before + between + text))
        else:
            joined.append((changed, text))
    return joined


def _side(runs: Iterable[Run], mark: Literal["del", "ins"]) -> Markup:
    """One side of a difference as HTML."""
    spoken = gettext("removed:") if mark == "del" else gettext("added:")
    whole = Markup('<{0}><span class="govuk-visually-hidden"{1}>{2} </span>{3}</{0}>')
    pieces = (
        whole.format(mark, page_marks(), spoken, text) if changed and not text.isspace() else escape(text)
        for changed, text in runs
        if text
    )
    return Markup("").join(pieces)
