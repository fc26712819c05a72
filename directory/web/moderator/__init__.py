"""What hub staff do: the queue, reports, overdue listings, history, and how true the directory is."""

from flask import Flask

from directory.web.moderator.history import pages as history
from directory.web.moderator.overdue import pages as overdue
from directory.web.moderator.queue import pages as queue
from directory.web.moderator.reports import pages as reports
from directory.web.moderator.truth import pages as truth


def register(app: Flask) -> None:
    """Adds these pages to the application."""
    for pages in (queue, history, reports, overdue, truth):
        app.register_blueprint(pages)
