"""The first foreign shape: one JSON object a line, in providers' words, with ages in years and weekly sessions."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from directory.model.listing import BOROUGH, NATIONAL
from directory.model.session import WEEKDAYS
from directory.model.slugs import slug_of

NO_UPPER_AGE = 99
URGENT_CATEGORY = "get-help-now"
_DAYS = {day[:3]: day for day in WEEKDAYS}
_PRICE = re.compile(r"£(?P<pounds>\d+(?:\.\d{2})?)(?: (?:a|per) (?P<unit>[a-z ]+))?")
_TEXT_LINE = re.compile(r"Text (?P<keyword>\w+) to (?P<number>\d{5})")
_RHYTHMS = {"fortnightly": "fortnightly", "alternate": "fortnightly", "monthly": "monthly"}
_IRREGULAR = {"twice monthly": "Twice a month", "half-termly": "Once each half term"}
_WAYS = tuple(
    (way, re.compile(pattern, re.IGNORECASE))
    for way, pattern in (
        ("drop_in", r"\bdrop[- ]?in\b|\bno (?:need to book|booking|appointment)|\bjust (?:turn|come)\b"),
        ("book", r"(?<!to )\bbook (?:a|by|into|online|through|with)\b|, book\.|\bbook(?:ed online|able)\b"),
        ("book", r"(?<!no )\bbookings? (?:is|essential|opens)\b"),
        ("self_referral", r"\bself[- ]?refer|\brefer yourself\b"),
        ("professional_referral", r"\bby referral\b|\breferred by\b|\breferrals? (?:from|by|through)\b"),
    )
)
"""What a record's own words say of how to get in; where they say nothing, people are told to ask first."""


class Foreign(BaseModel):
    """A foreign value: its keys are checked as strictly as our own."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ForeignCost(Foreign):
    """What it costs; ``low`` is a small price."""

    type: Literal["free", "low", "paid", "donation"]
    text: str


class ForeignSession(Foreign):
    """A weekly session; the note says term time, fortnightly and the like."""

    day: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    start: str
    end: str
    note: str = ""


class ForeignPlace(Foreign):
    """Where it happens."""

    town: str
    venue: str
    postcode: str
    lat: float
    lon: float


class Record(Foreign):
    """One line of the file."""

    id: str
    title: str
    provider: str
    kind: Literal["hub", "spoke", "service", "activity", "link"]
    summary: str
    description: str
    age_min: int
    age_max: int
    cost: ForeignCost
    sessions: tuple[ForeignSession, ...]
    place: ForeignPlace | None
    borough_wide: bool
    online: bool
    serves: tuple[str, ...]
    languages: tuple[str, ...]
    audience: Literal["family", "practitioner"]
    phone: str | None
    url: str | None
    categories: tuple[str, ...]
    national: bool
    verified: bool
    fictional: bool
    source: str | None = None


@dataclass(frozen=True)
class Known:
    """What a record's names are looked up in."""

    categories: Mapping[str, str]
    """From ``Top category > category``, in small letters, to the slug."""
    buildings: Mapping[str, str]
    """From the title of a hub or spoke to its slug."""
    system: str
    seen: datetime.date


def listing_data(record: Record, known: Known) -> dict[str, Any]:
    """The keys of a listing that a record fills in. Raises KeyError with a sentence where a category is unknown."""
    categories = [_category(name, known) for name in record.categories]
    data: dict[str, Any] = {
        "kind": record.kind,
        "title": record.title,
        "summary": record.summary,
        "description": record.description or None,
        "provider": slug_of(record.provider),
        "categories": categories,
        "eligibility": _eligibility(record),
        "access": _access(record),
        "cost": _cost(record.cost),
        "delivery": ["online"] if record.online else [],
        "locations": _locations(record, known),
        "service_areas": _areas(record),
        "phones": _phones(record.phone),
        "url": record.url,
        "languages": [] if record.languages == ("en",) else list(record.languages),
        "sources": _sources(record, known),
        "source": {"system": known.system, "id": record.id},
        "urgent": URGENT_CATEGORY in categories,
    }
    is_building = record.kind in ("hub", "spoke")
    data["opening_hours" if is_building else "sessions"] = (_opening_hours if is_building else _sessions)(
        record.sessions
    )
    return data


