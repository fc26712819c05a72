"""Slips of spelling are put right, and right words are left alone.

The tables in tests/data/spelling are from imagination: how parents or carers mistype what this directory has, on
phones; and right words of all kinds that it need not have. Each further table was written after the rules had been made
for those before it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.content import load
from directory.search import SearchIndex
from directory.search.query import Correction
from directory.search.understanding.danger import Danger
from directory.search.understanding.own_words import OwnWords, words_elsewhere
from directory.search.understanding.spelling import Spelling
from tests.search.conftest import TESTBRIDGE
from tests.search.invented import ask

TABLES = Path(__file__).parents[1] / "data" / "spelling"


def _slips() -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    """What was typed, and what may be meant; ``+`` stands between words."""
    for table in sorted(TABLES.glob("slips_*.txt")):
        for line in table.read_text().splitlines():
            typed, meant = line.split()
            yield typed, tuple(tuple(words.split("+")) for words in meant.split("/"))


def _right() -> list[str]:
    lines = (line for table in sorted(TABLES.glob("right_*.txt")) for line in table.read_text().splitlines())
    return [word for line in lines if not line.startswith("#") for word in line.split()]


@pytest.fixture(scope="module")
def spelling(tmp_path_factory: pytest.TempPathFactory) -> Spelling:
    """Knows the invented borough's words, and each that is meant in the tables."""
    snapshot = load(TESTBRIDGE, tmp_path_factory.mktemp("spelling")).snapshot
    assert snapshot
    own_words = OwnWords()
    own_words.update(snapshot)
    meant = {word: 1.0 for _, choices in _slips() for word in choices[0]}
    own = own_words.with_others(snapshot, Danger(snapshot).vocabulary)
    return Spelling.of(meant | dict(own), words_elsewhere(snapshot))


def test_nineteen_in_twenty_slips_are_put_right_at_the_first_guess(spelling: Spelling) -> None:
    slips = list(_slips())
    missed = [(typed, spelling.corrected(typed)) for typed, meant in slips if spelling.corrected(typed) not in meant]
    assert len(slips) > 1000
    assert len(missed) <= 0.05 * len(slips), missed


def test_at_most_one_right_word_in_a_hundred_is_changed(spelling: Spelling) -> None:
    right = _right()
    changed = [(word, spelling.corrected(word)) for word in right if spelling.corrected(word)]
    assert len(right) > 1000
    assert len(changed) <= 0.01 * len(right), changed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("nursrey", "nursery", id="two letters the other way round"),
        pytest.param("tounge", "tongue", id="a letter that has moved"),
        pytest.param("autsm", "autism", id="a letter missing"),
        pytest.param("swiming", "swimming", id="one letter for two"),
        pytest.param("counselllor", "counsellor", id="one too many"),
        pytest.param("uniforn", "uniform", id="the next key"),
        pytest.param("sychologist", "psychologist", id="the first letter missing"),
        pytest.param("sycologist", "psychologist", id="by ear"),
        pytest.param("constipashun", "constipation", id="by ear, far from the letters"),
        pytest.param("nife", "knife", id="by ear, a short word"),
        pytest.param("bullyed", "bullied", id="an ending as other words have it"),
        pytest.param("nappys", "nappies", id="several as other words have it"),
        pytest.param("parentin", "parenting", id="an ending cut short"),
        pytest.param("corse", "course", id="a word so rare that it is none"),
        pytest.param("2moro", "tomorrow", id="text-speak"),
        pytest.param("brierly", "brierley", id="a place"),
        pytest.param("ecma", "eczema", id="as it is said"),
    ],
)
def test_a_slip_is_put_right(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.corrected(typed) == (meant,)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("stayandplay", ("stay", "and", "play"), id="three words"),
        pytest.param("babygroup", ("baby", "group"), id="two words"),
        pytest.param("forkids", ("for", "kids"), id="a small word first"),
        pytest.param("mentalhelth", ("mental", "health"), id="a slip in the second"),
        pytest.param("speachtherapy", ("speech", "therapy"), id="a slip in the first"),
    ],
)
def test_words_written_as_one_are_taken_apart(spelling: Spelling, typed: str, meant: tuple[str, ...]) -> None:
    assert spelling.corrected(typed) == meant


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("costs", id="near to coats"),
        pytest.param("sped", id="near to send"),
        pytest.param("bullying", id="a form of a word"),
        pytest.param("foodbanks", id="a form of a word that only directories have"),
        pytest.param("dont", id="without its apostrophe"),
        pytest.param("colour", id="British"),
        pytest.param("bitcoin", id="two words that it happens to hold"),
        pytest.param("asdfghjkl", id="nonsense"),
        pytest.param("kswz", id="short and far"),
        pytest.param("dy5", id="half a postcode"),
        pytest.param("sen", id="three letters"),
        pytest.param("اردو", id="Arabic letters"),
        pytest.param("", id="nothing"),
        pytest.param("e" * 40, id="the longest word"),
    ],
)
def test_what_is_right_or_beyond_telling_is_left_alone(spelling: Spelling, word: str) -> None:
    assert spelling.corrected(word) is None


def test_a_word_of_another_language_is_a_slip_only_among_english_words(spelling: Spelling) -> None:
    assert spelling.corrected("doktor") is None
    assert spelling.corrected("doktor", "dziecko", "lekarz") is None
    assert spelling.corrected("doktor", "my", "appointment") == ("doctor",)


def test_among_words_of_another_language_only_cheap_slips_are_put_right(spelling: Spelling) -> None:
    assert spelling.corrected("therepist", "dzieckiem", "przedszkolu") == ("therapist",)
    assert spelling.corrected("liberry") == ("library",)
    assert spelling.corrected("liberry", "dzieckiem", "przedszkolu") is None


def test_two_words_are_joined_where_one_of_them_is_none(spelling: Spelling) -> None:
    assert spelling.joined("post", "natle") == "postnatal"
    assert spelling.joined("dis", "lexia") == "dyslexia"
    assert spelling.joined("break", "fast") is None


def test_a_search_says_what_was_put_right(testbridge: SearchIndex) -> None:
    understood = ask(testbridge, "dis lexia suport for my todler").understood
    assert understood.corrections == (
        Correction("dis lexia", "dyslexia"),
        Correction("suport", "support"),
        Correction("todler", "toddler"),
    )
    assert {"dyslexia", "support"} <= set(understood.words)


def test_a_word_that_the_directory_has_not_is_no_reason_to_guess_another() -> None:
    """Taken for the English word that it is nearest to, it means nothing that the directory has."""
    assert Spelling.of({"rights": 50, "lights": 50}).corrected("flihgts") is None
    assert Spelling.of({"flights": 1, "lights": 50}).corrected("flihgts") == ("flights",)


def test_the_more_used_of_two_words_as_near_is_meant() -> None:
    assert Spelling.of({"lesson": 90, "lessen": 1}).corrected("lessn") == ("lesson",)
    assert Spelling.of({"lesson": 1, "lessen": 90}).corrected("lessn") == ("lessen",)


def test_a_directory_without_words_corrects_nothing() -> None:
    assert Spelling.of({}).corrected("autisum") is None


@given(st.text("abcdefghijklmnopqrstuvwxyzé0 'ا", max_size=40), st.text(max_size=20) | st.none())
def test_any_word_is_taken_and_what_is_meant_is_the_directorys(
    spelling: Spelling, word: str, beside: str | None
) -> None:
    meant = spelling.corrected(word, beside, None)
    assert meant == spelling.corrected(word, beside, None)
    assert not meant or all(spelling.corrected(one) is None for one in meant)
