"""``directory postcodes load``: the table of full postcodes."""

import sys
from pathlib import Path

import click

from directory.cli.options import folders
from directory.postcodes.loading import NotCodePointOpen, Report, load_postcodes
from directory.settings import Settings


@click.group()
def postcodes() -> None:
    """Full postcodes, for distances. Without them a postcode counts as the middle of its sector, such as DY5 3."""


@postcodes.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--only", multiple=True, metavar="START", help="Load only postcodes that begin so, such as DY or B62.")
@folders
def load(settings: Settings, file: Path, only: tuple[str, ...]) -> None:
    """Load OS Code-Point Open from FILE: the zip as downloaded, its folder, or one CSV file.

    It takes the place of what was loaded before. Where FILE is something else, nothing changes.
    """
    try:
        with click.progressbar(length=1, label="Loading", file=sys.stderr) as bar:

            def show(done: int, size: int) -> None:
                bar.length = size
                bar.update(done - bar.pos)

            report = load_postcodes(settings.database_url, file, only=only, progress=show)
    except NotCodePointOpen as error:
        raise click.BadParameter(str(error), param_hint="FILE") from error
    click.echo(_told(report))


def _told(report: Report) -> str:
    said = f"{report.read:,} postcodes read, {report.loaded:,} loaded"
    if report.without_place:
        said += f", {report.without_place:,} skipped: the file does not say where they are"
    if report.not_asked_for:
        said += f", {report.not_asked_for:,} skipped: they do not begin with what --only asks for"
    return f"{said}."
