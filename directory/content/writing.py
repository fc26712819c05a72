"""Puts values back into files, in their canonical form and all at once: a reader never sees half a file."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from directory.content.parsing import Parsed, parse
from directory.content.tree import Entry, Kind, read_bytes, scan
from directory.content.yaml_reader import comment_lines
from directory.content.yaml_writer import canonical


@dataclass(frozen=True)
class Rewrite:
    """What became of one file: rewritten, or left as it was because of its comments."""

    path: str
    was_left: bool = False
    comment_line: int = 0


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Holds the one right to write content files, in all processes and threads; waits for it.

    The lock is on the folder itself: nothing is left behind in it, and the system lets go where a process is killed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def write(folder: Path, kind: Kind, value: BaseModel) -> bool:
    """Writes the file of a value; False where it holds that very text already. Raises OSError where it cannot."""
    slug = getattr(value, "slug", kind.name)
    path = folder / kind.name / f"{slug}.yaml" if kind.in_folder else folder / f"{kind.name}.yaml"
    text = canonical(kind, value).encode()
    with only_writer(folder):
        if path.exists() and path.read_bytes() == text:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, text)
    return True


def replace(path: Path, content: bytes) -> None:
    """Puts bytes in the place of a file: on the disk before the name moves, the name too before this returns."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    _names_to_disk(path.parent)


def remove(path: Path) -> None:
    """Takes a file away; on the disk too before this returns."""
    path.unlink(missing_ok=True)
    _names_to_disk(path.parent)


def _names_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def rewrite(folder: Path) -> Iterator[Rewrite]:
    """Brings every sound file to its canonical form without changing what it means.

    A file with a fault of its own is left for a person. So is one with a comment below its first lines, which the
    canonical form could not keep; comments at the very top stay.
    """
    entries, _ = scan(folder)
    for entry in entries:
        with only_writer(folder):
            done = _rewrite(folder, entry)
        if done:
            yield done


def _rewrite(folder: Path, entry: Entry) -> Rewrite | None:
    content = read_bytes(folder, entry)
    parsed = parse(entry, content)
    if parsed.value is None:
        return None
    heading, rest = heading_of(content.decode())
    comments = comment_lines(rest)
    if comments:
        return Rewrite(entry.path, was_left=True, comment_line=comments[0] + heading.count("\n"))
    text = (heading + canonical(entry.kind, parsed.value)).encode()
    if text == content or not _means_the_same(parsed, text):
        return None
    replace(folder / entry.path, text)
    return Rewrite(entry.path)


def heading_of(text: str) -> tuple[str, str]:
    """The comments at the very top of a file, with the empty lines about them, and the rest."""
    lines = text.splitlines(keepends=True)
    count = next((number for number, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)
    if not any(line.startswith("#") for line in lines[:count]):
        return "", text
    return "".join(lines[:count]), "".join(lines[count:])


def _means_the_same(parsed: Parsed, text: bytes) -> bool:
    return parse(parsed.entry, text).value == parsed.value
