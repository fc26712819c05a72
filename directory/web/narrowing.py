"""What stands between the search box and the results: what was understood, what to narrow by, and in which order.

All of it is plain links, each the address of another state of the same search.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlencode

from flask import request
from markupsafe import Markup, escape

from directory.model.filters import Filter
from directory.model.listing import Listing
from directory.search import ORDERS, Choice, Order, Results, Tag, Understood
from directory.web import choices
from directory.web.cards import cards_for_now
from directory.web.drawn import drawn
from directory.web.language import current_language
from directory.web.search_state import SearchState
from directory.web.showing import Showing
from directory.web.translate import gettext, lazy_gettext

MOST_CHOICES = 8
"""Of a group with more, those that most results have; the others come as one narrows."""
_MARKS = ".,;:!?\"'()"
_ORDERS = {
    "best": lazy_gettext("Best match"),
    "nearest": lazy_gettext("Nearest"),
    "soonest": lazy_gettext("Soonest"),
}


class Around(NamedTuple):
    """A page of results, made out of what was ``found``: what stands above it, and its cards until they change."""

    found: Results
    understood: Markup
    narrow: Markup
    cards: Markup
    good_until: datetime.datetime


def around(state: SearchState, found: Results, now: Showing, clock: datetime.datetime) -> Around:
    """What was understood, what to narrow by, and the cards: made once for a search that has the same answer again."""
    key = (state, current_language(), request.environ.get("SCRIPT_NAME", ""))
    kept: Around | None = now.of_searches.get(key)
    if kept is None or kept.found is not found or clock >= kept.good_until:
        near = found.understood.near
        listings = tuple(now.snapshot.in_order(found.slugs))
        found_cards = cards_for_now(listings, now, clock, near.point if near else None)
        narrow = _by_day(state, listings) + _narrow(state, found, now)
        kept = Around(found, understood(state, found.understood, now), narrow, *found_cards)
        now.of_searches[key] = kept
    return kept


def _by_day(state: SearchState, listings: Iterable[Listing]) -> Markup:
    """The link to the same search as a list of days, where anything of it runs on days that are known."""
    if not any(session.has_known_dates for one in listings for session in one.sessions):
        return Markup("")
    query = urlencode([pair for pair in replace(state, order="best").pairs() if pair[1]])
    return drawn("parts/by_day.html", ("query",)).filled(query=query)


def understood(state: SearchState, how: Understood, now: Showing, more: Iterable[tuple[str, str]] = ()) -> Markup:
    """How the words were corrected, with the way back; what was read out of them or chosen, each to be taken away.

    ``more`` are the labels of other tags, with their links.
    """
    return Markup("").join((_corrected(state, how), _tags(state, how, now, more)))


def _narrow(state: SearchState, found: Results, now: Showing) -> Markup:
    """The choices that would narrow the results, with how many each would leave, and the ways to order them."""
    groups, is_open = Markup("").join(_groups(state, found, now)), bool(state.filters)
    orders = _orders(state, found)
    if not groups and not orders:
        return Markup("")
    return drawn("parts/narrow.html", ("orders", "groups"), is_open, words=lambda: {"is_open": is_open}).filled(
        orders=orders, groups=groups
    )


def _orders(state: SearchState, found: Results) -> Markup:
    """By distance only where a place is known, and not where there is nothing to order."""
    if found.total < 2:
        return Markup("")
    offered: list[Order] = [one for one in ORDERS if one != "nearest" or found.understood.near]
    items = Markup("").join(_order(one, state) for one in offered)
    return drawn("parts/choices.html", ("name", "items")).filled(name=gettext("Order"), items=items)


def _order(one: Order, state: SearchState) -> Markup:
    if one == state.order:
        return Markup('<li><strong aria-current="true">{}</strong></li>').format(_ORDERS[one])
    return Markup('<li><a href="{}">{}</a></li>').format(state.ordered(one), _ORDERS[one])


def _corrected(state: SearchState, how: Understood) -> Markup:
    corrections = {one.typed: one.meant for one in how.corrections}
    if not corrections:
        return Markup("")
    meant = " ".join(corrections.get(_bare(word), word) for word in state.words.split())
    gaps = {"meant": meant, "typed": state.words, "link": state.literally("spelling")}
    return drawn("parts/corrected.html", tuple(gaps)).filled(**gaps)


def _bare(word: str) -> str:
    """A word as the search reads it."""
    return word.casefold().strip(_MARKS).replace("'", "")


def _tags(state: SearchState, how: Understood, now: Showing, more: Iterable[tuple[str, str]]) -> Markup:
    typed = [_tag(label, link) for label, link in more]
    read = [_read(tag, state, how, now) for tag in how.tags]
    chosen = [_tag(label_of(one, now), state.without(one)) for one in state.filters]
    items = Markup("").join((*typed, *read, *chosen))
    return drawn("parts/tags.html", ("items",)).filled(items=items) if items else Markup("")


def _read(tag: Tag, state: SearchState, how: Understood, now: Showing) -> Markup:
    """A tag for what was read out of the words. Where too little fits, it says that other results are shown as well."""
    near = how.near
    if tag.filter is None:
        label = gettext("Near %(place)s", place=near.label) if near else tag.words
    else:
        label = label_of(tag.filter, now)
    return _tag(gettext("%(choice)s, and others", choice=label) if tag.is_loose else label, state.literally(tag.guess))


def _tag(label: str, link: str) -> Markup:
    return drawn("parts/tag.html", ("label", "link")).filled(label=label, link=link)


def _groups(state: SearchState, found: Results, now: Showing) -> Iterator[Markup]:
    link, language = str(escape(state.link)), current_language()
    section = drawn("parts/choices.html", ("name", "items"))
    for group, members in found.choices:
        items = "".join(_choice(one, link, now, language) for one in _most_useful(members, found.total))
        if items:
            safe = Markup(items)  # noqa: S704  # nosec B704  # of escaped pieces
            yield section.filled(name=choices.group_name(group), items=safe)


def _most_useful(members: tuple[Choice, ...], total: int) -> list[Choice]:
    """Those that would change something, the most usual where there are too many, in their own order."""
    useful = [one for one in members if one.is_chosen or 0 < one.count != total]
    if len(useful) <= MOST_CHOICES:
        return useful
    kept = {one.filter for one in sorted(useful, key=lambda one: (not one.is_chosen, -one.count))[:MOST_CHOICES]}
    return [one for one in useful if one.filter in kept]


def _choice(one: Choice, link: str, now: Showing, language: str) -> str:
    """The HTML of a choice: there are dozens on a page, so all of it but the link and the count is made once."""
    key = ("choice", one.filter, language)
    kept: tuple[str, str] | None = now.made.get(key)
    if kept is None:
        label = str(label_of(one.filter, now))
        kept = now.made[key] = (label, f'&amp;{escape(urlencode([one.filter]))}">{label}</a> <span>')
    if one.is_chosen:
        return f"<li><strong>{kept[0]}</strong></li>"
    return f'<li><a href="{link}{kept[1]}{one.count}</span></li>'


def label_of(one: Filter, now: Showing) -> Markup:
    """The label of a filter, worked out once a language."""
    key = ("label", one, current_language())
    kept: Markup | None = now.made.get(key)
    if kept is None:
        kept = now.made[key] = escape(choices.label(one, now.snapshot))
    return kept
