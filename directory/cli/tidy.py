"""``directory tidy``: forgets what need not be known any more."""

import datetime

import click

from directory.accounts import forget
from directory.cli.options import folders
from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings


@click.command()
@folders
def tidy(settings: Settings) -> None:
    """Forget what is old: people who left, sessions, links, mails, reports, and the log.

    To be run each day; twice does no harm.
    """
    now, services = datetime.datetime.now(LONDON), Services.open(settings)
    gone = forget(services.database, now=now)
    gone |= {"mails": services.mail.forget(now=now), "reports": services.reports.forget(now=now)}
    gone["links of letters"] = services.truth.forget(now=now)
    told = [f"{count} {what}" for what, count in gone.items() if count]
    click.echo(f"Forgot {', '.join(told)}." if told else "There was nothing to forget.")
