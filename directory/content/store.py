"""The content of a folder as one snapshot: the last that had no fault."""

import datetime
import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directory.content.agreement import disagreements
from directory.content.compiled import Compiled
from directory.content.faults import Fault
from directory.content.parsing import Parsed, parse
from directory.content.tree import Entry, Signature, read_bytes, scan
from directory.model.calendar import Calendar
from directory.model.errors import DirectoryError
from directory.model.place import Places
from directory.model.site import SearchChecks, Urgent, Words
from directory.model.snapshot import Snapshot

logger = logging.getLogger(__name__)


class BrokenContent(DirectoryError):
    """The content has faults and there is no earlier content without any. Its text is the whole report."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Loaded:
    """What a folder held at one look: every fault, and the snapshot where there is none."""

    faults: tuple[Fault, ...]
    snapshot: Snapshot | None
    files: int
    good_since: str | None = None


def load(folder: Path, index: Path) -> Loaded:
    """Reads a whole content folder; files unchanged since the last look are taken from memory in the index folder."""
    compiled = Compiled(index, folder)
    entries, faults = scan(folder)
    known = compiled.remembered(entries)
    read = [_read(folder, entry) for entry in entries if entry.path not in known]
    if read or len(known) != len(entries):
        compiled.remember(read, entries)
    files = [known[entry.path] for entry in entries if entry.path in known] + read
    found = sorted(
        {*faults, *(fault for _, one in files for fault in one.faults), *disagreements([one for _, one in files])}
    )
    if found:
        earlier = compiled.last_good()
        return Loaded(tuple(found), None, len(files), earlier[0] if earlier else None)
    compiled.keep_as_good({one.entry.path: digest for digest, one in files}, _now())
    return Loaded((), _assembled(files), len(files))


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
    folders: dict[str, dict[str, Any]] = {"listings": {}, "providers": {}, "pages": {}}
    whole = hashlib.sha256()
    for digest, parsed in sorted(files, key=lambda pair: pair[1].entry.path):
        whole.update(f"{parsed.entry.path} {digest}\n".encode())
        if parsed.entry.kind.in_folder:
            folders[parsed.entry.kind.name][parsed.entry.slug] = parsed.value
        else:
            values[parsed.entry.kind.name] = parsed.value
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
        urgent=values.get("urgent", Urgent()).cards,
        search_checks=values.get("search_checks", SearchChecks()).promises,
    )


class ContentStore:
    """The content that a process serves. ``refresh`` looks again; a broken change leaves the last good content."""

    def __init__(self, folder: Path, index: Path) -> None:
        """Reads the folder. Raises ``BrokenContent`` where it has faults and no earlier content had none."""
        self._folder = folder
        self._index = index
        self._looked_at: dict[str, Signature] = self._signatures()
        loaded = load(folder, index)
        self.faults = loaded.faults
        self.snapshot = loaded.snapshot or self._last_good(loaded.faults)

    def refresh(self) -> bool:
        """Looks whether files changed; True where there is a new snapshot. Faults are logged and kept in ``faults``."""
        signatures = self._signatures()
        if signatures == self._looked_at:
            return False
        self._looked_at = signatures
        loaded = load(self._folder, self._index)
        self.faults = loaded.faults
        if loaded.snapshot is None:
            self._tell(loaded.faults)
            return False
        changed = loaded.snapshot.revision != self.snapshot.revision
        self.snapshot = loaded.snapshot
        return changed

    def _signatures(self) -> dict[str, Signature]:
        entries, faults = scan(self._folder)
        broken: dict[str, Signature] = {fault.path: (0, 0, 0, 0) for fault in faults}
        return broken | {entry.path: entry.signature for entry in entries}

    def _last_good(self, faults: tuple[Fault, ...]) -> Snapshot:
        earlier = Compiled(self._index, self._folder).last_good()
        if earlier is None:
            raise BrokenContent(faults)
        self._tell(faults)
        return _assembled(earlier[1])

    def _tell(self, faults: tuple[Fault, ...]) -> None:
        logger.error("content has %d faults; serving the last content without any", len(faults))
        for fault in faults[:50]:
            logger.error("content fault: %s", fault)
