"""The content of a folder as one snapshot: the last that had no fault."""

import datetime
import gc
import hashlib
import logging
import threading
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directory.content.agreement import Agreed, disagreements
from directory.content.compiled import Compiled
from directory.content.faults import Fault
from directory.content.looks import Looks
from directory.content.parsing import Parsed, parse
from directory.content.tree import FOLDERS, LISTING, Entry, entry_at, read_bytes, scan
from directory.model.calendar import Calendar
from directory.model.errors import DirectoryError
from directory.model.place import Places
from directory.model.site import SearchChecks, Words
from directory.model.snapshot import Snapshot
from directory.model.urgent import Urgent

logger = logging.getLogger(__name__)

Files = dict[str, tuple[str, Parsed]]
"""By path: the hash of a file's bytes, and what was read of it."""
FEW = 50
"""How many listings may change at once so that they alone are looked at."""


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


def _tree(entries: Iterable[Entry], faults: Iterable[Fault] = ()) -> str:
    """A hash that changes whenever a file is added, removed or changed."""
    return _hash(sum(map(_mark_of_entry, entries)) + sum(_mark(str(fault)) for fault in faults))


def _mark(line: str) -> int:
    return int.from_bytes(hashlib.sha256(line.encode()).digest())


def _mark_of_entry(entry: Entry) -> int:
    return _mark(f"{entry.path} {entry.signature}")


def _mark_of_file(file: tuple[str, Parsed]) -> int:
    return _mark(f"{file[1].entry.path} {file[0]}")


def _hash(marks: int) -> str:
    """A hash of lines in any order out of the sum of their marks: where one line changes, the others are not read."""
    return f"{marks % 2**128:032x}"


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
    inorder = sorted(files, key=lambda pair: pair[1].entry.path)
    for _, parsed in inorder:
        if parsed.entry.kind.in_folder:
            folders[parsed.entry.kind.name][parsed.entry.slug] = parsed.value
        else:
            values[parsed.entry.kind.name] = parsed.value
    urgent = values.get("urgent", Urgent())
    return Snapshot(
        revision=_hash(sum(map(_mark_of_file, inorder))),
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


def _is_of_listing(path: str) -> bool:
    return path.startswith(f"{LISTING.name}/") and path.endswith(".yaml")


class ContentStore:
    """The content that a process serves. ``refresh`` looks again; a broken change leaves the last good content.

    Any thread may look; they take turns.
    """

    def __init__(self, folder: Path, index: Path) -> None:
        """Reads the folder. Raises ``BrokenContent`` where it has faults and no earlier content had none."""
        self._folder = folder
        self._index = index
        self._one_at_a_time = threading.Lock()
        self._looks = Looks(folder)
        self._files: Files = {}
        loaded = self._loaded()
        self.snapshot = loaded.snapshot or self._last_good(loaded.faults)

    def refresh(self) -> bool:
        """Looks whether any file changed; True where there is a new snapshot. Faults are logged, kept in ``faults``."""
        with self._one_at_a_time:
            return self._take_in(self._looks.at_all())

    def glance(self) -> bool:
        """The same in some microseconds, but it misses what was written in place instead of put in another's place."""
        with self._one_at_a_time:
            return self._take_in(self._looks.at_folders())

    def _take_in(self, changed: Set[str]) -> bool:
        if not changed:
            return False
        later = self._amended(changed)
        if later is None:
            loaded = self._loaded()
            later = loaded.snapshot
        if later is None:
            self._tell(self.faults)
            return False
        is_new = later.revision != self.snapshot.revision
        self.snapshot = later if is_new else self.snapshot
        return is_new

    def _loaded(self) -> Loaded:
        loaded = _load(self._folder, self._index, self._files)
        self.faults = loaded.faults
        self._agreed = None if loaded.faults else Agreed(parsed for _, parsed in self._files.values())
        self._tree = sum(_mark_of_entry(parsed.entry) for _, parsed in self._files.values())
        return loaded

    def _amended(self, changed: Set[str]) -> Snapshot | None:
        """The content with a few sound listings changed; None where more has to be looked at than those."""
        if self._agreed is None or len(changed) > FEW or not all(map(_is_of_listing, changed)):
            return None
        gone = {path: self._files[path] for path in changed if path in self._files}
        come = self._come(changed)
        if come == gone:
            return self.snapshot
        if come is None or not self._agreed.still(*([file[1] for file in files.values()] for files in (gone, come))):
            self._agreed = None
            return None
        for path in changed:
            self._files.pop(path, None)
        self._files |= come
        self._remember(gone, come)
        marks = int(self.snapshot.revision, 16) + sum(map(_mark_of_file, come.values()))
        revision = _hash(marks - sum(map(_mark_of_file, gone.values())))
        listings: dict[str, Any] = {parsed.entry.slug: None for _, parsed in gone.values()}
        listings |= {parsed.entry.slug: parsed.value for _, parsed in come.values()}
        return self.snapshot.with_listings(revision, listings)

    def _come(self, changed: Iterable[str]) -> Files | None:
        """What was read of those files that are there; None where one has a fault."""
        come: Files = {}
        for path in changed:
            entry = entry_at(self._folder, path)
            if isinstance(entry, Fault):
                return None
            if entry:
                come[path] = _read(self._folder, entry)
        return None if any(parsed.faults for _, parsed in come.values()) else come

    def _remember(self, gone: Files, come: Files) -> None:
        self._tree += sum(_mark_of_entry(parsed.entry) for _, parsed in come.values())
        self._tree -= sum(_mark_of_entry(parsed.entry) for _, parsed in gone.values())
        compiled = Compiled(self._index, self._folder)
        compiled.keep_change(come.values(), gone.keys() - come.keys(), (_hash(self._tree), len(self._files)), _now())

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
