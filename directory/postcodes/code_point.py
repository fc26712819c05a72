"""Reads OS Code-Point Open: the zip as it is downloaded, the unpacked folder, or one of its CSV files.

Hides the format (ten columns without a header, Code-Point Open user guide) and the padding of its postcodes. A zip is
read where it lies and never unpacked; lines are read one at a time, with limits, so that a wrong or hostile file costs
neither disk nor memory.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from directory.model.errors import DirectoryError
from directory.model.fields import POSTCODE

COLUMNS = 10
NO_COORDINATES = "90"
"""The positional quality of a postcode whose place is not known."""
LONGEST_LINE = 400
MOST_ROWS = 4_000_000
"""Great Britain has about 1.7 million postcodes; a file with more than this is something else."""
GRID = (700_000, 1_300_000)
"""The size of the National Grid in metres, east and north."""
UNREADABLE = (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What reading a damaged, encrypted or oddly packed file raises."""


class NotCodePointOpen(DirectoryError):
    """The file is not OS Code-Point Open in CSV, or is damaged. Its text says where and what to do."""


class Row(NamedTuple):
    """A postcode, with one space, and its OSGB36 grid reference in metres; None where its place is not known."""

    postcode: str
    grid: tuple[int, int] | None


@dataclass(frozen=True)
class _Part:
    """One CSV file of the download, with its size in bytes."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]


class Download:
    """The rows of one download, read once, from first to last. ``done`` of ``size`` bytes have been read so far."""

    def __init__(self, parts: list[_Part]) -> None:
        self._parts = parts
        self.size = sum(part.size for part in parts)
        self.done = 0

    def __iter__(self) -> Iterator[Row]:
        rows = 0
        for part in self._parts:
            for number, line in enumerate(self._lines(part), start=1):
                # No field of this format has a comma or a line break in it, so quotes carry no meaning.
                cells = line.replace('"', "").strip().split(",")
                if cells == [""] or (number == 1 and cells[0].casefold() == "postcode"):
                    continue
                rows += 1
                if rows > MOST_ROWS:
                    raise NotCodePointOpen(f"{part.name} has too many rows to be Code-Point Open")
                yield _row(cells, f"{part.name} line {number}")
        if not rows:
            raise NotCodePointOpen("There is no postcode in the file; download Code-Point Open again, as CSV")

    def _lines(self, part: _Part) -> Iterator[str]:
        """The lines of a part. Raises NotCodePointOpen where they cannot be read or are not text."""
        try:
            with part.open() as stream:
                while line := stream.readline(LONGEST_LINE):
                    self.done += len(line)
                    yield _text(line, part.name)
        except UNREADABLE as error:
            raise NotCodePointOpen(f"{part.name} cannot be read ({error}); download Code-Point Open again") from error


def _text(line: bytes, name: str) -> str:
    if len(line) == LONGEST_LINE:
        raise NotCodePointOpen(f"{name} is not Code-Point Open: a line is too long")
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotCodePointOpen(f"{name} is not Code-Point Open: a line is not text") from error


def normalised(text: str) -> str | None:
    """A postcode with one space and in capitals, however it is spaced; None for what cannot be one."""
    found = POSTCODE.fullmatch("".join(text.split()).upper())
    return f"{found[1]} {found[2]}" if found else None


def _row(cells: list[str], where: str) -> Row:
    if len(cells) != COLUMNS:
        counted = "1 column" if len(cells) == 1 else f"{len(cells)} columns"
        raise NotCodePointOpen(f"{where} has {counted}; a line of Code-Point Open has {COLUMNS}")
    postcode = normalised(cells[0])
    if postcode is None:
        raise NotCodePointOpen(f"{where} does not begin with a postcode")
    if cells[1] == NO_COORDINATES:
        return Row(postcode, None)
    try:
        east, north = int(cells[2]), int(cells[3])
    except ValueError as error:
        raise NotCodePointOpen(f"{where} has no whole numbers for eastings and northings") from error
    if not (0 < east < GRID[0] and 0 < north < GRID[1]):
        raise NotCodePointOpen(f"{where} lies outside the National Grid")
    return Row(postcode, (east, north))


@contextmanager
def opened(source: Path) -> Iterator[Download]:
    """The download at a path, open for as long as the block lasts. Raises NotCodePointOpen if it is something else."""
    if source.is_dir():
        yield Download(_in_folder(source))
    elif zipfile.is_zipfile(source):
        with _archive(source) as archive:
            yield Download(_in_archive(archive, source.name))
    else:
        yield Download([_file(source, source.name)])


def _archive(source: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except UNREADABLE as error:
        raise NotCodePointOpen(f"{source.name} cannot be read ({error}); download Code-Point Open again") from error


def _file(path: Path, name: str) -> _Part:
    try:
        return _Part(name, path.stat().st_size, lambda: path.open("rb"))
    except OSError as error:
        raise NotCodePointOpen(f"{name} cannot be read ({error.strerror})") from error


def _in_folder(folder: Path) -> list[_Part]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return [_file(found[name], name) for name in _data_among(list(found), folder.name)]


def _in_archive(archive: zipfile.ZipFile, name: str) -> list[_Part]:
    found = {member.filename: member for member in archive.infolist()}
    return [_member(archive, found[inside]) for inside in _data_among(list(found), name)]


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> _Part:
    return _Part(member.filename, member.file_size, lambda: archive.open(member))


def _data_among(names: list[str], source: str) -> list[str]:
    """Which files hold postcodes: those of Data/CSV, else every CSV file that is not documentation."""
    paths = [PurePosixPath(name) for name in sorted(names) if name.casefold().endswith(".csv")]
    folders = {path: [folder.casefold() for folder in path.parts[:-1]] for path in paths}
    data = [path for path in paths if folders[path][-2:] == ["data", "csv"]]
    loose = [path for path in paths if not {"doc", "__macosx"} & set(folders[path])]
    if not (data or loose):
        raise NotCodePointOpen(f"There is no CSV file in {source}; choose the CSV format of Code-Point Open")
    return [str(path) for path in data or loose]
