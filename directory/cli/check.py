"""``directory check``: every fault of the content, every broken promise of a search, and what to write instead."""

import importlib
import sys

import click

from directory import content
from directory.cli.options import folders
from directory.settings import Settings


@click.command()
@click.option("--fix", is_flag=True, help="Rewrite sound files in their canonical form, with the same meaning.")
@folders
def check(settings: Settings, fix: bool) -> None:
    """Check every content file; exit with 1 where anything is wrong."""
    if fix:
        _fix(settings)
    report = content.check(settings.content, settings.index)
    for fault in report.faults:
        click.echo(str(fault))
    number = len(report.faults) or "no"
    click.echo(f"{report.files} files, {number} {'fault' if number == 1 else 'faults'}.", err=True)
    broken = 0 if report.faults else _broken_promises(settings)
    if report.faults and report.good_since:
        click.echo(f"A running site still serves the last content without faults, of {report.good_since}.", err=True)
    sys.exit(1 if report.faults or broken else 0)


def _broken_promises(settings: Settings) -> int:
    """How many promises of ``search_checks.yaml`` a search does not keep, each told.

    What searches is loaded only where there is a promise: it takes longer than reading the content again.
    """
    if not (settings.content / content.PROMISES).exists():
        return 0
    told: int = importlib.import_module("directory.cli.promises").broken(settings)
    return told


def _fix(settings: Settings) -> None:
    for file in content.rewrite(settings.content):
        if file.was_left:
            said = f"line {file.comment_line} has a comment, which rewriting would lose; left as it is"
            click.echo(f"{file.path}: {said}", err=True)
        else:
            click.echo(f"{file.path}: rewritten", err=True)
