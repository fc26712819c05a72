"""Ages in months, from pregnancy to 25, as people write them: ``pregnancy``, ``6 months``, ``4 years``."""

import re
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

from directory.model.fields import wrong

PREGNANCY = -1
"""The age, in months, that stands for any time before birth."""
OLDEST_MONTHS = 120 * 12
_WRITTEN = re.compile(r"(\d{1,4}) ?(months?|years?)?")


def months(value: object) -> int:
    """An age in whole months from how it is written; a bare number is years.

    Raises a validation error that says what to write for anything else, or for an age past 120 years.
    """
    if value == "pregnancy":
        return PREGNANCY
    found = (
        _WRITTEN.fullmatch(str(value).strip()) if isinstance(value, int | str) and not isinstance(value, bool) else None
    )
    if not found:
        raise wrong("age", "is not an age; write pregnancy, 6 months, or 4 years")
    count = int(found[1]) * (1 if (found[2] or "").startswith("month") else 12)
    if count > OLDEST_MONTHS:
        raise wrong("age", "is more than 120 years; write an age in months or years")
    return count


def written(age: int) -> str:
    """The canonical way to write an age of so many months."""
    if age == PREGNANCY:
        return "pregnancy"
    if age % 12 or age == 12:
        return f"{age} month{'' if age == 1 else 's'}"
    return f"{age // 12} years"


Age = Annotated[int, BeforeValidator(months), PlainSerializer(written, return_type=str)]
