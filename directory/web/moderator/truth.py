"""The page that tells how true the directory is: figures as tables, and each table as a file for a spreadsheet."""

import datetime

from flask import Blueprint, Response, abort

from directory.insight import Asked, found_nothing
from directory.truth import HowTrue
from directory.web.access import signed_in
from directory.web.charts import Part, bar
from directory.web.moderator.true_tables import SECTIONS, TABLES, Told, own_hubs
from directory.web.showing import showing, shown
from directory.web.spreadsheets import as_csv
from directory.web.staff_page import staff_page
from directory.web.translate import gettext

pages = Blueprint("truth", __name__)


@pages.get("/how-true")
def figures() -> str:
    """Every figure."""
    told = _told()
    return staff_page(
        "moderator/figures.html",
        title=gettext("How true are we?"),
        whole=told.figures.whole,
        left=told.figures.left,
        chart=_chart(told.figures),
        parts=[(str(heading), [TABLES[name](told) for name in names]) for heading, names in SECTIONS],
    )


@pages.get("/how-true/<name>.csv")
def table(name: str) -> Response:
    """One table, whole. That somebody took it home is written in the log."""
    found = TABLES[name](_told()) if name in TABLES else abort(404)
    shown().services.figures.note_export(who=signed_in(), name=name, now=shown().clock())
    rows = ([cell.text for cell in row] for row in found.rows)
    return as_csv(f"how-true-{name}-{showing().today}", found.head, rows)


def _told() -> Told:
    now, services = showing(), shown().services
    month, in_vain = _in_vain(services.settings.database_url, now.today)
    return Told(
        figures=services.figures.now(now=shown().clock()),
        snapshot=now.snapshot,
        own_hubs=own_hubs(signed_in()),
        in_vain=in_vain,
        month=month,
        today=now.today,
    )


def _in_vain(database_url: str, today: datetime.date) -> tuple[datetime.date, tuple[Asked, ...]]:
    """What was searched for in vain this month; where that is nothing yet, in the month before, and which it is."""
    before = today.replace(day=1) - datetime.timedelta(1)
    for month in (today, before):
        if found := found_nothing(database_url, month):
            return month, found
    return today, ()


def _chart(figures: HowTrue) -> str:
    whole = figures.whole
    parts = (Part(whole.checked, "good"), Part(whole.unconfirmed, "fair"), Part(whole.late, "poor"))
    return bar(
        parts,
        gettext(
            "%(checked)s within their review date, %(unconfirmed)s not confirmed yet, %(late)s late",
            checked=whole.checked,
            unconfirmed=whole.unconfirmed,
            late=whole.late,
        ),
    )
