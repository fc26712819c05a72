"""A long list as numbered pages with plain links."""

from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from flask import abort, render_template, request
from markupsafe import Markup, escape

from directory.web.language import current_language
from directory.web.showing import showing

_LINK = "\ue000link\ue000"


@dataclass(frozen=True)
class Pagination:
    """Which page of how many, and where the first one is."""

    current: int
    last: int
    link: str

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
        """The links to the other pages as HTML, nothing where there is one page; drawn once for so many pages."""
        if self.last == 1:
            return Markup("")
        made = showing().made
        key = ("pagination", current_language(), self.current, self.last)
        if key not in made:
            made[key] = render_template("parts/pagination.html", pagination=self, link=_LINK)
        html: str = made[key]
        query = f"{self.link}{'&' if '?' in self.link else '?'}"
        return Markup(html.replace(_LINK, str(escape(query))))  # noqa: S704  # a template's own output, and escaped words


def paginate(asked: int | None, total: int, size: int, **query: str) -> Pagination:
    """The page that was asked for. Ends the request with 404 where a list of so many has no such page."""
    last = max(1, ceil(total / size))
    if asked is None or asked > last:
        abort(404)
    kept = urlencode({key: value for key, value in query.items() if value})
    path = request.environ.get("SCRIPT_NAME", "") + request.path
    return Pagination(asked, last, f"{path}?{kept}" if kept else path)
