"""What every answer tells the browser to do and to leave."""

import base64
import hashlib
import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.site.conftest import Walked
from tests.site.opened import ADDRESS, OpenedSite
from tests.site.walk import Visit

PRIVATE = ("/search", "/need-help-now")
OF_THE_MINUTE = ("/whats-on", "/hubs/")
"""How the addresses of pages begin that tell what is on now."""
REFUSED = ("/no-such-page", "/ur/listings/none", "/search?q=food&page=9999", "/a-to-z/%C3%A9")
FORMS_COOKIE = r"__Host-forms=[^;]+; Secure; HttpOnly; Path=/; SameSite=Lax"
RULES = {
    "X-Content-Type-Options": r"nosniff",
    "Strict-Transport-Security": r"max-age=(\d{8,}); includeSubDomains(; preload)?",
    "Referrer-Policy": r"no-referrer|same-origin",
    "Cross-Origin-Opener-Policy": r"same-origin",
    "Cross-Origin-Resource-Policy": r"same-origin",
    "Permissions-Policy": r".*camera=\(\).*",
}


def _directives(policy: str) -> dict[str, list[str]]:
    parts = (part.split() for part in policy.split(";"))
    return {name: sources for name, *sources in parts}


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("name", RULES)
def test_every_answer_carries_the_header_once(walked: Walked, name: str) -> None:
    faults = []
    for one in walked.visits.values():
        values = one.headers.getlist(name)
        if len(values) != 1 or not re.fullmatch(RULES[name], values[0]):
            faults.append(f"{one.path}: {values}")
    assert faults == []


def test_every_answer_has_a_policy_that_lets_nothing_unknown_run(walked: Walked) -> None:
    policies = {one.headers.get("Content-Security-Policy", "") for one in walked.visits.values()}
    for policy in policies:
        told = _directives(policy)
        assert "unsafe" not in policy
        assert not re.search(r"https?:|\*", policy)
        assert told["default-src"] == ["'none'"]
        assert told["base-uri"] == told["frame-ancestors"] == ["'none'"]
        assert told["form-action"] == ["'self'"]


def test_the_policy_knows_every_style_and_script_of_every_page(walked: Walked) -> None:
    faults = []
    for page in walked.pages:
        told = _directives(page.headers["Content-Security-Policy"])
        for name, directive in (("style", "style-src"), ("script", "script-src")):
            texts = ["".join(one.itertext()) for one in page.all(name) if one.get("type") is None]
            faults += [f"{page.path}: {text[:60]}" for text in texts if _hash(text) not in told[directive]]
        faults += [f"{page.path}: {one.tag} has a style" for one in page.elements if one.get("style")]
        faults += [
            f"{page.path}: {one.attrib}" for one in page.elements if any(key.startswith("on") for key in one.attrib)
        ]
    assert faults == []


def test_nothing_is_left_on_the_device(walked: Walked) -> None:
    kept = [one for one in walked.visits.values() if "Set-Cookie" in one.headers]
    assert [one.path for one in kept if not one.is_form] == []
    for one in kept:  # by this the site knows its own form again; the browser drops it when it is closed
        assert re.fullmatch(FORMS_COOKIE, one.headers["Set-Cookie"]), one.path


def _is_private(page: Visit, site: OpenedSite) -> bool:
    return page.is_form or _is_narrowed(page) or _has_way_off(page, site)


def _is_narrowed(page: Visit) -> bool:
    """Whether it is a list of days, or a way to have one, that says what somebody looks for."""
    asked = dict(parse_qsl(urlsplit(page.path).query))
    if page.plain_path == "/calendars":
        return "q" in asked
    return page.plain_path.startswith("/whats-on") and bool(asked.keys() - {"page"})


def _has_way_off(page: Visit, site: OpenedSite) -> bool:
    snapshot = site.snapshot
    if page.plain_path in PRIVATE or "near=" in page.path:
        return True
    kind, _, slug = page.plain_path[1:].partition("/")
    if kind == "listings":
        return site.is_sensitive(snapshot.listings[slug.partition("/")[0]])
    if kind == "categories":
        top = snapshot.parent_of.get(slug)
        return snapshot.category_by_slug[slug].sensitive or bool(top and top.sensitive)
    return False


def test_searches_and_sensitive_pages_are_never_kept_and_others_are_not_for_long(walked: Walked) -> None:
    faults = []
    for page in walked.pages:
        told = page.headers.get("Cache-Control", "")
        if _is_private(page, walked.site):
            faults += [] if told == "no-store" else [f"{page.path}: {told} although private"]
            faults += [f"{page.path}: may be asked for again"] if "ETag" in page.headers else []
        else:
            seconds = re.fullmatch(r"public, max-age=(\d+)", told)
            most = 60 if page.plain_path.startswith(OF_THE_MINUTE) else 600
            faults += [] if seconds and int(seconds[1]) <= most else [f"{page.path}: {told}"]
    assert any(_is_private(page, walked.site) for page in walked.pages)
    assert faults == []


def test_a_way_off_the_page_stands_on_sensitive_pages_only(walked: Walked) -> None:
    faults = []
    for page in walked.pages:
        ways = [one for one in page.all("a") if one.get("id") == "exit"]
        if any("noreferrer" not in one.get("rel", "") for one in ways):
            faults.append(f"{page.path}: tells the next site where it came from")
        if page.plain_path in ("/search", "/hubs") or _is_narrowed(page):
            continue
        if bool(ways) != _has_way_off(page, walked.site):
            faults.append(f"{page.path}: {len(ways)} ways off")
    assert faults == []


def test_results_that_hold_something_sensitive_offer_a_way_off(walked: Walked) -> None:
    faults = []
    for page in (one for one in walked.pages if one.plain_path == "/search" or "/whats-on?q=" in one.path):
        slugs = {
            one.get("href", "").rpartition("/listings/")[2]
            for one in page.all("a")
            if "/listings/" in one.get("href", "")
        }
        found = [walked.site.snapshot.listings[slug] for slug in slugs]
        is_urgent = any("urgent" in one.get("class", "").split() for one in page.all("section"))
        needed = is_urgent or any(walked.site.is_sensitive(one) for one in found)
        if needed and not any(one.get("id") == "exit" for one in page.all("a")):
            faults.append(page.path)
    assert faults == []


@pytest.mark.parametrize("path", REFUSED)
def test_a_page_that_is_not_there_is_as_safe_as_any_other(everything: OpenedSite, path: str) -> None:
    answer = everything.client().get(path, base_url=ADDRESS)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    for name, rule in RULES.items():
        assert re.fullmatch(rule, answer.headers[name]), name
    assert _directives(answer.headers["Content-Security-Policy"])["default-src"] == ["'none'"]
