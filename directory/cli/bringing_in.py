"""``directory init`` and ``directory import``: the start of a new directory, and listings from elsewhere."""

import datetime
import sys
from pathlib import Path

import click

from directory.cli.options import folders
from directory.content import BrokenContent, load, start
from directory.importing import Outcome, Plan, Row, carry_out, plan, read_towns
from directory.model.calendar import LONDON
from directory.model.slugs import slug_of
from directory.model.snapshot import Snapshot
from directory.settings import Settings

_MARKS: dict[Outcome, str] = {"added": "+", "updated": "~", "unchanged": "=", "failed": "!"}
_EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", help="What the directory is called.")
@click.option("--area", help="The borough or county that it is for.")
@click.option("--notice", help="A sentence that stands at the top of every page.")
def init(folder: Path, title: str | None, area: str | None, notice: str | None) -> None:
    """Start the content of a new directory in FOLDER, which must be empty or not there yet."""
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} is not empty; name a folder that is, or one that is not there yet")
    files = start(folder, title=title, area=area, notice=notice)
    click.echo(f"Wrote {files} files to {folder}. Next: edit site.yaml, then add listings or import them.")


@click.command(name="import")
@click.argument("file", type=_EXISTING_FILE)
@click.option("--places", "towns", type=_EXISTING_FILE, help="A CSV file of towns: town, latitude, longitude.")
@click.option("--system", help="The name of the system that the ids belong to; the file's name where left out.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@folders
def import_(settings: Settings, file: Path, towns: Path | None, system: str | None, dry_run: bool) -> None:
    """Bring in listings from FILE, one JSON object a line.

    A second import updates instead of adding; a row that fails changes nothing.
    """
    snapshot = _sound(settings)
    today = datetime.datetime.now(LONDON).date()
    places = read_towns(towns) if towns else ()
    with file.open(encoding="utf-8") as lines:
        made = plan(lines, snapshot, slug_of(system or file.stem), today, places)
    for row in made.rows:
        click.echo(_told(row))
    if not dry_run:
        _carry_out(made, settings)
    counts = ", ".join(f"{made.count(outcome)} {outcome}" for outcome in _MARKS)
    click.echo(f"{counts}.{' Nothing was written.' if dry_run else ''}", err=True)
    sys.exit(1 if made.count("failed") else 0)


def _sound(settings: Settings) -> Snapshot:
    loaded = load(settings.content, settings.index)
    if loaded.snapshot is None:
        raise BrokenContent(loaded.faults)
    return loaded.snapshot


def _carry_out(made: Plan, settings: Settings) -> None:
    with click.progressbar(length=len(made.listings), label="Writing", file=sys.stderr) as bar:
        carry_out(made, settings.content, lambda: bar.update(1))
    _sound(settings)


def _told(row: Row) -> str:
    about = row.why if row.outcome == "failed" else row.slug
    return f"{_MARKS[row.outcome]} line {row.line} {row.id} {row.outcome}: {about}"
