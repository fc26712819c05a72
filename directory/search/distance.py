"""How far listings are from a point, and what that takes from how well they answer."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from directory.model.place import EARTH_RADIUS_MILES, Point
from directory.search.bounded import Bounded
from directory.search.whoosh_files import Facts

Floats = npt.NDArray[np.float32]

NEAR_MILES = 0.5
FAR_MILES = 5.0
FAR = 0.65
"""What is nearer than ``NEAR_MILES`` loses nothing; at ``FAR_MILES`` a listing has lost ``FAR`` of its score."""
EVERYWHERE = 0.92
UNPLACED = 0.8
"""What is reached from anywhere is worth as much as what is a mile off; what names no place, as two."""
CACHE_BYTES = 4_000_000
FURTHEST_MILES = 1e6


class Distance:
    """The points of all listings, by number of document."""

    def __init__(self, facts: Sequence[Facts]) -> None:
        self._at = _Points([one.points for one in facts])
        self._for = _Points([(*one.points, *one.areas) for one in facts])
        self._is_everywhere = np.array([one.is_everywhere for one in facts], np.bool_)

    def miles(self, near: Point) -> Floats:
        """The miles to each listing's nearest place; infinite where it has none."""
        return self._at.miles(near)

    def worth(self, near: Point) -> Floats:
        """What each listing's score is multiplied by. What is everywhere never loses by it.

        What is for a place counts as if it were there.
        """
        miles = self._for.miles(near)
        lost = FAR * np.clip((miles - NEAR_MILES) / (FAR_MILES - NEAR_MILES), 0, 1)
        worth = np.where(np.isinf(miles), UNPLACED, 1 - lost).astype(np.float32)
        return np.maximum(worth, EVERYWHERE, where=self._is_everywhere, out=worth)

    def within(self, near: Point, miles: float) -> npt.NDArray[np.bool_]:
        """What is at most so far off, and what is everywhere."""
        return (self._at.miles(near) <= miles) | self._is_everywhere


class _Points:
    """Some points for each listing."""

    def __init__(self, points: Sequence[Sequence[tuple[float, float]]]) -> None:
        self._count = len(points)
        self._owners = np.array([number for number, own in enumerate(points) for _ in own], np.intp)
        self._radians = np.radians(np.array([one for own in points for one in own], np.float64).reshape(-1, 2))
        self._from = Bounded(CACHE_BYTES, self._work_out, lambda miles: miles.nbytes)

    def miles(self, near: Point) -> Floats:
        """The miles to the nearest point of each listing."""
        return self._from(near)

    def _work_out(self, near: Point) -> Floats:
        latitude, longitude = math.radians(near.latitude), math.radians(near.longitude)
        across = np.sin((self._radians[:, 1] - longitude) / 2) ** 2 * np.cos(self._radians[:, 0]) * math.cos(latitude)
        half = np.sin((self._radians[:, 0] - latitude) / 2) ** 2 + across
        nearest = np.full(self._count, np.inf, np.float32)
        np.minimum.at(nearest, self._owners, (2 * EARTH_RADIUS_MILES * np.arcsin(np.sqrt(half))).astype(np.float32))
        return nearest
