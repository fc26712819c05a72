"""What a results page was asked for, as it stands in its address, and the addresses of its neighbours."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from flask import request

from directory.model.filters import Filter
from directory.search import Guess, Order
from directory.web import asked


@dataclass(frozen=True)
class SearchState:
    """The words, the place, and every choice that was made about the results but the page."""

    words: str
    place: str
    filters: tuple[Filter, ...] = ()
    literal: tuple[Guess, ...] = ()
    order: Order = "best"

    @classmethod
    def of_request(cls) -> Self:
        """The state that the address asks for; what makes no sense in it is as if it were not there."""
        return cls(asked.words("q"), asked.words("near"), asked.filters(), asked.literal(), asked.order())

    @property
    def asks_for_something(self) -> bool:
        """Whether there is anything to search for."""
        return bool(self.words or self.filters)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The parameters of the address, in a fixed order, so that one state has one address."""
        yield "q", self.words
        if self.place:
            yield "near", self.place
        yield from self.filters
        yield from (("literal", guess) for guess in self.literal)
        if self.order != "best":
            yield "sort", self.order

    @property
    def link(self) -> str:
        """The address of the first page of the state."""
        return f"{request.environ.get('SCRIPT_NAME', '')}/search?{urlencode(tuple(self.pairs()))}"

    def without(self, one: Filter) -> str:
        """The address without a filter that was chosen."""
        return replace(self, filters=tuple(other for other in self.filters if other != one)).link

    def literally(self, guess: Guess) -> str:
        """The address where the words are not read for such a guess."""
        return replace(self, literal=(*self.literal, guess)).link

    def ordered(self, order: Order) -> str:
        """The address in another order."""
        return replace(self, order=order).link
