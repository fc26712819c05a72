"""The school holidays with what is on in them, and Holiday Activities and Food (HAF): who may go, when, and how."""

from collections.abc import Iterable

from flask import Blueprint, abort

from directory.model.calendar import Period
from directory.model.school_holidays import half_term_to_come, holidays_to_come
from directory.web import asked
from directory.web.cards import cards
from directory.web.page import page
from directory.web.pagination import paginate
from directory.web.public.holidays.told import not_in, runs, span, told, what_is_on
from directory.web.showing import Showing, showing, shown
from directory.web.translate import gettext
from directory.web.words import day

holidays = Blueprint("holidays", __name__)
CARDS_A_PAGE = 10
BANK_HOLIDAYS = 4
"""How many are told where the school holidays are not known."""


@holidays.get("/holidays", endpoint="holidays")
def school_holidays() -> str:
    """The holidays that the calendar knows, the one of now first; where it knows none, where to look instead."""
    now = showing()
    calendar = now.snapshot.calendar
    known = [told(one, now) for one in holidays_to_come(calendar, now.today)]
    coming = sorted((one for one in calendar.bank_holidays if one.date >= now.today), key=lambda one: one.date)
    return page(
        "public/holidays.html",
        title=gettext("School holidays"),
        description=gettext("When schools are closed, and what is on for children in the holidays."),
        area=now.snapshot.site.area,
        known=known,
        bank_holidays=[] if known else coming[:BANK_HOLIDAYS],
        schools=[(one.name, _to_come(one.holidays, now)) for one in calendar.schools],
        haf=calendar.haf,
        day=day,
    )


def _to_come(periods: Iterable[Period], now: Showing) -> list[tuple[str, str]]:
    return [(one.name, span(one)) for one in sorted(periods, key=lambda one: one.starts) if one.ends >= now.today]


@holidays.get("/haf")
def haf() -> str:
    """Holiday Activities and Food: in which holidays, who may go and how they show it, food, booking, what is free."""
    now = showing()
    calendar = now.snapshot.calendar
    programme = calendar.haf or abort(404)
    listing = next((one for one in now.live if one.slug == programme.listing), None)
    clubs = [one for one in now.live if one.cost and one.cost.haf and one != listing]
    pagination = paginate(asked.page_number(), len(clubs), CARDS_A_PAGE)
    start = (pagination.current - 1) * CARDS_A_PAGE
    half_term = half_term_to_come(calendar, now.today)
    days = runs(programme, calendar, now.today)
    return page(
        "public/haf.html",
        title=gettext("Holiday Activities and Food (HAF)"),
        description=gettext("Who can go to Holiday Activities and Food (HAF), when it runs, and how to book."),
        haf=programme,
        listing=listing,
        runs=days,
        knows_dates=any(one.days for one in days),
        not_in=not_in(programme),
        half_term=span(half_term) if half_term and "half-term" not in programme.runs_in else None,
        half_term_from=what_is_on(half_term, now)[1] if half_term else None,
        cards=cards(clubs[start : start + CARDS_A_PAGE], now, shown().clock()),
        total=len(clubs),
        pagination=pagination,
        hubs=[one for one in now.snapshot.buildings if one.kind == "hub" and one in now.live],
    )
