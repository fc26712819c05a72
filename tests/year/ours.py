"""The directory's own rules, as the site runs them: review dates, digests, hubs that take over, reports, moderation.

Who is asked when is worked out by ``directory.truth.asking``, what people are told by ``directory.model.freshness``.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from directory.model.calendar import Calendar
from directory.model.freshness import ReviewRules, Standing
from directory.model.listing import Checked, Listing
from directory.truth import asking
from directory.truth.asking import Ask, Asked, HandOver, Plan, Reason, Why
from tests.year import assumptions
from tests.year.living import Life, Lot
from tests.year.world import START, Owner, World

_NO_CALENDAR = Calendar()


@dataclass
class Trust:
    """What the directory remembers of a listing: the check, what was asked, what is open."""

    listing: Listing
    asked: Asked | None = None
    told: set[Reason] = field(default_factory=set)
    is_reported: bool = False
    tried_on: int = -7
    """When its hub last rang in vain."""


@dataclass(frozen=True)
class Task:
    """Something that waits for a moderator: since when, how long it takes, and how likely it leaves something wrong."""

    since: int
    lot: Lot
    minutes: float
    spoils: float


class OurRules(Life):
    """Owners propose, moderators decide; owners are asked in digests; what nobody checked says so, sinks and leaves."""

    name = "this directory"
    tells = assumptions.TELLS_BY_LINK

    def __init__(self, world: World, seed: int, rules: ReviewRules) -> None:
        super().__init__(world, seed)
        self.rules = rules
        self.trust = {lot.kept.listing.slug: Trust(lot.kept.listing) for lot in self.lots}
        self.by_slug = {lot.kept.listing.slug: lot for lot in self.lots}
        self.bounced: set[int] = set()
        self.waiting: dict[int, list[Task]] = defaultdict(list)
        self.handed_over: dict[int, list[Lot]] = defaultdict(list)
        self.left: dict[int, float] = {}
        self.last_digest: dict[int, int] = {}
        self._standing = {slug: self._dates(one.listing) for slug, one in self.trust.items()}

    def keep_true(self) -> None:
        """Staff work every day as far as their week's minutes go; digests leave every Monday."""
        if self.day % 7 == 0:
            self.left = dict.fromkeys(range(self.world.hubs), assumptions.MINUTES_A_HUB_A_WEEK)
            self._send_digests()
        for hub in range(self.world.hubs):
            self._work_through(hub)

    def is_warned(self, lot: Lot) -> bool:
        """Past its review date, "call before you travel" stands on the page and on its card."""
        return self._standing_of(lot) not in (Standing.CHECKED, Standing.UNCONFIRMED)

    def views_of(self, lot: Lot) -> float:
        """Fewer where it stands below others, hardly any where it is in no results."""
        share = {Standing.SUNK: assumptions.SUNK_VIEWS, Standing.GONE: assumptions.GONE_VIEWS}
        return lot.kept.views * share.get(self._standing_of(lot), 1.0)

    def owner_says(self, lot: Lot) -> None:
        """What an owner says waits for a moderator, who sees some of what it would leave wrong."""
        spoils = lot.owner.temper.spoils * (1 - assumptions.SPOILING_NOTICED)
        self._wait(lot, assumptions.MINUTES_TO_DECIDE, spoils)

    def told_by_visitor(self, lot: Lot) -> None:
        """A report waits for a moderator; a second one of the same thing is no more work."""
        trust = self.trust[lot.kept.listing.slug]
        if not trust.is_reported:
            trust.is_reported = True
            self._wait(lot, assumptions.MINUTES_FOR_A_REPORT, 0.0)

    @property
    def today(self) -> datetime.date:
        """The date of the day that is being lived through."""
        return START + datetime.timedelta(self.day)

    def _dates(self, listing: Listing) -> tuple[int, int, int]:
        """The days after which it is warned of, sinks and leaves: the rules worked out once a check."""
        dates = (self.rules.due(listing), self.rules.sinks_on(listing), self.rules.leaves_on(listing))
        after, sinks, leaves = ((one or datetime.date.max).toordinal() - START.toordinal() for one in dates)
        return after, sinks, leaves

    def _standing_of(self, lot: Lot) -> Standing:
        due, sinks, leaves = self._standing[lot.kept.listing.slug]
        if self.day <= due:
            return Standing.CHECKED
        return Standing.GONE if self.day >= leaves else Standing.SUNK if self.day >= sinks else Standing.OVERDUE

    def _checked(self, lot: Lot) -> None:
        trust = self.trust[lot.kept.listing.slug]
        trust.listing = trust.listing.model_copy(update={"checked": Checked(on=self.today, by="provider")})
        trust.asked, trust.tried_on = None, -7
        trust.told.clear()
        self._standing[trust.listing.slug] = self._dates(trust.listing)

    def _wait(self, lot: Lot, minutes: float, spoils: float) -> None:
        self.waiting[lot.kept.hub % self.world.hubs].append(Task(self.day, lot, minutes, spoils))

    def _send_digests(self) -> None:
        kept = [self._kept(lot) for lot in self.up()]
        resting = {who for who, day in self.last_digest.items() if self.day - day < self.rules.letters_every_days}
        planned: Plan = asking.plan(kept, self.rules, _NO_CALENDAR, self.today, resting)
        for handover in planned.handovers:
            self._hand_over(handover)
        for ask in planned.asks:
            self._note(ask)
        for person, asks in planned.digests.items():
            self.mail()
            self.last_digest[person] = self.day
            self._answer(self.world.owners[person], asks)

    def _kept(self, lot: Lot) -> asking.Kept:
        trust = self.trust[lot.kept.listing.slug]
        owners = frozenset({lot.kept.owner.number} - self.bounced)
        return asking.Kept(trust.listing, owners, str(lot.kept.hub), trust.asked, frozenset(trust.told))

    def _hand_over(self, handover: HandOver) -> None:
        lot, trust = self.by_slug[handover.slug], self.trust[handover.slug]
        before = trust.asked
        times = before.times if before else 0
        trust.asked = Asked(handover.due, times, self.today, is_handed_over=True)
        self.handed_over[lot.kept.hub % self.world.hubs].append(lot)

    def _note(self, ask: Ask) -> None:
        """Remembers what was asked and told, as the site does once the mail is written down."""
        trust = self.trust[ask.slug]
        trust.told.update(reason for reason in ask.reasons if reason.why is not Why.DUE)
        if ask.due:
            before = trust.asked
            is_same = before is not None and before.due == ask.due
            trust.asked = Asked(ask.due, before.times + 1 if before and is_same else 1, self.today)

    def _answer(self, owner: Owner, asks: Iterable[Ask]) -> None:
        if not owner.is_here(self.day):
            self.bounced |= {owner.number} if owner.bounces else set()
        elif self.chance.random() < owner.temper.answers:
            for ask in asks:
                self._look_through(self.by_slug[ask.slug])

    def _look_through(self, lot: Lot) -> None:
        """An owner looks at the facts in the mail: one tap, or a change where they notice what is wrong."""
        if lot.is_false and self.chance.random() >= lot.owner.temper.nods:
            self.owner_says(lot)
        else:
            self._checked(lot)

    def _work_through(self, hub: int) -> None:
        """Reports and proposals first, oldest first; then calls, what is seen most first."""
        waiting = sorted(self.waiting[hub], key=lambda task: task.since)
        self.waiting[hub] = [task for task in waiting if not self._decided(task, hub)]
        calls = sorted(self.handed_over[hub], key=lambda lot: (-lot.kept.views, lot.kept.listing.slug))
        self.handed_over[hub] = [lot for lot in calls if not self._rung(lot, hub)]

    def _may_spend(self, lot: Lot, hub: int, minutes: float) -> bool:
        if self.left[hub] < minutes:
            return False
        self.left[hub] -= minutes
        self.spend(lot, minutes)
        return True

    def _decided(self, task: Task, hub: int) -> bool:
        if self.day - task.since < assumptions.OUR_ANSWER_DAYS or not self._may_spend(task.lot, hub, task.minutes):
            return False
        self.trust[task.lot.kept.listing.slug].is_reported = False
        if task.lot.is_false:
            self.put_right(task.lot, spoils=task.spoils)
            self._checked(task.lot)
        return True

    def _rung(self, lot: Lot, hub: int) -> bool:
        """Whether its hub is done with it: somebody answered, or it is down or has been looked at by its owner."""
        trust = self.trust[lot.kept.listing.slug]
        if lot.is_down or trust.asked is None:
            return True
        if self.day - trust.tried_on < 7 or not self._may_spend(lot, hub, assumptions.MINUTES_FOR_A_CALL):
            return False
        trust.tried_on = self.day
        if self.chance.random() >= assumptions.HUB_REACHES:
            return False
        if lot.is_false:
            self.put_right(lot)
        self._checked(lot)
        return True
