"""``directory insight``: what people searched for in a month, and what to write so that they find it."""

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

import click

from directory.cli.options import folders
from directory.insight import RARE, Asked, Finding, Insight, Repair, insight_into
from directory.model.calendar import LONDON
from directory.services import Services
from directory.settings import Settings

MOST_SHOWN = 30
_WIDTH = 40


@click.command()
@click.option("--month", type=click.DateTime(["%Y-%m"]), help="The month, as in 2026-11; without it, this one.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object that holds every row.")
@folders
def insight(settings: Settings, month: datetime.datetime | None, as_json: bool) -> None:
    """Show what people searched for in vain, what they found but did not open, and what they ask most.

    Each search that failed is followed by its repair: where to add the words, and the promise to write. Searches are
    counted without anybody's name; what was asked less than five times in the month is not shown.
    """
    now = datetime.datetime.now(LONDON)
    day = (month or now).date()
    services = Services.open(settings)
    found = insight_into(settings.database_url, day, services.snapshot, services.search.search, now)
    click.echo(_as_json(day, found) if as_json else "\n".join(_as_text(settings, day, found)))


def _as_json(day: datetime.date, found: Insight) -> str:
    rows = {
        "nothing_found": [_row(one) for one in found.nothing_found],
        "nothing_opened": [_row(one) for one in found.nothing_opened],
        "most_asked": [asdict(one) for one in found.most_asked],
    }
    return json.dumps({"month": f"{day:%Y-%m}", **rows}, ensure_ascii=False)


def _row(one: Finding) -> dict[str, object]:
    return {**asdict(one.asked), "repair": asdict(one.repair)}


def _as_text(settings: Settings, day: datetime.date, found: Insight) -> Iterator[str]:
    if not found.most_asked:
        yield _empty(settings, day)
        return
    yield f"What people searched for in {day:%B %Y}. What was asked less than {RARE} times is not shown."
    yield from _table("Nothing found", _failed(settings, found.nothing_found))
    yield from _table("Found, but nothing opened", _failed(settings, found.nothing_opened))
    yield from _table("Most asked", [(one, []) for one in found.most_asked])


def _empty(settings: Settings, day: datetime.date) -> str:
    nothing = f"No search was counted {RARE} times in {day:%B %Y}."
    if not settings.count_searches:
        return f"{nothing} Counting is turned off: set DIRECTORY_COUNT_SEARCHES=yes and start the site again."
    before = day.replace(day=1) - datetime.timedelta(1)
    return (
        f"{nothing}\nSearches are counted while the site runs (directory serve), and show here a few seconds after the "
        f"fifth.\nLook at the month before with directory insight --month {before:%Y-%m}, or check that --database-url "
        "names the database that the site uses."
    )


def _failed(settings: Settings, found: Iterable[Finding]) -> list[tuple[Asked, list[str]]]:
    return [(one.asked, list(_repair(settings, one))) for one in found]


def _table(heading: str, rows: Sequence[tuple[Asked, list[str]]]) -> Iterator[str]:
    yield f"\n{heading}: {len(rows) or 'no'} {'search' if len(rows) == 1 else 'searches'}"
    if rows:
        yield f"  {'words':{_WIDTH}}  language  asked  results  opened"
    for asked, below in rows[:MOST_SHOWN]:
        yield f"  {asked.words:{_WIDTH}}  {asked.language:8}  {asked.asked:5}  {asked.results:7}  {asked.opened:6}"
        yield from below
    if len(rows) > MOST_SHOWN:
        yield f"  and {len(rows) - MOST_SHOWN} more; --json tells them all"


def _repair(settings: Settings, one: Finding) -> Iterator[str]:
    """What to do about a search that failed: where its words belong, and the promise to paste."""
    repair = one.repair
    if not one.asked.results and repair.found_now:
        yield f"      Finds {repair.found_now} now. If those are right, the promise alone is missing."
    yield f"      {_where(settings, repair)}"
    if repair.other_file:
        yield f"      Words that are not English go under that need in {settings.content / repair.other_file}."
    yield f"      Promise it in {settings.content / 'search_checks.yaml'}:"
    yield from (f"        {line}" for line in repair.promise.splitlines())


def _where(settings: Settings, repair: Repair) -> str:
    if repair.need is None:
        file = settings.content / (repair.file or "needs/<door>.yaml")
        return f"If it belongs here, write a new need in {file}."
    need = f'"{repair.name}" ({repair.need}) in {settings.content / str(repair.file)}'
    if repair.is_understood:
        return (
            f"Taken for the need {need}. Say there what answers it, or add the words to the need that they are about."
        )
    return f"Nearest is the need {need}. Add the words to it or, if they are about something else, write a new need."
