"""A listing: one thing that helps, or one thing to do. Field names follow Open Referral UK 3.0 where it has one."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from directory.model.age import Age
from directory.model.fields import (
    Day,
    Email,
    Line,
    Markdown,
    Name,
    Note,
    PhoneNumber,
    Postcode,
    Problem,
    Slug,
    Url,
    Value,
    refuse,
)
from directory.model.place import Latitude, Longitude, Point
from directory.model.session import OpeningHours, Session

Kind = Literal["hub", "spoke", "service", "activity", "link"]
Status = Literal["active", "temporarily closed", "inactive", "defunct"]
Way = Literal["drop_in", "book", "self_referral", "professional_referral", "contact"]
Delivery = Literal["in_person", "online", "phone", "at_home"]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?$")]
SchoolYear = Literal["nursery", "reception", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"]
SendNeed = Literal[
    "any",
    "autism",
    "adhd",
    "speech_and_language",
    "learning",
    "hearing",
    "vision",
    "multi_sensory",
    "physical",
    "mental_health",
]
Facility = Literal[
    "step_free",
    "accessible_toilet",
    "changing_places",
    "accessible_parking",
    "lift",
    "hearing_loop",
    "quiet_room",
    "sensory_room",
    "bsl_interpreter",
    "easy_read",
    "large_print",
    "assistance_dogs",
    "baby_changing",
    "pram_parking",
    "breastfeeding_friendly",
]
PLACE_KEYS = ("at", "postal_code", "place", "city", "name")
"""What tells one location from another, the most exact first: no two listings may share a title and this."""
BOROUGH = "borough"
NATIONAL = "national"


class Eligibility(Value):
    """Who it is for. Ages are inclusive: a maximum of 4 years takes in a child who is four."""

    minimum_age: Age | None = None
    maximum_age: Age | None = None
    school_years: tuple[SchoolYear, ...] = ()
    send_needs: tuple[SendNeed, ...] = ()
    eligibility_description: Note | None = None
    not_for: Note | None = None
    audience: Literal["everyone", "practitioners"] = "everyone"

    @model_validator(mode="after")
    def _ages_are_in_order(self) -> Self:
        if self.minimum_age is not None and self.maximum_age is not None and self.maximum_age < self.minimum_age:
            refuse([Problem("maximum_age", "is below minimum_age; swap the two ages")])
        return self


class Access(Value):
    """How a person gets in: which ways are open, where to start, and what happens first."""

    ways: Annotated[tuple[Way, ...], Field(min_length=1)]
    url: Url | None = None
    application_process: Note | None = None


class CostOption(Value):
    """One price, in pence, with who it is for and what it buys."""

    option: Name
    amount_pence: Annotated[int, Field(ge=0, le=1_000_000)]
    amount_description: Line | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None


class Cost(Value):
    """What it costs. ``haf`` is true where a Holiday Activities and Food code pays for it."""

    type: Literal["free", "paid", "donation", "free_if_eligible"]
    cost_options: tuple[CostOption, ...] = ()
    fees_description: Line | None = None
    haf: bool = False


def place_name(location: Mapping[str, object]) -> str:
    """What tells a location from others, in small letters, from its keys as they stand in a file; empty for none."""
    return next((str(location[key]).casefold() for key in PLACE_KEYS if location.get(key)), "")


class Location(Value):
    """One place where it happens: ``at`` a hub or venue by its slug, or an address of its own."""

    at: Slug | None = None
    name: Name | None = None
    address_1: Line | None = None
    city: Name | None = None
    post_town: Name | None = None
    postal_code: Postcode | None = None
    place: Slug | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    hide_exact_address: bool = False
    note: Line | None = None

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> Self:
        own = self.address_1 or self.postal_code or self.city or self.place or self.name
        if bool(self.at) == bool(own):
            refuse(
                [
                    Problem(
                        "at", "must stand alone: write either at (the slug of a hub or venue) or an address, not both"
                    )
                ]
            )
        if (self.latitude is None) != (self.longitude is None):
            refuse([Problem("latitude", "needs longitude beside it; write both or neither")])
        return self

    @property
    def place_name(self) -> str:
        """The most exact of the names by which it is told from other locations, in small letters."""
        return place_name({key: getattr(self, key) for key in PLACE_KEYS})

    @property
    def point(self) -> Point | None:
        """Where it is, if the listing itself says so."""
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)


class Phone(Value):
    """A telephone number, as people should read it, with what it is for and when it is answered."""

    number: PhoneNumber
    description: Name | None = None
    hours: Line | None = None
    takes_calls: bool = True
    takes_texts: bool = False
    text_keyword: Name | None = None


class Accessibility(Value):
    """Known facilities: what is not listed is not known, which is not the same as missing."""

    facilities: tuple[Facility, ...] = ()
    description: Note | None = None


class Checked(Value):
    """That a person looked and found it true: when, who, and how."""

    on: Day
    by: Literal["provider", "hub", "moderator"]
    how: Line | None = None


class Source(Value):
    """Where a fact was seen and how strong it is.

    A is the owner's own page or a government page, B another public body, newspaper or charity.
    """

    name: Line
    url: Url | None = None
    seen: Day
    strength: Literal["A", "B"]
    dated: Name | None = None
    fact: Line | None = None


class Record(Value):
    """The same listing in another system, so that a second import updates instead of adding."""

    system: Slug
    id: Name


class Translation(Value):
    """A listing's own text in another language."""

    title: Name | None = None
    summary: Line | None = None
    description: Markdown | None = None


