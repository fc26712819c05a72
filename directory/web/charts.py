"""Small charts as SVG, drawn here: no script, no style attributes, and the same said in words beside each."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH = 100
_BAR = Markup(
    '<svg class="chart" role="img" aria-label="{label}" viewBox="0 0 {width} 10" preserveAspectRatio="none">'
    "{parts}</svg>"
)
_PART = Markup('<rect class="chart__{kind}" x="{x}" width="{width}" height="10"/>')


@dataclass(frozen=True)
class Part:
    """One part of a bar. ``kind`` names its colour: good, fair, poor or none."""

    number: int
    kind: str


def bar(parts: Sequence[Part], label: str) -> Markup:
    """One bar, its parts as wide as their numbers are to each other. ``label`` says the same in words.

    It begins where lines of text begin: the style sheet turns it round in languages that run from the right.
    """
    whole = sum(part.number for part in parts) or 1
    drawn, x = Markup(), 0.0
    for part in parts:
        width = WIDTH * part.number / whole
        if width:
            drawn += _PART.format(kind=part.kind, x=_short(x), width=_short(width))
        x += width
    return _BAR.format(label=label, width=WIDTH, parts=drawn)


def share(percent: int, label: str) -> Markup:
    """A bar that is so many hundredths full."""
    return bar((Part(percent, "good"), Part(WIDTH - percent, "none")), label)


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
