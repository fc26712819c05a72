"""The pages: today, the runs of days with a name, and any date."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, make_response, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from directory.search import Fitting
from directory.web import asked
from directory.web.drawn import drawn
from directory.web.headers import ask_again
from directory.web.language import current_language
from directory.web.narrowing import understood
from directory.web.page import page, quick_page
from directory.web.public.calendars.feeds import how_to_subscribe
from directory.web.public.finding import urgent_cards
from directory.web.public.whats_on import days
from directory.web.public.whats_on.days import Days
from directory.web.public.whats_on.form import days_form
from directory.web.public.whats_on.lists import Asked, day_list, query_of, slugs_of
from directory.web.public.whats_on.said import said_day
from directory.web.public.whats_on.state import DaysState, faults
from directory.web.showing import Showing, showing, shown
from directory.web.spoken import Unclear
from directory.web.translate import gettext
from directory.web.words import day as full_day

whats_on = Blueprint("whats_on", __name__)
Answer = bytes | Response


@dataclass(frozen=True)
class _Kept:
    """What a page shows, what that was made of, and until when it is good."""

    fitting: Fitting
    good_until: datetime.datetime
    gaps: Mapping[str, str]
    can_exit: bool


@whats_on.get("/whats-on", endpoint="whats_on")
def today() -> Answer:
    """What is on today and has not ended."""
    return _named("today")


def span(name: str) -> Answer:
    """A run of days with a name, such as this weekend."""
    return _named(name)


for _name in days.SPANS:
    whats_on.add_url_rule(days.path_of(_name), "span", span, defaults={"name": _name})


@whats_on.get("/whats-on/<date>")
def day(date: str) -> Answer:
    """One date, as in 2026-11-24."""
    now = showing()
    found = days.on_date(date, now.today, now.snapshot.calendar)
    if found:
        return _answer(found)
    return _not_shown(DaysState.of_path(days.HERE), [gettext("Choose a day from a year ago to a year ahead.")], 404)


def _named(name: str) -> Answer:
    now = showing()
    found = days.named(name, now.today, now.snapshot.calendar)
    return _answer(found) if found else _no_holidays(now)


def _answer(found: Days) -> Answer:
    """The page of some days; or another day, where one was picked; or what to mend in the question."""
    state, said, problems = DaysState.of_path(found.path), asked.words("date"), [*faults()]
    if said and not problems:
        try:
            picked = said_day(said, showing().today)
            return redirect(state.link_to(days.path_of(picked.isoformat())), 303)
        except Unclear:
            problems.append(gettext("Write the day in another way, such as Tuesday, 3 December or 3/12/2026."))
    return _not_shown(state, problems, 400) if problems else _shown(found, state)


def _shown(found: Days, state: DaysState) -> bytes:
    """The page of some days, made once for a question that has the same answer again."""
    ask_again()
    services, now, clock, number = shown().services, showing(), shown().clock(), asked.page_number() or 1
    place = services.nearby(state.place) if state.place else None
    query = query_of(state, found, clock, place)
    fitting = services.search.fitting(query)
    key = ("days", state, found, number, current_language(), request.environ.get("SCRIPT_NAME", ""))
    kept: _Kept | None = now.of_searches.get(key)
    if kept is None or kept.fitting is not fitting or clock >= kept.good_until:
        slugs = slugs_of(query, fitting, found, services.search)
        question = Asked(found, state, fitting, slugs, services.timetables.of(now.snapshot), now, clock)
        kept = now.of_searches[key] = _made(question, number, is_unknown=bool(state.place) and place is None)
    description = gettext("Sessions for children and families, by day and time: %(dates)s", dates=found.dates)
    is_for_robots = bool(found.name) and not state.is_narrowed and number == 1
    return quick_page(
        "public/whats_on.html",
        kept.gaps,
        title=found.title,
        can_exit=kept.can_exit,
        is_private=state.is_narrowed,
        description=description if is_for_robots else None,
    )


def _made(question: Asked, number: int, *, is_unknown: bool) -> _Kept:
    of, state, fitting, now = question.days, question.state, question.fitting, question.now
    listed = day_list(question, number)
    can_exit = _can_exit(state, bool(fitting.urgent), listed.slugs, now)
    gaps = {
        "heading": of.title,
        "lead": Markup('<p class="lead">{}</p>').format(of.lead) if of.lead else "",
        "urgent": urgent_cards(fitting.urgent, now),
        "spans": spans(state, of.name),
        "form": days_form(state, now),
        "unknown": drawn("parts/unknown_place.html", ("place",)).filled(place=state.place) if is_unknown else "",
        "understood": understood(state, fitting.understood, now, more=_typed(state)),
        "body": listed.html,
        "more": _more(question, can_exit=can_exit),
    }
    return _Kept(fitting, listed.good_until, gaps, can_exit)


def _more(question: Asked, *, can_exit: bool) -> Markup:
    """Where to go from the end of the list: the days beside a single one, and the calendar that holds all of them."""
    of, state = question.days, question.state
    beside = [of.first - days.A_DAY] if of.is_one and of.first != question.now.today else []
    beside += [of.last + days.A_DAY] if of.is_one else []
    links = [(state.link_to(days.path_of(one.isoformat())), full_day(one)) for one in beside]
    if of.name == days.HOLIDAYS:
        links.append((f"{request.script_root}/holidays", gettext("More about school holidays")))
    if not can_exit:
        calendar = how_to_subscribe(state) if state.asks_for_something else f"{request.script_root}/calendars"
        links.append((calendar, gettext("Put what’s on in your calendar")))
    row = Markup('<li><a class="row" href="{}">{}</a></li>')
    return Markup("").join(row.format(link, label) for link, label in links)


def _typed(state: DaysState) -> list[tuple[str, str]]:
    """What was typed, each with the address without it: unlike results, a list of days shows no box that holds it."""
    words = (Markup("<bdi>{}</bdi>").format(state.words), replace(state, words="", literal=()).link)
    place = (gettext("Near %(place)s", place=state.place), replace(state, place="").link)
    return [one for one, typed in ((words, state.words), (place, state.place)) if typed]


def _can_exit(state: DaysState, is_urgent: bool, slugs: frozenset[str], now: Showing) -> bool:
    """Whether somebody who asked for this may have to leave in a hurry: as in results, but not in a list of all."""
    hidden = not now.snapshot.sensitive_categories.isdisjoint(state.chosen("category"))
    return is_urgent or hidden or bool(state.words and not now.snapshot.sensitive_listings.isdisjoint(slugs))


def spans(state: DaysState, current: str) -> Markup:
    """Links to the runs of days that have a name, with the same choices."""
    return Markup("").join(_span(name, str(label), state, name == current) for name, label in days.NAMES.items())


def _span(name: str, label: str, state: DaysState, is_current: bool) -> Markup:
    mark = Markup(' aria-current="page"') if is_current else Markup("")
    return Markup('<li><a href="{}"{}>{}</a></li>').format(state.link_to(days.path_of(name)), mark, label)


def _no_holidays(now: Showing) -> bytes:
    """The page of school holidays where the calendar knows of none to come: it says so, and leads on."""
    state = DaysState.of_path(days.path_of(days.HOLIDAYS))
    title = days.title_of(days.HOLIDAYS)
    return page(
        "public/whats_on_holidays.html",
        title=title,
        description=title,
        spans=spans(state, days.HOLIDAYS),
        form=days_form(state, now),
    ).encode()


def _not_shown(state: DaysState, problems: list[str], status: int) -> Response:
    """Why the days cannot be shown, and what to do, with the form as it was filled in."""
    body = page(
        "public/whats_on_not.html",
        title=gettext("We cannot show these days"),
        problems=problems,
        spans=spans(DaysState("", "", path=state.path), ""),
        form=days_form(state, showing(), asked.words("date"), is_open=True),
        is_hidden_from_robots=True,
        is_private=True,
    )
    return make_response(body, status)
