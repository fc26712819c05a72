"""Values go into files in one canonical form, and come out as they went in."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.content import LISTING, load, rewrite, start, write
from directory.model.listing import Listing
from tests.small_content import LISTING as LITTLE_STARS
from tests.small_content import write_small_content

MESSY = """\
# Kept by the hub team.
url: https://little-stars.example.org/
title: "Little Stars stay and play"
kind: activity
status: active
summary: >
  Play, songs and
  a cup of tea.
provider: testbridge-council
categories: [stay-and-play]
access: {ways: [drop_in]}
eligibility: {minimum_age: 6 months, maximum_age: 48 months}
sessions: [{day: tuesday, opens_at: 9:00, closes_at: "11:30"}]
phones: [{number: '01632 960123'}]
locations: [{at: brackenhill-family-hub}]
"""


def test_fixing_keeps_the_meaning_and_a_heading(content: Path, index: Path) -> None:
    file = content / "listings/little-stars.yaml"
    file.write_text(MESSY)
    before = load(content, index).snapshot
    assert [one.path for one in rewrite(content)] == ["listings/little-stars.yaml"]
    after = load(content, index).snapshot
    assert before
    assert after
    assert after.listings == before.listings
    assert file.read_text().startswith("# Kept by the hub team.\nkind: activity\ntitle: Little Stars stay and play\n")
    assert 'opens_at: "09:00"' in file.read_text()


def test_fixing_twice_changes_nothing_more(content: Path) -> None:
    (content / "listings/little-stars.yaml").write_text(MESSY)
    list(rewrite(content))
    assert list(rewrite(content)) == []


def test_a_file_with_a_comment_inside_is_left_to_a_person(content: Path) -> None:
    file = content / "listings/little-stars.yaml"
    commented = LITTLE_STARS.replace("kind: activity", "kind:    activity  # or a service?")
    file.write_text(commented)
    (left,) = rewrite(content)
    assert (left.was_left, left.comment_line) == (True, 1)
    assert file.read_text() == commented


def test_a_hash_in_text_is_no_comment(content: Path) -> None:
    file = content / "listings/little-stars.yaml"
    file.write_text(LITTLE_STARS.replace("summary: Play, songs and a cup of tea.", "summary:   'Room #2, play'"))
    (rewritten,) = rewrite(content)
    assert not rewritten.was_left
    assert "summary: 'Room #2, play'" in file.read_text()


def test_a_file_with_a_fault_is_not_rewritten(content: Path) -> None:
    file = content / "listings/little-stars.yaml"
    broken = MESSY.replace("kind: activity", "kind: club")
    file.write_text(broken)
    assert list(rewrite(content)) == []
    assert file.read_text() == broken


def test_writing_what_a_file_holds_already_leaves_it_alone(content: Path, index: Path) -> None:
    list(rewrite(content))
    snapshot = load(content, index).snapshot
    assert snapshot
    assert not write(content, LISTING, snapshot.listings["little-stars"])


@pytest.mark.parametrize(
    "title",
    ["no", "10:30", "0207", "1e3", "null", "~", "- dash", "a: b", "#5", "'quoted'", "2026-11-24", "=", "é ł ش", "true"],
)
def test_a_text_that_looks_like_something_else_stays_text(content: Path, index: Path, title: str) -> None:
    snapshot = load(content, index).snapshot
    assert snapshot
    write(content, LISTING, snapshot.listings["little-stars"].model_copy(update={"title": title}))
    again = load(content, index).snapshot
    assert again
    assert again.listings["little-stars"].title == title
    older = yaml.safe_load((content / "listings/little-stars.yaml").read_text())["title"]
    assert str(older) == title


PRINTED = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf", "Cn", "Co"]), min_size=1, max_size=80
)


@settings(max_examples=150, deadline=None)
@given(title=PRINTED, lines=st.lists(PRINTED, min_size=1, max_size=4))
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, title: str, lines: list[str]) -> None:
    folder = tmp_path_factory.mktemp("texts")
    content = write_small_content(folder / "content")
    data = {"slug": "any", "kind": "link", "title": title, "summary": "A", "description": "\n".join(lines)}
    try:
        listing = Listing.model_validate(data | {"provider": "testbridge-council", "categories": ["talking"]})
    except ValueError:
        return
    write(content, LISTING, listing)
    snapshot = load(content, folder / "index").snapshot
    assert snapshot
    assert snapshot.listings["any"] == listing


def test_a_new_directory_starts_sound(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    start(folder, title="Testbridge Family Directory", area="Testbridge", notice="Invented.")
    loaded = load(folder, tmp_path / "index")
    assert loaded.faults == ()
    assert loaded.snapshot
    assert (loaded.snapshot.site.title, loaded.snapshot.site.notice) == ("Testbridge Family Directory", "Invented.")
    assert len(loaded.snapshot.categories) == 10
    assert not loaded.snapshot.listings
    assert loaded.snapshot.words
    assert loaded.snapshot.urgent
    assert loaded.snapshot.calendar.bank_holidays
