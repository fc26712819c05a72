"""``directory search``: what people would find, for whoever looks after the directory and for programs."""

import datetime
import json
import sys
from collections.abc import Iterator
from typing import Any, TextIO

import click

from directory.cli.options import folders
from directory.model.calendar import LONDON
from directory.model.nearby import Nearby
from directory.search import Query, Reason, Results, Understood
from directory.services import Services
from directory.settings import Settings

_TIMES = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"])


@click.command()
@click.argument("words", required=False)
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
@click.option(
    "--batch", type=click.File(encoding="utf-8"), help='Answer a file of {"q": "..."} lines, a line for each.'
)
@click.option("--at", type=_TIMES, help="Search as if it were then, as in 2026-11-24T09:00.")
@click.option("--near", metavar="PLACE", help="Where from: a postcode, a part of one, or a town.")
@click.option("--explain", is_flag=True, help="Say how the words were understood, and why each result is where it is.")
@folders
def search(
    settings: Settings,
    words: str | None,
    as_json: bool,
    batch: TextIO | None,
    at: datetime.datetime | None,
    near: str | None,
    explain: bool,
) -> None:
    """Search the directory for WORDS, as the site does: the first ten listings, best first."""
    if (words is None) == (batch is None):
        raise click.UsageError("give the words to search for, or a file with --batch")
    if explain and (as_json or batch):
        raise click.UsageError("--explain is for people to read; leave out --json and --batch")
    services = Services.open(settings)
    place = _place(services, near)
    when = at.replace(tzinfo=LONDON) if at else datetime.datetime.now(LONDON)
    if batch:
        sys.exit(_answer_all(services, batch, when, place))
    query = Query(words or "", when, near=place)
    found = services.search.search(query)
    if explain:
        click.echo(_as_explained(services, found, services.search.explain(query)))
    else:
        click.echo(json.dumps(_as_json(services, query, found)) if as_json else _as_text(services, found))


def _place(services: Services, near: str | None) -> Nearby | None:
    place = services.nearby(near) if near else None
    if near and place is None:
        raise click.UsageError(f"{near!r} is no postcode or place that this directory knows")
    return place


def _answer_all(services: Services, lines: TextIO, when: datetime.datetime, place: Nearby | None) -> int:
    """Answers line by line; gives the exit code. A line that is no search is told and passed over."""
    code = 0
    for number, words in _searches(lines):
        if words is None:
            click.echo(f'line {number} is not of the form {{"q": "..."}}', err=True)
            code = 1
            continue
        query = Query(words, when, near=place)
        click.echo(json.dumps(_as_json(services, query, services.search.search(query))))
    return code


def _searches(lines: TextIO) -> Iterator[tuple[int, str | None]]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, _words_of(line)


def _words_of(line: str) -> str | None:
    try:
        words = json.loads(line)["q"]
    except (ValueError, TypeError, KeyError):
        return None
    return words if isinstance(words, str) else None


def _as_json(services: Services, query: Query, found: Results) -> dict[str, Any]:
    results = [
        {
            "slug": listing.slug,
            "title": listing.title,
            "kind": listing.kind,
            "source_id": listing.source.id if listing.source else None,
        }
        for listing in services.snapshot.in_order(found.slugs)
    ]
    return {
        "q": query.words,
        "total": found.total,
        "results": results,
        "understood": _understood(found.understood),
        "urgent": list(found.urgent),
    }


def _understood(told: Understood) -> dict[str, Any]:
    tags = [
        {
            "guess": tag.guess,
            "words": tag.words,
            "value": tag.filter.value if tag.filter else None,
            "loose": tag.is_loose,
        }
        for tag in told.tags
    ]
    return {
        "words": told.words,
        "ignored": told.ignored,
        "unknown": told.unknown,
        "related": told.related,
        "needs": told.needs,
        "tags": tags,
        "corrections": {one.typed: one.meant for one in told.corrections},
        "near": told.near.label if told.near else None,
    }


def _as_text(services: Services, found: Results) -> str:
    cards = {card.slug: card for card in services.snapshot.urgent}
    lines = [f"! {cards[slug].title} {cards[slug].phone or ''}".rstrip() for slug in found.urgent if slug in cards]
    miles = dict(zip(found.slugs, found.miles, strict=True))
    for place, listing in enumerate(services.snapshot.in_order(found.slugs), 1):
        far = miles[listing.slug]
        distance = "" if far is None else f"{far:5.1f} miles"
        lines.append(f"{place:2}  {listing.title[:60]:60}  {listing.kind:8}  {distance:11}  {listing.slug}".rstrip())
    return "\n".join([*lines, f"{found.total} {'listing' if found.total == 1 else 'listings'} found."])


def _as_explained(services: Services, found: Results, reasons: tuple[Reason, ...]) -> str:
    """How the words were understood, a line for each thing that was told; then each result with what it scored for."""
    told = _understood(found.understood) | {"urgent": found.urgent}
    lines = [f"{name:12}{json.dumps(value, ensure_ascii=False)}" for name, value in told.items() if value]
    for place, reason in enumerate(reasons, 1):
        listing = services.snapshot.listings.get(reason.slug)
        lines.append(f"\n{place:2}  {reason.score:5.2f}  {listing.title if listing else reason.slug}")
        lines += [f"      {part.score:+6.2f}  {part.why}" for part in reason.parts]
    return "\n".join([*lines, "", f"{found.total} {'listing' if found.total == 1 else 'listings'} found."])
