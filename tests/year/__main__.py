"""Lives through the year and prints what came of it: `python -m tests.year [--seed N] [--listings N] [--owners N]`."""

import argparse
import dataclasses
from collections.abc import Iterator, Sequence

from directory.model.freshness import ReviewRules
from tests.year import assumptions
from tests.year.living import Life, YearlyReminder
from tests.year.ours import OurRules
from tests.year.world import World, made

_HEADINGS = ("Rules", "False, unwarned", "False, warned", "Right, warned", "Minutes", "Busiest week", "Mails")


def lived(world: World, seed: int) -> tuple[Life, YearlyReminder, OurRules]:
    """The same two years under each set of rules; ours are those of a site whose administrator changed nothing."""
    lives = (Life(world, seed), YearlyReminder(world, seed), OurRules(world, seed, ReviewRules()))
    for life in lives:
        life.live()
    return lives


def table(lives: Sequence[Life]) -> Iterator[str]:
    """What each showed and cost: shares of all views, staff minutes a hub a week, mails an owner a year."""
    yield " | ".join(_HEADINGS)
    for life in lives:
        tally, world = life.tally, life.world
        shares = (tally.false_unwarned, tally.false_warned, tally.true_warned)
        figures = [f"{share / tally.views:.1%}" for share in shares]
        figures.append(f"{tally.minutes_a_hub_a_week(world.hubs):.1f}")
        figures += [f"{tally.busiest_week:.0f}", f"{tally.mails / len(world.owners):.1f}"]
        yield " | ".join([life.name, *figures])


def ratios(lives: tuple[Life, YearlyReminder, OurRules]) -> Iterator[str]:
    """How much less falsehood ours showed than each peer's rules."""
    *peers, ours = lives
    for peer in peers:
        yield f"{ours.name} / {peer.name}: {ours.tally.false_share / peer.tally.false_share:.3f}"


def _assumed() -> Iterator[str]:
    for name, value in vars(assumptions).items():
        if name.isupper():
            several = value if isinstance(value, tuple) else (value,)
            yield from (f"{name.lower()}: {_plain(one)}" for one in several)


def _plain(value: object) -> str:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return ", ".join(f"{key} {part}" for key, part in dataclasses.asdict(value).items())
    return str(value)


def main() -> None:
    """Prints the table, the ratios and everything that was assumed."""
    parser = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--listings", type=int, default=assumptions.LISTINGS)
    parser.add_argument("--owners", type=int, default=assumptions.OWNERS)
    asked = parser.parse_args()
    lives = lived(made(asked.seed, asked.listings, asked.owners), asked.seed)
    print(f"seed {asked.seed}: {asked.listings} listings, {asked.owners} owners, the second of two years\n")
    print("\n".join([*table(lives), "", *ratios(lives), "", "Taken for granted:", *_assumed()]))


if __name__ == "__main__":
    main()
