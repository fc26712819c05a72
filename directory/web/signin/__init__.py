"""Signing in and out, and one's own account."""

from flask import Flask


def register(app: Flask) -> None:
    """Adds these pages to the application."""
