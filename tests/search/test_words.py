"""Which words find what."""

from pathlib import Path

import pytest

from directory.search import SearchIndex
from tests.search.invented import EVERYTHING, WORDS, ask, found, listing, many, snapshot


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        pytest.param("food bank", "food-bank", id="as it is written"),
        pytest.param("foodbank", "food-bank", id="two words as one"),
        pytest.param("FOOD-BANKS", "food-bank", id="capitals, a hyphen and a plural"),
        pytest.param("stay and play", "stay", id="and for an ampersand"),
        pytest.param("stayplay", "stay", id="across a stop word"),
        pytest.param("drop in", "drop-in", id="without the hyphen"),
        pytest.param("dropin", "drop-in", id="hyphen left out"),
        pytest.param("baby weighing", "drop-in", id="the stem of a word"),
        pytest.param("forge rd", "road", id="a short form"),
        pytest.param("old foundry", "road", id="an old name"),
        pytest.param("cafe zoe", "cafe", id="without accents"),
        pytest.param("CAFÉ ZOË’S", "cafe", id="with accents and a curly apostrophe"),
        pytest.param("dad's coffee", "cafe", id="an apostrophe"),
        pytest.param("child care", "childcare", id="one word as two"),
        pytest.param("hungry", "food-bank", id="a word of the category"),
        pytest.param("testbridge council", "uniform", id="the provider"),
        pytest.param("not fine", "not-fine", id="a word that common stop lists eat"),
    ],
)
def test_people_find_it_by(index: SearchIndex, words: str, slug: str) -> None:
    assert slug in found(index, words)


def test_foodbank_and_food_bank_find_the_same_in_the_same_order(index: SearchIndex) -> None:
    assert found(index, "foodbank") == found(index, "food bank") == found(index, "food-bank")


def test_a_word_that_happens_to_hold_two_others_is_left_whole(folder: Path) -> None:
    made = SearchIndex(folder)
    made.sync(snapshot(listing("a", "Manage your money"), listing("b", "A man of my age")))
    assert found(made, "manage") == ("a",)


def test_a_name_counts_for_more_than_a_text_and_that_for_more_than_a_category(folder: Path) -> None:
    made = SearchIndex(folder)
    made.sync(
        snapshot(
            listing("described", "Group D", summary="One two three.", description="A pantry."),
            listing("summed-up", "Group S", summary="A pantry."),
            listing("sorted", "Group C", summary="One two three.", categories=("food",)),
            listing("titled", "Pantry of Brackenhill", summary="One two three."),
        )
    )
    assert found(made, "pantry") == ("titled", "summed-up", "described", "sorted")


def test_what_answers_more_of_the_words_comes_first(index: SearchIndex) -> None:
    assert found(index, "school uniform swap")[0] == "uniform"
    assert found(index, "school")[0] == "schools"


def test_answering_both_words_in_a_text_is_better_than_one_of_them_in_a_title(folder: Path) -> None:
    made = SearchIndex(folder)
    one = listing("one", "Toddler sleep and sleeping", summary="Sleep.")
    both = listing("both", "A helping hand", description="Ask about sleep, or about bullying.")
    other = listing("other", "Another hand", description="Ask about sleep, too.")
    made.sync(snapshot(one, both, other, *many(40)))
    assert found(made, "bullying sleep")[:2] == ("both", "one")


def test_an_exact_title_comes_first_though_its_words_are_everywhere(folder: Path) -> None:
    made = SearchIndex(folder)
    others = [listing(f"g{n}", f"Parent group {n}", description="parents " * 9 + "carers forum") for n in range(30)]
    made.sync(snapshot(*others, listing("forum", "Parent carer forum", summary="Meet others.")))
    assert found(made, "parent carer forum")[0] == "forum"


def test_words_that_mean_the_same_find_each_other(index: SearchIndex) -> None:
    assert found(index, "outfits") == ("uniform",)
    assert found(index, "food voucher")[0] == "food-bank"
    assert "clothing" in ask(index, "outfits").understood.related


def test_a_one_way_word_does_not_find_back(index: SearchIndex) -> None:
    assert ask(index, "billiards").total == 0
    assert "billiards" in ask(index, "pool").understood.related


def test_a_word_of_the_same_meaning_never_passes_a_title_with_the_word(folder: Path) -> None:
    made = SearchIndex(folder)
    rare = listing("same", "Outfits outfits", summary="Outfits.", alternate_names=("Outfits",))
    others = [listing(f"c{n}", f"Clothes number {n}", description="Clothes. " * 3) for n in range(30)]
    made.sync(snapshot(rare, *others, words=WORDS))
    assert found(made, "clothes", per_page=40)[-1] == "same"


def test_stop_words_are_ignored_and_said_to_be(index: SearchIndex) -> None:
    asked = ask(index, "where can i get the uniform")
    assert asked.slugs[0] == "uniform"
    assert asked.understood.words == ("uniform",)
    assert asked.understood.ignored == ("where", "can", "i", "get", "the")


