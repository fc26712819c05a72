"""Keeps what was made of the content last, so that a change of one file does not make everything anew."""

from typing import TypeVar

T = TypeVar("T")


class Lately:
    """The last thing made of each kind, with what it was made of. One thread at a time may ask."""

    def __init__(self) -> None:
        self._last: dict[type, tuple[tuple[object, ...], object]] = {}

    def made(self, kind: type[T], of: tuple[object, ...], *given: object) -> T:
        """A ``kind`` made of what is ``given``; the last one again where all that counts for it, ``of``, is equal."""
        before, value = self._last.get(kind, ((), None))
        if not isinstance(value, kind) or before != of:
            value = kind(*given)
            self._last[kind] = (of, value)
        return value
