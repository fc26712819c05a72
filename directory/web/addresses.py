"""What may stand in the path of a page: whatever cannot be asked for is the address of no page, and reaches no view."""

import datetime

from werkzeug.routing import BaseConverter, IntegerConverter, Map, UnicodeConverter, ValidationError


class Word(UnicodeConverter):
    """A part of a path, without characters that nobody can see: PostgreSQL fails on the one of number nought."""

    def __init__(self, map: Map) -> None:  # noqa: A002  # werkzeug's own name
        super().__init__(map)
        self.regex = r"[^/\x00-\x1f\x7f]+"


class Number(IntegerConverter):
    """The number of a row: no more digits than any database takes."""

    regex = r"[0-9]{1,9}"


class Day(BaseConverter):
    """A day as in 2026-11-24, for the view as a date; one that no calendar has is the address of no page."""

    regex = r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]"

    def to_python(self, value: str) -> datetime.date:
        """The date."""
        try:
            return datetime.date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError from error

    def to_url(self, value: datetime.date) -> str:
        """The date in a path."""
        return value.isoformat()


KINDS: dict[str, type[BaseConverter]] = {"default": Word, "string": Word, "int": Number, "day": Day}
"""What each kind of part that a rule names may hold."""