class Listing(Value):
    """Everything that a listing can say. The slug is the file's name and never changes once published."""

    slug: Slug
    kind: Kind
    title: Name
    alternate_names: tuple[Name, ...] = ()
    summary: Line
    description: Markdown | None = None
    provider: Slug
    categories: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=3)]
    status: Status = "active"
    closed_until: Day | None = None
    publish_from: Day | None = None
    publish_until: Day | None = None
    eligibility: Eligibility = Eligibility()
    access: Access | None = None
    cost: Cost | None = None
    delivery: tuple[Delivery, ...] = ()
    locations: tuple[Location, ...] = ()
    service_areas: tuple[Slug, ...] = ()
    sessions: tuple[Session, ...] = ()
    opening_hours: tuple[OpeningHours, ...] = ()
    opening_note: Line | None = None
    by_appointment: bool = False
    phones: tuple[Phone, ...] = ()
    email: Email | None = None
    url: Url | None = None
    booking_url: Url | None = None
    languages: tuple[LanguageCode, ...] = ()
    interpretation_services: Line | None = None
    accessibility: Accessibility | None = None
    owner: Slug | None = None
    checked: Checked | None = None
    review_every_months: Annotated[int, Field(ge=1, le=36)] | None = None
    sources: tuple[Source, ...] = ()
    source: Record | None = None
    internal_note: Note | None = None
    translations: dict[LanguageCode, Translation] = Field(default_factory=dict)
    sensitive: bool = False
    urgent: bool = False
    related: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        refuse([*self._problems(), *self._problems_with_places()])
        return self

    def _problems(self) -> Iterator[Problem]:
        if self.kind in ("service", "activity") and self.access is None:
            yield Problem("access", "is missing; say how to get in, as in access: {ways: [drop_in]}")
        if self.is_building and not self.locations:
            yield Problem("locations", f"is missing; a {self.kind} is a building, so add its address")
        if self.status == "temporarily closed" and self.closed_until is None:
            yield Problem("closed_until", "is missing; say until when it is closed, as in 2026-11-24")
        if self.status != "temporarily closed" and self.closed_until:
            yield Problem("closed_until", "means nothing unless status is temporarily closed; leave it out")
        if self.publish_from and self.publish_until and self.publish_until < self.publish_from:
            yield Problem("publish_until", "is before publish_from; swap the two dates")
        if self.slug in self.related:
            yield Problem("related", "names the listing itself; leave that out")

    def _problems_with_places(self) -> Iterator[Problem]:
        places = {one.at for one in self.locations}
        for number, session in enumerate(self.sessions):
            if session.at and session.at not in places:
                yield Problem(f"sessions.{number}.at", "is not one of the locations; add it there, or leave it out")

    def is_live_on(self, day: datetime.date) -> bool:
        """Whether people may see it on that day: not withdrawn, and inside its publication window."""
        if self.status in ("inactive", "defunct"):
            return False
        return (self.publish_from or day) <= day <= (self.publish_until or day)

    @property
    def open_between(self) -> tuple[int, int]:
        """The ordinals of the first and the last day on which it is published and not closed for a time."""
        first, last = self.closed_until or datetime.date.min, self.publish_until or datetime.date.max
        return first.toordinal(), last.toordinal()

    @property
    def is_building(self) -> bool:
        """Whether it is a hub or a spoke: a door that people can walk through."""
        return self.kind in ("hub", "spoke")

    @property
    def is_everywhere(self) -> bool:
        """Whether no place limits it: for the whole borough or country, or reached from home."""
        wide = BOROUGH in self.service_areas or NATIONAL in self.service_areas
        return wide or bool({"online", "phone", "at_home"} & set(self.delivery))


class Provider(Value):
    """An organisation that runs listings (Open Referral: organization).

    ``trusted``: its small changes, to times and phones, need no second look at anything but the difference.
    """

    slug: Slug
    name: Name
    alternate_names: tuple[Name, ...] = ()
    description: Note | None = None
    url: Url | None = None
    email: Email | None = None
    trusted: bool = False
    internal_note: Note | None = None
