"""Tells which promises of the content a search does not keep; a part of ``directory check``."""

import datetime

import click

from directory import content
from directory.model.calendar import LONDON
from directory.search import SearchIndex, broken_promises
from directory.settings import Settings


def broken(settings: Settings) -> int:
    """Brings the index in step with the content, tells every promise that it does not keep, and how many those are."""
    snapshot = content.load(settings.content, settings.index).snapshot
    if snapshot is None or not snapshot.search_checks:
        return 0
    index = SearchIndex(settings.index)
    index.sync(snapshot)
    found = list(broken_promises(index, snapshot, datetime.datetime.now(LONDON)))
    for one in found:
        click.echo(f"search_checks.yaml: {one}")
    click.echo(f"{len(snapshot.search_checks)} promises of searches, {len(found) or 'no'} broken.", err=True)
    return len(found)
