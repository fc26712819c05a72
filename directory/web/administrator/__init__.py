"""What administrators do: people, settings, and the log."""

from flask import Flask


def register(app: Flask) -> None:
    """Adds these pages to the application."""
