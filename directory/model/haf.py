"""Holiday Activities and Food: what an area says of its programme, beyond what the programme's own listing says."""

from typing import Annotated, Literal

from pydantic import Field

from directory.model.fields import Line, Note, Slug, Value

HolidayKind = Literal["half-term", "christmas", "easter", "summer", "other"]
"""What kind of school holiday one is, whatever an area calls it."""


class HafTranslation(Value):
    """What is said of the programme in another language."""

    who: Note | None = None
    proof: Note | None = None
    food: Line | None = None
    booking: Note | None = None
    free: Note | None = None


class Haf(Value):
    """The programme of the area. What is not known is left out, and people are told whom to ask.

    ``listing`` is the programme's own one; ``needs`` are those of people who look for it. ``runs_in`` are the holidays
    in which it runs, whether or not their dates are known: the dates are ``haf_periods`` of the calendar. ``who`` may
    go, how they give ``proof`` of it, what ``food`` there is, how ``booking`` goes, and what is ``free``.
    """

    listing: Slug
    needs: tuple[Slug, ...] = ()
    runs_in: Annotated[tuple[HolidayKind, ...], Field(min_length=1)]
    who: Note | None = None
    proof: Note | None = None
    food: Line | None = None
    booking: Note | None = None
    free: Note | None = None
    translations: dict[str, HafTranslation] = Field(default_factory=dict)
