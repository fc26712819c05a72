"""``directory index``: builds the search index anew from the content."""

import gc
import sys
import time

import click

from directory.cli.options import folders
from directory.content import ContentStore
from directory.search import SearchIndex
from directory.settings import Settings


@click.command()
@folders
def index(settings: Settings) -> None:
    """Build the search index anew from the content. A running site goes over to it by itself."""
    gc.disable()  # nearly all that is made here is needed to the end; looking for garbage took a fifth of the time
    try:
        _index(settings)
    finally:
        gc.enable()


def _index(settings: Settings) -> None:
    began = time.monotonic()
    snapshot = ContentStore(settings.content, settings.index).snapshot
    count, is_watched = len(snapshot.listings), sys.stderr.isatty()
    with click.progressbar(length=count, label="Indexing", file=sys.stderr, hidden=not is_watched) as bar:
        SearchIndex(settings.index).rebuild(snapshot, lambda: bar.update(1))
    click.echo(f"Indexed {count} listings in {time.monotonic() - began:.1f} seconds.")
