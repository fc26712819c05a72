"""Tells which files of a folder changed since the last look: a look at every file, or one that costs nothing."""

from collections.abc import Mapping, Set
from pathlib import Path

from directory.content.tree import FOLDERS, SINGLES, Signature, glance, inodes, moment, signature_of

_NOWHERE = object()


class Looks:
    """What a folder looked like last. One thread at a time may look."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, Signature | None] = self._seen()
        self._inodes = {name: inodes(folder, name) for name in FOLDERS}
        self._moments: dict[str, tuple[int, int]] = dict.fromkeys(FOLDERS, (0, 0))

    def at_all(self) -> Set[str]:
        """The paths of all that is new, changed or gone; asks the system about every file."""
        seen = self._seen()
        before, self._files = self._files, seen
        return _differing(before, seen)

    def _seen(self) -> dict[str, Signature | None]:
        return dict.fromkeys(SINGLES) | glance(self._folder)

    def at_folders(self) -> Set[str]:
        """The paths of what came, went or took the place of another file, as approved changes do; some microseconds.

        What was written in place shows only to a look at all. A look at all finds once more what was found here.
        """
        changed = set(filter(self._has_moved, SINGLES))
        for name in FOLDERS:
            changed |= self._moved_in(name)
        return changed

    def _has_moved(self, path: str) -> bool:
        before, self._files[path] = self._files.get(path), signature_of(self._folder / path)
        return before != self._files[path]

    def _moved_in(self, name: str) -> Set[str]:
        """A folder's moment has to be seen twice before it is believed: the next change may fall into the same tick."""
        now = moment(self._folder, name)
        if self._moments[name] == (now, now):
            return set()
        self._moments[name] = (self._moments[name][1], now)
        before, self._inodes[name] = self._inodes[name], inodes(self._folder, name)
        return _differing(before, self._inodes[name])


def _differing(before: Mapping[str, object], now: Mapping[str, object]) -> Set[str]:
    if now == before:
        return frozenset()
    return {path for path, state in now.items() if before.get(path, _NOWHERE) != state} | (before.keys() - now.keys())
