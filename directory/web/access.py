"""Who may enter which view: one table. Everything is shut until it is opened here on purpose.

A view that nobody thought about answers 403. What belongs to one provider or hub is asked of the person (``Who``) by
the room that does it; this table tells roles apart and nothing else.
"""

from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from flask import Flask, abort, g, redirect, request
from werkzeug.wrappers import Response

from directory.accounts import Role, Who
from directory.web.lapsed import typed_by
from directory.web.signed_in import person_of_request

EVERYONE = "everyone"
"""The whole public, signed in or not."""
Allowed = str | frozenset[Role]

_STAFF = frozenset(Role)
_DECIDES = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})
_RUNS = frozenset({Role.ADMINISTRATOR})

WHO_MAY_ENTER: Mapping[str, Allowed] = {
    "finding.home": EVERYONE,
    "finding.results": EVERYONE,
    "suggesting.suggest": EVERYONE,
    "listings.listing": EVERYONE,
    "browsing.category": EVERYONE,
    "browsing.a_to_z": EVERYONE,
    "hubs.hubs": EVERYONE,
    "hub_days.today": EVERYONE,
    "hub_days.week": EVERYONE,
    "hub_days.board": EVERYONE,
    "whats_on.whats_on": EVERYONE,
    "whats_on.day": EVERYONE,
    "whats_on.span": EVERYONE,
    "holidays.holidays": EVERYONE,
    "holidays.haf": EVERYONE,
    "calendars.session": EVERYONE,
    "calendars.series": EVERYONE,
    "calendars.feed": EVERYONE,
    "calendars.how": EVERYONE,
    "calendars.news": EVERYONE,
    "pages.content_page": EVERYONE,
    "pages.need_help_now": EVERYONE,
    "machines.sitemap": EVERYONE,
    "machines.robots": EVERYONE,
    "machines.security": EVERYONE,
    "machines.healthz": EVERYONE,
    "machines.readyz": EVERYONE,
    "reporting.report": EVERYONE,
    "reporting.reported": EVERYONE,
    "from_mail.still_right": EVERYONE,
    "from_mail.change": EVERYONE,
    "signing_in.ask": EVERYONE,
    "signing_in.asked": EVERYONE,
    "signing_in.confirm": EVERYONE,
    "signing_in.code": EVERYONE,
    "signing_in.enrol": EVERYONE,
    "signing_in.recovery": EVERYONE,
    "signing_in.sign_out": EVERYONE,
    "account.account": _STAFF,
    "account.revoke": _STAFF,
    "account.new_codes": _STAFF,
    "desk.desk": _STAFF,
    "changing.edit": _STAFF,
    "changing.check": _STAFF,
    "changing.close": _STAFF,
    "changing.cancel": _STAFF,
    "changing.one_date": _STAFF,
    "changing.next_term": _STAFF,
    "adding.start": _STAFF,
    "adding.tasks": _STAFF,
    "adding.question": _STAFF,
    "adding.answers": _STAFF,
    "proposals.proposal": _STAFF,
    "proposals.message": _STAFF,
    "proposals.withdraw": _STAFF,
    "proposals.keep": _STAFF,
    "proposals.similar": _STAFF,
    "queue.queue": _DECIDES,
    "queue.proposal": _DECIDES,
    "queue.preview": _DECIDES,
    "queue.approve": _DECIDES,
    "queue.decline": _DECIDES,
    "queue.send_back": _DECIDES,
    "queue.message": _DECIDES,
    "reports.reports": _DECIDES,
    "reports.report": _DECIDES,
    "reports.close": _DECIDES,
    "reports.propose": _DECIDES,
    "overdue.overdue": _DECIDES,
    "history.versions": _DECIDES,
    "history.compare": _DECIDES,
    "history.bring_back": _DECIDES,
    "truth.figures": _DECIDES,
    "truth.table": _DECIDES,
    "people.people": _RUNS,
    "people.invite": _RUNS,
    "people.person": _RUNS,
    "people.grant": _RUNS,
    "people.revoke": _RUNS,
    "people.leave": _RUNS,
    "settings.settings": _RUNS,
    "log.log": _RUNS,
    "log.table": _RUNS,
}
"""Each view by its endpoint, and who may enter it."""

LIMITED: Mapping[str, str] = {
    "changing.edit": "change",
    "changing.cancel": "change",
    "changing.one_date": "change",
    "changing.next_term": "change",
    "proposals.keep": "change",
    "proposals.proposal": "change",
    "proposals.similar": "change",
}
"""What somebody may enter who came by a link that is for one act on one listing: each view, and the act."""


def who_may_enter(endpoint: str | None) -> Allowed | None:
    """Whom a view was opened to, or None for a view that was never opened."""
    return WHO_MAY_ENTER.get(endpoint or "")


def signed_in() -> Who:
    """The person whose request this is. For views that are not open to everyone."""
    person: Who = g.person
    return person


def _guard_view() -> Response | None:
    endpoint = request.endpoint
    if endpoint is None:
        return None
    allowed = who_may_enter(endpoint)
    if allowed == EVERYONE:
        return None
    if allowed is None:
        abort(403)
    person = person_of_request()
    if person is None:
        _keep_typed(endpoint, allowed)
        return _to_sign_in()
    if not _may_enter(person, endpoint, allowed):
        abort(403)
    g.person = person
    return None


def _keep_typed(endpoint: str, allowed: Allowed) -> None:
    """Keeps the form of somebody whose session ended while they typed, if they might have sent it."""
    found = typed_by(endpoint)
    if found and _may_enter(found[0], endpoint, allowed):
        who, keep = found
        keep(who)


def _may_enter(person: Who, endpoint: str, allowed: Allowed) -> bool:
    if person.only is not None and LIMITED.get(endpoint) != person.only.partition(":")[0]:
        return False
    return any(held.role in allowed for held in person.held)


def _to_sign_in() -> Response:
    """Asks to sign in first, and comes back afterwards."""
    return redirect(f"{request.script_root}/sign-in?next={quote(_page_to_come_back_to(), safe='')}", 303)


def _page_to_come_back_to() -> str:
    """The path of this page, or, where it can only be sent, of the page on which the form stood."""
    if request.method in ("GET", "HEAD"):
        return request.full_path.rstrip("?")
    if request.url_rule and "GET" in (request.url_rule.methods or ()):
        return request.path
    form = urlsplit(request.referrer or "")
    path = form.path.removeprefix(request.script_root) + (f"?{form.query}" if form.query else "")
    return path if form.netloc == request.host else "/desk"


def guard(app: Flask) -> None:
    """Puts the gate before every view of the application, those of blueprints included."""
    app.before_request(_guard_view)
