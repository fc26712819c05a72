"""How far listings are from a point, and what that takes from how well they answer."""

import math

import numpy as np

from directory.model.place import EARTH_RADIUS_MILES, Point
from directory.search.arrays import Floats, Mask
from directory.search.bounded import Bounded
from directory.search.facts import Columns, Spots

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

    def __init__(self, columns: Columns) -> None:
        self._at, self._for = _Points(columns.size, columns.at), _Points(columns.size, columns.reach)
        self._is_everywhere = columns.is_everywhere

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

    def within(self, near: Point, miles: float) -> Mask:
        """What is at most so far off, and what is everywhere."""
        return (self._at.miles(near) <= miles) | self._is_everywhere


class _Points:
    """Some points for each listing."""

    def __init__(self, count: int, spots: Spots) -> None:
        self._count, self._owners, self._radians = count, spots.owners, spots.radians
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
