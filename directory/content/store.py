"""The content of a folder as one snapshot: the last that had no fault."""

import datetime
import gc
import hashlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directory.content.agreement import disagreements
from directory.content.compiled import Compiled
from directory.content.faults import Fault
from directory.content.parsing import Parsed, parse
from directory.content.tree import FOLDERS, Entry, glance, read_bytes, scan
from directory.model.calendar import Calendar
from directory.model.errors import DirectoryError
from directory.model.place import Places
from directory.model.site import SearchChecks, Words
from directory.model.snapshot import Snapshot
from directory.model.urgent import Urgent

logger = logging.getLogger(__name__)

Files = dict[str, tuple[str, Parsed]]
"""By path: the hash of a file's bytes, and what was read of it."""


class BrokenContent(DirectoryError):
    """The content has faults and there is no earlier content without any. Its text is the whole report."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Report:
    """What a check found: every fault, how many files, and since when the last content without a fault is served."""

    faults: tuple[Fault, ...]
    files: int
    good_since: str | None


@dataclass(frozen=True)
class Loaded:
    """What a folder held at one look: every fault, and the snapshot where there is none."""

    faults: tuple[Fault, ...]
    snapshot: Snapshot | None
    files: int


def check(folder: Path, index: Path) -> Report:
    """Finds every fault of a folder. Where no file changed since the last look, nothing is read again."""
    compiled = Compiled(index, folder)
    look = compiled.last_look(_tree(*scan(folder)))
    if look is None:
        loaded = load(folder, index)
        look = loaded.files, loaded.faults
    return Report(look[1], look[0], compiled.good_since())


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Rests the garbage collector: what is read here is kept, and walking it over and over took a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def load(folder: Path, index: Path) -> Loaded:
    """Reads a whole content folder; files unchanged since the last look are taken from memory in the index folder."""
    return _load(folder, index, {})


@_nothing_thrown_away()
def _load(folder: Path, index: Path, held: Files) -> Loaded:
    """Loads a folder, and leaves in ``held`` every file as it is now; those that it held already are not read again."""
    compiled = Compiled(index, folder)
    entries, unreadable = scan(folder)
    _bring_up_to_date(held, folder, entries, compiled)
    values = [parsed for _, parsed in held.values()]
    own = (fault for parsed in values for fault in parsed.faults)
    faults = tuple(sorted({*unreadable, *own, *disagreements(values)}))
    compiled.keep_look(_tree(entries, unreadable), len(entries), faults)
    if faults:
        return Loaded(faults, None, len(entries))
    compiled.keep_as_good({parsed.entry.path: digest for digest, parsed in held.values()}, _now())
    return Loaded((), _assembled(held.values()), len(entries))


def _bring_up_to_date(held: Files, folder: Path, entries: list[Entry], compiled: Compiled) -> None:
    unchanged = {entry.path: held[entry.path] for entry in entries if _holds(held, entry)}
    known = unchanged | compiled.remembered(entry for entry in entries if entry.path not in unchanged)
    read = {entry.path: _read(folder, entry) for entry in entries if entry.path not in known}
    if read or held.keys() - {entry.path for entry in entries}:
        compiled.remember(read.values(), entries)
    held.clear()
    held.update((entry.path, known.get(entry.path) or read[entry.path]) for entry in entries)


def _holds(held: Files, entry: Entry) -> bool:
    return entry.path in held and held[entry.path][1].entry == entry


def _tree(entries: Iterable[Entry], faults: Iterable[Fault]) -> str:
    """A hash that changes whenever a file is added, removed or changed."""
    lines = [f"{entry.path} {entry.signature}" for entry in entries] + [str(fault) for fault in faults]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _read(folder: Path, entry: Entry) -> tuple[str, Parsed]:
    try:
        content = read_bytes(folder, entry)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        return "", Parsed(entry, None, (Fault(entry.path, 1, "", f"cannot be read: {reason}"),))
    return hashlib.sha256(content).hexdigest(), parse(entry, content)


def _assembled(files: Iterable[tuple[str, Parsed]]) -> Snapshot:
    """The snapshot that files without a fault make up."""
    values: dict[str, Any] = {}
    folders: dict[str, dict[str, Any]] = {name: {} for name in FOLDERS}
    whole = hashlib.sha256()
    for digest, parsed in sorted(files, key=lambda pair: pair[1].entry.path):
        whole.update(f"{parsed.entry.path} {digest}\n".encode())
        if parsed.entry.kind.in_folder:
            folders[parsed.entry.kind.name][parsed.entry.slug] = parsed.value
        else:
            values[parsed.entry.kind.name] = parsed.value
    urgent = values.get("urgent", Urgent())
    return Snapshot(
        revision=whole.hexdigest()[:16],
        site=values["site"],
        categories=values["categories"].categories,
        listings=folders["listings"],
        providers=folders["providers"],
        pages=folders["pages"],
        places=values.get("places", Places()),
        calendar=values.get("calendar", Calendar()),
        words=values.get("words", Words()).synonyms,
        needs=tuple(need for file in folders["needs"].values() for need in file.needs),
        door_of_need={need.slug: door for door, file in folders["needs"].items() for need in file.needs},
        languages=tuple(folders["languages"].values()),
        urgent=urgent.cards,
        danger=urgent.rules,
        search_checks=values.get("search_checks", SearchChecks()).promises,
    )


class ContentStore:
    """The content that a process serves. ``refresh`` looks again; a broken change leaves the last good content."""

    def __init__(self, folder: Path, index: Path) -> None:
        """Reads the folder. Raises ``BrokenContent`` where it has faults and no earlier content had none."""
        self._folder = folder
        self._index = index
        self._looked_at = glance(folder)
        self._files: Files = {}
        loaded = _load(folder, index, self._files)
        self.faults = loaded.faults
        self.snapshot = loaded.snapshot or self._last_good(loaded.faults)

    def refresh(self) -> bool:
        """Looks whether files changed; True where there is a new snapshot. Faults are logged and kept in ``faults``."""
        seen = glance(self._folder)
        if seen == self._looked_at:
            return False
        self._looked_at = seen
        loaded = _load(self._folder, self._index, self._files)
        self.faults = loaded.faults
        if loaded.snapshot is None:
            self._tell(loaded.faults)
            return False
        changed = loaded.snapshot.revision != self.snapshot.revision
        self.snapshot = loaded.snapshot
        return changed

    def _last_good(self, faults: tuple[Fault, ...]) -> Snapshot:
        earlier = Compiled(self._index, self._folder).last_good()
        if not earlier:
            raise BrokenContent(faults)
        self._tell(faults)
        return _assembled(earlier)

    def _tell(self, faults: tuple[Fault, ...]) -> None:
        logger.error("content has %d faults; serving the last content without any", len(faults))
        for fault in faults[:50]:
            logger.error("content fault: %s", fault)
