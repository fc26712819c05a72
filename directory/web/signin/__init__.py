"""Signing in and out, and one's own account."""

from flask import Flask

from directory.web.signin.account import account_pages
from directory.web.signin.codes import signing_in


def register(app: Flask) -> None:
    """Adds these pages to the application."""
    app.register_blueprint(signing_in)
    app.register_blueprint(account_pages)
