"""What partners do: their desk, changes, new listings, and what they proposed."""

from flask import Flask

from directory.web.partner import desk
from directory.web.partner.adding import adding
from directory.web.partner.proposals import proposals


def register(app: Flask) -> None:
    """Adds these pages to the application."""
    for pages in (desk.pages, adding, proposals):
        app.register_blueprint(pages)
