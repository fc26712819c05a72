"""When each listing last changed, for feeds that tell it. They go on without a database that is not there."""

import logging
from collections.abc import Mapping

from directory.moderation import LastChange
from directory.tables import DatabaseUnusable
from directory.web.showing import Showing, shown

logger = logging.getLogger(__name__)


def last_changes(now: Showing) -> Mapping[str, LastChange]:
    """The last change of each listing that the history knows one of; looked up once an hour, and once a revision."""
    key = ("last changes", shown().clock().hour)
    kept: Mapping[str, LastChange] | None = now.made.get(key)
    if kept is None:
        kept = now.made[key] = _looked_up()
    return kept


def _looked_up() -> Mapping[str, LastChange]:
    services = shown().services
    if not services.database.is_there:
        return {}
    try:
        return services.moderation.last_changes()
    except DatabaseUnusable as error:
        logger.warning("feeds go without the history: %s", error)
        return {}
