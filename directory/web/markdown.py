"""Markdown that people wrote, as HTML that is safe to show: no HTML of their own, no scripts or pictures."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS = {"p", "ul", "ol", "li", "a", "strong", "em", "h2", "h3", "h4", "blockquote", "br", "hr", "code"}
_reader = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])


@lru_cache(maxsize=1024)
def as_html(text: str, top_heading: int = 2, root: str = "") -> Markup:
    """The text as HTML. Its highest heading becomes ``top_heading``; links into this site keep their ``root``."""
    tokens = _reader.parse(text)
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1:]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1:]) - highest + top_heading, 4)}"
    for token in tokens:
        for child in token.children or ():
            href = child.attrGet("href")
            if (
                child.type == "link_open"
                and isinstance(href, str)
                and href.startswith("/")
                and not href.startswith("//")
            ):
                child.attrSet("href", root + href)
    html = _reader.renderer.render(tokens, _reader.options, {})
    return Markup(  # noqa: S704  # nosec B704  # cleaned on the same line
        nh3.clean(
            html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"}, link_rel=None
        )
    )
