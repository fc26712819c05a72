"""What listings tell people and programs, and what they must keep to themselves."""

import json
import re
from typing import Any

import pytest

from tests.site.conftest import Walked
from tests.site.opened import ADDRESS
from tests.site.walk import PREFIXES, Visit, words_of

HIDDEN_ADDRESS = re.compile(r"Hidden Road|TB5 ?3ZZ|53\.555|1\.955", re.IGNORECASE)


def _listing_pages(walked: Walked) -> list[Visit]:
    listings = walked.site.snapshot.listings
    pages = [one for one in walked.pages if one.plain_path.startswith("/listings/") and not one.is_form]
    return [one for one in pages if listings[one.plain_path.removeprefix("/listings/")].status != "defunct"]


def _structured(page: Visit) -> list[dict[str, Any]]:
    return [json.loads("".join(one.itertext())) for one in page.all("script", type="application/ld+json")]


def test_every_listing_describes_itself_to_search_engines(walked: Walked) -> None:
    pages = _listing_pages(walked)
    for page in pages:
        listing = walked.site.snapshot.listings[page.plain_path.removeprefix("/listings/")]
        (told,) = _structured(page)
        assert told["@context"] == "https://schema.org", page.path
        assert told["@type"] == ("GovernmentOffice" if listing.kind in ("hub", "spoke") else "Service"), page.path
        assert told["@id"] == ADDRESS + page.path
        assert words_of(page.all("h1")[0]) == told["name"]
    assert pages


def test_nothing_that_a_page_describes_is_blank(walked: Walked) -> None:
    assert [page.path for page in walked.pages if any(_has_blank(one) for one in _structured(page))] == []


def _has_blank(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_blank(one) for one in value.values()) or not value
    if isinstance(value, list):
        return any(_has_blank(one) for one in value) or not value
    return value in (None, "")


def test_hubs_tell_search_engines_where_they_are_and_how_to_call(walked: Walked) -> None:
    for page in _listing_pages(walked):
        listing = walked.site.snapshot.listings[page.plain_path.removeprefix("/listings/")]
        if listing.kind == "hub":
            (told,) = _structured(page)
            assert told["address"]["postalCode"] == listing.locations[0].postal_code
            assert told["telephone"] == [one.number for one in listing.phones if one.takes_calls]


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
def test_every_listing_shows_its_numbers_as_links(walked: Walked, prefix: str) -> None:
    for slug, listing in walked.site.snapshot.listings.items():
        page = walked.visits.get(f"{prefix}/listings/{slug}")
        if page is None or listing.status == "defunct":
            continue
        links = {one.get("href") for one in page.all("a")}
        for phone in listing.phones:
            digits = re.sub(r"[^\d+]", "", phone.number)
            assert not phone.takes_calls or f"tel:{digits}" in links, page.path
            assert not phone.takes_texts or any(str(one).startswith(f"sms:{digits}") for one in links), page.path


def test_what_nobody_confirmed_says_so(walked: Walked) -> None:
    for page in _listing_pages(walked):
        listing = walked.site.snapshot.listings[page.plain_path.removeprefix("/listings/")]
        if page.language == "en":
            assert ("Not yet confirmed by the provider" in page.text) == (listing.checked is None), page.path


def test_a_hidden_address_is_on_no_page_of_any_kind(walked: Walked) -> None:
    assert [one.path for one in walked.visits.values() if HIDDEN_ADDRESS.search(one.text)] == []


def test_notes_for_staff_are_on_no_page(walked: Walked) -> None:
    snapshot = walked.site.snapshot
    notes = [one.internal_note for one in snapshot.listings.values() if one.internal_note]
    notes += [one.internal_note for one in snapshot.providers.values() if one.internal_note]
    text = "\n".join(words_of(page.tree) for page in walked.pages if page.language == "en")
    assert notes or walked.site.name == "testbridge"
    assert [note for note in notes if " ".join(note.split()) in text] == []


def test_an_invented_borough_says_so_on_every_page(walked: Walked) -> None:
    notice = walked.site.snapshot.site.notice
    assert bool(notice) == (walked.site.name != "dudley")
    if notice:
        assert [one.path for one in walked.pages if one.language == "en" and notice not in words_of(one.tree)] == []


def test_an_unchecked_translation_says_so_on_every_page_but_english(walked: Walked) -> None:
    for page in walked.pages:
        notes = [one for one in page.all("section") if "notice--calm" in one.get("class", "")]
        assert len(notes) == (page.language in walked.site.snapshot.site.unchecked_languages), page.path
