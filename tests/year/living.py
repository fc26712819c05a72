"""Living through the two years under one set of rules: what is false, what people are shown of it, who does what."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.year import assumptions
from tests.year.world import COUNTED_FROM, DAYS, Change, Kept, Owner, World


@dataclass
class Tally:
    """What the counted year showed and cost. Views are expected numbers, not draws."""

    views: float = 0.0
    false_unwarned: float = 0.0
    false_warned: float = 0.0
    true_warned: float = 0.0
    minutes: dict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))
    """Staff minutes by hub and week."""
    mails: int = 0

    @property
    def false_share(self) -> float:
        """The share of all views that showed something false and did not say that it may be."""
        return self.false_unwarned / self.views

    def minutes_a_hub_a_week(self, hubs: int) -> float:
        """The mean over hubs and weeks of the counted year."""
        return sum(self.minutes.values()) / hubs / ((DAYS - COUNTED_FROM) / 7)

    @property
    def busiest_week(self) -> float:
        """The most minutes that any hub had in a week."""
        return max(self.minutes.values(), default=0.0)


@dataclass
class Lot:
    """One listing as it stands: what is wrong with it, and whether it has been taken down."""

    kept: Kept
    owner: Owner
    faults: int = 0
    has_ended: bool = False
    is_down: bool = False

    @property
    def is_false(self) -> bool:
        """Whether its page says something that is not so."""
        return self.has_ended or self.faults > 0


class Life:
    """The peers' first rules: owners change listings live when they like, nobody asks them, nobody looks again.

    Somebody who was shown something false may write to a contact address.
    """

    name = "live at once, never reviewed"
    tells = assumptions.TELLS_BY_CONTACT

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.tally = world, Tally()
        self.chance = random.Random(f"{seed} {type(self).__name__}")
        self.lots = [Lot(one, one.owner) for one in world.kept]
        self.day = 0
        self._due: dict[int, list[tuple[Lot, bool]]] = defaultdict(list)
        self._happens: dict[int, list[tuple[Lot, Change]]] = defaultdict(list)
        for lot in self.lots:
            for change in lot.kept.changes:
                self._happens[change.day].append((lot, change))
                if change.told is not None:
                    self._due[change.told].append((lot, True))

    def live(self) -> Tally:
        """Both years, day by day; the second is counted."""
        for self.day in range(DAYS):
            for lot, change in self._happens.pop(self.day, ()):
                self._goes_wrong(lot, change)
            for lot, is_owner in self._due.pop(self.day, ()):
                if is_owner:
                    self.owner_says(lot)
                else:
                    self.put_right(lot)
            self.keep_true()
            self._look()
        return self.tally

    def keep_true(self) -> None:
        """What is done on this day, beside what owners say unasked."""

    def is_warned(self, lot: Lot) -> bool:  # noqa: ARG002  # others' rules look at the listing
        """Whether its page says that it may be out of date."""
        return False

    def views_of(self, lot: Lot) -> float:
        """How often its page is seen on this day."""
        return lot.kept.views

    def told_by_visitor(self, lot: Lot) -> None:
        """Somebody wrote that it is wrong: looked at in turn."""
        self.spend(lot, assumptions.MINUTES_FOR_A_REPORT)
        self.later(assumptions.PEER_ANSWER_DAYS, lot)

    def owner_says(self, lot: Lot) -> None:
        """The owner puts right what is wrong, live at once."""
        self.put_right(lot, spoils=lot.owner.temper.spoils)

    def put_right(self, lot: Lot, *, spoils: float = 0.0) -> None:
        """What is wrong is so no longer; what has ended is taken down. Something else may be left wrong."""
        lot.is_down = lot.is_down or lot.has_ended
        lot.has_ended, lot.faults = False, int(self.chance.random() < spoils)

    def later(self, days: int, lot: Lot) -> None:
        """Has staff put it right in so many days."""
        self._due[self.day + max(1, days)].append((lot, False))

    def spend(self, lot: Lot, minutes: float) -> None:
        """Counts staff minutes."""
        if self.day >= COUNTED_FROM:
            self.tally.minutes[lot.kept.hub, self.day // 7] += minutes

    def mail(self, number: int = 1) -> None:
        """Counts mails to owners."""
        if self.day >= COUNTED_FROM:
            self.tally.mails += number

    def up(self) -> Iterator[Lot]:
        """The listings that are not taken down."""
        return (lot for lot in self.lots if not lot.is_down)

    def _goes_wrong(self, lot: Lot, change: Change) -> None:
        if not lot.is_down:
            lot.has_ended = lot.has_ended or change.ends
            lot.faults += not change.ends

    def _look(self) -> None:
        """What visitors see on this day, and what they say of it."""
        for lot in self.up():
            views, warned = self.views_of(lot), self.is_warned(lot)
            if self.day >= COUNTED_FROM:
                self._count(lot, views, warned=warned)
            if lot.is_false and not warned and self.chance.random() < views * self.tells:
                self.told_by_visitor(lot)

    def _count(self, lot: Lot, views: float, *, warned: bool) -> None:
        tally = self.tally
        tally.views += views
        if lot.is_false:
            tally.false_warned += views * warned
            tally.false_unwarned += views * (not warned)
        else:
            tally.true_warned += views * warned


class YearlyReminder(Life):
    """The peers' second rules: the same, and once a year every owner is mailed to look through their listings."""

    name = "yearly reminder mail"

    def keep_true(self) -> None:
        """Mails the owners whose turn it is, and those who answer put right what they notice."""
        for owner in self.world.owners:
            if (self.day - owner.number) % 365 == 0:
                self.mail()
                if owner.is_here(self.day) and self.chance.random() < owner.temper.answers:
                    self._look_through(lot for lot in self.up() if lot.owner is owner)

    def _look_through(self, lots: Iterable[Lot]) -> None:
        for lot in lots:
            if lot.is_false and self.chance.random() >= lot.owner.temper.nods:
                self.owner_says(lot)
