"""What somebody's role is called."""

from directory.accounts import Held, Role
from directory.web.showing import showing
from directory.web.translate import gettext


def role_words(held: Held) -> str:
    """A role with what it is for, by name, as in "Partner of Little Stars"."""
    snapshot = showing().snapshot
    if held.role is Role.PARTNER:
        provider = snapshot.providers.get(held.scope)
        return gettext("Partner of %(provider)s", provider=provider.name if provider else held.scope)
    if held.role is Role.ADMINISTRATOR:
        return gettext("Administrator")
    if not held.scope:
        return gettext("Moderator of the whole directory")
    hub = snapshot.listings.get(held.scope)
    return gettext("Moderator of %(hub)s", hub=hub.title if hub else held.scope)
