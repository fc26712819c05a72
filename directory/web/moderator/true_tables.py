"""The figures of how true the directory is, as tables: the same for the page and for a spreadsheet."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from flask_babel import LazyString
from markupsafe import Markup

from directory.accounts import Role, Who
from directory.insight import Asked
from directory.model.freshness import Standing
from directory.model.snapshot import Snapshot
from directory.truth import HowTrue
from directory.truth.figures import Answers, Open, Share
from directory.web import words
from directory.web.charts import share
from directory.web.moderator.waiting import hub_name, provider_name
from directory.web.own_words import plain
from directory.web.translate import gettext, lazy_gettext, ngettext

_BECAME = {
    Standing.OVERDUE: lazy_gettext("People are told to call first"),
    Standing.SUNK: lazy_gettext("Below others in results"),
    Standing.GONE: lazy_gettext("In no results"),
}
HOURS_TOLD = 48
"""How long an answer may take to be told in hours."""


@dataclass(frozen=True)
class Cell:
    """One cell. ``href`` is a path of this site; ``chart`` says the same as the text; ``is_own`` is content's word."""

    text: str | int
    href: str | None = None
    chart: Markup | None = None
    is_own: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it stands at the end of its column."""
        return isinstance(self.text, int) or self.chart is not None


@dataclass(frozen=True)
class Table:
    """A table. ``shown`` rows of it stand on the page, all of them in the spreadsheet. ``empty``: what none means."""

    name: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    shown: int = 20


@dataclass(frozen=True)
class Told:
    """All that tables are made of: the figures, the content that names things, and whose hubs come first."""

    figures: HowTrue
    snapshot: Snapshot
    own_hubs: frozenset[str]
    in_vain: tuple[Asked, ...]
    month: datetime.date
    today: datetime.date


def own_hubs(who: Who) -> frozenset[str]:
    """The hubs that somebody moderates by name: what is theirs comes first."""
    return frozenset(held.scope for held in who.held if held.role is Role.MODERATOR and held.scope)


def _percent(number: int, label: str) -> Cell:
    return Cell(f"{number}%", chart=share(number, label))


def _shares(
    name: str, caption: str, first: str, shares: Iterable[Share], cell: Callable[[str], Cell], shown: int = 20
) -> Table:
    rows = tuple(
        (
            cell(one.slug),
            _percent(one.percent, gettext("%(percent)s of 100", percent=one.percent)),
            Cell(one.live),
            Cell(one.checked),
            Cell(one.unconfirmed),
            Cell(one.late),
        )
        for one in shares
    )
    head = (
        first,
        gettext("Within their review date"),
        gettext("Live"),
        gettext("Checked"),
        gettext("Not confirmed yet"),
        gettext("Past their date"),
    )
    return Table(name, caption, head, rows, gettext("There is no listing yet."), shown)


def _hub(told: Told, slug: str) -> Cell:
    return Cell(hub_name(slug, told.snapshot), f"/listings/{slug}" if slug else None, is_own=bool(slug))


def _category(told: Told, slug: str) -> Cell:
    known = told.snapshot.category_by_slug.get(slug)
    return Cell(plain(known, "name") if known else slug, f"/categories/{slug}")


def _provider(told: Told, slug: str) -> Cell:
    return Cell(provider_name(slug, told.snapshot), is_own=True)


def _by_hub(told: Told) -> Table:
    shares = sorted(told.figures.by_hub, key=lambda one: one.slug not in told.own_hubs)
    return _shares("by-hub", gettext("By hub"), gettext("Hub"), shares, partial(_hub, told), 100)


def _by_category(told: Told) -> Table:
    cell = partial(_category, told)
    return _shares("by-category", gettext("By category"), gettext("Category"), told.figures.by_category, cell, 100)


def _by_provider(told: Told) -> Table:
    caption = gettext("By who runs them, most to check first")
    cell = partial(_provider, told)
    return _shares("by-provider", caption, gettext("Run by"), told.figures.by_provider, cell)


def _overdue(told: Told) -> Table:
    late = sorted(told.figures.late, key=lambda one: one.hub not in told.own_hubs)
    known = told.snapshot.listings
    rows = tuple(
        (
            Cell(known[one.slug].title, f"/listings/{one.slug}", is_own=True),
            Cell(words.date_alone(one.due)),
            Cell(one.days),
            Cell(str(_BECAME.get(one.standing, ""))),
            _hub(told, one.hub),
        )
        for one in late
    )
    head = (gettext("Listing"), gettext("Due by"), gettext("Days late"), gettext("What came of it"), gettext("Hub"))
    caption = gettext("Listings past their review date, the longest first")
    return Table("overdue", caption, head, rows, gettext("No listing is past its review date."))


def _open(told: Told, name: str, caption: str, found: Iterable[Open], empty: str) -> Table:
    rows = tuple(
        (
            _hub(told, one.hub),
            Cell(one.number),
            Cell(one.late),
            Cell((told.today - one.oldest.date()).days),
        )
        for one in sorted(found, key=lambda one: one.hub not in told.own_hubs)
    )
    head = (gettext("Hub"), gettext("Waiting"), gettext("Past the promise"), gettext("Days the oldest has waited"))
    return Table(name, caption, head, rows, empty, 100)


def _reports(told: Told) -> Table:
    empty = gettext("No report waits for an answer.")
    return _open(told, "reports", gettext("Reports that wait for an answer"), told.figures.open_reports, empty)


def _proposals(told: Told) -> Table:
    empty = gettext("No proposal waits for an answer.")
    caption = gettext("Proposals that wait for an answer")
    return _open(told, "proposals", caption, told.figures.open_proposals, empty)


def _answers(told: Told) -> Table:
    found = ((gettext("Proposals"), told.figures.proposals), (gettext("Reports"), told.figures.reports))
    rows = tuple((Cell(name), *_took(one)) for name, one in found if one.answered)
    head = (
        gettext("What was sent"),
        gettext("Answered as promised"),
        gettext("Answered"),
        gettext("Half of them within"),
        gettext("9 in 10 within"),
    )
    caption = gettext("How long answers took in the last 90 days")
    return Table("answers", caption, head, rows, gettext("Nothing was answered in the last 90 days."))


def _took(one: Answers) -> tuple[Cell, ...]:
    percent = 100 * one.in_time // one.answered
    label = gettext("%(percent)s of 100", percent=percent)
    return _percent(percent, label), Cell(one.answered), Cell(_span(one.median)), Cell(_span(one.nine_in_ten))


def _span(took: datetime.timedelta | None) -> str:
    """A time as people say it, rounded up: hours for what took two days at most, else days."""
    hours = -(-(took or datetime.timedelta()) // datetime.timedelta(hours=1))
    if hours <= HOURS_TOLD:
        return ngettext("%(num)s hour", "%(num)s hours", hours)
    return ngettext("%(num)s day", "%(num)s days", -(-hours // 24))


def _unowned(told: Told) -> Table:
    rows = tuple((_provider(told, one.provider), Cell(one.listings)) for one in told.figures.unowned)
    caption = gettext("Run by somebody whom we cannot ask, because nobody there can sign in")
    empty = gettext("Somebody can be asked about every listing.")
    return Table("nobody", caption, (gettext("Run by"), gettext("Live listings")), rows, empty)


def _searches(told: Told) -> Table:
    rows = tuple((Cell(one.words, is_own=True), Cell(one.language), Cell(one.asked)) for one in told.in_vain)
    caption = gettext("Searches in %(month)s that found nothing", month=words.month(told.month))
    head = (gettext("Words"), gettext("Language"), gettext("Times asked"))
    empty = gettext("No search that five people made found nothing.")
    return Table("searches", caption, head, rows, empty)


TABLES: Mapping[str, Callable[[Told], Table]] = {
    "by-hub": _by_hub,
    "by-category": _by_category,
    "by-provider": _by_provider,
    "overdue": _overdue,
    "reports": _reports,
    "proposals": _proposals,
    "answers": _answers,
    "nobody": _unowned,
    "searches": _searches,
}
"""Every table by the name that its address has."""
SECTIONS: tuple[tuple[LazyString, tuple[str, ...]], ...] = (
    (lazy_gettext("Within their review date"), ("by-hub", "by-category", "by-provider")),
    (lazy_gettext("Past their review date"), ("overdue",)),
    (lazy_gettext("Reports and proposals"), ("reports", "proposals", "answers")),
    (lazy_gettext("Nobody to ask"), ("nobody",)),
    (lazy_gettext("Searches that found nothing"), ("searches",)),
)
"""The headings of the page, and the tables under each."""
