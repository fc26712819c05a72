"""``directory remind``: asks owners whether their listings are right, and hands over to hubs. For cron or a timer."""

import datetime
from collections.abc import Iterator

import click

from directory.cli.options import folders
from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings
from directory.truth import Reminded

NINE = datetime.time(9)
"""The time of a day that was given without one."""


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be asked; write and send nothing.")
@click.option("--at", type=click.DateTime(["%Y-%m-%d"]), help="Do what is due on this day; without it, today.")
@folders
def remind(settings: Settings, dry_run: bool, at: datetime.datetime | None) -> None:
    """Send each owner one letter with all that they are to look at, and each hub what it is to look at instead.

    It can run as often as you like: nobody is asked the same twice, or has
    letters faster than the site's rules allow.
    """
    now = datetime.datetime.combine(at.date(), NINE, LONDON) if at else datetime.datetime.now(LONDON)
    services = Services.open(settings)
    done = services.truth.remind(now=now, dry=dry_run)
    for line in _told(done, is_dry=dry_run):
        click.echo(line)
    if not dry_run:
        click.echo(f"{_sent(services, now)} mails sent.", err=True)


def _sent(services: Services, now: datetime.datetime) -> int:
    """Sends all that waits, as much as the mailer takes at a time; how many went."""
    number = 0
    while sent := services.mail.send_waiting(now=now):
        number += sent
    return number


def _told(done: Reminded, *, is_dry: bool) -> Iterator[str]:
    asked, handed = ("would be asked about", "would go") if is_dry else ("is asked about", "goes")
    for one in done.owners:
        yield f"{one.person} {asked} {', '.join(one.slugs)}"
    for handover in done.handed_over:
        yield f"{handover.slug} (due {handover.due}) {handed} to {handover.hub or 'the whole directory'}"
    for one in done.hubs:
        yield f"{one.person} is told to ring about {', '.join(one.slugs)}"
    if not (done.owners or done.handed_over or done.hubs):
        yield "Nobody is to be asked today."
