"""The folders that every command takes, from flags or from the environment."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import click

from directory.settings import from_environment

R = TypeVar("R")

_FOLDERS = (
    click.option("--content", metavar="FOLDER", help="The folder of content files (DIRECTORY_CONTENT)."),
    click.option("--index", metavar="FOLDER", help="The folder of the search index (DIRECTORY_INDEX)."),
    click.option("--database-url", metavar="URL", help="The database (DIRECTORY_DATABASE_URL)."),
)


def folders(command: Callable[..., R]) -> Callable[..., R]:
    """Gives a command the three options and hands it, first, the settings that they and the environment make."""

    @functools.wraps(command)
    def with_settings(
        *args: Any, content: str | None, index: str | None, database_url: str | None, **options: Any
    ) -> R:
        settings = from_environment().with_folders(content, index, database_url)
        return command(settings, *args, **options)

    for option in reversed(_FOLDERS):
        with_settings = option(with_settings)
    return with_settings
