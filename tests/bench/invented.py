"""Invents a large directory out of Testbridge: 5,000 listings in files, or any number in memory; always the same.

Each new listing takes one of Testbridge's, moves it to another town, street and price, and tells it in sentences of its
neighbours in the same category. So texts differ, and words are about as common as in a real directory.
"""

import hashlib
import random
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from directory import content
from directory.model.listing import Listing
from directory.model.place import Place
from directory.model.slugs import free_slug
from directory.model.snapshot import Snapshot

TESTBRIDGE = Path(__file__).parent.parent / "data" / "testbridge" / "content"
LISTINGS = 5_000
SEED = 20_261_121
MARK = ".made-of"
"""The file that says out of what a directory was made."""
_STARTS = (
    "Alder",
    "Birch",
    "Copper",
    "Dove",
    "Elder",
    "Fern",
    "Gable",
    "Hazel",
    "Ivy",
    "Juniper",
    "Kestrel",
    "Linden",
    "Maple",
    "Nettle",
    "Otter",
    "Plover",
)
_ENDS = (
    "bank",
    "brook",
    "croft",
    "dale",
    "end",
    "field",
    "gate",
    "hurst",
    "ley",
    "mead",
    "mere",
    "moor",
    "ridge",
    "shaw",
    "stead",
    "thorpe",
    "well",
    "wick",
)
_STREETS = ("Road", "Street", "Lane", "Close", "Avenue", "Gardens", "Crescent", "Drive")
_HALLS = ("Community Centre", "Hall", "Children's Centre", "Library", "School", "Church Hall", "Health Centre")
_TITLES = ("{model} at {hall}", "{name} {model}", "{model} ({name})", "{town} {model}", "{model}, {street}")
_SENTENCE = re.compile(r"(?<=[.!?]) +")

Sentences = dict[str, list[str]]
"""By category, what Testbridge's listings say."""


def large_directory(folder: Path, progress: Callable[[int, int], None]) -> Path:
    """The folder of the content; made anew only where this module or Testbridge changed since it was made."""
    made_of = _hash_of([Path(__file__), *sorted(TESTBRIDGE.rglob("*.yaml"))])
    mark = folder / MARK
    if mark.exists() and mark.read_text() == made_of:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(TESTBRIDGE, folder)
    testbridge = read(folder)
    for number, listing in enumerate(_more_listings(testbridge, LISTINGS), len(testbridge.listings) + 1):
        content.write(folder, content.LISTING, listing)
        progress(number, LISTINGS)
    mark.write_text(made_of)
    return folder


def in_memory(testbridge: Snapshot, count: int) -> Snapshot:
    """So many listings without a file, the same ones every time; the fewer are the first of the more."""
    listings = {**testbridge.listings, **{one.slug: one for one in _more_listings(testbridge, count)}}
    return replace(testbridge, revision=f"{count} invented listings", listings=MappingProxyType(listings))


def read(folder: Path) -> Snapshot:
    """The content of a folder that has no faults."""
    loaded = content.load(folder, folder.with_suffix(".memory"))
    if loaded.snapshot is None:
        raise content.BrokenContent(loaded.faults)
    return loaded.snapshot


def _hash_of(files: list[Path]) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _more_listings(testbridge: Snapshot, count: int) -> Iterator[Listing]:
    """As many new listings as Testbridge lacks to have ``count``, no two with one title."""
    chance, places = random.Random(SEED), testbridge.places.places
    models = [one for one in testbridge.listings.values() if not one.is_building]
    told = _sentences(models)
    slugs, titles = set(testbridge.listings), {one.title for one in testbridge.listings.values()}
    while len(slugs) < count:
        said = _varied(chance, chance.choice(models), places, told)
        if said["title"] not in titles:
            titles.add(said["title"])
            said["slug"] = free_slug(said["title"], slugs)
            slugs.add(said["slug"])
            yield Listing.model_validate(said)


def _sentences(models: list[Listing]) -> Sentences:
    told: Sentences = defaultdict(list)
    for listing in models:
        told[listing.categories[0]] += _SENTENCE.split(listing.description or listing.summary)
    return told


def _varied(chance: random.Random, model: Listing, places: tuple[Place, ...], told: Sentences) -> dict[str, Any]:
    """What a new listing says, without its slug."""
    town, name = chance.choice(places), chance.choice(_STARTS) + chance.choice(_ENDS)
    street, hall = f"{name} {chance.choice(_STREETS)}", f"{name} {chance.choice(_HALLS)}"
    towns = re.compile("|".join(re.escape(one.name) for one in places))
    title = chance.choice(_TITLES).format(model=model.title, hall=hall, name=name, town=town.name, street=street)
    said = model.model_dump(mode="json", exclude_defaults=True) | {
        "title": towns.sub(town.name, title),
        "summary": towns.sub(town.name, model.summary),
        "description": towns.sub(town.name, _description(chance, model, told)) + f" Ask for the {name} room.",
        "phones": [{"number": f"01632 960{chance.randrange(1000):03}"}],
        "url": f"https://{name.lower()}.example.org/{chance.randrange(10_000)}",
        "source": {"system": "bench", "id": f"B{chance.randrange(10**9):09}"},
    }
    if model.cost and model.cost.type == "paid":
        option = {"option": "Each", "amount_pence": chance.randrange(100, 2000, 50)}
        said["cost"] = {"type": "paid", "cost_options": [option]}
    if model.locations:
        said["locations"] = [_address(chance, town, hall, f"{chance.randrange(1, 200)} {street}")]
    return said


def _description(chance: random.Random, model: Listing, told: Sentences) -> str:
    own, others = _SENTENCE.split(model.description or model.summary), told[model.categories[0]]
    kept = chance.sample(own, max(1, len(own) * 2 // 3)) + chance.sample(others, min(3, len(others)))
    return " ".join(dict.fromkeys(kept))


def _address(chance: random.Random, town: Place, hall: str, line: str) -> dict[str, object]:
    inward = f"{chance.randrange(1, 10)}{chance.choice('ABDEFGHJ')}{chance.choice('LNPQRSTU')}"
    return {
        "name": hall,
        "address_1": line,
        "city": town.name,
        "postal_code": f"TB{chance.randrange(1, 10)} {inward}",
        "place": town.slug,
        "latitude": round(town.latitude + chance.uniform(-0.01, 0.01), 4),
        "longitude": round(town.longitude + chance.uniform(-0.01, 0.01), 4),
    }
