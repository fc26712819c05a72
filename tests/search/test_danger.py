"""Words of danger bring the right card and the right listings first; words that only sound alike bring none."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
import yaml

from directory.content.store import load
from directory.model.snapshot import Snapshot
from directory.model.urgent import DangerRules, Situation, UrgentCard
from directory.search.understanding.danger import Alarm, Danger
from directory.search.words import split
from tests.search.invented import snapshot
from tests.small_content import write_small_content

ROOT = Path(__file__).parents[2]
SAID = ROOT / "tests/data/danger"
"""Phrases written by somebody who did not look at the rules, first to measure them, then to keep them as good."""
PLACES = ("content", "directory/content/starter", "tests/data/testbridge/content")
CARDS = (UrgentCard(slug="999", title="Call 999", when="Now"), UrgentCard(slug="talk", title="Talk", when="Any time"))
QUIET = Alarm((), (), ())


def _loaded(place: str, index: Path) -> Snapshot:
    found = load(ROOT / place, index).snapshot
    assert found
    return found


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Danger:
    return Danger(_loaded("tests/data/testbridge/content", tmp_path_factory.mktemp("index")))


def _read(danger: Danger, text: str) -> Alarm:
    return danger.read([word for _, word in split(text)])


def _made(*situations: Situation, **rules: object) -> Danger:
    given = DangerRules.model_validate({"passed_over": ["my", "is", "being"], "situations": situations} | rules)
    return Danger(snapshot(urgent=CARDS, danger=given))


def _one(*words: str, **said: object) -> Situation:
    given = {"slug": "hit", "title": "Somebody is hit", "cards": ["999"], "words": words} | said
    return Situation.model_validate(given)


def _misses(danger: Danger, said: Mapping[str, Iterable[str]]) -> list[str]:
    return [
        f"{card}: {text}" for card, texts in said.items() for text in texts if card not in _read(danger, text).cards
    ]


@pytest.mark.parametrize("file", ["said", "said_in_other_languages"])
def test_at_least_95_in_100_searches_of_somebody_in_danger_bring_the_right_card(starter: Danger, file: str) -> None:
    said = yaml.safe_load((SAID / f"{file}.yaml").read_text(encoding="utf-8"))
    misses = _misses(starter, said)
    assert len(misses) <= 0.05 * sum(len(texts) for texts in said.values()), misses


def test_at_most_5_in_100_searches_that_only_sound_alike_bring_a_card(starter: Danger) -> None:
    alike = yaml.safe_load((SAID / "sounds_alike.yaml").read_text(encoding="utf-8"))
    wrong = [text for text in alike if _read(starter, text).cards]
    assert len(wrong) <= 0.05 * len(alike), wrong


def test_at_least_95_in_100_told_in_other_ways_bring_a_card(starter: Danger) -> None:
    told = yaml.safe_load((SAID / "told_in_other_ways.yaml").read_text(encoding="utf-8"))
    misses = [text for texts in told.values() for text in texts if not _read(starter, text).cards]
    assert len(misses) <= 0.05 * sum(map(len, told.values())), misses


def test_at_most_5_in_100_calm_searches_bring_a_card(starter: Danger) -> None:
    calm = yaml.safe_load((SAID / "calm.yaml").read_text(encoding="utf-8"))
    wrong = [text for texts in calm.values() for text in texts if _read(starter, text).cards]
    assert len(wrong) <= 0.05 * sum(map(len, calm.values())), wrong


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("i keep hurting my girlfriend and need to stop", "perpetrator-programme"),
        ("my lad punched me", "child-to-parent-violence"),
        ("my daughter saw her dad hit me", "domestic-abuse-children"),
        ("i might hurt my baby", "urgent-mental-health"),
        ("old neighbour being mistreated", "adults-at-risk"),
        ("next doors child is being beaten", "childrens-front-door"),
        ("raped last night", "sexual-violence"),
        ("kicked out by my boyfriend", "homelessness"),
        ("kicked out by parents", "childline"),
        ("prevent referral", "radicalisation"),
    ],
)
def test_who_hurts_whom_decides_what_stands_first(starter: Danger, text: str, first: str) -> None:
    assert _read(starter, text).needs[0] == first


@pytest.mark.parametrize(
    "text",
    [
        "lost my baby at 20 weeks",
        "dad killed himself",
        "end of life care",
        "children missing education",
        "not responding to name",
        "where is the childrens centre",
        "want to cut down on drinking",
        "she kicks off every bedtime",
        "my ex took me to court for access",
        "my ex wont let me have my son at weekends",
        "marriage is falling apart",
    ],
)
def test_what_only_sounds_alike_is_no_alarm(starter: Danger, text: str) -> None:
    assert _read(starter, text) == QUIET


def test_a_slip_that_is_nearer_to_another_word_is_that_word() -> None:
    danger = _made(_one("swing"))
    assert _read(danger, "swinng").cards
    assert danger.read(["swinng"], {"swinng": ("swinging",)}).cards
    assert danger.read(["sining"], {"sining": ("singing",)}) == QUIET


@pytest.mark.parametrize(
    ("text", "cards", "first", "never"),
    [
        ("my husband hits me", {"emergency", "domestic-abuse"}, "domestic-abuse", "relationship-support"),
        ("my ex threatens me about contact", {"domestic-abuse"}, "domestic-abuse", "parental-conflict"),
        ("my wife beats me", {"emergency", "domestic-abuse"}, "domestic-abuse-men", "separation-support"),
        ("he wont let me leave the house", {"domestic-abuse"}, "domestic-abuse", "perpetrator-programme"),
        ("my dad hits me", {"emergency", "childline"}, "childline", "parental-conflict"),
        ("im scared to go home", {"emergency", "childline"}, "childline", "parenting-course"),
        ("someone touched my daughter", {"emergency", "nspcc"}, "childrens-front-door", "child-behaviour-support"),
        ("i want to kill myself", {"emergency", "nhs-111", "samaritans"}, "urgent-mental-health", "parenting-course"),
        ("ive taken an overdose", {"emergency", "nhs-111"}, "emergency-services", "healthy-weight"),
        ("im 14 and want to die", {"childline", "samaritans"}, "urgent-mental-health", "parental-conflict"),
        ("they want me to marry my cousin", {"emergency", "domestic-abuse"}, "honour-abuse", "community-group"),
        ("my baby is not breathing", {"emergency"}, "emergency-services", None),
        ("mąż mnie bije", {"emergency", "domestic-abuse"}, "domestic-abuse", "relationship-support"),
        ("زوجي يضربني", {"emergency", "domestic-abuse"}, "domestic-abuse", "parental-conflict"),
        ("mera shohar mujhe marta hai", {"emergency", "domestic-abuse"}, "domestic-abuse", "parental-conflict"),
    ],
)
def test_what_stands_first_and_what_never_does(
    starter: Danger, text: str, cards: set[str], first: str, never: str | None
) -> None:
    alarm = _read(starter, text)
    assert cards <= set(alarm.cards)
    assert alarm.needs[0] == first
    assert never is None or never in alarm.holds_back
    assert set(alarm.needs).isdisjoint(alarm.holds_back)


def test_cards_come_most_urgent_first(starter: Danger) -> None:
    cards = _read(starter, "he hits me and i want to die").cards
    assert cards[0] == "emergency"
    assert {"domestic-abuse", "samaritans"} <= set(cards)


@pytest.mark.parametrize("text", ["sucide", "suacidal", "kil myslef", "rapped me", "abusd by my ex", "he strangeld me"])
def test_a_slip_hides_no_danger(starter: Danger, text: str) -> None:
    assert _read(starter, text).cards


@pytest.mark.parametrize(
    "text", ["seaside", "rapid", "grape", "stranger", "rope", "shoot", "hurdle", "violin", "squaddie"]
)
def test_a_right_word_is_no_slip(starter: Danger, text: str) -> None:
    assert _read(starter, text) == QUIET


@pytest.mark.parametrize(
    "text", ["", "my " * 330, "hits me " * 120, "!?" * 500, "а" * 1000, "\u202e😀 {me} * & ..." * 60]
)
def test_anything_at_all_can_be_read(starter: Danger, text: str) -> None:
    assert isinstance(_read(starter, text), Alarm)


def test_the_same_rules_stand_in_all_three_places(tmp_path: Path) -> None:
    dudley, *others = (_loaded(place, tmp_path / str(n)) for n, place in enumerate(PLACES))
    extra = {card.slug for card in dudley.urgent} - {card.slug for card in others[0].urgent}
    general = [
        one.model_copy(update={"cards": tuple(card for card in one.cards if card not in extra)})
        for one in dudley.danger.situations
    ]
    assert [other.danger for other in others] == [dudley.danger.model_copy(update={"situations": tuple(general)})] * 2


@pytest.mark.parametrize(
    ("phrase", "text", "is_there"),
    [
        ("hits me", "he hits me", True),
        ("hits me", "me hits", False),
        ("hits me", "hits being me", True),
        ("hits me", "hits the ball me", False),
        ("hit me", "he was hitting me", True),
        ("hits ... me", "hits one two three four five six me", True),
        ("hits ... me", "hits one two three four five six seven me", False),
        ("hits & me", "me he always hits", True),
        ("hits & me", "he hits", False),
        ("{partner} hits", "my step dad hits", True),
        ("{partner} hits", "step aside dad hits", False),
        ("przemoc*", "przemocy", True),
        ("przemoc*", "przemo", False),
        ("strangled", "strangeld", True),
        ("strangled", "stranded", False),
        ("suicide", "sooicide", True),
        ("hits me", "he hitz me", True),
    ],
)
def test_how_a_phrase_is_read(phrase: str, text: str, is_there: bool) -> None:
    danger = _made(_one(phrase), groups={"partner": ["husband", "step dad"]}, spellings={"hits": ["hitz"]})
    assert bool(_read(danger, text).cards) == is_there


def test_a_card_is_taken_back_by_what_else_is_said() -> None:
    danger = _made(_one("kids hit me", unless=["kids hit"]), turn_round=["being"])
    assert _read(danger, "kids hit me") == QUIET
    assert _read(danger, "kids being hit me").cards == ("999",)


def test_what_something_is_called_is_no_alarm_where_it_is_for_work() -> None:
    danger = _made(_one("hits me", named=["domestic abuse"]), work_and_stories=["staff training"])
    assert _read(danger, "domestic abuse").cards == ("999",)
    assert _read(danger, "domestic abuse staff training") == QUIET
    assert _read(danger, "hits me at staff training").cards == ("999",)


def test_a_word_that_counts_alone_may_have_a_cry_for_help_beside_it() -> None:
    danger = _made(_one(alone=["knife"]), asking=["help", "please"])
    assert _read(danger, "please help my knife").cards == ("999",)
    assert _read(danger, "knife and fork") == QUIET


def test_a_situation_follows_another_for_those_of_whom_it_is_true() -> None:
    young = Situation(slug="young", title="Somebody young", cards=("talk",), follows=("hit",), only_if=("school",))
    danger = _made(_one("hits me"), young)
    assert _read(danger, "hits me").cards == ("999",)
    assert _read(danger, "hits me after school").cards == ("999", "talk")
    assert _read(danger, "school") == QUIET


def test_what_must_never_stand_there_is_not_asked_for_by_another_situation() -> None:
    other = _one("threats", slug="other", needs=["mediation", "refuge"])
    danger = _made(_one("hits me", needs=["refuge"], holds_back=["mediation"]), other)
    assert _read(danger, "hits me threats") == Alarm(("999",), ("refuge",), ("mediation",))


def test_the_words_of_the_rules_are_known_as_right_but_not_their_slips() -> None:
    danger = _made(_one("hits me"), spellings={"hits": ["hitz"]})
    assert {"hits", "me"} <= danger.vocabulary
    assert "hitz" not in danger.vocabulary


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (
            "situations:\n  - {slug: a, title: A, cards: [a], words: ['{nobody} hits']}",
            "a group that there is not, nobody",
        ),
        ("situations:\n  - {slug: a, title: A, cards: [a], words: ['...']}", "a phrase without a word"),
        ("situations:\n  - {slug: a, title: A, cards: [a], follows: [b]}", "must come after b, that it follows"),
        ("situations:\n  - {slug: a, title: A, cards: [nothing], words: [hit]}", "names no card that there is"),
        ("groups:\n    one: ['{two}']\n    two: ['{one}']", "in a ring: one, two"),
    ],
)
def test_rules_without_sense_are_faults(tmp_path: Path, rules: str, told: str) -> None:
    content = write_small_content(tmp_path / "content")
    (content / "urgent.yaml").write_text(f"cards:\n- {{slug: a, title: A, when: Now}}\nrules:\n  {rules}\n")
    assert any(told in str(fault) for fault in load(content, tmp_path / "index").faults)
