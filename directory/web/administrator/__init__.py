"""What administrators do: people, settings, and the log."""

from flask import Flask

from directory.web.administrator import log, people, settings


def register(app: Flask) -> None:
    """Adds these pages to the application."""
    for room in (people, settings, log):
        app.register_blueprint(room.pages)
