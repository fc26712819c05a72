"""What is suggested to somebody who is still typing."""

from itertools import islice

import pytest

from directory.search import Suggestions

TOPICS = [
    ("Toddlers and young children",),
    ("School uniform",),
    ("School meals",),
    ("School places",),
    ("School nurse",),
    ("Getting to school",),
    ("Domestic abuse",),
]
OTHERS = [
    ("Brierley Hill Family Hub",),
    ("Brierley Hill toddler group", "Tots and co"),
    ("After-school club",),
    ("St John's play group",),
    ("Schoolwear for all",),
    ("Café for dads",),
    ("کھانے کی مدد", "Help with food"),
    ("Autism support",),
]
NAMES = [names[0] for names in (*TOPICS, *OTHERS)]
SUGGESTIONS = Suggestions(TOPICS, OTHERS)


def suggested(text: str) -> list[str]:
    return [NAMES[one.number] for one in islice(SUGGESTIONS.of(text), 8)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("todd brier", ["Brierley Hill toddler group"]),
        ("bri", ["Brierley Hill Family Hub", "Brierley Hill toddler group"]),
        ("hill fam", ["Brierley Hill Family Hub"]),
        ("tots", ["Brierley Hill toddler group"]),
        ("toddler", ["Toddlers and young children", "Brierley Hill toddler group"]),
        ("st johns", ["St John's play group"]),
        ("ST JOHN’S", ["St John's play group"]),
        ("playgroup", ["St John's play group"]),
        ("afterschool", ["After-school club"]),
        ("cafe", ["Café for dads"]),
        ("کھا", ["کھانے کی مدد"]),
        ("help with fo", ["کھانے کی مدد"]),
        ("group for todd", ["Brierley Hill toddler group"]),
        ("dads for", ["Café for dads"]),
        ("autism for", ["Autism support"]),
    ],
)
def test_what_begins_as_every_word_does_is_suggested(text: str, names: list[str]) -> None:
    assert suggested(text) == names


@pytest.mark.parametrize("text", ["autsim", "autizm supp", "brirley hill toddler", "brierly todller"])
def test_a_slip_in_a_word_that_nothing_begins_with_is_forgiven(text: str) -> None:
    assert len(suggested(text)) == 1


@pytest.mark.parametrize("text", ["", " ", "b", "?", "b!", "zzqqxx", "toddler zzqqxx", "🏠🏠", "\x00\x1b", "the"])
def test_nothing_is_suggested_for_too_little_or_for_what_nothing_begins_with(text: str) -> None:
    assert suggested(text) == []


def test_names_that_begin_so_come_first_and_topics_leave_room_for_the_rest() -> None:
    assert suggested("school") == [
        "School uniform",
        "School meals",
        "School places",
        "School nurse",
        "Schoolwear for all",
        "After-school club",
        "Getting to school",
    ]


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [("domes", False), ("abuse", False), ("domestic abus", False), ("domestic abuse", True), ("Abuse, domestic", True)],
)
def test_a_name_is_whole_once_all_of_its_words_are_typed(text: str, is_whole: bool) -> None:
    assert [one.is_whole for one in SUGGESTIONS.of(text)] == [is_whole]


@pytest.mark.parametrize("text", ["school " * 2_000, "x" * 10_000, "a b c d e f g h i j k l m n o p", "é" * 500])
def test_no_text_is_too_long(text: str) -> None:
    assert len(suggested(text)) <= 8


def test_a_directory_without_anything_suggests_nothing() -> None:
    assert list(Suggestions([], []).of("school")) == []
