"""Tables that staff take home: CSV that a spreadsheet opens as it is, and never runs."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from flask import Response

from directory.web.headers import never_keep

_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@]")


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Response:
    """The table as a file of that name, without its ending. It stays in no cache."""
    never_keep()
    answer = Response(_written(head, rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _written(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """With the mark by which Excel knows UTF-8; without it, it shows Urdu as gibberish."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow([plain_cell(one) for one in head])
    writer.writerows([plain_cell(one) for one in row] for row in rows)
    return text.getvalue()


def plain_cell(value: str | int) -> str | int:
    """A cell that no spreadsheet takes for a formula: somebody may have typed one into a form, to be run by us.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
