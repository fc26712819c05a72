"""What programs read: the site map, what robots may do, whom to tell of a hole, and whether the site is well."""

import datetime
from typing import Any

from flask import Blueprint, Response, abort, render_template

from directory.web.drawn import drawn
from directory.web.language import path_in
from directory.web.page import address, site_root
from directory.web.public.whats_on.days import HERE, SPANS, path_of
from directory.web.showing import Showing, showing, shown

machines = Blueprint("machines", __name__)
SECURITY_DAYS = 180
"""How long a copy of security.txt may be trusted (RFC 9116 asks for less than a year)."""


def _text(template: str, mimetype: str = "text/plain", **words: Any) -> Response:
    return Response(render_template(template, **words), mimetype=mimetype)


@machines.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page that a search engine may show, in every language."""
    whole = drawn("sitemap.xml", ("root",), words=_rows)
    return Response(whole.filled(root=site_root()), mimetype="application/xml")


def _rows() -> dict[str, Any]:
    """Every page with its path in each language, and the day on which somebody last checked it."""
    now = showing()
    languages = now.snapshot.site.languages
    return {"rows": [([(one, path_in(one, path)) for one in languages], changed) for path, changed in _paths(now)]}


def _paths(now: Showing) -> list[tuple[str, datetime.date | None]]:
    snapshot = now.snapshot
    paths: list[tuple[str, datetime.date | None]] = [
        (path, None) for path in ("/", "/need-help-now", "/hubs", "/a-to-z", "/calendars", HERE, *map(path_of, SPANS))
    ]
    paths += [("/holidays", None), *([("/haf", None)] if snapshot.calendar.haf else [])]
    for top in now.doors:
        paths += [(f"/categories/{one.slug}", None) for one in (top, *top.categories) if now.offers(one)]
    paths += [(f"/pages/{slug}", None) for slug in snapshot.pages]
    open_hubs = [one.slug for one in snapshot.buildings if snapshot.is_live(one, now.today)]
    paths += [(f"/hubs/{slug}/{view}", None) for slug in open_hubs for view in ("today", "week")]
    return paths + [(f"/listings/{one.slug}", one.checked.on if one.checked else None) for one in now.live]


@machines.get("/robots.txt")
def robots() -> Response:
    """Robots may read everything but searches."""
    return _text("robots.txt", languages=showing().snapshot.site.languages, root=site_root())


@machines.get("/.well-known/security.txt")
def security() -> Response:
    """Whom to tell of a hole in the site (RFC 9116)."""
    site = showing().snapshot.site
    contact = site.security_contact or site.contact.email or site.contact.url or abort(404)
    expires = datetime.datetime.combine(showing().today, datetime.time(), datetime.UTC) + datetime.timedelta(
        SECURITY_DAYS
    )
    return _text(
        "security.txt",
        contact=contact if ":" in contact else f"mailto:{contact}",
        expires=f"{expires:%Y-%m-%dT%H:%M:%SZ}",
        languages=site.languages,
        address=address("/.well-known/security.txt"),
    )


@machines.get("/healthz")
def healthz() -> Response:
    """Whether the process is up."""
    return _fresh("ok\n", 200)


@machines.get("/readyz")
def readyz() -> Response:
    """Whether content and index are good, so that people can be sent here."""
    services = shown().services
    status = services.search.status
    if not status.is_ready:
        return _fresh(f"not ready: {status.fault or 'there is no index yet'}\n", 503)
    faults = len(services.content.faults)
    return _fresh(f"ready: {status.listings} listings, {faults} faults in newer content\n", 200)


def _fresh(text: str, status: int) -> Response:
    return Response(text, status, {"Cache-Control": "no-store"}, mimetype="text/plain")
