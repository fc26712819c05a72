"""What may stand in the path of a page: whatever cannot be asked for is the address of no page, and reaches no view."""

from werkzeug.routing import BaseConverter, IntegerConverter, Map, UnicodeConverter


class Word(UnicodeConverter):
    """A part of a path, without characters that nobody can see: PostgreSQL fails on the one of number nought."""

    def __init__(self, map: Map) -> None:  # noqa: A002  # werkzeug's own name
        super().__init__(map)
        self.regex = r"[^/\x00-\x1f\x7f]+"


class Number(IntegerConverter):
    """The number of a row: no more digits than any database takes."""

    regex = r"[0-9]{1,9}"


KINDS: dict[str, type[BaseConverter]] = {"default": Word, "string": Word, "int": Number}
"""What each kind of part that a rule names may hold."""
