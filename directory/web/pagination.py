"""A long list as numbered pages with plain links."""

from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from flask import abort, request


@dataclass(frozen=True)
class Pagination:
    """Which page of how many, and the link to each of the others."""

    current: int
    last: int
    link: str

    def to(self, number: int) -> str:
        """The link to a page."""
        return self.link if number == 1 else f"{self.link}{'&' if '?' in self.link else '?'}page={number}"

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """The page numbers to show; None stands for those that are left out."""
        near = sorted({1, self.last, *range(max(1, self.current - 1), min(self.last, self.current + 1) + 1)})
        shown: list[int | None] = []
        for before, number in zip([0, *near], near, strict=False):
            shown += [None, number] if number > before + 1 else [number]
        return tuple(shown)


def paginate(asked: int | None, total: int, size: int, **query: str) -> Pagination:
    """The page that was asked for. Ends the request with 404 where a list of so many has no such page."""
    last = max(1, ceil(total / size))
    if asked is None or asked > last:
        abort(404)
    kept = urlencode({key: value for key, value in query.items() if value})
    path = request.environ.get("SCRIPT_NAME", "") + request.path
    return Pagination(asked, last, f"{path}?{kept}" if kept else path)
