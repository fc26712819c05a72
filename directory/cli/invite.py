"""``directory invite``: lets somebody in."""

import datetime

import click

from directory.accounts import Accounts, Role, held_in
from directory.cli.options import folders
from directory.content import ContentStore
from directory.mail import Mailer
from directory.model.calendar import LONDON
from directory.settings import Settings
from directory.tables import Database


@click.command()
@click.argument("email")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="What they are to do.")
@click.option("--provider", default="", metavar="SLUG", help="The provider that a partner speaks for.")
@click.option("--hub", default="", metavar="SLUG", help="The one hub that a moderator decides for; left out: all.")
@click.option("--name", default="", help="Their name; where left out, the beginning of the address.")
@folders
def invite(settings: Settings, email: str, role: str, provider: str, hub: str, name: str) -> None:
    """Invite whoever reads mail at EMAIL, or give them one more role.

    They get a link by mail; where no mail server is set up, the link is printed, for you to pass on.
    """
    snapshot = ContentStore(settings.content, settings.index).snapshot
    held = held_in(snapshot, Role(role), provider=provider, hub=hub)
    now, database = datetime.datetime.now(LONDON), Database(settings.database_url)
    invited = Accounts(database).invite(email=email, name=name, held=held, by=None, site=settings.address, now=now)
    if settings.smtp_url:
        Mailer(database, settings).send_waiting(now=now)
        click.echo(f"A link goes to {email} by mail.")
    else:
        click.echo(f"Give {email} this link. It works once, for three days:\n{invited.link}")
