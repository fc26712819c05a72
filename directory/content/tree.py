"""The files of a content folder: which there may be, where they lie, and what can be wrong before they are read."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from directory.content.faults import Fault
from directory.model.calendar import Calendar
from directory.model.category import Categories
from directory.model.listing import Listing, Provider
from directory.model.need import Needs, SearchLanguage
from directory.model.place import Places
from directory.model.site import Page, SearchChecks, Site, Words
from directory.model.urgent import Urgent

LONGEST_FILE = 1_000_000
"""Bytes that a file may have: a listing is 2,000, a borough's places 100,000."""

Signature = tuple[int, int, int, int]
"""Size, time of change, inode and time of status change: when none of them moved, the bytes did not either."""


@dataclass(frozen=True)
class Kind:
    """One kind of file. ``in_folder`` kinds have a file for each value, named by its slug."""

    name: str
    model: type[BaseModel]
    in_folder: bool = False
    required: bool = False


FOLDERS = {
    kind.name: kind
    for kind in (
        Kind("listings", Listing, True),
        Kind("providers", Provider, True),
        Kind("pages", Page, True),
        Kind("needs", Needs, True),
        Kind("languages", SearchLanguage, True),
    )
}
SINGLES = {
    f"{kind.name}.yaml": kind
    for kind in (
        Kind("site", Site, required=True),
        Kind("categories", Categories, required=True),
        Kind("places", Places),
        Kind("words", Words),
        Kind("urgent", Urgent),
        Kind("calendar", Calendar),
        Kind("search_checks", SearchChecks),
    )
}
PROMISES = "search_checks.yaml"
"""The file of promises, which alone say what a search has to show."""
LISTING, PROVIDER, PAGE = FOLDERS["listings"], FOLDERS["providers"], FOLDERS["pages"]


@dataclass(frozen=True)
class Entry:
    """A file of content: its path below the folder, what kind it is, and how to tell that it changed."""

    path: str
    kind: Kind
    signature: Signature

    @property
    def slug(self) -> str:
        """The file's name without its ending."""
        return self.path.rpartition("/")[2].rpartition(".")[0]


def scan(folder: Path) -> tuple[list[Entry], list[Fault]]:
    """Every content file below the folder in order of path, and what is wrong with any before it is read."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    if not folder.is_dir():
        return [], [Fault(str(folder), 1, "", "is not a folder; write the path of a folder with content")]
    for path, item in _yaml_files(folder):
        kind = _kind_of(path)
        fault = _fault_of(path, item, kind, folder)
        if fault:
            faults.append(fault)
        elif kind and (signature := signature_of(item)):
            entries.append(Entry(path, kind, signature))
    present = {entry.path for entry in entries} | {fault.path for fault in faults}
    faults += [
        Fault(path, 1, "", "is missing; every directory needs it")
        for path, kind in SINGLES.items()
        if kind.required and path not in present
    ]
    return sorted(entries, key=lambda entry: entry.path), faults


def entry_at(folder: Path, path: str) -> Entry | Fault | None:
    """The file at a path below the folder that may be content; what is wrong with it, or None where there is none."""
    item, kind = folder / path, _kind_of(path)
    if not os.path.lexists(item):
        return None
    fault, signature = _fault_of(path, item, kind, folder), signature_of(item)
    if fault or not kind:
        return fault
    return Entry(path, kind, signature) if signature else None


def glance(folder: Path) -> dict[str, Signature | None]:
    """By path, how to tell that something in the folder changed, at a third of the cost of a scan."""
    if not folder.is_dir():
        return {}
    seen = {item.name: signature_of(item) for item in _visible(folder) if item.name not in FOLDERS}
    for name in FOLDERS:
        if (folder / name).is_dir():
            seen |= {f"{name}/{item.name}": signature_of(item) for item in _visible(folder / name)}
    return seen


def moment(folder: Path, name: str) -> int:
    """A number that changes whenever a file comes into one of ``FOLDERS``, goes, or takes the place of another."""
    signature = signature_of(folder / name)
    return signature[1] if signature else 0


def inodes(folder: Path, name: str) -> dict[str, int]:
    """By path, where each file of one of ``FOLDERS`` lies on the disk: told without asking about any of them."""
    there = _visible(folder / name) if (folder / name).is_dir() else ()
    return {f"{name}/{item.name}": item.inode() for item in there}


def signature_of(item: "os.DirEntry[str] | Path") -> Signature | None:
    """How to tell that the file changed; None where it has gone."""
    try:
        status = item.stat()
    except OSError:  # a symbolic link to nothing, or a file that has just gone
        return None
    return (status.st_size, status.st_mtime_ns, status.st_ino, status.st_ctime_ns)


def read_bytes(folder: Path, entry: Entry) -> bytes:
    """The bytes of a file. Raises OSError where it has gone since the scan."""
    return (folder / entry.path).read_bytes()


def _yaml_files(folder: Path) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    for top in _visible(folder):
        if top.is_dir() and top.name in FOLDERS:
            yield from ((f"{top.name}/{item.name}", item) for item in _visible(Path(top.path)) if _is_yaml(item.name))
        elif _is_yaml(top.name):
            yield top.name, top


def _visible(folder: Path) -> list["os.DirEntry[str]"]:
    with os.scandir(folder) as items:
        return [item for item in items if not item.name.startswith(".") and not item.name.endswith("~")]


def _is_yaml(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml"))


def _kind_of(path: str) -> Kind | None:
    top, _, name = path.partition("/")
    return FOLDERS.get(top) if name else SINGLES.get(path)


def _fault_of(path: str, item: "os.DirEntry[str] | Path", kind: Kind | None, folder: Path) -> Fault | None:
    if item.is_symlink():
        target = Path(item).resolve()
        if not target.is_relative_to(folder.resolve()):
            return Fault(path, 1, "", "is a symbolic link out of the folder; put the file itself here")
        if not target.exists():
            return Fault(path, 1, "", "is a symbolic link to nothing; put the file itself here")
    if not item.is_file():
        return Fault(path, 1, "", "is not a file; delete it or give it another name")
    if kind is None:
        return Fault(path, 1, "", f"is not a file that we know; at the top there are only {', '.join(SINGLES)}")
    size = item.stat().st_size
    if size > LONGEST_FILE:
        return Fault(path, 1, "", f"has {size:,} bytes; a content file has at most {LONGEST_FILE:,}")
    return None
