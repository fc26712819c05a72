"""Pages of words: what somebody wrote for the site, and the page for help that cannot wait."""

from flask import Blueprint, abort

from directory.web.cards import cards
from directory.web.own_words import plain
from directory.web.page import page
from directory.web.showing import showing, shown
from directory.web.translate import gettext

pages = Blueprint("pages", __name__)


@pages.get("/pages/<slug>")
def content_page(slug: str) -> str:
    """One page of the content."""
    now = showing()
    found = now.snapshot.pages.get(slug) or abort(404)
    others = [
        one for one in now.snapshot.pages.values() if one.audience == found.audience == "practitioners" and one != found
    ]
    return page(
        "public/page.html",
        title=plain(found, "title"),
        description=plain(found, "summary"),
        found=found,
        others=sorted(others, key=lambda one: one.title),
        notices=now.snapshot.places.notices,
    )


@pages.get("/need-help-now")
def need_help_now() -> str:
    """Whom to call at once, most pressing first, then other listings that say that they are urgent."""
    now = showing()
    told = {one.listing for one in now.snapshot.urgent}
    clock = shown().clock()
    return page(
        "public/need_help_now.html",
        title=gettext("Need help now?"),
        description=gettext("Numbers to call or text at once when somebody is in danger or cannot cope."),
        urgent=now.snapshot.urgent,
        cards=cards([one for one in now.live if one.urgent and one.slug not in told], now, clock),
        can_exit=True,
    )
