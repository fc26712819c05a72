"""What holds on every page that a visitor can reach, in every language of three directories."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urldefrag, urlsplit
from xml.etree.ElementTree import Element

import pytest

from tests.site.conftest import Walked
from tests.site.walk import DIRECTIONS, PREFIXES, Visit, words_of

UNFINISHED = re.compile(r"\{\{|\}\}|\{%|%\(\w+\)|\bNone\b|[\ue000-\uf8ff]|<lambda|object at 0x|Undefined")
CONTROLS = ("input", "select", "textarea")
RESOURCES = {
    "img": "src",
    "script": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "use": "href",
}
LANGUAGE_PAGES = 40
"""Fewer would mean that the walk did not get far."""


def test_a_walk_meets_no_broken_link_and_no_detour(walked: Walked) -> None:
    faults = [f"{one.status} {one.path} on {one.found_on}" for one in walked.visits.values() if one.status != 200]
    assert faults == []


@pytest.mark.parametrize("language", PREFIXES)
def test_a_walk_reaches_the_whole_directory_in_every_language(walked: Walked, language: str) -> None:
    prefix = PREFIXES[language]
    live = {slug for slug, one in walked.site.snapshot.listings.items() if one.status not in ("inactive", "defunct")}
    wanted = {f"{prefix}/listings/{slug}" for slug in live}
    wanted |= {f"{prefix}/pages/{slug}" for slug, one in walked.site.snapshot.pages.items() if one.in_footer}
    assert wanted - set(walked.visits) == set()
    assert sum(one.language == language for one in walked.pages) > LANGUAGE_PAGES


def test_every_page_is_html_without_a_parse_error(walked: Walked) -> None:
    assert [(one.path, one.parse_errors[:3]) for one in walked.pages if one.parse_errors] == []


def test_every_page_has_one_first_heading_and_a_title_that_begins_with_it(walked: Walked) -> None:
    faults = []
    for page in walked.pages:
        headings, titles = page.all("h1"), page.all("title")
        if len(headings) != 1 or len(titles) != 1:
            faults.append(f"{page.path}: {len(headings)} h1, {len(titles)} title")
        elif not words_of(headings[0]) or not words_of(titles[0]).startswith(words_of(headings[0])):
            faults.append(f"{page.path}: {words_of(titles[0])!r} does not begin with {words_of(headings[0])!r}")
    assert faults == []


def test_headings_leave_no_level_out(walked: Walked) -> None:
    faults = []
    for page in walked.pages:
        levels = [int(one.tag[1]) for one in page.elements if re.fullmatch("h[1-6]", one.tag)]
        faults += [f"{page.path}: {levels}" for one, following in pairwise(levels) if following > one + 1]
    assert faults == []


def test_every_id_is_unique_and_every_fragment_leads_somewhere(walked: Walked) -> None:
    faults = []
    for page in walked.pages:
        ids = Counter(one.get("id", "") for one in page.elements if one.get("id") is not None)
        faults += [f"{page.path}: id {name!r} {count} times" for name, count in ids.items() if count > 1 or not name]
        for link in page.links:
            path, fragment = urldefrag(link)
            if fragment and path == page.path and fragment not in ids:
                faults.append(f"{page.path}: nothing is called {fragment!r}")
    assert faults == []


def _unlabelled(page: Visit) -> Iterator[str]:
    labels = {one.get("for"): words_of(one) for one in page.all("label")}
    wrapped = {control for one in page.all("label") for name in CONTROLS for control in one.iter(name)}
    for name in CONTROLS:
        for control in page.all(name):
            is_seen = control.get("type") not in ("hidden", "submit", "button")
            if is_seen and not (labels.get(control.get("id")) or control.get("aria-label") or control in wrapped):
                yield f"{page.path}: {name} {control.get('name')!r}"
            hints = (control.get("aria-describedby") or "").split()
            yield from (f"{page.path}: no hint {hint!r}" for hint in hints if not _by_id(page, hint))


def _by_id(page: Visit, name: str) -> list[Element]:
    return [one for one in page.elements if one.get("id") == name]


def test_every_form_control_has_a_label(walked: Walked) -> None:
    assert any(page.all("input") for page in walked.pages)
    assert [fault for page in walked.pages for fault in _unlabelled(page)] == []


def test_every_link_and_button_says_what_it_does(walked: Walked) -> None:
    pressed = [(page.path, one) for page in walked.pages for one in (*page.all("a"), *page.all("button"))]
    assert [(path, one.attrib) for path, one in pressed if not words_of(one) and not one.get("aria-label")] == []


def test_every_page_says_its_language_and_direction(walked: Walked) -> None:
    faults = []
    for page in walked.pages:
        told = page.all("html")[0]
        if (told.get("lang"), told.get("dir")) != (page.language, DIRECTIONS[page.language]):
            faults.append(f"{page.path}: {told.attrib}")
    assert faults == []


def test_every_page_leads_to_itself_in_the_other_languages(walked: Walked) -> None:
    faults = []
    for page in walked.pages:
        query = urlsplit(page.path).query
        rest = page.plain_path + (f"?{query}" if query else "")
        links = {one.get("hreflang"): one.get("href") for one in page.all("a") if one.get("hreflang")}
        wanted = {code: prefix + rest for code, prefix in PREFIXES.items()}
        if links != wanted:
            faults.append(f"{page.path}: {links}")
    assert faults == []


def test_nothing_unfinished_is_shown(walked: Walked) -> None:
    faults = []
    for page in walked.pages:
        shown = [(one.text or "") + " ".join(child.tail or "" for child in one) for one in _shown(page.tree)]
        faults += [f"{page.path}: {text.strip()[:80]!r}" for text in shown if UNFINISHED.search(text)]
    assert faults == []


def _shown(element: Element) -> Iterator[Element]:
    if element.tag not in ("style", "script"):
        yield element
        for child in element:
            yield from _shown(child)


def test_no_page_makes_the_browser_ask_another_host_or_load_a_file(walked: Walked) -> None:
    faults = []
    for page in walked.pages:
        loads = [one.get(key, "") for name, key in RESOURCES.items() for one in page.all(name) if one.get(key)]
        loads += [one.get("href", "") for one in page.all("link") if one.get("rel") not in ("canonical", "alternate")]
        styles = "".join(words_of(one) for one in page.all("style"))
        loads += re.findall(r"@import[^;]*|url\((?!['\"]?data:)[^)]*\)", styles)
        faults += [f"{page.path}: {one}" for one in loads if not one.startswith(("data:", "#"))]
        faults += [f"{page.path}: {one.attrib}" for one in page.elements if one.get("srcset") or one.get("ping")]
    assert faults == []


def test_forms_ask_only_this_site_and_those_that_are_sent_can_prove_it(walked: Walked) -> None:
    forms = [(page, form) for page in walked.pages for form in page.all("form")]
    prefixes = {code: f"{prefix}/" for code, prefix in PREFIXES.items()}
    faults = []
    for page, form in forms:
        is_sent = form.get("method", "get").lower() == "post"
        has_proof = "csrf_token" in [one.get("name") for one in form.iter("input")]
        action = form.get("action", page.path if is_sent else "")
        if has_proof != is_sent or not action.startswith(prefixes[page.language]) or action.startswith("//"):
            faults.append((page.path, form.attrib))
    assert forms
    assert faults == []


def test_links_to_other_sites_tell_them_nothing(walked: Walked) -> None:
    faults = []
    for page in walked.pages:
        for one in page.all("a"):
            href = one.get("href", "")
            if not href.startswith(("/", "#", "?", "tel:", "sms:", "mailto:", "webcal://", "https://", "http://")):
                faults.append(f"{page.path}: {href}")
            if one.get("target"):
                faults.append(f"{page.path}: opens a window of its own: {href}")
    assert faults == []
