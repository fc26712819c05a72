"""The folder that holds the index: whole builds side by side, and one link, ``current``, to the build that counts.

A build never changes once the link points at it; a change is made in a new build that shares files with the old one.
So a reader never meets a half-written index, and a process that is killed at any point leaves the last build as it was.
"""

import fcntl
import json
import os
import shutil
import tempfile
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from directory.model.errors import DirectoryError

CURRENT: Final = "current"
SUMS: Final = "sums.json"
_BUILD: Final = "build-"
_NEXT: Final = "next-"
_LOCK: Final = ".lock"
_NOT_PART: Final = ("_WRITELOCK", SUMS)
_BETWEEN_TRIES: Final = 0.02

Sums = dict[str, list[int]]
"""The length and CRC-32 of each file of a build by name."""
Shared = dict[str, tuple[int, list[int]]]
"""The inode of each file that a build shares with another, and what that other's ``Sums`` say of it."""


class IndexBusy(DirectoryError):
    """Another process is writing the index and has not finished in time."""


class IndexDamaged(DirectoryError):
    """The index is missing, or not as it was written."""


@contextmanager
def only_writer(folder: Path, timeout: float) -> Iterator[None]:
    """Holds the one right to write, in all processes and threads. Raises ``IndexBusy`` after ``timeout`` seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("ab") as lock:
        deadline = time.monotonic() + timeout
        while not _is_locked(lock):
            if time.monotonic() > deadline:
                raise IndexBusy(f"another process has been writing {folder} for {timeout:.0f} seconds; try again later")
            time.sleep(_BETWEEN_TRIES)
        yield


def _is_locked(lock: IO[bytes]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def current(folder: Path) -> str | None:
    """The name of the build that counts, or None."""
    try:
        return os.readlink(folder / CURRENT)  # noqa: PTH115  # a string, in a microsecond: it is asked for on every request
    except OSError:
        return None


@contextmanager
def new_build(folder: Path, like: str | None = None) -> Iterator[Path]:
    """A folder to write a build into: empty, or with ``like`` sharing the files of another build.

    At the end it becomes the build that counts, once all of it is on the disk; on an error it goes. Whoever asks for it
    must be the only writer.
    """
    _tidy(folder)
    build = Path(tempfile.mkdtemp(prefix=_BUILD, dir=folder))
    shared: Shared = {}
    try:
        build.chmod(0o755)
        for name, sums in _sums(folder / like).items() if like else ():
            _share(folder / str(like) / name, build / name, sums)
            shared[name] = ((build / name).stat().st_ino, sums)
        yield build
        _seal(build, shared)
        _publish(folder, build)
    except BaseException:
        shutil.rmtree(build, ignore_errors=True)
        raise
    _tidy(folder)


def _share(old: Path, new: Path, sums: list[int]) -> None:
    _whole(old, sums, None)  # what has been damaged since it was opened must not be sealed as sound
    try:
        new.hardlink_to(old)
    except OSError:  # a file system without hard links
        shutil.copyfile(old, new)


def _seal(build: Path, shared: Shared) -> None:
    """Writes down what the files are, and waits until the disk has them: Whoosh itself never does.

    What was shared and not replaced since is known, and on the disk, already.
    """
    sums: Sums = {}
    for path in sorted(build.iterdir()):
        inode, known = shared.get(path.name, (0, []))
        if path.stat().st_ino == inode:
            sums[path.name] = known
        elif not path.name.endswith(_NOT_PART):
            sums[path.name] = _sum(path.read_bytes())
            _to_disk(path)
    (build / SUMS).write_text(json.dumps(sums), encoding="ascii")
    _to_disk(build / SUMS)
    _to_disk(build)


def _publish(folder: Path, build: Path) -> None:
    link = folder / f"{_NEXT}{build.name}"
    link.symlink_to(build.name)
    if (folder / CURRENT).is_dir() and not (folder / CURRENT).is_symlink():
        shutil.rmtree(folder / CURRENT)  # somebody copied the index without its links
    link.replace(folder / CURRENT)
    _to_disk(folder)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _tidy(folder: Path) -> None:
    """Removes every build but the current one, and what a killed writer left."""
    kept = current(folder)
    for path in folder.iterdir():
        if path.name.startswith(_NEXT):
            path.unlink(missing_ok=True)
        elif path.name.startswith(_BUILD) and path.name != kept:
            shutil.rmtree(path, ignore_errors=True)


def read(folder: Path, build: str, known: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file of a build, whole and as it was written, in memory, where nothing can take it away.

    A file that is ``known`` already is not read again. Raises ``IndexDamaged``.
    """
    return {name: _whole(folder / build / name, sums, known.get(name)) for name, sums in _sums(folder / build).items()}


def _whole(path: Path, sums: list[int], known: bytes | None) -> bytes:
    if known is not None and _sum(known) == sums:
        return known
    try:
        data = path.read_bytes()
    except OSError as error:
        raise IndexDamaged(f"{path} cannot be read: {error.strerror}") from error
    if _sum(data) != sums:
        raise IndexDamaged(f"{path} is not as it was written")
    return data


def _sum(data: bytes) -> list[int]:
    return [len(data), zlib.crc32(data)]


def _sums(build: Path) -> Sums:
    try:
        sums = json.loads((build / SUMS).read_bytes())
        return {str(name): [int(length), int(crc)] for name, (length, crc) in sums.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"{build} has no sound list of its files") from error
