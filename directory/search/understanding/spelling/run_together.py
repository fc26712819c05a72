"""Takes apart words that were written as one: "stayandplay", "babygroup"."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

SHORTEST = 6
_LINKS = "a and at by for from in is my n near of on or the to with"
LINKS = frozenset(_LINKS.split())
"""What may stand between two words of the directory, or before one."""
LINK, SHORT = 0.5, 0.4
MOST_A_PART = 0.6


@dataclass(frozen=True, eq=False)
class RunTogether:
    """Words that may be a part of one, with what each costs there."""

    _costs: Mapping[str, float]

    @classmethod
    def of(cls, parts: Mapping[str, float]) -> "RunTogether":
        """``parts`` are the words that may be a part, with what speaks for each, from 0 to 1."""
        return cls({word: _cost(word, liking) for word, liking in parts.items()} | dict.fromkeys(LINKS, LINK))

    def amended(self, parts: Mapping[str, float | None]) -> "RunTogether":
        """The same with some parts changed or added, and without those that are None."""
        costs = {**self._costs}
        for word in parts.keys() - LINKS:
            liking = parts[word]
            if liking is None:
                costs.pop(word, None)
            else:
                costs[word] = _cost(word, liking)
        return RunTogether(costs)

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._costs))

    def taken_apart(self, word: str) -> tuple[str, ...] | None:
        """The likeliest words that, written as one, are this one: the directory's, and links between them."""
        if len(word) < SHORTEST:
            return None
        cost, parts = self._cheapest(word)
        is_likely = cost <= MOST_A_PART * len(parts) and parts[-1] not in LINKS
        return parts if is_likely and any(len(part) > 3 for part in parts if part not in LINKS) else None

    def _cheapest(self, word: str) -> tuple[float, tuple[str, ...]]:
        ways: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
        for end in range(1, len(word) + 1):
            ways.append(
                min(
                    (
                        (ways[start][0] + self._costs[word[start:end]], (*ways[start][1], word[start:end]))
                        for start in range(max(0, end - self._longest), end)
                        if word[start:end] in self._costs
                    ),
                    default=(math.inf, ()),
                )
            )
        return ways[-1]


def _cost(word: str, liking: float) -> float:
    return 1 - liking + (SHORT if len(word) == 3 else 0)
