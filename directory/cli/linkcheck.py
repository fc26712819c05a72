"""``directory linkcheck``: whether the websites that listings lead to are still there. For a schedule, once a day."""

import datetime
import sys

import click

from directory.cli.options import folders
from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings
from directory.truth import GAP_SECONDS, LinkFault, Visitor, Websites

NAME = "FamilyDirectoryLinks/1"


@click.command()
@click.option(
    "--limit", type=click.IntRange(1), help="Ask at most so many websites, those asked the longest ago first."
)
@click.option("--dry-run", is_flag=True, help="Only name the websites that would be asked.")
@click.option(
    "--gap",
    type=click.FloatRange(0),
    default=GAP_SECONDS,
    show_default=True,
    help="Seconds between requests to one host.",
)
@click.option("--private", is_flag=True, help="Ask addresses of private networks too, for tests and intranets.")
@folders
def linkcheck(settings: Settings, limit: int | None, dry_run: bool, gap: float, private: bool) -> None:
    """Ask the websites of live listings whether they are there; exit with 1 where one is gone, moved or silent.

    Each is asked once a day at most, however often this runs, and only where its robots.txt lets programs in.
    """
    services, now = Services.open(settings), datetime.datetime.now(LONDON)
    websites = Websites(services.database, services.content)
    due = websites.due(now=now, limit=limit)
    if dry_run:
        click.echo("\n".join(due) or "Every website was asked within the last day.")
        return
    visitor = Visitor(f"{NAME} (+{settings.address})", may_visit_private=private, gap=gap)
    with click.progressbar(length=len(due), label="Asking websites", file=sys.stderr) as bar:
        done = websites.check(visitor, now=now, limit=limit, seen=lambda _url: bar.update(1))
    for fault in done.faults:
        click.echo(_told(fault))
    click.echo(f"{len(done.asked)} websites asked, {len(done.faults) or 'no'} faults.", err=True)
    sys.exit(1 if done.faults else 0)


def _told(fault: LinkFault) -> str:
    since = f" since {fault.since.astimezone(LONDON):%Y-%m-%d}" if fault.since else ""
    return f"{', '.join(fault.slugs)}: {fault.url} is {fault.outcome}{since}: {fault.detail}"
