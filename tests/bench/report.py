"""Holds what was measured beside what was promised: one table, printed and kept."""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_HEADINGS = ("What", "Ours", "Theirs", "Ratio", "Target", "Met")


@dataclass(frozen=True)
class Row:
    """One thing measured. ``ours`` beside ``theirs`` in the same unit; the ratio, or ours alone, beside a target."""

    name: str
    ours: float
    unit: str
    theirs: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours divided by theirs."""
        return self.ours / self.theirs if self.theirs else None

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        value = self.ours if self.ratio is None else self.ratio
        if self.at_least is not None:
            return value >= self.at_least
        return None if self.at_most is None else value <= self.at_most

    def cells(self) -> tuple[str, ...]:
        """The row as the table shows it."""
        limits = (("at least", self.at_least), ("at most", self.at_most))
        target = next((f"{words} {limit:g}" for words, limit in limits if limit is not None), "")
        if target and self.ratio is None:
            target += f" {self.unit}"
        return (
            f"{self.name} ({self.note})" if self.note else self.name,
            f"{_number(self.ours)} {self.unit}",
            "" if self.theirs is None else f"{_number(self.theirs)} {self.unit}",
            "" if self.ratio is None else f"{self.ratio:.2f}",
            target,
            {True: "met", False: "NOT MET", None: ""}[self.is_met],
        )


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def machine(load_before: float) -> dict[str, object]:
    """The facts of this machine without which the figures say little."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "load average before": round(load_before, 2),
        "load average after": round(os.getloadavg()[0], 2),
    }


def table(rows: Sequence[Row]) -> str:
    """The rows as a table in Markdown, readable as it stands."""
    return aligned([_HEADINGS, *(row.cells() for row in rows)])


def aligned(given: Iterable[Sequence[str]]) -> str:
    """Lines of cells, the headings first, as a table in Markdown."""
    cells = list(given)
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in cells
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def save(rows: Sequence[Row], facts: dict[str, object], folder: Path, more: str = "") -> None:
    """Keeps the table, and ``more`` tables, as report.md and the figures as report.json."""
    told = "\n".join(f"* {name}: {value}" for name, value in facts.items())
    (folder / "report.md").write_text(f"# Speed\n\n{table(rows)}\n\n{more}\n\n{told}\n")
    figures = [asdict(row) | {"ratio": row.ratio, "is_met": row.is_met} for row in rows]
    (folder / "report.json").write_text(json.dumps({"machine": facts, "rows": figures}, indent=1) + "\n")
