"""What files must agree on: names that exist, names given once, and no listing said twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    "school": ("school",),
    "need": ("need",),
    "card": ("card",),
}
"""For each kind of name that a file may use, the kinds of thing that may answer to it."""

Name = tuple[str, str]
"""The kind of a thing that files speak of, and its name."""


def disagreements(files: Sequence[Parsed]) -> list[Fault]:
    """Every fault that shows only when files are held against each other."""
    known = _known(files)
    faults: list[Fault] = []
    for parsed in files:
        faults += unknown_names(parsed, known)
        faults += _languages_not_offered(parsed)
    faults += _names_given_twice(files)
    faults += _same_slug(files)
    faults += _same_title_and_place(files)
    return faults


class Agreed:
    """What files that agree give and use, counted: tells at once whether they still do when a few of them change.

    Sure of agreement alone. Where it doubts, ``disagreements`` says what is wrong, and this is of no more use.
    """

    def __init__(self, files: Iterable[Parsed]) -> None:
        self._given = Counter((("area", BOROUGH), ("area", NATIONAL)))
        self._used: Counter[Name] = Counter()
        self._alone: Counter[tuple[str, ...]] = Counter()
        for parsed in files:
            self._given.update(_given(parsed))
            self._used.update((used.what, used.name) for used in parsed.references)
            self._alone.update(_alone(parsed))

    def still(self, gone: Sequence[Parsed], come: Sequence[Parsed]) -> bool:
        """Takes files out and others in; whether all surely agree then. None of them may be the site's own file."""
        for parsed in gone:
            self._given.subtract(_given(parsed))
            self._used.subtract((used.what, used.name) for used in parsed.references)
            self._alone.subtract(_alone(parsed))
        for parsed in come:
            self._given.update(_given(parsed))
            self._used.update((used.what, used.name) for used in parsed.references)
            self._alone.update(_alone(parsed))
        asked = {(used.what, used.name) for parsed in come for used in parsed.references}
        asked |= {name for parsed in gone for given in _given(parsed) for name in self._used_as(given)}
        return all(map(self._is_known, asked)) and all(
            self._alone[one] == 1 for parsed in come for one in _alone(parsed)
        )

    def _used_as(self, given: Name) -> Iterator[Name]:
        """The ways in which files speak of what was given."""
        kind, name = given
        return ((what, name) for what, accepted in _ACCEPTED.items() if kind in accepted and self._used[what, name] > 0)

    def _is_known(self, used: Name) -> bool:
        what, name = used
        return any(self._given[kind, name] > 0 for kind in _ACCEPTED[what])


def _given(parsed: Parsed) -> Iterator[Name]:
    """The names that a file gives, each with its kind."""
    yield from ((named.what, named.name) for named in parsed.definitions)
    if parsed.entry.kind in NAMED_BY_FILE:
        yield parsed.entry.kind.name.removesuffix("s"), parsed.entry.slug
    if parsed.listing_kind:
        yield parsed.listing_kind, parsed.entry.slug


def _alone(parsed: Parsed) -> Iterator[tuple[str, ...]]:
    """What no two files may have, and no file twice."""
    yield from (("name", given.what.removeprefix("top "), given.name) for given in parsed.definitions)
    if parsed.entry.kind.in_folder:
        yield "slug", parsed.entry.kind.name, parsed.entry.slug.lower()
    yield from (("title", *pair) for pair in parsed.title_and_places)


def _known(files: Sequence[Parsed]) -> Mapping[str, set[str]]:
    known: dict[str, set[str]] = defaultdict(set)
    known["area"] = {BOROUGH, NATIONAL}
    for parsed in files:
        for what, name in _given(parsed):
            known[what].add(name)
    return known


def unknown_names(parsed: Parsed, known: Mapping[str, set[str]]) -> Iterator[Fault]:
    """A fault for each name that a file uses and that nothing answers to; ``known`` are the names by kind of thing."""
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


def said_already(parsed: Parsed, other: str) -> Fault:
    """The fault of a listing that has the title and the place of another, which stands in the file ``other``."""
    message = f"is the title of {other} too, at the same place; make one listing of the two, or tell them apart"
    return Fault(parsed.entry.path, parsed.title_line, "title", message)


def _same_title_and_place(files: Sequence[Parsed]) -> Iterator[Fault]:
    first: dict[tuple[str, str], str] = {}
    for parsed in files:
        double = next((first[name] for name in parsed.title_and_places if name in first), None)
        if double:
            yield said_already(parsed, double)
        for name in parsed.title_and_places:
            first.setdefault(name, parsed.entry.path)