def _category(name: str, known: Known) -> str:
    slug = known.categories.get(name.casefold())
    if slug is None:
        raise KeyError(f"the category {name!r} is not in categories.yaml; add it there or correct the record")
    return slug


def _eligibility(record: Record) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if record.age_min or record.age_max != NO_UPPER_AGE:
        found["minimum_age"] = f"{record.age_min} years"
    if record.age_max != NO_UPPER_AGE:
        found["maximum_age"] = "23 months" if record.age_max == 1 else f"{record.age_max} years"
    if record.audience == "practitioner":
        found["audience"] = "practitioners"
    return found


def _access(record: Record) -> dict[str, Any] | None:
    if record.kind not in ("service", "activity"):
        return None
    words = f"{record.cost.text}. {record.summary} {record.description}"
    return {"ways": _ways(words)}


def _ways(words: str) -> list[str]:
    found = dict.fromkeys(way for way, said in _WAYS if said.search(words))
    return list(found) or ["contact"]


def _cost(cost: ForeignCost) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "paid" if cost.type == "low" else cost.type}
    if "if eligible" in cost.text.lower():
        found["type"] = "free_if_eligible"
    found["haf"] = "HAF" in cost.text
    price = _PRICE.fullmatch(cost.text)
    if price:
        option = f"For each {price['unit']}" if price["unit"] else "Price"
        found["cost_options"] = [{"option": option, "amount_pence": round(float(price["pounds"]) * 100)}]
    elif cost.text != "Free":
        found["fees_description"] = cost.text
    return found


def _locations(record: Record, known: Known) -> list[dict[str, Any]]:
    place = record.place
    if place is None:
        return []
    if place.venue in known.buildings and place.venue != record.title:
        return [{"at": known.buildings[place.venue]}]
    is_street = bool(re.match(r"\d", place.venue)) or record.kind in ("hub", "spoke")
    return [
        {
            "address_1" if is_street else "name": place.venue,
            "city": place.town,
            "postal_code": place.postcode,
            "place": slug_of(place.town),
            "latitude": place.lat,
            "longitude": place.lon,
        }
    ]


def _areas(record: Record) -> list[str]:
    if record.national:
        return [NATIONAL]
    return [BOROUGH] if record.borough_wide else [slug_of(town) for town in record.serves]


def _phones(phone: str | None) -> list[dict[str, Any]]:
    text = _TEXT_LINE.fullmatch(phone or "")
    if text:
        texts = {"number": text["number"], "takes_calls": False, "takes_texts": True, "text_keyword": text["keyword"]}
        return [texts]
    return [{"number": phone}] if phone else []


def _sources(record: Record, known: Known) -> list[dict[str, Any]]:
    names = [name.strip() for name in (record.source or "").split(";") if name.strip()]
    return [{"name": name, "seen": known.seen, "strength": "B"} for name in names]


def _sessions(sessions: Iterable[ForeignSession]) -> list[dict[str, Any]]:
    return [_session(session) for session in sessions]


def _session(session: ForeignSession) -> dict[str, Any]:
    found: dict[str, Any] = {"day": _DAYS[session.day], "opens_at": session.start, "closes_at": session.end}
    note = session.note.removesuffix(" online").strip()
    if note in ("term", "summer term"):
        found["term"] = "term_time"
    found["frequency"] = _RHYTHMS.get(note) or ("irregular" if note in _IRREGULAR else "weekly")
    told = [_IRREGULAR.get(note), "Online" if session.note.endswith("online") else None]
    if note not in ("", "term", *_RHYTHMS, *_IRREGULAR):
        told.append(note.capitalize())
    found["note"] = ". ".join(part for part in told if part) or None
    return found


def _opening_hours(sessions: Iterable[ForeignSession]) -> list[dict[str, Any]]:
    days: dict[tuple[str, str, str], list[str]] = {}
    for session in sessions:
        days.setdefault((session.start, session.end, session.note), []).append(_DAYS[session.day])
    return [
        {"days": names, "opens_at": start, "closes_at": end, "note": note.capitalize() or None}
        for (start, end, note), names in days.items()
    ]
