"""The command line: thin over the rooms. Exit codes: 0 all is well, 1 something was found, 2 the call was wrong."""

import logging
import sys

import click

from directory.cli.bringing_in import import_, init
from directory.cli.check import check
from directory.cli.index import index
from directory.cli.postcodes import postcodes
from directory.cli.search import search
from directory.cli.serve import serve
from directory.model.errors import DirectoryError


class _Group(click.Group):
    """Tells an error that was raised on purpose as a sentence, never as a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except DirectoryError as error:
            click.echo(str(error), err=True)
            return sys.exit(1)


@click.group(cls=_Group)
@click.version_option(package_name="family-information-directory")
def main() -> None:
    """A directory of help and things to do for children, young people and their parents or carers."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


for _command in (serve, check, index, search, init, import_, postcodes):
    main.add_command(_command)
