"""Hints before sending: what they find, what they let pass, and which listings a name is like."""

from typing import Any

import pytest

from directory.model.snapshot import Snapshot
from directory.moderation import fields_of
from directory.services import Services
from directory.web.partner.advice import JARGON, advice_on, jargon_in, reading_age, sentences, syllables
from directory.web.partner.similar import places_of, similar

EASY = "Come and play. We sing songs and drink tea. Bring a coat and your own cup."
HARD = (
    "The programme supports early identification of developmental difficulties, delivering individualised "
    "methodologies to disadvantaged communities through coordinated professional partnerships."
)


@pytest.fixture
def snapshot(services: Services) -> Snapshot:
    """The content that listings are held against."""
    return services.snapshot


SYLLABLES = {
    "play": 1, "tea": 1, "come": 1, "baby": 2, "toddler": 2, "little": 2, "played": 1, "wanted": 2, "helped": 1,
    "create": 2, "community": 4, "identification": 6,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), SYLLABLES.items(), ids=SYLLABLES)
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count


def test_reading_ages_tell_easy_words_from_hard_ones() -> None:
    assert reading_age(EASY) < 8
    assert reading_age(HARD) > 18
    assert reading_age("") == 0
    assert reading_age("* 10:30\n* 11:30") == 0


def test_the_end_of_a_line_ends_a_sentence() -> None:
    assert sentences("Bring:\n\n* a coat\n* a cup. Then play!") == ["Bring:", "* a coat", "* a cup.", "Then play!"]
    assert sentences("It starts at 10.30 and costs £2.50.") == ["It starts at 10.30 and costs £2.50."]


JARGON_CASES = {
    "a word": ("We offer signposting.", ["signposting"]),
    "capitals": ("SAFEGUARDING matters", ["safeguarding"]),
    "two words": ("for service users", ["service users"]),
    "part of a word": ("for provisional places", []),
    "with a hyphen": ("a multi-agency team", ["multi-agency"]),
    "plain": (EASY, []),
}


@pytest.mark.parametrize(("text", "words"), JARGON_CASES.values(), ids=JARGON_CASES)
def test_jargon_is_found_as_whole_words(text: str, words: list[str]) -> None:
    assert jargon_in(text) == words


def test_jargon_has_plainer_words_that_are_no_jargon() -> None:
    assert [word for word, plain in JARGON.items() if jargon_in(str(plain))] == []


BEFORE: dict[str, Any] = {
    "kind": "activity",
    "title": "Tots",
    "summary": "Play and songs.",
    "provider": "testbridge-council",
    "phones": [{"number": "07700 900001"}],
    "email": "tots@gmail.com",
}
WITH_AGES = {"eligibility": {"minimum_age": "0 years"}, "cost": {"type": "free"}}
HINTS = {
    "nothing changed": ({}, []),
    "an easy description": ({"description": EASY * 3}, []),
    "a hard description": ({"description": HARD + " " + EASY}, [("description", "people of")]),
    "a long sentence": (
        {"description": EASY + " We play and sing and " + "play and " * 16 + "rest."},
        [("description", "38 words")],
    ),
    "jargon": ({"summary": "Play and signposting."}, [("summary", "telling people where to go")]),
    "no ages": ({"eligibility": {"not_for": "Children at school."}}, [("eligibility", "which ages")]),
    "ages": ({"eligibility": {"maximum_age": "4 years"}}, []),
    "paid, but how much": ({"cost": {"type": "paid"}}, [("cost", "how much")]),
    "paid in words": ({"cost": {"type": "paid", "fees_description": "From £2"}}, []),
    "somebody else's phone": ({"phones": [{"number": "+44 1632 960555"}]}, [("phones", "Talk line")]),
    "the provider's own phone": ({"phones": [{"number": "01632960123"}]}, []),
    "a new mobile": ({"phones": [{"number": "07700 900999"}]}, [("phones", "is a mobile")]),
    "the old mobile": ({"phones": [{"number": "07700900001", "hours": "Mondays"}]}, []),
    "own mail": ({"email": "sam@hotmail.co.uk"}, [("email", "sam@hotmail.co.uk")]),
    "the organisation's mail": ({"email": "tots@example.org"}, []),
}


@pytest.fixture
def with_talk_line(snapshot: Snapshot) -> Snapshot:
    """The content with a listing of somebody else that has a phone of its own."""
    other = next(iter(snapshot.listings.values())).model_dump(mode="json", exclude_defaults=True)
    other |= {"slug": "other", "title": "Talk line", "provider": "other", "phones": [{"number": "01632 960555"}]}
    listing = type(next(iter(snapshot.listings.values()))).model_validate(other)
    listings = {**snapshot.listings, "other": listing}
    return Snapshot("other", snapshot.site, snapshot.categories, listings, snapshot.providers, snapshot.pages)


@pytest.mark.parametrize(("changes", "hints"), HINTS.values(), ids=HINTS)
def test_only_what_was_changed_is_hinted_at(
    with_talk_line: Snapshot, changes: dict[str, Any], hints: list[tuple[str, str]]
) -> None:
    found = advice_on({**BEFORE, **changes}, BEFORE, "tots", with_talk_line)
    assert [one.key for one in found] == [key for key, _ in hints]
    assert all(words in one.text for one, (_, words) in zip(found, hints, strict=True))


def test_a_new_listing_is_asked_for_ages_and_a_price(snapshot: Snapshot) -> None:
    new = {**BEFORE, "phones": [], "email": ""}
    assert [one.key for one in advice_on(new, {}, "", snapshot)] == ["eligibility", "cost"]
    assert advice_on({**new, **WITH_AGES}, {}, "", snapshot) == []
    assert advice_on({**new, "kind": "link"}, {}, "", snapshot) == []


ALIKE = {
    "the same words": ("Toddler Tuesday", {}, True),
    "written together": ("toddlertuesday", {}, True),
    "in another order": ("Tuesday toddlers", {}, True),
    "with a word more": ("Toddler Tuesday group", {}, True),
    "half the words": ("Toddler disco", {}, False),
    "half the words, same place and provider": (
        "Toddler disco", {"provider": "testbridge-council", "places": frozenset({"corner-hall"})}, True),
    "other words": ("Chess club", {}, False),
    "nothing": ("  ", {}, False),
    "small words": ("the and of", {}, False),
    "itself": ("Toddler Tuesday", {"but": "toddler-tuesday"}, False),
}  # fmt: skip


@pytest.mark.parametrize(("title", "more", "is_alike"), ALIKE.values(), ids=ALIKE)
def test_listings_that_may_be_the_same_are_found(
    snapshot: Snapshot, title: str, more: dict[str, Any], is_alike: bool
) -> None:
    found = [one.listing.slug for one in similar(title, snapshot, **more)]
    assert ("toddler-tuesday" in found) == is_alike


def test_what_two_listings_share_is_told(snapshot: Snapshot) -> None:
    listing = snapshot.listings["toddler-tuesday"]
    places = places_of(fields_of(listing)["locations"])
    best = similar(listing.title, snapshot, provider=listing.provider, places=places)[0]
    assert (best.listing, best.is_same_place, best.is_same_provider) == (listing, True, True)
