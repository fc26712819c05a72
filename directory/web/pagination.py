"""A long list as numbered pages with plain links."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from flask import abort, request
from markupsafe import Markup

from directory.web.drawn import drawn


@dataclass(frozen=True)
class Pagination:
    """Which page of how many, and what else the list was asked for by."""

    current: int
    last: int
    query: tuple[tuple[str, str], ...]

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """The page numbers to show; None stands for those that are left out."""
        near = sorted({1, self.last, *range(max(1, self.current - 1), min(self.last, self.current + 1) + 1)})
        shown: list[int | None] = []
        for before, number in zip([0, *near], near, strict=False):
            shown += [None, number] if number > before + 1 else [number]
        return tuple(shown)

    @property
    def links(self) -> Markup:
        """The links to the other pages as HTML; nothing where there is one page."""
        if self.last == 1:
            return Markup("")
        kept = urlencode([*((key, value) for key, value in self.query if value), ("page", "")])
        link = f"{request.environ.get('SCRIPT_NAME', '')}{request.path}?{kept}"
        return drawn(
            "parts/pagination.html", ("link",), self.current, self.last, words=lambda: {"pagination": self}
        ).filled(link=link)


def paginate(asked: int | None, total: int, size: int, query: Iterable[tuple[str, str]] = ()) -> Pagination:
    """The page that was asked for. Ends the request with 404 where a list of so many has no such page."""
    last = max(1, ceil(total / size))
    if asked is None or asked > last:
        abort(404)
    return Pagination(asked, last, tuple(query))
