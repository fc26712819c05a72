"""A page for people who signed in: the public frame, with their own navigation, and never kept on the device."""

from dataclasses import dataclass
from typing import Any

from flask import request

from directory.accounts import Who
from directory.web.access import signed_in, who_may_enter
from directory.web.page import page
from directory.web.translate import lazy_gettext

_SECTIONS = (
    ("desk.desk", "/desk", lazy_gettext("Your listings")),
    ("queue.queue", "/queue", lazy_gettext("Queue")),
    ("reports.reports", "/reports", lazy_gettext("Reports")),
    ("overdue.overdue", "/overdue", lazy_gettext("Overdue")),
    ("truth.figures", "/how-true", lazy_gettext("How true are we?")),
    ("people.people", "/people", lazy_gettext("People")),
    ("settings.settings", "/settings", lazy_gettext("Settings")),
    ("log.log", "/log", lazy_gettext("Log")),
    ("account.account", "/account", lazy_gettext("Your account")),
)


@dataclass(frozen=True)
class Section:
    """A part of the staff pages: its address, its name, and whether this page is in it."""

    path: str
    name: str
    is_current: bool


def staff_page(template: str, *, title: str, **words: Any) -> str:
    """A page as HTML, with the navigation that the person's roles open."""
    person = signed_in()
    return page(
        template,
        title=title,
        is_hidden_from_robots=True,
        is_private=True,
        person=person,
        sections=() if person.only else _sections(person),
        **words,
    )


def _sections(person: Who) -> list[Section]:
    here = request.blueprint
    return [
        Section(path, str(name), endpoint.partition(".")[0] == here)
        for endpoint, path, name in _SECTIONS
        if _is_open(endpoint, person)
    ]


def _is_open(endpoint: str, person: Who) -> bool:
    allowed = who_may_enter(endpoint)
    return not isinstance(allowed, str) and allowed is not None and any(one.role in allowed for one in person.held)
