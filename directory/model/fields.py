"""The kinds of text that content may hold, each with its limit and with a message that says what to write instead."""

import datetime
import re
from typing import Annotated, NamedTuple
from urllib.parse import urlsplit

import phonenumbers
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
TAG = re.compile(r"<\s*[!/?a-zA-Z][^>]*>|<!--|&(?:[a-zA-Z]{2,10}|#\d{2,6});")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})")
SECTOR = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9])")
SHORT_NUMBER = re.compile(r"999|1\d\d|116\d{3}|18\d{3}|[678]\d{4}")
"""999, three-digit services such as 111, helplines on 116 xxx, and text short codes."""
NATIONAL_SHORT_CALL = {"0800 1111", "0845 46 47"}
"""Numbers shorter than the numbering plan's patterns: Childline and NHS Direct's old line (Ofcom numbering data)."""


class Value(BaseModel):
    """A frozen value whose unknown keys are errors: a misspelt key must not be lost in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def wrong(kind: str, message: str) -> PydanticCustomError:
    """An error whose message is shown to the person who writes content as it stands."""
    return PydanticCustomError(kind, message)


class Problem(NamedTuple):
    """One thing that is wrong with a value as a whole, and the key that a person would change."""

    key: str
    message: str


def refuse(problems: list[Problem]) -> None:
    """Raises one validation error that carries every problem, so that all can be put right in one go."""
    if problems:
        told = [{"key": problem.key, "message": problem.message} for problem in problems]
        text = "; ".join(problem.message for problem in problems).replace("{", "(").replace("}", ")")
        raise PydanticCustomError("problems", text, {"problems": told})


def _plain(text: str) -> str:
    if TAG.search(text):
        raise wrong("html", "has HTML in it; write plain text (Markdown is fine in a description)")
    if CONTROL.search(text):
        raise wrong("control_character", "has an invisible control character in it; type the text again")
    return text


def _at_most(limit: int, lines: int | None = None) -> AfterValidator:
    """Plain text of at most ``limit`` characters, and of so many lines where that is said."""

    def check(text: str) -> str:
        if not text:
            raise wrong("empty", "is empty; write something or leave the key out")
        if lines and text.count("\n") >= lines:
            raise wrong("several_lines", "runs over several lines; write one line")
        if len(text) > limit:
            raise wrong("long_text", f"has {len(text)} characters; write at most {limit}")
        return _plain(text)

    return AfterValidator(check)


def _slug(text: str) -> str:
    if len(text) > 80 or not SLUG.fullmatch(text):
        raise wrong(
            "slug", "is not a slug; use small letters, digits and single hyphens, at most 80, as in brierley-hill"
        )
    return text


def _url(text: str) -> str:
    example = "write a whole web address, as in https://www.dudley.gov.uk/"
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError as error:
        raise wrong("url", f"is not a web address; {example}") from error
    if parts.scheme not in ("http", "https") or "." not in host or re.search(r"[\s<>\"\\]", text) or not port_is_sound:
        raise wrong("url", f"is not a web address; {example}")
    if parts.username or len(text) > 500:
        raise wrong("url", f"is too long or holds a sign-in name; {example}")
    return text


def _email(text: str) -> str:
    if len(text) > 254 or not EMAIL.fullmatch(text):
        raise wrong("email", "is not an e-mail address; write it as name@example.org")
    return text


def _phone(text: str) -> str:
    """A number that can be one in the United Kingdom's numbering plan (libphonenumber), kept as it was typed."""
    digits = re.sub(r"[\s()-]", "", text)
    if SHORT_NUMBER.fullmatch(digits) or text in NATIONAL_SHORT_CALL or _is_drama_number(digits):
        return text
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException as error:
        raise wrong("phone", 'cannot be a phone number; write it in quotes as in "01384 818780"') from error
    if re.search(r"[^\d\s()+-]", text) or not phonenumbers.is_possible_number(number) or not _is_valid(number):
        raise wrong("phone", 'cannot be a phone number; check the digits and write it as in "01384 818780"')
    return text


def _is_valid(number: phonenumbers.PhoneNumber) -> bool:
    return number.country_code != 44 or phonenumbers.is_valid_number(number)


def _is_drama_number(digits: str) -> bool:
    """Ofcom's numbers for drama: invented places use them so that nobody real is ever called."""
    return bool(re.fullmatch(r"01632960\d{3}|07700900\d{3}|08081570\d{3}|03069990\d{3}", digits))


def _postcode(text: str) -> str:
    found = POSTCODE.fullmatch(text.strip().upper())
    if not found:
        raise wrong("postcode", 'is not a postcode; write it as in "DY8 1XF"')
    return f"{found[1]} {found[2]}"


def _sector(text: str) -> str:
    found = SECTOR.fullmatch(text.strip().upper())
    if not found:
        raise wrong("sector", 'is not a postcode sector; write it as in "DY8 1"')
    return f"{found[1]} {found[2]}"


def _digits_are_text(value: object) -> object:
    """Says how to mend a phone number that YAML read as a number, before its leading nought is mourned."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise wrong("phone", 'was read as a number; put it in quotes, as in "01384 818780"')
    return value


def _day(value: object) -> object:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
        raise wrong("date", "is not a date; write year, month and day, as in 2026-11-24")
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise wrong("date", f"is a date that does not exist, {value}; check the month and the day") from error


Day = Annotated[datetime.date, BeforeValidator(_day)]
Slug = Annotated[str, AfterValidator(_slug)]
Name = Annotated[str, _at_most(120, lines=1)]
Line = Annotated[str, _at_most(200, lines=1)]
Note = Annotated[str, _at_most(600)]
Markdown = Annotated[str, _at_most(6000)]
PageText = Annotated[str, _at_most(20_000)]
Url = Annotated[str, AfterValidator(_url)]
Email = Annotated[str, AfterValidator(_email)]
PhoneNumber = Annotated[str, BeforeValidator(_digits_are_text), AfterValidator(_phone)]
Postcode = Annotated[str, AfterValidator(_postcode)]
SectorCode = Annotated[str, AfterValidator(_sector)]
