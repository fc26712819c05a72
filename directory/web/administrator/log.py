"""The log of everything that people did, newest first, and the same as a file. No page can change it."""

import datetime
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from directory.accounts import Done
from directory.model.calendar import LONDON
from directory.web import asked
from directory.web.access import signed_in
from directory.web.administrator.log_words import about_words, act_words, detail_words
from directory.web.pagination import paginate
from directory.web.showing import showing, shown
from directory.web.spreadsheets import as_csv
from directory.web.staff_page import staff_page
from directory.web.translate import gettext

pages = Blueprint("log", __name__)

ON_A_PAGE = 50
HEAD = ("When", "Person", "Name", "What", "About", "Details")
"""The file is in English: it is kept, and compared with others."""


@dataclass(frozen=True)
class Sought:
    """What of the log somebody asks for, as it was typed, and as it was understood."""

    person: int | None
    what: str
    about: str
    since: datetime.date | None
    until: datetime.date | None

    def as_words(self) -> dict[str, Any]:
        """What the log's own reader is asked with."""
        return {one: getattr(self, one) for one in ("person", "what", "about", "since", "until")}


@pages.get("/log")
def log() -> str:
    """What was done, newest first; of one person, one act, one thing, or some days."""
    room, sought = shown().services.log, _sought()
    typed = {name: asked.words(name) for name in ("person", "what", "about", "from", "to")}
    total = room.count(**sought.as_words())
    pagination = paginate(asked.page_number(), total, ON_A_PAGE, typed.items())
    found = room.read(**sought.as_words(), page=pagination.current, a_page=ON_A_PAGE)
    names = _names()
    snapshot = showing().snapshot
    return staff_page(
        "administrator/log.html",
        title=gettext("Log"),
        found=[(one, about_words(one.about, names, snapshot)) for one in found],
        total=total,
        names=names,
        acts=sorted(((what, act_words(what)) for what in room.kinds()), key=lambda act: act[1]),
        asked=typed,
        wrong=[name for name, day in (("from", sought.since), ("to", sought.until)) if typed[name] and not day],
        query=request.query_string.decode("ascii", "ignore"),
        pagination=pagination,
        act_words=act_words,
        detail_words=detail_words,
        zone=LONDON,
    )


@pages.get("/log.csv")
def table() -> Response:
    """The same as a file, whole. That somebody took it home is written in the log itself."""
    room, sought, now = shown().services.log, _sought(), shown().clock()
    narrowed_by = ", ".join(name for name, value in sought.as_words().items() if value)
    room.note(person=signed_in().id, what="exported", about="log", now=now, narrowed_by=narrowed_by)
    names = _names()
    rows = (_row(one, names) for one in room.read(**sought.as_words(), a_page=None))
    return as_csv(f"log-{now.date()}", HEAD, rows)


def _row(one: Done, names: dict[int, str]) -> tuple[str | int, ...]:
    at = one.at.astimezone(LONDON).isoformat(" ", "seconds")
    name = names.get(one.person, "") if one.person else ""
    return at, one.person or "", name, one.what, one.about, detail_words(one.details)


def _sought() -> Sought:
    person = asked.words("person")
    return Sought(
        person=int(person) if person.isascii() and person.isdecimal() and len(person) <= 9 else None,
        what=asked.words("what"),
        about=asked.words("about"),
        since=_day(asked.words("from")),
        until=_day(asked.words("to")),
    )


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _names() -> dict[int, str]:
    return {who.id: who.name for who in shown().services.accounts.people()}
