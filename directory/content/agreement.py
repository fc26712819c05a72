"""What files must agree on: names that exist, names given once, and no listing said twice."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from directory.content.faults import Fault, suggestion
from directory.content.parsing import Named, Parsed
from directory.content.tree import LISTING, PAGE, PROVIDER
from directory.model.listing import BOROUGH, NATIONAL
from directory.model.site import Site

NAMED_BY_FILE = (LISTING, PROVIDER, PAGE)
"""The kinds whose files are each the thing that others speak of; a file of needs holds many of them."""
_ACCEPTED = {
    "provider": ("provider",),
    "category": ("category",),
    "place": ("place",),
    "area": ("place", "area"),
    "hub": ("hub",),
    "hub or venue": ("hub", "spoke", "venue"),
    "listing": ("listing",),
    "need": ("need",),
    "card": ("card",),
}
"""For each kind of name that a file may use, the kinds of thing that may answer to it."""


def disagreements(files: Sequence[Parsed]) -> list[Fault]:
    """Every fault that shows only when files are held against each other."""
    known = _known(files)
    faults: list[Fault] = []
    for parsed in files:
        faults += _unknown_names(parsed, known)
        faults += _languages_not_offered(parsed)
    faults += _names_given_twice(files)
    faults += _same_slug(files)
    faults += _same_title_and_place(files)
    return faults


def _known(files: Sequence[Parsed]) -> Mapping[str, set[str]]:
    known: dict[str, set[str]] = defaultdict(set)
    known["area"] = {BOROUGH, NATIONAL}
    for parsed in files:
        for named in parsed.definitions:
            known[named.what].add(named.name)
        if parsed.entry.kind in NAMED_BY_FILE:
            known[parsed.entry.kind.name.removesuffix("s")].add(parsed.entry.slug)
        if parsed.listing_kind:
            known[parsed.listing_kind].add(parsed.entry.slug)
    return known


def _unknown_names(parsed: Parsed, known: Mapping[str, set[str]]) -> Iterator[Fault]:
    for used in parsed.references:
        accepted = set().union(*(known[kind] for kind in _ACCEPTED[used.what]))
        if used.name not in accepted:
            message = f"names no {used.what} that there is; {_way_out(used, accepted, known)}"
            yield Fault(parsed.entry.path, used.line, used.key, message)


def _way_out(used: Named, accepted: set[str], known: Mapping[str, set[str]]) -> str:
    if used.what == "category" and used.name in known["top category"]:
        return "it is one of the doors on the home page, so choose a category under it"
    return suggestion(used.name, accepted) or f"add the {used.what} first, or write the slug of one that there is"


def _names_given_twice(files: Sequence[Parsed]) -> Iterator[Fault]:
    """Names that one file, or two files of the same kind, give to two things."""
    seen: dict[tuple[str, str], tuple[str, int]] = {}
    for parsed in files:
        for given in parsed.definitions:
            name = (given.what.removeprefix("top "), given.name)
            if name in seen:
                path, line = seen[name]
                first = f"on line {line}" if path == parsed.entry.path else f"in {path}, line {line}"
                message = f"gives the name {given.name} a second time (first {first}); choose another"
                yield Fault(parsed.entry.path, given.line, given.key, message)
            seen.setdefault(name, (parsed.entry.path, given.line))


def _languages_not_offered(parsed: Parsed) -> Iterator[Fault]:
    if not isinstance(parsed.value, Site):
        return
    for language in sorted(set(parsed.value.translations) - set(parsed.value.languages)):
        message = f"is in {language}, which languages does not list; add it there or leave this out"
        yield Fault(parsed.entry.path, 1, "translations", message)


def _same_slug(files: Sequence[Parsed]) -> Iterator[Fault]:
    first: dict[tuple[str, str], str] = {}
    for parsed in files:
        if not parsed.entry.kind.in_folder:
            continue
        name = (parsed.entry.kind.name, parsed.entry.slug.lower())
        if name in first:
            message = f"has the same slug as {first[name]}; rename or delete one of the two"
            yield Fault(parsed.entry.path, 1, "", message)
        first.setdefault(name, parsed.entry.path)


def _same_title_and_place(files: Sequence[Parsed]) -> Iterator[Fault]:
    first: dict[tuple[str, str], str] = {}
    for parsed in files:
        double = next((first[name] for name in parsed.title_and_places if name in first), None)
        if double:
            message = (
                f"is the title of {double} too, at the same place; make one listing of the two, or tell them apart"
            )
            yield Fault(parsed.entry.path, parsed.title_line, "title", message)
        for name in parsed.title_and_places:
            first.setdefault(name, parsed.entry.path)