@pytest.mark.parametrize("word", ["no", "not", "cant", "can't", "without", "isn't", "dont", "hate", "alone"])
def test_words_that_turn_a_need_round_are_kept(index: SearchIndex, word: str) -> None:
    assert ask(index, word).understood.words == (word.replace("'", ""),)


def test_a_search_of_nothing_but_stop_words_looks_for_them_in_names(folder: Path) -> None:
    made = SearchIndex(folder)
    made.sync(snapshot(listing("it", "IT for beginners", summary="Computers."), listing("b", "Baby yoga")))
    assert found(made, "it") == ("it",)
    assert found(made, "for it")[0] == "it"


def test_stop_words_that_no_name_has_give_everything_by_title(index: SearchIndex) -> None:
    asked = ask(index, "of these")
    assert asked.slugs == found(index, "")
    assert (asked.understood.words, asked.understood.ignored) == ((), ("of", "these"))


def test_no_words_give_everything_by_title(index: SearchIndex) -> None:
    asked = ask(index, "  ", per_page=100)
    titles = [EVERYTHING.listings[slug].title.casefold() for slug in asked.slugs]
    assert asked.total == len(EVERYTHING.listings)
    assert titles == sorted(titles)


def test_words_that_nothing_has_find_nothing(index: SearchIndex) -> None:
    asked = ask(index, "asdfghjkl bitcoin")
    assert (asked.total, asked.slugs) == (0, ())
    assert asked.understood.unknown == ("asdfghjkl", "bitcoin")


def test_an_unknown_word_beside_known_ones_is_said_to_be_unknown(index: SearchIndex) -> None:
    asked = ask(index, "uniform zzzz")
    assert asked.slugs[0] == "uniform"
    assert asked.understood.unknown == ("zzzz",)


@pytest.mark.parametrize(
    ("words", "cards"),
    [
        ("my husband hits me", ("999",)),
        ("I WANT TO DIE", ("samaritans",)),
        ("i want to die he hits me", ("999", "samaritans")),
        ("want to", ()),
        ("to die want", ()),
    ],
)
def test_an_urgent_card_comes_up_for_its_words(index: SearchIndex, words: str, cards: tuple[str, ...]) -> None:
    assert ask(index, words).urgent == cards


def test_other_scripts_are_found(folder: Path) -> None:
    made = SearchIndex(folder)
    names = {"ur": {"title": "خاندانی مرکز"}, "pa": {"title": "ਪਰਿਵਾਰ ਕੇਂਦਰ"}, "pl": {"summary": "Przyjdź na zajęcia"}}
    made.sync(snapshot(listing("hub", "Family hub", translations=names), listing("b", "Baby yoga")))
    for words in ("مرکز", "ਕੇਂਦਰ", "zajecia", "PRZYJDŹ"):
        assert found(made, words) == ("hub",)
    assert ask(made, "Zajęcia").understood.words == ("zajecia",)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        pytest.param("خاندانی مرکز", "خانداني مركز", id="Urdu on an Arabic keyboard"),
        pytest.param("گھر میں کھانا", "گهر مين كهانا", id="two ways to write h, and the dotless n"),
        pytest.param("مركز الأسرة", "مركز الاسره", id="without hamza and dots"),
        pytest.param("مَرْكَز الأُسْرَة", "مـركـز الأسرة", id="vowel signs and lengthened lines"),
        pytest.param("دروس للأطفال", "الدروس أطفال والأطفال لأطفالي", id="what is put before an Arabic word"),
        pytest.param("اردو بولتی عورتیں", "بولتا عورت", id="one or many, he or she"),
        pytest.param("ਖ਼ਾਸ ਬੱਚਿਆਂ ਲਈ", "ਖਾਸ ਬੱਚਾ", id="Gurmukhi without its small signs"),
        pytest.param("۱۵ گھنٹے", "15 گھنٹے", id="digits"),
        pytest.param("bachon ki parhai", "bachay padhai", id="free spelling in Latin letters"),
    ],
)
def test_a_word_of_another_language_is_found_however_it_is_typed(folder: Path, written: str, typed: str) -> None:
    made = SearchIndex(folder)
    named = listing("named", "Family hub", translations={"ur": {"title": written}})
    made.sync(snapshot(named, *many(3)))
    for word in typed.split():
        assert found(made, word) == ("named",)


def test_what_is_not_for_people_to_see_is_not_found(folder: Path) -> None:
    made = SearchIndex(folder)
    secret = listing("a", "Open group", internal_note="Secretword", email="secretword@example.org")
    made.sync(snapshot(secret, listing("b", "Other group")))
    assert ask(made, "secretword").total == 0


def test_what_is_for_practitioners_is_found_too(folder: Path) -> None:
    made = SearchIndex(folder)
    made.sync(snapshot(listing("eha", "Early help assessment", eligibility={"audience": "practitioners"})))
    assert found(made, "early help") == ("eha",)
