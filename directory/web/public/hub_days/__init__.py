"""The days of a hub: what is on there today, its week for the door, and a board for a screen on its wall."""

from directory.web.public.hub_days.views import hub_days

__all__ = ["hub_days"]
