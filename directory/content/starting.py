"""Starts the content of a new directory from the files in ``starter``."""

from pathlib import Path

from directory.content.parsing import parse
from directory.content.tree import SINGLES, read_bytes, scan
from directory.content.writing import replace, write
from directory.model.site import Site

STARTER = Path(__file__).parent / "starter"


def start(folder: Path, title: str | None = None, area: str | None = None, notice: str | None = None) -> int:
    """Writes a whole, sound content without listings, providers or places; returns how many files it wrote.

    What is given goes into ``site.yaml``; the rest of it is for its keeper to fill in.
    """
    entries, _ = scan(STARTER)
    for entry in entries:
        target = folder / entry.path
        target.parent.mkdir(parents=True, exist_ok=True)
        content = read_bytes(STARTER, entry)
        value = parse(entry, content).value
        if isinstance(value, Site):
            given = {"title": title, "area": area, "notice": notice}
            site = value.model_copy(update={key: text for key, text in given.items() if text})
            write(folder, SINGLES[entry.path], site)
        else:
            replace(target, content)
    return len(entries)
