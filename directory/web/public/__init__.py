"""The pages that everybody may read."""

from flask import Flask

from directory.web.public.browsing import browsing
from directory.web.public.calendars import calendars
from directory.web.public.finding import finding
from directory.web.public.from_mail import from_mail
from directory.web.public.holidays import holidays
from directory.web.public.hub_days import hub_days
from directory.web.public.hubs import hubs
from directory.web.public.listings import listings
from directory.web.public.machines import machines
from directory.web.public.pages import pages
from directory.web.public.reporting import reporting
from directory.web.public.suggesting import suggesting
from directory.web.public.whats_on import whats_on


def register(app: Flask) -> None:
    """Adds every public page to the application."""
    for blueprint in (
        finding,
        suggesting,
        listings,
        browsing,
        hubs,
        calendars,
        hub_days,
        holidays,
        pages,
        reporting,
        from_mail,
        machines,
        whats_on,
    ):
        app.register_blueprint(blueprint)
