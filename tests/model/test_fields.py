"""What content may say, value by value."""

import pytest
from pydantic import TypeAdapter, ValidationError

from directory.model.age import Age, written
from directory.model.fields import Email, Line, PhoneNumber, Postcode, SectorCode, Slug, Url
from directory.model.place import Point

PHONES = [
    "01384 818780",
    "0300 555 0050",
    "0800 1111",
    "116 123",
    "999",
    "111",
    "85258",
    "07384 466181",
    "01632 960123",
    "0808 8010 327",
    "+44 1384 818780",
    "0800 58 58 58",
]
NO_PHONES = ["", "12", "01384 81878", "call us", "0207", "01384 818780 ext", "99999999999999", "0999 999 9999"]


@pytest.mark.parametrize("number", PHONES)
def test_a_number_that_can_be_called_is_kept_as_it_was_typed(number: str) -> None:
    assert TypeAdapter(PhoneNumber).validate_python(number) == number


@pytest.mark.parametrize("number", NO_PHONES)
def test_a_number_that_cannot_be_called_is_refused(number: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(PhoneNumber).validate_python(number)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Url, "www.dudley.gov.uk"),
        (Url, "javascript:alert(1)"),
        (Url, "https://dudley"),
        (Url, "https://dudley.gov.uk/a b"),
        (Url, "https://user:word@dudley.gov.uk/"),
        (Url, "https://[broken"),
        (Email, "someone"),
        (Email, "a@b"),
        (Email, "a@b.c d"),
        (Postcode, "DY8"),
        (Postcode, "8DY 1XF"),
        (SectorCode, "DY8"),
        (Slug, "Family Hub"),
        (Slug, "-hub"),
        (Slug, "../hub"),
        (Line, "two\nlines"),
        (Line, "<script>"),
        (Line, "fish &amp; chips"),
        (Line, "a\u202eb"),
    ],
)
def test_text_of_the_wrong_shape_is_refused(kind: type[str], text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(text)


@pytest.mark.parametrize("text", ["fish & chips", "under 5s < 6", "3 > 2", "a & b; c"])
def test_text_that_only_looks_like_html_is_kept(text: str) -> None:
    assert TypeAdapter(Line).validate_python(text) == text


@pytest.mark.parametrize(("text", "kept"), [("dy81xf", "DY8 1XF"), ("DY8 1XF", "DY8 1XF"), ("b62 0aa", "B62 0AA")])
def test_a_postcode_is_kept_in_one_form(text: str, kept: str) -> None:
    assert TypeAdapter(Postcode).validate_python(text) == kept


@pytest.mark.parametrize(
    ("text", "months"),
    [("pregnancy", -1), ("6 months", 6), ("1 month", 1), ("4 years", 48), ("18 months", 18), (5, 60)],
)
def test_an_age_is_read_in_months(text: str | int, months: int) -> None:
    assert TypeAdapter(Age).validate_python(text) == months


@pytest.mark.parametrize("months", [-1, 0, 1, 6, 11, 12, 18, 23, 24, 48, 300])
def test_an_age_comes_back_as_it_was_written(months: int) -> None:
    assert TypeAdapter(Age).validate_python(written(months)) == months


def test_miles_are_great_circle_miles() -> None:
    london, paris = Point(51.5074, -0.1278), Point(48.8566, 2.3522)
    assert london.miles_to(paris) == pytest.approx(213.5, abs=1)
    assert london.miles_to(london) == 0
