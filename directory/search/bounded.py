"""Remembers what was worked out, up to a number of bytes; what was not asked for longest is forgotten first."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Bounded(Generic[K, V]):
    """Keeps what ``make`` makes of a key; ``weigh`` says how big that is. Safe from several threads."""

    def __init__(self, limit: int, make: Callable[[K], V], weigh: Callable[[V], int]) -> None:
        self._limit, self._make, self._weigh = limit, make, weigh
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, key: K) -> V:
        """What ``make`` makes of the key, remembered or made now."""
        with self._lock:
            found = self._kept.get(key)
            if found:
                self._kept.move_to_end(key)
                return found[0]
        value = self._make(key)
        self._keep(key, value)
        return value

    def _keep(self, key: K, value: V) -> None:
        size = self._weigh(value)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = (value, size)
                self._bytes += size
            while self._bytes > self._limit and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1][1]
