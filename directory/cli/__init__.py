"""The command line: thin over the rooms. Exit codes: 0 all is well, 1 something was found, 2 the call was wrong."""

import importlib
import logging
import sys

import click

from directory.model.errors import DirectoryError

_COMMANDS = {
    "serve": "directory.cli.serve:serve",
    "check": "directory.cli.check:check",
    "index": "directory.cli.index:index",
    "search": "directory.cli.search:search",
    "insight": "directory.cli.insight:insight",
    "init": "directory.cli.bringing_in:init",
    "import": "directory.cli.bringing_in:import_",
    "postcodes": "directory.cli.postcodes:postcodes",
    "invite": "directory.cli.invite:invite",
    "tidy": "directory.cli.tidy:tidy",
    "remind": "directory.cli.remind:remind",
    "linkcheck": "directory.cli.linkcheck:linkcheck",
}


class _Group(click.Group):
    """Loads only the command that was called, so that a check need not wait for a web server's code.

    An error that was raised on purpose is told as a sentence, never as a traceback.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

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
