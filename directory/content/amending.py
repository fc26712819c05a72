"""Changes a few keys of files that people may also write by hand, and leaves the rest of each as it means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directory.content.parsing import parse
from directory.content.tree import Entry, Kind, read_bytes
from directory.content.writing import heading_of, replace
from directory.content.yaml_reader import comment_lines
from directory.content.yaml_writer import canonical
from directory.model.errors import DirectoryError


@dataclass(frozen=True)
class Amendment:
    """What is to change: some keys of the one file of a kind, or of that with a slug."""

    kind: Kind
    keys: Mapping[str, Any]
    slug: str = ""

    @property
    def path(self) -> str:
        """Where the file lies below the folder."""
        return f"{self.kind.name}/{self.slug}.yaml" if self.kind.in_folder else f"{self.kind.name}.yaml"


class ForHandsOnly(DirectoryError):
    """A file that a program must not write: it has a fault, or comments that would be lost. ``path`` names it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} {reason}")
        self.path = path


def amend(folder: Path, amendments: Iterable[Amendment]) -> None:
    """Writes the files that change. All are worked out before the first is written.

    Whoever calls holds ``only_writer``. Raises ``ForHandsOnly``, and OSError where a file cannot be read or written.
    """
    worked_out = [(folder / one.path, _amended(folder, one)) for one in amendments]
    for path, text in worked_out:
        if text is not None:
            replace(path, text)


def _amended(folder: Path, amendment: Amendment) -> bytes | None:
    """The new text of a file; None where it says all that already."""
    entry = Entry(amendment.path, amendment.kind, (0, 0, 0, 0))
    content = read_bytes(folder, entry)
    value = parse(entry, content).value
    if value is None:
        raise ForHandsOnly(entry.path, "has a fault that a person must put right first")
    wanted = value.model_copy(update=dict(amendment.keys))
    if wanted == value:
        return None
    heading, rest = heading_of(content.decode())
    if comment_lines(rest):
        raise ForHandsOnly(entry.path, "has comments, which would be lost")
    text = (heading + canonical(entry.kind, wanted)).encode()
    if parse(entry, text).value != wanted:
        raise ForHandsOnly(entry.path, "would not be sound")
    return text
