"""A calendar that contradicts itself is found, at its line, with what to change."""

import re
from pathlib import Path

import pytest
import yaml

from directory.content import Fault, check, left_without, load
from directory.model.calendar import Calendar

README = Path(__file__).parents[2] / "content" / "README.md"
SOUND = """\
terms:
- name: Autumn term
  starts: 2026-09-02
  ends: 2026-12-18
- name: Spring term
  starts: 2027-01-04
  ends: 2027-03-25
holidays:
- name: Autumn half-term
  starts: 2026-10-24
  ends: 2026-11-01
- name: Christmas holidays
  starts: 2026-12-19
  ends: 2027-01-03
schools:
- slug: hillside
  name: Hillside School
  holidays:
  - name: Christmas holidays
    starts: 2026-12-16
    ends: 2027-01-03
- slug: moorside
  name: Moorside School
haf_periods:
- name: Christmas activities
  starts: 2026-12-21
  ends: 2026-12-24
haf:
  listing: little-stars
  runs_in: [christmas, easter]
"""
WRONG = {
    "terms that overlap": ("ends: 2026-12-18", "ends: 2027-01-04", "terms[2]", "overlaps Autumn term (2026-09-02"),
    "holidays that overlap": ("ends: 2026-11-01", "ends: 2026-12-19", "holidays[2]", "overlaps Autumn half-term"),
    "a school's holidays that overlap": (
        "  - name: Christmas holidays\n",
        "  - {name: Half-term, starts: 2026-12-10, ends: 2026-12-20}\n  - name: Christmas holidays\n",
        "schools[1].holidays[2]",
        "overlaps Half-term",
    ),
    "HAF that overlaps itself": (
        "haf:\n",
        "- name: Also\n  starts: 2026-12-24\n  ends: 2026-12-30\nhaf:\n",
        "haf_periods[2]",
        "overlaps Christmas activities",
    ),
    "HAF outside every holiday": (
        "starts: 2026-12-21",
        "starts: 2026-12-18",
        "haf_periods[1]",
        "is not within a school holiday",
    ),
    "HAF in a holiday in which it does not run": (
        "starts: 2026-12-21\n  ends: 2026-12-24",
        "starts: 2026-10-26\n  ends: 2026-10-30",
        "haf_periods[1]",
        "is in Autumn half-term, and haf.runs_in has no half-term",
    ),
    "a school named twice": ("Moorside School", "HILLSIDE School", "schools[2].name", "is the name of a school above"),
    "a school with the slug of another": ("slug: moorside", "slug: hillside", "schools[2].slug", "a second time"),
    "a programme that is no listing": ("little-stars", "little-star", "haf.listing", "names no listing"),
    "a need that there is none": ("haf:\n", "haf:\n  needs: [haf]\n", "haf.needs[1]", "names no need"),
    "a holiday of no known kind": ("easter]", "whitsun]", "haf.runs_in[2]", ""),
    "HAF in no holiday": ("[christmas, easter]", "[]", "haf.runs_in", ""),
}


def _faults(content: Path, index: Path, text: str) -> list[Fault]:
    (content / "calendar.yaml").write_text(text, encoding="utf-8")
    return list(check(content, index).faults)


def test_a_calendar_that_agrees_with_itself_has_no_fault(content: Path, index: Path) -> None:
    assert _faults(content, index, SOUND) == []


@pytest.mark.parametrize(("old", "new", "key", "message"), WRONG.values(), ids=WRONG)
def test_a_calendar_that_does_not_is_told_so(
    content: Path, index: Path, old: str, new: str, key: str, message: str
) -> None:
    assert old in SOUND
    (fault,) = _faults(content, index, SOUND.replace(old, new, 1))
    assert (fault.path, fault.key) == ("calendar.yaml", key)
    assert message in fault.message
    assert fault.line > 1


def test_only_a_calendar_with_holidays_can_say_that_haf_lies_outside_them(content: Path, index: Path) -> None:
    haf = SOUND[SOUND.index("haf_periods:") :].replace("starts: 2026-12-21", "starts: 2026-11-21")
    assert _faults(content, index, haf) == []


def test_the_listing_of_haf_may_not_go(content: Path, index: Path) -> None:
    assert _faults(content, index, SOUND) == []
    (content / "listings/little-stars.yaml").unlink()
    (fault,) = check(content, index).faults
    assert (fault.path, fault.key) == ("calendar.yaml", "haf.listing")


def test_a_change_that_would_take_the_listing_of_haf_away_is_told_why_not(content: Path, index: Path) -> None:
    assert _faults(content, index, SOUND) == []
    snapshot = load(content, index).snapshot
    assert snapshot is not None
    assert ["calendar.yaml names it" in str(fault) for fault in left_without(snapshot, "little-stars", None)] == [True]
    assert list(left_without(snapshot, "little-stars", "activity")) == []


def test_what_is_known_of_haf_is_read(content: Path, index: Path) -> None:
    text = SOUND + "  proof: Show the code.\n  translations:\n    pl:\n      proof: Pokaż kod.\n"
    assert _faults(content, index, text) == []
    snapshot = load(content, index).snapshot
    assert snapshot is not None
    haf = snapshot.calendar.haf
    assert haf is not None
    assert (haf.proof, haf.food, haf.translations["pl"].proof) == ("Show the code.", None, "Pokaż kod.")


def test_the_example_for_whoever_writes_a_calendar_is_sound() -> None:
    told = README.read_text(encoding="utf-8").partition("## How to write the calendar")[2]
    example = re.search(r"```yaml\n(.*?)```", told, re.DOTALL)
    assert example is not None
    assert Calendar.model_validate(yaml.safe_load(example[1])).haf is not None
