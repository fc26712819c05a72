"""Dates to take away: in a calendar on one's own phone, by a feed that keeps it right, and as news of what changed."""

from directory.web.public.calendars import files, news, subscribing
from directory.web.public.calendars.blueprint import calendars

__all__ = ["calendars", "files", "news", "subscribing"]
