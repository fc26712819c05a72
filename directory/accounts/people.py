"""Who somebody is and what they may do: the roles, and what each reaches. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from directory.model.errors import DirectoryError
from directory.model.fields import CONTROL, EMAIL
from directory.model.snapshot import Snapshot

LONGEST_ADDRESS = 254
LONGEST_NAME = 120
WHOLE_DIRECTORY = ""
"""The scope of a role that no provider or hub limits."""


class Role(StrEnum):
    """What somebody is to the directory."""

    PARTNER = "partner"
    """A provider's person: proposes changes to that provider's listings, and new ones."""
    MODERATOR = "moderator"
    """Hub staff: decides, for the whole directory or for one hub."""
    ADMINISTRATOR = "administrator"
    """Manages people and settings, and decides everywhere."""


@dataclass(frozen=True)
class Held:
    """A role that somebody has. ``scope``: a partner's provider, a moderator's hub, or empty for all of it."""

    role: Role
    scope: str = WHOLE_DIRECTORY


class NoSuchRole(DirectoryError):
    """A role cannot be given like that: it says of what it lacks."""


class NotAnAddress(DirectoryError):
    """What was given as a mail address is none."""


class NoSuchPerson(DirectoryError):
    """There is no such person, or they have left."""


class HereAlready(DirectoryError):
    """Somebody with that address is here and has a role. ``person``: their number."""

    def __init__(self, person: int) -> None:
        super().__init__(f"person {person} has that address")
        self.person = person


class NotOneself(DirectoryError):
    """Nobody stops being an administrator by their own hand: a slip would shut them out."""


class LastAdministrator(DirectoryError):
    """Nobody would be left to manage people."""


def held_in(snapshot: Snapshot, role: Role, *, provider: str = "", hub: str = "") -> Held:
    """A role as it may be given: a partner's for a provider of the content, a moderator's for a hub of it or for all.

    Raises ``NoSuchRole``.
    """
    if role is not Role.PARTNER and provider:
        raise NoSuchRole("Only a partner's role is for one provider.")
    if role is not Role.MODERATOR and hub:
        raise NoSuchRole("Only a moderator's role is for one hub.")
    if role is Role.PARTNER and provider not in snapshot.providers:
        raise NoSuchRole(f"A partner needs a provider of the content; there is no {provider!r}.")
    if hub and not ((listing := snapshot.listings.get(hub)) and listing.kind in ("hub", "spoke")):
        raise NoSuchRole(f"There is no hub {hub!r} in the content.")
    return Held(role, provider or hub)


def tidy_address(text: str) -> str:
    """A mail address as people are known by it: in small letters. Raises ``NotAnAddress``."""
    address = text.strip().lower()
    if len(address) > LONGEST_ADDRESS or not EMAIL.fullmatch(address):
        raise NotAnAddress("That is not an e-mail address. Write it as name@example.org.")
    return address


def tidy_name(text: str) -> str:
    """A name on one line, without what cannot be seen."""
    return " ".join(CONTROL.sub("", text).split())[:LONGEST_NAME]


@dataclass(frozen=True)
class Who:
    """A person, as rooms above know them. ``only`` limits them to one act on a listing, as ``change:little-stars``."""

    id: int
    name: str
    email: str
    held: frozenset[Held]
    is_active: bool = True
    only: str | None = None

    def has(self, role: Role) -> bool:
        """Whether they have the role anywhere."""
        return any(one.role is role for one in self.held)

    @property
    def needs_code(self) -> bool:
        """Whether an e-mailed link alone is not enough to sign them in."""
        return self.has(Role.MODERATOR) or self.has(Role.ADMINISTRATOR)

    @property
    def providers(self) -> frozenset[str]:
        """The providers that they speak for."""
        return frozenset(one.scope for one in self.held if one.role is Role.PARTNER)

    def may_propose_for(self, provider: str) -> bool:
        """Whether they may propose changes to listings of a provider. Moderators may for all: somebody rings them."""
        return provider in self.providers or self._decides_somewhere

    @property
    def _decides_somewhere(self) -> bool:
        return self.only is None and (self.has(Role.MODERATOR) or self.has(Role.ADMINISTRATOR))

    def may_decide_at(self, hub: str) -> bool:
        """Whether they may decide what concerns a hub; an empty hub is what no hub serves."""
        if self.only is not None:
            return False
        return self.has(Role.ADMINISTRATOR) or bool(
            {Held(Role.MODERATOR), Held(Role.MODERATOR, hub)} & self.held if hub else {Held(Role.MODERATOR)} & self.held
        )
