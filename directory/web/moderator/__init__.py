"""What hub staff do: the queue, reports, overdue listings, history, and how true the directory is."""

from flask import Flask


def register(app: Flask) -> None:
    """Adds these pages to the application."""
