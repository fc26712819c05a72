"""The names of people, for pages that tell who did something."""

from collections.abc import Iterable, Mapping

from directory.web.showing import shown
from directory.web.translate import gettext


def names_of(people: Iterable[int | None]) -> Mapping[int, str]:
    """The name of each person by their number. Somebody who is not known any more is told as that."""
    accounts = shown().services.accounts
    found = {number: accounts.person(number) for number in set(people) if number is not None}
    return {number: who.name if who else gettext("Somebody who has left") for number, who in found.items()}
