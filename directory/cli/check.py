"""``directory check``: every fault of every content file, and what to write instead."""

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
    if report.faults and report.good_since:
        click.echo(f"A running site still serves the last content without faults, of {report.good_since}.", err=True)
    sys.exit(1 if report.faults else 0)


def _fix(settings: Settings) -> None:
    for file in content.rewrite(settings.content):
        if file.was_left:
            said = f"line {file.comment_line} has a comment, which rewriting would lose; left as it is"
            click.echo(f"{file.path}: {said}", err=True)
        else:
            click.echo(f"{file.path}: rewritten", err=True)
