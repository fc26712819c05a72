"""Whatever anybody types is a search like any other: it is answered, soon, and never as a command."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.search import Query, SearchIndex
from tests.search.invented import NOW, ask, found

SOON = 0.25
"""Seconds; the worst takes a hundredth of them on a quiet machine."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
TYPED = [
    pytest.param("NOT OR food", id="words of a query language"),
    pytest.param("AND", id="an operator alone"),
    pytest.param("title:food^9 [a TO b] {x", id="fields, boosts and ranges"),
    pytest.param("food*? ~2 +-(", id="wild cards"),
    pytest.param('"food bank', id="half a quotation"),
    pytest.param("food\x00\x07\u202e\ufeff bank", id="control characters"),
    pytest.param("\ud800 food", id="half a character"),
    pytest.param("🍞🏦 food", id="pictures"),
    pytest.param("!!! ??? ...", id="nothing but marks"),
    pytest.param("'; DROP TABLE listings; --", id="another language"),
    pytest.param("<script>alert(1)</script>", id="a script"),
    pytest.param("food " * 2000, id="10,000 characters"),
    pytest.param("x" * 10_000, id="one word of 10,000 characters"),
    pytest.param("-" * 10_000, id="10,000 hyphens"),
    pytest.param(" ".join(f"word{n}" for n in range(500)), id="500 words"),
    pytest.param(" ".join("".join(random.Random(n).choices(LETTERS, k=20)) for n in range(500)), id="500 new words"),
    pytest.param("ﷺ" * 1000, id="letters that unfold to many"),
    pytest.param("a\u0301" * 5000, id="accents without end"),
]


@pytest.mark.parametrize("typed", TYPED)
def test_whatever_is_typed_is_answered_soon(index: SearchIndex, typed: str) -> None:
    began = time.perf_counter()
    asked = ask(index, typed)
    assert time.perf_counter() - began < SOON
    assert len(asked.slugs) <= 10
    assert len(asked.understood.words) <= 24


def test_what_follows_a_thousand_characters_is_not_read(index: SearchIndex) -> None:
    assert ask(index, "." * 1000 + "uniform").understood.words == ()


@pytest.mark.parametrize("typed", ["NOT OR food", "food NOT bank", "+food", "food*", "(food", '"food'])
def test_operators_are_words_or_nothing_and_food_is_still_found(index: SearchIndex, typed: str) -> None:
    assert "food-bank" in found(index, typed)


@settings(max_examples=200, deadline=None)
@given(words=st.text(max_size=300), page=st.integers(), count=st.integers(-5, 50))
def test_any_words_and_any_page_are_answered(index: SearchIndex, words: str, page: int, count: int) -> None:
    asked = index.search(Query(words, NOW, page=page, per_page=count))
    assert len(asked.slugs) <= max(count, 0)
    assert len(set(asked.slugs)) == len(asked.slugs) <= asked.total


@settings(max_examples=100, deadline=None)
@given(words=st.lists(st.sampled_from(["food", "bank", "not", "or", "stay", "&", "-", "play", "the", "zz"])))
def test_the_same_words_give_the_same_answer_again(index: SearchIndex, words: list[str]) -> None:
    assert ask(index, " ".join(words)) == ask(index, " ".join(words))
