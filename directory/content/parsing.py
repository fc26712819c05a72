"""Turns one file into a value, its faults, and the names of other things that it speaks of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from directory.content.faults import Fault, Location, sentences, written
from directory.content.tree import LISTING, Entry
from directory.content.yaml_reader import Document, UnreadableYaml, read
from directory.model.listing import place_name

Route = tuple[str, ...]
"""A way through a file's data in which ``*`` stands for each item of a list."""

REFERENCES: dict[str, tuple[tuple[Route, str], ...]] = {
    "listings": (
        (("provider",), "provider"),
        (("owner",), "provider"),
        (("categories", "*"), "category"),
        (("locations", "*", "at"), "hub or venue"),
        (("locations", "*", "place"), "place"),
        (("sessions", "*", "school"), "school"),
        (("opening_hours", "*", "school"), "school"),
        (("service_areas", "*"), "area"),
        (("related", "*"), "listing"),
    ),
    "places": (
        (("places", "*", "hub"), "hub"),
        (("sectors", "*", "hub"), "hub"),
        (("sectors", "*", "place"), "place"),
    ),
    "calendar": (
        (("haf", "listing"), "listing"),
        (("haf", "needs", "*"), "need"),
    ),
    "needs": (
        (("needs", "*", "categories", "*"), "category"),
        (("needs", "*", "listings", "*"), "listing"),
    ),
    "languages": ((("needs", "*", "need"), "need"),),
    "urgent": (
        (("cards", "*", "listing"), "listing"),
        (("rules", "situations", "*", "cards", "*"), "card"),
        (("rules", "situations", "*", "needs", "*"), "need"),
        (("rules", "situations", "*", "holds_back", "*"), "need"),
    ),
    "search_checks": ((("promises", "*", "shows", "*"), "listing"),),
}
"""For each kind of file, where it names something that must exist elsewhere, and what that thing is."""

DEFINITIONS: dict[str, tuple[tuple[Route, str], ...]] = {
    "categories": (
        (("categories", "*", "slug"), "top category"),
        (("categories", "*", "categories", "*", "slug"), "category"),
    ),
    "places": (
        (("places", "*", "slug"), "place"),
        (("venues", "*", "slug"), "venue"),
        (("sectors", "*", "code"), "sector"),
    ),
    "calendar": ((("schools", "*", "slug"), "school"),),
    "needs": ((("needs", "*", "slug"), "need"),),
    "urgent": (
        (("cards", "*", "slug"), "card"),
        (("rules", "situations", "*", "slug"), "situation"),
    ),
}
"""Where a file gives things the names by which others speak of them; each name may be given once."""


class Named(NamedTuple):
    """A name that a file gives or uses: what it names, and where it stands."""

    what: str
    name: str
    key: str
    line: int


@dataclass(frozen=True)
class Parsed:
    """One file, read: its value where it has no fault of its own, and the names that other files must agree with."""

    entry: Entry
    value: BaseModel | None
    faults: tuple[Fault, ...]
    references: tuple[Named, ...] = ()
    definitions: tuple[Named, ...] = ()
    listing_kind: str | None = None
    title_and_places: tuple[tuple[str, str], ...] = ()
    title_line: int = 1


def parse(entry: Entry, content: bytes) -> Parsed:
    """Reads the bytes of one file; every fault that the file has by itself is found."""
    try:
        document = read(_decoded(content))
    except UnreadableYaml as error:
        return Parsed(entry, None, (Fault(entry.path, error.line, "", error.message),))
    if not isinstance(document.data, dict):
        return Parsed(entry, None, (Fault(entry.path, 1, "", "should hold keys, as in title: Stay and play"),))
    value, faults = _validated(entry, document)
    named = (_named(document, routes.get(entry.kind.name, ())) for routes in (REFERENCES, DEFINITIONS))
    references, definitions = (tuple(names) for names in named)
    about = _about_listing(document) if entry.kind is LISTING else (None, (), 1)
    return Parsed(entry, None if faults else value, tuple(faults), references, definitions, *about)


def _decoded(content: bytes) -> str:
    if not content.strip():
        raise UnreadableYaml(1, "is empty; write its keys, or delete the file")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableYaml(line, "is not UTF-8; save it as UTF-8 text") from error


def _validated(entry: Entry, document: Document) -> tuple[BaseModel | None, list[Fault]]:
    faults = [
        Fault(entry.path, document.line(location), written(location), "is there twice; keep one of the two")
        for location in document.repeated
    ]
    faults += _name_faults(entry, document.data)
    named = {"slug": entry.slug} if entry.kind.in_folder else {}
    try:
        return entry.kind.model.model_validate(document.data | named), faults
    except ValidationError as error:
        return None, faults + list(_faults(error, entry, document))


def _name_faults(entry: Entry, data: dict[str, Any]) -> Iterator[Fault]:
    if not entry.path.endswith(".yaml"):
        yield Fault(entry.path, 1, "", f"should have a name that ends in .yaml; call it {entry.slug}.yaml")
    if entry.kind.in_folder and "slug" in data:
        yield Fault(entry.path, 1, "slug", "is the name of the file; leave the key out")


def _faults(error: ValidationError, entry: Entry, document: Document) -> Iterator[Fault]:
    seen: set[tuple[str, int]] = set()
    for details in error.errors(include_url=False):
        for reported, message in sentences(details, entry.kind.model):
            location = _without_union_names(reported, document.data)
            if location[:1] == ("slug",) and entry.kind.in_folder:
                yield Fault(entry.path, 1, "", f"has a file name that {message}")
                continue
            key, line = written(location), document.line(location)
            if (key, line) not in seen:
                yield Fault(entry.path, line, key, message)
            seen.add((key, line))


def _without_union_names(location: Location, data: Any) -> Location:
    """The location without the steps that pydantic adds for the branches of a union, which no file has."""
    steps: list[int | str] = []
    for number, step in enumerate(location):
        is_last = number == len(location) - 1
        if isinstance(data, dict) and (step in data or is_last):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif not isinstance(data, dict | list):
            continue
        steps.append(step)
    return tuple(steps)


def _about_listing(document: Document) -> tuple[str | None, tuple[tuple[str, str], ...], int]:
    """The listing's kind, its title at each of its places, and the line of the title, as far as they can be read."""
    data = document.data
    title, kind = data.get("title"), data.get("kind")
    locations = data.get("locations")
    places = {place_name(one) for one in locations if isinstance(one, dict)} if isinstance(locations, list) else {""}
    pairs = tuple((title.casefold(), place) for place in sorted(places)) if isinstance(title, str) else ()
    return kind if isinstance(kind, str) else None, pairs, document.line(("title",))


def _named(document: Document, routes: tuple[tuple[Route, str], ...]) -> Iterator[Named]:
    for route, what in routes:
        for location, name in _follow(document.data, route, ()):
            yield Named(what, name, written(location), document.line(location))


def _follow(data: Any, route: Route, location: Location) -> Iterator[tuple[Location, str]]:
    if not route:
        if isinstance(data, str):
            yield location, data
    elif route[0] == "*" and isinstance(data, list):
        for number, item in enumerate(data):
            yield from _follow(item, route[1:], (*location, number))
    elif isinstance(data, dict) and route[0] in data:
        yield from _follow(data[route[0]], route[1:], (*location, route[0]))
