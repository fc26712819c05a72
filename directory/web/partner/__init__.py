"""What partners do: their desk, changes, new listings, and what they proposed."""

from flask import Flask


def register(app: Flask) -> None:
    """Adds these pages to the application."""
