"""What the simulated year takes for granted. Every number that is not a rule of the directory's own stands here.

None of them is measured: they are guesses, set so that no rule is flattered, and printed beside the result.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["activity", "service", "link", "hub"]


@dataclass(frozen=True)
class Kinds:
    """One kind of listing: its share of all, and how often a year its details change and it ends, without a word."""

    kind: Kind
    share: float
    details_a_year: float
    ends_a_year: float


@dataclass(frozen=True)
class Temper:
    """One kind of owner. Chances are from 0 to 1.

    ``tells``: says by themselves that something changed, some ``days_to_tell`` after; ``answers``: answers one mail;
    ``nods``: confirms although something is wrong; ``spoils``: leaves something else wrong when changing a listing.
    """

    name: str
    share: float
    tells: float
    days_to_tell: int
    answers: float
    nods: float
    spoils: float


KINDS = (
    Kinds("activity", 0.50, details_a_year=0.55, ends_a_year=0.25),
    Kinds("service", 0.35, details_a_year=0.30, ends_a_year=0.08),
    Kinds("link", 0.145, details_a_year=0.25, ends_a_year=0.08),
    Kinds("hub", 0.005, details_a_year=0.30, ends_a_year=0.0),
)
TEMPERS = (
    Temper("careful", 0.35, tells=0.5, days_to_tell=14, answers=0.80, nods=0.03, spoils=0.02),
    Temper("busy", 0.35, tells=0.2, days_to_tell=30, answers=0.45, nods=0.10, spoils=0.05),
    Temper("careless", 0.10, tells=0.2, days_to_tell=30, answers=0.60, nods=0.35, spoils=0.25),
    Temper("silent", 0.20, tells=0.0, days_to_tell=0, answers=0.0, nods=0.0, spoils=0.0),
)

LISTINGS, OWNERS, HUBS = 2_000, 300, 5
LEAVES_A_YEAR = 0.12
"""The chance that an owner is gone within a year; nobody takes their place."""
BOUNCES = 0.5
"""The chance that mail to somebody who has left comes back."""

VIEWS_A_DAY = 2_000.0
FAVOURITES = 0.8
"""How strongly people look at the same few listings: the n-th favourite has 1/n to this power of the views."""
SUNK_VIEWS, GONE_VIEWS = 0.3, 0.02
"""The share of its views that a listing below the others keeps, and one that is in no results."""
TELLS_BY_LINK, TELLS_BY_CONTACT = 0.010, 0.002
"""The chance that somebody who was shown something false, unwarned, says so: by a link on the page, by a contact."""

PEER_ANSWER_DAYS = 10
"""How long a peer takes to look at what somebody told it."""
OUR_ANSWER_DAYS = 2
SPOILING_NOTICED = 0.6
"""The chance that a moderator sees that a change leaves something wrong."""
HUB_REACHES = 0.7
"""The chance that a hub which rings a provider gets to know how things are; it tries again a week later."""

MINUTES_TO_DECIDE = 1.5
MINUTES_FOR_A_REPORT = 3.0
MINUTES_FOR_A_CALL = 4.0
MINUTES_A_HUB_A_WEEK = 20.0
"""What staff have. What does not fit into a week waits for the next; people are warned meanwhile."""
