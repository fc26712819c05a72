"""Looking round without searching: behind the ten doors, and from A to Z."""

from flask import Blueprint, abort

from directory.model.category import Category, TopCategory
from directory.web import asked
from directory.web.cards import cards
from directory.web.own_words import plain
from directory.web.page import page
from directory.web.pagination import paginate
from directory.web.showing import Showing, showing, shown
from directory.web.translate import gettext

browsing = Blueprint("browsing", __name__)
CARDS_A_PAGE = 10
TITLES_A_PAGE = 60


@browsing.get("/categories/<slug>")
def category(slug: str) -> str:
    """What is in a category, as cards; a top category leads to its own categories first."""
    now = showing()
    found = now.snapshot.category_by_slug.get(slug) or abort(404)
    listings = now.in_category.get(slug, ())
    pagination = paginate(asked.page_number(), len(listings), CARDS_A_PAGE)
    start = (pagination.current - 1) * CARDS_A_PAGE
    clock = shown().clock()
    hides = now.snapshot.hides(found)
    return page(
        "public/category.html",
        title=plain(found, "name"),
        description=plain(found, "summary") if isinstance(found, TopCategory) else None,
        category=found,
        parent=now.snapshot.parent_of.get(slug),
        narrower=_narrower(found, now),
        total=len(listings),
        cards=cards(listings[start : start + CARDS_A_PAGE], now, clock),
        pagination=pagination,
        is_private=hides,
        can_exit=hides,
    )


def _narrower(found: Category, now: Showing) -> list[tuple[Category, int]]:
    if not isinstance(found, TopCategory):
        return []
    return [(one, len(now.in_category[one.slug])) for one in found.categories if now.offers(one)]


@browsing.get("/a-to-z")
@browsing.get("/a-to-z/<letter>")
def a_to_z(letter: str | None = None) -> str:
    """Every listing by title, all of them or those of one letter."""
    now = showing()
    if letter is not None and letter not in now.by_letter:
        abort(404)
    listings = now.live if letter is None else now.by_letter[letter]
    pagination = paginate(asked.page_number(), len(listings), TITLES_A_PAGE)
    start = (pagination.current - 1) * TITLES_A_PAGE
    title = (
        gettext("Everything from A to Z") if letter is None else gettext("A to Z: %(letter)s", letter=letter.upper())
    )
    return page(
        "public/a_to_z.html",
        title=title,
        description=gettext("Every listing in this directory, in order of its name."),
        letters=now.by_letter,
        letter=letter,
        listings=listings[start : start + TITLES_A_PAGE],
        pagination=pagination,
    )
