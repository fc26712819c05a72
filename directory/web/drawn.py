"""HTML that a template draws once and that is then filled in for each visitor: as quick as joining strings."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, zip_longest
from typing import Any

from flask import render_template, request
from markupsafe import Markup, escape

from directory.web.language import current_language
from directory.web.showing import showing

# Two characters for private use, which no content may hold a meaning in, keep a gap's name apart from words.
_GAP = re.compile("\ue000(\\w+)\ue001")
Words = Callable[[], Mapping[str, Any]]
"""What a template is given; asked for only when it is drawn."""


@dataclass(frozen=True)
class Drawn:
    """A piece of HTML with named gaps: ``pieces`` are by turns HTML and the name of the gap that follows it."""

    pieces: tuple[str, ...]

    def filled(self, **gaps: str) -> Markup:
        """The HTML with its gaps filled; text is escaped, HTML is not. A gap that nothing is said of stays empty."""
        safe = {name: str(escape(value)) for name, value in gaps.items()}
        pieces = self.pieces
        parts = [safe.get(piece, "") if number % 2 else piece for number, piece in enumerate(pieces)]
        whole = "".join(parts)
        return Markup(whole)  # noqa: S704  # nosec B704  # a template's own output, and what was escaped above

    @cached_property
    def _encoded(self) -> tuple[bytes, ...]:
        return tuple(piece.encode() for piece in self.pieces[::2])

    def sent(self, **gaps: str) -> bytes:
        """The same as bytes, for a whole page: its styles are most of it, and need not be encoded for every visitor."""
        between = [str(escape(gaps.get(name, ""))).encode() for name in self.pieces[1::2]]
        return b"".join(chain.from_iterable(zip_longest(self._encoded, between, fillvalue=b"")))


def gap(name: str) -> Markup:
    """What a template shows where a gap of that name is to be, for gaps that stand within other words."""
    return Markup(f"\ue000{name}\ue001")  # noqa: S704  # nosec B704  # a name of our own


def draw(template: str, gaps: Iterable[str], **words: Any) -> Drawn:
    """The template in the language of the page, with a gap wherever it shows one of ``gaps``."""
    marks = {name: gap(name) for name in gaps}
    return Drawn(tuple(_GAP.split(render_template(template, **words, **marks))))


def drawn(template: str, gaps: Iterable[str], *kind: Any, words: Words = dict) -> Drawn:
    """The same, drawn once and kept for each ``kind``, which must tell apart all that ``words`` may say."""
    made = showing().made
    key = ("drawn", template, current_language(), request.environ.get("SCRIPT_NAME", ""), kind)
    kept: Drawn | None = made.get(key)
    if kept is None:
        kept = made[key] = draw(template, gaps, **words())
    return kept
