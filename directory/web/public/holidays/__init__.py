"""School holidays, and the Holiday Activities and Food programme: when they are, and what is on in them."""

from directory.web.public.holidays.views import holidays

__all__ = ["holidays"]
